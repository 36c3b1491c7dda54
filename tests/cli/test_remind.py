"""`clientbase remind`, as the owner types it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from clientbase.followup import cron
from shop import Ran, Shop

KEYS = ["reminder_id", "due_on", "days_overdue", "contact_id", "name", "thing", "phone", "email"]
KEYS += ["how", "hours", "what", "why", "words", "worth"]


@pytest.fixture
def people(shop: Shop) -> Shop:
    """Three contacts: a birthday in three days, a service in four, a birthday on 29 February."""
    shop.ok("field", "add", "next_service", "--type", "date", "-q")
    add = ("contact", "add")
    shop.ok(
        *add,
        "Anna",
        "--phone",
        "+79161234567",
        "--birthday",
        "1986-11-24",
        "--manager",
        "Olga",
        "-q",
    )
    shop.ok(
        *add,
        "Boris",
        "--email",
        "boris@example.com",
        "--hours",
        "10-12",
        "--field",
        "next_service=2026-11-25",
        "-q",
    )
    shop.ok(*add, "weird [/] name", "--birthday", "--02-29", "-q")
    shop.ok("sale", "record", "2", "1500.50", "-q")
    return shop


def row(**cells: Any) -> dict[str, Any]:
    """Return a whole row of the list, what is not said being empty."""
    return {**dict.fromkeys(KEYS), "days_overdue": 0, "worth": 0, **cells}


def operations(shop: Shop) -> list[str]:
    """Return the commands that the journal knows."""
    base = shop.connect()
    found = [name for (name,) in base.execute("select command from operation order by id")]
    base.close()
    return found


def activities(shop: Shop) -> list[tuple[Any, ...]]:
    """Return what was written down of contacts."""
    base = shop.connect()
    sql = "select contact_id, kind, direction, happened_on, what, who from activity order by id"
    found = base.execute(sql).fetchall()
    base.close()
    return found


ANNA = {"contact_id": 1, "name": "Anna", "phone": "+79161234567"}
BORIS = {
    "contact_id": 2,
    "name": "Boris",
    "email": "boris@example.com",
    "hours": "10-12",
    "worth": 1500.5,
}


def test_nothing_due_prints_nothing_at_all(people: Shop) -> None:
    assert people.run("remind", "due") == Ran(0, "", "")
    assert people.run("remind", "due", "--exit-code") == Ran(0, "", "")
    assert people.run("remind", "due", "--format", "csv") == Ran(0, ",".join(KEYS) + "\n", "")
    assert people.envelope("remind", "due") == {
        "clientbase": 1,
        "kind": "reminders",
        "as_of": "2026-11-21",
        "currency": "RUB",
        "rows": [],
        "notes": [],
    }


def test_a_reminder_typed_by_hand_is_listed_from_its_day_on(people: Shop) -> None:
    ran = people.run(
        "remind",
        "add",
        "Boris",
        "ask about the unit",
        "--on",
        "fri",
        "--how",
        "phone",
        "--format",
        "json",
    )
    due = row(
        reminder_id=1,
        due_on="2026-11-27",
        how="phone",
        what="ask about the unit",
        why="by hand",
        **BORIS,
    )
    assert (ran.code, json.loads(ran.out)["rows"]) == (0, [due])
    assert ran.err == "Reminder 1 comes in 6 days, on 27.11.2026.\n"
    assert people.rows("remind", "due") == []
    assert people.rows("remind", "due", "--on", "+6d") == [due]
    people.day("2026-11-27")
    assert people.rows("remind", "due") == [due]
    people.day("2026-12-07")
    assert people.rows("remind", "due") == [{**due, "days_overdue": 10}]
    assert people.run("remind", "due", "--exit-code", "--columns", "reminder_id,what") == Ran(
        1,
        "reminder id  what\n-----------  ------------------\n          1  ask about the unit\n",
        "",
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("today", "Reminder 1 comes today.\n"),
        ("+1d", "Reminder 1 comes tomorrow.\n"),
        ("2026-11-20", "Reminder 1 is missed already: 20.11.2026 is past.\n"),
    ],
)
def test_it_is_said_when_a_reminder_comes(people: Shop, day: str, said: str) -> None:
    assert people.run("remind", "add", "Anna", "call", "--on", day).err == said


def test_a_recurring_one_comes_again_counted_from_its_first_day(people: Shop) -> None:
    people.day("2027-01-31")
    people.ok("remind", "add", "Anna", "food", "--on", "today", "--every", "1m", "-q")
    people.day("2027-02-05")
    ran = people.run("remind", "done", "1", "--format", "json")
    food = {"what": "food", "why": "every month", **ANNA}
    assert json.loads(ran.out)["rows"] == [
        row(reminder_id=1, due_on="2027-01-31", days_overdue=5, **food),
        row(reminder_id=2, due_on="2027-02-28", **food),
    ]
    assert ran.err == "Reminder 1 is done.\nReminder 2 comes in 23 days, on 28.02.2027.\n"
    # Done before its day, and then two months missed.
    assert people.rows("remind", "skip", "2")[1]["due_on"] == "2027-03-31"
    people.day("2027-06-01")
    assert people.rows("remind", "done", "3")[1]["due_on"] == "2027-06-30"
    assert activities(people) == [
        (1, "note", "out", "2027-02-05", "food", "olga"),
        (1, "note", "out", "2027-06-01", "food", "olga"),
    ]


def test_done_can_say_when_it_comes_again(people: Shop) -> None:
    people.ok("remind", "add", "Anna", "service", "--on", "today", "--every", "1y", "-q")
    people.ok("remind", "add", "Boris", "call", "--on", "today", "--how", "phone", "-q")
    people.day("2026-12-01")
    after = people.rows("remind", "done", "1", "2", "--next", "+2m", "--note", "was ill")
    assert [(each["reminder_id"], each["due_on"], each["why"]) for each in after] == [
        (1, "2026-11-21", "every year"),
        (2, "2026-11-21", "by hand"),
        (3, "2027-02-01", "every year"),
        (4, "2027-02-01", "by hand"),
    ]
    assert activities(people) == [
        (1, "note", "out", "2026-12-01", "service: was ill", "olga"),
        (2, "call", "out", "2026-12-01", "call: was ill", "olga"),
    ]
    # From then on it is counted from the day that was said.
    people.day("2027-02-03")
    assert people.rows("remind", "done", "3")[1]["due_on"] == "2028-02-01"


def test_the_way_a_contact_likes_is_the_way_of_a_reminder(people: Shop) -> None:
    people.ok("contact", "edit", "1", "--preferred-channel", "telegram", "-q")
    people.ok("remind", "add", "Anna", "write", "--on", "today", "-q")
    people.ok("remind", "add", "Anna", "call", "--on", "today", "--how", "Call", "-q")
    assert [each["how"] for each in people.rows("remind", "due")] == ["telegram", "phone"]
    people.ok("remind", "done", "1", "2", "-q")
    assert [kind for _c, kind, *_rest in activities(people)] == ["message", "call"]


def test_snoozed_it_comes_back_on_its_new_day(people: Shop) -> None:
    people.ok("remind", "add", "Anna", "call", "--on", "today", "-q")
    ran = people.run("remind", "snooze", "1", "--by", "3d", "--format", "json")
    later = row(reminder_id=1, due_on="2026-11-24", what="call", why="by hand", **ANNA)
    assert json.loads(ran.out)["rows"] == [later]
    assert ran.err == "Reminder 1 comes in 3 days, on 24.11.2026.\n"
    assert people.rows("remind", "due") == []
    people.day("2026-11-26")
    assert people.rows("remind", "due") == [{**later, "days_overdue": 2}]
    people.ok("remind", "snooze", "1", "--to", "mon", "-q")
    assert people.rows("remind", "due", "--on", "mon")[0]["due_on"] == "2026-11-30"


def test_a_day_that_was_past_before_its_rule_is_due_until_it_expires(people: Shop) -> None:
    people.ok("contact", "edit", "Anna", "--field", "next_service=2026-11-01", "-q")
    people.ok("contact", "edit", "weird", "--field", "next_service=2024-05-06", "-q")
    ran = people.run("remind", "rule", "add", "service", "--field", "next_service")
    assert ran.err.splitlines() == [
        "service: 2 due today, 1 in the next 30 days.",
        "The days of 2 of them are past; `remind rule edit --expires` leaves old ones out.",
    ]
    due = people.rows("remind", "due")
    assert [(row["due_on"], row["contact_id"]) for row in due] == [
        ("2024-05-06", 3),
        ("2026-11-01", 1),
    ]
    people.ok("remind", "rule", "edit", "service", "--expires", "30", "-q")
    assert [row["contact_id"] for row in people.rows("remind", "due")] == [1]
    people.day("2026-12-01")  # the thirtieth day after it
    assert 1 in [row["contact_id"] for row in people.rows("remind", "due")]
    people.day("2026-12-02")
    assert [row["contact_id"] for row in people.rows("remind", "due")] == [2]


def test_a_birthday_that_was_past_before_its_rule_is_not_due(people: Shop) -> None:
    people.ok("contact", "edit", "Anna", "--birthday", "1986-11-20", "-q")
    ran = people.run("remind", "rule", "add", "birthdays", "--birthday")
    assert ran.err == "birthdays: 0 due today, 0 in the next 30 days.\n"
    assert people.rows("remind", "due") == []


def test_rules_say_what_they_make_due_and_list_it_until_it_is_done(people: Shop) -> None:
    ran = people.run("remind", "rule", "add", "birthdays", "--birthday", "--before", "3")
    assert ran.err == "birthdays: 1 due today, 0 in the next 30 days.\n"
    ran = people.run(
        "remind",
        "rule",
        "add",
        "service",
        "--field",
        "next_service",
        "--before",
        "3",
        "--how",
        "phone",
        "--what",
        "service of the unit",
    )
    assert ran.err == "service: 0 due today, 1 in the next 30 days.\n"
    birthday = row(
        reminder_id=1,
        due_on="2026-11-24",
        what="wish a happy birthday",
        why="birthday in 3 days, turns 40",
        **ANNA,
    )
    assert people.rows("remind", "due") == [birthday]
    people.day("2026-11-26")
    service = row(
        reminder_id=2,
        due_on="2026-11-25",
        days_overdue=1,
        how="phone",
        what="service of the unit",
        why="next_service yesterday",
        **BORIS,
    )
    late = {**birthday, "days_overdue": 2, "why": "birthday 2 days ago, turned 40"}
    assert people.rows("remind", "due") == [late, service]
    people.ok("remind", "done", "1", "-q")
    assert people.rows("remind", "due") == [service]
    people.day("2027-11-21")
    assert [each["why"] for each in people.rows("remind", "due")] == [
        "next_service 361 days ago",
        "birthday in 3 days, turns 41",
    ]


def test_of_one_day_the_client_who_brought_most_comes_first(people: Shop) -> None:
    for who in ("Anna", "Boris", "weird"):
        people.ok("remind", "add", who, "call", "--on", "today", "-q")
    people.ok("remind", "add", "Anna", "missed", "--on", "yesterday", "-q")
    assert [each["reminder_id"] for each in people.rows("remind", "due")] == [4, 2, 1, 3]
    assert [each["name"] for each in people.rows("remind", "due", "--manager", "OLGA")] == [
        "Anna",
        "Anna",
    ]
    people.ok("contact", "edit", "Boris", "--manager", "Igor", "-q")
    assert people.rows("remind", "due", "--manager", "Igor")[0]["name"] == "Boris"


def test_a_yearless_29_february_falls_on_the_28th_and_expires(people: Shop) -> None:
    people.ok("remind", "rule", "add", "birthdays", "--birthday", "-q")
    wish = row(
        reminder_id=1,
        due_on="2027-02-28",
        contact_id=3,
        name="weird [/] name",
        what="wish a happy birthday",
        why="birthday today",
    )
    people.day("2027-02-28")
    assert people.rows("remind", "due") == [wish]
    people.day("2027-03-14")
    assert people.rows("remind", "due") == [
        {**wish, "days_overdue": 14, "why": "birthday 14 days ago"}
    ]
    people.day("2027-03-15")
    assert people.rows("remind", "due") == []
    people.day("2028-02-29")
    assert [each["due_on"] for each in people.rows("remind", "due")] == ["2028-02-29"]


def test_what_is_not_new_is_not_written(people: Shop) -> None:
    people.ok("remind", "rule", "add", "birthdays", "--birthday", "--before", "3", "-q")
    before = operations(people)
    for _each in range(3):  # cron ran three times
        people.ok("remind", "due")
    assert operations(people) == [*before, "remind due"]


def test_a_day_to_come_is_only_looked_at(people: Shop) -> None:
    people.ok("remind", "rule", "add", "birthdays", "--birthday", "-q")
    before = operations(people)
    ahead = people.rows("remind", "due", "--on", "2026-11-24")
    assert ahead == [
        row(
            due_on="2026-11-24",
            what="wish a happy birthday",
            why="birthday today, turns 40",
            **ANNA,
        )
    ]
    assert operations(people) == before
    people.day("2026-11-24")
    assert people.rows("remind", "due") == [{**ahead[0], "reminder_id": 1}]


def test_open_ones_go_where_their_day_moves_and_touched_ones_stay(people: Shop) -> None:
    people.ok("remind", "rule", "add", "service", "--field", "next_service", "--before", "30", "-q")
    assert [each["reminder_id"] for each in people.rows("remind", "due")] == [1]
    people.ok("contact", "edit", "2", "--field", "next_service=2026-12-01", "-q")
    assert [(each["reminder_id"], each["due_on"]) for each in people.rows("remind", "due")] == [
        (2, "2026-12-01")
    ]
    people.ok("remind", "snooze", "2", "--to", "2026-12-05", "-q")
    people.ok("contact", "edit", "2", "--field", "next_service=", "-q")
    people.day("2026-12-05")
    assert [(each["reminder_id"], each["why"]) for each in people.rows("remind", "due")] == [
        (2, "next_service 4 days ago")
    ]


@pytest.fixture
def both(people: Shop) -> Shop:
    """Rules for birthdays and services; Anna has a birthday in 3 days and a service in 5."""
    people.ok("contact", "edit", "1", "--field", "next_service=2026-11-26", "-q")
    people.ok("remind", "rule", "add", "service", "--field", "next_service", "--before", "7", "-q")
    people.ok("remind", "rule", "add", "birthdays", "--birthday", "--before", "3", "-q")
    return people


WISH = {"due_on": "2026-11-24", "what": "wish a happy birthday", **ANNA}
SERVICE = {"due_on": "2026-11-26", "what": "service", **ANNA}
OTHER = row(
    reminder_id=2,
    due_on="2026-11-25",
    what="service",
    why="next_service in 4 days",
    **BORIS,
)


def test_of_what_rules_list_for_a_contact_the_strongest_is_shown_and_names_the_others(
    both: Shop,
) -> None:
    why = "birthday in 3 days, turns 40; also: next_service in 5 days"
    due = [row(reminder_id=1, why=why, **WISH), OTHER]
    assert both.envelope("remind", "due") == {
        "clientbase": 1,
        "kind": "reminders",
        "as_of": "2026-11-21",
        "currency": "RUB",
        "rows": due,
        "notes": [],
    }
    # What is typed by hand stands beside them.
    both.ok("remind", "add", "Anna", "call", "--on", "today", "-q")
    call = row(reminder_id=4, due_on="2026-11-21", what="call", why="by hand", **ANNA)
    assert both.rows("remind", "due") == [call, *due]
    # Left out or put off, it makes room for the next.
    both.ok("remind", "skip", "1", "-q")
    service = row(reminder_id=3, why="next_service in 5 days", **SERVICE)
    assert both.rows("remind", "due") == [call, OTHER, service]


def test_on_one_day_a_birthday_comes_before_a_field_and_rules_of_one_day_are_told_apart(
    both: Shop,
) -> None:
    both.ok("contact", "edit", "1", "--field", "next_service=2026-11-24", "-q")
    gift = ("gifts", "--birthday", "--before", "10", "--what", "buy a gift")
    both.ok("remind", "rule", "add", *gift, "-q")
    whys = {each["name"]: each["why"] for each in both.rows("remind", "due")}
    assert whys["Anna"] == "birthday in 3 days, turns 40; also: buy a gift; next_service in 3 days"


def test_after_it_is_done_the_others_wait_until_the_pause_is_over(both: Shop) -> None:
    both.ok("remind", "due")
    both.ok("remind", "done", "1", "-q")
    held = ["1 more is held back by contact.pause (14 days)."]
    envelope = both.envelope("remind", "due")
    assert (envelope["rows"], envelope["notes"]) == ([OTHER], held)
    assert both.run("remind", "due", "--columns", "reminder_id,name") == Ran(
        0, f"reminder id  name\n-----------  -----\n          2  Boris\n\n{held[0]}\n", ""
    )
    both.ok("contact", "add", "Vera", "--manager", "Igor", "-q")
    assert both.envelope("remind", "due", "--manager", "Igor")["notes"] == []
    both.day("2026-12-04")
    envelope = both.envelope("remind", "due", "--manager", "olga")
    assert (envelope["rows"], envelope["notes"]) == ([], held)
    ahead = both.envelope("remind", "due", "--on", "+1d", "--manager", "olga")
    service = row(reminder_id=3, days_overdue=9, why="next_service 9 days ago", **SERVICE)
    assert (ahead["rows"], ahead["notes"]) == ([service], [])
    both.day("2026-12-05")
    assert both.rows("remind", "due", "--manager", "olga") == [service]


def test_cron_mails_nothing_when_all_is_held_back(both: Shop) -> None:
    both.ok("remind", "due")
    both.ok("remind", "done", "1", "2", "-q")
    assert both.run("remind", "due", "--exit-code") == Ran(0, "", "")
    before = operations(both)
    assert both.envelope("remind", "due")["notes"] == [
        "1 more is held back by contact.pause (14 days)."
    ]
    assert operations(both) == before


def test_an_open_lead_lifts_the_pause(both: Shop) -> None:
    both.ok("remind", "due")
    both.ok("remind", "done", "1", "-q")
    both.ok("lead", "add", "--who", "1", "-q")
    service = row(reminder_id=3, why="next_service in 5 days", **SERVICE)
    assert both.rows("remind", "due") == [OTHER, service]
    both.ok("lead", "lose", "1", "--reason", "price", "-q")
    assert both.rows("remind", "due") == [OTHER]


def test_what_was_put_off_by_hand_comes_on_its_day_even_in_a_pause(both: Shop) -> None:
    both.ok("remind", "due")
    both.ok("remind", "snooze", "3", "--by", "2d", "-q")
    both.ok("remind", "done", "1", "2", "-q")
    both.day("2026-11-23")
    assert both.envelope("remind", "due")["rows"] == [
        {**row(reminder_id=3, why="next_service in 3 days", **SERVICE), "due_on": "2026-11-26"}
    ]


def test_a_pause_of_0_shows_each_by_itself(both: Shop) -> None:
    both.ok("set", "contact.pause", "0", "-q")
    wish = row(reminder_id=1, why="birthday in 3 days, turns 40", **WISH)
    service = row(reminder_id=3, why="next_service in 5 days", **SERVICE)
    assert both.rows("remind", "due") == [wish, OTHER, service]
    both.ok("remind", "done", "1", "-q")
    assert both.rows("remind", "due") == [OTHER, service]


def test_what_comes_once_does_not_expire_in_a_pause_and_a_birthday_does(both: Shop) -> None:
    both.ok("remind", "rule", "edit", "service", "--expires", "2", "-q")
    both.ok("remind", "rule", "edit", "birthdays", "--expires", "2", "-q")
    both.ok("contact", "edit", "2", "--birthday", "--11-28", "-q")
    both.day("2026-11-25")
    both.ok("remind", "due")
    both.ok("remind", "done", "1", "2", "-q")
    # Nobody looked at the list in between; the pause ends on 9 December.
    both.day("2026-12-11")
    service = row(reminder_id=3, days_overdue=15, why="next_service 15 days ago", **SERVICE)
    assert both.rows("remind", "due") == [service]
    both.day("2026-12-12")
    assert both.rows("remind", "due") == []


def rules(shop: Shop) -> list[tuple[Any, ...]]:
    """Return the rules as they are listed."""
    return [tuple(each.values()) for each in shop.rows("remind", "rule", "list")]


def test_a_rule_is_listed_changed_and_dropped(people: Shop) -> None:
    assert people.run("remind", "rule", "list") == Ran(0, "There are no rules yet.\n", "")
    people.ok("remind", "rule", "add", "Birthdays", "--birthday", "--before", "3", "-q")
    people.ok("remind", "due")
    birthdays = (
        1,
        "Birthdays",
        "birthday",
        None,
        "contact",
        "yearly",
        None,
        3,
        14,
        "wish a happy birthday",
        None,
        False,
        "2026-11-21",
        1,
    )
    assert rules(people) == [birthdays]
    ran = people.run(
        "remind",
        "rule",
        "edit",
        "birthdays",
        "--rename",
        "wishes",
        "--what",
        "say hello",
        "--how",
        "sms",
        "--expires",
        "2",
    )
    assert ran.err == "The rule wishes is changed.\n"
    told = ("contact", "yearly", None, 3, 2, "say hello", "sms", False, "2026-11-21", 1)
    wishes = (1, "wishes", "birthday", None, *told)
    assert rules(people) == [wishes]
    assert [(e["reminder_id"], e["what"], e["how"]) for e in people.rows("remind", "due")] == [
        (1, "say hello", "sms")
    ]
    ran = people.run("remind", "rule", "drop", "wishes", "--dry-run", "--columns", "x")
    assert ran.code == 2  # only lists take it
    ran = people.run("remind", "rule", "drop", "wishes", "--dry-run")
    assert ran.err == "It would take 1 open reminder along.\n"
    assert rules(people) == [wishes]
    assert people.run("remind", "rule", "drop", "wishes") == Ran(
        2,
        "",
        "error: wishes would take 1 open reminder along\n"
        "hint: --yes does it, --dry-run only shows the rule\n",
    )
    ran = people.run("remind", "rule", "drop", "wishes", "--yes")
    assert ran.err == "It took 1 open reminder along.\n"
    assert (rules(people), people.rows("remind", "due")) == ([], [])
    people.ok("remind", "rule", "add", "wishes", "--birthday", "-q")
    assert [each[0] for each in rules(people)] == [2]


def test_what_was_snoozed_outlives_its_rule_and_lets_its_field_go(people: Shop) -> None:
    people.ok("remind", "rule", "add", "service", "--field", "next_service", "--before", "9", "-q")
    people.ok("remind", "due")
    people.ok("remind", "snooze", "1", "--by", "1w", "-q")
    people.ok("remind", "rule", "drop", "service", "-q")  # none is left that it takes along
    assert people.run("field", "drop", "next_service", "--yes", "-q").code == 0
    due = people.rows("remind", "due", "--on", "2026-11-28")
    assert [(each["reminder_id"], each["why"]) for each in due] == [(1, "service 3 days ago")]
    people.ok("remind", "done", "1", "-q")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"])
def test_the_zone_of_the_machine_changes_nothing(
    people: Shop, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.ok("remind", "rule", "add", "birthdays", "--birthday", "--before", "3", "-q")
    people.ok("remind", "add", "Anna", "call", "--on", "today", "--every", "1m", "-q")
    here = people.run("remind", "due", "--format", "json")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    there = people.run("remind", "due", "--format", "json")
    monkeypatch.delenv("TZ")
    time.tzset()
    assert there == here


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (
            "add Anna call",
            2,
            "error: --on is missing\nhint: clientbase remind add --help shows how it is used\n",
        ),
        (
            "add Anna call --on 2027-02-30",
            4,
            "error: 30 February does not exist\nhint: type 2026-03-01, 01.03.2026, 01.03, today, yesterday, fri, +3d or in 6 months\n",
        ),
        (
            "add Anna call --on fri --every 6",
            4,
            'error: "6" is not a span of time\nhint: type 30d, 2w, 6m (months) or 1y\n',
        ),
        (
            "add Anna call --on fri --how pigeon",
            2,
            "error: a reminder can't be done by pigeon\nhint: one of: phone, email, visit, post, message, sms, telegram, whatsapp, viber, instagram, vk, facebook, skype\n",
        ),
        ("add 99 call --on fri", 3, "error: there is no contact 99\n"),
        (
            "done 99",
            3,
            "error: there is no reminder 99\nhint: clientbase remind due shows the numbers\n",
        ),
        (
            "done 99999999999999999999",
            3,
            "error: there is no reminder 99999999999999999999\nhint: clientbase remind due shows the numbers\n",
        ),
        (
            "done 1 99",
            3,
            "error: there is no reminder 99\nhint: clientbase remind due shows the numbers\n",
        ),
        (
            "done 2",
            5,
            "error: reminder 2 was done on 21.11.2026 already\nhint: clientbase remind due shows what is open\n",
        ),
        (
            "skip 3",
            5,
            "error: reminder 3 was skipped on 21.11.2026 already\nhint: clientbase remind due shows what is open\n",
        ),
        (
            "done 1 --next yesterday",
            4,
            "error: the next day must lie ahead, and 20.11.2026 does not\nhint: choose a later day, such as: --next +6m\n",
        ),
        (
            "snooze 1 --to 2026-11-20",
            4,
            "error: reminder 1 can't be put off to 20.11.2026: it is listed from 21.11.2026 on\nhint: choose a later day, such as: --by 3d\n",
        ),
        (
            "snooze 1 --to today",
            4,
            "error: reminder 1 can't be put off to 21.11.2026: it is listed from 21.11.2026 on\nhint: choose a later day, such as: --by 3d\n",
        ),
        (
            "snooze 1 --by soon",
            4,
            'error: "soon" is not a span of time\nhint: type 30d, 2w, 6m (months) or 1y\n',
        ),
        (
            "snooze 1",
            2,
            "error: it is not clear until when\nhint: give one of --to DAY and --by SPAN, such as: --by 3d\n",
        ),
        (
            "snooze 1 --by 3d --to mon",
            2,
            "error: it is not clear until when\nhint: give one of --to DAY and --by SPAN, such as: --by 3d\n",
        ),
        (
            "rule add x",
            2,
            "error: it is not clear which day the rule looks at\nhint: give one of --birthday and --field NAME\n",
        ),
        (
            "rule add x --birthday --field next_service",
            2,
            "error: it is not clear which day the rule looks at\nhint: give one of --birthday and --field NAME\n",
        ),
        (
            "rule add x --birthday --once",
            2,
            "error: a birthday comes each year\nhint: leave --once out\n",
        ),
        (
            "rule add x --field next_servise",
            3,
            "error: there is no field next_servise\nhint: did you mean next_service?\n",
        ),
        (
            "rule add x --field pet",
            4,
            "error: the field pet is no date: its type is text\nhint: make one with: clientbase field add NAME --type date\n",
        ),
        (
            "rule add x --birthday --before 366",
            2,
            "error: --before can't be 366\nhint: give a number of days from 0 to 365\n",
        ),
        (
            "rule add x --birthday --expires 0",
            2,
            "error: --expires can't be 0\nhint: give a number of days from 1 to 364\n",
        ),
        (
            "rule add WISHES --birthday",
            5,
            "error: the rule WISHES is there already\nhint: choose another name, or see: clientbase remind rule list\n",
        ),
        (
            "rule edit wishs --before 1",
            3,
            "error: there is no rule wishs\nhint: did you mean wishes?\n",
        ),
        (
            "rule drop zzz",
            3,
            "error: there is no rule zzz\nhint: clientbase remind rule list shows them all\n",
        ),
        (
            "cron --at 25:00",
            4,
            'error: "25:00" is not an hour of the day\nhint: type it as 08:30\n',
        ),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(
    people: Shop, line: str, code: int, said: str
) -> None:
    for what in ("call", "write", "visit"):
        people.ok("remind", "add", "Anna", what, "--on", "today", "-q")
    people.ok("remind", "done", "2", "-q")
    people.ok("remind", "skip", "3", "-q")
    people.ok("field", "add", "pet", "-q")
    people.ok("remind", "rule", "add", "wishes", "--birthday", "-q")
    before = operations(people)
    ran = people.run("remind", *line.split())
    assert (ran.code, ran.out) == (code, "")
    assert ran.err == said if said.count("\n") > 1 else ran.err.startswith(said)
    assert operations(people) == before


def test_control_characters_are_refused(people: Shop) -> None:
    ran = people.run("remind", "add", "Anna", "\x1b]0;gotcha", "--on", "today")
    assert (ran.code, ran.out, operations(people)[-1]) == (4, "", "sale record")


def test_cron_prints_a_line_that_can_be_pasted(people: Shop) -> None:
    ran = people.run("remind", "cron", "--at", "7:05")
    minute, hour, *stars, program = ran.out.split(" ", 5)
    assert (minute, hour, stars) == ("5", "7", ["*", "*", "*"])
    assert program.endswith(f"clientbase --db {people.path} remind due\n")
    assert os.access(program.split(" ")[0], os.X_OK)
    assert ran.err == "Paste the line into: crontab -e\n"
    assert people.rows("remind", "cron", "--at", "7:05") == [{"line": ran.out.rstrip("\n")}]


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ("/home/o/100% our.db", r"'/home/o/100\% our.db'"),
        ("/home/o/a'b.db", "'/home/o/a'\"'\"'b.db'"),
    ],
)
def test_a_crontab_reads_any_plain_name_of_a_file(base: str, told: str) -> None:
    line = cron.line(["/usr/bin/clientbase"], Path(base), "08:30")
    assert line == f"30 8 * * * /usr/bin/clientbase --db {told} remind due"


def test_a_crontab_has_no_place_for_a_line_break(people: Shop) -> None:
    odd = people.path.with_name("two\nlines.db")
    people.path.rename(odd)
    ran = people.run("--db", str(odd), "remind", "cron")
    assert (ran.code, ran.out) == (4, "")
