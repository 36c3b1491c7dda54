"""Tables become what a reader asked for: one renderer, its formats chosen by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from clientbase.errors import Misuse
from clientbase.normal import shown
from clientbase.render.look import Look
from clientbase.table import inside
from clientbase.words import _

if TYPE_CHECKING:
    from typing import TextIO

    from clientbase.table import Table

__all__ = ["EXTENSIONS", "FORMATS", "Look", "chosen", "write"]


class Writer(Protocol):
    """Writes a table to a stream in one format."""

    def __call__(self, table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
        """Write the table, its own rows left out with `summary`."""


# Each format's module is imported when it is asked for: a command uses one of them.
def _table(table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
    if look.rich:
        from clientbase.render import terminal  # rich takes 30 ms

        terminal.write(table, stream, look, summary=summary)
    else:
        from clientbase.render import plain

        plain.write(table, stream, look, summary=summary)


def _json(table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
    from clientbase.render import machine

    machine.write_json(table, stream, look, summary=summary)


def _jsonl(table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
    from clientbase.render import machine

    machine.write_jsonl(_rows_of(table, summary=summary), stream, look)


def _csv(table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
    from clientbase.render import separated

    separated.write_csv(_rows_of(table, summary=summary), stream, look)


def _tsv(table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
    from clientbase.render import separated

    separated.write_tsv(_rows_of(table, summary=summary), stream, look)


def _html(table: Table, stream: TextIO, look: Look, *, summary: bool = False) -> None:
    from clientbase.render import page

    page.write(table, stream, look, summary=summary)


FORMATS: dict[str, Writer] = {
    "table": _table,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "tsv": _tsv,
    "html": _html,
}

EXTENSIONS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".html": "html",
    ".htm": "html",
    ".txt": "table",
}


def write(
    table: Table,
    format: str,  # noqa: A002 - it is called what the owner types
    stream: TextIO,
    look: Look,
    *,
    summary: bool = False,
) -> None:
    """Write a table in one of FORMATS.

    With `summary` the rows of the table itself are left out; a format that holds one list of
    rows then gets the first of the tables in it.
    """
    FORMATS[format](table, stream, look, summary=summary)


def chosen(table: Table, pick: str) -> Table:
    """Return the table in a table that has this name, as of the same day; else raise Misuse."""
    if pick == table.kind:
        return table.but(tables={})
    tables = dict(inside(table))
    if pick in tables:
        return tables[pick].but(tables={}, as_of=tables[pick].as_of or table.as_of)
    known = ", ".join([table.kind, *tables])
    raise Misuse(
        _("there is no table {name} here").format(name=shown(pick)),
        hint=_("--table takes one of: {names}").format(names=known),
    )


def _rows_of(table: Table, *, summary: bool) -> Table:
    """Return what a format with one list of rows writes."""
    if not summary:
        return table
    return next(iter(table.tables.values()), table.but(rows=()))
