"""Items as they are typed, and what a sale of them comes to."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import Refused
from clientbase.sales.lines import Line, read, settle


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Shampoo", Line("Shampoo", 1, None, None)),
        ("Shampoo @ 450", Line("Shampoo", 1, "450.00", 45000)),
        ("Shampoo@450", Line("Shampoo", 1, "450.00", 45000)),
        ("Shampoo x2 @ 450", Line("Shampoo", 2, "450.00", 90000)),
        ("Shampoo x 1.5 @ 450", Line("Shampoo", 1.5, "450.00", 67500)),
        ("Шампунь х2 @ 1 200,50", Line("Шампунь", 2, "1200.50", 240100)),
        ("Шампунь Х 2 шт @ 450 ₽", Line("Шампунь", 2, "450.00", 90000)),
        ("Шампунь ×2 шт. @ 450", Line("Шампунь", 2, "450.00", 90000)),
        ("Nails *100 pcs @ 0.0125", Line("Nails", 100, "0.0125", 125)),
        ("Wire x0,5 @ 0.05", Line("Wire", 0.5, "0.05", 2)),
        ("Wire x0,5 @ 0.15", Line("Wire", 0.5, "0.15", 8)),
        ("Towel 50x70 @ 300", Line("Towel 50x70", 1, "300.00", 30000)),
        ("Cable 3 x 1.5 x10 @ 80", Line("Cable 3 x 1.5", 10, "80.00", 80000)),
        ("Shampoo 250 x2 @ 450", Line("Shampoo 250", 2, "450.00", 90000)),
        ("Size XL @ 10", Line("Size XL", 1, "10.00", 1000)),
        ("me@home @ 5", Line("me@home", 1, "5.00", 500)),
        ("me@home", Line("me@home", 1, None, None)),
        ("A gift @ 0", Line("A gift", 1, "0.00", 0)),
    ],
)
def test_an_item_is_read(text: str, line: Line) -> None:
    assert read(text, 2, "RUB") == line


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "a text is needed here, and it is empty"),
        ("Shampoo x0 @ 450", "Shampoo is sold 0 times"),
        ("Shampoo x2..5 @ 450", '"2..5" is not a number'),
        ("Shampoo @ ", "no number was typed"),
        ("Shampoo @ -5", "an amount cannot be negative: -5"),
        ("Shampoo @ 1e3", '"1e3" is written with an exponent'),
        ("Shampoo @ 10.1234 €", '"10.1234 €" is in EUR, and the base keeps RUB'),
        ("Shampoo @ -10.1234", "an amount cannot be negative: -10.12"),
        ("Shampoo @ 10 €", '"10 €" is in EUR, and the base keeps RUB'),
        ("Shampoo @ 0.12345678", '"0.12345678" has too many decimals'),
        ("Cable 3 x 1.5 @ 80", "Cable 3 x 1.5 can be a size or a quantity"),
        ("Sham\x1bpoo @ 5", "Sham�poo @ 5 holds a control character that can't be seen (U+001B)"),
        ("A" * 201 + " @ 5", "the text has 201 characters, 200 are the most"),
    ],
)
def test_a_wrong_item_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        read(text, 2, "RUB")
    assert caught.value.message == sentence
    assert caught.value.hint


@given(
    quantity=st.decimals("0.1", "999.9", places=1),
    price=st.decimals("0", "9999.9999", places=4),
)
def test_a_line_is_rounded_half_even_once(quantity: Decimal, price: Decimal) -> None:
    line = read(f"Shampoo x{quantity} @ {price}", 2, "RUB")
    exact = (quantity * price * 100).quantize(Decimal(1), ROUND_HALF_EVEN)
    assert line.amount == int(exact)
    assert Decimal(str(line.price)) == price


@given(
    prices=st.lists(st.integers(0, 10**7), min_size=1, max_size=6),
    discount=st.integers(0, 10**7),
    off=st.integers(-3, 3),
)
def test_what_is_paid_is_the_items_less_the_discount(
    prices: list[int], discount: int, off: int
) -> None:
    items = tuple(f"Thing {n} @ {price / 100:.2f}" for n, price in enumerate(prices))
    due = sum(prices) - discount
    if due < 0:
        with pytest.raises(Refused):
            settle(items, None, discount, 2, "RUB")
        return
    paid, taken_off, lines = settle(items, None, discount, 2, "RUB")
    assert (paid, taken_off, [line.amount for line in lines]) == (due, discount, prices)
    if off and due + off >= 0:
        with pytest.raises(Refused):
            settle(items, due + off, discount, 2, "RUB")
    else:
        assert settle(items, due, discount, 2, "RUB")[0] == due


def test_the_only_item_may_lack_its_price() -> None:
    paid, discount, lines = settle(("Shampoo x2",), 80000, 10000, 2, "RUB")
    assert (paid, discount) == (80000, 10000)
    assert lines == [Line("Shampoo", 2, None, 90000)]


@pytest.mark.parametrize(
    ("items", "paid"), [(("Shampoo",), None), (("Shampoo", "Brush @ 5"), 100), (("A", "B"), 100)]
)
def test_an_item_without_a_price_needs_the_amount_to_itself(
    items: tuple[str, ...], paid: int | None
) -> None:
    with pytest.raises(Refused) as caught:
        settle(items, paid, 0, 2, "RUB")
    name = items[0]
    assert caught.value.message == f"{name} has no price"
    assert caught.value.hint == f'write it behind an @, such as: --item "{name} @ 450"'
