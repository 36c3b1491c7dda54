"""Contacts by kind of base, against the books themselves."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import base as report
from facts.plain import FIRST, LAST, Book, Person, Sale, books, everyone, months_ago

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base

    Open = Callable[[Book], AbstractContextManager[Base]]

KINDS = ["vip", "partner", "regular", "active", "working", "potential", "dead"]


@given(book=books(most=8), day=st.just(LAST) | st.dates(date(2023, 2, 1), LAST))
def test_every_contact_is_in_one_kind_on_each_of_the_days(
    book: Book, day: date, opened: Open
) -> None:
    with opened(book) as base:
        table = report.report(base, day)
        rows = [tuple(row) for row in table.rows]
    days = (day, months_ago(day, 1), months_ago(day, 12))
    known = [list(everyone(book, each).values()) for each in days]
    if not known[0]:
        assert rows == []
        return
    assert [row[0] for row in rows] == KINDS
    for facts, contacts, money in zip(known, (1, 5, 8), (3, 7, 10), strict=True):
        counted = Counter(each.base for each in facts)
        assert [row[contacts] for row in rows] == [counted[kind] for kind in KINDS]
        brought = [sum(each.revenue for each in facts if each.base == kind) for kind in KINDS]
        assert [row[money] for row in rows] == brought
    assert sum(row[2] for row in rows) == pytest.approx(100)


def test_shares_of_nothing_are_empty(opened: Open) -> None:
    with opened(Book([Person(LAST)])) as base:
        rows = {row[0]: tuple(row) for row in report.report(base, LAST).rows}
    assert rows["potential"] == ("potential", 1, 100.0, 0, None, 0, None, 0, 0, None, 0)


def test_small_and_empty_bases_are_told_of(opened: Open) -> None:
    with opened(Book([])) as base:
        table = report.report(base, LAST)
        assert list(table.rows) == []
        assert table.empty.startswith("Nobody is in the base yet")
    with opened(Book([Person(FIRST)], [Sale(0, FIRST, 100)])) as base:
        notes = report.report(base, LAST).notes
    assert notes[:2] == [
        "As of 2026-11-21, a month before (2026-10-21) and a year before (2025-11-21).",
        "With 1 contact shares say little.",
    ]
