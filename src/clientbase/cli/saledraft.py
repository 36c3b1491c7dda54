"""A sale in the words of `sale record`, typed at once or a line each: who buys, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.errors import Misuse
from clientbase.normal import shown
from clientbase.sales.sales import Buyer, NewSale
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.cli.session import Session


def drafted(
    run: Session,
    *,
    who: str | None,
    amount: str | None,
    on: str | None,
    item: Sequence[str] | None,
    discount: str | None,
    ref: str | None,
    channel: str | None,
    promo: str | None,
    note: str | None,
    new: str | None,
    phone: Sequence[str] | None,
    email: Sequence[str] | None,
    unchecked: bool,
    walk_in: bool,
    lead: int | None,
    keep_lead: bool,
) -> tuple[Buyer, NewSale]:
    """Return who buys and what, from the words of `sale record`. Raises Misuse."""
    named = Buyer(None, new, tuple(phone or ()), tuple(email or ()), unchecked)
    buyer, paid = _buyer(who, amount, named, walk_in=walk_in)
    sale = NewSale(
        run.day(on),
        paid,
        items=tuple(item or ()),
        discount=discount,
        ref=ref,
        channel=channel,
        promo=promo,
        note=note,
        lead=lead,
        keep_lead=keep_lead,
    )
    return buyer, sale


def _buyer(
    who: str | None, amount: str | None, named: Buyer, *, walk_in: bool
) -> tuple[Buyer, str | None]:
    """Return who bought and the amount typed: without WHO the only word is the amount."""
    words = [word for word in (who, amount) if word is not None]
    if walk_in and named.name is not None:
        raise Misuse(
            _("--walk-in and --new do not go together"),
            hint=_("--walk-in is a sale to nobody in the base"),
        )
    if named.name is None and (named.phones or named.emails):
        raise Misuse(
            _("--phone and --email are for a new contact"), hint=_("add --new with its name")
        )
    if walk_in or named.name is not None:
        return named, only_amount(words)
    if not words:
        raise Misuse(
            _("it is not said who bought"),
            hint=_("type WHO and the amount, or --new NAME, or --walk-in for nobody"),
        )
    return Buyer(words[0]), words[1] if len(words) > 1 else None


def only_amount(words: list[str]) -> str | None:
    """Return the only word, an amount, if there is one. Raises Misuse for more."""
    if len(words) > 1:
        raise Misuse(
            _("too many words: {words}").format(words=shown(" ".join(words))),
            hint=_("with --walk-in, --new or --who the only word is the amount"),
        )
    return words[0] if words else None
