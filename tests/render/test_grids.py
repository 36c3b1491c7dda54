from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from clientbase.render import Look, write
from clientbase.table import Pivot, Table, columns

if TYPE_CHECKING:
    from collections.abc import Sequence


def lines_of(table: Table, width: int = 80, **more: object) -> list[str]:
    stream = io.StringIO()
    write(table, "table", stream, Look("RUB", "RU", 2, width=width, rich=True).but(**more))
    return [line.rstrip() for line in stream.getvalue().split("\n")]


def months(*retention: float) -> Table:
    return Table(
        "cohorts",
        columns("cohort", "month:number", "retention:percent"),
        [("2026-01", n, part) for n, part in enumerate(retention)],
        layout=Pivot("cohort", "month", ("retention",), heat="retention"),
    )


@pytest.mark.parametrize(
    ("percent", "shown"),
    [
        (100 * 6 / 11, "55"),  # 54.545…, which is 54.5 with one decimal
        (12.5, "13"),
        (54.49, "54"),
        (0.99, "<1"),
        (1.0, "1"),
        (0.0, "0"),
        (99.5, "100"),
    ],
)
def test_a_percent_without_room_is_rounded_once_and_half_up(percent: float, shown: str) -> None:
    row = lines_of(months(*[percent] * 12))[3]
    assert row.split()[3:-1] == [shown] * 12


SEGMENTS = ("regular", "sleeping", "one-time")


def moves(counts: Sequence[int | None] = (3, 0, 2, 1, None, 0)) -> Table:
    pairs = [(origin, target) for origin in ("new", "old") for target in SEGMENTS]
    return Table(
        "moves",
        columns("from_segment", "to_segment", "clients:number", "revenue:money"),
        [(*pair, count, 100) for pair, count in zip(pairs, counts, strict=True)],
        ["A note."],
        layout=Pivot("from_segment", "to_segment", ("clients",), heat="clients"),
    )


def test_a_grid_too_wide_is_the_list_that_it_is_made_of_but_for_empty_cells() -> None:
    # Its longest words, and the lines between them.
    room = sum(map(len, ("segment", *SEGMENTS))) + 5
    assert lines_of(moves(), room)[4] == "│segment│regular│sleeping│one-time│"
    assert "one-time" in lines_of(moves(), room - 1)[5]
    assert lines_of(moves(), 32) == [
        "╭─────────┬──────────┬─────────╮",
        "│ from    │ to       │         │",
        "│ segment │ segment  │ clients │",
        "├─────────┼──────────┼─────────┤",
        "│ new     │ regular  │       3 │",
        "│ new     │ one-time │       2 │",
        "│ old     │ regular  │       1 │",
        "╰─────────┴──────────┴─────────╯",
        "",
        "A note.",
        "",
    ]


def test_what_is_in_the_cells_is_said_under_a_grid_alone() -> None:
    assert "In each cell: clients." in lines_of(moves(), 60)
    assert "In each cell: clients." not in lines_of(moves(), 33)


def test_figures_of_nothing_are_left_out_though_a_word_stands_beside_them() -> None:
    rows = [("5", f, name, n, 0) for f, name, n in (("1", "New", 4), ("2", "Lost", 0))]
    specs = columns("r", "f", "segment", "clients:number", "revenue:money")
    shown = Pivot("r", "f", ("segment", "clients", "revenue"))
    text = lines_of(Table("grid", specs, rows, layout=shown), 20)
    assert "│ 5 │ 1 │ New     │" in text
    assert not any("Lost" in line for line in text)


def test_a_grid_of_nothing_stays_a_grid() -> None:
    assert "Left out" in " ".join(lines_of(moves((0, None, 0, 0, 0, 0)), 30))
    assert "Left out" not in " ".join(lines_of(moves(), 32))


def test_a_pipe_has_room_for_every_grid() -> None:
    stream = io.StringIO()
    write(moves(), "table", stream, Look("RUB", "RU", 2))
    heads = "from segment \\ to segment  regular  sleeping  one-time\n"
    assert stream.getvalue().startswith(heads)


def test_a_grid_of_two_percents_goes_without_their_signs_too() -> None:
    rows = [("2026-01", n, 50.0 + n, 49.5) for n in range(12)]
    table = Table(
        "cohorts",
        columns("cohort", "month:number", "retention:percent", "retention_then:percent"),
        rows,
        layout=Pivot("cohort", "month", ("retention", "retention_then"), heat="retention"),
    )
    shown = lines_of(table)
    assert shown[3].split()[:6] == ["│", "2026-01", "retention", "│", "50", "51"]
    assert shown[4].split()[:5] == ["│", "retention", "then", "│", "50"]
    assert "In each cell: retention, retention then, in percent." in shown


def test_a_grid_of_money_goes_without_decimals_where_room_is_scarce() -> None:
    rows = [("2026-01", n, 100_050 * n - 50) for n in range(12)]
    table = Table(
        "per_head",
        columns("cohort", "month:number", "revenue_per_head:money"),
        rows,
        layout=Pivot("cohort", "month", ("revenue_per_head",), heat="revenue_per_head"),
    )
    # 0.50 below nothing is a half; 1,000.00, 2,000.50, 3,001.00 follow.
    narrow = lines_of(table)
    assert narrow[3].replace("│", " ").split()[:5] == ["2026-01", "-1", "1000", "2001", "3001"]
    wide = lines_of(table, 200)
    assert wide[3].replace("│", " ").split()[:4] == ["2026-01", "-0,50", "1", "000,00"]
