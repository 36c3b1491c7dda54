"""XYZ: how steady a row of numbers is, by its coefficient of variation over the population."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LETTERS = ("X", "Y", "Z")
DAYS = 4  # of purchase from which a client's gaps tell
PERCENT = 100


def variation(numbers: Sequence[float]) -> float | None:
    """Return the coefficient of variation in percent; None where the mean is not above zero."""
    total = sum(numbers)
    if total <= 0:
        return None
    return PERCENT * sqrt(max(_spread(numbers), 0)) / total


def letter(numbers: Sequence[float], x: int, y: int) -> str | None:
    """Return X up to `x` percent of variation, Y up to `y`, else Z; exact for whole numbers."""
    total = sum(numbers)
    if total <= 0:
        return None
    spread = PERCENT**2 * _spread(numbers)
    if spread <= (x * total) ** 2:
        return "X"
    return "Y" if spread <= (y * total) ** 2 else "Z"


def _spread(numbers: Sequence[float]) -> float:
    """Return the variance times the square of how many they are."""
    return len(numbers) * sum(number * number for number in numbers) - sum(numbers) ** 2
