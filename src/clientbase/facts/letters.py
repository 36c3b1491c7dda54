"""The letters of ABC and XYZ, of plain numbers.

ABC is by the share of a sum, XYZ by how steady the numbers are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ABC, XYZ = ("A", "B", "C"), ("X", "Y", "Z")
TOO_FEW = "too few"


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the positive sums in percent, with all before it, and the letter of both."""

    share: float | None
    cumulative: float | None
    letter: str


def abc(sums: Sequence[int], borders: Sequence[int]) -> Iterator[Part]:
    """Return what part each of the sums is, which go downwards.

    `borders` are the percents under which the share before an item makes it A, and B. Equal sums
    share the letter of the first of them; nothing or less is C.
    """
    total = sum(n for n in sums if n > 0)
    before, letter, last = 0, "", None
    for amount in sums:
        if amount != last:
            letter, last = _of_share(before, total, borders) if amount > 0 else ABC[-1], amount
        kept = max(amount, 0)
        before += kept
        if total:
            yield Part(100 * kept / total, 100 * before / total, letter)
        else:
            yield Part(None, None, letter)


def _of_share(before: int, total: int, borders: Sequence[int]) -> str:
    passed = sum(100 * before >= border * total for border in borders)
    return ABC[passed]


@dataclass(frozen=True, slots=True)
class Spread:
    """How whole numbers are spread: how many they are, their sum, and the sum of their squares."""

    count: int
    total: int
    squares: int

    @classmethod
    def of(cls, values: Sequence[int]) -> Spread:
        """Take them from the numbers."""
        return cls(len(values), sum(values), sum(n * n for n in values))

    @property
    def mean(self) -> float:
        """The mean."""
        return self.total / self.count

    @property
    def variation(self) -> float:
        """The coefficient of variation of the population, in percent; the mean must be over 0."""
        return 100 * math.sqrt(self._variance) / self.total

    @property
    def _variance(self) -> int:
        # Times the square of the count, so that it is a whole number.
        return self.count * self.squares - self.total * self.total

    def letter(self, borders: Sequence[int]) -> str:
        """Return X, Y or Z by the percents up to which the variation makes an X, and a Y."""
        total = self.total * self.total
        return XYZ[sum(10_000 * self._variance > border * border * total for border in borders)]
