"""Rows of one reference that stand apart in a file, brought together on the disk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.errors import Refused
from clientbase.exchange.bills import name_of
from clientbase.exchange.cells import identifier
from clientbase.exchange.reading import BATCH, Batch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.db.connection import Base
    from clientbase.exchange.plan import Plan

SQL = statements(__file__)


def together(base: Base, plan: Plan) -> Iterator[Batch]:
    """Yield all rows of a file, those of one reference side by side."""
    base.execute(SQL["make"])
    base.execute(SQL["clear"])
    places = [plan.mapping.places.get(name) for name in ("ref", "sale")]
    for batch in plan.reader.batches():
        rows = (
            (_name(row, places), line, json.dumps(row))
            for line, row in zip(batch.lines, batch.rows, strict=True)
        )
        base.executemany(SQL["put"], rows)
    cursor = base.execute(SQL["take"])
    while taken := cursor.fetchmany(BATCH):
        yield Batch([line for line, _cells in taken], [json.loads(cells) for _line, cells in taken])
    base.execute(SQL["clear"])


def _name(row: list[str], places: list[int | None]) -> str | None:
    """Return what a row has in common with others of its sale, or None."""
    ref, mark = (
        "" if place is None or place >= len(row) else _read(row[place]) for place in places
    )
    return name_of(ref, mark) or None


def _read(cell: str) -> str:
    try:
        return identifier(cell)
    except Refused:  # the row is bad wherever it stands
        return ""
