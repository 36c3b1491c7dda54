"""Who does not wish to be reached, or has left, is left out of what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from shop import Shop

LEFT_OUT = "{} left out: they asked not to be reached or have left."


@pytest.fixture
def anna(shop: Shop) -> Shop:
    """Anna, who likes telegram, with a birthday in 3 days, and Иван; each is to be called."""
    shop.day("2026-11-20")
    shop.ok(
        *("contact", "add", "Anna", "--birthday", "24.11.1986", "--manager", "olga", "-q"),
        *("--preferred-channel", "telegram"),
    )
    shop.ok("contact", "add", "Иван", "-q")
    shop.day("2026-11-21")
    shop.ok("remind", "add", "1", "call", "--on", "today", "--how", "phone", "-q")
    shop.ok("remind", "add", "1", "ask", "--on", "today", "-q")
    shop.ok("remind", "add", "2", "write", "--on", "today", "--how", "email", "-q")
    shop.ok("remind", "rule", "add", "birthdays", "--birthday", "--before", "3", "-q")
    return shop


def due(shop: Shop, *words: str) -> list[tuple[int, str | None]]:
    rows = shop.rows("remind", "due", *words)
    return [(row["reminder_id"], row["how"]) for row in rows]


def test_what_would_be_done_by_a_way_that_is_stopped_is_left_out_and_counted(anna: Shop) -> None:
    assert due(anna) == [(1, "phone"), (2, "telegram"), (3, "email"), (4, "telegram")]
    anna.ok("contact", "stop", "1", "phone", "-q")
    assert due(anna) == [(2, "telegram"), (3, "email"), (4, "telegram")]
    assert anna.envelope("remind", "due")["notes"] == [LEFT_OUT.format(1)]
    assert anna.run("remind", "due", "--format", "csv").err == LEFT_OUT.format(1) + "\n"
    assert anna.ok("remind", "due").endswith(f"\n\n{LEFT_OUT.format(1)}\n")
    anna.ok("contact", "stop", "1", "-q")
    assert due(anna) == [(3, "email")]
    assert anna.envelope("remind", "due")["notes"] == [LEFT_OUT.format(3)]
    assert anna.envelope("remind", "due", "--manager", "olga")["notes"] == [LEFT_OUT.format(3)]
    anna.ok("contact", "allow", "1", "-q")
    assert len(due(anna)) == 4


def test_how_they_like_it_counts_until_they_stop_it(anna: Shop) -> None:
    anna.ok("contact", "stop", "1", "message", "-q")
    assert due(anna) == [(1, "phone"), (2, None), (3, "email"), (4, None)]


def test_who_has_left_is_left_out_until_they_are_back(anna: Shop) -> None:
    anna.ok("contact", "left", "1", "--reason", "x", "--on", "yesterday", "-q")
    assert due(anna) == [(3, "email")]
    anna.ok("sale", "record", "1", "100", "-q")
    assert len(due(anna)) == 4


def test_no_rule_lists_who_has_left_though_their_day_comes_later(anna: Shop) -> None:
    anna.ok("field", "add", "next_service", "--type", "date", "-q")
    anna.ok("contact", "edit", "1", "--field", "next_service=2026-11-01", "-q")
    anna.ok("contact", "left", "1", "--reason", "x", "-q")
    anna.ok("remind", "rule", "add", "service", "--field", "next_service", "-q")
    for day in ("2026-11-21", "2026-11-24", "2027-11-24"):
        anna.day(day)
        assert due(anna) == [(3, "email")]
        assert due(anna, "--on", "+1d") == [(3, "email")]
        assert [row["name"] for row in anna.rows("today")] == ["Иван"]
    anna.ok("sale", "record", "1", "100", "-q")
    assert {"birthday today, turns 41", "next_service 388 days ago"} & {
        why for row in anna.rows("remind", "due") for why in row["why"].split("; also: ")
    }


def test_what_they_asked_for_is_listed_all_the_same(anna: Shop) -> None:
    words = ("remind", "add", "1", "bring the papers", "--on", "today", "--how", "phone")
    anna.ok("contact", "stop", "1", "-q")
    assert anna.run(*words).err.splitlines()[-1] == (
        "They asked not to be reached so, or have left: only with --asked is it listed."
    )
    assert "They asked" not in anna.run(*words, "--asked", "--every", "1m").err
    assert due(anna) == [(5, "phone"), (3, "email")]
    anna.ok("remind", "done", "5", "-q")
    anna.day("2026-12-21")
    assert due(anna) == [(3, "email"), (7, "phone")]


def test_a_rule_may_be_of_what_they_asked_for(anna: Shop) -> None:
    anna.ok("contact", "stop", "1", "-q")
    assert due(anna) == [(3, "email")]
    (rule,) = anna.rows("remind", "rule", "edit", "birthdays", "--asked")
    assert rule["asked"] is True
    assert due(anna) == [(3, "email"), (4, None)]
    anna.ok("remind", "rule", "edit", "birthdays", "--before", "4", "-q")
    assert due(anna) == [(3, "email"), (4, None)]
    anna.ok("remind", "rule", "edit", "birthdays", "--not-asked", "-q")
    assert due(anna) == [(3, "email")]
    anna.ok("field", "add", "service", "--type", "date", "-q")
    anna.ok("contact", "edit", "1", "--field", "service=2026-11-25", "-q")
    (rule,) = anna.rows("remind", "rule", "add", "service", "--field", "service", "--asked")
    assert rule["asked"] is True
    # On a day to come, before it has its number.
    assert due(anna, "--on", "+4d") == [(3, "email"), (None, None)]
    anna.day("2026-11-25")
    assert due(anna) == [(3, "email"), (5, None)]


def test_what_is_silent_hides_nothing_that_is_not(anna: Shop) -> None:
    """A stronger reason that may not be told must not stand before one that may."""
    anna.ok("remind", "rule", "drop", "birthdays", "--yes", "-q")
    anna.ok("remind", "rule", "add", "by sms", "--birthday", "--before", "5", "--how", "sms", "-q")
    anna.ok("field", "add", "service", "--type", "date", "-q")
    anna.ok("contact", "edit", "1", "--field", "service=2026-11-24", "-q")
    words = ("remind", "rule", "add", "service", "--field", "service", "--before", "5")
    anna.ok(*words, "--how", "phone", "-q")
    anna.ok("contact", "stop", "1", "sms", "-q")
    (row,) = [row for row in anna.rows("remind", "due") if row["due_on"] == "2026-11-24"]
    assert (row["how"], row["why"]) == ("phone", "service in 3 days")


def test_who_looks_is_told_though_nothing_is_left(
    anna: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clientbase.cli.session import Session

    anna.ok("contact", "stop", "1", "-q")
    anna.ok("contact", "stop", "2", "-q")
    monkeypatch.setattr(Session, "unwatched", False)
    assert anna.ok("remind", "due") == f"Nothing is due.\n\n{LEFT_OUT.format(4)}\n"


def test_a_mail_says_nothing_where_all_are_left_out(anna: Shop) -> None:
    anna.ok("contact", "stop", "1", "-q")
    anna.ok("contact", "stop", "2", "-q")
    ran = anna.run("remind", "due")
    assert (ran.out, ran.err) == ("", "")
    assert anna.run("remind", "due", "--exit-code", "-q").code == 0
    assert anna.envelope("remind", "due")["notes"] == [LEFT_OUT.format(4)]
