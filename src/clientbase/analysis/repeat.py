"""The report on buying again: how many do, how soon, and what it brings by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from clientbase.analysis import orders
from clientbase.analysis.period import YEAR, ended, month_of, months
from clientbase.analysis.shares import percent
from clientbase.db.statements import statements
from clientbase.facts import compose, left_out, quantiles, rhythm, smallness
from clientbase.facts.reading import read
from clientbase.table import Bars, Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

STEPS = 5  # purchases told of one by one
LEAST = 3  # of which at least is told
TENTHS = 10
COLUMNS = columns(
    "purchase:number",
    "clients:number",
    "share:percent",
    "of_previous:percent",
    "median_days:number",
    "p90_days:number",
)
_GAPS = columns("days", "gaps:number", "share:percent")
_ENDS = (0, 7, 30, 60, 90, 180, 365)
_MONTHS = columns(
    "month",
    "active:number",
    "new:number",
    "returning:number",
    "new_revenue:money",
    "returning_revenue:money",
    "repeat_revenue:money",
    "revenue:money",
    "unfinished:flag",
)


@dataclass(slots=True)
class _Steps:
    """How many clients made their n-th purchase, so many days after the one before."""

    clients: list[int] = field(default_factory=lambda: [0] * (STEPS + 1))
    after: list[Counter[int]] = field(default_factory=lambda: [Counter() for _ in range(STEPS + 1)])
    gaps: Counter[int] = field(default_factory=Counter)
    first: int = date.max.toordinal()


def report(base: Base, today: date, *, last_months: int = YEAR) -> Table:
    """Return how many clients bought a second, third… time, and how many days after.

    With tables of the gaps between purchases, and of new and returning clients in the last months.
    """
    steps = _counted(base, today)
    rows = _rows(steps)
    table = Table("repeat", COLUMNS, rows, as_of=today.isoformat())
    table.count = lambda: len(rows)
    table.keys = ("purchase",)
    table.empty = left_out.no_clients(base, today)
    table.notes = _notes(base, today, steps.clients[1])
    table.tables["gaps"] = Table(
        "gaps", _GAPS, _gaps(steps.gaps), keys=("days",), picture=Bars("days", ("gaps",))
    )
    table.tables["months"] = _months(base, today, steps, last_months)
    return table


def _counted(base: Base, today: date) -> _Steps:
    found = _Steps()
    for _contact, listed, _amounts in orders.listed(base, today):
        days = sorted(map(rhythm.ordinal, listed.split(",")))
        gaps = [after - before for before, after in pairwise(days)]
        found.gaps.update(gaps)
        found.first = min(found.first, days[0])
        for step in range(1, min(len(days), STEPS) + 1):
            found.clients[step] += 1
            if step > 1:
                found.after[step][gaps[step - 2]] += 1
    return found


def _rows(steps: _Steps) -> list[Row]:
    total = steps.clients[1]
    told = max(LEAST, sum(count > 0 for count in steps.clients))
    found = []
    for step in range(1, min(told, STEPS) + 1) if total else ():
        here, before = steps.clients[step], steps.clients[step - 1]
        median, most = _quantile(steps.after[step], 5), _quantile(steps.after[step], 9)
        found.append((step, here, percent(here, total), percent(here, before), median, most))
    return found


def _quantile(counts: Counter[int], part: int) -> float | None:
    """Return the quantile part/10 of numbers that are counted."""
    found = quantiles.of_counted(counts, part, TENTHS)
    return None if found is None else found.value


def _gaps(counts: Counter[int]) -> list[Row]:
    total, start = counts.total(), 0
    found = []
    for end in (*_ENDS, None) if total else ():
        here = _within(counts.items(), start, end)
        found.append((_range(start, end), here, 100 * here / total))
        start = (end or 0) + 1
    return found


def _within(counts: Iterable[tuple[int, int]], start: int, end: int | None) -> int:
    return sum(count for gap, count in counts if start <= gap and (end is None or gap <= end))


def _range(start: int, end: int | None) -> str:
    if end is None:
        return f"{start}+"
    return f"{start}" if start == end else f"{start}-{end}"


def _months(base: Base, today: date, steps: _Steps, count: int) -> Table:
    table = Table("months", _MONTHS, [], keys=("month",))
    money = ("new_revenue", "returning_revenue", "repeat_revenue")
    table.essential, table.picture = ("month", *money), Bars("month", money)
    if not steps.clients[1]:
        return table
    begun = month_of(date.fromordinal(steps.first))
    shown = months(begun, month_of(today))[-count:]
    facts, values = ("contact_id", "first_sale_on"), {"first": f"{shown[0]}-01"}
    rows = read(base, facts, today, SQL["months"], scope="clients", values=values)
    found = {month: rest for month, *rest in rows}
    values["today"] = today.isoformat()
    firsts = dict(base.execute(compose.of_sales(SQL["firsts"]), values).fetchall())
    table.rows = [
        _month(month, found.get(month, [0] * 5), firsts.get(month, 0), today) for month in shown
    ]
    return table


def _month(month: str, found: list[int], first: int, today: date) -> Row:
    new, returning, ordered, other, of_returning = found
    money = (first + other, of_returning, ordered - first)
    unfinished = month == month_of(today) and not ended(today)
    return month, new + returning, new, returning, *money, sum(money), unfinished


def _notes(base: Base, today: date, clients: int) -> list[str]:
    found = []
    if clients:
        found = [
            _("Purchases are orders; days are those since the order before, 0 on the same day."),
            _("New: the first order was in the month; returning: it was before, and they bought."),
            _("New and returning clients are together those active in the month."),
            _(
                "Money: new is of first orders, repeat of further ones in the month of coming, "
                "returning of those who came before; refunds are taken off on their day, those up "
                "to the month of coming from new."
            ),
        ]
        if not ended(today):
            found.append(_("{month} is not over.").format(month=month_of(today)))
    return [*found, *smallness.notes(clients), *left_out.notes(base, today)]
