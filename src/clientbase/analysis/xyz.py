"""The report on how steadily clients buy, or products are sold: XYZ by the variation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.analysis import classes
from clientbase.analysis.period import EVER
from clientbase.facts.letters import TOO_FEW, XYZ
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
    "mean:number",
    "cv:percent",
    "class",
    "abc",
)
_CLASSES = columns("class", "items:number", "items_share:percent", "revenue:money")
_LAST = "~"  # behind every letter


def report(base: Base, today: date, *, by: str = classes.CLIENTS, period: Period = EVER) -> Table:
    """Return the clients or products of a period with their letters, the steadiest first.

    The mean is of the days between purchases, or of the pieces sold in a month. With tables of
    the letters, and of ABC by XYZ. Raises Misuse as `abc.report` does.
    """
    found = classes.classed(base, period.until(today), by)
    rows = [
        (*item, steady.mean, steady.variation, steady.letter, part.letter)
        for item, part, steady in found.rows()
    ]
    # Of one letter they stay in their order, the most money first.
    rows.sort(key=lambda row: row[6] or _LAST)
    table = Table("xyz", COLUMNS, rows, classes.notes(base, found), as_of=today.isoformat())
    table.count = lambda: len(rows)
    table.keys = ("item", "external_id", "name")
    table.essential = ("item", "name", "revenue", "class", "abc", "cv", "mean")
    table.empty = classes.empty(base, found)
    table.tables["classes"] = _classes(found)
    table.tables["matrix"] = classes.matrix(found)
    return table


def _classes(found: classes.Classed) -> Table:
    rows: list[Row] = []
    for letter in (*XYZ, TOO_FEW) if found.items else ():
        here = [item for item, _, steady in found.rows() if (steady.letter or TOO_FEW) == letter]
        revenue = sum(item.revenue for item in here)
        rows.append((letter, len(here), 100 * len(here) / len(found.items), revenue))
    return Table("classes", _CLASSES, rows, keys=("class",), picture=Bars("class", ("items",)))
