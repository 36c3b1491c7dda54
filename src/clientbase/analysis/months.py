"""The sums of months: the one of a day beside others, and one after the other."""

from __future__ import annotations

import json
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from clientbase.analysis.period import YEAR, ended
from clientbase.db.statements import statements
from clientbase.facts import compose, left_out, thresholds
from clientbase.table import Bars, Table, columns
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

FIGURES = columns(
    "period", "from:date", "to:date", "revenue:money", "orders:number", "clients:number",
    "new_clients:number", "average_order:money",
)  # fmt: skip
BY_MONTH = columns(
    "month", "revenue:money", "orders:number", "clients:number", "new_clients:number",
    "average_order:money",
)  # fmt: skip


class _Sums(NamedTuple):
    revenue: int
    orders: int
    clients: int
    newcomers: int
    average: float | None


def figures(base: Base, today: date, then: date | None = None) -> list[Row]:
    """Return the month so far, the same days of the one before, and of the year before.

    And the month so far of another day, where one is given.
    """
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    spans = [(first, today)]
    spans += [
        (date(year, month, 1), _same_day(today, year, month))
        for year, month in ((before.year, before.month), (today.year - 1, today.month))
    ]
    names = [_("this month"), _("month before"), _("year before")]
    found = _sums(base, today, spans)
    if then is not None:
        spans.append((then.replace(day=1), then))
        names.append(Sentence(_("as of {day}"), day=then))
        found += _sums(base, then, spans[-1:])
    return [
        (name, since.isoformat(), until.isoformat(), *sums)
        for name, (since, until), sums in zip(names, spans, found, strict=True)
    ]


def _same_day(day: date, year: int, month: int) -> date:
    """Return the day in another month; the last of a month stays the last."""
    last = monthrange(year, month)[1]
    return date(year, month, last if ended(day) else min(day.day, last))


def by_month(base: Base, today: date, months: int = YEAR) -> Table:
    """Return the sales of so many months, the last one up to a day."""
    spans: list[tuple[date, date]] = []
    last = today
    for _month in range(months):
        spans.insert(0, (last.replace(day=1), last))
        last = last.replace(day=1) - timedelta(days=1)
    found = _sums(base, today, spans)
    rows = [
        (since.isoformat()[:7], *sums) for (since, _last), sums in zip(spans, found, strict=True)
    ]
    table = Table("months", BY_MONTH, rows if any(map(any, found)) else [], as_of=today.isoformat())
    table.keys = ("month",)
    table.essential = ("month", "revenue")
    table.picture = Bars("month", ("revenue",))
    if not ended(today):
        table.notes.append(Sentence(_("The last month is up to {day}."), day=today))
    table.notes += left_out.notes(base, today)
    return table


def _sums(base: Base, today: date, spans: Sequence[tuple[date, date]]) -> list[_Sums]:
    day = today.isoformat()
    listed = json.dumps([(since.isoformat(), until.isoformat()) for since, until in spans])
    values = {"spans": listed, "today": day}
    sold = {place: rest for place, *rest in base.execute(compose.of_sales(SQL["sold"]), values)}
    back = dict(base.execute(SQL["returned"], values).fetchall())
    text = compose.of_totals(SQL["newcomers"], past=thresholds.totals(base, today))
    newcomers = dict(base.execute(text, values).fetchall())
    found = []
    for place in range(len(spans)):
        orders, amount, clients = sold.get(place, (0, 0, 0))
        revenue = amount - back.get(place, 0)
        average = revenue / orders if orders else None
        found.append(_Sums(revenue, orders, clients, newcomers.get(place, 0), average))
    return found
