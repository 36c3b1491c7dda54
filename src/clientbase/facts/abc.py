"""ABC: which sums bring the first part of the money, which the next, and which the rest."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.facts import thresholds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)

LETTERS = ("A", "B", "C")
_LEAST = 1  # minor unit: what is less is C whatever the others brought


class Least(NamedTuple):
    """The least sums that are A and B; equal sums share a class, so that they part all."""

    a: int = _LEAST
    b: int = _LEAST

    def letter(self, amount: int) -> str:
        """Return the class of a sum: nothing or less is C."""
        return "A" if amount >= self.a else "B" if amount >= self.b else "C"


def least(sums: Iterable[tuple[int, int]], a: int, b: int) -> Least:
    """Return the borders of sums, each with how many have it, the greatest first.

    A is a sum before which under `a` percent of the positive sums lie, B under `b`.
    """
    positive = [(amount, count) for amount, count in sums if amount > 0]
    total = sum(amount * count for amount, count in positive)
    found = {a: _LEAST, b: _LEAST}
    before = 0
    for amount, count in positive:
        for share in found:
            if 100 * before < share * total:
                found[share] = amount
        before += amount * count
    return Least(found[a], found[b])


def clients(base: Base, today: date) -> Least:
    """Return the borders among the clients, by all that they brought up to a day."""
    key = f"abc {today}"
    if key in base.cache:
        known: Least = base.cache[key]
        return known
    said = settings.read(base)
    if thresholds.past(base, today):
        counted = Counter(revenue for _last, _orders, revenue in thresholds.clients(base, today))
        sums = sorted(counted.items(), reverse=True)
    else:
        sums = base.execute(SQL["sums"]).fetchall()
    found = least(sums, said["abc.a"], said["abc.b"])
    if not base.in_transaction:
        base.cache[key] = found
    return found


def parameters(chosen: Least) -> dict[str, int]:
    """Return the values that the fragment of ABC takes."""
    return {"abc_a": chosen.a, "abc_b": chosen.b}
