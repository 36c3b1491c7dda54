"""Files in any dress, for the tests of reading."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from clientbase.exchange import columns, reading, source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clientbase.exchange.reading import Batch, Dress


class Read(NamedTuple):
    """What was found out about a file, and its rows with the line in which each begins."""

    dress: Dress
    lines: list[int]
    rows: list[list[str]]


def read(file: Path, country: str = "RU", kind: str = "sales", asked: str | None = None) -> Read:
    """Read a whole file."""
    with source.opened(str(file), io.BytesIO()) as opened:
        known = columns.counter(kind, columns.Wishes())
        reader = reading.look(opened, known, country, asked)
        batches: list[Batch] = list(reader.batches())
    lines = [line for batch in batches for line in batch.lines]
    return Read(reader.dress, lines, [row for batch in batches for row in batch.rows])


def written(
    table: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n", *, quoted: bool = False
) -> str:
    """Write a table as CSV by the rules of RFC 4180, by hand."""
    return "".join(
        delimiter.join(_cell(c, delimiter, quoted=quoted) for c in r) + end for r in table
    )


def _cell(cell: str, delimiter: str, *, quoted: bool) -> str:
    if quoted or any(sign in cell for sign in (delimiter, '"', "\r", "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell
