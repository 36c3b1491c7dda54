"""The report on who, or what, brings the money: ABC by the share before each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.analysis import classes
from clientbase.analysis.period import EVER
from clientbase.analysis.shares import percent, positive
from clientbase.facts.letters import ABC
from clientbase.table import Bars, Table, columns

if TYPE_CHECKING:
    from datetime import date

    from clientbase.analysis.period import Period
    from clientbase.db.connection import Base
    from clientbase.table import Row

COLUMNS = columns(
    "item:id",
    "external_id",
    "name",
    "revenue:money",
    "share:percent",
    "cumulative_share:percent",
    "class",
)
_CLASSES = columns("class", "items:number", "items_share:percent", "revenue:money", "share:percent")


def report(base: Base, today: date, *, by: str = classes.CLIENTS, period: Period = EVER) -> Table:
    """Return the clients or products of a period, the most money first, with their letters.

    With tables of the letters, and of ABC by XYZ. Raises Misuse for what can't be sorted, and
    where the period ends before it begins.
    """
    found = classes.classed(base, period.until(today), by)
    rows = [
        (*item, part.share, part.cumulative, part.letter) for item, part, _steady in found.rows()
    ]
    table = Table("abc", COLUMNS, rows, classes.notes(base, found), as_of=today.isoformat())
    table.count = lambda: len(rows)
    table.keys = ("item", "external_id", "name")
    table.essential = ("item", "name", "revenue", "share", "class", "cumulative_share")
    table.empty = classes.empty(base, found)
    table.tables["classes"] = _classes(found)
    table.tables["matrix"] = classes.matrix(found)
    return table


def _classes(found: classes.Classed) -> Table:
    sums: dict[str, list[int]] = {letter: [] for letter in ABC} if found.items else {}
    for item, part, _steady in found.rows():
        sums[part.letter].append(item.revenue)
    kept = {letter: positive(sums[letter]) for letter in sums}
    total = sum(kept.values())
    rows: list[Row] = [
        (
            letter,
            len(here),
            percent(len(here), len(found.items)),
            sum(here),
            percent(kept[letter], total),
        )
        for letter, here in sums.items()
    ]
    return Table("classes", _CLASSES, rows, keys=("class",), picture=Bars("class", ("revenue",)))
