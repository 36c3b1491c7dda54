"""Days and numbers of a file: their order and mark are found out, never guessed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import Refused
from clientbase.exchange.days import Days, Evidence
from clientbase.exchange.numbers import Marks, Numbers

if TYPE_CHECKING:
    from clientbase.exchange.days import Order

TODAY = date(2026, 11, 21)


def days(order: Order = "dmy") -> Days:
    return Days(TODAY, lambda: order)


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("2026-03-04", "mdy", "2026-03-04"),
        ("2010-12-01 08:26:00", "mdy", "2010-12-01"),
        ("2024-08-13T18:04:34.666+00:00", "mdy", "2024-08-13"),
        ("2026/3/4", "mdy", "2026-03-04"),
        ("20260304", "mdy", "2026-03-04"),
        ("01.12.2010 8:26", "dmy", "2010-12-01"),
        ("03/04/2026", "dmy", "2026-04-03"),
        ("03/04/2026", "mdy", "2026-03-04"),
        ("3-4-26", "dmy", "2026-04-03"),
        ("12/1/2010 8:26 AM", "mdy", "2010-12-01"),
        ("01.02.99", "dmy", "1999-02-01"),
        ("1 Dec 2010", "dmy", "2010-12-01"),
        ("01-Dec-10", "dmy", "2010-12-01"),
        ("December 1, 2010", "dmy", "2010-12-01"),
        ("1 декабря 2010 г.", "dmy", "2010-12-01"),
        ("'2026-03-04", "dmy", None),
        ("  2026-03-04 ", "dmy", "2026-03-04"),
    ],
)
def test_a_day_is_read_in_any_spelling(cell: str, order: Order, day: str | None) -> None:
    if day is None:
        with pytest.raises(Refused):
            days(order).past(cell)
    else:
        assert days(order).past(cell) == day


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("", "there is no day"),
        ("  ", "there is no day"),
        ("soon", "soon is not a day"),
        ("30.02.2026", "30 February does not exist"),
        ("29.02.2026", "29 February does not exist in 2026"),
        ("2026-02-30", "30 February does not exist"),
        ("01.13.2026", "there is no month 13"),
        ("1 Foo 2026", "1 Foo 2026 is not a day"),
        ("2026-11-22", "2026-11-22 is in the future"),
        ("01.01.2199", "2199-01-01 is in the future"),
        ("1899-12-31", "the year 1899 is not between 1900 and 2200"),
        ("40513", "40513 is not a day"),
    ],
)
def test_what_is_no_day_is_told(cell: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        days().past(cell)
    assert caught.value.message == sentence


def weighed(*cells: str) -> Evidence:
    evidence = Evidence()
    evidence.weigh(range(2, 2 + len(cells)), cells)
    return evidence


def test_one_day_over_twelve_tells_the_order_of_the_column() -> None:
    assert weighed("03/04/2026", "25/12/2025").order("date") == "dmy"
    assert weighed("03/04/2026", "12/25/2025").order("date") == "mdy"
    assert weighed("03/04/2026", "25/12/2025").proof() == "day first (25/12/2025 in line 3)"


def test_days_with_dots_are_day_first_unless_one_says_otherwise() -> None:
    assert weighed("03.04.2026", "05.06.2026").order("date") == "dmy"
    assert weighed("03.04.2026", "12.25.2025").order("date") == "mdy"


def test_the_same_day_and_month_and_iso_days_need_no_order() -> None:
    assert weighed("03/03/2026", "2026-03-04", "", "soon").order("date") == "dmy"


def test_an_order_that_nothing_tells_is_asked_for() -> None:
    with pytest.raises(Refused) as caught:
        weighed("2026-01-01", "03/04/2026", "05/06/2026").order("when")
    assert caught.value.message == ("03/04/2026 in line 3: nothing in when tells days from months")
    assert caught.value.hint == "say which comes first: --dates dmy or --dates mdy"


def test_both_orders_in_one_column_are_not_chosen_between() -> None:
    with pytest.raises(Refused) as caught:
        weighed("25/12/2025", "12/25/2025").order("when")
    assert caught.value.message == (
        "when has days of both orders: 25/12/2025 (line 2), 12/25/2025 (3)"
    )


@given(st.lists(st.dates(date(1950, 1, 1), TODAY), min_size=1), st.sampled_from(["dmy", "mdy"]))
def test_a_column_of_days_is_read_back_or_asked_for(column: list[date], order: Order) -> None:
    shape = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
    cells = [day.strftime(shape) for day in column]
    try:
        found = weighed(*cells).order("date")
    except Refused:
        assert all(day.day <= 12 for day in column)
        found = order
    read = days(found)
    if any(day.day > 12 for day in column) or found == order:
        assert [read.past(cell) for cell in cells] == [day.isoformat() for day in column]


def marks(*cells: str) -> Marks:
    found = Marks()
    found.weigh(range(2, 2 + len(cells)), cells)
    return found


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["12", "1200"], "."),
        (["1,200", "12.50"], "."),
        (["1.200", "12,50"], ","),
        (["1 200,50"], ","),
        (["1\u00a0200,5 ₽"], ","),
        (["1,200.50"], "."),
        (["1.200,50"], ","),
        (["1,200,300"], "."),
        (["0,125"], ","),
        (["1234.567"], "."),
        (["$1,200.00"], "."),
        (["1,200"], ""),
        (["1.200"], ""),
        (["12,50", "12.50"], ""),
        (["", "нет"], "."),
    ],
)
def test_the_decimal_mark_is_told_by_the_numbers(cells: list[str], mark: str) -> None:
    assert marks(*cells).mark() == mark


def numbers(mark: str = ".", decimals: int = 2) -> Numbers:
    return Numbers(decimals, "RUB", lambda: mark)


@pytest.mark.parametrize(
    ("cell", "mark", "minor"),
    [
        ("1200", ",", 120_000),
        ("1200,5", ",", 120_050),
        ("1 200,50", ",", 120_050),
        ("1\u00a0200,50 ₽", ",", 120_050),
        ("1.200,50", ",", 120_050),
        ("-12.50", ".", -1_250),
        ("(12.50)", ".", -1_250),
        ("'-12.50", ".", -1_250),
        ("1,200.5000", ".", 120_050),
        ("1 200,50", "", 120_050),
        ("", ".", None),
        (" ", ",", None),
    ],
)
def test_an_amount_is_read_by_the_mark_of_its_file(cell: str, mark: str, minor: int | None) -> None:
    assert numbers(mark).amount(cell) == minor


@pytest.mark.parametrize("cell", ["12,5,0", "1e9", "12.345", "test", "1.2.3", "€5", "٣"])
def test_an_amount_that_is_none_is_refused(cell: str) -> None:
    with pytest.raises(Refused):
        numbers().amount(cell)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1), st.sampled_from([".", ","]))
def test_a_column_of_amounts_is_read_back(column: list[int], mark: str) -> None:
    cells = [f"{n / 100:.2f}".replace(".", mark) for n in column]
    read = numbers(mark)
    assert read.amount("1,5" if mark == "," else "1.5") == 150  # the mark is known from now on
    assert read.amounts(cells, read.amount) == column


def test_a_price_may_be_finer_than_the_smallest_coin() -> None:
    assert numbers().price("2.5") == ("2.50", 250)
    assert numbers().price("0.125") == ("0.125", None)
    assert numbers(",").price("-11062,06") == ("-11062.06", -1_106_206)
    assert numbers().price("") is None
    assert numbers(decimals=0).price("5") == ("5", 5)


def test_an_amount_agrees_with_quantity_and_price_to_the_nearest_coin() -> None:
    read = numbers()
    assert read.agrees(1_012, "1", "10.125")
    assert read.agrees(1_013, "1", "10.125")
    assert not read.agrees(1_014, "1", "10.125")
    assert not read.agrees(2_001, "2", "10")
    assert read.agrees(-1_013, "-1", "10.125")
    assert read.times("3", "0.125") == 38
