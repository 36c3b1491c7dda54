"""What reports on clients leave out, told in their notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase import money
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.facts import compose, thresholds
from clientbase.words import ngettext

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)


def notes(base: Base, today: date) -> list[str]:
    """Return a sentence on contacts with refunds only, and on sales and refunds of nobody.

    As of a day; none where there are none.
    """
    values = {"today": today.isoformat()}
    past = thresholds.is_past(base, today)
    contacts, owed = base.execute(compose.of_totals(SQL["refunded"], past=past), values).fetchone()
    sales, paid = base.execute(SQL["nobodys_sales"], values).fetchone()
    refunds, returned = base.execute(SQL["nobodys_refunds"], values).fetchone()
    found = [_refunded(base, contacts, owed)] if contacts else []
    found += [_nobodys_sales(base, sales, paid)] if sales else []
    found += [_nobodys_refunds(base, refunds, returned)] if refunds else []
    return found


def amount(base: Base, minor: int) -> str:
    """Return an amount as it stands in a sentence: `1,200.00 RUB`."""
    return f"{money.screen(minor, settings.decimals(base))} {settings.get(base, 'currency')}"


def _refunded(base: Base, count: int, minor: int) -> str:
    return ngettext(
        "{count} contact has refunds only ({money}) and is no client.",
        "{count} contacts have refunds only ({money}) and are no clients.",
        count,
    ).format(count=f"{count:,}", money=amount(base, minor))


def _nobodys_sales(base: Base, count: int, minor: int) -> str:
    return ngettext(
        "{count} sale without a contact ({money}) is in no client's figures.",
        "{count} sales without a contact ({money}) are in no client's figures.",
        count,
    ).format(count=f"{count:,}", money=amount(base, minor))


def _nobodys_refunds(base: Base, count: int, minor: int) -> str:
    return ngettext(
        "{count} refund without a contact ({money}) is in no client's figures.",
        "{count} refunds without a contact ({money}) are in no client's figures.",
        count,
    ).format(count=f"{count:,}", money=amount(base, minor))
