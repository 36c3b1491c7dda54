"""What is known of the contacts that are found by a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientbase.facts import listing
from clientbase.people.finding import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.table import Table


# Contacts of which is asked at once: of the first few, then of many.
_FIRST, _NEXT = 50, 500


def found(base: Base, text: str, today: date) -> Table:
    """Return the list of contacts that a text finds, the best hits first; `count` tells how many.

    Raises Misuse for an empty text.
    """
    ids = find(base, text)
    table = listing.contacts(base, today, ids=())
    return table.but(rows=_rows(base, ids, today), count=lambda: len(ids))


def _rows(base: Base, ids: list[int], today: date) -> Iterator[Sequence[Any]]:
    start, size = 0, _FIRST
    while start < len(ids):
        some = ids[start : start + size]
        place = {contact: number for number, contact in enumerate(some)}
        rows = listing.contacts(base, today, ids=some).rows
        yield from sorted(rows, key=lambda row: place[row[0]])
        start, size = start + size, _NEXT
