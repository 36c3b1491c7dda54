"""What formats for other programs share: rows converted as they come, and exact numbers."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

from clientbase.render.cells import minor_units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clientbase.table import Table

    Cell = Callable[[Any], str]

AT_ONCE = 1_000  # rows held while they are written
SHARE_PLACES = 4


def converted(table: Table, writers: Sequence[Cell]) -> Iterator[Iterator[tuple[str, ...]]]:
    """Give the rows as texts, some at a time, converted column by column, which is quickest."""
    rows = iter(table.rows)
    while chunk := list(itertools.islice(rows, AT_ONCE)):
        columns = zip(writers, zip(*chunk, strict=True), strict=True)
        yield zip(*(map(writer, values) for writer, values in columns), strict=True)


def amount(decimals: int, form: Callable[[int, int], str], otherwise: Cell) -> Cell:
    """Make the writer of money cells in a form; what is no amount is written `otherwise`."""

    def write(value: Any) -> str:
        if value.__class__ is int:
            return form(value, decimals)
        if not isinstance(value, float):
            return otherwise(value)
        minor = minor_units(value)
        return otherwise(None) if minor is None else form(minor, decimals)

    return write


def share(otherwise: Cell) -> Cell:
    """Make the writer of shares: exactly as they are, with four decimals at least."""

    def write(value: Any) -> str:
        if not isinstance(value, int | float) or not math.isfinite(value):
            return otherwise(value)
        written = repr(float(value))
        if "e" in written:
            from decimal import Decimal  # 2 ms for a case that is rare

            written = f"{Decimal(written):f}"
        units, _, places = written.partition(".")
        return f"{units}.{places:0<{SHARE_PLACES}}"

    return write
