"""Who does not wish to be reached, or has left: told, shown, and left out of lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from shop import Ran, Shop

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def people(shop: Shop) -> Shop:
    """Анна and Иван with phones, Пётр with an e-mail; something to do for Анна."""
    shop.day("2026-11-01")
    shop.ok("contact", "add", "Анна", "--phone", "8 926 123-45-61", "-q")
    shop.ok("contact", "add", "Иван", "--phone", "8 926 123-45-62", "-q")
    shop.ok("contact", "add", "Пётр", "--email", "petr@mail.ru", "-q")
    shop.day("2026-11-21")
    for how in ("phone", "email", ""):
        shop.ok("remind", "add", "1", "x", "--on", "today", *(["--how", how] if how else []), "-q")
    return shop


def ids(shop: Shop, *words: str) -> list[int]:
    return [row["contact_id"] for row in shop.rows(*words)]


def stops(shop: Shop, who: str = "1") -> list[dict[str, str]]:
    found: list[dict[str, str]] = shop.envelope("contact", "show", who)["tables"]["stops"]
    return found


def test_a_stop_says_what_it_silences_and_the_card_shows_it(people: Shop) -> None:
    ran = people.run("contact", "stop", "анна", "call", "sms", "--note", "only mail")
    assert ran.code == 0
    assert ran.err == (
        "Contact 1 is not to be reached by call, sms any more.\nIt silences an open reminder: 1.\n"
    )
    assert stops(people) == [
        {"way": "phone", "stopped_on": "2026-11-21", "note": "only mail"},
        {"way": "sms", "stopped_on": "2026-11-21", "note": "only mail"},
    ]
    assert people.run("contact", "stop", "1", "-q").err == ""
    assert people.run("contact", "stop", "2").err == ("Contact 2 is not to be reached any more.\n")
    envelope = people.envelope("contact", "show", "1")
    assert envelope["notes"] == ["Stopped, or left, and so in no list: 1, 2, 3."]
    assert (envelope["rows"][0]["next_reminder_on"], len(envelope["tables"]["reminders"])) == (
        None,
        3,
    )


def test_an_allowance_takes_a_stop_back(people: Shop) -> None:
    people.ok("contact", "stop", "1", "-q")
    assert people.run("contact", "allow", "1", "email").err == (
        "Contact 1 may be reached by email again.\n"
    )
    assert [stop["way"] for stop in stops(people)] == ["phone", "visit", "post", "message"]
    assert people.run("contact", "allow", "1", "email").err == "Contact 1 had not stopped it.\n"
    assert people.run("contact", "allow", "1").err == "Contact 1 may be reached again.\n"
    assert stops(people) == []


@pytest.mark.parametrize(
    ("words", "code", "sentence", "hint"),
    [
        (("stop", "1", "fon"), 2, "there is no way fon to reach somebody", "did you mean phone?"),
        (("allow", "1", "fon"), 2, "there is no way fon to reach somebody", "did you mean phone?"),
        (("list", "--for", "fon"), 2, "there is no way fon to reach somebody", "did you mean phone?"),
        (("stop", "1", "--note", "\x07"), 4, "� holds a control character that can't be seen (U+0007)", "type it anew instead of copying it"),
        (("left", "1"), 2, "it is not said why they left", 'add: --reason "moved away", or --back where they are here again'),
        (("left", "1", "--reason", ""), 4, "a text is needed here, and it is empty", "type some letters"),
        (("left", "1", "--reason", "x", "--on", "tomorrow"), 4, "2026-11-22 is still to come", "write it down when they have left"),
        (("left", "1", "--reason", "x", "--back"), 2, "--back goes without a reason and a day", "leave --reason and --on out"),
        (("left", "1", "--on", "today", "--back"), 2, "--back goes without a reason and a day", "leave --reason and --on out"),
        (("left", "1", "--back"), 5, "this contact has not left", "clientbase contact show WHO tells when somebody left"),
    ],
)  # fmt: skip
def test_what_can_not_be_ends_in_one_sentence(
    people: Shop, words: tuple[str, ...], code: int, sentence: str, hint: str
) -> None:
    ran = people.run("contact", *words)
    wanted = sentence.replace("2026-11-22", "22.11.2026")
    assert ran == Ran(code, "", f"error: {wanted}\nhint: {hint}\n")
    assert stops(people) == []


def test_who_has_left_is_shown_and_comes_back_by_buying(people: Shop) -> None:
    ran = people.run("contact", "left", "1", "--reason", "moved to Kazan", "--on", "10.11.2026")
    assert ran.err == "Contact 1 has left.\nIt silences 3 open reminders: 1, 2, 3.\n"
    assert ids(people, "contact", "list", "--for", "phone") == [2]
    assert ids(people, "contact", "list", "--where", "left") == [1]
    (row,) = people.rows("contact", "show", "1")
    assert (row["left_on"], row["left_reason"], row["came_back_on"]) == (
        "2026-11-10",
        "moved to Kazan",
        None,
    )
    people.ok("sale", "record", "1", "500", "--on", "2026-11-10", "-q")
    assert ids(people, "contact", "list", "--for", "phone") == [2]
    people.ok("sale", "record", "1", "500", "--on", "2026-11-12", "-q")
    assert ids(people, "contact", "list", "--for", "phone") == [1, 2]
    assert ids(people, "contact", "list", "--where", "left") == []
    card = people.envelope("contact", "show", "1")
    assert card["rows"][0]["came_back_on"] == "2026-11-12"
    assert [event["event"] for event in card["tables"]["history"]] == ["sale", "left", "sale"]
    people.ok("contact", "left", "1", "--back", "-q")
    assert people.rows("contact", "show", "1")[0]["left_on"] is None


def test_who_had_left_is_told_as_of_a_day(people: Shop) -> None:
    people.ok("contact", "left", "1", "--reason", "x", "--on", "2026-11-10", "-q")
    people.ok("sale", "record", "1", "500", "--on", "2026-11-12", "-q")
    people.ok("segment", "define", "gone", "left or orders > 9", "-q")
    base = people.connect()
    base.execute("pragma query_only = off")
    base.execute("update contact set entered_on = '2026-11-01'")
    base.close()
    days = ("2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "today")
    found = [ids(people, "segment", "run", "gone", "--as-of", day) for day in days]
    assert found == [[], [1], [1], [], []]


def test_nobody_has_left_before_they_came(people: Shop) -> None:
    people.ok("lead", "add", "--who", "1", "--on", "2026-11-12", "-q")
    people.ok("sale", "record", "2", "500", "--on", "2026-11-14", "-q")
    for who, day, sentence, since in (
        ("1", "11.11.2026", "an enquiry of 12.11.2026 came after that day (contact 1)", "12"),
        ("2", "2026-11-13", "a sale of 14.11.2026 came after that day (contact 2)", "14"),
        ("3", "2026-10-31", "contact 3 is in the base since 01.11.2026, after that day", "01"),
    ):
        ran = people.run("contact", "left", who, "--reason", "x", "--on", day)
        hint = f"hint: give a later day, from {since}.11.2026 on"
        assert ran == Ran(4, "", f"error: {sentence}\n{hint}\n")
        people.ok("contact", "left", who, "--reason", "x", "--on", f"2026-11-{since}", "-q")
    assert ids(people, "contact", "list", "--where", "left") == [1, 2, 3]


def test_an_enquiry_brings_back_who_has_left(people: Shop) -> None:
    people.ok("contact", "left", "1", "--reason", "x", "--on", "yesterday", "-q")
    people.ok("lead", "add", "--phone", "8 926 123-45-61", "-q")
    assert ids(people, "contact", "list", "--for", "phone") == [1, 2]


def test_a_list_for_contacting_tells_whom_it_left_out(people: Shop) -> None:
    people.ok("contact", "stop", "1", "phone", "-q")
    note = "Left out for phone: 2 contacts (1 does not wish it, 1 without a phone)."
    ran = people.run("contact", "list", "--for", "call", "--columns", "contact_id")
    assert ran == Ran(0, f"contact id\n----------\n         2\n\n{note}\n", "")
    ran = people.run("contact", "list", "--for", "phone", "--columns", "name", "--format", "csv")
    assert ran == Ran(0, "name\nИван\n", f"{note}\n")
    assert people.envelope("contact", "list", "--for", "phone")["notes"] == [note]
    assert people.envelope("contact", "list", "--for", "phone", "--where", "has_phone")[
        "notes"
    ] == ["Left out for phone: 1 contact (1 does not wish it)."]


def test_a_segment_tells_who_does_not_wish_to_be_reached(people: Shop) -> None:
    words = ("segment", "run", "base:potential")
    people.ok("contact", "stop", "1", "phone", "-q")
    people.ok("contact", "left", "3", "--reason", "x", "-q")
    note = (
        "2 of them have left or do not wish to be reached, wholly or by some way; "
        "--for WAY leaves out who can't be."
    )
    assert people.envelope(*words)["notes"][-1] == note
    assert people.run(*words, "--format", "csv").err == f"{note}\n"
    assert ids(people, *words) == [1, 2, 3]
    assert ids(people, *words, "--for", "phone") == [2]
    assert people.envelope(*words, "--for", "phone")["notes"][-1] == (
        "Left out for phone: 2 contacts (1 does not wish it, 1 has left)."
    )
    assert people.run("segment", "run", "--for", "phone") == Ran(
        2,
        "",
        "error: --for goes with the name of a segment\n"
        "hint: clientbase segment list shows their names\n",
    )


def test_an_import_never_allows_who_has_stopped(people: Shop, tmp_path: Path) -> None:
    people.ok("contact", "stop", "1", "-q")
    file = tmp_path / "contacts.csv"
    file.write_text("name,phone,city\nАнна,+79261234561,Пермь\n", encoding="utf-8")
    people.ok("import", "contacts", str(file), "-q")
    assert people.rows("contact", "show", "1")[0]["city"] == "Пермь"
    assert [stop["way"] for stop in stops(people)] == ["all"]


def test_what_is_missing_and_who_works_where_is_listed(people: Shop) -> None:
    people.ok("contact", "edit", "2", "--organisation", "ООО Ёлка", "--city", "Пермь", "-q")
    assert ids(people, "contact", "list", "--missing", "phone") == [3]
    assert ids(people, "contact", "list", "--missing", "email", "--missing", "city") == [1]
    assert ids(people, "contact", "list", "--organisation", "ооо елка") == [2]
    assert people.run("contact", "list", "--missing", "fone") == Ran(
        3, "", "error: fone is nothing that a contact may lack\nhint: did you mean phone?\n"
    )
    assert people.run("contact", "list", "--organisation", "ООО Ёлки") == Ran(
        3, "", "error: there is no organisation ООО Ёлки\nhint: did you mean ООО Ёлка?\n"
    )


def test_people_and_referrals_are_shown_on_both_sides(people: Shop) -> None:
    people.ok("contact", "add", "ООО Ёлка", "--company", "-q")
    people.ok("contact", "edit", "1", "--organisation", "ооо ёлка", "--post", "директор", "-q")
    people.ok("contact", "edit", "2", "--referred-by", "1", "-q")
    people.ok("contact", "edit", "3", "--referred-by", "1", "--organisation", "ООО Ёлка", "-q")
    people.ok("sale", "record", "3", "1200.50", "-q")
    people.ok("contact", "edit", "1", "--referred-by", "3", "-q")  # a circle is harmless
    card = people.envelope("contact", "show", "1")
    row = card["rows"][0]
    assert (row["organisation_id"], row["referred"], row["referred_revenue"]) == (4, 2, 1200.5)
    assert card["tables"]["referred"] == [
        {"contact_id": 3, "name": "Пётр", "orders": 1, "revenue": 1200.5},
        {"contact_id": 2, "name": "Иван", "orders": 0, "revenue": 0},
    ]
    assert people.envelope("contact", "show", "4")["tables"]["people"] == [
        {
            "contact_id": 1,
            "name": "Анна",
            "post": "директор",
            "phone": "+79261234561",
            "email": None,
        },
        {
            "contact_id": 3,
            "name": "Пётр",
            "post": None,
            "phone": None,
            "email": "petr@mail.ru",
        },
    ]
    assert people.run("contact", "edit", "4", "--name", "ООО Сосна").err == (
        "Contact 4 is changed.\n2 people go with it.\n"
    )
    assert people.rows("contact", "show", "3")[0]["organisation"] == "ООО Сосна"
    assert people.run("contact", "edit", "1", "--referred-by", "1").code == 4


@pytest.mark.parametrize("format_", ["table", "json", "jsonl", "csv", "tsv", "html"])
def test_every_format_shows_what_was_done(people: Shop, format_: str) -> None:
    for words in (("stop", "2", "phone"), ("allow", "2"), ("left", "2", "--reason", "x")):
        out = people.ok("contact", *words, "--format", format_, "-q")
        assert "Иван" in out
        if format_ == "json":
            assert json.loads(out)["kind"] == "contacts"
