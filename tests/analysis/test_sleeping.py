"""Who is late or asleep, against the books themselves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import sleeping
from clientbase.facts import segments
from facts.plain import FIRST, LAST, Book, Person, Sale, books, everyone

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base
    from clientbase.table import Table

    Open = Callable[[Book], AbstractContextManager[Base]]


def _rows(table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in table.rows]


@given(book=books(most=8), day=st.just(LAST) | st.dates(FIRST, LAST))
def test_everybody_quiet_is_listed_once_with_their_money(
    book: Book, day: date, opened: Open
) -> None:
    known = {c + 1: facts for c, facts in everyone(book, day).items() if facts.orders}
    with opened(book) as base:
        table = sleeping.report(base, day)
        rows = _rows(table)
        states = {row[0]: row[1:] for row in table.tables["states"].rows}
    expected = {
        c: ("late" if facts.late else "sleeping", facts.quiet, facts.orders, facts.revenue)
        for c, facts in known.items()
        if facts.late or facts.sleeping
    }
    assert {row[0]: (row[4], row[7], row[10], row[11]) for row in rows} == expected
    assert len(rows) == len(expected)
    if known:
        counts = {
            "late": sum(facts.late for facts in known.values()),
            "sleeping": sum(facts.sleeping for facts in known.values()),
            "left": 0,
        }
        counts["awake"] = len(known) - sum(counts.values())
        assert {name: told[0] for name, told in states.items()} == counts
        assert sum(told[1] for told in states.values()) == pytest.approx(100)
        assert sum(told[2] for told in states.values()) == sum(f.revenue for f in known.values())
    else:
        assert (states, table.empty) == (
            {},
            f"Nobody bought by {day}."
            if any(facts.orders for facts in everyone(book, LAST).values())
            else "No clients yet; a sale makes them: clientbase sale record WHO AMOUNT",
        )


@given(book=books(most=5), day=st.dates(FIRST, LAST))
def test_call_by_is_the_last_day_before_they_sleep(book: Book, day: date, opened: Open) -> None:
    with opened(book) as base:
        rows = _rows(sleeping.report(base, day))
        for row in rows:
            if row[4] == "late":
                until = date.fromisoformat(str(row[5]))
                asleep = everyone(book, until)[int(str(row[0])) - 1]
                # Nothing of the book lies between, or else the day is another.
                if asleep.last and asleep.last <= day:
                    assert row[0] not in segments.ids(base, "sleeping", until)


def _every(days: int, *, ago: int, contact: int = 0, count: int = 4) -> list[Sale]:
    return [Sale(contact, LAST - timedelta(ago + days * n), 1_000) for n in range(count)]


def _shelf(base: Base) -> None:
    base.execute(
        "insert into product (id, name, name_key) values (1, 'Comb', 'comb'), (2, 'Soap', 'soap'),"
        " (3, 'Bone', 'bone'), (4, 'Ball', 'ball')"
    )
    base.execute(
        "insert into sale_line (sale_id, product_id, quantity, amount) values (1, 1, 1, 100),"
        " (1, 2, 1, 500), (1, 3, 1, 400), (1, 4, 1, 100), (2, 2, 1, 800), (2, 1, 1, 200)"
    )


def test_the_late_come_first_with_what_they_bought_most(opened: Open) -> None:
    sales = [*_every(30, ago=50), *_every(20, ago=80, contact=1), *_every(20, ago=40, contact=2)]
    with opened(Book([Person(FIRST)] * 3, sales)) as base:
        _shelf(base)
        rows = _rows(sleeping.report(base, LAST))
    # 30 days: late after 45, asleep after 90; 20 days: late after 30, asleep after 60.
    assert [(row[0], row[4], row[5], row[8], row[9]) for row in rows] == [
        (3, "late", (LAST + timedelta(20)).isoformat(), 20, 10),
        (1, "late", (LAST + timedelta(40)).isoformat(), 30, 5),
        (2, "sleeping", (LAST + timedelta(729 - 80)).isoformat(), 20, 20),
    ]
    assert rows[1][12] == '["Soap","Bone","Comb"]'
    assert rows[0][12] == "[]"


def test_since_a_day_only_news_of_those_who_sleep(opened: Open) -> None:
    sales = [*_every(20, ago=80), *_every(20, ago=40, contact=1)]
    with opened(Book([Person(FIRST)] * 2, sales)) as base:
        for since, listed in ((19, [2, 1]), (18, [2])):
            wish = sleeping.Wish(LAST - timedelta(since))
            assert [row[0] for row in sleeping.report(base, LAST, wish).rows] == listed


def test_who_left_is_counted_by_reason_and_not_called(opened: Open) -> None:
    sales = [sale for c in range(4) for sale in _every(20, ago=80, contact=c)]
    with opened(Book([Person(FIRST)] * 4, sales)) as base:
        for contact, reason, ago in ((1, "Moved away", 9), (2, "moved AWAY", 5), (3, "price", 30)):
            base.execute(
                "update contact set left_on = ?, left_reason = ? where id = ?",
                ((LAST - timedelta(ago)).isoformat(), reason, contact),
            )
        table = sleeping.report(base, LAST)
        assert [row[0] for row in table.rows] == [4]
        assert _rows(table.tables["left"]) == [
            ("Moved away", 2, 100 * 2 / 3, 8_000, (LAST - timedelta(5)).isoformat()),
            ("price", 1, 100 / 3, 4_000, (LAST - timedelta(30)).isoformat()),
        ]
        assert {row[0]: row[1] for row in table.tables["states"].rows} == {
            "awake": 0,
            "late": 0,
            "sleeping": 1,
            "left": 3,
        }
        then = sleeping.report(base, LAST - timedelta(7))
        assert [row[:2] for row in then.tables["left"].rows] == [("Moved away", 1), ("price", 1)]
        # The one who came back is no longer counted.
        base.execute(
            "insert into sale (contact_id, sold_on, amount) values (3, ?, 100)", (LAST.isoformat(),)
        )
        rows = _rows(sleeping.report(base, LAST).tables["left"])
        assert [row[0] for row in rows] == ["Moved away"]
