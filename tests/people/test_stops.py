from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from clientbase.errors import Misuse, Refused
from clientbase.people import contacts, stops
from clientbase.people.contacts import NewContact

if TYPE_CHECKING:
    from clientbase.db.connection import Base

TODAY = date(2026, 11, 21)
YESTERDAY = date(2026, 11, 20)


@pytest.fixture
def pair(base: Base) -> list[int]:
    """Two contacts."""
    return [contacts.add(base, NewContact(name), TODAY) for name in ("Анна", "Иван")]


def kept(base: Base, contact: int) -> list[tuple[str, str, str | None]]:
    return base.execute(
        "select way, stopped_on, note from contact_stop where contact_id = ? order by id",
        (contact,),
    ).fetchall()


def remind(base: Base, contact: int, how: str | None = None, **more: object) -> int:
    values = {"contact": contact, "how": how, "asked": 0, "state": "open", **more}
    values["closed"] = None if values["state"] == "open" else "2026-11-21"
    return int(
        base.one(
            "insert into reminder (contact_id, due_on, listed_on, what, how, asked, state, closed_on) "
            "values (:contact, '2026-11-21', '2026-11-21', 'x', :how, :asked, :state, :closed) returning id",
            values,
        )
    )


def test_a_stop_is_of_a_way_or_of_all(base: Base, pair: list[int]) -> None:
    stops.stop(base, pair[:1], ["call", "SMS"], YESTERDAY, note=" not at work ")
    stops.stop(base, pair, [], TODAY)
    assert kept(base, 1) == [
        ("phone", "2026-11-20", "not at work"),
        ("sms", "2026-11-20", "not at work"),
        ("all", "2026-11-21", None),
    ]
    assert kept(base, 2) == [("all", "2026-11-21", None)]


def test_a_second_stop_changes_nothing_but_the_note(base: Base, pair: list[int]) -> None:
    stops.stop(base, pair[:1], ["message"], YESTERDAY, note="a")
    stops.stop(base, pair[:1], ["message", "telegram"], TODAY)
    assert kept(base, 1) == [("message", "2026-11-20", "a")]
    stops.stop(base, pair[:1], ["message"], TODAY, note="b")
    assert kept(base, 1) == [("message", "2026-11-20", "b")]
    changes = base.one("select count(*) from change")
    stops.stop(base, pair[:1], ["message"], TODAY, note="b")
    assert base.one("select count(*) from change") == changes


def test_of_what_is_stopped_as_a_whole_the_rest_stays_stopped(base: Base, pair: list[int]) -> None:
    stops.stop(base, pair[:1], [], YESTERDAY, note="no ads")
    assert stops.allow(base, pair, ["message"]) == 1
    assert kept(base, 1) == [
        (way, "2026-11-20", "no ads") for way in ("phone", "email", "visit", "post")
    ]
    stops.stop(base, pair[:1], ["message"], TODAY)
    assert kept(base, 1)[4:] == [("message", "2026-11-21", None), ("all", "2026-11-21", None)]
    assert stops.allow(base, pair, ["all"]) == 1
    assert kept(base, 1) == []
    assert stops.allow(base, pair, []) == 0


def test_an_unknown_way_changes_nothing(base: Base, pair: list[int]) -> None:
    stops.stop(base, pair, ["phone"], TODAY)
    with pytest.raises(Misuse, match="there is no way fax"):
        stops.stop(base, pair, ["email", "fax"], TODAY)
    with pytest.raises(Misuse, match="there is no way fax"):
        stops.allow(base, pair, ["phone", "fax"])
    assert [kept(base, contact) for contact in pair] == [[("phone", "2026-11-21", None)]] * 2


@pytest.mark.parametrize("note", ["\x1b[31m", "x" * 501])
def test_a_note_that_can_not_be_kept_is_refused(base: Base, pair: list[int], note: str) -> None:
    with pytest.raises(Refused):
        stops.stop(base, pair, [], TODAY, note=note)
    assert kept(base, 1) == []


def test_a_stop_silences_what_is_to_be_done_by_its_way(base: Base, pair: list[int]) -> None:
    by_phone, by_sms, anyhow = (remind(base, 1, how) for how in ("phone", "sms", None))
    remind(base, 1, "phone", asked=1)
    remind(base, 1, "phone", state="done")
    remind(base, 2, "phone")
    assert stops.stop(base, pair[:1], ["phone"], TODAY) == [by_phone]
    assert stops.stop(base, pair[:1], ["phone", "telegram"], TODAY) == []
    assert stops.stop(base, pair[:1], ["message"], TODAY) == [by_sms]
    assert stops.stop(base, pair[:1], [], TODAY) == [anyhow]
    assert stops.silent_reminders(base, pair) == [by_phone, by_sms, anyhow]
    stops.allow(base, pair, ["sms"])
    # No way is said, and one is open again.
    assert stops.silent_reminders(base, pair) == [by_phone]


def test_who_stopped_part_by_part_stopped_wholly(base: Base, pair: list[int]) -> None:
    anyhow = remind(base, 1)
    for way in ("phone", "email", "visit", "message"):
        assert stops.stop(base, pair[:1], [way], TODAY) == []
    assert stops.stop(base, pair[:1], ["post"], TODAY) == [anyhow]


def test_each_stop_can_be_undone_from_the_journal(base: Base, pair: list[int]) -> None:
    stops.stop(base, pair[:1], ["phone"], TODAY, note="a")
    stops.stop(base, pair[:1], ["phone"], TODAY, note="b")
    stops.allow(base, pair[:1], ["phone"])
    rows = base.execute(
        "select kind, before from change where table_name = 'contact_stop' order by id"
    ).fetchall()
    assert [(kind, json.loads(before)["note"]) for kind, before in rows] == [
        ("update", "a"),
        ("delete", "b"),
    ]
