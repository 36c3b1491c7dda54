"""Two days side by side: which rows are paired, in what order, and how they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientbase.analysis.comparing import beside
from clientbase.table import Bars, Curve, Pivot, Table, columns

if TYPE_CHECKING:
    from collections.abc import Sequence


def months(*rows: Sequence[Any], **more: Any) -> Table:
    return Table(
        "months", columns("month", "revenue:money"), rows, keys=("month",), as_of="2026-06-30"
    ).but(**more)


def paired(now: Table, then: Table) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in beside(now, then).rows]


def test_months_that_were_only_then_stand_in_their_place() -> None:
    now = months(("2026-03", 30), ("2026-05", 50))
    then = months(("2026-02", 2), ("2026-03", 3), ("2026-04", 4))
    assert paired(now, then) == [
        ("2026-02", None, 2),
        ("2026-03", 30, 3),
        ("2026-04", None, 4),
        ("2026-05", 50, None),
    ]


def test_where_the_order_is_another_they_stand_behind() -> None:
    now = months(("site", 30), ("flyer", 20))
    assert paired(now, months(("ads", 1), ("site", 2))) == [
        ("site", 30, 2),
        ("flyer", 20, None),
        ("ads", None, 1),
    ]
    other = months(("site", 2), ("ads", 1))
    assert paired(months(("flyer", 20), ("site", 30)), other) == [
        ("flyer", 20, None),
        ("site", 30, 2),
        ("ads", None, 1),
    ]
    nameless = months((None, 1), ("b", 2))
    assert paired(nameless, months(("a", 1))) == [(None, 1, None), ("b", 2, None), ("a", None, 1)]


def test_people_stand_behind_whatever_their_numbers() -> None:
    now, then = (
        Table("t", columns("contact_id:id", "orders:number"), rows, keys=("contact_id",))
        for rows in ([(2, 5), (3, 4)], [(1, 9), (2, 4)])
    )
    assert paired(now, then) == [(2, 5, 4), (3, 4, None), (1, None, 9)]


def card(*rows: Sequence[Any]) -> Table:
    return Table("first", columns("name", "revenue:money"), rows, layout="card")


def test_a_card_is_paired_though_it_has_no_keys() -> None:
    made = beside(card(("Anna", 5)), card(("Boris", 3)))
    assert [column.name for column in made.columns] == [
        *("name", "name_then", "revenue", "revenue_then"),
    ]
    assert (list(made.rows), made.layout) == ([("Anna", "Boris", 5, 3)], "card")
    assert paired(card(), card(("Boris", 3))) == [(None, "Boris", None, 3)]
    assert paired(card(("Anna", 5)), card()) == [("Anna", None, 5, None)]
    assert paired(card(), card()) == []


def test_a_list_without_keys_stays_as_it_is() -> None:
    curve = Table("t", columns("n:number", "m:number"), [(1, 2)], picture=Curve("n", "m"))
    made = beside(curve, curve.but(rows=[(1, 1)]))
    assert (list(made.rows), made.columns, made.picture) == ([(1, 2)], curve.columns, curve.picture)


def test_the_picture_is_of_how_it_is_and_its_numbers_come_before_it() -> None:
    now = months(("2026-03", 30), picture=Bars("month", ("revenue",)), essential=("month",))
    made = beside(now, months(("2026-03", 3)))
    assert made.picture == Bars("month", ("revenue",))
    assert made.essential == ("month", "revenue", "revenue_then")
    assert beside(now.but(essential=()), now).essential == ()


def grid(revenue: int, keys: tuple[str, ...] = ("r", "f", "segment")) -> Table:
    return Table(
        "grid",
        columns("r:number", "f:number", "segment", "revenue:money"),
        [(5, 1, "New", revenue)],
        layout=Pivot("r", "f", ("segment", "revenue"), heat="revenue"),
        keys=keys,
    )


def test_a_grid_stays_one_with_each_figure_followed_by_how_it_was() -> None:
    made = beside(grid(9), grid(4))
    assert made.layout == Pivot("r", "f", ("segment", "revenue", "revenue_then"), heat="revenue")
    assert list(made.rows) == [(5, 1, "New", 9, 4)]


def test_a_grid_whose_sides_are_no_keys_is_a_list() -> None:
    made = beside(grid(9, ("segment",)), grid(4, ("segment",)))
    assert made.layout == "list"
