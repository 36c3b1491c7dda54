"""ABC of the clients: from which revenue on somebody is A, and from which B."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.facts import thresholds
from clientbase.facts.letters import Least, least

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)


def clients(base: Base, today: date) -> Least:
    """Return the borders among the clients in minor units, by all that they brought up to a day."""
    return thresholds.remembered(base, f"abc {today}", lambda: _clients(base, today))


def _clients(base: Base, today: date) -> Least:
    said = settings.read(base)
    return least(_sums(base, today), said["abc.a"], said["abc.b"])


def _sums(base: Base, today: date) -> list[tuple[int, int]]:
    """Return what the clients brought, and how many brought as much, the most first."""
    if not thresholds.past(base, today):
        return base.execute(SQL["sums"]).fetchall()
    counted = Counter(revenue for _last, _orders, revenue in thresholds.clients(base, today))
    return sorted(counted.items(), reverse=True)


def needed(base: Base, today: date, own: int, share: int) -> tuple[int, Least]:
    """Return how much a client would have to bring to be a letter, in minor units, and the borders.

    The sum of all grows with it, and so the borders are those of then. `own` is what the client
    brought and is not enough, `share` the percent under which what lies before makes the letter.
    """
    said = settings.read(base)
    others = Counter(dict(_sums(base, today)))
    others[own] -= 1
    sums = sorted(
        ((amount, n) for amount, n in others.items() if amount > 0 and n > 0), reverse=True
    )
    total, before = sum(amount * n for amount, n in sums), 0
    enough = max(own, 0) + 1
    # Between two of the others it takes what makes those before it a small enough part of all.
    candidates = []
    above = None
    for amount, n in [*sums, (0, 0)]:
        candidate = max(amount, 100 * before // share - total + 1, enough)
        if above is None or candidate < above:
            candidates.append(candidate)
        before += amount * n
        above = amount
    found = min(candidates)
    with_own = sorted([*sums, (found, 1)], reverse=True)
    return found, least(with_own, said["abc.a"], said["abc.b"])


def parameters(chosen: Least) -> dict[str, int]:
    """Return the values that the fragment of ABC takes."""
    return {"abc_a": chosen.a, "abc_b": chosen.b}
