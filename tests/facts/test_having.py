"""has_thing() in rules: who has a thing of a kind, or one where a field has a value."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import Refused
from clientbase.facts import rules, segments
from clientbase.facts.catalogue import listing
from clientbase.people import contacts, fields, kinds, things
from clientbase.people.contacts import NewContact
from clientbase.people.things import NewThing
from facts.plain import Book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from clientbase.db.connection import Base

    Open = Callable[[Book], AbstractContextManager[Base]]

TODAY = date(2026, 11, 21)
BEFORE = date(2026, 11, 1)
ANIMALS = ("Dog", "cat")


@pytest.fixture
def vet(opened: Open) -> Iterator[Base]:
    """Four contacts: a dog and a cat; a cat; a dropped dog and a unit; nothing at all."""
    with opened(Book([], [], [], (), [])) as base:
        for name in ("Anna", "Boris", "Vera", "Gleb"):
            contacts.add(base, NewContact(name), BEFORE)
        kinds.add(base, "pet")
        kinds.add(base, "owner's unit")
        fields.add(base, "animal", "choice", choices=ANIMALS, of="pet")
        fields.add(base, "born", "date", of="pet")
        fields.add(base, "price", "money", of="pet")
        fields.add(base, "weight", "number", of="pet")
        fields.add(base, "tame", "yes/no", of="pet")
        fields.add(base, "animal", "text", of="owner's unit")
        rex = ("animal=dog", "born=2023-04-01", "price=5000,5", "weight=30.5", "tame=yes")
        _add(base, 1, "pet", "Rex", *rex)
        _add(base, 1, "pet", "Murka", "animal=cat", "weight=4", "tame=no")
        _add(base, 2, "pet", "Ryzhik", "animal=cat", "born=2026-11-21", "price=-1")
        _add(base, 3, "owner's unit", "Air", "animal=O'Neil Ёж")
        gone = _add(base, 3, "pet", "Max", "animal=dog")
        things.drop(base, gone, date(2026, 11, 15))
        yield base


def _add(base: Base, contact: int, kind: str, name: str, *typed: str) -> int:
    pairs = tuple((text.partition("=")[0], text.partition("=")[2]) for text in typed)
    return things.add(base, contact, NewThing(kind, name, pairs), date(2026, 11, 10))


def _chosen(base: Base, rule: str, day: date = TODAY) -> list[int]:
    return rules.chosen(base, rules.compiled(base, rule), day)


@pytest.mark.parametrize(
    ("rule", "ids"),
    [
        ("has_thing('pet')", [1, 2]),
        ("not has_thing('PET')", [3, 4]),
        ("has_thing('owner''s unit')", [3]),
        ("Has_Thing ( 'pet' , 'Animal' , 'DOG' )", [1]),
        ("has_thing('pet', 'animal', 'cat')", [1, 2]),
        ("has_thing('pet', 'animal', 'dog') and has_thing('pet', 'animal', 'cat')", [1]),
        ("has_thing('pet', 'animal', 'cat') and not has_thing('pet', 'animal', 'dog')", [2]),
        ("has_thing('owner''s unit', 'animal', 'o''neil ёЖ')", [3]),
        ("has_thing('owner''s unit', 'animal', 'dog')", []),
        ("has_thing('pet', 'born', '2023-04-01')", [1]),
        ("has_thing('pet', 'born', :today)", [2]),
        ("has_thing('pet', 'price', 5000.5)", [1]),
        ("has_thing('pet', 'price', 5000.50)", [1]),
        ("has_thing('pet', 'price', -1)", [2]),
        ("has_thing('pet', 'price', 500050)", []),
        ("has_thing('pet', 'weight', 4)", [1]),
        ("has_thing('pet', 'weight', 4.0)", [1]),
        ("has_thing('pet', 'weight', 30.5)", [1]),
        ("has_thing('pet', 'tame', true)", [1]),
        ("has_thing('pet', 'tame', False)", [1]),
        ("name = 'gleb' or has_thing('pet') = false", [3, 4]),
        ("case when has_thing('pet') then name = 'anna' else false end", [1]),
    ],
)
def test_rules_choose_contacts_by_their_things(vet: Base, rule: str, ids: list[int]) -> None:
    assert _chosen(vet, rule) == ids


def test_of_a_past_day_it_is_what_was_there_then(vet: Base) -> None:
    rule = "has_thing('pet', 'animal', 'dog')"
    assert _chosen(vet, rule, date(2026, 11, 9)) == []
    assert _chosen(vet, rule, date(2026, 11, 10)) == [1, 3]
    assert _chosen(vet, rule, date(2026, 11, 14)) == [1, 3]
    assert _chosen(vet, rule, date(2026, 11, 15)) == [1]


FORM = "has_thing() asks for a kind of things, or for a field of theirs and its value"
SUCH = "such as: has_thing('pet') or has_thing('pet', 'animal', 'dog')"


@pytest.mark.parametrize(
    ("rule", "at", "told", "hint"),
    [
        ("has_thing", 1, FORM, SUCH),
        ("orders > 1 or has_thing()", 15, FORM, SUCH),
        ("has_thing(pet)", 1, FORM, SUCH),
        ("has_thing('pet', 'animal')", 1, FORM, SUCH),
        ("has_thing('pet', 'animal', )", 1, FORM, SUCH),
        ("has_thing('pet', 'animal', 'dog', 'cat')", 1, FORM, SUCH),
        ("has_thing('pet', 'weight', - - 4)", 1, FORM, SUCH),
        ("has_thing('pet', 'weight', 4 + 4)", 1, FORM, SUCH),
        ("has_thing('pet', name, 4)", 1, FORM, SUCH),
        ("has_thing('pte')", 11, "there is no kind of things pte", "did you mean pet?"),
        ("has_thing('pet', 'anmal', 'x')", 18, "pet has no field anmal", "did you mean animal?"),
        ("has_thing('pet', 'animal', 'dgo')", 28, "animal can't be 'dgo'", "one of: Dog, cat"),
        (
            "has_thing('pet', 'animal', 1)",
            28,
            "animal can't be 1",
            "animal is a text: write it in single quotes",
        ),
        (
            "has_thing('pet', 'animal', true)",
            28,
            "animal can't be true",
            "text stands in single quotes: 'dog'",
        ),
        (
            "has_thing('pet', 'animal', name)",
            28,
            "animal can't be name",
            "text stands in single quotes: 'dog'",
        ),
        (
            "has_thing('pet', 'weight', '4')",
            28,
            "weight can't be '4'",
            "weight is a number: write it without quotes",
        ),
        (
            "has_thing('pet', 'weight', :today)",
            28,
            "weight can't be :today",
            "type it as 5000 or 99.50; text stands in single quotes: 'dog'",
        ),
        (
            "has_thing('pet', 'price', 1.005)",
            27,
            "price can't be 1.005",
            "round it, for example to 1.00",
        ),
        (
            "has_thing('pet', 'born', '2023-04')",
            26,
            "born can't be '2023-04'",
            "write the whole day, such as '2026-03-01', or :today",
        ),
        (
            "has_thing('pet', 'born', '2023-02-30')",
            26,
            "born can't be '2023-02-30'",
            "write the whole day, such as '2026-03-01', or :today",
        ),
        (
            "has_thing('pet', 'tame', 'yes')",
            26,
            "tame can't be 'yes'",
            "tame is true or false",
        ),
        ("has_thing('pet', 'tame', null)", 26, "tame can't be null", "it is true or false"),
        (
            "has_thing('pet') 1",
            18,
            "an operator is missing before 1",
            "put and, or, or a comparison between; numbers and names have no blanks",
        ),
        (
            "has_thing('pet') = 'yes'",
            20,
            "has_thing('pet') can't be 'yes'",
            "has_thing('pet') is true or false",
        ),
        ("has_thin('pet')", 1, "there is no function has_thin", "did you mean has_thing?"),
        ("holds(name, 'x')", 1, "there is no function holds", ""),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    vet: Base, rule: str, at: int, told: str, hint: str
) -> None:
    with pytest.raises(Refused) as caught:
        rules.compiled(vet, rule)
    assert caught.value.message == f"the rule can't be used: character {at}: {told}"
    assert caught.value.hint == hint or not hint


def test_a_base_without_kinds_says_how_to_make_one(base: Base) -> None:
    with pytest.raises(Refused) as caught:
        rules.compiled(base, "has_thing('pet')")
    assert caught.value.hint == "make it with: clientbase thing kinds add KIND"


def test_what_rules_may_ask_of_things_is_listed(vet: Base) -> None:
    whether, one = (
        "whether they have a thing of this kind",
        "whether they have one where this field is VALUE",
    )
    assert list(listing(vet).rows)[-8:] == [
        ("has_thing('pet')", "yes/no", whether),
        ("has_thing('pet', 'animal', VALUE)", "text", one),
        ("has_thing('pet', 'born', VALUE)", "date", one),
        ("has_thing('pet', 'price', VALUE)", "money", one),
        ("has_thing('pet', 'weight', VALUE)", "number", one),
        ("has_thing('pet', 'tame', VALUE)", "yes/no", one),
        ("has_thing('owner''s unit')", "yes/no", whether),
        ("has_thing('owner''s unit', 'animal', VALUE)", "text", one),
    ]


def test_a_segment_of_dog_owners_is_defined_and_run(vet: Base) -> None:
    segments.define(vet, "dogs", "has_thing('pet', 'animal', 'dog')", TODAY)
    assert segments.ids(vet, "dogs", TODAY) == [1]


def test_a_dated_service_ahead_of_a_thing_keeps_its_contact_alive(vet: Base) -> None:
    later = date(2029, 1, 1)
    assert _chosen(vet, "base = 'dead'", later) == [1, 2, 3, 4]
    fields.add(vet, "next_service", "date", of="pet")
    changes = things.Changes(fields=(("next_service", "2029-01-01"),))
    things.edit(vet, 1, changes, TODAY)
    assert _chosen(vet, "base = 'dead'", later) == [2, 3, 4]
    things.drop(vet, 1, TODAY)
    assert _chosen(vet, "base = 'dead'", later) == [1, 2, 3, 4]


PARTS = st.sampled_from(
    [
        *("has_thing", "has_thing(", "has_thing('pet'", "has_thing('pet')", "'pet'", "'animal'"),
        *("has_thing('pet', 'animal', 'dog')", "has_thing('pet', 'weight', ", "4", "-", "'dog'"),
        *("(", ")", ",", "and", "or", "not", "=", "orders", "holds", "things_1", "things_1_1"),
        *("thing", "field_value", ":today", "true", "null", "'x'')'", "select", "in"),
    ]
)


def _tried(base: Base, rule: str) -> tuple[Refused | None, list[int]]:
    try:
        return None, _chosen(base, rule)
    except Refused as refused:
        return refused, []


@given(rule=st.lists(PARTS, max_size=10).map(" ".join))
def test_a_rule_about_things_is_refused_or_chooses_contacts(vet: Base, rule: str) -> None:
    before = vet.total_changes
    refused, found = _tried(vet, rule)
    assert refused is None or (refused.message and refused.hint)
    assert set(found) <= {1, 2, 3, 4}
    assert vet.total_changes == before
