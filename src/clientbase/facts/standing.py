"""Where one contact stands: totals, classes, kind of base."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.facts.reading import read

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base


class Standing(NamedTuple):
    """What is known of a contact as of a day.

    Amounts are minor units, the average a ratio of them; who is no client has no classes. `base`
    is the kind of base.
    """

    orders: int
    revenue: int
    average_order: float | None
    first_sale_on: str | None
    last_sale_on: str | None
    days_since_sale: int | None
    frequency_class: str | None
    value_class: str | None
    base: str
    sleeping: bool
    late: bool


_FACTS = tuple(Standing._fields)


def standing(base: Base, contact_id: int, today: date) -> Standing:
    """Return where a contact of the base stands as of a day."""
    rows = read(base, _FACTS, today, scope="one", values={"contact_id": contact_id})
    row = rows.fetchone()
    return Standing(*row[:-2], *map(bool, row[-2:]))
