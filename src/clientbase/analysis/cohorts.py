"""The report on cohorts: the clients of each month, and how many come back in those after it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from clientbase.analysis import orders
from clientbase.analysis.period import counted, ended, month_of, months
from clientbase.db.statements import statements
from clientbase.facts import compose, left_out, smallness
from clientbase.table import Pivot, Table, columns
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

COLUMNS = columns(
    "cohort",
    "month:number",
    "size:number",
    "active:number",
    "retention:percent",
    "revenue:money",
    "revenue_per_head:money",
    "unfinished:flag",
)
_PER_HEAD = columns("cohort", "month:number", "revenue_per_head:money")
_SIZES = columns("cohort", "size:number", "revenue:money", "revenue_per_head:money")


@dataclass(frozen=True, slots=True)
class _Cohort:
    """The clients of a month of coming: in each month how many bought, and the money."""

    active: Counter[str] = field(default_factory=Counter)
    revenue: Counter[str] = field(default_factory=Counter)


def report(base: Base, today: date) -> Table:
    """Return a row for each month of coming and month since, up to the end of the data.

    With a table of the cohorts and what each brought by now.
    """
    found, early = _cohorts(base, today)
    last = base.one(SQL["last_day"], {"today": today.isoformat()})
    rows = [row for month in found for row in _rows(month, found[month], last, today)]
    sizes = [_size(month, cohort) for month, cohort in found.items()]
    table = Table("cohorts", COLUMNS, rows, as_of=today.isoformat())
    table.layout = Pivot("cohort", "month", ("retention",), heat="retention")
    table.count = lambda: len(rows)
    table.keys = ("cohort", "month")
    table.essential = ("cohort", "month", "size", "active", "retention", "revenue_per_head")
    table.empty = left_out.no_clients(base, today)
    clients = sum(size for _cohort, size, *_rest in sizes)
    table.notes = _notes(today, last, early=early) if clients else []
    table.notes += [*smallness.notes(clients), *left_out.notes(base, today)]
    table.tables["sizes"] = Table("sizes", _SIZES, sizes, keys=("cohort",))
    table.tables["per_head"] = Table(
        "per_head",
        _PER_HEAD,
        [(row[0], row[1], row[6]) for row in rows],
        layout=Pivot("cohort", "month", ("revenue_per_head",), heat="revenue_per_head"),
        keys=("cohort", "month"),
        title=_("Revenue per head to date"),
    )
    return table


def _cohorts(base: Base, today: date) -> tuple[dict[str, _Cohort], bool]:
    """Return the cohorts by their month, the first before the others.

    And whether there is money of the time before somebody's first order: it is given to its month.
    """
    came: dict[int, str] = {}
    found: dict[str, _Cohort] = {}
    # Grouping a million sales by month in the base takes half as long again.
    for client, days, amounts in orders.listed(base, today):
        ordered = [day[:7] for day in days.split(",")]
        first = came[client] = min(ordered)
        if first not in found:
            found[first] = _Cohort()
        cohort = found[first]
        cohort.active.update(set(ordered))
        for month, amount in zip(ordered, map(int, amounts.split(",")), strict=True):
            cohort.revenue[month] += amount
    values, early = {"today": today.isoformat()}, False
    for client, month, amount in base.execute(compose.of_sales(SQL["besides"]), values):
        if client in came:
            early = early or month < came[client]
            found[came[client]].revenue[max(month, came[client])] += amount
    return dict(sorted(found.items())), early


def _rows(came: str, cohort: _Cohort, last: str, today: date) -> Iterator[Row]:
    size, so_far = cohort.active[came], 0
    running = None if _over(today, last) else month_of(today)
    for month in months(came, last[:7]):
        active, revenue = cohort.active[month], cohort.revenue[month]
        so_far += revenue
        since = counted(month) - counted(came)
        retention, each = 100 * active / size, so_far / size
        yield came, since, size, active, retention, revenue, each, month == running


def _size(came: str, cohort: _Cohort) -> Row:
    size, revenue = cohort.active[came], cohort.revenue.total()
    return came, size, revenue, revenue / size


def _over(today: date, last: str) -> bool:
    """Tell whether the last month of the data has ended."""
    return ended(today) or last[:7] != month_of(today)


def _notes(today: date, last: str, *, early: bool) -> list[str]:
    found: list[str] = [
        _("A cohort is the clients whose first order was in a month; month 0 is that month."),
        _("Retention: percent of the cohort with an order in the month."),
        _("Revenue is of the month, per head all up to its end, less what was given back."),
    ]
    if early:
        found.append(_("What was paid and given back before the first order counts in month 0."))
    if last[:7] != month_of(today):
        told = _("The last sale or refund is of {day}: the months after it are left empty.")
        found.append(Sentence(told, day=date.fromisoformat(last)))
    if not _over(today, last):
        told = _("{month} is not over: the last cell of each cohort is unfinished.")
        found.append(told.format(month=last[:7]))
    return found
