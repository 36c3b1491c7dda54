"""The one derived table agrees with the sales, whatever happens to them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from clientbase.db import totals
from clientbase.db.connection import Base, create
from clientbase.db.journal import Act, write

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ACT = Act("test", "olga", "2026-11-21T08:00:00Z")
PEOPLE = 3

contacts = st.none() | st.integers(1, PEOPLE)
amounts = st.integers(0, 5)
days = st.integers(1, 9).map(lambda day: f"2026-01-0{day}")
steps = st.lists(
    st.one_of(
        st.tuples(st.just("sell"), contacts, amounts, days),
        st.tuples(st.just("refund"), st.integers(1, 12), st.integers(1, 5), days),
        st.tuples(st.just("refund nobody's"), contacts, st.integers(1, 5), days),
        st.tuples(st.just("void"), st.integers(1, 12)),
        st.tuples(st.just("give to"), st.integers(1, 12), contacts),
        st.tuples(st.just("delete refund"), st.integers(1, 12)),
    ),
    max_size=14,
)


def _do(base: Base, step: tuple[Any, ...]) -> None:
    match step:
        case ("sell", contact, amount, day):
            base.execute(
                "insert into sale (contact_id, amount, sold_on) values (?, ?, ?)",
                (contact, amount, day),
            )
        case ("refund", sale, amount, day):
            base.execute(
                "insert into refund (contact_id, sale_id, amount, refunded_on)"
                " select contact_id, id, ?, ? from sale where id = ?",
                (amount, day, sale),
            )
        case ("refund nobody's", contact, amount, day):
            base.execute(
                "insert into refund (contact_id, amount, refunded_on) values (?, ?, ?)",
                (contact, amount, day),
            )
        case ("void", sale):
            base.execute("update sale set voided_on = '2026-02-01' where id = ?", (sale,))
        case ("give to", sale, contact):
            base.execute("update sale set contact_id = ? where id = ?", (contact, sale))
            base.execute("update refund set contact_id = ? where sale_id = ?", (contact, sale))
        case ("delete refund", refund):
            base.execute("delete from refund where id = ?", (refund,))


def _plainly(base: Base) -> dict[int, tuple[int, int, str | None, str | None]]:
    """Compute the totals in plain Python from the rows."""
    sales = base.execute("select id, contact_id, amount, sold_on from sale where voided_on is null")
    refunds = base.execute("select sale_id, contact_id, amount from refund").fetchall()
    back: dict[int, int] = defaultdict(int)
    revenue: dict[int, int] = defaultdict(int)
    orders: dict[int, list[str]] = defaultdict(list)
    for sale, contact, amount in refunds:
        if sale is not None:
            back[sale] += amount
        if contact is not None:
            revenue[contact] -= amount
    for sale, contact, amount, day in sales:
        if contact is not None:
            revenue[contact] += amount
            if amount == 0 or back[sale] < amount:
                orders[contact].append(day)
    return {
        contact: (
            len(orders[contact]),
            money,
            min(orders[contact], default=None),
            max(orders[contact], default=None),
        )
        for contact, money in revenue.items()
    }


def _kept(base: Base) -> dict[int, tuple[Any, ...]]:
    rows = base.execute("select contact_id, orders, revenue, first_on, last_on from contact_total")
    return {row[0]: row[1:] for row in rows}


@given(steps=steps)
def test_triggers_and_the_rebuild_agree_with_a_plain_calculation(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]
) -> None:
    base = create(tmp_path_factory.mktemp("totals") / "base.db")
    with write(base, ACT):
        for number in range(PEOPLE):
            base.execute(
                "insert into contact (name, name_key, entered_on, entered_by)"
                " values (?, ?, '2026-01-01', 'entry')",
                (f"n{number}", f"n{number}"),
            )
        for step in steps:
            _do(base, step)
        expected = _plainly(base)
        assert _kept(base) == expected
        with totals.bulk(base):
            pass
        assert _kept(base) == expected
        _do(base, ("sell", 1, 3, "2026-01-09"))
        assert _kept(base) == _plainly(base)
    base.close()


def test_the_average_order_is_revenue_by_orders(tmp_path: Path) -> None:
    base = create(tmp_path / "base.db")
    with write(base, ACT):
        _do(base, ("sell", None, 5, "2026-01-01"))
        base.execute(
            "insert into contact (name, name_key, entered_on, entered_by) values ('a', 'a', '2026-01-01', 'entry')"
        )
        for amount in (1, 2, 2):
            _do(base, ("sell", 1, amount, "2026-01-01"))
    assert base.execute("select contact_id, average_order from contact_total").fetchall() == [
        (1, 5 / 3)
    ]
