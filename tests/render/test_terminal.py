from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from clientbase.render import Look, write
from clientbase.render.terminal import TOO_MANY
from clientbase.table import Pivot, Table, columns

if TYPE_CHECKING:
    from collections.abc import Sequence


def text_of(table: Table, width: int = 80, *, colour: bool = False, **more: Any) -> str:
    stream = io.StringIO()
    look = Look("RUB", "RU", 2, colour=colour, width=width, rich=True, **more)
    write(table, "table", stream, look)
    return stream.getvalue()


def contacts() -> Table:
    return Table(
        "contacts",
        columns("contact_id:id", "name", "phone:phone", "revenue:money", "city"),
        [
            (1, "weird [/] name", "+79161234567", 120050, "Москва"),
            (2, "[red]x[/red]", None, -500, "Москва"),
            (3, "Ирина Константинопольская-Задунайская", "+79161234568", 0, "山田"),
            (4, "\x1b]0;x\x07 :smile:", None, None, "Москва"),
        ],
        notes=["[b]2[/b] contacts are left out, for they have refunds only and are no clients."],
        title="Contacts [x]",
    )


def test_a_list_stands_in_a_box_and_names_are_shown_as_they_are() -> None:
    assert (
        text_of(contacts())
        == """\
Contacts [x]
╭────────────┬──────────────────────────────┬──────────────┬──────────┬────────╮
│ contact id │ name                         │ phone        │  revenue │ city   │
├────────────┼──────────────────────────────┼──────────────┼──────────┼────────┤
│          1 │ weird [/] name               │ +79161234567 │ 1\u00a0200,50 │ Москва │
│          2 │ [red]x[/red]                 │              │    -5,00 │ Москва │
│          3 │ Ирина                        │ +79161234568 │     0,00 │ 山田   │
│            │ Константинопольская-Задунайс │              │          │        │
│            │ кая                          │              │          │        │
│          4 │ �]0;x� :smile:               │              │          │ Москва │
╰────────────┴──────────────────────────────┴──────────────┴──────────┴────────╯

[b]2[/b] contacts are left out, for they have refunds only and are no clients.
"""
    )


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]


def test_a_narrow_terminal_says_which_columns_it_leaves_out() -> None:
    assert lines_of(text_of(contacts(), 50)) == [
        "Contacts [x]",
        "╭────────────┬───────────────────────────────────╮",
        "│ contact id │ name                              │",
        "├────────────┼───────────────────────────────────┤",
        "│          1 │ weird [/] name                    │",
        "│          2 │ [red]x[/red]                      │",
        "│          3 │ Ирина                             │",
        "│            │ Константинопольская-Задунайская   │",
        "│          4 │ �]0;x� :smile:                    │",
        "╰────────────┴───────────────────────────────────╯",
        "Left out for want of room: phone, revenue, city.",
        "--columns a,b chooses, --format csv has all.",
        "",
        "[b]2[/b] contacts are left out, for they have",
        "refunds only and are no clients.",
        "",
    ]


def test_a_narrow_terminal_keeps_the_columns_that_matter_most() -> None:
    table = Table(
        "due",
        columns("reminder_id:id", "due_on:date", "name", "what"),
        [(7, "2026-11-21", "Anna", "call about the vaccination of the dog")],
        essential=("what", "name", "no_such"),
    )
    assert lines_of(text_of(table, 40)) == [
        "╭───────────┬──────┬───────────────────╮",
        "│  reminder │      │                   │",
        "│        id │ name │ what              │",
        "├───────────┼──────┼───────────────────┤",
        "│         7 │ Anna │ call about the    │",
        "│           │      │ vaccination of    │",
        "│           │      │ the dog           │",
        "╰───────────┴──────┴───────────────────╯",
        "Left out for want of room: due_on.",
        "--columns a,b chooses, --format csv has",
        "all.",
        "",
    ]


def test_columns_that_must_be_seen_are_folded_narrower_and_the_others_not() -> None:
    def shown(must: int) -> list[str]:
        row = ("Konstantin Abramov", "next_vaccination in 4 days", "ask about the food")
        names = ("name", "why", "what")
        return lines_of(text_of(Table("t", columns(*names), [row], essential=names, must=must), 44))

    assert shown(2)[1] == "│ name               │ why                 │"
    assert shown(3)[:6] == [
        "╭─────────────┬───────────────┬────────────╮",
        "│ name        │ why           │ what       │",
        "├─────────────┼───────────────┼────────────┤",
        "│ Konstantin  │ next_         │ ask about  │",
        "│ Abramov     │ vaccination   │ the food   │",
        "│             │ in 4 days     │            │",
    ]


def test_so_does_a_table_inside_of_a_table() -> None:
    calls = Table(
        "calls", columns("on:date", "name"), [("2026-11-21", "Anna")], essential=("name",)
    )
    lines = lines_of(text_of(Table("t", (), (), tables={"calls": calls}), 14))
    assert lines[lines.index("calls") :][1:4] == ["╭──────╮", "│ name │", "├──────┤"]


def test_beside_an_error_nothing_is_said_of_options() -> None:
    table = Table("t", columns("contact_id:id", "phone:phone"), [(1, "+79161234567")])
    assert "Left out" not in text_of(table, 20, options=False)
    assert "Left out" in text_of(table, 20)


def test_a_phone_is_never_folded_and_an_email_only_when_it_is_very_long() -> None:
    table = Table(
        "t",
        columns("phone:phone", "email:email"),
        [("+79161234567", "a.very.long.address.of.somebody@example.com")],
    )
    assert lines_of(text_of(table, 52)) == [
        "╭──────────────┬───────────────────────────────────╮",
        "│ phone        │ email                             │",
        "├──────────────┼───────────────────────────────────┤",
        "│ +79161234567 │ a.very.long.address.of.somebody@e │",
        "│              │ xample.com                        │",
        "╰──────────────┴───────────────────────────────────╯",
        "",
    ]


def pivot() -> Table:
    return Table(
        "grid",
        columns("r:number", "f:number", "clients:number", "revenue:money"),
        [(5, 1, 1, 100), (5, 2, 10, -100), (4, 1, 0, 0)],
        layout=Pivot("r", "f", ("clients", "revenue"), heat="clients"),
    )


def test_a_pivot_is_a_grid_with_lines_between() -> None:
    assert lines_of(text_of(pivot())) == [
        "╭───────┬─────────┬──────┬───────╮",
        "│ r \\ f │         │    1 │     2 │",
        "├───────┼─────────┼──────┼───────┤",
        "│ 5     │ clients │    1 │    10 │",
        "│       │ revenue │ 1,00 │ -1,00 │",
        "├───────┼─────────┼──────┼───────┤",
        "│ 4     │ clients │    0 │       │",
        "│       │ revenue │ 0,00 │       │",
        "╰───────┴─────────┴──────┴───────╯",
        "",
    ]


def test_a_crowded_grid_goes_without_blanks_before_it_is_a_list() -> None:
    assert lines_of(text_of(pivot(), 34))[1] == "│ r \\ f │         │    1 │     2 │"
    assert lines_of(text_of(pivot(), 29))[1:5] == [
        "│r \\ f│       │   1│    2│",
        "├─────┼───────┼────┼─────┤",
        "│5    │clients│   1│   10│",
        "│     │revenue│1,00│-1,00│",
    ]


@pytest.mark.usefixtures("many_colours")
def test_heat_fills_the_cells_of_a_grid() -> None:
    shown = text_of(pivot(), colour=True).split("\n")
    assert "\x1b[30;48;5;194m   1\x1b[0m" in shown[3]
    assert "\x1b[37;48;5;22m   10\x1b[0m" in shown[3]
    assert "\x1b[37;48;5;22m-1,00\x1b[0m" in shown[4]
    assert "48;5" not in shown[6]


def test_heat_makes_do_with_few_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[30;43m-1,00\x1b[0m" in text_of(pivot(), colour=True)


@pytest.mark.usefixtures("many_colours")
def test_money_below_zero_is_red() -> None:
    table = Table("t", columns("contact_id:id", "name", "worth:money"), [(1, "-x", -100)])
    row = text_of(table, colour=True).split("\n")[3]
    line = "\x1b[2m│\x1b[0m"
    number = "\x1b[2m         1\x1b[0m"
    assert row == f"{line} {number} {line} -x   {line} \x1b[31m-1,00\x1b[0m {line}"


@pytest.mark.usefixtures("many_colours")
def test_without_colour_no_sign_drives_the_terminal() -> None:
    for table in (contacts(), pivot(), card()):
        assert "\x1b" not in text_of(table)


def card() -> Table:
    history = Table("history", columns("on:date", "what"), [("2026-11-21", "sale")])
    return Table(
        "contact",
        columns("contact_id:id", "name", "phone:phone", "debt:money", "note"),
        [(12, "[red]Ирина[/red]", None, -100, "one\ntwo three four five six seven")],
        layout="card",
        tables={"history": history},
        notes=["A note."],
    )


def test_a_card_folds_long_texts_beside_their_words() -> None:
    assert lines_of(text_of(card(), 30)) == [
        "contact id  12",
        "name        [red]Ирина[/red]",
        "debt        -1,00\u00a0₽",
        "note        one",
        "            two three four",
        "            five six seven",
        "",
        "A note.",
        "",
        "history",
        "╭────────────┬──────╮",
        "│ on         │ what │",
        "├────────────┼──────┤",
        "│ 21.11.2026 │ sale │",
        "╰────────────┴──────╯",
        "",
    ]


def test_a_table_inside_that_is_too_wide_says_where_it_is_whole() -> None:
    wide = Table("history", columns("on:date", "phone:phone"), [("2026-11-21", "+79161234567")])
    table = Table("t", columns("a"), [], tables={"all_calls": wide})
    assert lines_of(text_of(table, 26))[-4:] == [
        "Left out for want of room:",
        "phone. --format csv",
        "--table all_calls has all.",
        "",
    ]


def test_several_cards_stand_apart() -> None:
    table = Table("t", columns("a:id", "b"), [(1, "x"), (2, None)], layout="card")
    assert lines_of(text_of(table)) == ["a  1", "b  x", "", "a  2", ""]


def test_no_rows_say_so_or_nothing() -> None:
    assert text_of(Table("t", columns("a"), [], empty="No [b]leads[/b].")) == "No [b]leads[/b].\n"
    assert text_of(Table("t", columns("a"), [])) == ""


def test_notes_alone_need_no_space_above() -> None:
    inner = Table("months", columns("a"), [("x",)])
    table = Table("t", columns("a"), [], notes=["A note."], tables={"months": inner})
    assert lines_of(text_of(table))[:3] == ["A note.", "", "months"]


def test_more_rows_than_a_screen_is_for_are_plain() -> None:
    rows = [(number,) for number in range(TOO_MANY + 1)]
    shown = text_of(Table("t", columns("n:number"), rows)).split("\n")
    assert shown[:3] == ["   n", "----", "   0"]
    assert len(shown) == TOO_MANY + 4


SIGNS = ["a", "Б", "山", "e\u0301", "[", "/]", " ", "\x1b", "longword", "\\"]


@given(
    st.lists(
        st.tuples(*[st.lists(st.sampled_from(SIGNS), max_size=30).map("".join)] * 3), min_size=1
    ),
    st.integers(20, 120),
)
def test_nothing_is_cut_and_nothing_sticks_out(rows: Sequence[tuple[str, ...]], width: int) -> None:
    table = Table("t", columns("a", "b", "c:list"), rows, asked=True)
    shown = text_of(table, width)
    box = [line for line in shown.split("\n") if line[:1] in set("╭│├╰")]
    assert {cell_len(line) for line in box} == {cell_len(box[0])}
    assert cell_len(box[0]) <= width
    assert "…" not in shown
    first = "".join(line.split("│")[1] for line in box[3:-1])
    expected = "".join(row[0] for row in rows).replace("\x1b", "\ufffd")
    assert "".join(first.split()) == "".join(expected.split())


def test_rich_is_not_loaded_for_other_formats() -> None:
    program = (
        "import io, sys\n"
        "from clientbase.render import FORMATS, Look, write\n"
        "from clientbase.table import Table, columns\n"
        "for form in FORMATS:\n"
        "    write(Table('t', columns('a'), [('x',)]), form, io.StringIO(), Look())\n"
        "sys.exit('rich' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
