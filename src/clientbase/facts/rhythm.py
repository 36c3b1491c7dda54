"""Functions that the fragments call: medians, and the gaps between days of purchase."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from operator import sub
from typing import TYPE_CHECKING, Any

from clientbase.facts.quantiles import middle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clientbase.db.connection import Base
    from clientbase.facts.letters import Spread

DAYS = 3  # of purchase that make a rhythm


def register(base: Base) -> None:
    """Teach the connection the functions."""
    teach(base, "median", 1, median)
    teach(base, "middle_gap", 1, middle_gap)
    teach(base, "long_gap", 2, long_gap)
    teach(base, "gap_cv", 2, gap_cv)
    teach(base, "gap_class", 4, gap_class)


def teach(base: Base, name: str, values: int, function: Callable[..., Any]) -> None:
    """Teach the connection a function once: SQLite refuses it while a statement is running."""
    if name not in base.taught:
        base.create_function(name, values, function, deterministic=True)
        base.taught.add(name)


def median(numbers: str | None) -> float | None:
    """Return the median of whole numbers that are listed with commas."""
    return _middle(sorted(map(int, str(numbers).split(",")))) if numbers else None


def middle_gap(days: str | None) -> float | None:
    """Return the median gap in days between ISO days that are listed with commas.

    They may stand in any order; fewer than three different ones are None.
    """
    return _middle(_rhythm(days))


def long_gap(days: str | None, share: int) -> int | None:
    """Return the smallest gap that `share` percent of them do not exceed; None as `middle_gap`."""
    found = _rhythm(days)
    return found[-(-share * len(found) // 100) - 1] if found else None


def gap_cv(days: str | None, least: int) -> float | None:
    """Return by how many percent the gaps vary; None of fewer days than the least."""
    spread = _spread(days, least)
    return None if spread is None else spread.variation


def gap_class(days: str | None, x: int, y: int, least: int) -> str | None:
    """Return X, Y or Z by how much the gaps vary; None of fewer days than the least."""
    spread = _spread(days, least)
    return None if spread is None else spread.letter(x, y)


def _spread(days: str | None, least: int) -> Spread | None:
    from clientbase.facts.letters import Spread  # where steadiness is asked for at all

    found = gaps(days) if days else []
    return Spread.of(found) if len(found) >= least - 1 else None


# Both gaps of a contact are asked for one after the other.
@lru_cache(maxsize=2)
def _rhythm(days: str | None) -> list[int]:
    found = gaps(days) if days else []
    return sorted(found) if len(found) >= DAYS - 1 else []


def gaps(days: str) -> list[int]:
    """Return the gaps between different ISO days that are listed with commas, in their order."""
    numbers = sorted(set(map(ordinal, days.split(","))))
    return list(map(sub, numbers[1:], numbers))


# A base of ten years has a few thousand days, and a million sales on them.
@lru_cache(maxsize=20_000)
def ordinal(day: str) -> int:
    """Return the number of an ISO day."""
    return date.fromisoformat(day).toordinal()


def _middle(values: Sequence[int]) -> float | None:
    # A fraction to SQLite also where it is whole, lest a rule divides it as whole numbers.
    found = middle(values)
    return None if found is None else float(found)
