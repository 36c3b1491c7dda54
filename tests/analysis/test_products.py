"""Products, against what was sold worked out by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import products, together
from clientbase.analysis.period import Period
from clientbase.db import settings
from clientbase.errors import NotFound
from clientbase.sales import products as area
from facts.plain import FIRST, LAST, Book, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base

    Open = Callable[[Book], AbstractContextManager[Base]]

GOODS = ((1, "food", "meals"), (2, "toys", None), (3, "cage", "things"), (4, "bird", None))
# Of whom, the day, a discount, and pieces and amounts of products.
SALES = (
    (1, "2026-09-01", 0, ((1, 2, 200), (2, 1, 50))),
    (1, "2026-10-01", 0, ((1, 1, 100), (2, 2, 100))),
    (2, "2026-10-02", 10, ((1, 1.5, 150), (2, 1, 50), (3, 1, 900))),
    (None, "2026-10-03", 0, ((2, 1, 50),)),
    (2, "2026-10-04", 0, ((3, 1, 900),)),  # given back wholly below
    (1, "2026-08-01", 0, ((4, 1, 30),)),
    (2, "2026-10-05", 0, ()),
)


@pytest.fixture
def shop(opened: Open) -> Iterator[Base]:
    """Two clients, four products, seven sales and three refunds."""
    with opened(Book([Person(FIRST)] * 2)) as base:
        base.executemany(
            "insert into product (id, name, name_key, category) values (?, ?, ?, ?)",
            [(number, name, name, category) for number, name, category in GOODS],
        )
        for number, (who, day, off, lines) in enumerate(SALES, start=1):
            paid = sum(amount for *_, amount in lines) - off if lines else 77
            base.execute(
                "insert into sale (id, contact_id, sold_on, amount, discount) values (?, ?, ?, ?, ?)",
                (number, who, day, paid, off),
            )
            base.executemany(
                "insert into sale_line (sale_id, product_id, quantity, amount) values (?, ?, ?, ?)",
                [(number, *line) for line in lines],
            )
        base.execute(
            "insert into refund (id, contact_id, sale_id, refunded_on, amount) values"
            " (1, 2, 5, '2026-10-06', 900), (2, 1, 2, '2026-10-07', 50), (3, 1, 1, '2026-10-08', 7)"
        )
        base.execute(
            "insert into refund_line (refund_id, product_id, quantity, amount) values"
            " (1, 3, 1, 900), (2, 2, 1, 50)"
        )
        yield base


def test_what_was_sold_less_what_was_given_back(shop: Base) -> None:
    table = products.report(shop, LAST)
    total = 450 + 200 + 900 + 30
    assert [tuple(row) for row in table.rows] == [
        ("cage", "things", 1, 900, pytest.approx(90_000 / total), 1, 1, 0, None, None),
        ("food", "meals", 4.5, 450, pytest.approx(45_000 / total), 3, 2, 50, None, None),
        ("toys", None, 4, 200, pytest.approx(20_000 / total), 4, 2, 50, None, None),
        ("bird", None, 1, 30, pytest.approx(3_000 / total), 1, 1, 0, None, None),
    ]
    assert table.notes == [
        "Everything up to 2026-11-21.",
        "Repeat share: percent of the clients with more than one order of it.",
        "--from DAY tells how it changed against the period before.",
        "2 products have no category: clientbase product edit NAME --category CATEGORY",
        "With 2 clients the base is small: one more sale may change all of this.",
        "1 sale that names no product (0.77 RUB) is left out.",
        "1 refund that names no product (0.07 RUB) is left out.",
        "Discounts on whole bills (0.10 RUB) are not taken off the products' money.",
    ]
    assert [tuple(row) for row in table.tables["categories"].rows] == [
        ("things", 1, 1, 900, pytest.approx(90_000 / total)),
        ("meals", 1, 4.5, 450, pytest.approx(45_000 / total)),
        (None, 2, 5, 230, pytest.approx(23_000 / total)),
    ]


def test_a_month_is_set_beside_the_month_before(shop: Base) -> None:
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    table = products.report(shop, LAST, period=october)
    assert [(row[0], row[3], *row[8:]) for row in table.rows] == [
        ("cage", 900, 0, None),
        ("food", 250, 200, 25),
        ("toys", 150, 50, 200),
    ]
    assert "Change is against the time from 2026-09-01 to 2026-09-30." in table.notes
    september = Period(date(2026, 9, 2), date(2026, 9, 30))
    gone = products.report(shop, LAST, period=september).rows
    assert [(row[0], row[2], row[3], *row[8:]) for row in gone] == [
        ("food", 0, 0, 200, -100),
        ("toys", 0, 0, 50, -100),
    ]


def test_a_segment_alone(shop: Base) -> None:
    table = products.report(shop, LAST, segment="one-time")
    assert [(row[0], row[3]) for row in table.rows] == []
    shop.execute(
        "insert into segment (name, name_key, rule, defined_on) values ('cats', 'cats', 'contact_id = 2', '2026-11-21')"
    )
    table = products.report(shop, LAST, segment="Cats")
    assert [(row[0], row[3], row[6]) for row in table.rows] == [
        ("cage", 900, 1),
        ("food", 150, 1),
        ("toys", 50, 1),
    ]
    assert "Sold to the 1 contact of the segment Cats." in table.notes
    with pytest.raises(NotFound):
        products.report(shop, LAST, segment="no such")


def test_a_sale_that_was_given_back_wholly_leaves_nothing_of_its_products(opened: Open) -> None:
    # Of one sale a piece was given back by its line, and the rest without one.
    with opened(Book([Person(FIRST)])) as base:
        base.execute(
            "insert into sale (id, contact_id, sold_on, amount) values"
            " (1, 1, '2026-03-05', 3000), (2, 1, '2026-05-05', 500)"
        )
        base.execute(
            "insert into product (id, name, name_key) values (1, 'Soap', 'soap'), (2, 'Brush', 'brush')"
        )
        base.execute(
            "insert into sale_line (sale_id, product_id, quantity, amount) values"
            " (1, 1, 2, 2000), (1, 2, 1, 1000), (2, 2, 1, 500)"
        )
        base.execute(
            "insert into refund (id, contact_id, sale_id, refunded_on, amount) values"
            " (1, 1, 1, '2026-03-06', 1000), (2, 1, 1, '2026-04-02', 2000)"
        )
        base.execute(
            "insert into refund_line (refund_id, product_id, quantity, amount) values (1, 1, 1, 1000)"
        )
        table = products.report(base, LAST)
        ever, notes = {row[0]: tuple(row[2:4]) for row in table.rows}, table.notes
        march = Period(date(2026, 3, 1), date(2026, 3, 31))
        before = {row[0]: tuple(row[2:4]) for row in products.report(base, LAST, period=march).rows}
        april = Period(date(2026, 4, 1), date(2026, 4, 30))
        then = {row[0]: tuple(row[2:4]) for row in products.report(base, LAST, period=april).rows}
        listed = {row[0]: tuple(row[3:5]) for row in area.listing(base).rows}
    assert ever == listed == {"Soap": (0, 0), "Brush": (1, 500)}
    assert before == {"Soap": (1, 1000), "Brush": (1, 1000)}
    assert then == {"Soap": (-1, -1000), "Brush": (-1, -1000)}
    assert not [note for note in notes if "refund" in note]


def test_what_is_bought_together(shop: Base) -> None:
    few = list(products.report(shop, LAST).tables["together"].rows)
    settings.store(shop, "products.together", "1")
    rows = list(products.report(shop, LAST).tables["together"].rows)
    # Five orders name a product: food is in three of them, toys in four, the cage in one.
    assert few == [("food", "toys", 3, 100, pytest.approx(3 * 5 / (3 * 4)))]
    assert rows == [
        *few,
        ("cage", "food", 1, 100, pytest.approx(5 / 3)),
        ("cage", "toys", 1, 100, pytest.approx(5 / 4)),
    ]


def test_a_base_without_products_says_so(opened: Open) -> None:
    with opened(Book([Person(FIRST)])) as base:
        table = products.report(base, LAST)
    assert (list(table.rows), table.notes) == ([], ["Everything up to 2026-11-21."])
    assert table.empty == (
        "No products sold; a sale names them: clientbase sale record WHO --item NAME"
    )


@given(
    st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=6), max_size=30),
    st.integers(1, 6),
    st.integers(1, 3),
)
def test_the_commonest_pairs_are_found_without_counting_all(
    baskets: list[list[int]], most: int, least: int
) -> None:
    counts = Counter(
        frozenset(pair) for basket in baskets for pair in combinations(sorted(set(basket)), 2)
    )
    everything = sorted((n for n in counts.values() if n >= least), reverse=True)
    found = together.pairs(baskets, most, least)
    assert all(counts[frozenset(pair)] == count for count, *pair in found)
    assert len({frozenset(pair) for _count, *pair in found}) == len(found)
    assert sorted((pair[0] for pair in found), reverse=True)[:most] == everything[:most]


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2026-10-01", "2026-10-31", ("2026-09-01", "2026-09-30")),
        ("2026-01-01", "2026-02-28", ("2025-11-01", "2025-12-31")),
        ("2026-03-01", "2026-03-31", ("2026-02-01", "2026-02-28")),
        ("2026-03-02", "2026-03-31", ("2026-01-31", "2026-03-01")),
        ("2026-11-01", "2026-11-21", ("2026-10-11", "2026-10-31")),
        ("0001-01-01", "2026-10-31", None),
        (None, "2026-10-31", None),
    ],
)
def test_the_period_before_is_as_long(
    first: str | None, last: str, before: tuple[str, str] | None
) -> None:
    period = Period(date.fromisoformat(first) if first else None, date.fromisoformat(last))
    found = period.before()
    assert (found and tuple(str(day) for day in found)) == before
