"""Where contacts stand, against the definitions worked out by hand."""

from __future__ import annotations

import re
from datetime import date, timedelta
from sqlite3 import OperationalError
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.db import settings
from clientbase.db.journal import write
from clientbase.facts import catalogue, compose, listing, rules, thresholds
from clientbase.facts.reading import read
from clientbase.facts.standing import standing
from facts.conftest import ACT
from facts.plain import (
    FIRST,
    LAST,
    Book,
    Borders,
    Enquiry,
    Known,
    Person,
    Refund,
    Sale,
    Task,
    books,
    borders,
    everyone,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base
    from shop import Shop

    Open = Callable[[Book], AbstractContextManager[Base]]

AS_OF = st.just(LAST) | st.dates(FIRST, LAST)
FACTS = (
    "contact_id",
    "orders",
    "revenue",
    "average_order",
    "first_sale_on",
    "last_sale_on",
    "days_since_sale",
    "frequency_class",
    "value_class",
    "base",
    "rhythm_days",
    "sleeping",
    "late",
)


def _expected(contact: int, known: Known) -> tuple[object, ...]:
    return (
        contact + 1,
        known.orders,
        known.revenue,
        None if known.average is None else float(known.average),
        known.first and known.first.isoformat(),
        known.last and known.last.isoformat(),
        known.quiet,
        known.frequency_class,
        known.value_class,
        known.base,
        None if known.rhythm is None else float(known.rhythm),
        int(known.sleeping),
        int(known.late),
    )


@given(book=books(), day=AS_OF, many=st.sampled_from([1, thresholds.MANY_LATER]))
def test_facts_are_what_the_definitions_say(
    book: Book, day: date, many: int, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Many sales after the day, or few: what was then is worked out in two ways.
    monkeypatch.setattr(thresholds, "MANY_LATER", many)
    with opened(book) as base:
        rows = read(base, FACTS, day, "select * from facts order by contact_id").fetchall()
    assert rows == [_expected(*pair) for pair in everyone(book, day).items()]


@given(book=books(most=4), day=AS_OF)
def test_one_contact_alone_is_what_it_is_among_all(book: Book, day: date, opened: Open) -> None:
    with opened(book) as base:
        alone = {c: standing(base, c + 1, day) for c in everyone(book, day)}
    for contact, known in everyone(book, day).items():
        row = _expected(contact, known)
        assert tuple(alone[contact]) == (*row[1:10], bool(row[11]), bool(row[12]))


@given(book=books(), day=AS_OF)
def test_classes_by_the_median_order(book: Book, day: date, opened: Open) -> None:
    with opened(book) as base:
        settings.store(base, "value.by", "median")
        rows = read(base, ("contact_id", "value_class"), day).fetchall()
    expected = everyone(book, day, by_median=True)
    assert sorted(rows) == [(c + 1, known.value_class) for c, known in expected.items()]


@given(book=books(), day=AS_OF, other=borders())
def test_every_border_is_a_setting(book: Book, day: date, other: Borders, opened: Open) -> None:
    with opened(book) as base:
        for key, typed in other.typed().items():
            settings.store(base, key, settings.canonical(key, typed, "RUB"))
        rows = read(base, FACTS, day, "select * from facts order by contact_id").fetchall()
    known = everyone(book, day, borders=other)
    assert rows == [_expected(*pair) for pair in known.items()]


@given(book=books(), day=AS_OF)
def test_every_client_has_one_class_of_each_and_nobody_is_both_sleeping_and_late(
    book: Book, day: date, opened: Open
) -> None:
    wanted = ("orders", "frequency_class", "value_class", "base", "sleeping", "late")
    with opened(book) as base:
        rows = read(base, wanted, day).fetchall()
    for orders, often, dear, kind, sleeping, late in rows:
        assert (often in catalogue.FREQUENCY, dear in catalogue.VALUE) == (orders > 0, orders > 0)
        assert kind in catalogue.BASES
        assert not (sleeping and late)
        assert orders > 0 or (often, dear, sleeping, late) == (None, None, 0, 0)


def test_orders_within_a_window_decide_how_often(opened: Open, today: date) -> None:
    sales = [Sale(0, today - timedelta(days=n), 100) for n in (1, 20, 400, 500)]
    sales += [Sale(1, today - timedelta(days=400), 100)]
    with opened(Book([Person(FIRST), Person(FIRST)], sales)) as base:
        ever = read(base, ("frequency_class",), today).fetchall()
        settings.store(base, "frequency.window", "12")
        within = read(base, ("frequency_class", "orders_in_window"), today).fetchall()
    assert ever == [("regular",), ("one-time",)]
    assert within == [("periodic", 2), ("one-time", 0)]


def test_borders_in_money_stand_in_place_of_percentiles(opened: Open, today: date) -> None:
    amounts = [99, 100, 200, 201]
    people = [Person(FIRST)] * 4
    with opened(Book(people, [Sale(n, today, a) for n, a in enumerate(amounts)])) as base:
        settings.store(base, "value.low", "100")
        settings.store(base, "value.high", "200")
        rows = read(base, ("value_class",), today).fetchall()
    assert rows == [("economy",), ("standard",), ("standard",), ("vip",)]


@pytest.mark.parametrize(
    ("ago", "rhythm", "sleeping", "late"),
    [
        ((365,), None, False, False),
        ((366,), None, True, False),
        ((20, 30), None, False, False),  # two days make no rhythm
        ((60, 70, 80), 10.0, False, True),
        ((61, 71, 81), 10.0, True, False),
        ((61, 81, 102), 20.5, False, True),  # 61 is not over 3 × 20.5
        ((62, 82, 103), 20.5, True, False),
        ((14, 19, 24), 5.0, False, False),
        ((15, 20, 25), 5.0, False, True),
        ((30, 50, 70), 20.0, False, False),  # 30 is not over 1.5 × 20
        ((31, 51, 71), 20.0, False, True),
        ((40, 50, 60, 100), 10.0, False, False),  # one of three own gaps was as long
        ((41, 51, 61, 101), 10.0, False, True),
        ((31, *range(41, 122, 10), 161), 10.0, False, True),  # one of ten was longer
        ((31, *range(41, 112, 10), 151), 10.0, False, False),  # one of nine
        ((41, 41, 51, 61), 10.0, False, True),  # twice on a day is one day
    ],
)
def test_who_is_sleeping_and_who_is_late(
    ago: tuple[int, ...],
    rhythm: float | None,
    sleeping: bool,  # noqa: FBT001 - a column of the table
    late: bool,  # noqa: FBT001 - a column of the table
    opened: Open,
    today: date,
) -> None:
    sales = [Sale(0, today - timedelta(days=n), 100) for n in ago]
    with opened(Book([Person(FIRST)], sales)) as base:
        row = read(base, ("rhythm_days", "sleeping", "late"), today).fetchone()
    assert row == (rhythm, sleeping, late)


@pytest.mark.parametrize(
    ("orders", "first", "kind"),
    [
        (1, "2026-11-01", "working"),
        (3, "2026-08-24", "working"),
        (3, "2026-08-23", "active"),
        (4, "2024-11-22", "regular"),
        (4, "2024-11-21", "partner"),
    ],
)
def test_kinds_of_base_change_on_the_day(
    orders: int, first: str, kind: str, opened: Open, today: date
) -> None:
    days = [date.fromisoformat(first), *[today] * (orders - 1)]
    with opened(Book([Person(FIRST)], [Sale(0, day, 100) for day in days])) as base:
        assert standing(base, 1, today).base == kind


def test_a_sale_wholly_refunded_was_an_order_until_then(opened: Open) -> None:
    bought, back = date(2026, 3, 1), date(2026, 4, 1)
    later = Sale(None, LAST, 100)
    book = Book([Person(FIRST)], [Sale(0, bought, 500), later], [Refund(0, 0, back, 500)])
    with opened(book) as base:
        before = standing(base, 1, date(2026, 3, 31))
        after = standing(base, 1, back)
    assert (before.orders, before.revenue, before.base) == (1, 500, "working")
    assert (after.orders, after.revenue, after.base) == (0, 0, "potential")


def test_a_dead_contact_lives_on_while_a_reminder_is_open(opened: Open, today: date) -> None:
    entered = today - timedelta(days=730)
    people = [Person(entered), Person(entered), Person(entered), Person(entered, service=today)]
    tasks = [Task(1, None, yearly=False), Task(2, None, yearly=True)]
    with opened(Book(people, tasks=tasks)) as base:
        kinds = [standing(base, n, today).base for n in range(1, 5)]
        day_before = standing(base, 1, today - timedelta(days=1)).base
    assert kinds == ["dead", "potential", "dead", "potential"]
    assert day_before == "potential"


def test_an_entry_after_the_day_keeps_nobody_alive(opened: Open) -> None:
    bought = date(2022, 1, 10)
    with opened(Book([Person(LAST)], [Sale(0, bought, 500)])) as base:
        kinds = [standing(base, 1, bought + timedelta(days=n)).base for n in (729, 730)]
    assert kinds == ["working", "dead"]


def test_who_bought_before_the_entry_has_none_until_then(opened: Open) -> None:
    entered, bought = date(2026, 3, 10), date(2026, 3, 1)
    people = [Person(entered), Person(entered), Person(entered)]
    book = Book(people, [Sale(0, bought, 500)], enquiries=[Enquiry(1, bought, None)])
    wanted = ("contact_id", "entered_on", "days_since_entry")
    with opened(book) as base:
        before = read(base, wanted, date(2026, 3, 9)).fetchall()
        after = read(base, wanted, date(2026, 3, 12)).fetchall()
        chosen = [
            rules.chosen(base, rules.compiled(base, "days_since_entry < 30"), day)
            for day in (date(2026, 3, 9), date(2026, 3, 12))
        ]
    assert before == [(1, None, None), (2, None, None)]
    assert after == [(n, "2026-03-10", 2) for n in (1, 2, 3)]
    assert chosen == [[], [1, 2, 3]]


def test_every_part_compiles_alone_and_all_together(base: Base, today: date) -> None:
    names = [name for name in compose.PARTS if name.isidentifier() and name != "field"]
    assert {fact.part for fact in catalogue.FACTS.values()} <= {*names, "tag_keys"}
    for name in names:
        assert read(base, (name,), today).fetchall() == []
        for past in get_args(compose.Past):
            text = compose.statement((name,), "clients", past=past)
            values = dict.fromkeys(re.findall(r":(\w+)", text))
            assert base.execute(f"explain {text} select * from facts", values).fetchall()
    assert read(base, names, today, scope="these", values={"ids": "[1]"}).fetchall() == []


def test_only_what_is_asked_for_is_composed() -> None:
    text = compose.statement(("contact_id", "orders"), "clients", past="")
    assert " ".join(text.split()) == (
        "with layer_0 as (select total.contact_id as contact_id, "
        "coalesce(total.orders, 0) as orders "
        "from contact_total as total not indexed where total.orders > 0), "
        "facts as (select below.contact_id, below.orders from layer_0 as below)"
    )


def test_contacts_are_listed_by_name_with_their_facts(opened: Open, today: date) -> None:
    book = Book([Person(FIRST), Person(FIRST, vip=True)], [Sale(1, today, 500)])
    with opened(book) as base:
        base.execute("update contact set name = 'Анна', name_key = 'анна' where id = 2")
        base.execute("update contact set name = 'Борис', name_key = 'борис' where id = 1")
        table = listing.contacts(base, today)
        rows = list(table.rows)
        assert table.count is not None
        assert table.count() == 2
        assert list(listing.contacts(base, today, ids=[1]).rows) == [rows[1]]
        assert list(listing.contacts(base, today, where="orders = 1").rows) == [rows[0]]
        assert list(listing.contacts(base, today, ids=[1], where="orders = 1").rows) == []
    assert " ".join(column.name for column in table.columns) == (
        "contact_id external_id name organisation phone email city manager channel tags orders "
        "revenue average_order last_sale_on days_since_sale base frequency_class value_class"
    )
    anna = (2, None, "Анна", None, None, None, None, None, None, '["VIP"]', 1, 500, 500.0)
    boris = (1, None, "Борис", None, None, None, None, None, None, "[]", 0, 0, None)
    assert rows == [
        (*anna, "2026-11-21", 0, "vip", "one-time", "standard"),
        (*boris, None, None, "dead", None, None),
    ]


def test_many_are_listed_as_few_are(
    opened: Open, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Book([Person(FIRST) for _ in range(5)], [Sale(1, today, 500), Sale(3, today, 100)])
    with opened(book) as base:
        base.execute("update contact set name_key = char(1080 - id)")
        few = list(listing.contacts(base, today, ids=[5, 3, 1]).rows)
        monkeypatch.setattr(listing, "MANY", 2)
        many = listing.contacts(base, today, ids=[5, 3, 1])
        assert [row[0] for row in few] == [5, 3, 1]
        assert list(many.rows) == few
        assert many.count is not None
        assert many.count() == 3


def test_totals_kept_aside_are_those_of_the_day_whatever_is_recorded_meanwhile(shop: Shop) -> None:
    shop.ok("sale", "record", "--new", "Anna", "100", "--on", "2026-10-01", "-q")
    shop.ok("sale", "record", "1", "50", "--on", "2026-11-01", "-q")
    base, day = shop.connect(), date(2026, 10, 15)
    wanted = ("contact_id", "orders", "revenue", "last_sale_on")
    before = [(1, 1, 10_000, "2026-10-01")]
    assert read(base, wanted, day, scope="clients").fetchall() == before
    assert thresholds.totals(base, day) == "totals_20261015"
    # The base itself holds no such table, and still can't be written but in a transaction.
    tables = [name for (name,) in base.execute("select name from sqlite_master")]
    assert not [name for name in tables if name.startswith("totals_")]
    with pytest.raises(OperationalError):
        base.execute("update contact set name = 'x'")
    with write(base, ACT):
        base.execute("insert into sale (contact_id, sold_on, amount) values (1, '2026-10-02', 700)")
    assert read(base, wanted, day, scope="clients").fetchall() == [(1, 2, 10_700, "2026-10-02")]
