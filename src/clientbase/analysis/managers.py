"""The report on managers: whose leads buy, and whose clients come back.

A lead is of the manager it names, else of the one who looks after its contact; money is of who
looks after the client.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from clientbase import money
from clientbase.analysis import credit
from clientbase.analysis.credit import Tally
from clientbase.analysis.period import EVER, Period
from clientbase.analysis.shares import percent
from clientbase.facts import smallness
from clientbase.normal import fold
from clientbase.people import managers
from clientbase.table import Bars, Table, columns
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.table import Row

COLUMNS = columns(
    "manager",
    "leads:number",
    "won:number",
    "lost:number",
    "open:number",
    "conversion:percent",
    "sales:number",
    "revenue:money",
    "average_order:money",
    "clients:number",
    "new_clients:number",
    "repeat_clients:number",
    "repeat_share:percent",
    "junk:number",
)
ESSENTIAL = ("manager", "leads", "won", "conversion", "sales", "revenue", "repeat_share")


def report(base: Base, today: date, *, period: Period = EVER) -> Table:
    """Return a row a manager as of a day, the one who brought most money first.

    Raises Misuse for a period that ends before it begins.
    """
    days = period.until(today)
    names: dict[str, str] = {}
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for lead in credit.leads(base, today, days):
        tallies[_key(lead.manager, names)].add_leads(lead)
    for paid in credit.money(base, days):
        tallies[_key(paid.manager, names)].add_money(paid)
    rows = [_row(names[key], tally) for key, tally in tallies.items() if key]
    rows.sort(key=lambda row: (-row[7], fold(row[0])))
    if rows and "" in tallies:
        rows.append(_row(None, tallies[""]))
    table = Table("managers", COLUMNS, rows, as_of=today.isoformat())
    table.keys, table.essential = ("manager",), ESSENTIAL
    table.picture = Bars("manager", ("revenue",))
    table.empty = _empty(base, days)
    table.notes = _notes(days, tallies) if rows else []
    return table


def _empty(base: Base, days: Period) -> str:
    if not managers.names(base):
        return _(
            "Nobody looks after a lead or a client yet: clientbase contact edit WHO --manager NAME"
        )
    told = _("No manager had a lead or a sale from {first} to {last}.")
    if days.first is None:
        told = _("No manager had a lead or a sale by {last}.")
    return Sentence(told, first=days.first, last=days.last)


def _key(manager: str | None, names: dict[str, str]) -> str:
    """Return what spellings of a name share, and keep the first of them in the alphabet."""
    key = fold(manager or "")
    names[key] = min(names.get(key, manager or ""), manager or "")
    return key


def _row(name: str | None, tally: Tally) -> Row:
    states = tally.states
    return (
        *(name, tally.leads, states["won"], states["lost"], states["open"], tally.conversion),
        *(tally.sales, tally.revenue),
        money.half_even(tally.revenue, tally.sales) if tally.sales else None,
        *(tally.clients, tally.new_clients, tally.repeat_clients),
        *(percent(tally.repeat_clients, tally.clients), states["junk"]),
    )


def _notes(days: Period, tallies: Mapping[str, Tally]) -> list[str]:
    found = [
        days.note(),
        _(
            "A lead is of the manager it names, else of its contact's; money is of who looks "
            "after the client. Conversion is the percent won of the leads that are won or lost."
        ),
        _("Repeat share is the percent of the clients who have ordered twice or more."),
    ]
    if "" in tallies:
        found.append(_("The line without a name is what nobody looks after."))
    return found + smallness.of_leads(sum(tally.leads for tally in tallies.values()))
