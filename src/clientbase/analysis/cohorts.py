"""The report on cohorts: the clients of each month, and how many come back in those after it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clientbase.analysis import smallness
from clientbase.analysis.period import counted, ended, month_of, months
from clientbase.db.statements import statements
from clientbase.facts import left_out
from clientbase.facts.reading import read
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
_SIZES = columns("cohort", "size:number", "revenue:money", "revenue_per_head:money")
_Cells = dict[str, dict[str, tuple[int, int]]]


def report(base: Base, today: date) -> Table:
    """Return a row for each month of coming and month since, up to the end of the data.

    With a table of the cohorts and what each brought by now.
    """
    cells = _cells(base, today)
    last = base.one(SQL["last_day"], {"today": today.isoformat()})
    rows = [row for cohort in cells for row in _rows(cohort, cells[cohort], last[:7], today)]
    sizes = [_size(cohort, found) for cohort, found in cells.items()]
    table = Table("cohorts", COLUMNS, rows, as_of=today.isoformat())
    table.layout = Pivot("cohort", "month", ("retention",), heat="retention")
    table.count = lambda: len(rows)
    table.keys = ("cohort", "month")
    table.essential = ("cohort", "month", "size", "active", "retention", "revenue_per_head")
    table.empty = left_out.no_clients()
    table.notes = _notes(base, today, last, sum(size for _cohort, size, *_rest in sizes))
    table.tables["sizes"] = Table("sizes", _SIZES, sizes, keys=("cohort",))
    return table


def _cells(base: Base, today: date) -> _Cells:
    found: _Cells = {}
    wanted = ("contact_id", "first_sale_on")
    for cohort, month, bought, amount in read(base, wanted, today, SQL["cells"], scope="clients"):
        found.setdefault(cohort, {})[month] = bought, amount
    return found


def _rows(cohort: str, found: dict[str, tuple[int, int]], last: str, today: date) -> Iterator[Row]:
    size, so_far = found[cohort][0], 0
    running = None if ended(today) else month_of(today)
    for month in months(cohort, last):
        active, revenue = found.get(month, (0, 0))
        so_far += revenue
        since = counted(month) - counted(cohort)
        retention, each = 100 * active / size, so_far / size
        yield cohort, since, size, active, retention, revenue, each, month == running


def _size(cohort: str, found: dict[str, tuple[int, int]]) -> Row:
    size, revenue = found[cohort][0], sum(amount for _bought, amount in found.values())
    return cohort, size, revenue, revenue / size


def _notes(base: Base, today: date, last: str, clients: int) -> list[str]:
    found: list[str] = []
    if clients:
        found = [
            _("A cohort is the clients whose first order was in a month; month 0 is that month."),
            _("Retention: percent of the cohort with an order in the month."),
            _("Revenue is of the month, per head all up to its end, less what was given back."),
        ]
        found += _of_the_end(today, last)
    return [*found, *smallness.notes(clients), *left_out.notes(base, today)]


def _of_the_end(today: date, last: str) -> list[str]:
    if last[:7] == month_of(today):
        if ended(today):
            return []
        told = _("{month} is not over: the last cell of each cohort is unfinished.")
        return [told.format(month=last[:7])]
    told = _("The last sale or refund is of {day}: the months after it are left empty.")
    return [Sentence(told, day=date.fromisoformat(last))]
