from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import ClientbaseError, Conflict, NotFound, Refused
from clientbase.people import contacts, fields
from clientbase.people.contacts import Changes, NewContact
from clientbase.people.tags import of_contact

if TYPE_CHECKING:
    from clientbase.db.connection import Base

TODAY = date(2026, 11, 21)


def stored(base: Base, contact: int) -> dict[str, Any]:
    """Return what the base keeps of a contact, what is not filled left out."""
    cursor = base.execute("select * from contact where id = ?", (contact,))
    names = [name for name, *_ in cursor.description]
    return {
        name: value
        for name, value in zip(names, cursor.fetchone(), strict=True)
        if value is not None
    }


def values(base: Base, contact: int) -> list[tuple[str, str, Any]]:
    return base.execute(
        "select name, type, value from field_value join field on field.id = field_id "
        "where contact_id = ? order by field.id",
        (contact,),
    ).fetchall()


def points(base: Base, contact: int) -> list[tuple[Any, ...]]:
    return base.execute(
        "select kind, typed, shown, canonical, extension, checked from contact_point "
        "where contact_id = ? order by id",
        (contact,),
    ).fetchall()


def test_all_that_was_said_is_kept(base: Base) -> None:
    referrer = contacts.add(base, NewContact("Анна"), TODAY)
    fields.add(base, "weight", "number")
    contact = contacts.add(
        base,
        NewContact(
            "  Иван   Петров ",
            kind="person",
            organisation="ООО «Ёлка»",
            post="директор",
            phones=("8 926 123-45-67", "(495) 123-45-67 доб. 12"),
            emails=(" Ivan@Mail.RU ",),
            messengers=(("telegram", "https://t.me/Ivan_P"), ("other", "Signal Ivan")),
            birthday="14.03",
            sex="М",
            city="Пермь",
            region="Пермский край",
            address="ул. Ленина, 1",
            occupation="повар",
            preferred_channel="telegram",
            hours="10-18",
            manager="olga",
            channel="Instagram",
            referred_by="анна",
            external_id="C0001",
            note="line 1\nline 2",
            tags=("клуб", "VIP"),
            fields=(("weight", "4,5"),),
        ),
        TODAY,
    )
    assert stored(base, contact) == {
        "id": contact,
        "external_id": "C0001",
        "kind": "person",
        "name": "Иван Петров",
        "name_key": "иван петров",
        "organisation": "ООО «Ёлка»",
        "organisation_key": "ооо «елка»",
        "post": "директор",
        "birthday": "--03-14",
        "sex": "male",
        "city": "Пермь",
        "region": "Пермский край",
        "address": "ул. Ленина, 1",
        "occupation": "повар",
        "preferred_channel": "telegram",
        "hours": "10-18",
        "manager": "olga",
        "channel_id": 1,
        "referred_by_id": referrer,
        "note": "line 1\nline 2",
        "entered_on": "2026-11-21",
        "entered_by": "entry",
    }
    assert points(base, contact) == [
        ("phone", "8 926 123-45-67", "+79261234567", "+79261234567", "", 1),
        ("phone", "(495) 123-45-67 доб. 12", "+74951234567 ext. 12", "+74951234567", "12", 1),
        ("email", "Ivan@Mail.RU", "Ivan@mail.ru", "ivan@mail.ru", "", 1),
        ("telegram", "https://t.me/Ivan_P", "ivan_p", "ivan_p", "", 1),
        ("other", "Signal Ivan", "Signal Ivan", "signal ivan", "", 1),
    ]
    assert of_contact(base, contact) == ["VIP", "клуб"]
    assert values(base, contact) == [("weight", "number", 4.5)]


def test_a_name_alone_is_enough(base: Base) -> None:
    contact = contacts.add(base, NewContact("Анна", city="", phones=()), TODAY, entered_by="lead")
    assert stored(base, contact) == {
        "id": 1,
        "kind": "person",
        "name": "Анна",
        "name_key": "анна",
        "organisation_key": "",
        "entered_on": "2026-11-21",
        "entered_by": "lead",
    }


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (NewContact(""), "a contact needs a name"),
        (NewContact(" \n "), "a contact needs a name"),
        (NewContact("a" * 10_000), "the text has 10000 characters, 500 are the most"),
        (
            NewContact("A", city="x\u202ey"),
            "x�y holds a control character that can't be seen (U+202E)",
        ),
        (NewContact("A", birthday="30.02"), "30 February does not exist"),
        (NewContact("A", birthday="22.11.2026"), "a birthday cannot be in the future: 2026-11-22"),
        (NewContact("A", sex="yes"), "yes is no sex that the base knows"),
        (NewContact("A", phones=("123",)), "123 is not a phone number: too few digits"),
        (
            NewContact("A", emails=("a@b",)),
            "a@b is not an e-mail address: there is no dot after the @",
        ),
        (
            NewContact("A", messengers=(("viber", "123"),)),
            "123 is not a phone number: too few digits",
        ),
        (NewContact("A", messengers=(("icq", "1"),)), "there is no messenger called icq"),
        (NewContact("A", referred_by="B"), "nobody is found by B"),
        (NewContact("A", fields=(("x", "1"),)), "there is no field x"),
        (NewContact("A", tags=("a,b",)), '"a,b" can\'t be a tag'),
    ],
)
def test_what_is_wrong_is_refused_with_its_reason(
    base: Base, said: NewContact, sentence: str
) -> None:
    with pytest.raises(ClientbaseError) as caught:
        contacts.add(base, said, TODAY)
    assert caught.value.message == sentence


@pytest.mark.parametrize(
    "name",
    [
        "weird [/] name",
        "[red]x[/red]",
        "=cmd|' /C calc'!A0",
        "O'Brien; drop table contact;--",
        "--x",
    ],
)
def test_odd_names_are_names(base: Base, name: str) -> None:
    assert stored(base, contacts.add(base, NewContact(name), TODAY))["name"] == name


@pytest.mark.parametrize(
    ("said", "point"),
    [
        (NewContact("A", phones=("12 34-5",)), ("phone", "12 34-5", "12 34-5", "12345", "", 0)),
        (NewContact("A", phones=("НЕТ",)), ("phone", "НЕТ", "НЕТ", "нет", "", 0)),
        (NewContact("A", emails=("Ivan@",)), ("email", "Ivan@", "Ivan@", "ivan@", "", 0)),
        (NewContact("A", messengers=(("vk", "a b"),)), ("vk", "a b", "a b", "a b", "", 0)),
    ],
)
def test_what_is_wrong_is_kept_as_typed_when_unchecked(
    base: Base, said: NewContact, point: tuple[Any, ...]
) -> None:
    assert points(base, contacts.add(base, said, TODAY, unchecked=True)) == [point]


@pytest.mark.parametrize("text", ["", "\x00", "1\x1b[0m"])
def test_what_can_not_be_kept_is_refused_even_unchecked(base: Base, text: str) -> None:
    with pytest.raises(Refused):
        contacts.add(base, NewContact("A", phones=(text,)), TODAY, unchecked=True)


def test_whose_phone_it_is_already_is_told(base: Base) -> None:
    contacts.add(base, NewContact("Анна", phones=("+79261234567",), city="Пермь"), TODAY)
    with pytest.raises(Conflict) as caught:
        contacts.add(base, NewContact("Иван", phones=("8 926 123 45 67",)), TODAY)
    assert caught.value.message == "+79261234567 is in the base already: contact 1, Анна"
    assert caught.value.hint == "see clientbase contact show 1, or add --anyway to go on"
    assert caught.value.table is not None
    assert list(caught.value.table.rows) == [(1, "Анна", "+79261234567", "Пермь")]
    assert contacts.add(base, NewContact("Иван", phones=("+79261234567",)), TODAY, anyway=True) == 2


@pytest.mark.parametrize(
    "said",
    [
        NewContact("Иван", emails=("ANNA@mail.ru",)),
        NewContact("Иван", messengers=(("whatsapp", "+79261234567"),)),
        NewContact("Иван", phones=("8 495 123 45 67 доб. 12",)),
    ],
)
def test_an_email_a_whatsapp_number_and_an_extension_tell_too(base: Base, said: NewContact) -> None:
    known = ("+79261234567", "+74951234567 доб. 12")
    contacts.add(base, NewContact("Анна", phones=known, emails=("anna@mail.ru",)), TODAY)
    with pytest.raises(Conflict):
        contacts.add(base, said, TODAY)


@pytest.mark.parametrize(
    "said",
    [
        NewContact("Анна"),
        NewContact("Иван", phones=("+74951234567 доб. 14",)),
        NewContact("Иван", phones=("нет",)),
        NewContact("Иван", emails=("нет",)),
        NewContact("Иван", messengers=(("telegram", "anna"),)),
    ],
)
def test_what_tells_nobody_apart_is_no_conflict(base: Base, said: NewContact) -> None:
    known = NewContact(
        "Анна",
        phones=("+74951234567 доб. 12", "нет"),
        emails=("нет",),
        messengers=(("telegram", "anna"),),
    )
    contacts.add(base, known, TODAY, unchecked=True)
    assert contacts.add(base, said, TODAY, unchecked=True) == 2


def test_an_external_id_is_one_contacts_even_anyway(base: Base) -> None:
    contacts.add(base, NewContact("Анна", external_id="7"), TODAY)
    for _ in range(2):
        with pytest.raises(Conflict, match=r"^the external id 7 is another contact's$"):
            contacts.add(base, NewContact("Иван", external_id="7"), TODAY, anyway=True)


def test_owners_are_found_by_any_point_the_oldest_first(base: Base) -> None:
    contacts.add(base, NewContact("Анна", emails=("a@mail.ru",)), TODAY)
    contacts.add(base, NewContact("Иван", phones=("+79261234567",)), TODAY)
    assert contacts.owners(base, ["8 926 123-45-67"], ["A@MAIL.ru"]) == [1, 2]
    assert contacts.owners(base, [], ["b@mail.ru"]) == []
    with pytest.raises(Refused):
        contacts.owners(base, ["123"], [])
    assert contacts.owners(base, ["123"], [], unchecked=True) == []


def test_required_fields_bind_who_types_a_contact(base: Base) -> None:
    fields.add(base, "animal", "text", required=True)
    with pytest.raises(Refused) as caught:
        contacts.add(base, NewContact("Анна", fields=(("animal", " "),)), TODAY)
    assert caught.value.message == "the field animal is required"
    assert caught.value.hint == "add: --field animal=VALUE"
    assert contacts.add(base, NewContact("Анна"), TODAY, entered_by="sale") == 1
    assert contacts.add(base, NewContact("Иван", fields=(("ANIMAL", "dog"),)), TODAY) == 2


def test_an_edit_changes_only_what_is_said(base: Base) -> None:
    contacts.add(base, NewContact("Анна", city="Пермь", organisation="Ёлка", channel="site"), TODAY)
    before = stored(base, 1)
    contacts.edit(base, 1, Changes(NewContact(None, region="Урал")), TODAY)
    assert stored(base, 1) == before | {"region": "Урал"}


def test_an_edit_clears_by_empty_text(base: Base) -> None:
    said = NewContact(
        "Анна",
        city="Пермь",
        organisation="Ёлка",
        channel="site",
        birthday="14.03",
        sex="ж",
        note="x",
    )
    contacts.add(base, said, TODAY)
    cleared = NewContact(
        None, city="", organisation=" ", channel="", birthday="", sex="", note="", referred_by=""
    )
    contacts.edit(base, 1, Changes(cleared), TODAY)
    left = {"id", "kind", "name", "name_key", "organisation_key", "entered_on", "entered_by"}
    assert set(stored(base, 1)) == left
    with pytest.raises(Refused, match="a contact needs a name"):
        contacts.edit(base, 1, Changes(NewContact("")), TODAY)


def test_an_edit_adds_and_drops_points_in_any_spelling(base: Base) -> None:
    said = NewContact("Анна", phones=("+79261234567",), emails=("a@mail.ru",))
    contacts.add(base, said, TODAY)
    contacts.add(base, NewContact("Иван", phones=("123",)), TODAY, unchecked=True)
    more = NewContact(None, phones=("+79051112233", "8 926 123-45-67"), tags=("vip",))
    contacts.edit(base, 1, Changes(more, drops=(("email", "A@mail.RU"),)), TODAY)
    contacts.edit(base, 1, Changes(NewContact(None), drops=(("phone", "8 926 1234567"),)), TODAY)
    contacts.edit(base, 2, Changes(NewContact(None), drops=(("phone", "123"),)), TODAY)
    assert [shown for _kind, _typed, shown, *_ in points(base, 1)] == ["+79051112233"]
    assert (of_contact(base, 1), points(base, 2)) == (["vip"], [])


def test_a_point_to_drop_must_be_there(base: Base) -> None:
    contacts.add(base, NewContact("Анна", phones=("+79261234567",)), TODAY)
    for drop, sentence, hint in (
        (
            ("phone", "+79051112233"),
            "this contact has no phone +79051112233",
            "it has +79261234567",
        ),
        (("email", "a@b.ru"), "this contact has no email a@b.ru", "it has none of this kind"),
    ):
        with pytest.raises(NotFound) as caught:
            contacts.edit(base, 1, Changes(NewContact(None), drops=(drop,)), TODAY)
        assert (caught.value.message, caught.value.hint) == (sentence, hint)


def test_an_edit_takes_no_point_of_another(base: Base) -> None:
    contacts.add(base, NewContact("Анна", phones=("+79261234567",)), TODAY)
    contacts.add(base, NewContact("Иван"), TODAY)
    taken = Changes(NewContact(None, phones=("+79261234567",)))
    with pytest.raises(Conflict):
        contacts.edit(base, 2, taken, TODAY)
    contacts.edit(base, 2, taken, TODAY, anyway=True)
    contacts.edit(base, 1, taken, TODAY, anyway=True)
    assert [len(points(base, 1)), len(points(base, 2))] == [1, 1]


def test_nobody_refers_themselves(base: Base) -> None:
    contacts.add(base, NewContact("Анна"), TODAY)
    with pytest.raises(Refused, match="nobody is referred by themselves"):
        contacts.edit(base, 1, Changes(NewContact(None, referred_by="1")), TODAY)


def test_an_edit_that_changes_nothing_leaves_no_trace(base: Base) -> None:
    said = NewContact("Анна", city="Пермь", phones=("+79261234567",), tags=("vip",))
    contacts.add(base, said, TODAY)
    before = base.one("select count(*) from change")
    contacts.edit(base, 1, Changes(said), TODAY)
    assert base.one("select count(*) from change") == before


def test_namesakes_are_the_others_of_the_same_name(base: Base) -> None:
    for name in ("Анна", "Иван", "АННА", "анна"):
        contacts.add(base, NewContact(name), TODAY)
    assert contacts.namesakes(base, 3) == [1, 4]


TEXT = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=40)


@given(city=TEXT, note=TEXT)
def test_what_is_typed_is_what_is_kept(base: Base, city: str, note: str) -> None:
    base.execute("savepoint one")
    kept = stored(base, contacts.add(base, NewContact("A", city=city, note=note), TODAY))
    base.execute("rollback to one")
    assert (kept["city"], kept["note"]) == (
        unicodedata.normalize("NFC", city),
        unicodedata.normalize("NFC", note),
    )


def _organisations(base: Base) -> list[tuple[str | None, str]]:
    return base.execute("select organisation, organisation_key from contact order by id").fetchall()


def test_the_people_of_an_organisation_go_with_its_new_name(base: Base) -> None:
    contacts.add(base, NewContact("ООО Ёлка", kind="organisation", organisation="ООО ёлка"), TODAY)
    for organisation in ("ооо елка", "ООО  ЁЛКА", "ООО Ёлка и Ко", None):
        contacts.add(base, NewContact("Анна", organisation=organisation), TODAY)
    changes = Changes(NewContact("ООО Сосна"))
    assert contacts.edit(base, 1, changes, TODAY) == 2
    assert _organisations(base) == [
        ("ООО ёлка", "ооо елка"),
        ("ООО Сосна", "ооо сосна"),
        ("ООО Сосна", "ооо сосна"),
        ("ООО Ёлка и Ко", "ооо елка и ко"),
        (None, ""),
    ]
    assert contacts.edit(base, 1, changes, TODAY) == 0
    assert contacts.edit(base, 1, Changes(NewContact("ООО СОСНА")), TODAY) == 2
    assert _organisations(base)[1] == ("ООО СОСНА", "ооо сосна")


def test_nobody_goes_with_the_name_of_a_person_or_of_one_of_two(base: Base) -> None:
    contacts.add(base, NewContact("Ёлка"), TODAY)
    contacts.add(base, NewContact("Анна", organisation="Ёлка"), TODAY)
    assert contacts.edit(base, 1, Changes(NewContact("Сосна")), TODAY) == 0
    for _ in range(2):
        contacts.add(base, NewContact("Ёлка", kind="organisation"), TODAY)
    assert contacts.edit(base, 3, Changes(NewContact("Сосна")), TODAY) == 0
    assert contacts.edit(base, 4, Changes(NewContact("Пихта")), TODAY) == 1
    assert _organisations(base)[1] == ("Пихта", "пихта")
