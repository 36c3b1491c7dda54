"""A report as of two days, side by side."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clientbase.table import Column, Pivot
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.table import Row, Table

THEN = "_then"


def beside(now: Table, then: Table) -> Table:
    """Return a report with what stood in each cell on the other day behind it.

    Rows are matched by their keys; `revenue` is followed by `revenue_then`. A row that was not
    there then, or is not there now, has nothing on that side. Tables without keys stay as they are.
    """
    made = _joined(now, then)
    made.tables = {
        name: _joined(table, then.tables[name]) if name in then.tables else table
        for name, table in now.tables.items()
    }
    made.notes = [*now.notes, _told(then)]
    return made


def _told(then: Table) -> str:
    day = date.fromisoformat(then.as_of) if then.as_of else None
    return Sentence(_("Beside it is how it was on {day}."), day=day)


def _joined(now: Table, then: Table) -> Table:
    if not now.keys:
        return now
    at = [n for n, column in enumerate(now.columns) if column.name in now.keys]
    others = [n for n in range(len(now.columns)) if n not in at]
    columns = [now.columns[n] for n in at]
    for n in others:
        name, kind = now.columns[n]
        columns += [Column(name, kind), Column(f"{name}{THEN}", kind)]
    before = {tuple(row[n] for n in at): row for row in then.rows}
    rows = [_pair(row, before.pop(tuple(row[n] for n in at), None), at, others) for row in now.rows]
    rows += [_pair(None, row, at, others) for row in before.values()]
    return now.but(
        columns=tuple(columns),
        rows=rows,
        count=lambda: len(rows),
        layout="list" if isinstance(now.layout, Pivot) else now.layout,
        essential=tuple(_with_then(now)),
        tables={},
        picture=None,
    )


def _with_then(now: Table) -> list[str]:
    """Return the columns that a narrow screen shows first, each with how it was."""
    found = []
    for name in now.essential:
        found += [name] if name in now.keys else [name, f"{name}{THEN}"]
    return found


def _pair(
    now: Sequence[object] | None,
    then: Sequence[object] | None,
    at: Sequence[int],
    others: Sequence[int],
) -> Row:
    known = now if now is not None else then or ()
    cells = [known[n] for n in at]
    for n in others:
        cells += [None if now is None else now[n], None if then is None else then[n]]
    return tuple(cells)
