"""Who came into a segment and who left it, against the books themselves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from clientbase.db import settings
from clientbase.facts import moves, segments
from facts.plain import FIRST, LAST, Book, Person, Refund, Sale, books, everyone

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base

    Open = Callable[[Book], AbstractContextManager[Base]]


@given(book=books(most=8), first=st.dates(FIRST, LAST), last=st.just(LAST) | st.dates(FIRST, LAST))
def test_every_client_goes_from_one_cell_to_one(
    book: Book, first: date, last: date, opened: Open
) -> None:
    days = moves.Days(min(first, last), max(first, last))
    then, now = ({c: k for c, k in everyone(book, day).items() if k.orders} for day in days)
    counted: dict[tuple[str, str], list[int]] = {}
    for contact in then.keys() | now.keys():
        a, b = then.get(contact), now.get(contact)
        names = tuple(f"{k.frequency_class}-{k.value_class}" if k else "none" for k in (a, b))
        cell = counted.setdefault((names[0], names[1]), [0, 0, 0])
        for place, more in enumerate((1, a.revenue if a else 0, b.revenue if b else 0)):
            cell[place] += more
    with opened(book) as base:
        table = moves.of_all(base, days)
    matrix = [tuple(row) for row in table.tables["matrix"].rows]
    assert {row[:2]: list(row[2:]) for row in matrix if row[2]} == counted
    moved = {tuple(row[:2]): list(row[2:]) for row in table.tables["matrix_moved"].rows}
    assert moved == {pair: cell for pair, cell in counted.items() if pair[0] != pair[1]}
    of_rfm = [tuple(row) for row in table.rows]
    assert sum(row[2] for row in of_rfm) == len(then.keys() | now.keys())
    assert sum(row[2] for row in of_rfm if row[0] != "none") == len(then)
    assert sum(row[4] for row in of_rfm) == sum(k.revenue for k in now.values())


@given(book=books(most=8), first=st.dates(FIRST, LAST))
def test_then_with_who_came_and_without_who_left_is_now(
    book: Book, first: date, opened: Open
) -> None:
    with opened(book) as base:
        table = moves.of_segment(base, "sleeping", moves.Days(first, LAST))
        rows = list(table.rows)
        then = set(segments.ids(base, "sleeping", first))
        now = set(segments.ids(base, "sleeping", LAST))
        counts = {row[0]: row[1] for row in table.tables["summary"].rows}
    came = {row[0] for row in rows if row[3] == "came"}
    left = {row[0] for row in rows if row[3] == "left"}
    assert (came, left) == (now - then, then - now)
    assert counts == {
        "then": len(then),
        "came": len(came),
        "left": len(left),
        "stayed": len(then & now),
        "now": len(now),
    }


def test_rows_tell_what_they_had_brought_on_each_day(opened: Open) -> None:
    day = LAST - timedelta(30)
    sales = [Sale(0, day, 500), Sale(0, LAST, 700), Sale(1, day, 100)]
    refunds = [Refund(1, 2, LAST, 100)]
    with opened(Book([Person(FIRST), Person(FIRST)], sales, refunds)) as base:
        table = moves.of_segment(base, "one-time", moves.Days(day, LAST))
        assert [tuple(row) for row in table.rows] == [
            (1, None, "P1", "left", 2, 1, 1200, 500, LAST.isoformat()),
            (2, None, "P2", "left", 0, 1, 0, 100, None),
        ]
        assert [tuple(row) for row in table.tables["summary"].rows] == [
            ("then", 2, 600),
            ("came", 0, 0),
            ("left", 2, 1200),
            ("stayed", 0, 0),
            ("now", 0, 0),
        ]


def test_cuts_that_do_not_fit_leave_the_nine_cells_alone(opened: Open) -> None:
    with opened(Book([Person(FIRST)], [Sale(0, FIRST, 500)])) as base:
        settings.store(base, "rfm.recency", "1,2")
        table = moves.of_all(base, moves.Days(FIRST, LAST))
        assert list(table.rows) == []
        assert len(list(table.tables["matrix"].rows)) == 1
        assert table.notes[1] == "rfm: 5 scores take 4 cuts, and rfm.recency has 2"
