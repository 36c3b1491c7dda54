"""Asking for facts: the composed statement with its values, run on the base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientbase.facts import compose, rhythm, thresholds
from clientbase.facts.thresholds import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from sqlite3 import Cursor

    from clientbase.db.connection import Base


def read(
    base: Base,
    wanted: Sequence[str],
    today: date,
    tail: str = "select * from facts",
    *,
    scope: compose.Scope = "everyone",
    values: Mapping[str, Any] = NOTHING,
) -> Cursor:
    """Run `tail`, a statement over the table `facts` of the wanted facts as of a day.

    It may read the table `purchase` too, the sales that are orders.

    `values` are those of the scope (`contact_id`, `ids`), of the tail, and those that shall
    stand in place of the base's own (cuts, borders). Amounts are minor units.
    """
    text = compose.statement(wanted, scope, past=thresholds.totals(base, today, scope), tail=tail)
    rhythm.register(base)
    text = f"{text}\n{tail}"
    return base.execute(text, thresholds.values(base, today, text, values))
