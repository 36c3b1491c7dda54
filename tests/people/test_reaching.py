from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from clientbase.people import contacts, leaving, reaching, stops, ways
from clientbase.people.contacts import NewContact

if TYPE_CHECKING:
    from clientbase.db.connection import Base

TODAY = date(2026, 11, 21)


@pytest.fixture
def people(base: Base) -> Base:
    """Contacts by what they have: 1 a phone, 2 e-mail, 3 telegram and vk, 4 all of it, 5 nothing."""
    phone, email = "8 926 123-45-6{}", "a{}@mail.ru"
    for said in (
        NewContact("1", phones=(phone.format(1),)),
        NewContact("2", emails=(email.format(2),), address="ул. Баумана, 1"),
        NewContact("3", messengers=(("telegram", "abcde"), ("vk", "abcde"))),
        NewContact(
            "4",
            phones=(phone.format(4),),
            emails=(email.format(4),),
            messengers=(("telegram", "bcdef"), ("whatsapp", "8 926 123-45-69"), ("other", "x")),
            address="ул. Баумана, 2",
        ),
        NewContact("5"),
    ):
        contacts.add(base, said, TODAY)
    return base


@pytest.mark.parametrize(
    ("way", "reached"),
    [
        ("phone", [1, 4]),
        ("sms", [1, 4]),
        ("email", [2, 4]),
        ("telegram", [3, 4]),
        ("whatsapp", [1, 4]),
        ("viber", [1, 4]),
        ("vk", [3]),
        ("skype", []),
        ("message", [1, 3, 4]),
        ("post", [2, 4]),
        ("visit", [2, 4]),
    ],
)
def test_who_has_what_a_way_needs_can_be_reached(
    people: Base, way: str, reached: list[int]
) -> None:
    assert reaching.by(people, None, way).contacts == reached
    assert reaching.by(people, [4, 5], way).contacts == [each for each in reached if each == 4]


def test_every_way_can_be_asked_for(people: Base) -> None:
    for way in ways.WAYS:
        assert set(reaching.by(people, None, way).contacts) <= {1, 2, 3, 4}


def test_who_stopped_a_way_is_left_out_of_it_and_of_its_parts(people: Base) -> None:
    stops.stop(people, [4], ["message"], TODAY)
    assert reaching.by(people, None, "sms").contacts == [1]
    assert reaching.by(people, None, "telegram").contacts == [3]
    assert reaching.by(people, None, "message").contacts == [1, 3]
    assert reaching.by(people, None, "phone").contacts == [1, 4]
    assert reaching.by(people, None, "post").contacts == [2, 4]


def test_one_messenger_that_is_stopped_leaves_the_others(people: Base) -> None:
    stops.stop(people, [3], ["telegram"], TODAY)
    assert reaching.by(people, None, "message").contacts == [1, 3, 4]
    stops.stop(people, [3], ["vk"], TODAY)
    sifted = reaching.by(people, [3], "message")
    assert sifted == ([], ["Left out for message: 1 contact (1 does not wish it)."])


def test_it_is_told_how_many_are_left_out_and_why(people: Base) -> None:
    assert reaching.by(people, [1, 4], "phone").notes == []
    assert reaching.by(people, None, "phone").notes == [
        "Left out for phone: 3 contacts (3 without a phone)."
    ]
    stops.stop(people, [1, 2], [], TODAY)
    leaving.leave(people, [4, 5], "x", TODAY, TODAY)
    assert reaching.by(people, None, "phone") == (
        [],
        ["Left out for phone: 5 contacts (2 do not wish it, 2 have left, 1 without a phone)."],
    )
    assert [
        note
        for way in ("email", "vk", "post", "message")
        for note in reaching.by(people, [3], way).notes
    ] == [
        "Left out for email: 1 contact (1 without an e-mail address).",
        "Left out for post: 1 contact (1 without an address).",
    ]
    assert reaching.by(people, [2, 4], "instagram").notes == [
        "Left out for instagram: 2 contacts (1 does not wish it, 1 has left)."
    ]


def test_it_is_told_how_many_do_not_wish_to_be_reached(people: Base) -> None:
    everybody = [1, 2, 3, 4, 5]
    assert reaching.unwilling(people, everybody) == []
    stops.stop(people, [1], ["phone", "sms"], TODAY)
    leaving.leave(people, [1, 2], "x", TODAY, TODAY)
    assert reaching.unwilling(people, [3, 4, 5]) == []
    way_out = "wholly or by some way; --for WAY leaves out who can't be."
    assert reaching.unwilling(people, [2, 3]) == [
        f"1 of them has left or does not wish to be reached, {way_out}"
    ]
    assert reaching.unwilling(people, everybody) == [
        f"2 of them have left or do not wish to be reached, {way_out}"
    ]
