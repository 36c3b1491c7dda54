"""The letters of ABC and XYZ, of plain numbers.

ABC is by the share of a sum, XYZ by how steady the numbers are.
"""

from __future__ import annotations

import math
from collections import Counter
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ABC, XYZ = ("A", "B", "C"), ("X", "Y", "Z")
TOO_FEW = "too few"
_LEAST = 1  # minor unit: what is less is C whatever the others brought


class Least(NamedTuple):
    """The least sums that are A and B; equal sums share a letter, so that they part all."""

    a: int = _LEAST
    b: int = _LEAST

    def letter(self, amount: int) -> str:
        """Return the letter of a sum: nothing or less is C."""
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


class Part(NamedTuple):
    """A share of the positive sums in percent, with all before it, and the letter of both."""

    share: float | None
    cumulative: float | None
    letter: str


def abc(sums: Sequence[int], borders: Sequence[int]) -> Iterator[Part]:
    """Return what part each of the sums is, which go downwards.

    `borders` are the percents under which the share before an item makes it A, and B.
    """
    chosen = least(Counter(sums).items(), *borders)
    total = sum(amount for amount in sums if amount > 0)
    before = 0
    for amount in sums:
        kept = max(amount, 0)
        before += kept
        if total:
            yield Part(100 * kept / total, 100 * before / total, chosen.letter(amount))
        else:
            yield Part(None, None, chosen.letter(amount))


class Spread(NamedTuple):
    """How whole numbers are spread: how many they are, their sum, and the sum of their squares."""

    size: int
    total: int
    squares: int

    @classmethod
    def of(cls, values: Sequence[int]) -> Spread:
        """Take them from the numbers."""
        return cls(len(values), sum(values), sum(map(mul, values, values)))

    @property
    def mean(self) -> float:
        """The mean."""
        return self.total / self.size

    @property
    def variation(self) -> float:
        """The coefficient of variation of the population, in percent; the mean must be over 0."""
        return 100 * math.sqrt(self._variance) / self.total

    @property
    def _variance(self) -> int:
        # Times the square of the count, so that it is a whole number.
        return self.size * self.squares - self.total * self.total

    def letter(self, x: int, y: int) -> str:
        """Return X, Y or Z by the percents up to which the variation makes an X, and a Y."""
        total, variance = self.total * self.total, 10_000 * self._variance
        return "X" if variance <= x * x * total else "Y" if variance <= y * y * total else "Z"
