"""What the channels cost, month by month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.errors import Refused
from clientbase.normal import shown
from clientbase.people import channels
from clientbase.table import Table, columns
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)

COLUMNS = columns("channel", "month", "spending:money")
_MONTH = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})|(?P<first>[0-9]{1,2})[./](?P<last>[0-9]{4})"


class Spent(NamedTuple):
    """The row of a channel and a month, and what stood there before, in minor units."""

    table: Table
    channel: str
    month: str
    now: int
    before: int | None


def listing(base: Base, name: str | None = None) -> Table:
    """Return what was spent, the latest month first, on all channels or on one. Raises NotFound."""
    channel = None if name is None else channels.named(base, name)
    rows = base.execute(SQL["listing"], {"channel": channel}).fetchall()
    empty = _("Nothing was spent yet; write it down with: clientbase channel spend CHANNEL AMOUNT")
    return Table("spending", COLUMNS, rows, empty=empty)


def put(base: Base, name: str, amount: str, month: str | None, today: date) -> Spent:
    """Keep what a channel cost in a month, this one if not said, in place of what stood there.

    Raises NotFound for an unknown channel, Refused for what is no amount or no month, and for a
    month that has not begun.
    """
    values: dict[str, int | str] = {
        "channel": channels.named(base, name),
        "month": read_month(month, today),
        "amount": settings.amount(base, amount),
    }
    before = base.execute(SQL["one"], values).fetchone()
    base.execute(SQL["change"], values)
    base.execute(SQL["add"], values)
    row = base.execute(SQL["one"], values).fetchone()
    table = Table("spending", COLUMNS, [row])
    return Spent(table, row[0], row[1], row[2], before[2] if before else None)


def read_month(text: str | None, today: date) -> str:
    """Return a typed month (2026-10, 10.2026) as YYYY-MM; nothing typed is today's.

    Raises Refused for what is none, and for one that has not begun.
    """
    if text is None:
        return f"{today:%Y-%m}"
    found = re.fullmatch(_MONTH, text.strip())
    year = (found["year"] or found["last"]) if found else ""
    month = f"{year}-{(found['month'] or found['first']) if found else '':0>2}"
    if clock.iso_or_none(f"{month}-01") is None:
        raise Refused(
            _("{text} is no month").format(text=shown(text)),
            hint=_("write it as 2026-10, or leave it out for this month"),
        )
    if month > f"{today:%Y-%m}":
        raise Refused(
            Sentence(_("{month} has not begun: today is {today}"), month=month, today=today),
            hint=_("write spending down when its month has begun"),
        )
    return month
