"""What reports on clients leave out, told in their notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase import money
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.facts import compose, thresholds
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)


def no_clients(base: Base, today: date, first: date | None = None) -> str:
    """Say that there are no clients yet, and what to type, or none by a day, or in these days."""
    if not base.one(SQL["any_client"]):
        return _("No clients yet; a sale makes them: clientbase sale record WHO AMOUNT")
    told = _("Nobody bought from {first} to {last}.") if first else _("Nobody bought by {last}.")
    return Sentence(told, first=first, last=today)


def notes(base: Base, today: date, first: date | None = None) -> list[str]:
    """Return a sentence on contacts with refunds only, and on sales and refunds of nobody.

    As of a day, those of nobody from a first day on; none where there are none.
    """
    values = {"today": today.isoformat(), "first": first.isoformat() if first else ""}
    past = thresholds.totals(base, today)
    which, tell = ("refunded", _refunded)
    if first is not None:
        which, tell = ("refunded_in_period", _of_no_clients)
    contacts, owed = base.execute(compose.of_totals(SQL[which], past=past), values).fetchone()
    sales, paid = base.execute(SQL["nobodys_sales"], values).fetchone()
    refunds, returned = base.execute(SQL["nobodys_refunds"], values).fetchone()
    found = [tell(base, contacts, owed)] if contacts else []
    found += [_nobodys_sales(base, sales, paid)] if sales else []
    found += [_nobodys_refunds(base, refunds, returned)] if refunds else []
    return found


def not_yet(base: Base, today: date) -> list[str]:
    """Return a sentence on contacts that came into the base after a day; none where none did."""
    count = base.one(SQL["not_yet"], {"today": today.isoformat()})
    if not count:
        return []
    told = ngettext(
        "{count} contact came after {day} and is left out.",
        "{count} contacts came after {day} and are left out.",
        count,
    )
    return [Sentence(told, count=grouped(count), day=today)]


def amount(base: Base, minor: int) -> money.Amount:
    """Return an amount as it stands in a Sentence: `1,200.00 RUB`."""
    return money.Amount(minor, settings.decimals(base), settings.get(base, "currency"))


def _refunded(base: Base, count: int, minor: int) -> str:
    told = ngettext(
        "{count} contact has refunds only ({money}) and is no client.",
        "{count} contacts have refunds only ({money}) and are no clients.",
        count,
    )
    return Sentence(told, count=grouped(count), money=amount(base, minor))


def _of_no_clients(base: Base, count: int, minor: int) -> str:
    told = ngettext(
        "{count} contact who gave all back is no client; paid less returned in these days: "
        "{money}.",
        "{count} contacts who gave all back are no clients; paid less returned in these days: "
        "{money}.",
        count,
    )
    return Sentence(told, count=grouped(count), money=amount(base, minor))


def _nobodys_sales(base: Base, count: int, minor: int) -> str:
    told = ngettext(
        "{count} sale without a contact ({money}) is in no client's figures.",
        "{count} sales without a contact ({money}) are in no client's figures.",
        count,
    )
    return Sentence(told, count=grouped(count), money=amount(base, minor))


def _nobodys_refunds(base: Base, count: int, minor: int) -> str:
    told = ngettext(
        "{count} refund without a contact ({money}) is in no client's figures.",
        "{count} refunds without a contact ({money}) are in no client's figures.",
        count,
    )
    return Sentence(told, count=grouped(count), money=amount(base, minor))
