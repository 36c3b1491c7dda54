"""A small base as plain lists, and the definitions of the facts worked out from them by hand.

Nothing here is shared with the program: what the two come to must be the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.db.connection import Base

FIRST = date(2022, 1, 1)
LAST = date(2026, 11, 21)


@dataclass(frozen=True)
class Sale:
    """A sale of a contact (a place in the book's list) or of nobody."""

    contact: int | None
    day: date
    amount: int
    void: bool = False


@dataclass(frozen=True)
class Refund:
    """Money given back, tied to a sale (a place in the list) or to nothing."""

    contact: int | None
    sale: int | None
    day: date
    amount: int
    void: bool = False


@dataclass(frozen=True)
class Talk:
    """An activity of a contact."""

    contact: int
    day: date
    direction: str | None


@dataclass(frozen=True)
class Enquiry:
    """A lead, perhaps closed."""

    contact: int
    day: date
    closed: date | None


@dataclass(frozen=True)
class Task:
    """A reminder: closed on a day or open, made by a yearly rule or by hand."""

    contact: int
    closed: date | None
    yearly: bool


@dataclass(frozen=True)
class Person:
    """A contact: when it came, whether it has the tag vip, a day of service."""

    entered: date
    vip: bool = False
    service: date | None = None


@dataclass(frozen=True)
class Book:
    """Everything that is in a base."""

    people: Sequence[Person]
    sales: Sequence[Sale] = ()
    refunds: Sequence[Refund] = ()
    talks: Sequence[Talk] = ()
    enquiries: Sequence[Enquiry] = ()
    tasks: Sequence[Task] = ()


@dataclass(frozen=True)
class Borders:
    """The settings that part the classes: orders, days, months, times the rhythm, percent."""

    periodic: int = 2
    regular: int = 4
    active: int = 90
    partner: int = 24
    dead: int = 730
    sleeping: int = 365
    sleeping_rhythm: Fraction = Fraction(3)
    sleeping_least: int = 60
    late_rhythm: Fraction = Fraction(3, 2)
    late_least: int = 14
    late_share: int = 90

    def typed(self) -> dict[str, str]:
        """Return them as an owner types them."""
        return {
            "frequency.periodic": f"{self.periodic}",
            "frequency.regular": f"{self.regular}",
            "active.after": f"{self.active}d",
            "partner.after": f"{self.partner}m",
            "dead.after": f"{self.dead}",
            "sleeping.after": f"{self.sleeping}",
            "sleeping.rhythm": f"{float(self.sleeping_rhythm):.2f}",
            "sleeping.least": f"{self.sleeping_least}",
            "late.rhythm": f"{float(self.late_rhythm)}".replace(".", ","),
            "late.least": f"{self.late_least}",
            "late.share": f"{self.late_share}",
        }


USUAL = Borders()


@dataclass
class Known:
    """The facts of one contact as of a day."""

    orders: int = 0
    revenue: int = 0
    average: Fraction | None = None
    first: date | None = None
    last: date | None = None
    quiet: int | None = None
    frequency_class: str | None = None
    value_class: str | None = None
    base: str = ""
    rhythm: Fraction | None = None
    gaps: list[int] = field(default_factory=list)
    sleeping: bool = False
    late: bool = False


def fill(base: Base, book: Book) -> None:
    """Write the book into an empty base, inside an open transaction; ids are places plus one."""
    base.execute("insert into tag (id, name, name_key) values (1, 'VIP', 'vip')")
    base.execute(
        "insert into field (id, name, name_key, type) values (1, 'service', 'service', 'date')"
    )
    base.execute(
        "insert into reminder_rule (id, name, name_key, source, repeats, what, made_on)"
        " values (1, 'b', 'b', 'birthday', 'yearly', 'greet', '2022-01-01')"
    )
    for number, person in enumerate(book.people, start=1):
        base.execute(
            "insert into contact (id, name, name_key, entered_on, entered_by) values (?, ?, ?, ?, 'entry')",
            (number, f"P{number}", f"p{number}", person.entered.isoformat()),
        )
        if person.vip:
            base.execute("insert into contact_tag (contact_id, tag_id) values (?, 1)", (number,))
        if person.service:
            base.execute(
                "insert into field_value (field_id, contact_id, value) values (1, ?, ?)",
                (number, person.service.isoformat()),
            )
    for number, sale in enumerate(book.sales, start=1):
        base.execute(
            "insert into sale (id, contact_id, sold_on, amount, voided_on) values (?, ?, ?, ?, ?)",
            (number, _id(sale.contact), sale.day.isoformat(), sale.amount, _void(sale.void)),
        )
    for refund in book.refunds:
        base.execute(
            "insert into refund (contact_id, sale_id, refunded_on, amount, voided_on) values (?, ?, ?, ?, ?)",
            (
                _id(refund.contact),
                _id(refund.sale),
                refund.day.isoformat(),
                refund.amount,
                _void(refund.void),
            ),
        )
    for talk in book.talks:
        base.execute(
            "insert into activity (contact_id, kind, direction, happened_on, what, who) values (?, 'call', ?, ?, '', '')",
            (_id(talk.contact), talk.direction, talk.day.isoformat()),
        )
    for enquiry in book.enquiries:
        closed = enquiry.closed.isoformat() if enquiry.closed else None
        base.execute(
            "insert into lead (contact_id, state, lost_reason, stage_id, temperature, opened_on, closed_on)"
            " values (?, ?, ?, 1, 'cold', ?, ?)",
            (
                _id(enquiry.contact),
                "lost" if closed else "open",
                "price" if closed else None,
                enquiry.day.isoformat(),
                closed,
            ),
        )
    for number, task in enumerate(book.tasks):
        closed = task.closed.isoformat() if task.closed else None
        due = (FIRST + timedelta(days=number)).isoformat()
        base.execute(
            "insert into reminder (contact_id, rule_id, due_on, listed_on, what, state, closed_on) values (?, ?, ?, ?, 'x', ?, ?)",
            (
                _id(task.contact),
                1 if task.yearly else None,
                due,
                due,
                "done" if closed else "open",
                closed,
            ),
        )


def _id(place: int | None) -> int | None:
    return None if place is None else place + 1


def _void(void: bool) -> str | None:  # noqa: FBT001 - one private helper of two words
    return LAST.isoformat() if void else None


def present(book: Book, contact: int, day: date) -> bool:
    """Tell whether a contact had approached the business by a day."""
    return (
        book.people[contact].entered <= day
        or any(s.contact == contact and not s.void and s.day <= day for s in book.sales)
        or any(e.contact == contact and e.day <= day for e in book.enquiries)
    )


def orders_of(book: Book, contact: int, day: date) -> list[tuple[date, int]]:
    """Return the orders of a contact as of a day, with their amounts after refunds."""
    found = []
    for place, sale in enumerate(book.sales):
        if sale.contact != contact or sale.void or sale.day > day:
            continue
        back = sum(
            r.amount for r in book.refunds if r.sale == place and not r.void and r.day <= day
        )
        if sale.amount == 0 or back < sale.amount:
            found.append((sale.day, sale.amount - back))
    return found


def everyone(
    book: Book, day: date, *, by_median: bool = False, borders: Borders = USUAL
) -> dict[int, Known]:
    """Return the facts of everybody who was in the base as of a day, by place in the list."""
    known = {c: _totals(book, c, day) for c in range(len(book.people)) if present(book, c, day)}
    typical = {}
    for contact, facts in known.items():
        if facts.orders:
            amounts = sorted(amount for _day, amount in orders_of(book, contact, day))
            typical[contact] = median(amounts) if by_median else facts.average or Fraction()
    low = quantile(sorted(typical.values()), Fraction(1, 3))
    high = quantile(sorted(typical.values()), Fraction(9, 10))
    for contact, facts in known.items():
        if facts.orders:
            facts.frequency_class = _by_orders(facts.orders, borders)
            facts.value_class = _by_value(typical[contact], low, high)
        facts.base = _kind(book, contact, day, facts, borders)
        _quiet(facts, borders)
    return known


def _totals(book: Book, contact: int, day: date) -> Known:
    orders = orders_of(book, contact, day)
    sold = sum(s.amount for s in book.sales if s.contact == contact and not s.void and s.day <= day)
    back = sum(
        r.amount for r in book.refunds if r.contact == contact and not r.void and r.day <= day
    )
    days = sorted({when for when, _amount in orders})
    facts = Known(orders=len(orders), revenue=sold - back)
    if orders:
        facts.average = Fraction(facts.revenue, facts.orders)
        facts.first, facts.last = days[0], days[-1]
        facts.quiet = (day - days[-1]).days
    if len(days) >= 3:
        facts.gaps = sorted((b - a).days for a, b in pairwise(days))
        facts.rhythm = median(facts.gaps)
    return facts


def _by_orders(orders: int, borders: Borders) -> str:
    if orders < borders.periodic:
        return "one-time"
    return "periodic" if orders < borders.regular else "regular"


def _by_value(typical: Fraction, low: Fraction, high: Fraction) -> str:
    if typical < low:
        return "economy"
    return "vip" if typical > high else "standard"


def _kind(book: Book, contact: int, day: date, facts: Known, borders: Borders) -> str:
    person = book.people[contact]
    signs = [
        *([person.entered] if person.entered <= day else []),
        *(s.day for s in book.sales if s.contact == contact and not s.void and s.day <= day),
        *(e.day for e in book.enquiries if e.contact == contact and e.day <= day),
        *(
            t.day
            for t in book.talks
            if t.contact == contact and t.direction == "in" and t.day <= day
        ),
    ]
    ahead = (person.service is not None and person.service >= day) or any(
        t.contact == contact and not t.yearly and (t.closed is None or t.closed > day)
        for t in book.tasks
    )
    if signs and (day - max(signs)).days >= borders.dead and not ahead:
        return "dead"
    if facts.orders == 0 or facts.first is None:
        return "potential"
    if (facts.value_class == "vip" and facts.orders >= borders.periodic) or person.vip:
        return "vip"
    if facts.orders >= borders.regular:
        return "partner" if _months_later(facts.first, borders.partner) <= day else "regular"
    if facts.orders >= borders.periodic and (day - facts.first).days >= borders.active:
        return "active"
    return "working"


def months_ago(day: date, months: int) -> date:
    """Return the same day so many months before, the last of the month where it has no such day."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=min(day.day, (after - first).days) - 1)


def _months_later(day: date, months: int) -> date:
    """Return the same day so many months after, the last of the month where it has no such day."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=31)).replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=min(day.day, (after - first).days) - 1)


def _quiet(facts: Known, borders: Borders) -> None:
    if facts.quiet is None:
        return
    quiet, rhythm = facts.quiet, facts.rhythm
    facts.sleeping = quiet > borders.sleeping
    if rhythm is None:
        return
    outslept = quiet > borders.sleeping_rhythm * rhythm and quiet > borders.sleeping_least
    facts.sleeping = facts.sleeping or outslept
    if not facts.sleeping:
        beaten = sum(1 for gap in facts.gaps if quiet > gap)
        often = 100 * beaten >= borders.late_share * len(facts.gaps)
        facts.late = quiet > borders.late_rhythm * rhythm and often and quiet > borders.late_least


def median(values: Sequence[int]) -> Fraction:
    """Return the median of sorted whole numbers."""
    return Fraction(values[(len(values) - 1) // 2] + values[len(values) // 2], 2)


def quantile(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """Return the quantile of sorted values by linear interpolation (type 7)."""
    if not values:
        return Fraction()
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


# Days before the last one at which something changes, and their neighbours.
EDGES = [*range(4), 13, 14, 15, 30, 45, 59, 60, 61, 62, 89, 90, 91, 120, 180, *range(364, 368)]
EDGES += range(729, 733)


def days() -> st.SearchStrategy[date]:
    """Days of the book, many of them where something changes."""
    return st.dates(FIRST, LAST) | st.sampled_from([LAST - timedelta(days=n) for n in EDGES])


def borders() -> st.SearchStrategy[Borders]:
    """Other borders than the usual ones, near to what the books hold."""
    times = st.integers(1, 400).map(lambda n: Fraction(n, 100)) | st.sampled_from(
        [Fraction(11, 10), Fraction(23, 20), Fraction(3)]
    )
    few = st.integers(0, 120)
    return st.builds(
        Borders,
        periodic=st.integers(2, 3),
        regular=st.integers(4, 6),
        active=st.integers(1, 120),
        partner=st.integers(1, 40),
        dead=st.integers(1, 800),
        sleeping=st.integers(1, 400),
        sleeping_rhythm=times,
        sleeping_least=few,
        late_rhythm=times,
        late_least=few,
        late_share=st.integers(1, 100),
    )


@st.composite
def books(draw: st.DrawFn, *, most: int = 6) -> Book:
    """Small bases with ties, refunds, voids, gifts, and sales of nobody."""
    people = draw(
        st.lists(
            st.builds(Person, days(), st.sampled_from([False, False, True]), st.none() | days()),
            min_size=1,
            max_size=most,
        )
    )
    who = st.integers(0, len(people) - 1)
    void = st.sampled_from([False, False, False, True])
    amount = st.sampled_from([0, 100, 100, 250, 500, 999])
    sales = draw(
        st.lists(st.builds(Sale, who | who | who | st.none(), days(), amount, void), max_size=25)
    )
    refunds = []
    for _ in range(draw(st.integers(0, 5))):
        place = draw(st.integers(-1, len(sales) - 1))
        if place < 0:
            refunds.append(Refund(draw(who), None, draw(days()), draw(st.integers(1, 300))))
        elif sales[place].amount:
            sale = sales[place]
            part = draw(st.integers(1, sale.amount) | st.just(sale.amount))
            when = draw(st.dates(sale.day, LAST))
            refunds.append(Refund(sale.contact, place, when, part, draw(void)))
    return Book(
        people,
        sales,
        refunds,
        draw(
            st.lists(st.builds(Talk, who, days(), st.sampled_from(["in", "out", None])), max_size=4)
        ),
        [
            Enquiry(contact, min(first, other), draw(st.none() | st.just(max(first, other))))
            for contact, first, other in draw(st.lists(st.tuples(who, days(), days()), max_size=4))
        ],
        draw(st.lists(st.builds(Task, who, st.none() | days(), st.booleans()), max_size=3)),
    )
