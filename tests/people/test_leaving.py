from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from clientbase.errors import Conflict, Refused
from clientbase.people import contacts, leaving, reaching, stops
from clientbase.people.contacts import NewContact

if TYPE_CHECKING:
    from clientbase.db.connection import Base

TODAY = date(2026, 11, 21)
ON = date(2026, 11, 10)


@pytest.fixture
def pair(base: Base) -> list[int]:
    """Two contacts with a phone, and something to do for the first."""
    found = [
        contacts.add(base, NewContact(name, phones=(phone,)), date(2026, 11, 1))
        for name, phone in (("Анна", "8 926 123-45-67"), ("Иван", "8 926 123-45-68"))
    ]
    base.execute(
        "insert into reminder (contact_id, due_on, listed_on, what) values (1, '2026-11-21', '2026-11-21', 'x')"
    )
    return found


def left(base: Base) -> list[tuple[str | None, str | None]]:
    return base.execute("select left_on, left_reason from contact order by id").fetchall()


def reached(base: Base) -> list[int]:
    return reaching.by(base, None, "phone").contacts


def test_who_has_left_is_in_no_list_until_they_are_back(base: Base, pair: list[int]) -> None:
    assert leaving.leave(base, pair[:1], " moved  away ", ON, TODAY) == [1]
    assert left(base) == [("2026-11-10", "moved away"), (None, None)]
    assert reached(base) == [2]
    assert leaving.leave(base, pair[:1], "dear", TODAY, TODAY) == []
    assert left(base)[0] == ("2026-11-21", "dear")
    assert leaving.come_back(base, pair) == 1
    assert left(base) == [(None, None)] * 2
    assert reached(base) == [1, 2]


def test_a_notice_that_was_asked_for_is_not_told_to_be_silenced(
    base: Base, pair: list[int]
) -> None:
    base.execute("update reminder set asked = 1")
    assert leaving.leave(base, pair, "x", ON, TODAY) == []


@pytest.mark.parametrize(
    ("statement", "back_on"),
    [
        (
            "insert into sale (contact_id, sold_on, amount) values (1, '2026-11-11', 1)",
            "2026-11-11",
        ),
        ("insert into sale (contact_id, sold_on, amount) values (1, '2026-11-10', 1)", None),
        ("insert into sale (contact_id, sold_on, amount) values (2, '2026-11-11', 1)", None),
        (
            "insert into sale (contact_id, sold_on, amount, voided_on) values (1, '2026-11-11', 1, '2026-11-12')",
            None,
        ),
        (
            "insert into lead (contact_id, stage_id, temperature, opened_on) values (1, 1, 'cold', '2026-11-12')",
            "2026-11-12",
        ),
        (
            "insert into lead (contact_id, stage_id, temperature, opened_on) values (1, 1, 'cold', '2026-11-10')",
            None,
        ),
        (
            "insert into activity (contact_id, kind, direction, happened_on, what, who) values (1, 'call', 'in', '2026-11-12', 'x', 'olga')",
            None,
        ),
    ],
)
def test_a_sale_or_an_enquiry_on_a_later_day_brings_them_back(
    base: Base, pair: list[int], statement: str, back_on: str | None
) -> None:
    leaving.leave(base, pair[:1], "x", ON, TODAY)
    base.execute(statement)
    assert base.execute("select * from leaving").fetchall() == [(1, "2026-11-10", back_on)]
    assert reached(base) == ([1, 2] if back_on else [2])
    assert stops.silent(base, [(1, None), (2, "phone")]) == (set() if back_on else {0})


def test_the_first_of_sales_and_enquiries_is_the_day_of_coming_back(
    base: Base, pair: list[int]
) -> None:
    leaving.leave(base, pair[:1], "x", ON, TODAY)
    for day in ("2026-11-14", "2026-11-13"):
        base.execute("insert into sale (contact_id, sold_on, amount) values (1, ?, 1)", (day,))
    base.execute(
        "insert into lead (contact_id, stage_id, temperature, opened_on) values (1, 1, 'cold', '2026-11-15')"
    )
    assert base.one("select back_on from leaving") == "2026-11-13"


@pytest.mark.parametrize(
    ("reason", "day", "sentence"),
    [
        ("", TODAY, "a text is needed here, and it is empty"),
        ("\x07", TODAY, "� holds a control character that can't be seen (U+0007)"),
        ("x" * 10_000, TODAY, "the text has 10000 characters, 500 are the most"),
        ("x", date(2026, 11, 22), "2026-11-22 is still to come"),
    ],
)
def test_what_can_not_be_is_refused(
    base: Base, pair: list[int], reason: str, day: date, sentence: str
) -> None:
    with pytest.raises(Refused) as caught:
        leaving.leave(base, pair, reason, day, TODAY)
    assert caught.value.message == sentence
    assert left(base) == [(None, None)] * 2


def test_who_has_not_left_can_not_come_back(base: Base, pair: list[int]) -> None:
    with pytest.raises(Conflict, match="this contact has not left"):
        leaving.come_back(base, [1])
    with pytest.raises(Conflict, match="nobody of them has left"):
        leaving.come_back(base, pair)
    assert leaving.come_back(base, []) == 0
