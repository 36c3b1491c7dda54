"""Levels and alarms: in their colour where there is any, and in words everywhere."""

from __future__ import annotations

import io
import json

import pytest

from clientbase.render import Look, write
from clientbase.table import Alarm, Table, columns

DANGER = "RED: 1 client makes 80% of <all>."


def idle() -> Table:
    rows = [(1, "red"), (2, "amber"), (3, "late"), (4, None)]
    return Table("idle", columns("lead_id:id", "level:level"), rows, ["A note."])


def alarmed(title: str = "") -> Table:
    return idle().but(alarm=Alarm("red", DANGER), title=title)


def shown(table: Table, form: str = "table", **look: bool | int) -> str:
    stream = io.StringIO()
    write(table, form, stream, Look("RUB", "RU", 2).but(**look))
    return stream.getvalue()


@pytest.mark.usefixtures("many_colours")
def test_a_level_has_its_colour_on_a_terminal() -> None:
    rows = shown(idle(), rich=True, colour=True, width=80).split("\n")[3:7]
    assert "\x1b[1;31mred  \x1b[0m" in rows[0]
    assert "\x1b[33mamber\x1b[0m" in rows[1]
    assert " late  " in rows[2]


@pytest.mark.usefixtures("many_colours")
def test_an_alarm_stands_before_the_rows_in_its_colour() -> None:
    seen = shown(alarmed(), rich=True, colour=True, width=80).split("\n")
    assert seen[0] == f"\x1b[1;31m{DANGER}\x1b[0m"
    assert seen[1].startswith("\x1b[2m╭")
    amber = idle().but(alarm=Alarm("amber", "AMBER: x"))
    assert shown(amber, rich=True, colour=True, width=80).startswith("\x1b[33mAMBER: x\x1b[0m\n")


def test_without_colour_the_words_say_it() -> None:
    seen = shown(alarmed(), rich=True, width=80)
    assert seen.startswith(DANGER + "\n╭")
    assert "\x1b" not in seen
    assert "│ red   │" in seen


def test_plain_text_begins_with_the_alarm() -> None:
    assert shown(alarmed()).split("\n")[:4] == [
        DANGER,
        "lead id  level",
        "-------  -----",
        "      1  red",
    ]
    whole = Table("t", columns("n:number"), [(1,)], tables={"few": alarmed("Few")})
    assert f"\nFew\n{DANGER}\nlead id" in shown(whole)


def test_a_page_says_it_aloud_and_in_colour() -> None:
    page = shown(alarmed(), "html")
    said = '<p role="status" class="alarm red">RED: 1 client makes 80% of &lt;all&gt;.</p>'
    assert page.index(said) < page.index("<table")
    cells = ('<td class="short red">red</td>', '<td class="short amber">amber</td>')
    assert all(cell in page for cell in cells)
    assert '<td class="short">late</td>' in page


def test_for_machines_it_is_the_first_note_and_a_level_is_a_text() -> None:
    whole = Table("t", columns("n:number"), [(1,)], ["Before."], tables={"few": alarmed()})
    told = json.loads(shown(whole, "json"))
    assert told["notes"] == ["Before.", DANGER, "A note."]
    assert [row["level"] for row in told["tables"]["few"]] == ["red", "amber", "late", None]
    assert json.loads(shown(alarmed(), "json"))["notes"] == [DANGER, "A note."]
    assert shown(alarmed(), "csv") == "lead_id,level\n1,red\n2,amber\n3,late\n4,\n"


def test_nothing_in_an_alarm_drives_a_terminal() -> None:
    table = idle().but(alarm=Alarm("red", "RED: [b]\x1b[2J"))
    for rich in (False, True):
        assert shown(table, rich=rich, width=80).startswith("RED: [b]�[2J\n")
