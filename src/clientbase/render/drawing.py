"""Pictures drawn in signs: bars beside the rows of a list, and a line in a small field."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from clientbase.render.width import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.render.boxes import Piece
    from clientbase.render.pictures import BarChart, Plot

LEAST_BAR, MOST_BAR = 10, 40
_EIGHTHS = "▏▎▍▌▋▊▉"
# By how many parts a bar has; told apart without colour too. More than four come round again.
_SHADES = ("█", "█░", "█▓░", "█▓▒░")
_ASCII_SHADES = "#=-:"
_COLOURS = ("cyan", "yellow", "magenta", "green")
PLOT_WIDTH, PLOT_HEIGHT, LEAST_PLOT = 60, 12, 24
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # of a braille sign, by row
_BRAILLE = 0x2800


def bar(lengths: Sequence[float], width: int, *, ascii_only: bool) -> list[Piece]:
    """Draw one bar, a piece for each part: what is above zero is seen, and nothing sticks out."""
    if len(lengths) == 1 and not ascii_only:
        return [(_fine(lengths[0], width), _COLOURS[0])]
    ends = [round(end * width) for end in accumulate(lengths, initial=0.0)]
    sizes = [after - before for before, after in pairwise(ends)]
    if sum(lengths) > 0 and not sum(sizes):
        sizes[lengths.index(max(lengths))] = 1
    signs = _signs(len(lengths), ascii_only=ascii_only)
    return [
        (sign * size, colour) for (sign, colour), size in zip(signs, sizes, strict=True) if size
    ]


def _fine(length: float, width: int) -> str:
    eighths = max(round(length * width * 8), int(length > 0))
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest - 1] if rest else "")


def _signs(count: int, *, ascii_only: bool) -> list[Piece]:
    shades = _ASCII_SHADES if ascii_only else _SHADES[min(count, len(_SHADES)) - 1]
    return [(shades[n % len(shades)], _COLOURS[n % len(_COLOURS)]) for n in range(count)]


def padded(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """Return a bar with blanks behind it, so many signs wide."""
    return [*pieces, (" " * (width - sum(len(text) for text, _style in pieces)), "")]


def legend(chart: BarChart, *, ascii_only: bool) -> list[Piece]:
    """Return what the parts of the bars are."""
    pieces: list[Piece] = []
    signs = _signs(len(chart.parts), ascii_only=ascii_only)
    for (sign, colour), name in zip(signs, chart.parts, strict=True):
        pieces += [("  ", "")] if pieces else []
        pieces += [(sign, colour), (f" {name}", "dim")]
    return pieces


def field(plot: Plot, width: int, *, ascii_only: bool) -> list[str]:
    """Draw a line with its axes, at most so wide; no lines where that is too narrow to be read."""
    beside = max(map(display_width, (plot.low, plot.middle, plot.high)))
    inner = min(width, PLOT_WIDTH) - beside - 2
    ends = display_width(plot.left) + display_width(plot.right) + 1
    names = max(display_width(plot.across), display_width(plot.up))
    if inner < max(LEAST_PLOT, ends, names):
        return []
    drawn = _ascii(plot, inner) if ascii_only else _braille(plot, inner)
    down, corner, across = ("|", "+", "-") if ascii_only else ("│", "└", "─")
    said = {0: plot.high, PLOT_HEIGHT // 2: plot.middle, PLOT_HEIGHT - 1: plot.low}
    lines = [f"{_right(said.get(n, ''), beside)} {down}{line}" for n, line in enumerate(drawn)]
    blank = " " * (beside + 2)
    gap = " " * (inner - ends + 1)
    return [
        plot.up,
        *(line.rstrip() for line in lines),
        f"{' ' * (beside + 1)}{corner}{across * inner}",
        f"{blank}{plot.left}{gap}{plot.right}",
        f"{blank}{_right(plot.across, inner)}",
    ]


def _right(text: str, width: int) -> str:
    return " " * (width - display_width(text)) + text


def _dots(plot: Plot, wide: int, tall: int) -> set[tuple[int, int]]:
    """Return the dots of the line in a field, columns from the left, rows from the top."""
    xs = [x for x, _y in plot.points]
    heights = [round(_height(plot, xs, n / (wide - 1)) * (tall - 1)) for n in range(wide)]
    dots = set()
    before = heights[0]
    for column, height in enumerate(heights):
        # From where the line stood, so that it has no holes where it is steep.
        step = 1 if height >= before else -1
        start = before + step if height != before else height
        dots |= {(column, tall - 1 - row) for row in range(start, height + step, step)}
        before = height
    return dots


def _height(plot: Plot, xs: Sequence[float], x: float) -> float:
    """Return how high the line is at a place, between two points."""
    after = min(max(bisect_right(xs, x), 1), len(xs) - 1)
    (x0, y0), (x1, y1) = plot.points[after - 1 : after + 1]
    return y1 if x1 <= x0 else y0 + (y1 - y0) * min(max((x - x0) / (x1 - x0), 0), 1)


def _braille(plot: Plot, wide: int) -> list[str]:
    dots = _dots(plot, wide * 2, PLOT_HEIGHT * 4)
    bits_of = [[0] * wide for _ in range(PLOT_HEIGHT)]
    for column, row in dots:
        bits_of[row // 4][column // 2] |= _DOTS[row % 4][column % 2]
    return ["".join(chr(_BRAILLE + bits) if bits else " " for bits in line) for line in bits_of]


def _ascii(plot: Plot, wide: int) -> list[str]:
    dots = _dots(plot, wide, PLOT_HEIGHT)
    return [
        "".join("*" if (column, row) in dots else " " for column in range(wide))
        for row in range(PLOT_HEIGHT)
    ]


def ascii_alone(encoding: str | None) -> bool:
    """Tell whether an output of some encoding knows no other signs; unnamed ones are text."""
    return not (encoding or "utf-8").lower().startswith("utf")
