"""Tables for a person at a terminal, in boxes and colour: the only user of rich."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from clientbase.country import NO_BREAK
from clientbase.render import cells, plain
from clientbase.render.blocks import sections
from clientbase.render.fit import fit, width_of
from clientbase.render.width import display_width, folded
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from rich.console import Console, ConsoleOptions
    from rich.padding import Padding
    from rich.segment import Segment
    from rich.table import Table as Box
    from rich.text import Text

    from clientbase.render.blocks import Block, Section
    from clientbase.render.look import Look
    from clientbase.table import Kind, Table

TOO_MANY = 2_000  # rows; a box takes half a millisecond a row
NARROW_TEXT, NARROW_IN_GRID, LONG_WORD, LONG_EMAIL = 16, 10, 24, 32
HEAT = (
    "black on color(194)",
    "black on color(157)",
    "black on color(114)",
    "white on color(29)",
    "white on color(22)",
)
HEAT_OF_FEW_COLOURS = ("", "green", "black on cyan", "black on green", "black on yellow")
STYLES: dict[Kind, str] = {"id": "dim", "spark": "cyan"}


def write(table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
    """Write a table, its notes and the tables in it in boxes no wider than the terminal.

    More rows than anybody reads on a screen are written as plain text, for the sake of speed.
    """
    parts = sections(table, replace(look, space=NO_BREAK), summary=summary)
    if any(part.block and len(part.block.texts[0]) > TOO_MANY for part in parts):
        plain.write_sections(parts, stream)
        return
    screen = _screen(stream, look)
    for number, part in enumerate(parts):
        if number:
            screen.print()
        _show(part, screen, look)


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
    if part.block and part.block.form == "card":
        _show_card(part.block, screen)
    elif part.block:
        _show_box(part.block, part.name, screen, look)
    elif part.said:
        # Whole, so that a line can be copied from the screen.
        screen.print(_text(part.said), soft_wrap=True)
    if part.notes and (part.title or part.block or part.said):
        screen.print()
    for note in part.notes:
        screen.print(_text(note, width=screen.width))


def _text(text: str, style: str = "", width: int = 0) -> Text:
    from rich.text import Text

    # Rich breaks lines at no-break blanks too, in the middle of 1 234,50.
    whole = folded(text, width) if width and NO_BREAK in text else text
    return Text(whole, style, overflow="fold")


def _show_card(block: Block, screen: Console) -> None:
    from rich.table import Table as Box

    room = screen.width - max(map(display_width, block.heads)) - 2
    for number, card in enumerate(zip(*block.texts, strict=True)):
        if number:
            screen.print()
        grid = Box.grid(padding=(0, 2, 0, 0), pad_edge=False)
        for column, text in enumerate(card):
            if text:
                style = _style(text, block.kinds[column])
                grid.add_row(_text(block.heads[column], "dim"), _text(text, style, room))
        screen.print(grid)


def _show_box(block: Block, name: str, screen: Console, look: Look) -> None:
    columns = range(len(block.heads))
    full = _full(block)
    if block.roomy and width_of(_full(_roomy(block))) <= screen.width:
        block = _roomy(block)
        full = _full(block)
    least = [_least(block, i) for i in columns]
    widths = fit(full, least, screen.width, _first(block))
    screen.print(_box(block, widths, _heat(screen)))
    left_out = [block.keys[i] for i in columns if i not in widths]
    if left_out and look.options:
        screen.print(_text(_left_out(block, name, left_out), "dim"))


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


def _box(block: Block, widths: dict[int, int], heat: Sequence[str]) -> Box:
    from rich import box  # 30 ms, which pipes need not pay
    from rich.table import Table as Box

    # The blanks beside a cell are part of its text: rich's own padding doubles the time.
    made = Box(box=box.ROUNDED, header_style="bold", border_style="dim", padding=0)
    for column, width in widths.items():
        side: Literal["left", "right"] = "right" if block.right(column) else "left"
        head = _cell(block.heads[column], width, "bold", right=block.right(column))
        made.add_column(head, width=width + 2, overflow="fold", justify=side)
    tall = len(block.down)
    columns = [_column(block, column, width, heat) for column, width in widths.items()]
    for row, texts in enumerate(zip(*columns, strict=True)):
        made.add_row(*texts, end_section=tall > 1 and row % tall == tall - 1)
    return made


def _column(block: Block, column: int, width: int, heat: Sequence[str]) -> list[Padding | _Line]:
    made = []
    for row, text in enumerate(block.texts[column]):
        level = block.heat.get((row, column), 0) if heat else 0
        style = heat[level - 1] if level else _style(text, block.kind(row, column))
        made.append(_cell(text, width, style, right=block.right(column)))
    return made


class _Line:
    """A cell of one line: as rich draws it, without asking whether it has to be folded."""

    __slots__ = ("style", "text")

    def __init__(self, text: str, style: str) -> None:
        self.text = text
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.segment import Segment

        del options
        style = console.get_style(self.style) if self.style else None
        yield Segment(" ")
        yield Segment(self.text, style)
        yield Segment(" ")


def _cell(text: str, width: int, style: str, *, right: bool) -> Padding | _Line:
    from rich.padding import Padding

    if display_width(text) <= width and "\n" not in text:
        return _Line(_filled(text, width, right=right), style)
    return Padding(_text(text, style, width), (0, 1))


def _filled(text: str, width: int, *, right: bool) -> str:
    """Return a text with blanks, so that its colour fills the cell."""
    blank = " " * (width - display_width(text))
    return blank + text if right else text + blank


def _style(text: str, kind: Kind) -> str:
    if kind == "money" and text.startswith("-"):
        return "red"
    return STYLES.get(kind, "")
