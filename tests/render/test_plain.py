from __future__ import annotations

import io
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from clientbase.render import Look, chosen, write
from clientbase.table import Pivot, Table, columns

ROUBLES = Look(currency="RUB", country="RU", decimals=2)


def text_of(table: Table, look: Look = ROUBLES, **more: Any) -> str:
    stream = io.StringIO()
    write(table, "table", stream, look, **more)
    return stream.getvalue()


def test_a_list_is_aligned_and_whole() -> None:
    table = Table(
        "contacts",
        columns("contact_id:id", "name", "revenue:money", "last_sale_on:date"),
        [
            (1, "weird [/] name", 120050, "2026-11-21"),
            (2, "[red]x[/red]", -500, None),
            (10, "=cmd|' /C calc'!A0", None, "2026-01-02"),
            (11, "山田太郎", 12.5, "2026-01-02"),
            (12, "\x1b]0;pwned\x07 a\nb\tc", 0, "2026-01-02"),
            (13, "Андреи\u0306", 99999999, "2026-01-02"),
            (14, "x" * 50, 1, "2026-01-02"),
        ],
        notes=["Borders: 1,200.00 and 5,400.00.", "Left out: [b]2[/b] contacts\x1b[0m."],
        title="Contacts [x]",
    )
    assert (
        text_of(table)
        == """\
Contacts [x]
contact id  name                                                   revenue  last sale on
----------  --------------------------------------------------  ----------  ------------
         1  weird [/] name                                        1 200,50  21.11.2026
         2  [red]x[/red]                                             -5,00
        10  =cmd|' /C calc'!A0                                              02.01.2026
        11  山田太郎                                                  0,12  02.01.2026
        12  �]0;pwned� a b c                                          0,00  02.01.2026
        13  Андреи\u0306                                              999 999,99  02.01.2026
        14  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx        0,01  02.01.2026

Borders: 1,200.00 and 5,400.00.
Left out: [b]2[/b] contacts�[0m.
"""
    )


def test_every_kind_of_cell_reads_well() -> None:
    specs = ("n:number", "p:percent", "s:share", "f:flag", "l:list", "c:spark", "t:phone")
    rows = [
        (2357, 33.333, 0.12345, 1, '["vip","club"]', [0, 1, 4, 8, -3], "+79161234567"),
        (0.125, 100, 1, False, "one tag", "[5,5]", None),
        (33.33333, float("nan"), None, None, [], [0, 0], None),
        (2.0, None, float("inf"), None, None, None, None),
        ("many", "all", "x", 0, '{"a": 1}', '[null, "x", 2]', None),
        (float("nan"), 1e-9, 1e-9, 1, "", "", None),
    ]
    assert (
        text_of(Table("t", columns(*specs), rows))
        == """\
      n       p       s  f    l          c      t
-------  ------  ------  ---  ---------  -----  ------------
2357,00   33,3%  0,1235  yes  vip, club  .▁▄█.  +79161234567
   0,12  100,0%  1,0000  no   one tag    ██
  33,33                                  ..
   2,00
   many     all       x  no   {"a": 1}   ..█
           0,0%  0,0000  yes
"""
    )


def test_a_card_shows_what_is_known_and_then_its_lists() -> None:
    history = Table("history", columns("on:date", "what"), [("2026-11-21", "sale")])
    table = Table(
        "contact",
        columns("contact_id:id", "name", "phone:phone", "revenue:money", "tags:list", "note"),
        [(12, "Ирина", None, 120050, "[]", "first\n\x1b[31msecond")],
        tables={"history": history, "open_leads": Table("leads", columns("lead_id:id"), [])},
        layout="card",
        notes=["Never sold to on credit."],
    )
    assert (
        text_of(table)
        == """\
contact id  12
name        Ирина
revenue     1 200,50 ₽
note        first
            �[31msecond

Never sold to on credit.

history
on          what
----------  ----
21.11.2026  sale
"""
    )


def test_several_cards_stand_apart() -> None:
    table = Table("t", columns("a:id", "b"), [(1, "x"), (2, None)], layout="card")
    assert text_of(table) == "a  1\nb  x\n\na  2\n"


def grid(*cell: str) -> Table:
    return Table(
        "grid",
        columns("r:number", "f:number", "clients:number", "revenue:money", "advice"),
        [
            (5, 1, 3, 120000, "thank"),
            (5, 2, None, -100, None),
            (4, 2, 12, 0, "call"),
        ],
        layout=Pivot("r", "f", cell, heat="clients"),
        notes=["A note."],
    )


def test_a_pivot_of_numbers_is_a_grid() -> None:
    assert (
        text_of(grid("clients", "revenue"))
        == """\
r \\ f                  1      2
-----  -------  --------  -----
5      clients         3
       revenue  1 200,00  -1,00
4      clients               12
       revenue             0,00

A note.
"""
    )


def test_a_pivot_with_words_in_it_is_aligned_to_the_left() -> None:
    assert (
        text_of(grid("clients", "advice"))
        == """\
r \\ f           1      2
-----  -------  -----  ----
5      clients  3
       advice   thank
4      clients         12
       advice          call

A note.
"""
    )


def test_a_pivot_of_one_number_says_what_it_is() -> None:
    assert (
        text_of(grid("clients"))
        == """\
r \\ f  1   2
-----  -  --
5      3
4         12

In each cell: clients.
A note.
"""
    )


def report() -> Table:
    return Table(
        "rfm",
        columns("contact_id:id"),
        [(1,)],
        title="RFM",
        notes=["Cuts are quantiles."],
        tables={
            "of_segments": Table("segments", columns("name"), [("Champions",)], notes=["So."]),
            "lost": Table("lost", columns("name"), [], empty="Nobody is lost.", notes=["x"]),
            "found": Table("found", columns("name"), [("Anna",)], title="Who is back"),
        },
    )


def test_tables_inside_follow_under_their_names_and_empty_ones_are_skipped() -> None:
    assert (
        text_of(report())
        == """\
RFM
contact id
----------
         1

Cuts are quantiles.

of segments
name
---------
Champions

So.

Who is back
name
----
Anna
"""
    )


def test_a_summary_leaves_out_the_rows_of_the_table_itself() -> None:
    shown = text_of(report(), summary=True)
    assert shown.startswith("RFM\n\nCuts are quantiles.\n\nof segments\n")
    assert "contact id" not in shown


def test_one_of_the_tables_can_be_picked() -> None:
    assert text_of(chosen(report(), "found")) == "Who is back\nname\n----\nAnna\n"


def test_no_rows_say_so() -> None:
    table = Table("t", columns("a"), [], empty="No leads yet.", title="Leads")
    assert text_of(table) == "Leads\nNo leads yet.\n"


def test_nothing_due_prints_nothing() -> None:
    inner = Table("due", columns("a"), [])
    table = Table("due", columns("a"), [], title="Due", notes=["x"], tables={"due": inner})
    assert text_of(table) == ""


def test_no_rows_but_rows_inside_are_shown() -> None:
    inner = Table("months", columns("a"), [("x",)])
    table = Table("t", columns("a"), [], notes=["A note."], tables={"months": inner})
    assert text_of(table) == "A note.\n\nmonths\na\n-\nx\n"


def test_half_characters_are_replaced() -> None:
    assert "\udcff" not in text_of(Table("t", columns("name"), [("a\udcff",)]))


def test_a_text_that_can_be_encoded_is_written_as_it_is() -> None:
    assert text_of(Table("t", columns("name"), [("😀",)])) == "name\n----\n😀\n"


SIGNS = st.sampled_from(
    [
        "a",
        "Б",
        "山",
        "e\u0301",
        "☎️",
        "👩‍👩‍👧",
        "🇷🇺",
        "\x1b",
        "\u202e",
        "\n",
        "\t",
        "[",
        "/]",
        " ",
        "\x9b",
    ]
)


@given(
    st.lists(
        st.tuples(
            st.integers(),
            st.lists(SIGNS).map("".join),
            st.lists(SIGNS).map("".join),
            st.integers(-(10**14), 10**14),
        ),
        min_size=1,
    )
)
def test_lines_of_a_list_are_equally_wide(rows: list[tuple[Any, ...]]) -> None:
    shown = text_of(Table("t", columns("n:id", "name", "note", "worth:money"), rows))
    lines = shown.removesuffix("\n").split("\n")
    assert len(lines) == len(rows) + 2
    assert len({cell_len(line) for line in lines}) == 1


@pytest.mark.parametrize("form", ["list", "card"])
@given(name=st.text())
def test_nothing_that_drives_a_terminal_gets_through(form: Any, name: str) -> None:
    table = Table("t", columns("name"), [(name or "x",)], title=name, notes=[name], layout=form)
    shown = text_of(table)
    assert not [sign for sign in shown if unicodedata.category(sign) == "Cc" and sign != "\n"]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
