"""Cohorts against their definition worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import cohorts
from facts.plain import FIRST, LAST, Book, Person, Refund, Sale, books, everyone, orders_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base

    Open = Callable[[Book], AbstractContextManager[Base]]

CLIENT = Person(FIRST)


def _month(day: date) -> int:
    return 12 * day.year + day.month


@given(book=books(most=8), day=st.just(LAST) | st.dates(FIRST, LAST))
def test_cells_are_what_the_definition_says(book: Book, day: date, opened: Open) -> None:
    known = {c: k.first for c, k in everyone(book, day).items() if k.orders and k.first}
    with opened(book) as base:
        rows = {(row[0], row[1]): row for row in cohorts.report(base, day).rows}
    expected = {}
    ends = [s.day for s in book.sales if not s.void and s.day <= day]
    ends += [r.day for r in book.refunds if not r.void and r.day <= day]
    for first in known.values():
        here = [c for c, other in known.items() if _month(other) == _month(first)]
        so_far = 0
        for since in range(_month(max(ends)) - _month(first) + 1):
            month = _month(first) + since
            active = sum(any(_month(d) == month for d, _ in orders_of(book, c, day)) for c in here)
            revenue = sum(_money(book, c, day, month, first=since == 0) for c in here)
            so_far += revenue
            row = (len(here), active, 100 * active / len(here), revenue, so_far / len(here))
            expected[first.isoformat()[:7], since] = row
    assert {key: row[2:7] for key, row in rows.items()} == {
        key: pytest.approx(row) for key, row in expected.items()
    }


def _money(book: Book, contact: int, day: date, month: int, *, first: bool) -> int:
    """Return the money of a month; what came before the first order is of its month."""
    moved = [(s.day, s.amount) for s in book.sales if s.contact == contact and not s.void]
    moved += [(r.day, -r.amount) for r in book.refunds if r.contact == contact and not r.void]
    return sum(
        amount
        for when, amount in moved
        if when <= day and (_month(when) == month or (first and _month(when) < month))
    )


def test_months_after_the_data_are_absent_and_an_unfinished_one_is_marked(opened: Open) -> None:
    sales = [
        Sale(0, date(2026, 1, 5), 100),
        Sale(1, date(2026, 1, 31), 300),
        Sale(0, date(2026, 3, 1), 50),
        Sale(2, date(2026, 3, 9), 70),
    ]
    with opened(Book([CLIENT] * 3, sales, [Refund(1, 1, date(2026, 3, 2), 30)])) as base:
        running = cohorts.report(base, date(2026, 3, 30))
        over = cohorts.report(base, date(2026, 3, 31))
        later = cohorts.report(base, date(2026, 11, 21))
    expected = [
        ("2026-01", 0, 2, 2, 100, 400, 200, False),
        ("2026-01", 1, 2, 0, 0, 0, 200, False),
        ("2026-01", 2, 2, 1, 50, 20, 210, True),
        ("2026-03", 0, 1, 1, 100, 70, 70, True),
    ]
    assert list(running.rows) == expected
    assert list(over.rows) == list(later.rows) == [(*row[:-1], False) for row in expected]
    assert running.notes[3:] == [
        "2026-03 is not over: the last cell of each cohort is unfinished.",
        "With 3 clients the base is small: one more sale may change all of this.",
    ]
    assert over.notes[3].startswith("With 3 clients")
    assert later.notes[3] == (
        "The last sale or refund is of 2026-03-09: the months after it are left empty."
    )
    assert list(later.tables["per_head"].rows) == [(row[0], row[1], row[6]) for row in expected]
    assert list(later.tables["sizes"].rows) == [("2026-01", 2, 420, 210), ("2026-03", 1, 70, 70)]


def test_a_base_without_clients_says_so(opened: Open) -> None:
    with opened(Book([CLIENT], [], [Refund(0, None, LAST, 5)])) as base:
        table = cohorts.report(base, LAST)
        assert (list(table.rows), list(table.tables["sizes"].rows)) == ([], [])
    assert table.notes == ["1 contact has refunds only (-0.05 RUB) and is no client."]
    assert table.empty == "No clients yet; a sale makes them: clientbase sale record WHO AMOUNT"


def test_sales_of_nobody_reach_as_far_as_others(opened: Open) -> None:
    sales = [Sale(0, date(2026, 1, 10), 100), Sale(None, date(2026, 4, 30), 100)]
    with opened(Book([CLIENT], sales)) as base:
        table = cohorts.report(base, date(2026, 6, 17))
    assert [(row[1], row[3], row[7]) for row in table.rows] == [
        (0, 1, False),
        (1, 0, False),
        (2, 0, False),
        (3, 0, False),
    ]
    assert "is of 2026-04-30" in table.notes[3]


def test_money_of_the_time_before_the_first_order_is_told(opened: Open) -> None:
    sales = [Sale(0, date(2026, 3, 5), 100), Sale(0, date(2026, 5, 5), 50)]
    with opened(Book([CLIENT], sales, [Refund(0, 0, date(2026, 6, 1), 100)])) as base:
        table = cohorts.report(base, date(2026, 6, 30))
    assert [(row[0], row[1], row[5], row[6]) for row in table.rows] == [
        ("2026-05", 0, 150, 150),
        ("2026-05", 1, -100, 50),
    ]
    assert "What was paid and given back before the first order counts in month 0." in table.notes
