"""The same figures of several periods: each as it is now, and against how it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientbase.render import cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.render.look import Look
    from clientbase.table import Kind, Table

DAYS = frozenset({"date", "when"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, the period that is now, what it is, and what it was in others.

    Each of `others` is the period, the figure then, and by how many percent it has changed, as a
    text and as a number below, at or above zero.
    """

    name: str
    kind: Kind
    period: str
    now: str
    others: list[tuple[str, str, str, int]]


def figures(table: Table, rows: Sequence[Sequence[Any]], look: Look) -> list[Figure]:
    """Return the figures of a table whose first column names the periods."""
    names = [cells.clean(look.dress.text(row[0])) for row in rows]
    percent = cells.screen_cell("percent", look)
    found = []
    for place, (key, kind) in list(enumerate(table.columns))[1:]:
        write = cells.screen_cell(kind, look, alone=True)
        values = [row[place] for row in rows]
        others = []
        for name, value in zip(names[1:], values[1:], strict=True):
            change = None if kind in DAYS else _change(values[0], value)
            told = "" if change is None else ("+" if change > 0 else "") + percent(change)
            others.append((name, write(value), told, _sign(change)))
        found.append(Figure(cells.human(key), kind, names[0], write(values[0]), others))
    return found


def _change(now: Any, then: Any) -> float | None:
    if not (isinstance(now, int | float) and isinstance(then, int | float) and then > 0):
        return None
    return 100 * (now - then) / then


def _sign(change: float | None) -> int:
    return 0 if not change else 1 if change > 0 else -1
