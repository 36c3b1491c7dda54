"""Tables as one HTML page that needs nothing else: no script, no file, no place to fetch from."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from clientbase.country import NO_BREAK
from clientbase.render import cells, charts
from clientbase.render.blocks import sections
from clientbase.render.cells import put
from clientbase.render.figures import DAYS
from clientbase.table import LEVELS
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from clientbase.render.blocks import Block, Section
    from clientbase.render.figures import Figure
    from clientbase.render.look import Look
    from clientbase.table import Kind, Table

SHORT = 24  # signs of a text that is never folded
MANY_COLUMNS = 14  # of a grid whose cells are then written as short as may be
MANY_PARTS = 4  # that many are listed at the top
# Where a browser holds to it, nothing that a name may hide could run or fetch.
POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"


def style() -> str:
    """Return how the page looks."""
    return (files("clientbase.render") / "page.css").read_text(encoding="utf-8")


def write(table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
    """Write a whole page: the table, its notes and the tables in it."""
    look = look.but(space=NO_BREAK)
    title = cells.clean(look.dress.text(table.title)) or cells.human(table.kind)
    parts = sections(table, look, summary=summary)
    put(stream, "\n".join(_head(title, look)) + "\n<body>\n<main>\n")
    for piece in _body(parts, title, table.as_of, look):
        put(stream, piece + "\n")
    put(stream, "</main>\n</body>\n</html>\n")


def _head(title: str, look: Look) -> Iterator[str]:
    text = style()
    yield f'<!DOCTYPE html>\n<html lang="{escape(look.language)}">\n<head>'
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(_digest(text))}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">'
    yield '<meta name="format-detection" content="telephone=no">'
    yield f"<title>{escape(title)}</title>\n<style>{text}</style>\n</head>"


def _digest(text: str) -> str:
    import hashlib  # beside a page alone: it is slow to come
    from base64 import b64encode

    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _body(parts: Sequence[Section], title: str, as_of: str | None, look: Look) -> Iterator[str]:
    yield f"<h1>{escape(title)}</h1>"
    for part in parts[:1]:
        part.title = title
    if as_of:
        told = _("As of {day}").format(day=look.dress.day(as_of))
        yield f'<p class="day">{escape(told)}</p>'
    later: list[str] = []
    for number, part in enumerate(parts):
        if part.depth == 1:
            yield from later or _contents(parts)
            yield f'<section id="part-{number}">'
            # What is said of all tables of a part stands behind them.
            later = [*(_notes(part.below) if not part.block else ()), "</section>"]
        yield from _part(part, number)
    yield from later


def _contents(parts: Sequence[Section]) -> Iterator[str]:
    """List the parts, where they are many."""
    listed = [(n, part.title) for n, part in enumerate(parts) if part.depth == 1]
    if len(listed) >= MANY_PARTS:
        links = "\n".join(f'<a href="#part-{n}">{escape(title)}</a>' for n, title in listed)
        yield f'<nav aria-label="{escape(_("what is on this page"))}">\n{links}\n</nav>'


def _part(part: Section, number: int) -> Iterator[str]:
    if part.depth:
        heading = "h2" if part.depth == 1 else "h3"
        yield f"<{heading}>{escape(part.title)}</{heading}>"
    if part.alarm:
        level, text = part.alarm
        yield f'<p role="status" class="alarm {level}">{escape(text)}</p>'
    if part.about:
        yield f'<p class="about">{escape(part.about)}</p>'
    if part.figures:
        yield from _tiles(part.figures)
    elif part.block:
        yield from _with_picture(part, part.block, number)
    elif part.said:
        yield f"<p>{escape(part.said)}</p>"
    if part.block or part.depth != 1:
        yield from _notes(part.below)


def _notes(notes: Sequence[str]) -> Iterator[str]:
    for note in notes:
        yield f'<p class="note">{escape(note)}</p>'


def _with_picture(part: Section, block: Block, number: int) -> Iterator[str]:
    yield '<div class="pair">'
    if block.bars:
        yield from charts.bars(block.bars, f"chart-{number}")
    if part.plot:
        yield from charts.curve(part.plot, f"chart-{number}")
    if block.form == "card":
        yield from _card(block)
    elif part.plot:
        yield f"<details>\n<summary>{escape(_('the numbers'))}</summary>"
        yield from _scrolled(part, block)
        yield "</details>"
    else:
        yield from _scrolled(part, block)
    yield "</div>"


def _scrolled(part: Section, block: Block) -> Iterator[str]:
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(part.title)}">'
    yield from _list(block)
    yield "</div>"


def _tiles(figures: Sequence[Figure]) -> Iterator[str]:
    """Show each figure large, with what it was in other periods; say which days these are."""
    days = [figure for figure in figures if figure.kind in DAYS]
    yield '<dl class="tiles">'
    for figure in figures:
        if figure not in days:
            yield f"<div>\n<dt>{escape(figure.name)}</dt>"
            yield f'<dd class="now">{escape(figure.now) or "–"}</dd>'
            for period, then, change, sign in figure.others:
                told = f"{escape(then) or '–'} {escape(period)}"
                yield f'<dd class="then">{_change(change, sign)}<span>{told}</span></dd>'
            yield "</div>"
    yield "</dl>"
    if days:
        yield f'<p class="note">{escape(_which(days))}</p>'


def _change(change: str, sign: int) -> str:
    if not change:
        return ""
    look = {1: ' class="better"', -1: ' class="worse"'}.get(sign, "")
    arrow = {1: "▲ ", -1: "▼ "}.get(sign, "")
    return f"<span{look}>{arrow}{escape(change)}</span> "


def _which(days: Sequence[Figure]) -> str:
    """Say from which to which day each period goes."""
    told = [f"{days[0].period}: {'–'.join(figure.now for figure in days)}"]
    for place, (period, *_rest) in enumerate(days[0].others):
        span = "–".join(figure.others[place][1] for figure in days)
        told.append(f"{period}: {span}")
    return "; ".join(told)


def _card(block: Block) -> Iterator[str]:
    for card in zip(*block.texts, strict=True):
        yield "<table>"
        for column, text in enumerate(card):
            if text:
                head = _head_cell(block.heads[column], "row")
                yield f"<tr>{head}{_cell(text, _colour(text, block.kinds[column]))}</tr>"
        yield "</table>"


def _list(block: Block) -> Iterator[str]:
    sides = [_side(block, column) for column in range(len(block.heads))]
    yield '<table class="map">\n<thead>' if block.heat else "<table>\n<thead>"
    heads = zip(block.heads, sides, strict=True)
    yield "<tr>" + "".join(_head_cell(head, "col", side) for head, side in heads) + "</tr>"
    yield "</thead>\n<tbody>"
    short = block.tight and len(block.heads) > MANY_COLUMNS
    columns = block.tight if short else block.texts
    for row, texts in enumerate(zip(*columns, strict=True)):
        yield "<tr>" + "".join(_row(block, row, texts, sides)) + "</tr>"
    yield "</tbody>\n</table>"


def _side(block: Block, column: int) -> str:
    """Return the class of a column: numbers to the right, and short texts on one line."""
    if block.right(column):
        return "r"
    return "short" if max(map(len, block.texts[column])) <= SHORT else ""


def _row(block: Block, row: int, texts: tuple[str, ...], sides: list[str]) -> Iterator[str]:
    tall = len(block.down) if block.sides > 1 else 1
    for column, (text, side) in enumerate(zip(texts, sides, strict=True)):
        if column == 0 and tall > 1:
            if row % tall == 0:
                yield _head_cell(text, "rowgroup", tall=tall)
        elif column < block.sides:
            yield _head_cell(text, "row", "side" if column else side)
        else:
            heat = block.heat.get((row, column), 0)
            look = f"h{heat}" if heat else _colour(text, block.kind(row, column))
            yield _cell(text, f"{side} {look}".strip())


def _colour(text: str, kind: Kind) -> str:
    """Return the class that colours a text: money below zero, and how bad it is."""
    if kind == "level":
        return text if text in LEVELS else ""
    return "minus" if kind == "money" and text.startswith("-") else ""


def _cell(text: str, classes: str) -> str:
    return f"<td{_class(classes)}>{escape(text)}</td>"


def _head_cell(text: str, scope: str, classes: str = "", *, tall: int = 1) -> str:
    span = f' rowspan="{tall}"' if tall > 1 else ""
    return f'<th scope="{scope}"{span}{_class(classes)}>{escape(text)}</th>'


def _class(classes: str) -> str:
    return f' class="{classes}"' if classes else ""
