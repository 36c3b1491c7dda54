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
    if thresholds.past(base, today):
        counted = Counter(revenue for _last, _orders, revenue in thresholds.clients(base, today))
        sums = sorted(counted.items(), reverse=True)
    else:
        sums = base.execute(SQL["sums"]).fetchall()
    return least(sums, said["abc.a"], said["abc.b"])


def parameters(chosen: Least) -> dict[str, int]:
    """Return the values that the fragment of ABC takes."""
    return {"abc_a": chosen.a, "abc_b": chosen.b}
