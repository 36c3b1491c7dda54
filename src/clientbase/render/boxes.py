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
LEVELS: dict[str, str] = {"red": "bold red", "amber": "yellow"}
NEW_LINE: Piece = ("\n", "")
BESIDE = 2  # blanks between the heads of a card and its texts


class Frame(NamedTuple):
    """The signs of a box: its corners and joints at the top, between and at the bottom.

    `blank` stands on both sides of a cell.
    """

    top: tuple[str, str, str]
    middle: tuple[str, str, str]
    bottom: tuple[str, str, str]
    across: str
    down: str
    blank: str = " "


ROUNDED = Frame(("╭", "┬", "╮"), ("├", "┼", "┤"), ("╰", "┴", "╯"), "─", "│")
# Where the output knows no other signs.
ASCII = Frame(("+", "+", "+"), ("+", "+", "+"), ("+", "+", "+"), "-", "|")


class Tail(NamedTuple):
    """What stands behind the last column: pieces for each row, each row so many columns wide."""

    width: int
    rows: Sequence[Sequence[Piece]]


def box(
    block: Block,
    widths: dict[int, int],
    heat: Sequence[str],
    frame: Frame,
    tail: Tail | None = None,
) -> Iterator[Piece]:
    """Draw the columns that have a width; `heat` are the styles of cells from cool to hot."""
    sizes = [*widths.values(), *([tail.width] if tail else [])]
    right = [block.right(column) for column in widths]
    heads = _at_the_bottom([_lines(block.heads[column], widths[column]) for column in widths])
    blank = [[(" " * tail.width, "")]] if tail else []
    yield from _rule(sizes, frame.top, frame)
    yield from _row([(head, HEAD) for head in heads], widths, right, frame, blank)
    yield from _rule(sizes, frame.middle, frame)
    tall = len(block.down)
    columns = [_column(block, column, heat) for column in widths]
    last = len(block.texts[0]) - 1
    for number, row in enumerate(zip(*columns, strict=True)):
        yield from _row(row, widths, right, frame, [tail.rows[number], *blank] if tail else [])
        if tall > 1 and number % tall == tall - 1 and number != last:
            yield from _rule(sizes, frame.middle, frame)
    yield from _rule(sizes, frame.bottom, frame)


def heat_map(
    block: Block, widths: dict[int, int], heat: Sequence[str], frame: Frame
) -> Iterator[Piece]:
    """Draw a grid of one line a cell with a blank between the cells, where room is scarce."""
    bar = (frame.down, FRAME)
    sides = [column for column in widths if column < block.sides]
    others = [column for column in widths if column >= block.sides]
    sizes = [sum(widths[c] for c in part) + len(part) - 1 for part in (sides, others)]
    yield from _rule(sizes, frame.top, frame)
    for row in range(-1, len(block.texts[0])):
        for part in (sides, others):
            yield bar
            yield " ", ""
            for place, column in enumerate(part):
                style = HEAD if row < 0 else _heated(block, row, column, heat)
                text = block.heads[column] if row < 0 else block.texts[column][row]
                blank = " " * (widths[column] - display_width(text))
                filled = blank + text if block.right(column) else text + blank
                yield (" " if place else "") + filled, style
            yield " ", ""
        yield bar
        yield NEW_LINE
        if row < 0:
            yield from _rule(sizes, frame.middle, frame)
    yield from _rule(sizes, frame.bottom, frame)


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


def _rule(sizes: Sequence[int], joints: tuple[str, str, str], frame: Frame) -> tuple[Piece, Piece]:
    left, between, right = joints
    beside = 2 * len(frame.blank)
    line = between.join(frame.across * (width + beside) for width in sizes)
    return (f"{left}{line}{right}", FRAME), NEW_LINE


def _at_the_bottom(folds: list[Sequence[str]]) -> list[str]:
    tall = max(map(len, folds))
    return ["\n" * (tall - len(lines)) + "\n".join(lines) for lines in folds]


def _column(block: Block, column: int, heat: Sequence[str]) -> Iterator[Piece]:
    for row, text in enumerate(block.texts[column]):
        yield text, _heated(block, row, column, heat)


def _heated(block: Block, row: int, column: int, heat: Sequence[str]) -> str:
    level = block.heat.get((row, column), 0) if heat else 0
    return heat[level - 1] if level else _style(block.texts[column][row], block.kind(row, column))


def _row(
    row: Sequence[Piece],
    widths: dict[int, int],
    right: Sequence[bool],
    frame: Frame,
    tail: Sequence[Sequence[Piece]],
) -> Iterator[Piece]:
    """Draw the lines of a row; of `tail` the first stands in the first line, the last in others."""
    bar, edge = (frame.down, FRAME), (frame.blank, "")
    sizes = widths.values()
    folds = [_lines(text, width) for (text, _style), width in zip(row, sizes, strict=True)]
    for line, texts in enumerate(zip_longest(*folds, fillvalue="")):
        for text, (_whole, style), width, to_right in zip(texts, row, sizes, right, strict=True):
            yield bar
            blank = " " * (width - display_width(text))
            filled = blank + text if to_right else text + blank
            # The colour fills the cell, but for the blanks beside the lines.
            if style:
                yield from (edge, (filled, style), edge)
            else:
                yield f"{frame.blank}{filled}{frame.blank}", ""
        yield bar
        if tail:
            yield from (edge, *tail[min(line, len(tail) - 1)], edge, bar)
        yield NEW_LINE


def _lines(text: str, width: int) -> Sequence[str]:
    if display_width(text) <= width and "\n" not in text:
        return (text,)
    return wrapped(text, width)


def _style(text: str, kind: Kind) -> str:
    if kind == "money" and text.startswith("-"):
        return BELOW_ZERO
    if kind == "level":
        return LEVELS.get(text, "")
    return STYLES.get(kind, "")
