"""Buying again, against the definition worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import repeat
from facts.plain import (
    FIRST,
    LAST,
    Book,
    Person,
    Refund,
    Sale,
    books,
    everyone,
    orders_of,
    quantile,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base

    Open = Callable[[Book], AbstractContextManager[Base]]

CLIENT = Person(FIRST)


@given(book=books(most=8), day=st.just(LAST) | st.dates(FIRST, LAST))
def test_steps_and_gaps_are_what_the_definition_says(book: Book, day: date, opened: Open) -> None:
    orders = [sorted(d for d, _ in orders_of(book, c, day)) for c in range(len(book.people))]
    orders = [days for days in orders if days]
    with opened(book) as base:
        table = repeat.report(base, day)
    for step, clients, share, _previous, median, most in table.rows:
        here = [days for days in orders if len(days) >= step]
        assert clients == len(here)
        assert share == pytest.approx(100 * len(here) / len(orders))
        after = sorted(
            Fraction((days[step - 1] - days[step - 2]).days) for days in here if step > 1
        )
        assert median == (pytest.approx(float(quantile(after, Fraction(1, 2)))) if after else None)
        assert most == (pytest.approx(float(quantile(after, Fraction(9, 10)))) if after else None)
    gaps = [(b - a).days for days in orders for a, b in pairwise(days)]
    told = {row[0]: row[1] for row in table.tables["gaps"].rows}
    assert sum(told.values()) == len(gaps)
    if gaps:
        assert told["0"] == gaps.count(0)
        assert told["8-30"] == sum(8 <= gap <= 30 for gap in gaps)
        assert told["366+"] == sum(gap > 365 for gap in gaps)


@given(book=books(most=8), day=st.just(LAST) | st.dates(FIRST, LAST))
def test_new_and_returning_are_all_who_bought_in_the_month(
    book: Book, day: date, opened: Open
) -> None:
    known = {c: k.first for c, k in everyone(book, day).items() if k.orders and k.first}
    with opened(book) as base:
        rows = list(repeat.report(base, day).tables["months"].rows)
    assert len(rows) <= 12
    assert not known or rows[-1][0] == day.isoformat()[:7]
    for month, active, new, returning, *money in rows:
        bought = {
            c
            for c in known
            if any(when.isoformat()[:7] == month for when, _ in orders_of(book, c, day))
        }
        came = {c for c in bought if known[c].isoformat()[:7] == month}
        assert (active, new, returning) == (len(bought), len(came), len(bought - came))
        paid = [s for s in book.sales if s.contact in known and not s.void]
        back = [r for r in book.refunds if r.contact in known and not r.void]
        moved = [(s.day, s.amount) for s in paid] + [(r.day, -r.amount) for r in back]
        total = sum(amount for when, amount in moved if f"{when:%Y-%m}" == month and when <= day)
        assert (sum(money[:3]), money[3]) == (total, total)


def test_money_of_a_month_is_parted_in_three(opened: Open) -> None:
    sales = [
        Sale(0, date(2026, 10, 1), 100),  # the first order of P1
        Sale(0, date(2026, 10, 1), 20),  # again on the same day
        Sale(0, date(2026, 10, 30), 30),
        Sale(1, date(2025, 1, 1), 500),  # P2 came long before
        Sale(1, date(2026, 10, 5), 40),
        Sale(0, date(2026, 11, 3), 60),
        Sale(2, date(2026, 11, 4), 70),  # P3 gave it all back: no client
    ]
    refunds = [
        Refund(0, None, date(2026, 10, 31), 10),  # of the month of coming
        Refund(1, 3, date(2026, 11, 2), 5),
        Refund(2, 6, date(2026, 11, 5), 70),
    ]
    with opened(Book([CLIENT] * 3, sales, refunds)) as base:
        table = repeat.report(base, LAST)
    rows = [tuple(row) for row in table.tables["months"].rows]
    assert [row[0] for row in rows] == [
        "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07",
        "2026-08", "2026-09", "2026-10", "2026-11",
    ]  # fmt: skip
    assert set(rows[:10]) == {(row[0], 0, 0, 0, 0, 0, 0, 0, False) for row in rows[:10]}
    assert rows[10:] == [
        ("2026-10", 2, 1, 1, 90, 40, 50, 180, False),
        ("2026-11", 1, 0, 1, 0, 55, 0, 55, True),
    ]
    # P1 ordered on the day of coming again, after 29 days, and after 4; P2 after 642 days.
    assert [tuple(row) for row in table.rows] == [
        (1, 2, 100, None, None, None),
        (2, 2, 100, 100, 321, pytest.approx(577.8)),
        (3, 1, 50, 50, 29, 29),
        (4, 1, 50, 100, 4, 4),
    ]


def test_what_was_given_back_before_coming_is_taken_off_on_its_day(opened: Open) -> None:
    sales = [
        Sale(0, date(2025, 10, 3), 100),  # all given back, before and in the months shown
        Sale(0, date(2026, 2, 1), 40),  # so that this is the first order
        Sale(1, date(2025, 10, 3), 50),  # came before the months shown, and paid then
    ]
    refunds = [
        Refund(0, 0, date(2025, 11, 5), 30),
        Refund(0, 0, date(2025, 12, 5), 70),
        Refund(1, 2, date(2025, 11, 5), 10),
    ]
    with opened(Book([CLIENT] * 2, sales, refunds)) as base:
        table = repeat.report(base, LAST)
    money = {row[0]: tuple(row[4:8]) for row in table.tables["months"].rows if any(row[4:8])}
    assert money == {"2025-12": (-70, 0, 0, -70), "2026-02": (40, 0, 0, 40)}


def test_one_sale_and_none(opened: Open) -> None:
    with opened(Book([CLIENT], [Sale(0, LAST, 100)])) as base:
        table = repeat.report(base, LAST)
        assert [tuple(row) for row in table.rows] == [
            (1, 1, 100, None, None, None),
            (2, 0, 0, 0, None, None),
            (3, 0, 0, None, None, None),
        ]
        assert list(table.tables["gaps"].rows) == []
        assert list(table.tables["months"].rows) == [("2026-11", 1, 1, 0, 100, 0, 0, 100, True)]
    with opened(Book([CLIENT])) as base:
        table = repeat.report(base, LAST)
    assert (list(table.rows), list(table.tables["months"].rows), table.notes) == ([], [], [])
    assert table.empty == "No clients yet; a sale makes them: clientbase sale record WHO AMOUNT"
