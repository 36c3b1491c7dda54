"""Boxes and cards as pieces of text, each with its style: a terminal's screen but for the colour.

They are drawn here and not by rich's tables, which take a third of a short command.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from clientbase.render.width import display_width, folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clientbase.render.blocks import Block
    from clientbase.table import Kind

Piece = tuple[str, str]  # a text and its style

STYLES: dict[Kind, str] = {"id": "dim", "spark": "cyan"}
HEAD, FRAME, BELOW_ZERO = "bold", "dim", "red"
NEW_LINE: Piece = ("\n", "")
BESIDE = 2  # blanks between the heads of a card and its texts


class Frame(NamedTuple):
    """The signs of a box: its corners and joints at the top, between and at the bottom."""

    top: tuple[str, str, str]
    middle: tuple[str, str, str]
    bottom: tuple[str, str, str]
    across: str
    down: str


ROUNDED = Frame(("╭", "┬", "╮"), ("├", "┼", "┤"), ("╰", "┴", "╯"), "─", "│")
# Where the output knows no other signs.
ASCII = Frame(("+", "+", "+"), ("+", "+", "+"), ("+", "+", "+"), "-", "|")


def box(block: Block, widths: dict[int, int], heat: Sequence[str], frame: Frame) -> Iterator[Piece]:
    """Draw the columns that have a width; `heat` are the styles of cells from cool to hot."""
    right = [block.right(column) for column in widths]
    heads = _at_the_bottom([_lines(block.heads[column], widths[column]) for column in widths])
    bar = (frame.down, FRAME)
    yield from _rule(widths, frame.top, frame)
    yield from _row([(head, HEAD) for head in heads], widths, right, bar)
    yield from _rule(widths, frame.middle, frame)
    tall = len(block.down)
    columns = [_column(block, column, heat) for column in widths]
    last = len(block.texts[0]) - 1
    for number, row in enumerate(zip(*columns, strict=True)):
        yield from _row(row, widths, right, bar)
        if tall > 1 and number % tall == tall - 1 and number != last:
            yield from _rule(widths, frame.middle, frame)
    yield from _rule(widths, frame.bottom, frame)


def card(block: Block, number: int, room: int) -> Iterator[Piece]:
    """Draw one row of a card in a room of so many columns: a line a column, empty ones left out."""
    told = [column for column, texts in enumerate(block.texts) if texts[number]]
    beside = max((display_width(block.heads[column]) for column in told), default=0) + BESIDE
    for column in told:
        text, head = block.texts[column][number], block.heads[column]
        style = _style(text, block.kinds[column])
        for line in wrapped(text, max(room - beside, 1)):
            yield head + " " * (beside - display_width(head)), FRAME
            yield line, style
            yield NEW_LINE
            head = ""


def wrapped(text: str, width: int) -> list[str]:
    """Fold a text to lines of so many columns: at blanks, and a word that is too wide anywhere."""
    lines = []
    for line in folded(text, width).split("\n"):
        rest = line
        while display_width(rest) > width:
            cut = _most(rest, width)
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return lines


def _most(text: str, width: int) -> int:
    """Return how many characters of a text fit, at least one."""
    count = next(n for n in range(1, len(text) + 1) if display_width(text[:n]) > width)
    return max(count - 1, 1)


def _rule(
    widths: dict[int, int], joints: tuple[str, str, str], frame: Frame
) -> tuple[Piece, Piece]:
    left, between, right = joints
    line = between.join(frame.across * (width + 2) for width in widths.values())
    return (f"{left}{line}{right}", FRAME), NEW_LINE


def _at_the_bottom(folds: list[Sequence[str]]) -> list[str]:
    tall = max(map(len, folds))
    return ["\n" * (tall - len(lines)) + "\n".join(lines) for lines in folds]


def _column(block: Block, column: int, heat: Sequence[str]) -> Iterator[Piece]:
    for row, text in enumerate(block.texts[column]):
        level = block.heat.get((row, column), 0) if heat else 0
        yield text, heat[level - 1] if level else _style(text, block.kind(row, column))


def _row(
    row: Sequence[Piece], widths: dict[int, int], right: Sequence[bool], bar: Piece
) -> Iterator[Piece]:
    sizes = widths.values()
    folds = [_lines(text, width) for (text, _style), width in zip(row, sizes, strict=True)]
    for texts in zip_longest(*folds, fillvalue=""):
        for text, (_whole, style), width, to_right in zip(texts, row, sizes, right, strict=True):
            yield bar
            blank = " " * (width - display_width(text))
            filled = blank + text if to_right else text + blank
            # The colour fills the cell, but for the blanks beside the lines.
            yield from ((" ", ""), (filled, style), (" ", "")) if style else ((f" {filled} ", ""),)
        yield bar
        yield NEW_LINE


def _lines(text: str, width: int) -> Sequence[str]:
    if display_width(text) <= width and "\n" not in text:
        return (text,)
    return wrapped(text, width)


def _style(text: str, kind: Kind) -> str:
    if kind == "money" and text.startswith("-"):
        return BELOW_ZERO
    return STYLES.get(kind, "")
