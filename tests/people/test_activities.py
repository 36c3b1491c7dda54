from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from clientbase.errors import ClientbaseError, Conflict, Misuse, NotFound, Refused
from clientbase.people import contacts
from clientbase.people.activities import COLUMNS, NewActivity, listing, log
from clientbase.people.contacts import NewContact

if TYPE_CHECKING:
    from clientbase.db.connection import Base

TODAY = date(2026, 11, 21)


@pytest.fixture
def anna(base: Base) -> int:
    """A contact, and a lead of another."""
    contacts.add(base, NewContact("Иван"), TODAY)
    anna = contacts.add(base, NewContact("Анна"), TODAY)
    for contact in (1, anna):
        base.execute(
            "insert into lead (contact_id, stage_id, temperature, opened_on) "
            "values (?, 1, 'cold', '2026-11-01')",
            (contact,),
        )
    return anna


def test_what_happened_is_written_down(base: Base, anna: int) -> None:
    new = NewActivity(" asked\nfor the price ", date(2026, 11, 20), "call", "in", 2)
    table = listing(base, [log(base, anna, new, TODAY, "olga")])
    assert table.columns == COLUMNS
    assert list(table.rows) == [
        (1, anna, "Анна", 2, "call", "in", "2026-11-20", "asked\nfor the price", "olga")
    ]


def test_a_note_is_the_least_that_is_said(base: Base, anna: int) -> None:
    number = log(base, anna, NewActivity("x", TODAY), TODAY, "olga")
    (row,) = listing(base, [number]).rows
    assert row == (1, anna, "Анна", None, "note", None, "2026-11-21", "x", "olga")


def test_activities_are_listed_in_the_order_asked_for(base: Base, anna: int) -> None:
    for what in ("a", "b"):
        log(base, anna, NewActivity(what, TODAY), TODAY, "olga")
    assert [row[7] for row in listing(base, [2, 1]).rows] == ["b", "a"]


@pytest.mark.parametrize(
    ("new", "kind", "sentence"),
    [
        (NewActivity("x", TODAY, "cal"), Misuse, "there is no kind cal"),
        (NewActivity("x", date(2026, 11, 22)), Refused, "2026-11-22 is still to come"),
        (NewActivity("", TODAY), Refused, "a text is needed here, and it is empty"),
        (NewActivity("x", TODAY, lead_id=9), NotFound, "there is no lead 9"),
        (NewActivity("x", TODAY, lead_id=10**20), NotFound, f"there is no lead {10**20}"),
        (NewActivity("x", TODAY, lead_id=1), Conflict, "lead 1 is of contact 1"),
    ],
)
def test_what_can_not_be_is_refused(
    base: Base, anna: int, new: NewActivity, kind: type[ClientbaseError], sentence: str
) -> None:
    with pytest.raises(kind) as caught:
        log(base, anna, new, TODAY, "olga")
    assert caught.value.message == sentence
    assert base.one("select count(*) from activity") == 0
