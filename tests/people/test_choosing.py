from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from clientbase.errors import NotFound
from clientbase.people import channels, contacts, names
from clientbase.people.choosing import Wanted, chosen, managers
from clientbase.people.contacts import NewContact

if TYPE_CHECKING:
    from clientbase.db.connection import Base

TODAY = date(2026, 11, 21)


@pytest.fixture
def people(base: Base) -> Base:
    """Four contacts, and what they have in common."""
    for said in (
        NewContact("Анна", tags=("club", "vip"), manager="Olga", channel="Сайт"),
        NewContact("Иван", tags=("club",), manager="olga", city="Пермь"),
        NewContact("Аннабель", manager="Пётр", channel="сайт"),
        NewContact("ёлка"),
    ):
        contacts.add(base, said, TODAY)
    return base


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), None),
        (Wanted(tags=("CLUB",)), [1, 2]),
        (Wanted(tags=("club", "vip", "Club")), [1]),
        (Wanted(manager="OLGA"), [1, 2]),
        (Wanted(manager="петр"), [3]),
        (Wanted(channel="САЙТ"), [1, 3]),
        (Wanted(tags=("club",), manager="olga", channel="сайт"), [1]),
        (Wanted(tags=("vip",), manager="петр"), []),
    ],
)
def test_contacts_are_chosen_by_what_they_have(
    people: Base, wanted: Wanted, expected: list[int] | None
) -> None:
    assert chosen(people, wanted) == expected


@pytest.mark.parametrize(
    ("wanted", "sentence", "hint"),
    [
        (Wanted(tags=("clab",)), "there is no tag clab", "did you mean club?"),
        (
            Wanted(manager="Ольга"),
            "nobody called Ольга looks after a contact",
            "the managers are: Olga, olga, Пётр",
        ),
        (
            Wanted(manager=""),
            "nobody called  looks after a contact",
            "the managers are: Olga, olga, Пётр",
        ),
        (Wanted(channel="сайты"), "there is no channel сайты", "did you mean Сайт?"),
    ],
)
def test_a_name_that_nobody_has_gets_the_nearest(
    people: Base, wanted: Wanted, sentence: str, hint: str
) -> None:
    with pytest.raises(NotFound) as caught:
        chosen(people, wanted)
    assert (caught.value.message, caught.value.hint) == (sentence, hint)


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        (Wanted(tags=("club",)), "clientbase contact tags lists them all"),
        (
            Wanted(manager="Olga"),
            "contacts get one with: clientbase contact edit WHO --manager NAME",
        ),
        (Wanted(channel="site"), "enquiries bring them in: clientbase lead add --channel NAME"),
    ],
)
def test_where_there_is_no_name_at_all_none_is_offered(
    base: Base, wanted: Wanted, hint: str
) -> None:
    with pytest.raises(NotFound) as caught:
        chosen(base, wanted)
    assert caught.value.hint == hint


def test_names_are_offered_as_the_continuation_of_what_was_typed(people: Base) -> None:
    assert names.beginning(people, "ан") == [("анна", ""), ("аннабель", "")]
    assert names.beginning(people, "ИВА") == [("ИВАн", "Пермь")]
    assert names.beginning(people, "е") == [("елка", "")]
    assert names.beginning(people, "х") == []


def test_managers_are_listed_once(people: Base) -> None:
    assert managers(people) == ["Olga", "olga", "Пётр"]


def test_a_channel_is_one_in_any_letter_case_and_made_when_it_is_new(base: Base) -> None:
    first = channels.channel_id(base, " Сайт ")
    assert channels.channel_id(base, "САЙТ") == first
    assert channels.channel_id(base, "Instagram") != first
    assert channels.names(base) == ["Instagram", "Сайт"]
    assert (channels.known(base, "сайт"), channels.known(base, "x")) == (first, None)
