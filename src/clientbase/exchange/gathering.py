"""Rows of one reference that stand apart in a file, brought together on the disk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clientbase.db.statements import statements
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
    places = [plan.mapping.places[name] for name in ("ref", "sale") if name in plan.mapping]
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


def _name(row: list[str], places: list[int]) -> str | None:
    name = "\x1f".join(" ".join(row[place].split()) for place in places if place < len(row))
    return name if name.strip("\x1f") else None
