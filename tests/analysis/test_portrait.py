"""The portrait of a segment: counted by hand, and what stands out before what chance does."""

from __future__ import annotations

from datetime import date
from math import sqrt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import portrait
from clientbase.errors import NotFound
from clientbase.facts import segments
from facts.plain import LAST, Book, Known, Person, Sale, books, everyone, median

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from fractions import Fraction

    from clientbase.db.connection import Base
    from clientbase.table import Table

    Open = Callable[[Book], AbstractContextManager[Base]]

FIRST = date(2022, 1, 1)
MONDAY = date(2026, 11, 16)


def _rows(table: Table) -> dict[tuple[str, str], list[Any]]:
    return {(row[0], row[1]): list(row[2:]) for row in table.rows}


def _town(base: Base) -> None:
    """Forty contacts; the first ten have an order of 900, and are women of Kazan with dogs."""
    base.execute("update contact set sex = 'male', city = 'Omsk', hours = 'any'")
    base.execute(
        "update contact set sex = 'female', city = 'Kazan', hours = 'evening' where id <= 10"
    )
    base.execute(
        "update contact set birthday = '1990-11-21', occupation = 'vet' where id in (1, 40)"
    )
    base.execute("insert into thing_kind (id, name, name_key) values (1, 'pet', 'pet')")
    base.execute(
        "insert into field (id, thing_kind_id, name, name_key, type, choices)"
        " values (7, 1, 'animal', 'animal', 'choice', '[\"dog\",\"cat\"]'), (8, null, 'card', 'card', 'yes/no', null)"
    )
    base.execute(
        "insert into thing (id, contact_id, kind_id, name, name_key, entered_on)"
        " select id, id, 1, 'Rex', 'rex', '2022-01-01' from contact where id <= 20"
    )
    base.execute(
        "insert into field_value (field_id, contact_id, thing_id, value)"
        " select 7, id, id, case when id <= 10 then 'dog' else 'cat' end from contact where id <= 20"
    )
    base.execute(
        "insert into field_value (field_id, contact_id, value) values (8, 1, 1), (8, 39, 0)"
    )
    base.execute(
        "insert into product (id, name, name_key) values (1, 'Leash', 'leash'), (2, 'Bowl', 'bowl')"
    )
    base.execute(
        "insert into sale_line (sale_id, product_id, quantity, amount)"
        " select id, case when id <= 10 then 1 else 2 end, 1, amount from sale"
    )


def _book() -> Book:
    sales = [Sale(n, MONDAY, 900) for n in range(10)] + [Sale(n, FIRST, 100) for n in range(10, 20)]
    return Book([Person(FIRST)] * 40, sales)


def test_a_segment_is_counted_against_the_whole_base(opened: Open) -> None:
    with opened(_book()) as base:
        _town(base)
        segments.define(base, "dear", "revenue > 5", LAST)
        table = portrait.report(base, "dear", LAST)
        found = _rows(table)
        typical = list(table.tables["typical"].rows)
    z = (10 - 10 * 0.25) / sqrt(10 * 0.25 * 0.75 * 30 / 39)
    told = [10, 100, 25, 400, 10, 10, pytest.approx(z, abs=0.005)]
    assert found["sex", "female"] == told
    assert found["city", "Kazan"] == told
    assert found["hours", "evening"] == told
    assert found["sex", "male"] == [0, 0, 75, 0, 10, 30, pytest.approx(-z, abs=0.005)]
    assert found["thing", "pet"][:6] == [10, 100, 50, 200, 10, 20]
    half = (10 - 5) / sqrt(10 * 0.25 * 10 / 19)
    bought = [10, 100, 50, 200, 10, 10, pytest.approx(half, abs=0.005)]
    assert found["pet: animal", "dog"] == bought
    assert found["product", "Leash"] == bought
    assert found["weekday", "monday"] == bought
    assert found["weekday", "saturday"][:3] == [0, 0, 50]  # the first of 2022
    assert found["age", "35-44"] == [1, 100, 100, 100, 1, 2, None]
    assert found["card", "yes"][:4] == [1, 100, 50, 200]
    assert ("card", "no") not in found  # nobody has it, and hardly anybody should
    assert typical == [
        ("base", 40, 20, 500, 1, 500, (5 + (LAST - FIRST).days) / 2),
        ("segment", 10, 10, 900, 1, 900, 5),
    ]
    assert next(iter(found)) in {("city", "Kazan"), ("city", "Omsk")}  # the surest, then by name
    assert table.notes[0] == "10 contacts of 40 are in dear: revenue > 5"
    assert "Below 50 contacts much is chance." in table.notes


def test_what_few_have_never_leads(opened: Open) -> None:
    with opened(_book()) as base:
        _town(base)
        segments.define(base, "dear", "revenue > 5", LAST)
        rows = list(portrait.report(base, "dear", LAST).rows)
    alike = [row[8] is None for row in rows]
    by_chance = [row[2] < 5 and row[6] * row[4] / 100 < 5 for row in rows]
    order = list(zip(alike, by_chance, strict=True))
    assert order == sorted(order)
    assert {(False, False), (False, True), (True, False)} <= set(order)


def test_a_text_that_several_share_stands_out_like_a_choice(opened: Open) -> None:
    with opened(_book()) as base:
        _town(base)
        base.execute("update field set type = 'text', choices = null where id = 7")
        base.execute("update field_value set value = 'parrot' where field_id = 7 and thing_id = 20")
        segments.define(base, "dear", "revenue > 5", LAST)
        found = _rows(portrait.report(base, "dear", LAST))
        assert found["pet: animal", "dog"][:4] == [10, 100, 50, 200]
        assert ("pet: animal", "parrot") not in found  # one pet: too few
        segments.define(base, "dogs", "has_thing('pet', 'animal', 'dog')", LAST)
        table = portrait.report(base, "dogs", LAST)
    assert "pet: animal" not in {row[0] for row in table.rows}
    assert "Left out, because the segment is made of it: pet: animal." in table.notes


def test_what_the_rule_asks_for_is_left_out(opened: Open) -> None:
    with opened(_book()) as base:
        _town(base)
        segments.define(base, "women", "sex = 'female' and card", LAST)
        table = portrait.report(base, "women", LAST)
        assert {"sex", "card"}.isdisjoint(row[0] for row in table.rows)
    assert "Left out, because the segment is made of it: card, sex." in table.notes


@given(book=books(), day=st.dates(FIRST, LAST))
def test_shares_and_figures_are_those_of_the_plain_facts(
    book: Book, day: date, opened: Open
) -> None:
    with opened(book) as base:
        segments.define(base, "mine", "orders > 0", day)
        mine = portrait.report(base, "mine", day)
        rows = _rows(mine)
    known = everyone(book, day)
    clients = {c: k for c, k in known.items() if k.orders}
    if clients:
        whole, part = mine.tables["typical"].rows
        assert (whole[1], part[1], part[2]) == (len(known), len(clients), len(clients))
        assert part[5] == median(sorted(k.revenue for k in clients.values()))
        assert part[3] == pytest.approx(float(_middle(clients)))
        for name in {k.value_class for k in clients.values()}:
            count = sum(k.value_class == name for k in clients.values())
            share = pytest.approx(100 * count / len(clients))
            assert rows["value_class", str(name)][:4] == [count, share, share, 100]
        for weekday in rows:
            if weekday[0] == "weekday":
                usual = [f"{k.last:%A}".lower() for k in clients.values()]
                assert rows[weekday][0] == usual.count(weekday[1])


def _middle(clients: dict[int, Known]) -> Fraction:
    """Return the median of the clients' average orders."""
    averages = sorted(k.average for k in clients.values() if k.average is not None)
    place = len(averages) // 2
    return (averages[place] + averages[-place - 1]) / 2


def test_nobody_in_it_is_said_and_an_unknown_name_gets_the_nearest(opened: Open) -> None:
    with opened(Book([Person(FIRST)])) as base:
        table = portrait.report(base, "vip", LAST)
        assert list(table.rows) == []
        with pytest.raises(NotFound) as missing:
            portrait.report(base, "slepping", LAST)
    assert table.empty == (
        "Nobody is in vip on 2026-11-21. How many are in each: clientbase segment list"
    )
    assert list(table.tables["typical"].rows) == []
    assert missing.value.hint == "did you mean sleeping?"


def test_a_refunded_order_tells_of_no_product(opened: Open) -> None:
    with opened(_book()) as base:
        _town(base)
        base.execute("update sale set voided_on = '2026-11-20' where id = 1")
        base.execute(
            "insert into refund (contact_id, sale_id, refunded_on, amount) values (2, 2, '2026-11-20', 900)"
        )
        segments.define(base, "all", "contact_id > 0", LAST)
        now, then = (_rows(portrait.report(base, "all", day)) for day in (LAST, date(2026, 11, 19)))
    assert now["product", "Leash"][:2] == [8, pytest.approx(100 * 8 / 18)]
    assert then["product", "Leash"][0] == 9
