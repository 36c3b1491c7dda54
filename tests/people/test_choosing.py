from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from clientbase.errors import NotFound
from clientbase.people import channels, contacts, fields, managers, names
from clientbase.people.choosing import MISSING, Wanted, chosen, organisations
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
        NewContact("Аннабель", manager="Пётр", channel="сайт", organisation="Сосна"),
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
            "nobody called Ольга looks after anybody",
            "the managers are: Olga, olga, Пётр",
        ),
        (
            Wanted(manager=""),
            "nobody called  looks after anybody",
            "the managers are: Olga, olga, Пётр",
        ),
        (Wanted(channel="сайты"), "there is no channel сайты", "did you mean Сайт?"),
        (
            Wanted(organisation="сосны"),
            "there is no organisation сосны",
            "did you mean Сосна?",
        ),
        (
            Wanted(organisation="ёлка"),
            "there is no organisation ёлка",
            "look for a part of its name with: clientbase contact find TEXT",
        ),
        (
            Wanted(organisation=""),
            "there is no organisation ",
            "look for a part of its name with: clientbase contact find TEXT",
        ),
        (
            Wanted(missing=("phone", "ciyt")),
            "ciyt is nothing that a contact may lack",
            "did you mean city?",
        ),
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


@pytest.fixture
def lacking(base: Base) -> Base:
    """Contacts that each have something, and one that has nothing."""
    fields.add(base, "animal", "text")
    fields.add(base, "weight", "number")
    for said in (
        NewContact("0"),
        NewContact("1", phones=("8 926 123-45-67",), city="Пермь", tags=("club",)),
        NewContact("2", emails=("a@mail.ru",), birthday="14.03", fields=(("animal", "dog"),)),
        NewContact("3", messengers=(("vk", "anna"),), channel="Сайт", manager="olga"),
        NewContact("4", organisation="ООО Ёлка", post="x", sex="f", occupation="x", hours="x"),
        NewContact("5", region="x", address="x", preferred_channel="x", note="x", external_id="x"),
        NewContact("6", fields=(("animal", "cat"), ("weight", "5"))),
    ):
        contacts.add(base, said, TODAY)
    return base


@pytest.mark.parametrize(
    ("missing", "having"),
    [
        ("phone", {2}),
        ("EMAIL", {3}),
        ("messenger", {4}),
        ("birthday", {3}),
        ("channel", {4}),
        ("manager", {4}),
        ("city", {2}),
        ("region", {6}),
        ("address", {6}),
        ("organisation", {5}),
        ("post", {5}),
        ("sex", {5}),
        ("occupation", {5}),
        ("preferred_channel", {6}),
        ("preferred-channel", {6}),
        ("hours", {5}),
        ("note", {6}),
        ("external_id", {6}),
        ("id", {6}),
        ("tags", {2}),
        ("tag", {2}),
        ("animal", {3, 7}),
        ("Weight", {7}),
    ],
)
def test_contacts_are_chosen_by_what_they_lack(
    lacking: Base, missing: str, having: set[int]
) -> None:
    assert chosen(lacking, Wanted(missing=(missing,))) == sorted(set(range(1, 8)) - having)


def test_who_lacks_several_things_lacks_all_of_them(lacking: Base) -> None:
    assert chosen(lacking, Wanted(missing=("phone", "email"))) == [1, 4, 5, 6, 7]
    assert chosen(lacking, Wanted(missing=("animal", "weight"))) == [1, 2, 4, 5, 6]
    assert chosen(lacking, Wanted(missing=("phone", "animal", "note"))) == [1, 4, 5]
    assert chosen(lacking, Wanted(missing=MISSING)) == [1, 7]
    assert chosen(lacking, Wanted(tags=("club",), missing=("email",))) == [2]


def test_who_lacks_something_is_found_quickly_among_many(lacking: Base) -> None:
    lacking.execute(
        "insert into contact (name, name_key, entered_on, entered_by) "
        "select 'Имя ' || value, 'имя ' || value, '2026-11-21', 'import' "
        "from (with recursive n(value) as (select 1 union all select value + 1 from n limit 100000) select value from n)"
    )
    began = time.process_time()
    assert len(chosen(lacking, Wanted(missing=("phone", "city", "animal"))) or ()) == 100_004
    assert time.process_time() - began < 1.5  # it takes 0.2; a reading for each takes minutes


def test_a_field_of_a_thing_does_not_fill_a_contacts(lacking: Base) -> None:
    lacking.execute("insert into thing_kind (name, name_key) values ('pet', 'pet')")
    lacking.execute(
        "insert into thing (contact_id, kind_id, name, name_key, entered_on) values (1, 1, 'Rex', 'rex', '2026-01-01')"
    )
    lacking.execute(
        "insert into field_value (field_id, contact_id, thing_id, value) values (1, 1, 1, 'dog')"
    )
    assert chosen(lacking, Wanted(missing=("animal",))) == [1, 2, 4, 5, 6]


def test_people_are_chosen_by_their_organisation(base: Base) -> None:
    for name, kind, organisation in (
        ("ООО Ёлка", "organisation", None),
        ("ООО Пусто", "organisation", None),
        ("Анна", "person", "ООО Ёлка"),
        ("Иван", "person", "ооо елка"),
        ("Пётр", "person", "Сосна"),
    ):
        contacts.add(base, NewContact(name, kind=kind, organisation=organisation), TODAY)
    assert chosen(base, Wanted(organisation="ООО ЕЛКА")) == [3, 4]
    assert chosen(base, Wanted(organisation="сосна")) == [5]
    assert chosen(base, Wanted(organisation="ооо пусто")) == []
    assert organisations(base, "ОО") == ["ООО Ёлка"]
    assert organisations(base, "") == ["ООО Ёлка", "Сосна"]


def test_names_are_offered_as_the_continuation_of_what_was_typed(people: Base) -> None:
    assert names.beginning(people, "ан") == [("анна", ""), ("аннабель", "")]
    assert names.beginning(people, "ИВА") == [("ИВАн", "Пермь")]
    assert names.beginning(people, "е") == [("елка", "")]
    assert names.beginning(people, "х") == []


def test_managers_are_listed_once(people: Base) -> None:
    assert managers.names(people) == ["Olga", "olga", "Пётр"]


def test_a_channel_is_one_in_any_letter_case_and_made_when_it_is_new(base: Base) -> None:
    first = channels.channel_id(base, " Сайт ")
    assert channels.channel_id(base, "САЙТ") == first
    assert channels.channel_id(base, "Instagram") != first
    assert channels.names(base) == ["Instagram", "Сайт"]
    assert (channels.known(base, "сайт"), channels.known(base, "x")) == (first, None)
