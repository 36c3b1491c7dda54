"""Tables for spreadsheets and shells, written as the rows come: CSV and TSV."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from clientbase import money
from clientbase.render import cells
from clientbase.render.cells import put
from clientbase.render.streamed import amount, converted, share
from clientbase.spreadsheet import STARTS, guard

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from clientbase.render.look import Look
    from clientbase.table import Kind, Table

    Cell = Callable[[Any], str]
    Dress = Callable[[str], str]

_LOOKED_AT = STARTS | {"'"}  # asked first, for a call of `guard` costs more than most cells


def write_csv(table: Table, stream: TextIO, look: Look) -> None:
    """Write keys and rows with commas, quoted where needed, guarded against spreadsheets."""
    dress = _quoted if len(table.columns) > 1 else _quoted_alone
    _write(table, stream, look, ",", dress)


def write_tsv(table: Table, stream: TextIO, look: Look) -> None:
    r"""Write keys and rows with tabs; in a cell `\t`, `\n`, `\r`, `\\` stand for those signs."""
    _write(table, stream, look, "\t", _escaped)


def _write(table: Table, stream: TextIO, look: Look, between: str, dress: Dress) -> None:
    put(stream, between.join(dress(guard(column.name)) for column in table.columns) + "\n")
    writers = [_cell(column.kind, look, dress) for column in table.columns]
    for rows in converted(table, writers):
        put(stream, "\n".join(map(between.join, rows)) + "\n")


def _quoted(text: str) -> str:
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _quoted_alone(text: str) -> str:
    """Quote the only cell of a row also when it is empty, for readers skip empty lines."""
    return _quoted(text) or '""'


def _escaped(text: str) -> str:
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        text = text.replace("\\", "\\\\").replace("\t", "\\t")
        return text.replace("\n", "\\n").replace("\r", "\\r")
    return text


def _cell(kind: Kind, look: Look, dress: Dress) -> Cell:
    """Choose how cells of a kind are written; what is missing becomes an empty cell."""
    empty = dress("")

    def text(value: Any) -> str:
        if value is None:
            return empty
        text = str(value)
        return dress(guard(text) if text[:1] in _LOOKED_AT else text)

    def number(value: Any) -> str:
        if value.__class__ is int:
            return str(value)
        return empty if isinstance(value, float) and not math.isfinite(value) else text(value)

    if kind == "money":
        return amount(look.decimals, money.plain, text)
    if kind == "flag":
        return lambda value: empty if value is None else "yes" if value else "no"
    if kind == "share":
        return share(number)
    if kind in {"id", "number", "percent"}:
        return number
    shape = _SHAPES.get(kind)
    return text if shape is None else lambda value: text(None if value is None else shape(value))


def _members(value: Any) -> str:
    return ", ".join(map(str, cells.members(value)))


def _numbers(value: Any) -> str:
    return " ".join(map(str, cells.whole(value)))


_SHAPES: dict[Kind, Callable[[Any], Any]] = {
    "list": _members,
    "spark": _numbers,
}
