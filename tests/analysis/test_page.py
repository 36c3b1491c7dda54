"""The owner's month against the same sums worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import months, page
from clientbase.db import settings
from clientbase.errors import Refused
from clientbase.table import inside
from facts.plain import FIRST, LAST, Book, Person, Refund, Sale, books, orders_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base
    from clientbase.table import Table

    Open = Callable[[Book], AbstractContextManager[Base]]


def _rows(table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in table.rows]


def _sums(book: Book, day: date, first: date, last: date) -> tuple[object, ...]:
    """Return what a span comes to: money, orders, who bought, who bought first, the average."""
    last = min(last, day)
    back = [r for r in book.refunds if not r.void and r.day <= day]
    kept = [
        (n, sale)
        for n, sale in enumerate(book.sales)
        if not sale.void and first <= sale.day <= last
    ]
    wholly = {
        n
        for n, sale in enumerate(book.sales)
        if 0 < sale.amount <= sum(r.amount for r in back if r.sale == n)
    }
    money = sum(sale.amount for _n, sale in kept)
    money -= sum(r.amount for r in back if first <= r.day <= last)
    orders = [sale for n, sale in kept if n not in wholly]
    people = {sale.contact for sale in orders} - {None}
    firsts = [
        min(when for when, _amount in found)
        for contact in range(len(book.people))
        if (found := orders_of(book, contact, day))
    ]
    newcomers = sum(1 for when in firsts if first <= when <= last)
    average = float(Fraction(money, len(orders))) if orders else None
    return money, len(orders), len(people), newcomers, average


def _months(day: date, count: int) -> list[tuple[date, date]]:
    found = []
    last = day
    for _ in range(count):
        found.append((last.replace(day=1), last))
        last = last.replace(day=1) - timedelta(days=1)
    return found[::-1]


@given(book=books(most=6), day=st.just(LAST) | st.dates(FIRST, LAST), count=st.integers(1, 14))
def test_months_are_what_their_sales_and_refunds_come_to(
    book: Book, day: date, count: int, opened: Open
) -> None:
    expected = [
        (f"{first:%Y-%m}", *_sums(book, day, first, last)) for first, last in _months(day, count)
    ]
    with opened(book) as base:
        table = months.by_month(base, day, count)
    anything = any(row[1] or row[2] or row[4] for row in expected)
    assert _rows(table) == (expected if anything else [])


@given(book=books(most=6), day=st.just(LAST) | st.dates(FIRST, LAST))
def test_the_month_stands_beside_the_same_days_of_others(
    book: Book, day: date, opened: Open
) -> None:
    with opened(book) as base:
        rows = months.figures(base, day)
    assert [row[0] for row in rows] == ["this month", "month before", "year before"]
    assert rows[0][1:3] == (day.replace(day=1).isoformat(), day.isoformat())
    for row in rows:
        first, last = (date.fromisoformat(str(text)) for text in row[1:3])
        assert row[3:] == _sums(book, day, first, last)


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        ("2026-11-21", ["2026-10-01 2026-10-21", "2025-11-01 2025-11-21"]),
        ("2026-03-30", ["2026-02-01 2026-02-28", "2025-03-01 2025-03-30"]),
        ("2026-02-28", ["2026-01-01 2026-01-31", "2025-02-01 2025-02-28"]),
        ("2024-02-29", ["2024-01-01 2024-01-31", "2023-02-01 2023-02-28"]),
        ("2025-02-28", ["2025-01-01 2025-01-31", "2024-02-01 2024-02-29"]),
        ("2026-01-15", ["2025-12-01 2025-12-15", "2025-01-01 2025-01-15"]),
        ("2026-12-31", ["2026-11-01 2026-11-30", "2025-12-01 2025-12-31"]),
    ],
)
def test_the_last_day_of_a_month_is_compared_with_last_days(
    day: str, spans: list[str], base: Base
) -> None:
    rows = months.figures(base, date.fromisoformat(day))
    assert [f"{row[1]} {row[2]}" for row in rows[1:]] == spans


def _shop() -> Book:
    people = [Person(FIRST)] * 4
    sales = [Sale(n % 4, LAST - timedelta(days=9 * n), 100 * (n + 1)) for n in range(12)]
    return Book(people, [*sales, Sale(None, LAST, 700)], [Refund(0, 0, LAST, 40)])


WITHOUT_LEADS = [
    "months",
    "concentration",
    "abc",
    "matrix",
    "rfm",
    "moves",
    "repeat",
    "cohorts",
    "ltv",
    "base",
    "portrait",
    "channels",
    "quality",
]


def _notes(table: Table) -> Sequence[str]:
    return [*table.notes, *(note for _name, sub in inside(table) for note in sub.notes)]


def test_the_page_has_a_section_a_report_and_no_list_of_clients(opened: Open) -> None:
    with opened(_shop()) as base:
        table = page.report(base, LAST, months=3)
        months = _rows(table.tables["months"])
        names = [name for name, _sub in inside(table)]
        assert _rows(table.tables["rfm"]) == []
    # There are no leads, no managers, no products, and nobody is late.
    assert list(table.tables) == WITHOUT_LEADS
    assert [row[0] for row in months] == ["2026-09", "2026-10", "2026-11"]
    assert names[:4] == ["months", "concentration", "concentration_curve", "abc"]
    assert table.title == "The client base on 2026-11-21"
    assert all(sub.title and sub.about for sub in table.tables.values())
    assert all(not sub.empty for sub in table.tables.values())


def test_what_was_told_once_is_not_told_again(opened: Open) -> None:
    with opened(_shop()) as base:
        notes = _notes(page.report(base, LAST))
    assert len(notes) == len(set(notes))
    assert "Borders are those of each day; none is who was no client on it." in notes
    assert notes[1:3] == [
        "The last month is up to 2026-11-21.",
        "1 sale without a contact (7.00 RUB) is in no client's figures.",
    ]


def test_a_whole_month_is_not_called_unfinished(opened: Open) -> None:
    with opened(_shop()) as base:
        notes = _notes(page.report(base, date(2026, 10, 31)))
    assert not [note for note in notes if "The last month" in note]


def test_an_empty_base_says_what_fills_it(base: Base) -> None:
    table = page.report(base, LAST)
    assert table.tables == {}
    (told,) = table.notes
    assert told.startswith("Nothing to tell yet: sales by month; how few bring how much; ")
    assert told.endswith("What fills it: clientbase lead add NAME, clientbase import sales FILE")
    assert [row[3:] for row in _rows(table)] == [(0, 0, 0, 0, None)] * 3


def test_sales_of_nobody_alone_make_months_and_no_clients(opened: Open) -> None:
    with opened(Book([Person(FIRST)], [Sale(None, LAST, 500)])) as base:
        table = page.report(base, LAST)
    assert list(table.tables) == ["months", "base", "channels", "quality"]
    assert _rows(table)[0][3:] == (500, 1, 0, 0, 500.0)


def test_refunds_alone_are_money_below_zero(opened: Open) -> None:
    book = Book([Person(FIRST)], [], [Refund(0, None, LAST, 300)])
    with opened(book) as base:
        table = page.report(base, LAST, months=1)
    assert _rows(table)[0][3:] == (-300, 0, 0, 0, None)
    assert _rows(table.tables["months"]) == [("2026-11", -300, 0, 0, 0, None)]


def test_a_report_that_can_not_be_made_says_why_and_the_others_stand(opened: Open) -> None:
    with opened(_shop()) as base:
        settings.store(base, "rfm.recency", "30,90")
        table = page.report(base, LAST)
    # Nobody moves where nobody is scored.
    assert list(table.tables) == [name for name in WITHOUT_LEADS if name != "moves"]
    assert table.tables["rfm"].empty == (
        "5 scores take 4 cuts, and rfm.recency has 2: "
        "set others, or go back to quantiles: clientbase set rfm.recency --default"
    )


def test_a_long_list_is_cut_and_told(base: Base) -> None:
    def make(_base: Base, _today: date) -> Table:
        table = months.by_month(base, LAST, 3)
        table.rows, table.count = (
            iter([("2026-01", n + 1, 1, 1, 1, 1.0) for n in range(2357)]),
            lambda: 2357,
        )
        table.tables = {"kept": table.but(rows=[]), "left": table.but(rows=[])}
        return table

    section = page.Section("x", make, "title", "about", rows=10, without=("left",))
    made = page.part(section, base, LAST)
    assert made is not None
    assert (len(_rows(made)), list(made.tables)) == (10, ["kept"])
    assert made.notes[0] == "Shown: 10 of 2,357."


def test_the_title_is_the_owners(base: Base) -> None:
    assert page.report(base, LAST, title="  Our  <month> ").title == "Our <month>"
    for title in ("", "   ", "\x1b[31m", "x" * 121, "\u202e"):
        with pytest.raises(Refused):
            page.report(base, LAST, title=title)
