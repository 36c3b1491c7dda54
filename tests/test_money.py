from __future__ import annotations

import json
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clientbase import money
from clientbase.errors import ClientbaseError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientbase.money import Mark

HINT = "type a number as 1200, 1200.50 or 1 200,50"

amounts = st.integers(-(10**15) + 1, 10**15 - 1)
places = st.sampled_from([0, 2, 3, 4])
marks = st.sampled_from([".", ","])


def said(error: ClientbaseError) -> tuple[str, str, int]:
    return error.message, error.hint, error.exit_code


def test_decimals_follow_iso_4217() -> None:
    asked = "JPY KRW ISK RUB USD EUR HUF KWD TND CLF UYW jpy QQQ"
    found = {code: money.decimals(code) for code in asked.split()}
    assert found == {
        "JPY": 0, "KRW": 0, "ISK": 0, "RUB": 2, "USD": 2, "EUR": 2, "HUF": 2,
        "KWD": 3, "TND": 3, "CLF": 4, "UYW": 4, "jpy": 0, "QQQ": 2,
    }  # fmt: skip


def test_only_active_currencies_are_known() -> None:
    asked = "RUB USD XAF ZWG XCG VED BGN DEM HRK ANG XAU XXX XTS rub RU"
    found = [code for code in asked.split() if money.currency_known(code)]
    assert " ".join(found) == "RUB USD XAF ZWG XCG VED"


def test_every_sign_means_a_known_currency_or_several() -> None:
    codes = [code for codes in money.SIGNS.values() for code in codes.split()]
    assert [code for code in codes if not money.currency_known(code)] == []
    assert all(money.SIGNS.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1200", 120000),
        ("1200.5", 120050),
        ("1200,50", 120050),
        ("1 200,50", 120050),
        ("1\u00a0200,50", 120050),
        ("1\u202f200,50", 120050),
        ("1\u2009200,50", 120050),
        ("1,200.50", 120050),
        ("1.200,50", 120050),
        ("1'200.50", 120050),
        ("1’200.50", 120050),
        ("1 200", 120000),
        ("1,200,000", 120000000),
        ("1.200.000", 120000000),
        ("12 345 678,9", 1234567890),
        (" 5 ", 500),
        ("+5", 500),
        ("0", 0),
        ("-0", 0),
        ("007", 700),
        (".5", 50),
        (",50", 50),
        ("+.5", 50),
        ("$.50", 50),
        ("$ .50", 50),
        ("₽,5", 50),
        ("0.05", 5),
        ("9999999999999.99", 999999999999999),
        ("1200 ₽", 120000),
        ("1200₽", 120000),
        ("1 200,50 руб.", 120050),
        ("1200 р.", 120000),
        ("р.5", 500),
        ("руб.500", 50000),
        ("Rs. 500", 50000),
        ("$5", 500),
        ("$ 5.25", 525),
        ("€5", 500),
        ("5 €", 500),
        ("£5", 500),
        ("5 ₸", 500),
        ("5 грн", 500),
        ("1200 RUB", 120000),
        ("usd 5", 500),
        ("$5 USD", 500),
        ("12\u00a0zł", 1200),
    ],
)
def test_amounts_are_read_as_people_type_them(text: str, expected: int) -> None:
    assert money.read(text, 2) == expected


@pytest.mark.parametrize(
    ("text", "decimals", "expected"),
    [
        ("12,345", 0, 12345),
        ("12.345", 0, 12345),
        ("12345", 0, 12345),
        ("12.345", 3, 12345),
        ("1,200.345", 3, 1200345),
        ("1200.5", 3, 1200500),
        ("0,345", 3, 345),
        ("12.3456", 4, 123456),
        ("12.345", 4, 123450),
    ],
)
def test_the_currency_tells_how_many_decimals_there_can_be(
    text: str, decimals: int, expected: int
) -> None:
    assert money.read(text, decimals) == expected


@pytest.mark.parametrize(
    ("text", "sentence", "hint"),
    [
        ("", "no number was typed", HINT),
        ("   ", "no number was typed", HINT),
        ("words", '"words" is not a number', HINT),
        ("5 apples", '"5 apples" is not a number', HINT),
        ("--", '"--" is not a number', HINT),
        ("inf", '"inf" is not a number', HINT),
        ("nan", '"nan" is not a number', HINT),
        ("5.", '"5." is not a number', HINT),
        ("1..5", '"1..5" is not a number', HINT),
        (".", '"." is not a number', HINT),
        ("₽", '"₽" is not a number', HINT),
        ("1  200", '"1  200" is not a number', HINT),
        ("1_000", '"1_000" is not a number', HINT),
        ("0x10", '"0x10" is not a number', HINT),
        ("5%", '"5%" is not a number', HINT),
        ("1\n200", '"1 200" is not a number', HINT),
        ("½", '"½" is not a number', HINT),
        ("--5", '"--5" is not a number', HINT),
        ("5-", '"5-" is not a number', HINT),
        ("(5", '"(5" is not a number', HINT),
        ("(-5)", '"(-5)" is not a number', HINT),
        ("x" * 70, '"' + "x" * 60 + '…" is not a number', HINT),
        ("12,5,0", 'the digits of "12,5,0" are not in groups of three', HINT),
        ("1,23,456.00", 'the digits of "1,23,456.00" are not in groups of three', HINT),
        ("1,200,50", 'the digits of "1,200,50" are not in groups of three', HINT),
        ("1.200.5", 'the digits of "1.200.5" are not in groups of three', HINT),
        ("руб,500", '"руб,500" is not a number', HINT),
        ("руб . 500", '"руб . 500" is not a number', HINT),
        ("$. 500", '"$. 500" is not a number', HINT),
        ("1200 000", 'the digits of "1200 000" are not in groups of three', HINT),
        ("1 200,000 000", 'the digits of "1 200,000 000" are not in groups of three', HINT),
        ("1e9", '"1e9" is written with an exponent', HINT),
        ("7.98542E+10", '"7.98542E+10" is written with an exponent', HINT),
        ("١٢", '"١٢" is not written with the digits 0 to 9', HINT),
        ("１２", '"１２" is not written with the digits 0 to 9', HINT),
        ("5²", '"5²" is not written with the digits 0 to 9', HINT),
        ("-5", "an amount cannot be negative: -5", HINT),
        ("−5", "an amount cannot be negative: −5", HINT),
        ("(5)", "an amount cannot be negative: (5)", HINT),
        ("12.345", '"12.345" has too many decimals', "write 12345 or 12.34"),
        ("12.500", '"12.500" has too many decimals', "write 12500 or 12.50"),
        ("12,345", '"12,345" can be read in two ways', "write 12345 or 12.34"),
        ("12,000", '"12,000" can be read in two ways', "write 12000 or 12.00"),
        ("1234.567", '"1234.567" has too many decimals', "round it, for example to 1234.56"),
        ("0,345", '"0,345" has too many decimals', "round it, for example to 0.34"),
        ("1,2000", '"1,2000" has too many decimals', "round it, for example to 1.20"),
        ("1 200,500", '"1 200,500" has too many decimals', "round it, for example to 1200.50"),
        ("10000000000000", "an amount has 15 digits at most: 10000000000000", HINT),
        ("9" * 31, "an amount has 15 digits at most: " + "9" * 31, HINT),
        ("9" * 5000, "an amount has 15 digits at most: " + "9" * 60 + "…", HINT),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(text: str, sentence: str, hint: str) -> None:
    with pytest.raises(Refused) as caught:
        money.read(text, 2)
    assert said(caught.value) == (sentence, hint, 4)


@pytest.mark.parametrize(
    ("text", "decimals", "sentence", "hint"),
    [
        ("12.5", 0, '"12.5" has too many decimals', "round it, for example to 12"),
        ("12,345", 3, '"12,345" can be read in two ways', "write 12345 or 12.345"),
    ],
)
def test_the_hint_keeps_to_the_currency(text: str, decimals: int, sentence: str, hint: str) -> None:
    with pytest.raises(Refused) as caught:
        money.read(text, decimals)
    assert said(caught.value) == (sentence, hint, 4)


@pytest.mark.parametrize("text", ["-5", "−5", "(5)", "-$5", "$-5", "$−5", "($5)", "- 5", "-5 ₽"])
def test_an_amount_below_zero_is_read_where_it_is_allowed(text: str) -> None:
    assert money.read(text, 2, negative=True) == -500


def test_a_sign_of_another_currency_is_refused() -> None:
    found = [money.read(text, 2, currency="RUB") for text in ("5 ₽", "5 руб.", "р.5", "5 rub")]
    with pytest.raises(Refused) as caught:
        money.read("€5", 2, currency="RUB")
    assert (found, said(caught.value)) == (
        [500, 500, 500, 500],
        ('"€5" is in EUR, and the base keeps RUB', "type the amount in RUB", 4),
    )


@pytest.mark.parametrize("text", ["$100", "100 $", "-$100", "£100", "100 kr", "¥100", "100 Fr."])
def test_a_sign_of_several_currencies_is_refused_where_none_of_them_is_the_base_s(
    text: str,
) -> None:
    readers: tuple[Callable[[], int], ...] = (
        lambda: money.read(text, 2, currency="RUB", negative=True),
        lambda: money.reader(2, ".", currency="RUB")(text),
        lambda: money.times("2", text, 2, currency="RUB"),
    )
    expected = (f'"{text}" is not in RUB, which the base keeps', "type the amount in RUB", 4)
    for read in readers:
        with pytest.raises(Refused) as caught:
            read()
        assert said(caught.value) == expected


@pytest.mark.parametrize(
    ("currency", "texts"),
    [
        ("USD", "$5 US$5 5USD"),
        ("CAD", "$5 C$5 CA$5"),
        ("MXN", "$5"),
        ("GBP", "£5"),
        ("EGP", "£5"),
        ("EUR", "€5 5€ 5евро"),
        ("BYN", "5руб. 5р. 5Br"),
        ("SEK", "5kr"),
        ("CNY", "¥5"),
        ("CHF", "5Fr. 5SFr."),
        ("INR", "Rs.5 ₹5"),
    ],
)
def test_the_base_s_own_signs_are_read(currency: str, texts: str) -> None:
    assert {money.read(text, 2, currency=currency) for text in texts.split()} == {500}
    assert {money.reader(2, ".", currency=currency)(text) for text in texts.split()} == {500}


@given(amounts, places)
def test_what_is_written_for_machines_is_read_back(minor: int, decimals: int) -> None:
    text = money.plain(minor, decimals)
    column = money.reader(decimals, ".")
    typed = money.plain(minor, 2)
    assert (column(text), money.read(typed, 2, negative=True)) == (minor, minor)


@given(amounts, st.sampled_from([(",", "."), (".", ","), (" ", ","), ("\u00a0", ","), ("'", ".")]))
def test_what_is_written_for_people_is_read_back(minor: int, dress: tuple[str, str]) -> None:
    group, mark = dress
    text = money.screen(minor, 2, group=group, mark=mark)
    assert money.read(text, 2, negative=True) == minor


@given(amounts, places)
def test_plain_amounts_equal_decimal_arithmetic(minor: int, decimals: int) -> None:
    expected = f"{Decimal(minor).scaleb(-decimals):.{decimals}f}"
    assert money.plain(minor, decimals) == expected


@given(amounts, places)
def test_amounts_are_json_numbers(minor: int, decimals: int) -> None:
    exact = json.loads(money.plain(minor, decimals), parse_float=Decimal)
    assert exact * 10**decimals == minor


@pytest.mark.parametrize(
    ("minor", "decimals", "plain", "screen"),
    [
        (120000, 2, "1200.00", "1,200.00"),
        (-500, 2, "-5.00", "-5.00"),
        (-5, 2, "-0.05", "-0.05"),
        (0, 2, "0.00", "0.00"),
        (1200, 0, "1200", "1,200"),
        (-1234567, 3, "-1234.567", "-1,234.567"),
        (99, 4, "0.0099", "0.0099"),
    ],
)
def test_amounts_are_written_with_the_decimals_of_the_currency(
    minor: int, decimals: int, plain: str, screen: str
) -> None:
    assert (money.plain(minor, decimals), money.screen(minor, decimals)) == (plain, screen)


@pytest.mark.parametrize(
    ("text", "dot", "comma"),
    [
        ("123.45", 12345, None),
        ("123,45", None, 12345),
        ("12,345", 1234500, None),
        ("12.345", None, 1234500),
        ("12,500", 1250000, 1250),
        ("1200", 120000, 120000),
        ("5", 500, 500),
        ("1.5", 150, None),
        (".5", 50, None),
        (",05", None, 5),
        ("5.", None, None),
        ("5,", None, None),
        ("-12", -1200, -1200),
        ("−12", -1200, -1200),
        ("(12)", -1200, -1200),
        ("-12.50", -1250, None),
        ("-1 200,50", None, -120050),
        ("1\u00a0200,50 ₽", None, 120050),
        ("$1,200.50", 120050, None),
        ("32.0000", 3200, None),
        ("32,0000", None, 3200),
        ("-32.0000", -3200, None),
        ("$.50", 50, None),
        ("99999999999999", None, None),
        ("99999999999999.50", None, None),
        ("32.0010", None, None),
        (" 8 ", 800, 800),
        ("", None, None),
        ("--5", None, None),
        ("1e9", None, None),
        ("１２", None, None),
        ("1_0", None, None),
        ("99999999999999999999", None, None),
        ("9999999999999.99", 999999999999999, None),
    ],
)
def test_a_column_is_read_by_its_decimal_mark(
    text: str, dot: int | None, comma: int | None
) -> None:
    found: list[int | None] = []
    columns: tuple[Mark, ...] = (".", ",")
    for mark in columns:
        try:
            found.append(money.reader(2, mark)(text))
        except Refused:
            found.append(None)
    assert found == [dot, comma]


@pytest.mark.parametrize(("text", "expected"), [("12", 12), ("1,200", 1200), ("12.0", 12)])
def test_a_column_of_a_currency_without_decimals(text: str, expected: int) -> None:
    assert money.reader(0, ".")(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence", "hint"),
    [
        ("12.", '"12." is not a number', HINT),
        ("12.5", '"12.5" has too many decimals', "round it, for example to 12"),
        ("12 €", '"12 €" is in EUR, and the base keeps JPY', "type the amount in JPY"),
    ],
)
def test_a_column_refuses_with_the_reason(text: str, sentence: str, hint: str) -> None:
    with pytest.raises(Refused) as caught:
        money.reader(0, ".", currency="JPY")(text)
    assert said(caught.value) == (sentence, hint, 4)


@given(st.text(alphabet="0123456789.,' -()$e\u00a0₽", max_size=14) | st.text(max_size=20))
@example("руб.500")
@example("1,2000")
def test_what_is_typed_has_the_value_of_one_of_its_readings_and_of_no_other(text: str) -> None:
    readings = set()
    columns: tuple[Mark, ...] = (".", ",")
    for mark in columns:
        try:
            readings.add(money.reader(2, mark)(text))
        except Refused:
            continue
    try:
        typed = money.read(text, 2, negative=True)
    except Refused:
        return
    assert readings == {typed}


@given(
    st.decimals(-(10**4), 10**4, places=3),
    st.decimals(-(10**6), 10**6, places=4),
    places,
    marks,
)
@example(Decimal("0.500"), Decimal("0.0100"), 2, ".")
@example(Decimal("1.500"), Decimal("0.0100"), 2, ",")
def test_quantity_times_price_is_rounded_half_even_once(
    quantity: Decimal, price: Decimal, decimals: int, mark: Mark
) -> None:
    expected = (quantity * price).scaleb(decimals).quantize(Decimal(1), ROUND_HALF_EVEN)
    texts = [f"{value:f}".replace(".", mark) for value in (quantity, price)]
    assert money.times(texts[0], texts[1], decimals, mark) == int(expected)


@pytest.mark.parametrize(
    ("quantity", "price", "expected"),
    [
        ("2", "450", 90000),
        ("2", "450,50", 90100),
        ("-1", "27.50", -2750),
        ("0", "5", 0),
        ("3", "0.125", 38),
        ("1", "0.125", 12),
        ("1,5", "$10", 1500),
        ("1000", "1 200,00", 120000000),
    ],
)
def test_quantity_and_price_are_read_as_people_type_them(
    quantity: str, price: str, expected: int
) -> None:
    assert money.times(quantity, price, 2) == expected


def test_a_price_in_money_of_three_decimals_is_read_one_way() -> None:
    assert money.times("2", "1.250", 3, currency="KWD") == 2500
    assert money.times("2", "1,250.5", 3, currency="KWD") == 2_501_000


@pytest.mark.parametrize(
    ("quantity", "price", "sentence", "hint"),
    [
        ("2 $", "5", '"2 $" is not a number', HINT),
        ("2", "free", '"free" is not a number', HINT),
        ("1", "12.345", '"12.345" can be read in two ways', "write 12345 or 12.3450"),
        ("1,500", "1", '"1,500" can be read in two ways', "write 1500 or 1.5000"),
        ("10000000", "1000000", "an amount has 15 digits at most: 10000000 × 1000000", HINT),
    ],
)
def test_a_bad_quantity_or_price_is_refused_with_the_reason(
    quantity: str, price: str, sentence: str, hint: str
) -> None:
    with pytest.raises(Refused) as caught:
        money.times(quantity, price, 2)
    assert said(caught.value) == (sentence, hint, 4)


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("2", "", 2),
        ("2,50", "", 2.5),
        ("2.0", "", 2),
        ("-1.5", "", -1.5),
        ("1.500", ".", 1.5),
        ("1.500", ",", 1500),
        ("1 000", ",", 1000),
        ("0,125", "", 0.125),
    ],
)
def test_quantities_are_whole_or_fractions(
    text: str, mark: Mark | Literal[""], expected: float
) -> None:
    found = money.read_quantity(text, mark)
    assert (found, type(found)) == (expected, type(expected))


@given(st.decimals(-(10**9), 10**9, places=5), marks)
def test_a_quantity_is_the_nearest_float(value: Decimal, mark: Mark) -> None:
    assert money.read_quantity(f"{value:f}".replace(".", mark), mark) == float(value)


@pytest.mark.parametrize("text", ["", "nan", "inf", "1e3", "two", "5 $", "1" + "0" * 15])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        money.read_quantity(text, ".")


@given(st.integers(), st.integers().filter(bool))
@example(1, 2)
@example(3, 2)
@example(-1, 2)
@example(-3, 2)
@example(5, -10)
def test_averages_are_rounded_half_even(numerator: int, denominator: int) -> None:
    assert money.half_even(numerator, denominator) == round(Fraction(numerator, denominator))
