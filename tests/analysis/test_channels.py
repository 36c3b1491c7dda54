"""Channels and managers against a plain reading of random books."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import channels, managers
from clientbase.analysis.credit import CREDITS
from clientbase.analysis.period import Period
from clientbase.db.journal import write
from clientbase.errors import Misuse
from facts.conftest import ACT
from facts.plain import FIRST, LAST, Book, Sale, books, fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from clientbase.db.connection import Base
    from clientbase.table import Table

NAMES = ("site", "flyer", "fair")
ENDS = ("won", "lost", "junk", "open")


@dataclass(frozen=True)
class Lead:
    """A lead of a contact: by which channel and whom, how and when it ended, won by which sale."""

    contact: int
    day: date
    channel: int | None
    manager: str | None
    end: str
    closed: date
    sale: int | None = None


@dataclass(frozen=True)
class World:
    """A book with channels: of contacts, of sales and leads; spending by channel and month."""

    book: Book
    of_contacts: Sequence[int | None]
    of_sales: Sequence[int | None]
    codes: Sequence[str | None]
    looked_after: Sequence[str | None]
    brought_by: Sequence[int | None]
    leads: Sequence[Lead]
    spending: dict[tuple[int, str], int]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Small bases in which everything may have a channel, or none."""
    book = draw(books(most=5))
    people, sales = len(book.people), len(book.sales)
    channel = st.none() | st.integers(0, len(NAMES) - 1)
    who = st.sampled_from([None, "Olga", "olga", "Ivan"])
    days = st.dates(FIRST, LAST)
    leads, free = [], [n for n, sale in enumerate(book.sales) if sale.contact is not None]
    for contact, one, other in draw(
        st.lists(st.tuples(st.integers(0, people - 1), days, days), max_size=6)
    ):
        end, sale = draw(st.sampled_from(ENDS)), None
        if end == "won" and free and draw(st.booleans()):
            sale = free.pop()
        place = contact if sale is None else book.sales[sale].contact
        leads.append(
            Lead(place or 0, min(one, other), draw(channel), draw(who), end, max(one, other), sale)
        )
    months = st.sampled_from(["2024-02", "2026-10", "2026-11"])
    return World(
        book,
        [draw(channel) for _ in range(people)],
        [draw(channel) for _ in range(sales)],
        [draw(st.sampled_from([None, None, "MAY", "may", "JUNE"])) for _ in range(sales)],
        [draw(who) for _ in range(people)],
        [draw(st.none() | st.integers(0, n - 1)) if n else None for n in range(people)],
        leads,
        draw(
            st.dictionaries(
                st.tuples(st.integers(0, len(NAMES) - 1), months), st.integers(0, 5000), max_size=4
            )
        ),
    )


def write_down(base: Base, world: World) -> None:
    """Write a world into an empty base, inside an open transaction."""
    fill(base, replace(world.book, enquiries=()))
    for number, name in enumerate(NAMES, start=1):
        base.execute("insert into channel values (?, ?, ?)", (number, name, name))
    for number, channel in enumerate(world.of_contacts, start=1):
        place = number - 1
        base.execute(
            "update contact set channel_id = ?, manager = ?, referred_by_id = ? where id = ?",
            (_id(channel), world.looked_after[place], _id(world.brought_by[place]), number),
        )
    for number, channel in enumerate(world.of_sales, start=1):
        base.execute(
            "update sale set channel_id = ?, promo = ?, discount = 10 where id = ?",
            (_id(channel), world.codes[number - 1], number),
        )
    for number, lead in enumerate(world.leads, start=1):
        _write_lead(base, number, lead)
    for (channel, month), amount in world.spending.items():
        base.execute(
            "insert into channel_spending (channel_id, month, amount) values (?, ?, ?)",
            (channel + 1, month, amount),
        )


def _write_lead(base: Base, number: int, lead: Lead) -> None:
    state = "lost" if lead.end == "junk" else lead.end
    reason = {"lost": "price", "junk": "junk"}.get(lead.end)
    closed = None if lead.end == "open" else lead.closed.isoformat()
    base.execute(
        "insert into lead (id, contact_id, state, stage_id, temperature, channel_id, manager,"
        " opened_on, closed_on, lost_reason, sale_id) values (?, ?, ?, 1, 'cold', ?, ?, ?, ?, ?, ?)",
        (
            *(number, lead.contact + 1, state, _id(lead.channel), lead.manager),
            *(lead.day.isoformat(), closed, reason, _id(lead.sale)),
        ),
    )
    base.execute(
        "insert into stage_move (lead_id, moved_on, to_stage_id, to_state, to_temperature, who)"
        " values (?, ?, 1, 'open', 'cold', '')",
        (number, lead.day.isoformat()),
    )
    if closed:
        base.execute(
            "insert into stage_move (lead_id, moved_on, from_stage_id, to_stage_id, to_state,"
            " to_temperature, reason, who) values (?, ?, 1, 1, ?, 'cold', ?, '')",
            (number, closed, state, reason),
        )


def _id(place: int | None) -> int | None:
    return None if place is None else place + 1


class Plain:
    """A world read as the definitions say, for the days from `first` to `last`.

    What became of the leads is told as of `today`.
    """

    def __init__(self, world: World, days: Period, today: date) -> None:
        self.world, self.today = world, today
        self.first, self.last = days.first or date.min, min(days.last or today, today)
        self.clients = [c for c in range(len(world.book.people)) if self.orders(c)]

    def live(self) -> Iterable[tuple[int, Sale]]:
        """Go through the sales up to the last day."""
        return (
            (n, s) for n, s in enumerate(self.world.book.sales) if not s.void and s.day <= self.last
        )

    def back(self, sale: int) -> int:
        """Return what was given back of a sale."""
        return sum(
            r.amount
            for r in self.world.book.refunds
            if r.sale == sale and not r.void and r.day <= self.last
        )

    def is_order(self, sale: int) -> bool:
        """Tell whether a sale is not wholly refunded."""
        amount = self.world.book.sales[sale].amount
        return amount == 0 or amount > self.back(sale)

    def ordered(self, contact: int | None) -> list[int]:
        """Return the orders of a contact up to the last day, in the order of time."""
        found = [(s.day, n) for n, s in self.live() if s.contact == contact and self.is_order(n)]
        return [n for _day, n in sorted(found)]

    def orders(self, contact: int | None) -> list[int]:
        """Return the orders within the days."""
        return [n for n in self.ordered(contact) if self.world.book.sales[n].day >= self.first]

    def is_new(self, contact: int) -> bool:
        """Tell whether somebody's first order lies within the days."""
        return bool(self.orders(contact)) and self.ordered(contact) == self.orders(contact)

    def revenue(self, contact: int | None, first: date | None = None) -> int:
        """Return what a contact paid and was not given back."""
        first = first or self.first
        paid = sum(s.amount for _n, s in self.live() if s.contact == contact and s.day >= first)
        given = sum(
            r.amount
            for r in self.world.book.refunds
            if r.contact == contact and not r.void and first <= r.day <= self.last
        )
        return paid - given

    def credited(self, contact: int, by: str) -> int | None:
        """Return the channel that is credited with a contact, or with what was all given back."""
        undone = sorted((s.day, n) for n, s in self.live() if s.contact == contact)
        orders = self.ordered(contact) or [n for _day, n in undone]
        if orders:
            sale = orders[0 if by == "first" else -1]
            won = [lead.channel for lead in self.world.leads if lead.sale == sale]
            for channel in (self.world.of_sales[sale], *won):
                if channel is not None:
                    return channel
        return self.world.of_contacts[contact]

    def leads(self) -> list[tuple[int, Lead, str]]:
        """Return the leads that came within the days, with how they stood today."""
        return [
            (n, lead, lead.end if lead.closed <= self.today else "open")
            for n, lead in enumerate(self.world.leads)
            if self.first <= lead.day <= self.last
        ]

    def kind(self, number: int, lead: Lead) -> str:
        """Return the kind of an enquiry; `sale_mark` is 0, so a sale of the day is no earlier one."""
        if any(
            s.contact == lead.contact and not s.void and s.day < lead.day
            for s in self.world.book.sales
        ):
            return "repeat-buyer"
        before = any(
            other.contact == lead.contact and (other.day, n) < (lead.day, number)
            for n, other in enumerate(self.world.leads)
        )
        entered = self.world.book.people[lead.contact].entered <= lead.day
        return "repeat" if before or entered else "new"

    def nobodys(self, channel: int | None) -> tuple[int, int]:
        """Return the orders of nobody by a channel, and their money."""
        by = self.world.of_sales
        orders = sum(by[n] == channel for n in self.orders(None))
        paid = sum(
            s.amount
            for n, s in self.live()
            if s.contact is None and s.day >= self.first and by[n] == channel
        )
        given = sum(
            r.amount
            for r in self.world.book.refunds
            if r.contact is None and not r.void and self.first <= r.day <= self.last
            if (None if r.sale is None else by[r.sale]) == channel
        )
        return orders, paid - given

    def channel(self, channel: int | None, by: str) -> dict[str, Any]:
        """Work out the row of a channel."""
        leads = [(n, lead, state) for n, lead, state in self.leads() if lead.channel == channel]
        real = [(n, lead, state) for n, lead, state in leads if state != "junk"]
        kinds = [self.kind(n, lead) for n, lead, _state in real]
        ends = [state for _n, _lead, state in real]
        mine = [c for c in range(len(self.world.book.people)) if self.credited(c, by) == channel]
        new = sum(self.is_new(c) for c in mine)
        revenue = sum(self.revenue(c) for c in mine) + self.nobodys(channel)[1]
        months = [self.first.isoformat()[:7], self.last.isoformat()[:7]]
        spent = [
            amount
            for (paid, month), amount in self.world.spending.items()
            if paid == channel and months[0] <= month <= months[1]
        ]
        decided = ends.count("won") + ends.count("lost")
        return {
            "channel": None if channel is None else NAMES[channel],
            "leads": len(real),
            "new": kinds.count("new"),
            "repeat": kinds.count("repeat"),
            "repeat_buyer": kinds.count("repeat-buyer"),
            "won": ends.count("won"),
            "conversion": ratio(100 * ends.count("won"), decided),
            "revenue": revenue,
            "spending": sum(spent) if spent else None,
            "cost_per_lead": round_(sum(spent), len(real)) if spent else None,
            "cost_per_client": round_(sum(spent), new) if spent else None,
            "new_share": ratio(100 * kinds.count("new"), len(real)),
            "repeat_share": ratio(100 * kinds.count("repeat"), len(real)),
            "repeat_buyer_share": ratio(100 * kinds.count("repeat-buyer"), len(real)),
            "lost": ends.count("lost"),
            "open": ends.count("open"),
            "junk": len(leads) - len(real),
            "sales": sum(len(self.orders(c)) for c in mine) + self.nobodys(channel)[0],
            "clients": sum(bool(self.orders(c)) for c in mine),
            "new_clients": new,
            "return_on_spending": ratio(100 * revenue, sum(spent)),
        }

    def manager(self, name: str | None) -> dict[str, Any]:
        """Work out the row of a manager."""
        after = self.world.looked_after
        leads = [
            state
            for _n, lead, state in self.leads()
            if (lead.manager or after[lead.contact] or "").lower() == (name or "")
        ]
        mine = [n for n, who in enumerate(after) if (who or "").lower() == (name or "")]
        buyers = [c for c in mine if self.orders(c)]
        again = sum(len(self.ordered(c)) > 1 for c in buyers)
        sales, revenue = sum(len(self.orders(c)) for c in mine), sum(map(self.revenue, mine))
        return {
            "leads": len(leads) - leads.count("junk"),
            **{state: leads.count(state) for state in ("won", "lost", "open")},
            "conversion": ratio(100 * leads.count("won"), leads.count("won") + leads.count("lost")),
            "sales": sales,
            "revenue": revenue,
            "average_order": round_(revenue, sales),
            "clients": len(buyers),
            "new_clients": sum(map(self.is_new, buyers)),
            "repeat_clients": again,
            "repeat_share": ratio(100 * again, len(buyers)),
            "junk": leads.count("junk"),
        }


def ratio(part: int, whole: int) -> Any:
    """Return a share that is compared with, None of nothing."""
    return pytest.approx(part / whole) if whole > 0 else None


def round_(whole: int, count: int) -> int | None:
    """Return an amount by head in whole minor units, half-even."""
    return round(Fraction(whole, count)) if count else None


def dicts(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table by the names of their cells."""
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


periods = st.builds(
    Period,
    st.none() | st.dates(FIRST, date(2024, 6, 1)),
    st.none() | st.dates(date(2024, 6, 2), LAST),
)
when = st.just(LAST) | st.dates(date(2024, 6, 2), LAST)


@given(world=worlds(), days=periods, day=when, by=st.sampled_from(CREDITS))
def test_every_figure_is_what_the_definitions_say(
    base: Base, world: World, days: Period, day: date, by: str
) -> None:
    with write(base, ACT, dry_run=True):
        write_down(base, world)
        table = channels.report(base, day, period=days, credit=by)
        looked_after = dicts(managers.report(base, day, period=days))
    plain = Plain(world, days, day)
    check_channels(dicts(table), plain, by)
    check_managers(looked_after, plain)
    assert [tuple(row) for row in table.tables["referrers"].rows] == referrers(plain)
    assert {
        row["promo"].lower(): list(row.values())[1:] for row in dicts(table.tables["promo"])
    } == {code: sold for code in ("may", "june") if (sold := promo(plain, code))}


def check_channels(rows: Sequence[dict[str, Any]], plain: Plain, by: str) -> None:
    """Check each row, and that all of them are all the money."""
    found = {row["channel"]: row for row in rows}
    for channel in range(len(NAMES)):
        assert found.pop(NAMES[channel]) == plain.channel(channel, by)
    unknown = plain.channel(None, by)
    assert found.get(None, unknown) == unknown
    assert set(found) <= {None}
    everyone = [*range(len(plain.world.book.people)), None]
    assert sum(row["revenue"] for row in rows) == sum(map(plain.revenue, everyone))


def check_managers(rows: Sequence[dict[str, Any]], plain: Plain) -> None:
    """Check each row, and that all of them are all the leads and clients."""
    for row in rows:
        name = row.pop("manager")
        assert row == plain.manager(None if name is None else name.lower())
    if rows:
        assert sum(row["leads"] + row["junk"] for row in rows) == len(plain.leads())
        assert sum(row["clients"] for row in rows) == len(plain.clients)


def referrers(plain: Plain) -> list[tuple[Any, ...]]:
    """Work out who brought people that came within the days."""
    people, by = plain.world.book.people, plain.world.brought_by
    found = []
    for one in range(len(people)):
        came = [c for c, person in enumerate(people) if plain.first <= person.entered <= plain.last]
        brought = [c for c in came if by[c] == one]
        if brought:
            money = sum(plain.revenue(c, date.min) for c in brought)
            buyers = sum(bool(plain.ordered(c)) for c in brought)
            found.append((one + 1, None, f"P{one + 1}", len(brought), buyers, money))
    return sorted(found, key=lambda row: (-row[5], -row[3], row[0]))


def promo(plain: Plain, code: str) -> list[int] | None:
    """Work out what was sold with a code."""
    sales = plain.world.book.sales
    used = [
        n
        for n, sale in plain.live()
        if sale.day >= plain.first and (plain.world.codes[n] or "").lower() == code
    ]
    orders = [n for n in used if plain.is_order(n)]
    clients = {sales[n].contact for n in orders} - {None}
    first = {sales[n].contact for n in orders if plain.ordered(sales[n].contact)[0] == n} - {None}
    money = sum(sales[n].amount - plain.back(n) for n in used)
    return [len(orders), money, 10 * len(orders), len(clients), len(first)] if used else None


def test_a_day_before_anything_and_a_base_without_channels(base: Base) -> None:
    table = channels.report(base, LAST - timedelta(days=9999))
    assert (list(table.rows), table.notes) == ([], [])
    assert table.empty.startswith("No channels yet;")
    table = managers.report(base, LAST)
    assert (list(table.rows), table.notes) == ([], [])
    assert table.empty.startswith("Nobody looks after a lead")


def test_a_credit_that_is_none_is_refused(base: Base) -> None:
    with pytest.raises(Misuse, match="second is no sale to credit"):
        channels.report(base, LAST, credit="second")


def test_the_orders_of_a_real_shop_are_credited_as_pandas_does(base: Base, data: Path) -> None:
    orders = pd.read_csv(data / "rfm_orders.csv")
    orders["channel"] = orders.index % len(NAMES) + 1
    orders["contact"] = orders["customer_id"].astype("category").cat.codes + 1
    with write(base, ACT, dry_run=True):
        _bring_in(base, orders)
        for by in CREDITS:
            period = Period(date(2006, 1, 1), date(2006, 12, 31))
            table = channels.report(base, LAST, period=period, credit=by)
            found = {row["channel"]: row for row in dicts(table)}
            expected = _by_pandas(orders, by)
            assert set(found) == set(NAMES)
            for name, row in found.items():
                keys = ["revenue", "sales", "clients", "new_clients"]
                assert [row[key] for key in keys] == expected.loc[NAMES.index(name) + 1].tolist()


def _bring_in(base: Base, orders: pd.DataFrame) -> None:
    base.executemany(
        "insert into channel (id, name, name_key) values (?, ?, ?)",
        [(number, name, name) for number, name in enumerate(NAMES, start=1)],
    )
    base.executemany(
        "insert into contact (id, name, name_key, entered_on, entered_by)"
        " values (?, ?, ?, '2004-01-01', 'import')",
        [(int(n), f"P{n}", f"p{n}") for n in sorted(orders["contact"].unique())],
    )
    base.executemany(
        "insert into sale (contact_id, sold_on, amount, channel_id) values (?, ?, ?, ?)",
        orders[["contact", "order_date", "revenue", "channel"]].to_numpy().tolist(),
    )


def _by_pandas(orders: pd.DataFrame, by: str) -> pd.DataFrame:
    """Work out revenue, orders, clients and new clients of 2006 by the channel that is credited."""
    until = orders[orders["order_date"] <= "2006-12-31"].sort_values("order_date", kind="stable")
    of_client = until.groupby("contact")
    channel = of_client["channel"].first() if by == "first" else of_client["channel"].last()
    came = of_client["order_date"].first()
    within = until[until["order_date"] >= "2006-01-01"]
    facts = within.groupby("contact")["revenue"].agg(["sum", "size"])
    facts["clients"] = 1
    facts["new"] = (came.reindex(facts.index) >= "2006-01-01").astype(int)
    return facts.groupby(channel.reindex(facts.index)).sum()
