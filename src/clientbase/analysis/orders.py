"""When each client ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.facts import compose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)


def days(base: Base, today: date, first: date | None = None) -> Iterator[tuple[int, str]]:
    """Go through the clients with the days of their orders as of a day, listed with commas."""
    values = {"today": today.isoformat(), "first": first.isoformat() if first else ""}
    yield from base.execute(compose.of_sales(SQL["days"]), values)
