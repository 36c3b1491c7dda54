"""Tables for other programs, written as the rows come: JSON and JSON lines."""

from __future__ import annotations

import codecs
import json
import math
import re
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from clientbase import money
from clientbase.render import cells
from clientbase.render.streamed import amount, converted, share
from clientbase.table import inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from clientbase.render.look import Look
    from clientbase.table import Column, Kind, Table

    Cell = Callable[[Any], str]

VERSION = 1
SPELLED = "clientbase.spelled"


def write_json(table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
    """Write one envelope: its version, what it is of, the rows, the notes and further tables."""
    head = {"clientbase": VERSION, "kind": table.kind, "as_of": table.as_of}
    head["currency"] = look.currency or None
    _put(stream, "{\n" + "".join(f'  "{key}": {_value(v)},\n' for key, v in head.items()))
    for name in table.heads:
        (row,) = (row for rows in _objects(table.tables[name], look) for row in rows)
        _put(stream, f"  {_value(name)}: {row},\n")
    _put(stream, '  "rows": ')
    _write_rows(table, stream, look, "    ", empty=summary)
    tables = list(inside(table))
    notes = [note for part in (table, *(sub for _name, sub in tables)) for note in _notes(part)]
    _put(stream, ',\n  "notes": ' + _array(map(_value, notes), "    "))
    if tables:
        _put(stream, ',\n  "tables": {')
        for number, (name, sub) in enumerate(tables):
            _put(stream, f"{',' if number else ''}\n    {_value(name)}: ")
            _write_rows(sub, stream, look, "      ")
        _put(stream, "\n  }")
    _put(stream, "\n}\n")


def _notes(table: Table) -> list[str]:
    return [table.alarm.text, *table.notes] if table.alarm else table.notes


def _put(stream: TextIO, text: str) -> None:
    """Write text, with what the stream's encoding lacks spelled out as JSON has it."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if not text.isascii() and codecs.lookup(encoding).name != "utf-8":
        text = cells.without_halves(text).encode(encoding, SPELLED).decode(encoding)
    cells.put(stream, text)


def _spelled(error: UnicodeError) -> tuple[str, int]:
    r"""Spell what can't be encoded in units of UTF-16: \ud83d\ude00."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be").hex()
    return re.sub("....", r"\\u\g<0>", units), error.end


codecs.register_error(SPELLED, _spelled)


def _write_rows(
    table: Table, stream: TextIO, look: Look, indent: str, *, empty: bool = False
) -> None:
    between = "[\n" + indent
    for rows in () if empty else _objects(table, look):
        _put(stream, between + (",\n" + indent).join(rows))
        between = ",\n" + indent
    _put(stream, "[]" if between.startswith("[") else "\n" + indent[2:] + "]")


def _array(values: Iterator[str], indent: str) -> str:
    lines = (",\n" + indent).join(values)
    return f"[\n{indent}{lines}\n{indent[2:]}]" if lines else "[]"


def write_jsonl(table: Table, stream: TextIO, look: Look) -> None:
    """Write an object a line."""
    for rows in _objects(table, look):
        _put(stream, "\n".join(rows) + "\n")


def _objects(table: Table, look: Look) -> Iterator[Iterator[str]]:
    keys = (_value(column.name).replace("%", "%%") for column in table.columns)
    template = "{" + ", ".join(f"{key}: %s" for key in keys) + "}"
    writers = [_json_cell(column, look) for column in table.columns]
    for rows in converted(table, writers):
        yield map(template.__mod__, rows)


# Signs that drive a terminal or hide text, which JSON itself would let through.
_DRIVING = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"


def _string(text: str) -> str:
    quoted = encode_basestring(text)
    if quoted.isprintable():
        return quoted
    return re.sub(_DRIVING, lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _value(value: Any) -> str:
    if value is None:
        return "null"
    if value.__class__ is int:
        return str(value)
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else "null"
    if isinstance(value, int):
        return json.dumps(value)
    return _string(value if isinstance(value, str) else str(value))


def _truth(value: Any) -> str:
    return "null" if value is None else "true" if value else "false"


def _strings(value: Any) -> str:
    if value is None:
        return "null"
    return "[" + ", ".join(_string(str(member)) for member in cells.members(value)) + "]"


def _integers(value: Any) -> str:
    return "null" if value is None else json.dumps(cells.whole(value))


def _json_cell(column: Column, look: Look) -> Cell:
    if column.kind == "money":
        return amount(look.decimals, money.plain, _value)
    chosen: dict[Kind, Cell] = {
        "share": share(_value),
        "flag": _truth,
        "list": _strings,
        "spark": _integers,
    }
    return chosen.get(column.kind, _value)
