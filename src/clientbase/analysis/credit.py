"""Whom leads, clients and money are credited to: channels and managers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.analysis.shares import percent
from clientbase.db.statements import statements
from clientbase.facts import compose

if TYPE_CHECKING:
    from datetime import date

    from clientbase.analysis.period import Period
    from clientbase.db.connection import Base

SQL = statements(__file__)

# The sale by whose channel all of a client's money goes: the first one ever, or the last one.
CREDITS = ("first", "last")


class Leads(NamedTuple):
    """Leads of one channel, manager and kind; `state` is open, won, lost or junk."""

    channel: int | None
    manager: str | None
    kind: str | None
    state: str
    leads: int


class Money(NamedTuple):
    """Clients of one channel and manager: how many, new ones, ones who came back, what they paid.

    Of nobody's sales there are no clients, and no manager.
    """

    channel: int | None
    manager: str | None
    clients: int
    new_clients: int
    repeat_clients: int
    sales: int
    revenue: int


def leads(base: Base, today: date, period: Period, *, kinds: bool = False) -> list[Leads]:
    """Return the leads that came in a period, as they stood on a day."""
    values = {**period.values(), "today": today.isoformat(), "kinds": kinds}
    return [Leads(*row) for row in base.execute(SQL["leads"], values)]


def money(base: Base, period: Period, credit: str = "") -> list[Money]:
    """Return who bought in a period, credited by one of CREDITS, or by the contact alone."""
    values = {**period.values(), "credit": credit}
    return [Money(*row) for row in base.execute(compose.of_sales(SQL["money"]), values)]


def nobodys(base: Base, period: Period) -> list[Money]:
    """Return the sales and refunds of nobody in a period, by the channel of the sale."""
    rows = base.execute(compose.of_sales(SQL["nobodys"]), period.values())
    return [Money(channel, None, 0, 0, 0, sales, revenue) for channel, sales, revenue in rows]


class Tally:
    """What is added up for one channel or one manager."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.kinds = {"new": 0, "repeat": 0, "repeat-buyer": 0}
        self.states = {"open": 0, "won": 0, "lost": 0, "junk": 0}
        self.clients = self.new_clients = self.repeat_clients = self.sales = self.revenue = 0

    def add_leads(self, row: Leads) -> None:
        """Add leads; junk is counted apart, and is of no kind."""
        self.states[row.state] += row.leads
        if row.kind is not None and row.state != "junk":
            self.kinds[row.kind] += row.leads

    def add_money(self, row: Money) -> None:
        """Add clients and what they paid."""
        self.clients += row.clients
        self.new_clients += row.new_clients
        self.repeat_clients += row.repeat_clients
        self.sales += row.sales
        self.revenue += row.revenue

    @property
    def leads(self) -> int:
        """How many leads came, junk left out."""
        return self.states["open"] + self.states["won"] + self.states["lost"]

    @property
    def conversion(self) -> float | None:
        """The percent of the leads that were won, of those that are won or lost."""
        return percent(self.states["won"], self.states["won"] + self.states["lost"])
