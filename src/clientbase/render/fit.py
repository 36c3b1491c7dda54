"""Which columns a narrow terminal shows, and how wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# A box has a line and two blanks for each column, a crowded one no blanks; and one more line.
EDGE, BETWEEN, CROWDED = 1, 3, 1


def width_of(widths: Sequence[int], between: int = BETWEEN) -> int:
    """Return how wide a box of columns is."""
    return EDGE + sum(widths) + between * len(widths)


def fit(
    full: Sequence[int],
    least: Sequence[int],
    room: int,
    first: Sequence[int] = (),
    between: int = BETWEEN,
) -> dict[int, int]:
    """Choose columns and their widths so that a box of them is at most `room` wide.

    `full` are the widths that show everything on one line, `least` those that can still be read;
    `first` are the columns to take before the others. At least one column is taken.
    """
    order = [*first, *(i for i in range(len(full)) if i not in first)]
    left = room - EDGE
    taken: list[int] = []
    for column in order:
        if taken and least[column] + between > left:
            break
        taken.append(column)
        left -= least[column] + between
    widths = {column: least[column] for column in sorted(taken)}
    if left < 0:
        return {column: max(1, width + left) for column, width in widths.items()}
    return _grown(widths, full, left)


def _grown(widths: dict[int, int], full: Sequence[int], spare: int) -> dict[int, int]:
    hungry = sorted(widths, key=lambda column: full[column] - widths[column])
    for done, column in enumerate(hungry):
        more = min(full[column] - widths[column], spare // (len(hungry) - done))
        widths[column] += more
        spare -= more
    return widths
