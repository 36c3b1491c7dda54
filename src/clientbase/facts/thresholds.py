"""The values that the fragments compare with: days, settings, borders of the value classes."""

from __future__ import annotations

import re
from bisect import bisect_left
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar

from clientbase import clock
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.facts import compose, quantiles, rhythm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.facts.compose import Past, Scope

SQL = statements(__file__)

NOTHING: Mapping[str, Any] = {}
Borders = tuple[float | None, float | None]
T = TypeVar("T")
# From so many on, all totals of a past day are worked out anew sooner than those that changed.
MANY_LATER = 20_000
_NAMES = re.compile(r":(\w+)")
# Settings that fragments compare with as they are.
_SETTINGS = {
    "periodic": "frequency.periodic",
    "regular": "frequency.regular",
    "active_after": "active.after",
    "dead_after": "dead.after",
    "sleeping_after": "sleeping.after",
    "sleeping_rhythm": "sleeping.rhythm",
    "sleeping_least": "sleeping.least",
    "late_rhythm": "late.rhythm",
    "late_least": "late.least",
    "late_share": "late.share",
    "xyz_x": "xyz.x",
    "xyz_y": "xyz.y",
    "xyz_days": "xyz.days",
}
# Scopes that need the totals of everybody.
_OF_ALL = frozenset({"everyone", "many", "clients"})
# Of the quantiles that part economy from standard and standard from vip.
_LOW, _HIGH = (1, 3), (9, 10)


def past(base: Base, today: date) -> Past:
    """Tell whether sales or refunds were recorded for a later day, and whether they are few."""
    count = base.one(SQL["recorded_later"], {"today": today.isoformat(), "most": MANY_LATER})
    return "" if not count else "lately" if count < MANY_LATER else "long"


def totals(base: Base, today: date, scope: Scope = "everyone") -> Past:
    """Tell as `past` does, or name the table that keeps everybody's totals of a past day.

    They are worked out once for all statements about the day, but inside of a transaction, which
    may change them.
    """
    then = past(base, today)
    if not then or scope not in _OF_ALL or base.writing:
        return then
    return remembered(base, f"totals {today}", lambda: _kept(base, today, then))


def _kept(base: Base, today: date, then: Past) -> Past:
    """Keep the totals of a past day aside and return the name of their table."""
    kept = compose.kept(today)
    table, rows = (SQL[name].replace("kept_totals", kept) for name in ("aside", "keep"))
    rows = compose.of_totals(rows, past=then)
    base.keep_aside(kept, table, rows, {"today": today.isoformat()})
    return kept


def clients(base: Base, today: date) -> list[tuple[str, int, int]]:
    """Return the last day of purchase, the orders and the revenue of each client as of a day.

    They are worked out once: borders of several classes are taken from them.
    """
    return remembered(base, f"clients {today}", lambda: _clients(base, today))


def _clients(base: Base, today: date) -> list[tuple[str, int, int]]:
    then = totals(base, today)
    text = compose.of_totals(SQL["clients"], past=then)
    return base.execute(text, {"today": today.isoformat()} if then else {}).fetchall()


def remembered(base: Base, key: str, make: Callable[[], T]) -> T:
    """Return what was worked out before under a key, else work it out.

    Inside of a transaction it is not kept: what is written may be taken back.
    """
    if key in base.cache:
        known: T = base.cache[key]
        return known
    found = make()
    if not base.writing:
        base.cache[key] = found
    return found


def values(
    base: Base, today: date, text: str, given: Mapping[str, Any] = NOTHING
) -> dict[str, Any]:
    """Return a value for each parameter that is named in a composed text.

    Those that are given stand in place of the base's own.
    """
    names = set(_NAMES.findall(text)) - given.keys()
    found = _of_day(today) | _of_settings(base, today)
    if "value_low" in names:
        found["value_low"], found["value_high"] = borders(base, today)
    if not names.isdisjoint(("bins", "f1", "m1")):
        from clientbase.facts import rfm

        found |= rfm.parameters(rfm.cuts(base, today))
    if "abc_a" in names:
        from clientbase.facts import abc

        found |= abc.parameters(abc.clients(base, today))
    return {name: value for name, value in found.items() if name in names} | dict(given)


def borders(base: Base, today: date) -> Borders:
    """Return the borders of the value classes in minor units.

    Those of the settings, else the 33⅓ and 90 percentiles of the clients' average (or median)
    orders; None where there is no client.
    """
    return remembered(base, f"borders {today}", lambda: _borders(base, today))


def _borders(base: Base, today: date) -> Borders:
    said = settings.read(base)
    low, high = said["value.low"], said["value.high"]
    if low is None or high is None:
        found = _percentiles(base, today, median=said["value.by"] == "median")
        low, high = found[0] if low is None else low, found[1] if high is None else high
    return low, high


def _percentiles(base: Base, today: date, *, median: bool) -> Borders:
    then = totals(base, today, "clients")
    if not (median or then):
        count = quantiles.clients(base)
        return _pair(count, lambda at: quantiles.neighbours(base, "average", at, count))
    if not median:
        return _of_sorted(sorted(paid / times for _last, times, paid in clients(base, today)))
    text = compose.statement(("typical_order",), "clients", past=then) + SQL["typical_orders"]
    rhythm.register(base)
    known = _of_day(today) | _of_settings(base, today)
    return _of_sorted([row[0] for row in base.execute(text, known)])


def _of_sorted(orders: Sequence[float]) -> Borders:
    return _pair(len(orders), lambda at: (orders[at], orders[min(at + 1, len(orders) - 1)]))


def _pair(count: int, neighbours: Callable[[int], tuple[Any, Any]]) -> Borders:
    if not count:
        return None, None
    found = []
    for part, parts in (_LOW, _HIGH):
        at, way = quantiles.place(count, part, parts)
        before, after = neighbours(at)
        found.append(before + (after - before) * way / parts)
    return found[0], found[1]


def own_borders(base: Base, today: date, own: float | None) -> tuple[float, float]:
    """Return the borders as one client meets them, whose average order is `own` or none yet.

    The percentiles move with the client's own average. So these stand among the averages of the
    others: wherever the own one goes, it is economy exactly when it comes under the first, and
    vip exactly when it comes over the second. Endless where nobody can come.
    """
    said = settings.read(base)
    low, high = said["value.low"], said["value.high"]
    return (
        _own(base, today, own, _LOW) if low is None else low,
        _own(base, today, own, _HIGH) if high is None else high,
    )


def _own(base: Base, today: date, own: float | None, share: tuple[int, int]) -> float:
    others, at_place = _others(base, today, own)
    at, way = quantiles.place(others + 1, *share)
    if share == _HIGH:
        return at_place(at) if at < others else inf
    # On a place itself, that of the client pushes it out.
    at -= way == 0
    return at_place(at) if at >= 0 else -inf


def _others(base: Base, today: date, own: float | None) -> tuple[int, Callable[[int], float]]:
    """Return how many clients there are but one, and how to find the averages of them by place."""
    if totals(base, today, "clients"):
        averages = sorted(paid / times for _last, times, paid in clients(base, today))
        if own is not None:
            averages.pop(bisect_left(averages, own))
        return len(averages), averages.__getitem__
    count = quantiles.clients(base)

    def at_place(at: int) -> float:
        here, following = map(float, quantiles.neighbours(base, "average", at, count))
        return here if own is None or here < own else following

    return count - (own is not None), at_place


def _of_day(today: date) -> dict[str, Any]:
    return {
        "today": today.isoformat(),
        "year": today.year,
        "leap_day": clock.yearly("--02-29", today.year).isoformat()[5:],
        "next_leap_day": clock.yearly("--02-29", today.year + 1).isoformat()[5:],
    }


def _of_settings(base: Base, today: date) -> dict[str, Any]:
    said = settings.read(base)
    window = said["frequency.window"]
    return {
        "window_after": _months_ago(today, window) if window else None,
        "by_median": said["value.by"] == "median",
        "partner_since": clock.since(today, clock.Span(0, said["partner.after"])).isoformat(),
        **{name: said[key] for name, key in _SETTINGS.items()},
    }


def _months_ago(today: date, months: int) -> str:
    return clock.minus(today, clock.Span(0, months)).isoformat()
