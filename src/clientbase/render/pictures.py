"""What a picture of a table shows, as shares of its sides: for screens and pages alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientbase.render import cells
from clientbase.table import NUMBERS, Bars, Curve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.render.look import Look
    from clientbase.table import Table

MOST_POINTS = 240  # of a line; more can't be told apart


@dataclass(frozen=True, slots=True)
class BarChart:
    """A bar for each row: what it is of, its length part by part, and what it comes to.

    The longest bar is 1 long. `of` and `parts` are the words for the columns.
    """

    of: str
    parts: list[str]
    labels: list[str]
    lengths: list[tuple[float, ...]]
    values: list[str]


@dataclass(frozen=True, slots=True)
class Plot:
    """A line through points from (0, 0), left and low, to (1, 1); and what stands at the sides."""

    across: str
    up: str
    points: list[tuple[float, float]]
    left: str
    right: str
    low: str
    middle: str
    high: str


def bar_chart(table: Table, rows: Sequence[Sequence[Any]], look: Look) -> BarChart | None:
    """Return the bars of a table: none where it has no such picture, or none is above zero."""
    picture = table.picture
    at = {column.name: place for place, column in enumerate(table.columns)}
    if not isinstance(picture, Bars) or not at.keys() >= {picture.by, *picture.parts}:
        return None
    parts = [at[name] for name in picture.parts]
    amounts = [tuple(_amount(row[part]) for part in parts) for row in rows]
    top = max(map(sum, amounts), default=0)
    if not 0 < top < math.inf:
        return None
    name = cells.screen_cell(table.columns[at[picture.by]].kind, look)
    write = cells.screen_cell(table.columns[parts[0]].kind, look, alone=True)
    return BarChart(
        cells.human(picture.by),
        [cells.human(part) for part in picture.parts],
        [name(row[at[picture.by]]) for row in rows],
        [tuple(amount / top for amount in row) for row in amounts],
        [_written([row[part] for part in parts], write) for row in rows],
    )


def _amount(value: Any) -> float:
    """Return how much there is to draw: nothing of what is missing, below zero or no number."""
    return value if _is_number(value) and value > 0 else 0


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _written(values: Sequence[Any], write: Any) -> str:
    known = [value for value in values if _is_number(value)]
    return str(write(sum(known))) if known else ""


def plot(table: Table, rows: Sequence[Sequence[Any]], look: Look) -> Plot | None:
    """Return the line of a table: none where it has no such picture, or fewer than two points."""
    picture = table.picture
    at = {column.name: place for place, column in enumerate(table.columns)}
    if not isinstance(picture, Curve) or not at.keys() >= {picture.across, picture.up}:
        return None
    x_at, y_at = at[picture.across], at[picture.up]
    known = [row for row in rows if row[x_at] is not None and _is_number(row[y_at])]
    if table.columns[x_at].kind in NUMBERS:
        known = sorted((r for r in known if _is_number(r[x_at])), key=lambda row: row[x_at])
        xs: list[float] = [row[x_at] for row in known]
    else:  # months and days, in the order in which they come
        xs = list(map(float, range(len(known))))
    if len(set(xs)) <= 1:
        return None
    ys = [row[y_at] for row in known]
    low, high = min(0, *ys), max(ys)
    high = high if high > low else low + 1
    beside = cells.screen_cell(table.columns[x_at].kind, look)
    write = cells.screen_cell(table.columns[y_at].kind, look)
    return Plot(
        cells.human(picture.across),
        cells.human(picture.up),
        _thinned(
            [
                ((x - xs[0]) / (xs[-1] - xs[0]), (y - low) / (high - low))
                for x, y in zip(xs, ys, strict=True)
            ]
        ),
        beside(known[0][x_at]),
        beside(known[-1][x_at]),
        write(low),
        write((low + high) / 2),
        write(high),
    )


def _thinned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a part of the points, as even as may be, with the first and the last."""
    last = len(points) - 1
    if last < MOST_POINTS:
        return points
    return [points[n * last // MOST_POINTS] for n in range(MOST_POINTS + 1)]
