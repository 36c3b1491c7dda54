"""Tables for a person at a terminal, in boxes and colour: the only user of rich."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from clientbase.country import NO_BREAK
from clientbase.render import boxes, cells, drawing, plain
from clientbase.render.blocks import for_screen, sections
from clientbase.render.fit import BETWEEN, CROWDED, fit, width_of
from clientbase.render.width import display_width, folded
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from rich.console import Console
    from rich.text import Text

    from clientbase.render.blocks import Block, Section
    from clientbase.render.look import Look
    from clientbase.render.pictures import BarChart, Plot
    from clientbase.table import Kind, Table

TOO_MANY = 2_000  # rows; a box takes half a millisecond a row
NARROW_TEXT, NARROW_IN_GRID, LONG_WORD, LONG_EMAIL = 16, 10, 24, 32
TIGHT_TEXT, TIGHT_WORD = 8, 12  # where columns that must be seen would not fit otherwise
HEAT = (
    "black on color(194)",
    "black on color(157)",
    "black on color(114)",
    "white on color(29)",
    "white on color(22)",
)
HEAT_OF_FEW_COLOURS = ("", "green", "black on cyan", "black on green", "black on yellow")


def write(table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
    """Write a table, its notes and the tables in it in boxes no wider than the terminal.

    More rows than anybody reads on a screen are written as plain text, for the sake of speed.
    """
    parts = for_screen(
        sections(table, look.but(space=NO_BREAK), summary=summary), options=look.options
    )
    if any(part.block and len(part.block.texts[0]) > TOO_MANY for part in parts):
        plain.write_sections(parts, stream)
        return
    screen = _screen(stream, look)
    for number, part in enumerate(parts):
        if number:
            screen.print()
        _show(_that_fits(part, screen.width), screen, look)


def _that_fits(part: Section, room: int) -> Section:
    """Return a part with its grid as a list where it does not fit as a grid."""
    if part.block and part.block.unfolded and not _holds(part.block, room):
        return replace(part, block=part.block.unfolded)
    return part


def _screen(stream: TextIO, look: Look) -> Console:
    from rich.console import Console  # 30 ms, which pipes need not pay

    return Console(
        file=stream,
        width=look.width,
        color_system="auto" if look.colour else None,
        force_terminal=True,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def _show(part: Section, screen: Console, look: Look) -> None:
    if part.title:
        screen.print(_text(part.title, "bold"))
    if part.alarm:
        style = boxes.LEVELS[part.alarm.level]
        screen.print(_text(part.alarm.text, style, width=screen.width))
    if part.about:
        screen.print(_text(part.about, width=screen.width))
    if part.block and part.block.form == "card":
        _show_card(part.block, screen)
    elif part.block:
        _show_box(part.block, part.name, screen, look)
    elif part.said:
        # Whole, so that a line can be copied from the screen.
        screen.print(_text(part.said), soft_wrap=True)
    if part.plot:
        _show_line(part.plot, screen)
    if part.below and (part.title or part.block or part.plot or part.said):
        screen.print()
    for note in part.below:
        screen.print(_text(note, width=screen.width))


def _text(text: str, style: str = "", width: int = 0) -> Text:
    from rich.text import Text

    # Rich breaks lines at no-break blanks too, in the middle of 1 234,50, and long words anywhere.
    whole = folded(text, width) if width and (NO_BREAK in text or "_" in text) else text
    return Text(whole, style, overflow="fold")


def _show_card(block: Block, screen: Console) -> None:
    for number in range(len(block.texts[0])):
        if number:
            screen.print()
        _draw(boxes.card(block, number, screen.width), screen)


def _draw(pieces: Iterable[boxes.Piece], screen: Console) -> None:
    from rich.segment import Segment, Segments

    style = functools.cache(screen.get_style)
    drawn = [Segment(text, style(name) if name else None) for text, name in pieces]
    screen.print(Segments(drawn), end="", soft_wrap=True)


def _show_line(plot: Plot, screen: Console) -> None:
    lines = drawing.field(plot, screen.width, ascii_only=screen.options.ascii_only)
    if lines:
        screen.print()
    _draw(
        ((line + "\n", "cyan" if 0 < n < len(lines) - 3 else "") for n, line in enumerate(lines)),
        screen,
    )


def _show_box(block: Block, name: str, screen: Console, look: Look) -> None:
    block = _in_room(block, screen.width)
    frame = boxes.ASCII if screen.options.ascii_only else boxes.ROUNDED
    columns = range(len(block.heads))
    if block.texts is block.tight:
        widths = _packed(block, screen.width)
        _draw(boxes.heat_map(block, widths, _heat(screen), frame), screen)
    else:
        if _crowded(block, screen.width):
            frame = frame._replace(blank="")
        widths, bar = _shared(block, screen.width)
        tail = _tail(block.bars, bar, screen) if block.bars and bar else None
        _draw(boxes.box(block, widths, _heat(screen), frame, tail), screen)
        if block.bars and bar:
            screen.print(_legend(block.bars, screen))
    left_out = [block.keys[i] for i in columns if i not in widths]
    if left_out and look.options:
        screen.print(_text(_left_out(block, name, left_out), "dim"))


def _in_room(block: Block, room: int) -> Block:
    """Return a block with the texts that go with the room: written out, or as short as may be."""
    if block.roomy and width_of(_full(_roomy(block))) <= room:
        return _roomy(block)
    if block.tight and width_of(_full(block)) > room:
        tight = replace(block, texts=block.tight)
        return tight if _packed(tight, room) else block
    return block


def _shared(block: Block, room: int) -> tuple[dict[int, int], int]:
    """Return the columns with their widths, and how wide the bars beside them may be, 0 if not.

    Bars have their place when all columns have theirs, or those that matter most.
    """
    full = _full(block)
    least = [_least(block, i) for i in range(len(block.heads))]
    first = _first(block)
    if not block.bars:
        between = CROWDED if _crowded(block, room) else BETWEEN
        widths = fit(full, least, room, first, between)
        if any(column not in widths for column in first[: block.must]):
            widths = fit(full, [_tight(block, i) for i in range(len(full))], room, first)
        return widths, 0
    needed = [least[i] for i in (first or range(len(least)))]
    spare = room - drawing.LEAST_BAR - BETWEEN
    if width_of(needed) > spare:
        return fit(full, least, room, first), 0
    widths = fit(full, least, spare, first)
    return widths, min(drawing.MOST_BAR, room - width_of(list(widths.values())) - BETWEEN)


def _crowded(block: Block, room: int) -> bool:
    """Tell whether a grid has to go without the blanks beside its lines."""
    if block.form != "grid":
        return False
    return not _holds(block, room, BETWEEN)


def _holds(block: Block, room: int, between: int = CROWDED) -> bool:
    """Tell whether all columns of a block have their place."""
    return width_of([_least(block, i) for i in range(len(block.heads))], between) <= room


def _packed(block: Block, room: int) -> dict[int, int]:
    """Return the columns of a heat map that fit, the first ones before others, if any does."""
    full = _full(block)
    most = max(full[block.sides :])
    sides = {column: full[column] for column in range(block.sides)}
    left = room - width_of([*sides.values(), 0]) + 1
    count = min(left // (most + 1), len(full) - block.sides)
    if count < 1:
        return {}
    return {**sides, **dict.fromkeys(range(block.sides, block.sides + count), most)}


def _legend(bars: BarChart, screen: Console) -> Text:
    from rich.text import Text

    return Text.assemble(*drawing.legend(bars, ascii_only=screen.options.ascii_only))


def _tail(bars: BarChart, width: int, screen: Console) -> boxes.Tail:
    signs = screen.options.ascii_only
    rows = [drawing.bar(lengths, width, ascii_only=signs) for lengths in bars.lengths]
    return boxes.Tail(width, [drawing.padded(pieces, width) for pieces in rows])


def _roomy(block: Block) -> Block:
    """Return a list with the days about now written out beside how far they are."""
    texts, heads = list(block.texts), list(block.heads)
    for column, written_out in block.roomy.items():
        texts[column], heads[column] = written_out, cells.human(block.keys[column])
    return replace(block, texts=texts, heads=heads)


def _full(block: Block) -> list[int]:
    """Return how wide each column is that shows everything on one line."""
    return [
        max(map(display_width, (head, *texts)))
        for head, texts in zip(block.heads, block.texts, strict=True)
    ]


def _first(block: Block) -> list[int]:
    if block.form == "grid":
        return list(range(block.sides))
    return [block.keys.index(key) for key in block.essential if key in block.keys]


def _left_out(block: Block, table: str, columns: list[str]) -> str:
    names = ", ".join(columns)
    options = " ".join(["--format", "csv", *(["--table", table] if table else [])])
    if block.form == "grid" or table:
        sentence = _("Left out for want of room: {names}. {options} has all.")
    else:
        sentence = _(
            "Left out for want of room: {names}. --columns a,b chooses, {options} has all."
        )
    return sentence.format(names=names, options=options)


def _least(block: Block, column: int) -> int:
    head = min(_longest_word(block.heads[column]), LONG_WORD)
    narrow = NARROW_IN_GRID if block.form == "grid" else NARROW_TEXT
    texts = enumerate(block.texts[column])
    needs = (_need(text, block.kind(row, column), narrow) for row, text in texts)
    return max(head, *needs)


def _tight(block: Block, column: int) -> int:
    """Return how wide a column is where there is room for hardly more than its longest word."""
    width = max(map(display_width, block.texts[column]), default=0)
    if block.kinds[column] not in {*cells.FOLDING, "when"}:
        return max(width, _longest_word(block.heads[column]))
    pieces = " ".join([block.heads[column], *block.texts[column]]).replace("_", "_ ")
    return min(max(width, TIGHT_TEXT), max(TIGHT_TEXT, min(_longest_word(pieces), TIGHT_WORD)))


def _need(text: str, kind: Kind, narrow: int) -> int:
    width = display_width(text)
    if kind == "email":
        return min(width, LONG_EMAIL)
    if kind not in cells.FOLDING:
        return width
    return min(width, max(narrow, min(_longest_word(text), LONG_WORD)))


def _longest_word(text: str) -> int:
    return max(map(display_width, text.split()), default=0)


def _heat(screen: Console) -> Sequence[str]:
    if screen.color_system is None:
        return ()
    return HEAT_OF_FEW_COLOURS if screen.color_system in {"standard", "windows"} else HEAT
