"""Concentration against its definition worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import concentration
from clientbase.db import settings
from facts.plain import FIRST, LAST, Book, Person, Sale, books, everyone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.table import Table

    Open = Callable[[Book], AbstractContextManager[Base]]


def _told(opened: Open, amounts: Sequence[int], **said: str) -> Table:
    people = [Person(FIRST)] * len(amounts)
    with opened(Book(people, [Sale(n, LAST, a) for n, a in enumerate(amounts)])) as base:
        for key, value in said.items():
            settings.store(base, f"concentration.{key}", value)
        return concentration.report(base, LAST)


def _alarm(opened: Open, amounts: Sequence[int], **said: str) -> str:
    """Return the level and the first sentence."""
    found = _told(opened, amounts, **said).alarm
    return f"{found.level} {found.text.partition('. ')[0]}." if found else ""


@given(book=books(most=12), day=st.just(LAST) | st.dates(FIRST, LAST))
def test_so_many_clients_make_so_much(book: Book, day: date, opened: Open) -> None:
    known = [facts.revenue for facts in everyone(book, day).values() if facts.orders]
    amounts = sorted((max(n, 0) for n in known), reverse=True)
    total = sum(amounts)
    with opened(book) as base:
        table = concentration.report(base, day)
    rows = [tuple(row) for row in table.rows]
    if not total:
        assert rows == []
        return
    for share, clients, part in rows:
        assert sum(amounts[:clients]) >= Fraction(share, 100) * total
        assert sum(amounts[: clients - 1]) < Fraction(share, 100) * total
        assert part == pytest.approx(100 * clients / len(amounts))
    assert [row[0] for row in rows] == [50, 80, 90, 95]
    curve = [tuple(row) for row in table.tables["curve"].rows]
    assert (curve[0], curve[-1]) == ((0, 0, 0), (len(amounts), 100, 100))
    for clients, _across, up in curve:
        assert up == pytest.approx(100 * sum(amounts[:clients]) / total)


def test_a_thousand_clients_make_a_curve_of_a_hundred_points(opened: Open) -> None:
    table = _told(opened, range(1, 1001))
    assert [row[0] for row in table.tables["curve"].rows] == list(range(0, 1001, 10))
    # The first k bring k * (2001 - k) / 2 of 500,500.
    makers = [row[1] for row in table.rows]
    assert makers == [
        next(k for k in range(1001) if 100 * k * (2001 - k) >= share * 1_001_000)
        for share in (50, 80, 90, 95)
    ]
    assert [tuple(row) for row in table.tables["top"].rows] == [
        (1, 1, 1_000, pytest.approx(100 * 1_000 / 500_500)),
        (3, 3, 2_997, pytest.approx(100 * 2_997 / 500_500)),
        (10, 10, 9_955, pytest.approx(100 * 9_955 / 500_500)),
    ]
    # The median is 500.5: two of them are 1,001.
    assert list(table.tables["first"].rows) == [
        (1000, None, "P1000", 1_000, pytest.approx(100 * 1_000 / 500_500), 500.5, 2)
    ]
    assert table.notes == [
        "Everything up to 2026-11-21.",
        "2 typical clients, who bring 5.00 RUB each (the median), would replace the first.",
    ]


def test_few_clients_with_most_of_the_money_are_an_alarm(opened: Open) -> None:
    assert _told(opened, [500, 300, 100, 50, 50]).alarm == (
        "red",
        (
            "RED: 2 clients make 80% of the revenue. To lose one of them would break the business; "
            "red is up to 3 (concentration.red)."
        ),
    )
    assert _alarm(opened, [900, 10]) == "red RED: 1 client makes 80% of the revenue."
    assert _told(opened, [20] * 5).alarm == (
        "amber",
        (
            "AMBER: 4 clients make 80% of the revenue. The business leans on them; "
            "amber is up to 5 (concentration.amber)."
        ),
    )
    assert _told(opened, [10] * 8).alarm is None
    assert _told(opened, []).alarm is None
    seven = "red RED: 7 clients make 80% of the revenue."
    assert _alarm(opened, [10] * 8, red="7", amber="9") == seven
    assert _told(opened, [500, 500], red="0", amber="0").alarm is None


def test_clients_who_brought_nothing_are_told_so(opened: Open) -> None:
    table = _told(opened, [0, 0])
    assert (list(table.rows), table.empty) == ([], "No client brought more than nothing.")
    assert all(list(part.rows) == [] for part in table.tables.values())
    nobody = _told(opened, [])
    assert nobody.empty == ("No clients yet; a sale makes them: clientbase sale record WHO AMOUNT")
