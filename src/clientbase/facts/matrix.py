"""The first thing to look at: clients by how often and how dear they buy, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientbase.db.statements import statements
from clientbase.facts import definitions, left_out, quantiles, smallness
from clientbase.facts.catalogue import FREQUENCY, VALUE
from clientbase.facts.reading import read
from clientbase.table import Pivot, Table, columns
from clientbase.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

COLUMNS = columns(
    "value_class",
    "frequency_class",
    "segment",
    "clients:number",
    "revenue:money",
    "share:percent",
    "typical_order:money",
    "days_since_sale:number",
    "what_to_do",
)
_SHOWN = ("clients", "revenue", "share", "typical_order", "days_since_sale")
_FACTS = ("value_class", "frequency_class", "revenue", "typical_order", "days_since_sale")
_ADVICE = {
    ("vip", "one-time"): N_("call in person: find out why they did not come back, offer a reason"),
    ("vip", "periodic"): N_("look after them in person, offer a plan of service or a subscription"),
    ("vip", "regular"): N_("keep them at any price: a manager of their own, first to know of news"),
    ("standard", "one-time"): N_("bring them back with a second offer within their usual interval"),
    ("standard", "periodic"): N_("remind them in time, reward the next purchase"),
    ("standard", "regular"): N_("thank them, offer what goes with it, ask for recommendations"),
    ("economy", "one-time"): N_("a cheap message now and then, no calls"),
    ("economy", "periodic"): N_("offer sets and bigger packs to raise the order"),
    ("economy", "regular"): N_("offer something dearer: they trust you already"),
}


def matrix(base: Base, today: date) -> Table:
    """Return the nine cells of value class by frequency class as of a day.

    Each with its clients, money, the share of it in percent, the median order and the median
    days since the last one, and what to do.
    """
    cells: dict[tuple[str, str], list[Sequence[Any]]] = {
        (dear, often): [] for dear in reversed(VALUE) for often in FREQUENCY
    }
    for dear, often, *measured in read(base, _FACTS, today, SQL["clients"], scope="clients"):
        cells[dear, often].append(measured)
    total = sum(max(sum(row[0] for row in rows), 0) for rows in cells.values())
    clients = sum(map(len, cells.values()))
    lines = [_cell(dear, often, rows, total) for (dear, often), rows in cells.items()]
    table = Table("segments", COLUMNS, lines, _notes(base, today, clients), as_of=today.isoformat())
    table.layout = Pivot("value_class", "frequency_class", _SHOWN, heat="revenue")
    table.keys = ("value_class", "frequency_class", "segment", "what_to_do")
    advice = [(line[2], line[-1]) for line in lines] if clients else []
    table.tables["advice"] = Table("advice", columns("segment", "what_to_do"), advice)
    return table


def _cell(dear: str, often: str, rows: Sequence[Sequence[Any]], total: int) -> Row:
    revenue = sum(row[0] for row in rows)
    return (
        dear,
        often,
        f"{often}-{dear}",
        len(rows),
        revenue,
        100 * max(revenue, 0) / total if total else None,
        quantiles.middle(sorted(row[1] for row in rows)),
        quantiles.middle(sorted(row[2] for row in rows)),
        _(_ADVICE[dear, often]),
    )


def _notes(base: Base, today: date, clients: int) -> list[str]:
    if not clients:
        return [left_out.no_clients(base, today), *left_out.notes(base, today)]
    return [
        _("Orders and days in a cell are medians of its clients."),
        *definitions.notes(base, today, _FACTS),
        *smallness.notes(clients),
        *left_out.notes(base, today),
    ]
