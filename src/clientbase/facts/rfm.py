"""RFM: the cut points of recency, frequency and monetary value, and the grid of segments."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from clientbase.db import settings
from clientbase.errors import Refused
from clientbase.facts import quantiles, thresholds
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.db.connection import Base
    from clientbase.facts.quantiles import Cut

BINS = 5
# By R from 5 down to 1, then by F from 1 up to 5. New Customers needs one order; a client with
# more of them in that cell is a Potential Loyalist.
GRID = (
    ("New Customers", "Potential Loyalist", "Potential Loyalist", "Champions", "Champions"),
    ("Promising", "Potential Loyalist", "Potential Loyalist", "Loyal Customers", "Loyal Customers"),
    ("About To Sleep", "About To Sleep", "Need Attention", "Loyal Customers", "Loyal Customers"),
    ("Hibernating", "Hibernating", "At Risk", "At Risk", "Can't Lose Them"),
    ("Hibernating", "Hibernating", "At Risk", "At Risk", "Can't Lose Them"),
)
SEGMENTS = (
    "Champions",
    "Loyal Customers",
    "Potential Loyalist",
    "New Customers",
    "Promising",
    "Need Attention",
    "About To Sleep",
    "At Risk",
    "Can't Lose Them",
    "Hibernating",
)
MEASURES = ("recency", "frequency", "monetary")
# Stands for a cut that fewer bins do without: nothing is over it, no day is before it.
_OVER_ALL = 2**62


@dataclass(frozen=True, slots=True)
class Cuts:
    """The cut points as of a day, rising: days, orders, minor units.

    And which measures have fixed ones, and how many clients there are.
    """

    today: date
    bins: int
    clients: int
    recency: tuple[Cut, ...]
    frequency: tuple[Cut, ...]
    monetary: tuple[Cut, ...]
    fixed: frozenset[str]


def cuts(base: Base, today: date, bins: int = BINS) -> Cuts:
    """Return the cut points: fixed ones of the settings, else quantiles over the clients.

    Raises Refused where the fixed ones do not fit the number of bins.
    """
    fixed = {name: _fixed(base, name, bins) for name in MEASURES}
    past = thresholds.past(base, today)
    count, found = _past(base, today, bins) if past else _now(base, today, bins)
    chosen = {name: given or found[name] for name, given in fixed.items()}
    return Cuts(
        today, bins, count, **chosen, fixed=frozenset(name for name in MEASURES if fixed[name])
    )


def parameters(chosen: Cuts) -> dict[str, Any]:
    """Return the values that the fragments of RFM take.

    They are whole numbers: a whole number lies over a cut if it lies over the cut's floor.
    """
    found: dict[str, Any] = {"bins": chosen.bins}
    found["rfm_grid"] = json.dumps(GRID if chosen.bins == BINS else ())
    for n in range(BINS - 1):
        here = n < chosen.bins - 1 and chosen.clients > 0
        days = min(chosen.recency[n].floor, chosen.today.toordinal() - 1) if here else 0
        found[f"r{n + 1}"] = (chosen.today - timedelta(days)).isoformat() if here else ""
        found[f"f{n + 1}"] = chosen.frequency[n].floor if here else _OVER_ALL
        found[f"m{n + 1}"] = chosen.monetary[n].floor if here else _OVER_ALL
    return found


def segment(r: int, f: int, *, one_order: bool) -> str:
    """Return the name of the segment that two scores of 1 to 5 make."""
    name = GRID[BINS - r][f - 1]
    return "Potential Loyalist" if name == "New Customers" and not one_order else name


def _fixed(base: Base, measure: str, bins: int) -> tuple[Cut, ...]:
    given = settings.get(base, f"rfm.{measure}") or ()
    if given and len(given) != bins - 1:
        raise Refused(
            _("{bins} scores take {needed} cuts, and rfm.{measure} has {given}").format(
                bins=bins, needed=bins - 1, measure=measure, given=len(given)
            ),
            hint=_(
                "set others, or go back to quantiles: clientbase set rfm.{measure} --default"
            ).format(measure=measure),
        )
    return tuple(quantiles.Cut(cut) for cut in given)


def _now(base: Base, today: date, bins: int) -> tuple[int, dict[str, tuple[Cut, ...]]]:
    count = quantiles.clients(base)
    found = (
        {name: [] for name in MEASURES}
        if not count
        else {
            "recency": [_recency(base, today, count, part, bins) for part in range(1, bins)],
            "frequency": [_quantile(base, "orders", count, part, bins) for part in range(1, bins)],
            "monetary": [_quantile(base, "revenue", count, part, bins) for part in range(1, bins)],
        }
    )
    return count, {name: tuple(points) for name, points in found.items()}


def _quantile(base: Base, measure: str, count: int, part: int, parts: int) -> Cut:
    at, way = quantiles.place(count, part, parts)
    low, high = quantiles.neighbours(base, measure, at, count)
    return quantiles.between(int(low), int(high), way, parts)


def _recency(base: Base, today: date, count: int, part: int, parts: int) -> Cut:
    # The shortest recency is the last of the days: the places are counted from the other end.
    at, way = quantiles.place(count, part, parts)
    older, newer = quantiles.neighbours(base, "last_on", max(count - 2 - at, 0), count)
    return quantiles.between(_days(today, newer), _days(today, older), way, parts)


def _past(base: Base, today: date, bins: int) -> tuple[int, dict[str, tuple[Cut, ...]]]:
    rows = thresholds.clients(base, today)
    measured: Sequence[Sequence[int]] = (
        [_days(today, row[0]) for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
    )
    return len(rows), {
        name: quantiles.of_sorted(sorted(values), bins)
        for name, values in zip(MEASURES, measured, strict=True)
    }


def _days(today: date, last_on: Any) -> int:
    return (today - date.fromisoformat(last_on)).days
