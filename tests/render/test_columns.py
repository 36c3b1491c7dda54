"""Columns of a list on a screen: which have a place, and numbers one under another."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.render import Look, write
from clientbase.table import Pivot, Table, columns

if TYPE_CHECKING:
    from collections.abc import Sequence


def shown(table: Table, form: str = "table", **look: bool | int) -> str:
    stream = io.StringIO()
    write(table, form, stream, Look("USD", "US", 2).but(**look))
    return stream.getvalue()


def lines(table: Table) -> list[str]:
    return [line.rstrip() for line in shown(table).splitlines()]


def churned(*rates: float | None) -> Table:
    rows = [(name, None, rate, "", "[]") for name, rate in zip("abc", rates, strict=False)]
    return Table("t", columns("name", "month", "churn:percent", "city", "tags:list"), rows)


def test_columns_empty_in_every_row_take_no_room() -> None:
    assert lines(churned(None, None)) == ["name", "----", "a", "b"]
    assert lines(churned(None, 0)) == ["name  churn", "----  -----", "a", "b      0.0%"]


def test_so_it_is_on_a_terminal_and_on_a_page() -> None:
    seen = shown(churned(None), rich=True, width=20)
    assert "│ name │" in seen
    assert "Left out" not in seen
    page = shown(churned(None), "html")
    assert page.count("<th scope") == 1


def test_columns_asked_for_keep_their_place_and_so_does_what_tells_rows_apart() -> None:
    assert lines(churned(None).but(keys=("month",)))[0] == "name  month"
    assert lines(churned(None).but(keys=("name", "month")))[0] == "name"
    everything = lines(churned(None).but(asked=True))[0]
    assert everything == "name  month  churn  city  tags"


def test_machines_and_a_list_without_rows_keep_all() -> None:
    assert shown(churned(None), "csv") == "name,month,churn,city,tags\na,,,,\n"
    assert shown(churned(), "tsv") == "name\tmonth\tchurn\tcity\ttags\n"
    assert '"month": null' in shown(churned(None), "json")


def test_a_list_of_nothing_but_empty_cells_keeps_its_first_column() -> None:
    assert shown(Table("t", columns("a", "b"), [(None, "")])) == "a\n-\n\n"


def test_what_must_be_seen_is_counted_without_empty_columns() -> None:
    table = Table(
        "t",
        columns("a", "b", "c"),
        [("first one", None, "x" * 40)],
        essential=("b", "a", "c"),
        must=2,
    )
    assert "Left out for want of room: c." in shown(table, rich=True, width=20).replace("\n", " ")


def numbers(*values: object) -> list[str]:
    table = Table("t", columns("n:number", "x"), [(value, "|") for value in values])
    return [line.partition("|")[0].strip() for line in lines(table)[2:]]


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ((32.619, 31.8947, 29.875), ["32.62", "31.89", "29.88"]),
        ((213.097, 212.3659, None), ["213.10", "212.37", ""]),
        ((2, 1.2275), ["2.00", "1.23"]),
        ((2, 1.5, 0), ["2.0", "1.5", "0.0"]),
        ((2, 3.0, -1), ["2", "3", "-1"]),
        ((1.999, 2), ["2", "2"]),
        ((0.003, 0.0049, 0.005, 0.0), ["0.003", "0.005", "0.01", "0.00"]),
        ((-0.0004, 5), ["-0.0004", "5.00"]),
        ((-0.0, 0.25), ["0.00", "0.25"]),
        ((float("nan"), float("inf"), 1), ["", "", "1"]),
        ((10**400, 0.5), [f"1{'0' * 400}.0", "0.5"]),
    ],
)
def test_numbers_under_one_another_have_the_same_decimals(
    values: Sequence[object], seen: list[str]
) -> None:
    assert numbers(*values) == seen


@given(st.lists(st.floats(-1e9, 1e9) | st.integers(-(10**9), 10**9), min_size=1))
def test_a_number_shown_is_the_number_but_for_what_is_rounded(values: list[float]) -> None:
    told = numbers(*values)
    for value, text in zip(values, told, strict=True):
        assert float(text) == pytest.approx(value, abs=0.0051)
        assert (float(text) == 0) == (value == 0)
        assert "e" not in text
    points = {len(t.partition(".")[2]) for v, t in zip(values, told, strict=True) if abs(v) >= 0.01}
    assert len(points) <= 1


def test_the_mark_is_the_countrys_and_a_grid_does_the_same() -> None:
    table = Table(
        "t",
        columns("a", "b", "days:number"),
        [("x", "p", 2), ("x", "q", 1.25), ("y", "p", 30.5)],
        layout=Pivot("a", "b", ("days",)),
    )
    assert lines(table)[2:4] == ["x       2.00  1.25", "y      30.50"]
    one = Table("t", columns("n:number"), [(1.5,)])
    stream = io.StringIO()
    write(one, "table", stream, Look("RUB", "RU", 2))
    assert stream.getvalue() == "  n\n---\n1,5\n"


def test_a_card_and_machines_keep_what_there_is() -> None:
    row: Any = [(0.12345678, 0.9845)]
    card = Table("t", columns("alpha:number", "p_alive:share"), row, layout="card")
    assert lines(card) == ["alpha    0.1235", "p alive  0.9845"]
    table = Table("t", columns("alpha:number", "p_alive:share"), row)
    assert shown(table, "csv") == "alpha,p_alive\n0.12345678,0.9845\n"
    assert lines(table)[2] == " 0.12   0.9845"
