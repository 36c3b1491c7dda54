"""Tables as one self-contained HTML page."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from clientbase.country import NO_BREAK
from clientbase.render import cells
from clientbase.render.blocks import sections
from clientbase.render.cells import put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from clientbase.render.blocks import Block, Section
    from clientbase.render.look import Look
    from clientbase.table import Kind, Table

STYLE = """\
body { font: 15px/1.45 system-ui, sans-serif; margin: 2em; color: #222; background: #fff; }
table { border-collapse: collapse; margin: 1em 0; }
th, td { padding: .3em .8em; border-bottom: 1px solid #ddd; text-align: left; vertical-align: top; }
th { background: #f5f5f5; }
td { white-space: pre-line; }
.r { text-align: right; font-variant-numeric: tabular-nums; }
.minus { color: #b00020; }
.h1 { background: #edf8e9; } .h2 { background: #bae4b3; } .h3 { background: #74c476; }
.h4 { background: #238b45; color: #fff; } .h5 { background: #005a32; color: #fff; }
.note { color: #555; white-space: pre-line; }
"""


def write(table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
    """Write a whole page: the table, its notes and the tables in it."""
    look = replace(look, space=NO_BREAK)
    title = escape(cells.clean(look.dress.text(table.title)) or cells.human(table.kind))
    put(stream, f'<!DOCTYPE html>\n<html lang="{escape(look.language)}">\n<head>\n')
    put(stream, f'<meta charset="utf-8">\n<title>{title}</title>\n')
    put(stream, f"<style>\n{STYLE}</style>\n</head>\n<body>\n")
    for number, part in enumerate(sections(table, look, summary=summary)):
        for piece in _pieces(part, "h2" if number else "h1"):
            put(stream, piece + "\n")
    put(stream, "</body>\n</html>\n")


def _pieces(part: Section, heading: str) -> Iterator[str]:
    if part.title:
        yield f"<{heading}>{escape(part.title)}</{heading}>"
    if part.block and part.block.form == "card":
        yield from _card(part.block)
    elif part.block:
        yield from _list(part.block)
    elif part.said:
        yield f"<p>{escape(part.said)}</p>"
    for note in part.notes:
        yield f'<p class="note">{escape(note)}</p>'


def _card(block: Block) -> Iterator[str]:
    for card in zip(*block.texts, strict=True):
        yield "<table>"
        for column, text in enumerate(card):
            if text:
                head = f'<th scope="row">{escape(block.heads[column])}</th>'
                yield f"<tr>{head}{_cell(text, _minus(text, block.kinds[column]))}</tr>"
        yield "</table>"


def _list(block: Block) -> Iterator[str]:
    sides = ["r" if block.right(column) else "" for column in range(len(block.heads))]
    heads = zip(block.heads, sides, strict=True)
    yield "<table>\n<thead>"
    yield "<tr>" + "".join(_cell(head, side, tag="th") for head, side in heads) + "</tr>"
    yield "</thead>\n<tbody>"
    for row, texts in enumerate(zip(*block.texts, strict=True)):
        yield "<tr>" + "".join(_row(block, row, texts, sides)) + "</tr>"
    yield "</tbody>\n</table>"


def _row(block: Block, row: int, texts: tuple[str, ...], sides: list[str]) -> Iterator[str]:
    for column, (text, side) in enumerate(zip(texts, sides, strict=True)):
        heat = block.heat.get((row, column), 0)
        look = f"h{heat}" if heat else _minus(text, block.kind(row, column))
        yield _cell(text, f"{side} {look}".strip())


def _minus(text: str, kind: Kind) -> str:
    return "minus" if kind == "money" and text.startswith("-") else ""


def _cell(text: str, classes: str, *, tag: str = "td") -> str:
    mark = f' class="{classes}"' if classes else ""
    return f"<{tag}{mark}>{escape(text)}</{tag}>"
