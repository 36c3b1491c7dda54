"""Whatever is recorded, given back, voided and edited, in any order: the sums stay right."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from clientbase.db import founding
from clientbase.db.journal import Act, write
from clientbase.errors import ClientbaseError, Conflict, Refused
from clientbase.funnel import leads
from clientbase.funnel.leads import NewLead, Step
from clientbase.sales import editing, refunds, sales, voiding
from clientbase.sales.refunds import NewRefund
from clientbase.sales.sales import Buyer, NewSale

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 21)
ACT = Act("test", "olga", "2026-11-21T09:00:00Z")
CONTACTS = (1, 2)

# Few days and few amounts, so that they meet often.
ago = st.integers(0, 2)
amounts = st.sampled_from((100, 250, 0))
backs = st.sampled_from((100, 50, 200, 600))
contacts = st.sampled_from(CONTACTS)


@dataclass
class Sold:
    """A sale in plain Python."""

    contact: int
    day: date
    amount: int
    void: bool = False


@dataclass
class Given:
    """A refund in plain Python."""

    contact: int
    day: date
    amount: int
    sale: int | None
    void: bool = False


@dataclass
class Enquiry:
    """A lead in plain Python."""

    contact: int
    day: date
    sale: int | None = None


@dataclass
class Books:
    """What the base must hold, by number, kept without SQL."""

    sold: dict[int, Sold] = field(default_factory=dict)
    given: dict[int, Given] = field(default_factory=dict)
    leads: dict[int, Enquiry] = field(default_factory=dict)

    def rest(self, sale: int) -> int:
        """What of a sale was not given back."""
        back = sum(g.amount for g in self.given.values() if g.sale == sale and not g.void)
        return self.sold[sale].amount - back

    def balance(self, contact: int, day: date) -> int:
        """What a contact had paid and not got back at the end of a day."""
        paid = sum(
            s.amount
            for s in self.sold.values()
            if s.contact == contact and s.day <= day and not s.void
        )
        back = sum(
            g.amount
            for g in self.given.values()
            if g.contact == contact and g.day <= day and not g.void
        )
        return paid - back

    def room(self, contact: int, day: date) -> int:
        """What can be given back on a day so that no later day falls below zero."""
        days = (TODAY - day).days + 1
        return min(self.balance(contact, day + timedelta(n)) for n in range(days))

    def totals(self, contact: int) -> tuple[int, int, date | None, date | None] | None:
        """Orders, revenue, first and last day of a contact."""
        mine = {n: s for n, s in self.sold.items() if s.contact == contact and not s.void}
        back = [g for g in self.given.values() if g.contact == contact and not g.void]
        if not mine and not back:
            return None
        days = [s.day for n, s in mine.items() if s.amount == 0 or self.rest(n) > 0]
        revenue = sum(s.amount for s in mine.values()) - sum(g.amount for g in back)
        return len(days), revenue, min(days, default=None), max(days, default=None)


class Shop(RuleBasedStateMachine):
    """Sales, refunds, voids and enquiries of two contacts within one week."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "shop.db"
        self.base = founding.found(path, founding.Plan("RUB", "RU", ()), ACT)
        self.books = Books()
        with write(self.base, ACT):
            for name in ("Anna", "Boris"):
                self.base.execute(
                    "insert into contact (name, name_key, entered_on, entered_by) "
                    "values (?, ?, '2026-01-01', 'entry')",
                    (name, name.lower()),
                )

    def teardown(self) -> None:
        """Take the base away."""
        self.base.close()
        self.folder.cleanup()

    def attempt(self, act: Callable[[], int], fault: type[ClientbaseError] | None) -> int | None:
        """Run a command; it must fail as the books say, or not at all."""
        done: list[int] = []
        with pytest.raises(fault) if fault else contextlib.nullcontext(), write(self.base, ACT):
            done.append(act())
        return done[0] if done else None

    @rule(contact=contacts, ago=ago, amount=amounts, keep=st.booleans())
    def record(self, contact: int, ago: int, amount: int, *, keep: bool) -> None:
        """Sell, with the open lead or without it."""
        day = TODAY - timedelta(ago)
        opened = [
            n
            for n, lead in self.books.leads.items()
            if lead.contact == contact and lead.sale is None and lead.day <= day
        ]
        new = NewSale(day, f"{amount / 100:.2f}", keep_lead=keep)
        number = self.attempt(
            lambda: sales.record(self.base, Buyer(str(contact)), new, TODAY, "olga").sale_id,
            Conflict if len(opened) > 1 and not keep else None,
        )
        if number is not None:
            self.books.sold[number] = Sold(contact, day, amount)
            if opened and not keep:
                self.books.leads[opened[0]].sale = number

    @rule(contact=contacts, ago=ago)
    def enquire(self, contact: int, ago: int) -> None:
        """Write an enquiry down."""
        day = TODAY - timedelta(ago)
        number = self.attempt(lambda: leads.add(self.base, contact, NewLead(day), "olga"), None)
        assert number is not None
        self.books.leads[number] = Enquiry(contact, day)

    @precondition(lambda self: self.books.sold)
    @rule(data=st.data(), ago=ago, amount=st.none() | backs)
    def refund(self, data: st.DataObject, ago: int, amount: int | None) -> None:
        """Give the money of a sale back."""
        number = data.draw(st.sampled_from(sorted(self.books.sold)))
        sold, day = self.books.sold[number], TODAY - timedelta(ago)
        left = min(self.books.rest(number), self.books.room(sold.contact, day))
        fault: type[ClientbaseError] | None = None
        if sold.void:
            fault = Conflict
        elif day < sold.day:
            fault = Refused
        elif left <= 0:
            fault = Conflict
        elif amount is not None and amount > left:
            fault = Refused
        typed = None if amount is None else f"{amount / 100:.2f}"
        self.give(
            sold.contact, number, NewRefund(day, typed), left if amount is None else amount, fault
        )

    @rule(contact=contacts, ago=ago, amount=backs)
    def refund_contact(self, contact: int, ago: int, amount: int) -> None:
        """Give money back without naming a sale."""
        day = TODAY - timedelta(ago)
        fault = Refused if amount > self.books.room(contact, day) else None
        self.give(contact, None, NewRefund(day, f"{amount / 100:.2f}"), amount, fault)

    def give(
        self,
        contact: int,
        sale: int | None,
        new: NewRefund,
        amount: int,
        fault: type[ClientbaseError] | None,
    ) -> None:
        """Give money back in the base and in the books."""

        def act() -> int:
            table = refunds.refund(self.base, sale, str(contact), new, TODAY)
            return int(next(iter(table.rows))[0])

        number = self.attempt(act, fault)
        if number is not None:
            self.books.given[number] = Given(contact, new.day, amount, sale)

    @precondition(lambda self: self.books.sold)
    @rule(data=st.data(), with_refunds=st.booleans())
    def void(self, data: st.DataObject, *, with_refunds: bool) -> None:
        """Void a sale, with its refunds or without."""
        books = self.books
        number = data.draw(st.sampled_from(sorted(books.sold)))
        sold = books.sold[number]
        hanging = [n for n, g in books.given.items() if g.sale == number and not g.void]
        taken = hanging if with_refunds else []
        fault = Conflict if sold.void or set(hanging) != set(taken) else None
        if fault is None:
            sold.void = True
            for refund in taken:
                books.given[refund].void = True
            if books.room(sold.contact, TODAY - timedelta(6)) < 0:
                fault, sold.void = Conflict, False
                for refund in taken:
                    books.given[refund].void = False

        def act() -> int:
            step = Step(TODAY, "olga", "a mistake")
            return voiding.void(self.base, number, tuple(taken), step).reopened or 0

        reopened = self.attempt(act, fault)
        if reopened is not None:
            won = [n for n, lead in books.leads.items() if lead.sale == number]
            assert [reopened] == (won or [0])
            for lead in won:
                books.leads[lead].sale = None

    @precondition(lambda self: self.books.sold)
    @rule(data=st.data(), contact=contacts, ago=ago, amount=amounts)
    def edit(self, data: st.DataObject, contact: int, ago: int, amount: int) -> None:
        """Put the buyer, the day and the amount of a sale right."""
        number = data.draw(st.sampled_from(sorted(self.books.sold)))
        day, typed = TODAY - timedelta(ago), f"{amount / 100:.2f}"
        fault, wins = self.foresee(number, Sold(contact, day, amount))

        def act() -> int:
            said = editing.Said(day, str(contact), typed)
            return editing.edit(self.base, number, said, TODAY, "olga").won or 0

        won = self.attempt(act, fault)
        if won is not None:
            assert won == (wins or 0)
            if wins is not None:
                self.books.leads[wins].sale = number

    def foresee(self, number: int, now: Sold) -> tuple[type[ClientbaseError] | None, int | None]:
        """Change a sale in the books, or tell how it must fail; with the lead that it then wins."""
        books = self.books
        was = books.sold[number]
        back = [g for g in books.given.values() if g.sale == number and not g.void]
        if was.void:
            return Conflict, None
        if now.amount < sum(g.amount for g in back) and now.amount != was.amount:
            return Refused, None
        if back and now.day > min(g.day for g in back) and now.day != was.day:
            return Refused, None
        won = [n for n, lead in books.leads.items() if lead.sale == number]
        opened = [
            n
            for n, lead in sorted(books.leads.items(), key=lambda pair: (pair[1].day, pair[0]))
            if lead.contact == now.contact and lead.sale is None and lead.day <= now.day
        ]
        stays = now.contact == was.contact
        clash = any(books.leads[n].day > now.day for n in won) if stays else len(opened) > 1
        self.give_to(number, now, back)
        if clash or any(books.room(each, TODAY - timedelta(6)) < 0 for each in CONTACTS):
            self.give_to(number, was, back)
            return Conflict, None
        if stays:
            return None, None
        for lead in won:
            books.leads[lead].sale = None
        return None, opened[0] if opened else None

    def give_to(self, number: int, sold: Sold, back: list[Given]) -> None:
        """Write a sale in the books anew, with its refunds."""
        self.books.sold[number] = sold
        for refund in back:
            refund.contact = sold.contact

    @invariant()
    def totals_are_what_the_books_say(self) -> None:
        """The derived table equals the plain sums."""
        found = {
            row[0]: row[1:]
            for row in self.base.execute(
                "select contact_id, orders, revenue, first_on, last_on from contact_total"
            )
        }
        expected = {}
        for contact in CONTACTS:
            total = self.books.totals(contact)
            if total is not None:
                orders, revenue, first, last = total
                days = (first and first.isoformat(), last and last.isoformat())
                expected[contact] = (orders, revenue, *days)
        assert found == expected

    @invariant()
    def nobody_gets_more_back_than_was_paid(self) -> None:
        """On no day, and of no sale."""
        for contact in CONTACTS:
            assert self.books.room(contact, TODAY - timedelta(6)) >= 0
        for number, sold in self.books.sold.items():
            assert sold.void or self.books.rest(number) >= 0

    @invariant()
    def leads_are_where_the_books_say(self) -> None:
        """Won by sales that count, open else."""
        found = self.base.execute("select id, state, sale_id from lead order by id").fetchall()
        assert found == [
            (n, "open" if lead.sale is None else "won", lead.sale)
            for n, lead in sorted(self.books.leads.items())
        ]


TestShop = Shop.TestCase
TestShop.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
