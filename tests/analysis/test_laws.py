"""Laws that hold for every report on money and on coming back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import abc, cohorts, concentration, products, repeat, xyz
from clientbase.analysis.period import Period
from facts.plain import FIRST, LAST, Book, books, everyone

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base
    from clientbase.table import Table

    Open = Callable[[Book], AbstractContextManager[Base]]
    Report = Callable[[Base, date], Table]

SINCE = Period(date(2025, 1, 1))
REPORTS: dict[str, Report] = {
    "abc": abc.report,
    "abc of a period": partial(abc.report, period=SINCE),
    "xyz": xyz.report,
    "concentration": concentration.report,
    "cohorts": cohorts.report,
    "repeat": repeat.report,
    "products": products.report,
}
every_report = pytest.mark.parametrize("report", REPORTS.values(), ids=list(REPORTS))
past_days = st.just(LAST) | st.dates(date(2025, 1, 2), LAST)


def _all(table: Table) -> list[object]:
    """Return everything that a report tells."""
    return [
        [tuple(row) for row in table.rows],
        [*table.notes],
        *(_all(part) for part in table.tables.values()),
    ]


def _ended(book: Book, day: date) -> Book:
    """Return the book as it was when its last day was `day`."""
    kept = [place for place, sale in enumerate(book.sales) if sale.day <= day]
    places = {old: new for new, old in enumerate(kept)}
    refunds = [
        replace(refund, sale=None if refund.sale is None else places[refund.sale])
        for refund in book.refunds
        if refund.day <= day
    ]
    return Book(book.people, [book.sales[place] for place in kept], refunds)


@every_report
@given(book=books(most=8), day=past_days)
def test_a_past_day_is_the_base_that_ends_on_it(
    report: Report, book: Book, day: date, opened: Open
) -> None:
    with opened(book) as base:
        then = _all(report(base, day))
    with opened(_ended(book, day)) as base:
        assert _all(report(base, day)) == then


@every_report
@given(book=books(most=8), chance=st.randoms(use_true_random=False))
def test_the_order_in_which_sales_were_recorded_changes_nothing(
    report: Report, book: Book, chance: random.Random, opened: Open
) -> None:
    # Which of two orders of one day was the first is the order in which they were recorded.
    amounts = {(sale.contact, sale.day): sale.amount for sale in book.sales}
    sales = [replace(s, amount=amounts[s.contact, s.day], void=False) for s in book.sales]
    book = Book(book.people, sales, [r for r in book.refunds if r.sale is None])
    order = list(range(len(book.sales)))
    chance.shuffle(order)
    with opened(book) as base:
        told = _all(report(base, LAST))
    with opened(Book(book.people, [book.sales[n] for n in order], book.refunds)) as base:
        assert _all(report(base, LAST)) == told


@given(book=books(most=8), times=st.sampled_from([3, 100]))
def test_another_unit_of_money_changes_no_letter_and_no_share(
    book: Book, times: int, opened: Open
) -> None:
    dear = Book(
        book.people,
        [replace(sale, amount=times * sale.amount) for sale in book.sales],
        [replace(refund, amount=times * refund.amount) for refund in book.refunds],
    )
    with opened(book) as base:
        letters = [(row[0], *row[4:]) for row in abc.report(base, LAST).rows]
        shares = [tuple(row) for row in concentration.report(base, LAST).rows]
        kept = [row[:5] for row in cohorts.report(base, LAST).rows]
    with opened(dear) as base:
        assert [(row[0], *row[4:]) for row in abc.report(base, LAST).rows] == letters
        assert [tuple(row) for row in concentration.report(base, LAST).rows] == shares
        assert [row[:5] for row in cohorts.report(base, LAST).rows] == kept


@given(book=books(most=12), day=st.just(LAST) | st.dates(FIRST, LAST))
def test_the_money_of_the_reports_is_that_of_the_clients(
    book: Book, day: date, opened: Open
) -> None:
    known = [facts for facts in everyone(book, day).values() if facts.orders]
    revenue = sum(facts.revenue for facts in known)
    with opened(book) as base:
        sorted_, steady = abc.report(base, day), xyz.report(base, day)
        parts, coming = abc.report(base, day).tables, cohorts.report(base, day)
        again = repeat.report(base, day)
    for table, column in (
        (sorted_, 3),
        (steady, 3),
        (parts["classes"], 3),
        (parts["matrix"], 3),
        (coming, 5),
    ):
        assert sum(row[column] for row in table.rows) == revenue
    assert sum(row[1] for row in coming.tables["sizes"].rows) == len(known)
    assert sum(row[1] for row in parts["classes"].rows) == len(known)
    assert sum(row[2] for row in parts["matrix"].rows) == len(known)
    for row in again.tables["months"].rows:
        assert row[1] == row[2] + row[3]
        assert row[7] == row[4] + row[5] + row[6]


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "products"])
@given(book=books(most=8))
def test_other_names_change_nothing_but_the_names(name: str, book: Book, opened: Open) -> None:
    with opened(book) as base:
        told = [_nameless(table) for table in _tables(REPORTS[name](base, LAST))]
        base.execute("update contact set name = 'Z' || (100 - id), name_key = 'z' || (100 - id)")
        assert [_nameless(table) for table in _tables(REPORTS[name](base, LAST))] == told


def _tables(table: Table) -> list[Table]:
    return [table, *table.tables.values()]


def _nameless(table: Table) -> list[tuple[object, ...]]:
    kept = [n for n, column in enumerate(table.columns) if column.name != "name"]
    return [tuple(row[n] for n in kept) for row in table.rows]
