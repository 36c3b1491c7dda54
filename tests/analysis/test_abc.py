"""ABC and XYZ against their definitions worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import abc, xyz
from clientbase.analysis.period import Period
from clientbase.db import settings
from clientbase.errors import Misuse
from clientbase.facts import letters
from facts.plain import FIRST, LAST, Book, Person, Refund, Sale, books, everyone, orders_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base

    Open = Callable[[Book], AbstractContextManager[Base]]

CLIENT = Person(FIRST)


def _letter(amount: int, amounts: Sequence[int]) -> str:
    """Work the definition out anew for one amount: what is greater than it stands before it."""
    total = sum(n for n in amounts if n > 0)
    before = sum(n for n in amounts if n > amount)
    if amount <= 0 or before >= Fraction(95, 100) * total:
        return "C"
    return "A" if before < Fraction(80, 100) * total else "B"


@given(st.lists(st.integers(-50, 100) | st.sampled_from([0, 5, 20, 75, 80, 95]), max_size=30))
def test_letters_go_by_the_share_before_and_equal_sums_have_one(amounts: list[int]) -> None:
    amounts.sort(reverse=True)
    parts = list(letters.abc(amounts, (80, 95)))
    assert [part.letter for part in parts] == [_letter(n, amounts) for n in amounts]
    if any(n > 0 for n in amounts):
        assert sum(part.share or 0 for part in parts) == pytest.approx(100)
        assert parts[-1].cumulative == 100
    else:
        assert all(part.share is part.cumulative is None for part in parts)


def test_the_borders_of_the_letters_belong_to_the_next_one() -> None:
    # Before the second stand 80 of 100, before the third 95.
    assert [p.letter for p in letters.abc([80, 15, 5], (80, 95))] == ["A", "B", "C"]
    assert [p.letter for p in letters.abc([79, 16, 5], (80, 95))] == ["A", "A", "C"]
    assert [p.letter for p in letters.abc([50, 50, 50], (80, 95))] == ["A", "A", "A"]
    assert [p.letter for p in letters.abc([90, 5, 5, 0, -3], (80, 95))] == list("ABBCC")


def test_a_variation_on_a_border_belongs_to_the_steadier_letter() -> None:
    # A mean of 10 and a deviation of 3: 30%; then 5: 50%; then 6.
    for values, letter in (([7, 13], "X"), ([5, 15], "Y"), ([4, 16], "Z"), ([10, 10], "X")):
        spread = letters.Spread.of(values)
        assert spread.letter(30, 50) == letter
        assert spread.variation == pytest.approx(10 * (10 - values[0]))


@given(
    book=books(most=8),
    day=st.just(LAST) | st.dates(FIRST, LAST),
    back=st.none() | st.integers(0, 900),
)
def test_clients_have_the_letters_of_their_definition(
    book: Book, day: date, back: int | None, opened: Open
) -> None:
    first = None if back is None else day - timedelta(back)
    known = {c: k for c, k in everyone(book, day).items() if k.orders}
    revenue = {c: k.revenue for c, k in known.items()}
    if first is not None:
        revenue = {c: n for c in known if (n := _moved(book, c, first, day)) is not None}
    with opened(book) as base:
        period = Period(first)
        rows = list(abc.report(base, day, period=period).rows)
        steady = {row[0]: row for row in xyz.report(base, day, period=period).rows}
    assert {row[0] - 1: row[3] for row in rows} == revenue
    amounts = list(revenue.values())
    assert {row[0] - 1: row[6] for row in rows} == {
        c: _letter(n, amounts) for c, n in revenue.items()
    }
    assert [row[3] for row in rows] == sorted(amounts, reverse=True)
    for contact in revenue:
        days = sorted({d for d, _ in orders_of(book, contact, day) if first is None or d >= first})
        gaps = [(after - before).days for before, after in pairwise(days)]
        assert steady[contact + 1][6] == (_steady(gaps) if len(gaps) >= 3 else None)
        assert steady[contact + 1][4] == (pytest.approx(sum(gaps) / len(gaps)) if gaps else None)
        assert steady[contact + 1][7] == _letter(revenue[contact], amounts)


def _moved(book: Book, contact: int, first: date, last: date) -> int | None:
    moved = [
        s.amount
        for s in book.sales
        if s.contact == contact and not s.void and first <= s.day <= last
    ]
    moved += [
        -r.amount
        for r in book.refunds
        if r.contact == contact and not r.void and first <= r.day <= last
    ]
    return sum(moved) if moved else None


def _steady(gaps: list[int]) -> str:
    mean = Fraction(sum(gaps), len(gaps))
    squared = sum((gap - mean) ** 2 for gap in gaps) / len(gaps) / mean**2
    return "X" if squared <= Fraction(9, 100) else "Y" if squared <= Fraction(1, 4) else "Z"


def _sell(base: Base, goods: str, month: int, quantity: float, amount: int) -> None:
    base.execute(
        "insert into product (name, name_key) values (?, ?) on conflict do nothing", (goods, goods)
    )
    sale = base.execute(
        "insert into sale (sold_on, amount) values (?, ?) returning id",
        (f"2026-{month:02}-15", amount),
    ).fetchone()
    base.execute(
        "insert into sale_line (sale_id, product_id, quantity, amount)"
        " select ?, id, ?, ? from product where name = ?",
        (sale[0], quantity, amount, goods),
    )


def test_products_are_steady_by_whole_months_with_empty_ones_as_nothing(opened: Open) -> None:
    with opened(Book([CLIENT], [Sale(None, date(2026, 1, 2), 1)])) as base:
        # The base begins on 2 January: its whole months are February to October.
        for month in range(1, 12):
            _sell(base, "food", month, 2.5, 1000)
            _sell(base, "toys", month, 3 if month % 2 else 5, 200)
        _sell(base, "cage", 4, 1, 500)
        rows = {row[2]: row for row in xyz.report(base, date(2026, 11, 20), by="products").rows}
        notes = xyz.report(base, date(2026, 11, 20), by="products").notes
        few = xyz.report(base, date(2026, 7, 1), by="products").rows
        whole = abc.report(base, date(2026, 7, 31), by="products").tables["matrix"].rows
    assert rows["food"][3:] == (11_000, 2.5, 0.0, "X", "A")
    # 5, 3, 5, 3, 5, 3, 5, 3, 5: a mean of 37/9; the squares come to 9 * 161 - 37 * 37 = 80.
    assert rows["toys"][3:] == (
        2_200,
        pytest.approx(37 / 9),
        pytest.approx(100 * 80**0.5 / 37),
        "X",
        "B",
    )
    # 1 in one month of nine: the deviation is the root of 8 times the mean.
    assert rows["cage"][3:] == (500, pytest.approx(1 / 9), pytest.approx(100 * 8**0.5), "Z", "C")
    assert "9 whole months, 2026-02 to 2026-10." in notes
    assert "1 sale that names no product (0.01 RUB) is left out." in notes
    assert {row[6] for row in few} == {None}
    assert sum(row[2] for row in whole if row[1] != "too few") == 3


def test_a_wholly_given_back_sale_and_too_few_days_are_told(opened: Open) -> None:
    days = [LAST - timedelta(10 * n) for n in range(4)]
    sales = [*(Sale(0, day, 100) for day in days), Sale(1, LAST, 50), Sale(2, LAST, 20)]
    refunds = [Refund(1, 4, LAST, 50), Refund(2, None, LAST, 90)]
    with opened(Book([CLIENT] * 3, sales, refunds)) as base:
        table = xyz.report(base, LAST)
        rows = [(row[0], *row[3:]) for row in table.rows]
        settings.store(base, "xyz.days", "5")
        stricter = [row[6] for row in xyz.report(base, LAST).rows]
    assert rows == [(1, 400, 10.0, 0.0, "X", "A"), (3, -70, None, None, None, "C")]
    assert stricter == [None, None]
    assert table.notes == [
        "Everything up to 2026-11-21.",
        (
            "A while the share before an item is under 80%, B under 95%, else C; equal sums have "
            "one letter, and nothing or less is C."
        ),
        (
            "X where the gaps between days of purchase vary by up to 30%, Y by up to 50%, else Z; "
            "fewer than 4 days of purchase are too few to tell: 1."
        ),
        "1 brought nothing or less; shares are of the sums above nothing.",
        "With 2 clients the base is small: one more sale may change all of this.",
    ]


def test_what_can_not_be_sorted_is_refused(base: Base) -> None:
    with pytest.raises(Misuse) as refused:
        abc.report(base, LAST, by="towns")
    assert refused.value.message == "towns can't be sorted so"
    assert refused.value.hint == "choose one of: clients, products"
    with pytest.raises(Misuse):
        abc.report(base, LAST, period=Period(date(2026, 12, 1)))
