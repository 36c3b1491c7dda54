"""The report on the kinds of base: whom the base is made of, and how that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase import clock
from clientbase.analysis.shares import percent, positive
from clientbase.db.statements import statements
from clientbase.facts import definitions, left_out, smallness
from clientbase.facts.catalogue import BASES
from clientbase.facts.reading import read
from clientbase.table import Bars, Table, columns
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

COLUMNS = columns(
    "base",
    "contacts:number",
    "share:percent",
    "revenue:money",
    "revenue_share:percent",
    "contacts_month_ago:number",
    "share_month_ago:percent",
    "revenue_month_ago:money",
    "contacts_year_ago:number",
    "share_year_ago:percent",
    "revenue_year_ago:money",
)
# The best first, and who is gone last.
ORDER = (*(kind for kind in BASES[2:]), "potential", "dead")
_MONTHS = (0, 1, 12)

Counted = dict[str, tuple[int, int]]


def report(base: Base, today: date) -> Table:
    """Return how many contacts are in each kind of base as of a day, a month and a year before.

    With what they had brought by each day.
    """
    days = [clock.minus(today, clock.Span(0, months)) for months in _MONTHS]
    counted = [_counted(base, day) for day in days]
    now = counted[0]
    contacts = sum(each for each, _revenue in now.values())
    table = Table("base", COLUMNS, _rows(counted) if now else [], as_of=today.isoformat())
    table.keys = ("base",)
    table.essential = ("base", "contacts", "revenue", "contacts_month_ago", "contacts_year_ago")
    table.picture = Bars("base", ("contacts",))
    table.empty = _("Nobody is in the base yet; enter them with: clientbase contact add NAME")
    table.notes = [
        _told(days),
        *smallness.of_contacts(contacts),
        *definitions.notes(base, today, ("base",)),
    ]
    table.notes += [*left_out.not_yet(base, today), *left_out.notes(base, today)]
    return table


def _counted(base: Base, day: date) -> Counted:
    rows = read(base, ("base", "revenue"), day, SQL["kinds"])
    return {kind: (contacts, revenue) for kind, contacts, revenue in rows}


def _rows(counted: list[Counted]) -> list[Row]:
    rows = []
    for kind in ORDER:
        row: list[object] = [kind]
        for place, of_day in enumerate(counted):
            contacts, revenue = of_day.get(kind, (0, 0))
            row += [contacts, percent(contacts, sum(each[0] for each in of_day.values())), revenue]
            if place == 0:
                row.append(percent(max(revenue, 0), positive(each[1] for each in of_day.values())))
        rows.append(tuple(row))
    return rows


def _told(days: list[date]) -> str:
    told = _("As of {now}, a month before ({month}) and a year before ({year}).")
    return Sentence(told, now=days[0], month=days[1], year=days[2])
