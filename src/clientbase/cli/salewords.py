"""The words of sales, but for those that record one: what is typed, and what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientbase.cli import telling
from clientbase.errors import Misuse
from clientbase.normal import shown
from clientbase.words import N_, Sentence, _, grouped, ngettext

# A sentence for each thing that may be changed: the days, names and sums come in twice.
CHANGES = {
    "sold_on": N_("The day: {was} was, {now} is."),
    "name": N_("Who: {was} was, {now} is."),
    "items": N_("Items: {was} was, {now} is."),
    "discount": N_("Discount: {was} was, {now} is."),
    "ref": N_("Reference: {was} was, {now} is."),
    "channel": N_("Channel: {was} was, {now} is."),
    "promo": N_("Promo code: {was} was, {now} is."),
    "note": N_("Note: {was} was, {now} is."),
}

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.cli.session import Session
    from clientbase.money import Amount
    from clientbase.sales import sales as area
    from clientbase.sales.editing import Edited
    from clientbase.table import Table


def sale_and_amount(words: list[str]) -> tuple[int, str | None]:
    """Return the number of a sale and the amount behind it, if there is one. Raises Misuse."""
    if not words:
        raise Misuse(
            _("it is not said what is given back"),
            hint=_("type the number of a sale, or --who WHO AMOUNT"),
        )
    if not (words[0].isascii() and words[0].isdigit()):
        raise Misuse(
            _("{text} is not the number of a sale").format(text=shown(words[0])),
            hint=_("clientbase sale list shows their numbers; --who WHO AMOUNT needs none"),
        )
    # More digits than SQLite's numbers have can't be any sale's.
    return int(words[0][:18]), words[1] if len(words) > 1 else None


def another(who: str | None, walk_in: bool) -> str | None:
    """Return to whom a sale is given, nobody being an empty text."""
    if walk_in and who:
        raise Misuse(
            _("--walk-in and --who do not go together"),
            hint=_("--walk-in is a sale to nobody in the base"),
        )
    return "" if walk_in else who


def several(done: Sequence[area.Recorded]) -> list[str]:
    """Say how many sales were recorded together, what they come to, and what looks odd."""
    if not done:
        return [_("No sales came in; nothing is recorded.")]
    told = ngettext(
        "Recorded {count} sale, {amount}.", "Recorded {count} sales, {amount}.", len(done)
    )
    said: list[str] = [Sentence(told, count=grouped(len(done)), amount=_total(done))]
    won = [each.won for each in done if each.won is not None]
    if won:
        told = ngettext("Lead {numbers} is won.", "Leads {numbers} are won.", len(won))
        said.append(Sentence(told, numbers=telling.listed(won)))
    said.extend(telling.skipped([number for each in done for number in each.skipped]))
    same = [each.sale_id for each in done if each.same]
    if same:
        told = _("Another sale has the same contact, day and amount: see sale {numbers}.")
        said.append(Sentence(told, numbers=telling.listed(same)))
    for each in done:
        said.extend(telling.namesakes(each.namesakes))
    return said


def rehearsed(done: Sequence[area.Recorded]) -> list[str]:
    """Say what would have been recorded."""
    if not done:
        return [_("No sales came in.")]
    told = ngettext(
        "{count} sale would be recorded, {amount}; nothing was written.",
        "{count} sales would be recorded, {amount}; nothing was written.",
        len(done),
    )
    return [Sentence(told, count=grouped(len(done)), amount=_total(done))]


def edited(run: Session, sale: int, done: Edited) -> list[str]:
    """Say what was of a sale and what is, and what became of leads."""
    if not done.changes and done.reopened is done.won is None:
        return [_("Sale {number} stays as it was.").format(number=sale)]
    said: list[str] = []
    told = [
        (name, _value(run, name, was), _value(run, name, now)) for name, was, now in done.changes
    ]
    if told and told[0][0] == "amount":
        sentence = _("Sale {number} is changed: {was} was, {now} is.")
        _name, was, now = told.pop(0)
        said.append(Sentence(sentence, number=sale, was=was, now=now))
    else:
        said.append(Sentence(_("Sale {number} is changed."), number=sale))
    said.extend(Sentence(_(CHANGES[name]), was=was, now=now) for name, was, now in told)
    if done.reopened is not None:
        said += _open_again(done.reopened)
    if done.won is not None:
        said.append(_("Lead {number} is won.").format(number=done.won))
    return said + telling.skipped(done.skipped)


def refunded(run: Session, table: Table) -> list[str]:
    """Say what was given back, and of what."""
    number, sale, contact, name, _day, amount, *_rest = next(iter(table.rows))
    del contact
    given = _sum(run, amount)
    if sale is None:
        sentence = _("Recorded refund {number}: {name}, {amount}.")
        return [Sentence(sentence, number=number, name=name, amount=given)]
    sentence = _("Recorded refund {number}: {amount} of sale {sale}.")
    return [Sentence(sentence, number=number, amount=given, sale=sale)]


def voided(sale: int | None, refunds: tuple[int, ...], reopened: int | None) -> list[str]:
    """Say what counts no more, and which lead is open again."""
    said = [_("Refund {number} is void.").format(number=number) for number in refunds]
    if sale is not None:
        said.append(_("Sale {number} is void.").format(number=sale))
    if reopened is not None:
        said += _open_again(reopened)
    return said


def _open_again(lead: int) -> list[str]:
    return [_("Lead {number} is open again.").format(number=lead), telling.stepless(lead)]


def _sum(run: Session, amount: int) -> Amount:
    from clientbase.db import settings
    from clientbase.money import Amount

    return Amount(amount, settings.decimals(run.base))


def _value(run: Session, name: str, value: Any) -> object:
    """Return what was or is in a sentence."""
    if name in {"amount", "discount"}:
        return _sum(run, value)
    if value is None:
        return _("nobody") if name == "name" else _("nothing")
    if name == "sold_on":
        from clientbase.clock import Day

        return Day(value)
    return shown("; ".join(map(run.worded, value)) if isinstance(value, list) else value)


def _total(done: Sequence[area.Recorded]) -> Amount:
    """Return what sales come to, there being at least one."""
    return done[0].amount._replace(minor=sum(each.amount.minor for each in done))
