"""Shares of a whole, as reports give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def positive(amounts: Iterable[int]) -> int:
    """Return the sum of the positive amounts, of which all shares of money are taken."""
    return sum(amount for amount in amounts if amount > 0)


def percent(part: float, whole: float) -> float | None:
    """Return a share in percent, 50 is a half; of nothing, or of less, there is none."""
    return 100 * part / whole if whole > 0 else None
