"""Tables as plain aligned text, whole, however wide: for pipes, files and mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.render import drawing
from clientbase.render.blocks import for_screen, sections
from clientbase.render.cells import put
from clientbase.render.width import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from clientbase.render.blocks import Block, Section
    from clientbase.render.boxes import Piece
    from clientbase.render.look import Look
    from clientbase.table import Table

GAP = "  "
BAR = 24  # columns of the longest bar


def write(table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
    """Write a table, its notes and the tables in it as aligned text."""
    parts = for_screen(sections(table, look, summary=summary), options=look.options)
    write_sections(parts, stream)


def write_sections(parts: Iterable[Section], stream: TextIO) -> None:
    """Write what `sections` made, with an empty line between the parts."""
    between = ""
    ascii_only = drawing.ascii_alone(getattr(stream, "encoding", None))
    for part in parts:
        for piece in _pieces(part, ascii_only=ascii_only):
            put(stream, between + piece)
            between = "\n"


def _pieces(part: Section, *, ascii_only: bool) -> list[str]:
    said = [part.said] if part.said else []
    body = _drawn(part.block, ascii_only=ascii_only) if part.block else _lines(said)
    alarm = part.alarm.text if part.alarm else ""
    shown = _lines([text for text in (part.title, alarm, part.about) if text]) + body
    line = _lines(_line(part, ascii_only=ascii_only))
    return [piece for piece in (shown, line, _lines(part.below)) if piece]


def _line(part: Section, *, ascii_only: bool) -> list[str]:
    if not part.plot:
        return []
    return drawing.field(part.plot, drawing.PLOT_WIDTH, ascii_only=ascii_only)


def _lines(lines: list[str]) -> str:
    return "".join(line + "\n" for line in lines)


def _drawn(block: Block, *, ascii_only: bool) -> str:
    return _card(block) if block.form == "card" else _list(block, ascii_only=ascii_only)


def _list(block: Block, *, ascii_only: bool) -> str:
    padded = [
        _padded(head, texts, right=block.right(i))
        for i, (head, texts) in enumerate(zip(block.heads, block.texts, strict=True))
    ]
    below = ""
    if block.bars:
        bars = (drawing.bar(b, BAR, ascii_only=ascii_only) for b in block.bars.lengths)
        padded.append(["", "", *map(_text, bars)])
        below = _text(drawing.legend(block.bars, ascii_only=ascii_only)) + "\n"
    rows = map(GAP.join, zip(*padded, strict=True))
    return "".join([row.rstrip() + "\n" for row in rows]) + below


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(text for text, _style in pieces)


def _padded(head: str, texts: list[str], *, right: bool) -> list[str]:
    wide = list(map(display_width, texts))
    width = max(display_width(head), *wide)
    column = [_pad(head, width, right=right), "-" * width]
    if right:
        column += [" " * (width - w) + text for w, text in zip(wide, texts, strict=True)]
    else:
        column += [text + " " * (width - w) for w, text in zip(wide, texts, strict=True)]
    return column


def _pad(text: str, width: int, *, right: bool) -> str:
    blank = " " * (width - display_width(text))
    return blank + text if right else text + blank


def _card(block: Block) -> str:
    width = max(map(display_width, block.heads))
    hang = "\n" + " " * width + GAP
    cards = [
        "".join(
            _pad(head, width, right=False) + GAP + text.replace("\n", hang) + "\n"
            for head, text in zip(block.heads, card, strict=True)
            if text
        )
        for card in zip(*block.texts, strict=True)
    ]
    return "\n".join(cards)
