"""A report as of two days, side by side."""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from clientbase.table import Bars, Column, Pivot
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clientbase.table import Row, Table

    _Key = tuple[Any, ...]
    _Keyed = tuple[_Key, Row]

THEN = "_then"


def beside(now: Table, then: Table) -> Table:
    """Return a report with what stood in each cell on the other day behind it.

    Rows are matched by their keys; `revenue` is followed by `revenue_then`. A row that was not
    there then, or is not there now, has nothing on that side; one that was only there then stands
    behind, or in its place where the keys go up. Lists without keys stay as they are.
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
    if not now.keys and now.layout != "card":
        return now
    # A card has one row and no keys: what it was stands beside what it is.
    at = [n for n, column in enumerate(now.columns) if column.name in now.keys]
    others = [n for n in range(len(now.columns)) if n not in at]
    columns = [now.columns[n] for n in at]
    for n in others:
        name, kind = now.columns[n]
        columns += [Column(name, kind), Column(f"{name}{THEN}", kind)]
    earlier = {tuple(row[n] for n in at): row for row in then.rows}
    pairs, gone = _paired(now.rows, earlier, at, others)
    # The order of numbers that rows were given is chance.
    in_place = gone and all(now.columns[n].kind != "id" for n in at)
    if in_place and _go_up([key for key, _row in pairs], list(earlier)):
        rows = [row for _key, row in sorted(pairs + gone, key=itemgetter(0))]
    else:
        rows = [row for _key, row in pairs + gone]
    return now.but(
        columns=tuple(columns),
        rows=rows,
        count=lambda: len(rows),
        layout=_layout(now),
        essential=_with_then(_essential(now), now.keys),
        tables={},
    )


def _layout(now: Table) -> Any:
    """Return how the pairs are drawn: in a grid each figure is followed by how it was."""
    grid = now.layout
    if not isinstance(grid, Pivot):
        return grid
    if not {grid.down, grid.across} <= set(now.keys):
        return "list"
    return grid._replace(cell=_with_then(grid.cell, now.keys))


def _essential(now: Table) -> Sequence[str]:
    """Return the columns to show first, and with them those that the bars are drawn of."""
    if not now.essential or not isinstance(now.picture, Bars):
        return now.essential
    return list(dict.fromkeys([*now.essential, *now.picture.parts]))


def _with_then(names: Sequence[str], keys: Sequence[str]) -> tuple[str, ...]:
    """Return columns, each that is no key with how it was behind it."""
    found: list[str] = []
    for name in names:
        found += [name] if name in keys else [name, f"{name}{THEN}"]
    return tuple(found)


def _paired(
    now: Iterable[Sequence[Any]],
    then: dict[_Key, Sequence[Any]],
    at: Sequence[int],
    others: Sequence[int],
) -> tuple[list[_Keyed], list[_Keyed]]:
    """Return the rows of now with how they were, and those that were only then, by their keys."""
    before = dict(then)
    pairs = []
    for row in now:
        key = tuple(row[n] for n in at)
        pairs.append((key, _pair(row, before.pop(key, None), at, others)))
    return pairs, [(key, _pair(None, row, at, others)) for key, row in before.items()]


def _go_up(here: list[_Key], earlier: list[_Key]) -> bool:
    """Tell whether the keys of both days go up, as months do."""
    # Nothing is before or behind what is missing.
    known = all(part is not None for key in here + earlier for part in key)
    return known and here == sorted(here) and earlier == sorted(earlier)


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
