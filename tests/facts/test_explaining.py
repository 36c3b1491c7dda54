"""Why somebody is in a segment or not: what is told is what decides."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.db import settings
from clientbase.errors import NotFound
from clientbase.facts import clauses, explaining, rules, segments
from clientbase.people import tags
from facts.plain import FIRST, LAST, Book, Person, Refund, Sale, books, present

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base

    Open = Callable[[Book], AbstractContextManager[Base]]

# Of these the facts behind decide alone: all of them hold where the segment does.
DECIDED = (
    *("one-time", "periodic", "regular", "economy", "standard", "vip", "sleeping", "late"),
    *("abc:a", "abc:b", "abc:c", "base:dead"),
    *(name for name in segments.BUILT_IN if name.startswith("rfm:")),
)


@given(
    book=books(most=5),
    day=st.just(LAST) | st.dates(FIRST, LAST),
    name=st.sampled_from(sorted(segments.BUILT_IN)),
    place=st.integers(0, 4),
)
def test_it_says_of_everybody_what_the_segment_says(
    book: Book, day: date, name: str, place: int, opened: Open
) -> None:
    contact = place % len(book.people)
    with opened(book) as base:
        if not present(book, contact, day):
            return
        inside = contact + 1 in segments.ids(base, name, day)
        rows = [tuple(row) for row in explaining.explain(base, name, contact + 1, day).rows]
    assert rows[0][4] is inside
    behind = [row[4] for row in rows[2:] if row[4] is not None]
    # Who has no order is in none of them, and what a client needs is told.
    if name in DECIDED and behind:
        assert all(behind) is inside


def _explained(base: Base, name: str, contact: int, day: date = LAST) -> list[tuple[object, ...]]:
    rows = explaining.explain(base, name, contact, day).rows
    return [(row[1], row[2], row[3], row[4], row[6]) for row in rows]


def _ago(*days: int) -> list[Sale]:
    return [Sale(0, LAST - timedelta(n), 10_000) for n in days]


def test_so_many_orders_more_make_the_next_class(opened: Open) -> None:
    with opened(Book([Person(FIRST)], _ago(5, 50))) as base:
        assert _explained(base, "regular", 1)[1:] == [
            ("frequency_class", "periodic", "= regular", False, None),
            ("orders", "2", ">= 4", False, "2 more orders would make them regular"),
        ]
        assert _explained(base, "periodic", 1)[2] == (
            *("orders", "2", "2 to 3", True, "2 more orders would make them regular"),
        )


def test_within_a_window_orders_count_until_a_day(opened: Open) -> None:
    # Of 12 months: the order of 21 December leaves on 22 December of the next year.
    with opened(Book([Person(FIRST)], _ago(335, 50))) as base:
        settings.store(base, "frequency.window", "12")
        told = "2 more orders before 2026-12-21 would make them regular"
        assert _explained(base, "regular", 1)[2] == ("orders_in_window", "2", ">= 4", False, told)
        told = "2 more orders would make them regular; ends on 2026-12-21, if nothing is bought"
        assert _explained(base, "periodic", 1)[2] == (
            *("orders_in_window", "2", "2 to 3", True, told),
        )
        gone = date(2026, 12, 21)
        assert segments.ids(base, "periodic", gone - timedelta(1)) == [1]
        assert segments.ids(base, "periodic", gone) == []


def test_sleep_begins_on_the_day_that_is_told(opened: Open) -> None:
    # Every 30 days three times: sleeping after 90 quiet days, late after 45.
    with opened(Book([Person(FIRST)], _ago(40, 70, 100, 130))) as base:
        assert _explained(base, "sleeping", 1)[1:] == [
            ("sleeping", "false", "= true", False, None),
            ("days_since_sale", "40", "> 90", False, "from 2027-01-11 on, if nothing is bought"),
            ("rhythm_days", "30", None, None, None),
        ]
        assert _explained(base, "late", 1)[2][4] == "from 2026-11-27 on, if nothing is bought"
        for name, day in (("sleeping", date(2027, 1, 11)), ("late", date(2026, 11, 27))):
            assert segments.ids(base, name, day) == [1]
            assert segments.ids(base, name, day - timedelta(1)) == []


def test_an_order_of_the_amount_that_is_told_makes_a_vip(opened: Open) -> None:
    with opened(Book([Person(FIRST)], _ago(5, 50))) as base:
        settings.store(base, "value.low", "5000")
        settings.store(base, "value.high", "20000")
        assert _explained(base, "vip", 1)[2] == (
            *("average_order", "100.00 RUB", "> 200.00 RUB", False),
            "an order of 400.01 RUB or more would do",
        )
        for amount, inside in ((40_000, []), (40_001, [1])):
            base.execute(
                "insert into sale (id, contact_id, sold_on, amount) values (9, 1, ?, ?)",
                (LAST.isoformat(), amount),
            )
            assert segments.ids(base, "vip", LAST) == inside
            base.execute("delete from sale where id = 9")


def test_the_tag_is_told_to_make_a_vip_and_does(opened: Open) -> None:
    with opened(Book([Person(FIRST)], _ago(5))) as base:
        told = "in place of these: clientbase contact tag 1 +vip"
        assert _explained(base, "base:vip", 1)[-1] == ("tags", None, "has vip", False, told)
        tags.put(base, 1, ["vip"])
        assert _explained(base, "base:vip", 1)[-1] == ("tags", "vip", "has vip", True, None)
        assert segments.ids(base, "base:vip", LAST) == [1]


def test_rules_of_the_owner_are_told_part_by_part(opened: Open) -> None:
    rule = "orders >= 3 and (city = 'Kazan' or has(tags, 'club')) and revenue > 500.50"
    with opened(Book([Person(FIRST)], _ago(5, 50))) as base:
        segments.define(base, "mine", rule, LAST)
        rows = [tuple(row) for row in explaining.explain(base, "mine", 1, LAST).rows]
    assert [(row[0], row[4], row[6]) for row in rows] == [
        (rule, False, None),
        ("orders >= 3", False, "1 more order would do"),
        ("city = 'Kazan'", False, "clientbase contact edit 1 --city Kazan"),
        ("has(tags, 'club')", False, "clientbase contact tag 1 +club"),
        ("revenue > 500.50", False, "300.51 RUB more would do"),
    ]


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("orders between 1 and 3 and age > 5", ["orders between 1 and 3", "age > 5"]),
        ("(orders = 1 or age > 5) and sleeping", ["orders = 1", "age > 5", "sleeping"]),
        ("not (orders = 1 or age > 5)", ["not (orders = 1 or age > 5)"]),
        (
            "case when orders = 1 and age > 5 then late end or late",
            ["case when orders = 1 and age > 5 then late end", "late"],
        ),
        ("((orders = 1))", ["orders = 1"]),
        ("(orders + 1) > 2", ["(orders + 1) > 2"]),
    ],
)
def test_a_rule_falls_into_its_parts(rule: str, parts: list[str], base: Base) -> None:
    assert [part.text for part in clauses.split(rule, rules.words(base, rule))] == parts


def test_the_sales_behind_it_are_listed_the_latest_first(opened: Open) -> None:
    sales = [*_ago(5, 50), Sale(0, LAST, 700, void=True)]
    refunds = [Refund(0, 1, LAST, 10_000), Refund(0, None, LAST, 300)]
    with opened(Book([Person(FIRST)], sales, refunds)) as base:
        table = explaining.explain(base, "one-time", 1, LAST)
    assert table.title == "P1 is in one-time: frequency_class = 'one-time'"
    assert [tuple(row) for row in table.tables["sales"].rows] == [
        (None, "2026-11-21", 0, 300, 0, False),
        (1, "2026-11-16", 10_000, 0, 1, True),
        (2, "2026-10-02", 10_000, 10_000, 0, False),
    ]


def test_who_came_later_is_not_there_to_explain(opened: Open) -> None:
    with opened(Book([Person(LAST)])) as base, pytest.raises(NotFound) as missing:
        explaining.explain(base, "late", 1, FIRST)
    assert missing.value.message == "contact 1 came after 2022-01-01"
