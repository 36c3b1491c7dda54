from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import ClientbaseError, Conflict, Misuse, NotFound, Refused
from clientbase.facts import wording
from clientbase.facts.catalogue import FACTS
from clientbase.people import contacts, fields
from clientbase.people.contacts import NewContact
from clientbase.people.fields import Field

if TYPE_CHECKING:
    from clientbase.db.connection import Base

TODAY = date(2026, 11, 21)


def values(base: Base, contact: int) -> list[tuple[str, str, Any]]:
    return base.execute(
        "select name, type, value from field_value join field on field.id = field_id "
        "where contact_id = ? order by field.id",
        (contact,),
    ).fetchall()


def read(kind: str, text: str, *choices: str) -> object:
    return fields.read_value(
        Field(1, "it", kind, choices, required=False), text, TODAY, "RU", "RUB"
    )


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", " two  words ", "two  words"),
        ("text", "a\nb", "a\nb"),
        ("number", "4", 4),
        ("number", "4,5", 4.5),
        ("number", "-1 200.25", -1200.25),
        ("money", "1 200,50", 120050),
        ("money", "-5", -500),
        ("date", "14.03.2026", "2026-03-14"),
        ("date", "yesterday", "2026-11-20"),
        ("yes/no", "Yes", 1),
        ("yes/no", "ДА", 1),
        ("yes/no", "нет", 0),
        ("yes/no", "0", 0),
    ],
)
def test_a_value_is_kept_by_its_type(kind: str, text: str, value: object) -> None:
    kept = read(kind, text)
    assert (kept, type(kept)) == (value, type(value))


def test_a_choice_is_matched_in_any_letter_case_and_kept_as_it_was_defined() -> None:
    assert read("choice", "ёЖ ", "Собака", "Еж") == "Еж"


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("number", "four", 'it: "four" is not a number'),
        ("number", "1e9", 'it: "1e9" is written with an exponent'),
        ("money", "12.345", 'it: "12.345" has too many decimals'),
        ("money", "$12", 'it: "$12" is not in RUB, which the base keeps'),
        ("date", "30.02.2026", "it: 30 February does not exist"),
        ("yes/no", "maybe", 'it: "maybe" is neither yes nor no'),
        ("choice", "cow", 'it: "cow" is not one of the choices'),
        ("text", "a\x1b", "it: a� holds a control character that can't be seen (U+001B)"),
    ],
)
def test_what_does_not_fit_the_type_is_refused(kind: str, text: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        read(kind, text, "dog")
    assert caught.value.message == sentence


@given(st.integers(-(10**12), 10**12))
def test_money_is_shown_as_it_is_typed(minor: int) -> None:
    assert read("money", fields.plain_value("money", minor, 2)) == minor


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [("text", "a", "a"), ("yes/no", 1, "yes"), ("yes/no", 0, "no"), ("number", 4.5, "4.5")],
)
def test_a_value_is_written_as_it_is_typed(kind: str, value: object, text: str) -> None:
    assert fields.plain_value(kind, value, 2) == text


@pytest.mark.parametrize("name", ["animal", "кличка", "Born_2", "_x", "straße"])
def test_names_of_letters_digits_and_low_lines_are_names(base: Base, name: str) -> None:
    table = fields.add(base, name, "text")
    assert list(table.rows) == [(1, name, "contact", "text", None, 0, 0)]
    assert fields.named(base, name.upper()).name == name


@pytest.mark.parametrize("name", ["", "2nd", "two words", "a-b", "x'", "№", "a.b", "a" * 61])
def test_other_names_are_refused(base: Base, name: str) -> None:
    with pytest.raises(Refused):
        fields.add(base, name, "text")


@pytest.mark.parametrize("name", ["orders", "Revenue", "AND", "like", "has", "select"])
def test_the_words_of_rules_are_refused(base: Base, name: str) -> None:
    with pytest.raises(Refused) as caught:
        fields.add(base, name, "text")
    assert caught.value.message == f"{name} is a word of the rules of segments"
    assert caught.value.hint == f"choose another name, such as my_{name.lower()}"


def test_the_reserved_words_are_those_of_the_rules() -> None:
    assert set(FACTS) | wording.KEYWORDS | set(wording.FUNCTIONS) <= fields.RESERVED


def test_a_field_is_there_once_in_any_letter_case(base: Base) -> None:
    fields.add(base, "Кличка", "text")
    with pytest.raises(Conflict, match=r"^the field Кличка is there already$"):
        fields.add(base, "кличка", "number")


@pytest.mark.parametrize(("kind", "choices"), [("choice", []), ("text", ["a"]), ("colour", [])])
def test_types_and_choices_must_fit(base: Base, kind: str, choices: list[str]) -> None:
    with pytest.raises(Misuse):
        fields.add(base, "x", kind, choices=choices)


def test_choices_that_are_the_same_are_one(base: Base) -> None:
    fields.add(base, "animal", "choice", choices=["Dog", "cat", "DOG"])
    assert fields.named(base, "animal").choices == ("DOG", "cat")


def test_an_unknown_field_gets_the_nearest(base: Base) -> None:
    with pytest.raises(NotFound) as caught:
        fields.named(base, "weigth")
    assert "clientbase field add NAME" in caught.value.hint
    fields.add(base, "weight", "number")
    with pytest.raises(NotFound) as caught:
        fields.named(base, "weigth")
    assert caught.value.hint == "did you mean weight?"


def test_values_are_set_changed_and_cleared(base: Base) -> None:
    fields.add(base, "animal", "text")
    fields.add(base, "weight", "number")
    contacts.add(base, NewContact("Анна"), TODAY)
    seen = []
    for pairs in (
        [("animal", "dog"), ("weight", "4")],
        [("Animal", "cat")],
        [("weight", ""), ("weight", "")],
    ):
        fields.set_values(base, 1, pairs, TODAY)
        seen.append([(name, value) for name, _type, value in values(base, 1)])
    assert seen == [
        [("animal", "dog"), ("weight", 4)],
        [("animal", "cat"), ("weight", 4)],
        [("animal", "cat")],
    ]


def test_a_required_value_is_not_cleared(base: Base) -> None:
    fields.add(base, "animal", "text", required=True)
    contacts.add(base, NewContact("Анна", fields=(("animal", "dog"),)), TODAY)
    with pytest.raises(Refused, match=r"^the field animal is required$"):
        fields.set_values(base, 1, [("animal", "")], TODAY)


def test_a_field_is_dropped_with_its_values(base: Base) -> None:
    fields.add(base, "animal", "choice", choices=["dog", "cat"])
    fields.add(base, "weight", "number")
    for name, value in (("Анна", "dog"), ("Иван", "cat"), ("Ольга", "")):
        said = NewContact(name, fields=(("animal", value), ("weight", "1")))
        contacts.add(base, said, TODAY)
    gone, values = fields.drop(base, "ANIMAL")
    assert (list(gone.rows), values) == (
        [(1, "animal", "contact", "choice", '["dog", "cat"]', 0, 2)],
        2,
    )
    assert list(fields.listing(base).rows) == [(2, "weight", "contact", "number", None, 0, 3)]
    assert base.one("select count(*) from field_value") == 3


def test_a_field_that_a_rule_or_a_segment_reads_is_not_dropped(base: Base) -> None:
    fields.add(base, "born", "date")
    fields.add(base, "animal", "text")
    base.execute(
        "insert into reminder_rule (name, name_key, source, field_id, repeats, what, made_on) "
        "values ('vaccine', 'vaccine', 'field', 1, 'yearly', 'call', '2026-11-21')"
    )
    base.execute(
        "insert into segment (name, name_key, rule, defined_on) "
        "values ('dogs', 'dogs', 'ANIMAL = ''animal born''', '2026-11-21')"
    )
    said: list[ClientbaseError] = []
    for name in ("born", "animal"):
        with pytest.raises(Conflict) as caught:
            fields.drop(base, name)
        said.append(caught.value)
    assert [error.message for error in said] == [
        "the reminder rule vaccine needs the field born",
        "the segment dogs reads the field animal",
    ]
    base.execute("delete from reminder_rule")
    assert fields.drop(base, "born")[1] == 0  # the segment has the word in a text alone
