"""When each client ordered, and for how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.facts import compose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)


def listed(base: Base, today: date, first: date | None = None) -> Iterator[tuple[int, str, str]]:
    """Go through the clients, each with the days and the amounts of their orders as of a day.

    ISO days and minor units, both listed with commas: the n-th amount is of the n-th day. They
    may stand in any order.
    """
    values = {"today": today.isoformat(), "first": first.isoformat() if first else ""}
    yield from base.execute(compose.of_sales(SQL["listed"]), values)
