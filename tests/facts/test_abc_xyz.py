"""The facts abc, xyz, ltv, days_late, first_channel, and has_bought() in rules."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from statistics import pstdev
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import Refused
from clientbase.facts import letters, rules, segments
from clientbase.facts.reading import read
from facts.plain import FIRST, LAST, Book, Known, Person, Sale, books, everyone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base

    Open = Callable[[Book], AbstractContextManager[Base]]

FACTS = ("contact_id", "abc", "xyz", "ltv", "days_late")


def _abc(revenue: int, all_of: Sequence[int]) -> str:
    """Return the class of a client: by the share of the money that lies before its equals."""
    positive = [other for other in all_of if other > 0]
    if revenue <= 0:
        return "C"
    before = Fraction(sum(other for other in positive if other > revenue), sum(positive))
    return "A" if before < Fraction(80, 100) else "B" if before < Fraction(95, 100) else "C"


def _xyz(gaps: Sequence[int]) -> str | None:
    if len(gaps) < 3:
        return None
    mean = Fraction(sum(gaps), len(gaps))
    square = sum((gap - mean) ** 2 for gap in gaps) / len(gaps) / mean**2
    if square <= Fraction(3, 10) ** 2:
        return "X"
    return "Y" if square <= Fraction(1, 2) ** 2 else "Z"


def _days_late(facts: Known) -> int | None:
    """Count the days back to the last one on which they would not have been late."""
    if not facts.late or facts.quiet is None or facts.rhythm is None:
        return None
    quiet = facts.quiet
    while (
        quiet > 14
        and quiet > Fraction(3, 2) * facts.rhythm
        and 10 * sum(1 for gap in facts.gaps if quiet > gap) >= 9 * len(facts.gaps)
    ):
        quiet -= 1
    return facts.quiet - quiet


@given(book=books(most=8), day=st.just(LAST) | st.dates(FIRST, LAST))
def test_classes_are_what_the_definitions_say(book: Book, day: date, opened: Open) -> None:
    known = {c + 1: facts for c, facts in everyone(book, day).items() if facts.orders}
    sums = [facts.revenue for facts in known.values()]
    with opened(book) as base:
        found = sorted(read(base, FACTS, day, scope="clients"))
        of_segments = {name: segments.ids(base, f"abc:{name}", day) for name in "ABC"}
    assert found == [
        (c, _abc(facts.revenue, sums), _xyz(facts.gaps), facts.revenue, _days_late(facts))
        for c, facts in sorted(known.items())
    ]
    assert of_segments == {n: [row[0] for row in found if row[1] == n] for n in "ABC"}


@given(st.lists(st.integers(-5, 40), max_size=12))
def test_borders_of_abc_part_any_sums(sums: list[int]) -> None:
    counted = sorted(((amount, sums.count(amount)) for amount in set(sums)), reverse=True)
    least = letters.least(counted, 80, 95)
    assert [least.letter(amount) for amount in sums] == [_abc(amount, sums) for amount in sums]


def test_a_late_client_is_late_from_the_day_after_the_border(opened: Open) -> None:
    # Every 20 days three times: late after 30 quiet days, 1 on the 31st.
    buys = [Sale(0, LAST - timedelta(31 + 20 * n), 100) for n in range(4)]
    with opened(Book([Person(FIRST)], buys)) as base:
        assert list(read(base, ("days_late", "xyz", "gap_cv"), LAST)) == [(1, "X", 0.0)]
        assert list(read(base, ("days_late",), LAST - timedelta(1))) == [(None,)]


def test_variation_of_gaps_is_of_the_population(opened: Open) -> None:
    buys = [Sale(0, LAST - timedelta(n), 100) for n in (0, 10, 30, 60)]
    with opened(Book([Person(FIRST)], buys)) as base:
        ((found, letter),) = read(base, ("gap_cv", "xyz"), LAST)
    assert found == pytest.approx(100 * pstdev([10, 20, 30]) / 20)
    assert letter == "Y"


def test_the_first_channel_is_the_contacts_then_that_of_the_first_who_has_one(opened: Open) -> None:
    people = [Person(FIRST), Person(FIRST), Person(FIRST)]
    sales = [Sale(0, LAST, 1), Sale(1, LAST, 1), Sale(1, LAST - timedelta(9), 1)]
    with opened(Book(people, sales)) as base:
        base.execute("insert into channel (id, name, name_key) values (91, 'Fair', 'fair')")
        base.execute("insert into channel (id, name, name_key) values (92, 'Walk', 'walk')")
        base.execute("update contact set channel_id = 91 where id = 1")
        base.execute("update sale set channel_id = 92 where id in (1, 2)")
        base.execute("update sale set channel_id = 91 where id = 3")
        found = list(read(base, ("contact_id", "first_channel"), LAST))
        assert found == [(1, "Fair"), (2, "Fair"), (3, None)]
        found = list(read(base, ("contact_id", "first_channel"), LAST - timedelta(10)))
        assert found == [(1, "Fair"), (2, None), (3, None)]


@pytest.fixture
def shelf(base: Base) -> Base:
    """Anna: shampoo twice and a brush that came back; Boris: a brush; Vera: a voided shampoo."""
    base.execute("pragma query_only = off")
    for number in (1, 2, 3):
        base.execute(
            "insert into contact (id, name, name_key, entered_on, entered_by) values (?, 'P', 'p', '2026-01-01', 'entry')",
            (number,),
        )
    base.execute(
        "insert into product (id, name, name_key) values (1, 'Shampoo', 'shampoo'), (2, 'Cat''s brush', 'cat''s brush')"
    )
    base.execute(
        "insert into sale (id, contact_id, sold_on, amount, voided_on) values (1, 1, '2026-02-01', 500, null),"
        " (2, 2, '2026-03-01', 100, null), (3, 3, '2026-03-01', 100, '2026-03-02')"
    )
    base.execute(
        "insert into sale_line (sale_id, product_id, quantity, amount) values (1, 1, 1, 200), (1, 1, 1, 200),"
        " (1, 2, 1, 100), (2, 2, 1, 100), (3, 1, 1, 100)"
    )
    base.execute(
        "insert into refund (id, contact_id, sale_id, refunded_on, amount) values (1, 1, 1, '2026-04-01', 300)"
    )
    base.execute(
        "insert into refund_line (refund_id, product_id, quantity, amount) values (1, 1, 1, 200), (1, 2, 1, 100)"
    )
    return base


@pytest.mark.parametrize(
    ("rule", "day", "ids"),
    [
        ("has_bought('shampoo')", LAST, [1]),
        ("HAS_BOUGHT( 'SHAMPOO' )", LAST, [1]),
        ("has_bought('cat''s brush')", LAST, [2]),
        ("has_bought('cat''s brush')", date(2026, 3, 31), [1, 2]),
        ("has_bought('cat''s brush')", date(2026, 2, 28), [1]),
        ("not has_bought('Shampoo') and orders > 0", LAST, [2]),
        ("r = rfm_r and f = rfm_f and m = rfm_m and rfm = 100 * r + 10 * f + m", LAST, [1, 2]),
        ("ltv = revenue and ltv = 2", LAST, [1]),
    ],
)
def test_rules_ask_what_was_bought(shelf: Base, rule: str, day: date, ids: list[int]) -> None:
    assert rules.chosen(shelf, rules.compiled(shelf, rule), day) == ids


@pytest.mark.parametrize(
    ("rule", "at", "told", "hint"),
    [
        ("has_bought('Shampo')", 12, "there is no product Shampo", "did you mean Shampoo?"),
        (
            "has_bought('Xqz')",
            12,
            "there is no product Xqz",
            "clientbase product list shows the products",
        ),
        (
            "orders > 1 and has_bought(name)",
            16,
            "has_bought() asks for one product, by its name",
            "such as: has_bought('Shampoo')",
        ),
        (
            "has_bought()",
            1,
            "has_bought() asks for one product, by its name",
            "such as: has_bought('Shampoo')",
        ),
        ("has_bough('Shampoo')", 1, "there is no function has_bough", "did you mean has_bought?"),
        ("abc = 'D'", 7, "abc can't be 'D'", "one of: A, B, C"),
    ],
)
def test_what_can_not_be_asked_is_refused(
    shelf: Base, rule: str, at: int, told: str, hint: str
) -> None:
    with pytest.raises(Refused) as refused:
        rules.compiled(shelf, rule)
    assert refused.value.message == f"the rule can't be used: character {at}: {told}"
    assert refused.value.hint == hint
