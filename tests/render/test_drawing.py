"""Bars, lines and heat maps drawn in signs, on terminals of every width and in plain text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from clientbase.render import Look, drawing, write
from clientbase.render.pictures import Plot
from clientbase.table import Bars, Curve, Pivot, Table, columns

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTHS = st.integers(20, 140)
EIGHTHS = {sign: n for n, sign in enumerate("▏▎▍▌▋▊▉█", start=1)}


def shown(table: Table, width: int | None = None, encoding: str = "utf-8", **more: Any) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding, newline="")
    look = Look("RUB", "RU", width=width, rich=width is not None, **more)
    write(table, "table", stream, look)
    stream.flush()
    return raw.getvalue().decode(encoding)


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]


def months() -> Table:
    return Table(
        "months",
        columns("month", "new:number", "old:number"),
        [("may", 10, 10), ("june", 5, None), ("july", -1, 0), ("august", 0, 15)],
        picture=Bars("month", ("new", "old")),
    )


def alone() -> Table:
    table = months()
    table.picture = Bars("month", ("old",))
    return table


def test_a_terminal_has_a_bar_beside_each_row() -> None:
    assert lines_of(shown(alone(), 48)) == [
        "╭────────┬─────┬─────┬─────────────────────────╮",
        "│ month  │ new │ old │                         │",
        "├────────┼─────┼─────┼─────────────────────────┤",
        "│ may    │  10 │  10 │ ███████████████▍        │",
        "│ june   │   5 │     │                         │",
        "│ july   │  -1 │   0 │                         │",
        "│ august │   0 │  15 │ ███████████████████████ │",
        "╰────────┴─────┴─────┴─────────────────────────╯",
        "█ old",
        "",
    ]


def test_parts_of_a_bar_differ_without_colour_and_are_named() -> None:
    assert lines_of(shown(months(), 45))[3:9] == [
        "│ may    │  10 │  10 │ ██████████░░░░░░░░░░ │",
        "│ june   │   5 │     │ █████                │",
        "│ july   │  -1 │   0 │                      │",
        "│ august │   0 │  15 │ ░░░░░░░░░░░░░░░      │",
        "╰────────┴─────┴─────┴──────────────────────╯",
        "█ new  ░ old",
    ]


def test_colours_part_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    row = shown(months(), 45, colour=True).split("\n")[3]
    assert "\x1b[36m██████████\x1b[0m\x1b[33m░░░░░░░░░░\x1b[0m" in row


def test_a_pipe_gets_bars_of_one_width() -> None:
    assert lines_of(shown(months())) == [
        "month   new  old",
        "------  ---  ---",
        "may      10   10  ████████████░░░░░░░░░░░░",
        "june      5       ██████",
        "july     -1    0",
        "august    0   15  ░░░░░░░░░░░░░░░░░░",
        "█ new  ░ old",
        "",
    ]


def test_an_output_without_such_signs_gets_others() -> None:
    assert lines_of(shown(months(), encoding="ascii"))[2:7] == [
        "may      10   10  ############============",
        "june      5       ######",
        "july     -1    0",
        "august    0   15  ==================",
        "# new  = old",
    ]
    assert "╭" not in shown(months(), 60, encoding="ascii")
    assert "#" in shown(months(), 60, encoding="cp1251")


def test_where_room_is_lacking_the_numbers_stand_alone() -> None:
    assert lines_of(shown(alone(), 34))[0] == "╭────────┬─────┬─────╮"
    assert lines_of(shown(alone(), 35))[0] == "╭────────┬─────┬─────┬────────────╮"
    assert cell_len(lines_of(shown(alone(), 200))[0]) == 22 + 40 + 3


def test_the_bars_come_before_columns_that_matter_less() -> None:
    table = Table(
        "t",
        columns("stage", "entered:number", "phone:phone"),
        [("offer", 3, "+79161234567")],
        picture=Bars("stage", ("entered",)),
        essential=("stage", "entered"),
    )
    assert lines_of(shown(table, 40))[1:4:2] == [
        "│ stage │ entered │                    │",
        "│ offer │       3 │ ██████████████████ │",
    ]
    assert lines_of(shown(table, 40))[6].startswith("Left out for want of room: phone.")


def test_a_picture_of_columns_that_were_not_chosen_is_not_drawn() -> None:
    table = Table("t", columns("a"), [("x",)], picture=Bars("a", ("n",)))
    assert shown(table) == "a\n-\nx\n"
    table.picture = Curve("a", "n")
    assert shown(table) == "a\n-\nx\n"


def test_a_row_of_several_lines_has_one_bar() -> None:
    table = Table("t", columns("a", "n:number"), [("word " * 9, 1)], picture=Bars("a", ("n",)))
    rows = lines_of(shown(table, 40))[3:5]
    assert [row.count("█") for row in rows] == [10, 0]
    assert {cell_len(row) for row in rows} == {40}


LENGTHS = st.lists(st.floats(0, 1), min_size=1, max_size=6).map(
    lambda parts: [part / max(sum(parts), 1) for part in parts]
)


@given(LENGTHS, st.integers(1, 60))
def test_bars_are_as_long_as_their_numbers(parts: list[float], width: int) -> None:
    for ascii_only in (False, True):
        pieces = drawing.bar(parts, width, ascii_only=ascii_only)
        count = sum(len(text) for text, _style in pieces)
        assert count <= width
        assert (count == 0) == (sum(parts) == 0)
        if count > 1:
            assert abs(count - sum(parts) * width) <= 1
        if len(parts) <= 4:
            assert len({text[:1] for text, _style in pieces}) == len(pieces)
        assert cell_len("".join(t for t, _ in drawing.padded(pieces, width))) == width


@given(st.floats(0, 1), st.integers(1, 60))
def test_a_bar_of_one_part_is_right_to_an_eighth(length: float, width: int) -> None:
    ((text, _style),) = drawing.bar([length], width, ascii_only=False)
    eighths = sum(EIGHTHS[sign] for sign in text)
    assert abs(eighths - 8 * length * width) <= (0.5 if eighths > 1 else 1)
    assert bool(eighths) == (length > 0)
    assert len(text) <= width


def curve() -> Table:
    return Table(
        "t",
        columns("clients:percent", "revenue:percent"),
        [(0, 0), (50, 80.0), (100, 100)],
        picture=Curve("clients", "revenue"),
    )


def test_a_line_stands_in_a_field_with_its_ends_named() -> None:
    drawn = lines_of(shown(curve(), encoding="ascii"))[6:]
    assert drawn[0] == "revenue"
    assert drawn[1] == "100,0% |                                              ******"
    assert drawn[7].startswith(" 50,0% |")
    assert drawn[12].startswith("  0,0% |**")
    assert drawn[13:] == [
        "       +" + "-" * 52,
        "        0,0%                                          100,0%",
        "                                                     clients",
        "",
    ]
    assert max(map(len, drawn)) == 60


def test_the_line_has_no_holes_and_comes_where_the_numbers_are() -> None:
    plot = Plot("x", "y", [(0.0, 0.0), (0.5, 1.0), (1.0, 0.25)], "0", "9", "0", "5", "10")
    lines = drawing.field(plot, 60, ascii_only=True)[1:13]
    places = {
        (column, 11 - row)
        for row, line in enumerate(lines)
        for column, sign in enumerate(line[4:])
        if sign == "*"
    }
    wide = 60 - 4
    for column in range(wide):
        here = [row for at, row in places if at == column]
        x = column / (wide - 1)
        y = 2 * x if x <= 0.5 else 1 - 1.5 * (x - 0.5)
        assert min(abs(row - 11 * y) for row in here) <= 0.5
    for column in range(1, wide):
        before, after = ([row for at, row in places if at == n] for n in (column - 1, column))
        assert min(abs(one - other) for one in before for other in after) <= 1


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=30),
    st.integers(1, 90),
)
def test_a_line_never_leaves_its_field(points: list[tuple[float, float]], width: int) -> None:
    ordered = sorted(points)
    plot = Plot("across", "up", [(0.0, 0.5), *ordered, (1.0, 1.0)], "0", "9", "0", "5", "10")
    for ascii_only in (False, True):
        lines = drawing.field(plot, width, ascii_only=ascii_only)
        assert len(lines) in {0, 16}
        assert all(cell_len(line) <= min(width, 60) for line in lines)
        assert bool(lines) == (width >= 24 + 2 + 2)


def cohorts(count: int) -> Table:
    rows = [
        (f"2025-{cohort + 1:03}", month, 100 / (month + 1))
        for cohort in range(count)
        for month in range(count - cohort)
    ]
    return Table(
        "cohorts",
        columns("cohort", "month:number", "retention:percent"),
        rows,
        layout=Pivot("cohort", "month", ("retention",), heat="retention"),
    )


def test_a_grid_too_wide_for_its_percents_goes_without_their_signs() -> None:
    assert lines_of(shown(cohorts(3), 43))[3] == "│ 2025-001       │ 100,0% │ 50,0% │ 33,3% │"
    assert lines_of(shown(cohorts(3), 42)) == [
        "╭────────────────┬─────────────╮",
        "│ cohort \\ month │   0   1   2 │",
        "├────────────────┼─────────────┤",
        "│ 2025-001       │ 100  50  33 │",
        "│ 2025-002       │ 100  50     │",
        "│ 2025-003       │ 100         │",
        "╰────────────────┴─────────────╯",
        "",
        "In each cell: retention, in percent.",
        "",
    ]


@pytest.mark.parametrize(("width", "shows"), [(80, 15), (120, 24)])
def test_two_years_of_cohorts_can_be_read(width: int, shows: int) -> None:
    lines = lines_of(shown(cohorts(24), width))
    assert lines[1].split("│")[2].split() == [str(n) for n in range(shows)]
    assert len(lines[3].split("│")[2].split()) == shows
    told = " ".join(lines[28:31])
    left_out = ", ".join(str(n) for n in range(shows, 24))
    assert told.startswith(f"Left out for want of room: {left_out}." if left_out else " In each")


def test_heat_fills_a_tight_grid_without_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    row = shown(cohorts(3), 42, colour=True).split("\n")[3]
    assert "\x1b[37;48;5;22m100\x1b[0m\x1b[30;48;5;114m  50\x1b[0m" in row


NAMES = st.text(st.sampled_from("aБ山 [/]\x1b\\"), max_size=30)
NUMBERS = st.none() | st.integers(-(10**6), 10**9) | st.floats(-(10**6), 10**9)


@given(st.lists(st.tuples(NAMES, NUMBERS, NUMBERS), min_size=1, max_size=9), WIDTHS)
def test_nothing_sticks_out(rows: Sequence[tuple[Any, ...]], width: int) -> None:
    specs = columns("name", "a:number", "b:number")
    for picture in (Bars("name", ("a", "b")), Bars("name", ("a",)), Curve("a", "b")):
        table = Table("t", specs, rows, picture=picture, about="what it is about, in some words")
        text = shown(table, width)
        assert all(cell_len(line) <= width for line in text.split("\n"))


@given(st.integers(1, 30), WIDTHS)
def test_no_grid_sticks_out(count: int, width: int) -> None:
    text = shown(cohorts(count), width)
    assert all(cell_len(line.rstrip()) <= width for line in text.split("\n"))


def figures() -> Table:
    return Table(
        "page",
        columns("period", "from:date", "revenue:money", "clients:number"),
        [
            ("this month", "2026-11-01", 150000, 5),
            ("month before", "2026-10-01", 100000, None),
            ("year before", "2025-11-01", 0, 8),
        ],
        layout="figures",
        title="The month",
        about="So far.",
    )


def test_figures_are_a_line_each_with_the_change() -> None:
    assert lines_of(shown(figures())) == [
        "The month",
        "So far.",
        "         this month  month before  change  year before  change",
        "-------  ----------  ------------  ------  -----------  ------",
        "from     01.11.2026    01.10.2026           01.11.2025",
        "revenue  1 500,00 ₽    1 000,00 ₽  +50,0%       0,00 ₽",
        "clients           5                                  8  -37,5%",
        "",
    ]


def test_a_line_stands_for_the_rows_of_a_table_inside() -> None:
    curve = Table("curve", columns("n:number", "up:number"), [(0, 0), (1, 3), (2, 4)])
    curve.picture = Curve("n", "up")
    table = Table("t", columns("a"), [("x",)], tables={"curve": curve})
    text = shown(table).splitlines()
    assert text[:5] == ["a", "-", "x", "", "curve"]
    assert text[-1] == "The numbers behind the line: --table curve."
    assert not any(line.split() == ["1", "3"] for line in text)
    assert ["1", "3"] in [line.split() for line in shown(curve).splitlines()]
