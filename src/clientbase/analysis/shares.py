"""Shares of a whole, as reports give them."""

from __future__ import annotations


def percent(part: float, whole: float) -> float | None:
    """Return a share in percent, 50 is a half; of nothing, or of less, there is none."""
    return 100 * part / whole if whole > 0 else None
