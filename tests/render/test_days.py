"""Days about now, and sentences with days and amounts: words on screens, plain for machines."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.money import Amount
from clientbase.render import Look, write
from clientbase.render.width import display_width, folded
from clientbase.table import Table, columns
from clientbase.words import Sentence, grouped


def shown(table: Table, format_: str = "table", **look: Any) -> list[str]:
    stream = io.StringIO()
    write(table, format_, stream, Look("RUB", "RU", **{"today": "2026-11-21", **look}))
    return [line.rstrip() for line in stream.getvalue().rstrip("\n").split("\n")]


def on_terminal(table: Table, width: int = 80, **look: Any) -> list[str]:
    return shown(table, rich=True, width=width, **look)


def due(as_of: str | None = None) -> Table:
    return Table(
        "due",
        columns("reminder_id:id", "due_on:when", "made_on:date", "what"),
        [
            (1, "2026-11-24", "2026-11-01", "call"),
            (2, "2026-10-17", None, "write"),
            (3, None, None, ""),
        ],
        as_of=as_of,
    )


def test_a_list_on_a_terminal_tells_how_far_the_days_are() -> None:
    assert on_terminal(due(), 50) == [
        "╭─────────────┬─────────────┬────────────┬───────╮",
        "│ reminder id │ due         │ made on    │ what  │",
        "├─────────────┼─────────────┼────────────┼───────┤",
        "│           1 │ in 3 days   │ 01.11.2026 │ call  │",
        "│           2 │ 5 weeks ago │            │ write │",
        "│           3 │             │            │       │",
        "╰─────────────┴─────────────┴────────────┴───────╯",
    ]


def test_a_wide_terminal_has_room_for_the_day_too() -> None:
    wide = on_terminal(due(), 63)
    assert wide[1:5] == [
        "│ reminder id │ due on                   │ made on    │ what  │",
        "├─────────────┼──────────────────────────┼────────────┼───────┤",
        "│           1 │ 24.11.2026 (in 3 days)   │ 01.11.2026 │ call  │",
        "│           2 │ 17.10.2026 (5 weeks ago) │            │ write │",
    ]
    assert len(wide[0]) == 63
    assert on_terminal(due(), 62)[3] == "│           1 │ in 3 days   │ 01.11.2026 │ call  │"


def test_days_are_counted_from_the_day_that_the_table_is_of() -> None:
    assert on_terminal(due("2026-11-23"), 50)[3:5] == [
        "│           1 │ tomorrow    │ 01.11.2026 │ call  │",
        "│           2 │ 5 weeks ago │            │ write │",
    ]


def card() -> Table:
    inner = Table("reminders", columns("listed_on:when", "what"), [("2026-11-21", "call")])
    return Table(
        "contact",
        columns("name", "birthday:date", "last_sale_on:when", "last_sale", "worth:money"),
        [("Anna", "--03-14", "2026-11-20", "2026-11-20", 123450)],
        layout="card",
        as_of="2026-11-22",
        tables={"reminders": inner},
    )


def test_a_card_tells_both_and_the_tables_in_it_are_of_the_same_day() -> None:
    assert on_terminal(card(), 30) == [
        "name          Anna",
        "birthday      14.03",
        "last sale on  20.11.2026 (2",
        "              days ago)",
        "last sale     2026-11-20",
        "worth         1\u00a0234,50\u00a0₽",
        "",
        "reminders",
        "╭───────────┬──────╮",
        "│ listed    │ what │",
        "├───────────┼──────┤",
        "│ yesterday │ call │",
        "╰───────────┴──────╯",
    ]


def test_a_heading_keeps_its_last_word_where_another_column_has_the_short_name() -> None:
    table = Table("t", columns("next_on:when", "next"), [("2026-11-21", "call")])
    assert on_terminal(table, 23)[1:4:2] == ["│ next on │ next │", "│ today   │ call │"]


@pytest.mark.parametrize("format_", ["table", "html"])
def test_elsewhere_people_see_the_days_alone(format_: str) -> None:
    text = "\n".join([*shown(due(), format_), *shown(card(), format_)])
    assert "24.11.2026" in text
    assert "ago" not in text
    assert "in 3 days" not in text


def test_machines_see_iso_days_and_plain_amounts() -> None:
    assert shown(due(), "csv") == [
        "reminder_id,due_on,made_on,what",
        "1,2026-11-24,2026-11-01,call",
        "2,2026-10-17,,write",
        "3,,,",
    ]
    assert json.loads("\n".join(shown(card(), "json")))["rows"] == [
        {
            "name": "Anna",
            "birthday": "--03-14",
            "last_sale_on": "2026-11-20",
            "last_sale": "2026-11-20",
            "worth": 1234.5,
        }
    ]


def told(*, rows: bool = True) -> Table:
    day = date(2026, 11, 21)
    why = Sentence("since {day}", day=day)
    tags = [Sentence("born={day}", day=day), "club"]
    return Table(
        "t",
        columns("why", "tags:list"),
        [(why, tags)] if rows else [],
        notes=[
            Sentence("{count} left, for {money}.", count=grouped(2357), money=Amount(150000, 2))
        ],
        title=Sentence("As of {day}", day=day),
        empty=Sentence("Nothing until {day}.", day=day),
    )


def test_sentences_in_every_place_are_worded() -> None:
    assert shown(told()) == [
        "As of 21.11.2026",
        "why               tags",
        "----------------  ---------------------",
        "since 21.11.2026  born=21.11.2026, club",
        "",
        "2 357 left, for 1 500,00 ₽.",
    ]
    assert shown(told(rows=False))[:2] == ["As of 21.11.2026", "Nothing until 21.11.2026."]


def test_sentences_on_a_card_are_worded() -> None:
    table = told()
    table.layout = "card"
    assert shown(table)[1:3] == ["why   since 21.11.2026", "tags  born=21.11.2026, club"]


def test_sentences_are_plain_for_machines() -> None:
    assert shown(told(), "csv") == ["why,tags", 'since 2026-11-21,"born=2026-11-21, club"']
    read = json.loads("\n".join(shown(told(), "json")))
    assert read["rows"] == [{"why": "since 2026-11-21", "tags": ["born=2026-11-21", "club"]}]
    assert read["notes"] == ["2,357 left, for 1,500.00."]


def test_an_amount_in_a_note_is_never_broken() -> None:
    assert on_terminal(told(), 24)[-2:] == ["2\u00a0357 left, for", "1\u00a0500,00\u00a0₽."]
    assert "2\u00a0357 left, for 1\u00a0500,00\u00a0₽." in "".join(shown(told(), "html"))
    assert "\u00a0" not in "".join(shown(told()))


def test_an_amount_in_a_narrow_cell_is_never_broken() -> None:
    why = Sentence("quiet, bought for {money}", money=Amount(123456789, 2))
    table = Table("t", columns("why", "phone:phone"), [(why, "+79161234567")])
    assert on_terminal(table, 37)[3:6] == [
        "│ quiet, bought for  │ +79161234567 │",
        "│ 1\u00a0234\u00a0567,89\u00a0₽     │              │",
        "╰────────────────────┴──────────────╯",
    ]


@given(st.lists(st.sampled_from(["a", "山b", "1\u00a0234", "word", "", "\n"])), st.integers(5, 20))
def test_folding_breaks_at_blanks_alone_and_loses_no_word(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = folded(text, width).split("\n")
    assert " ".join(lines).split(" ") == text.replace("\n", " ").split(" ")
    assert all(display_width(line) <= width for line in lines)
