"""Quantiles by linear interpolation (type 7 of Hyndman and Fan, 1996), exact in whole numbers."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.statements import statements

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientbase.db.connection import Base

SQL = statements(__file__)


class Cut(NamedTuple):
    """A cut point as a fraction; a whole number lies over it if it is over its floor."""

    numerator: int
    denominator: int = 1

    @property
    def floor(self) -> int:
        """The greatest whole number that is not over the cut."""
        return self.numerator // self.denominator

    @property
    def value(self) -> float:
        """The nearest number."""
        return self.numerator / self.denominator


def place(count: int, part: int, parts: int) -> tuple[int, int]:
    """Return where the quantile part/parts of `count` sorted values lies.

    That is the place, from 0, of the value at or before it, and how many parts of the way to the
    next value it lies on.
    """
    return divmod((count - 1) * part, parts)


def between(low: int, high: int, way: int, parts: int) -> Cut:
    """Return the point that lies way/parts on the way from one value to the next."""
    return Cut(low * (parts - way) + high * way, parts)


def of_sorted(values: Sequence[int], parts: int) -> tuple[Cut, ...]:
    """Return the parts - 1 quantiles of sorted values, none where there are no values."""
    if not values:
        return ()
    found = []
    for part in range(1, parts):
        at, way = place(len(values), part, parts)
        found.append(between(values[at], values[at + (way > 0)], way, parts))
    return tuple(found)


def of_counted(counts: Mapping[int, int], part: int, parts: int) -> Cut | None:
    """Return the quantile part/parts of numbers that are counted, None of none."""
    total = sum(counts.values())
    if not total:
        return None
    at, way = place(total, part, parts)
    return between(_counted_at(counts, at), _counted_at(counts, at + (way > 0)), way, parts)


def _counted_at(counts: Mapping[int, int], at: int) -> int:
    numbers = sorted(counts)
    passed = list(accumulate(counts[number] for number in numbers))
    return numbers[bisect_right(passed, at)]


def middle(values: Sequence[float]) -> float | None:
    """Return the median of sorted values, as it stands where they are odd; None of none."""
    if not values:
        return None
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def clients(base: Base) -> int:
    """Return how many clients there are now."""
    return int(base.one(SQL["clients"]))


def neighbours(base: Base, measure: str, at: int, count: int) -> tuple[float | str, float | str]:
    """Return the value that stands at a place among the clients as they are now, and the next.

    The measures are `average`, `orders`, `revenue` and `last_on`; places count from 0, up to the
    `count` of clients, and the last value is its own next. Read from an index, the nearer end.
    """
    if at <= count // 2:
        rows = base.execute(SQL[f"{measure}_up"], {"skip": at}).fetchall()
        return rows[0][0], rows[-1][0]
    skip = max(count - 2 - at, 0)
    rows = base.execute(SQL[f"{measure}_down"], {"skip": skip}).fetchall()
    return (rows[0][0], rows[0][0]) if at == count - 1 else (rows[1][0], rows[0][0])
