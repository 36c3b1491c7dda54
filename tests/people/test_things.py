"""Kinds of things, things, and their fields."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import Ambiguous, Conflict, Misuse, NotFound, Refused
from clientbase.normal import fold
from clientbase.people import contacts, fields, finding, kinds, things
from clientbase.people.contacts import NewContact
from clientbase.people.naming import about
from clientbase.people.things import Changes, NewThing

if TYPE_CHECKING:
    from clientbase.db.connection import Base

TODAY = date(2026, 11, 21)


@pytest.fixture
def vet(base: Base) -> Base:
    """Anna and Boris; pets with an animal, which is required, a day of birth and a price."""
    for name in ("Anna", "Boris"):
        contacts.add(base, NewContact(name), TODAY)
    kinds.add(base, "pet")
    fields.add(base, "animal", "choice", choices=["dog", "cat"], required=True, of="pet")
    fields.add(base, "born", "date", of="PET")
    fields.add(base, "price", "money", of="pet")
    return base


def add(base: Base, contact: int, name: str, *pairs: tuple[str, str], note: str = "") -> int:
    return things.add(
        base, contact, NewThing("pet", name, (("animal", "dog"), *pairs), note), TODAY
    )


def rows(table: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in table.rows]


def listed(base: Base, contact: int | None = None, kind: str | None = None) -> list[int]:
    return [row[0] for row in things.listing(base, contact, kind).rows]


def test_a_kind_is_made_once_in_any_letter_case(vet: Base) -> None:
    assert rows(kinds.listing(vet)) == [(1, "pet", '["animal","born","price"]', 0)]
    with pytest.raises(Conflict, match=r"^the kind pet is there already$"):
        kinds.add(vet, " PET ")
    for name in ("", "  ", "\u200d", "Contact", "x\x1b", "x" * 61):
        with pytest.raises(Refused):
            kinds.add(vet, name)
    with pytest.raises(NotFound) as caught:
        kinds.named(vet, "pte")
    assert caught.value.hint == "did you mean pet?"


def test_a_kind_stays_while_something_is_or_was_of_it(vet: Base) -> None:
    rex = add(vet, 1, "Rex")
    for told in ("1 thing is of the kind pet", "things that were dropped are of the kind pet"):
        with pytest.raises(Conflict) as caught:
            kinds.drop(vet, "pet")
        assert caught.value.message == told
        if "dropped" not in told:
            things.drop(vet, rex, TODAY)


def test_a_kind_goes_with_its_fields(vet: Base) -> None:
    kinds.add(vet, "unit")
    fields.add(vet, "born", "text", of="unit")
    fields.add(vet, "born", "text")
    gone, count = kinds.drop(vet, "Pet")
    assert (rows(gone), count) == ([(1, "pet", '["animal","born","price"]', 0)], 3)
    assert [row[1:3] for row in rows(fields.listing(vet))] == [
        ("born", "contact"),
        ("born", "unit"),
    ]


@pytest.mark.parametrize(
    ("rule", "reads"),
    [
        ("has_thing('pet')", "pet"),
        ("orders > 1 and has_thing('pet', 'BORN', '2023-04-01')", "pet born"),
        ("HAS_THING ( 'Pet' , 'born', :today)", "pet born"),
        ("has_thing('unit') and born = '2023-04-01'", ""),
        ("name = 'has_thing'", ""),
    ],
)
def test_what_a_segment_reads_is_not_dropped(vet: Base, rule: str, reads: str) -> None:
    values = {"rule": rule}
    vet.execute(
        "insert into segment (name, name_key, rule, defined_on) "
        "values ('s', 's', :rule, '2026-11-21')",
        values,
    )
    for name, drop in (
        ("born", partial(fields.drop, vet, "born", of="pet")),
        ("pet", partial(kinds.drop, vet, "pet")),
    ):
        if name not in reads.split():
            drop()
            continue
        with pytest.raises(Conflict) as caught:
            drop()
        word = "kind" if name == "pet" else "field"
        assert caught.value.message == f"the segment s reads the {word} {name}"


def test_what_a_rule_of_reminders_needs_is_not_dropped(vet: Base) -> None:
    vet.execute(
        "insert into reminder_rule (name, name_key, source, field_id, repeats, what, made_on) "
        "values ('wishes', 'wishes', 'field', 2, 'yearly', 'call', '2026-11-21')"
    )
    for drop in (partial(fields.drop, vet, "born", of="pet"), partial(kinds.drop, vet, "pet")):
        with pytest.raises(Conflict) as caught:
            drop()
        assert caught.value.message == "the reminder rule wishes needs the field born"


def test_a_field_is_there_once_of_each_kind_and_may_be_called_as_a_fact(vet: Base) -> None:
    fields.add(vet, "sex", "text", of="pet")
    with pytest.raises(Refused):
        fields.add(vet, "sex", "text")
    with pytest.raises(Conflict, match=r"^the field animal is there already$"):
        fields.add(vet, "Animal", "text", of="pet")
    with pytest.raises(NotFound, match=r"^there is no kind of things pets$"):
        fields.add(vet, "x", "text", of="pets")
    fields.add(vet, "animal", "text", of="contact")
    of_pets = [("animal", "pet"), ("born", "pet"), ("price", "pet"), ("sex", "pet")]
    assert [row[1:3] for row in rows(fields.listing(vet, of="pet"))] == of_pets
    assert [row[1:3] for row in rows(fields.listing(vet, of="Contact"))] == [("animal", "contact")]
    assert [row[1:3] for row in rows(fields.listing(vet))] == [("animal", "contact"), *of_pets]


def test_a_field_of_things_is_said_to_be_one(vet: Base) -> None:
    for act in (
        partial(fields.set_values, vet, 1, [("born", "2023-04-01")], TODAY),
        partial(fields.drop, vet, "BORN"),
    ):
        with pytest.raises(NotFound) as caught:
            act()
        assert caught.value.message.lower() == "contacts have no field born"
        assert caught.value.hint == "it is a field of pet"


def test_a_field_counts_the_contacts_whose_things_have_a_value(vet: Base) -> None:
    add(vet, 1, "Rex")
    add(vet, 1, "Bella")
    murka = add(vet, 2, "Murka")
    assert [row[-1] for row in rows(fields.listing(vet))] == [2, 0, 0]
    things.drop(vet, murka, TODAY)
    assert [row[-1] for row in rows(fields.listing(vet))] == [1, 0, 0]


def test_a_thing_is_listed_with_whose_it_is_and_what_its_fields_hold(vet: Base) -> None:
    rex = add(vet, 1, "Rex ", ("Born", "01.04.2023"), ("price", "5000,5"), note="bites\nhard")
    assert rows(things.listing(vet)) == [
        (
            rex,
            1,
            "Anna",
            "pet",
            "Rex",
            ["animal=dog", "born=2023-04-01", "price=5000.50"],
            "bites\nhard",
            "2026-11-21",
        )
    ]


@pytest.mark.parametrize(
    ("new", "error", "told"),
    [
        (NewThing("pte", "Rex"), NotFound, "there is no kind of things pte"),
        (NewThing("pet", ""), Refused, "a text is needed here, and it is empty"),
        (NewThing("pet", "Rex"), Refused, "the field animal is required"),
        (NewThing("pet", "Rex", (("animal", " "),)), Refused, "the field animal is required"),
        (
            NewThing("pet", "Rex", (("animal", "dog"), ("brn", "1"))),
            NotFound,
            "pet has no field brn",
        ),
        (
            NewThing("pet", "Rex", (("animal", "cow"),)),
            Refused,
            'animal: "cow" is not one of the choices',
        ),
        (
            NewThing("pet", "R" * 10_000, (("animal", "dog"),)),
            Refused,
            "the text has 10000 characters, 200 are the most",
        ),
    ],
)
def test_a_thing_that_can_not_be_is_refused(
    vet: Base, new: NewThing, error: type[Exception], told: str
) -> None:
    with pytest.raises(error) as caught:
        things.add(vet, 1, new, TODAY)
    assert str(caught.value) == told


def test_things_are_listed_by_name_of_a_contact_or_of_a_kind(vet: Base) -> None:
    kinds.add(vet, "unit")
    unit = things.add(vet, 1, NewThing("unit", "Air"), TODAY)
    rex, bella, murka = (
        add(vet, who, name) for who, name in ((1, "rex"), (2, "BELLA"), (1, "Мурка"))
    )
    assert listed(vet) == [unit, bella, rex, murka]
    assert listed(vet, 1) == [rex, murka, unit]
    assert listed(vet, None, "PET") == [bella, rex, murka]
    assert listed(vet, 1, "unit") == [unit]
    assert things.listing(vet, 2, "unit").count is not None
    assert listed(vet, 2, "unit") == []
    with pytest.raises(NotFound):
        things.listing(vet, 1, "units")


def test_what_is_not_said_of_a_thing_stays(vet: Base) -> None:
    rex = add(vet, 1, "Rex", ("price", "10"), note="bites")
    before = vet.total_changes
    things.edit(vet, rex, Changes(), TODAY)
    things.edit(vet, rex, Changes("Rex", (("price", "10"),), "bites", 1), TODAY)
    assert vet.total_changes == before
    things.edit(vet, rex, Changes("Max", (("born", "2023-04-01"), ("price", "")), ""), TODAY)
    held = ["animal=dog", "born=2023-04-01"]
    assert rows(things.listing(vet)) == [(rex, 1, "Anna", "pet", "Max", held, None, "2026-11-21")]
    with pytest.raises(Refused, match=r"^the field animal is required$"):
        things.edit(vet, rex, Changes(fields=(("animal", ""),)), TODAY)


def test_a_thing_goes_to_another_contact_with_its_fields_and_what_is_open(vet: Base) -> None:
    rex = add(vet, 1, "Rex")
    vet.execute(
        "insert into reminder (contact_id, thing_id, due_on, listed_on, what, state, closed_on) values "
        "(1, 1, '2026-11-25', '2026-11-25', 'a', 'open', null), "
        "(1, 1, '2026-11-01', '2026-11-01', 'b', 'done', '2026-11-01'), "
        "(1, null, '2026-11-25', '2026-11-25', 'c', 'open', null)"
    )
    things.edit(vet, rex, Changes(to=2, fields=(("born", "2023-04-01"),)), TODAY)
    assert listed(vet, 1) == []
    assert [row[5] for row in rows(things.listing(vet, 2))] == [["animal=dog", "born=2023-04-01"]]
    assert vet.execute("select distinct contact_id from field_value").fetchall() == [(2,)]
    found = vet.execute("select what, contact_id from reminder order by what").fetchall()
    assert found == [("a", 2), ("b", 1), ("c", 1)]


def test_a_dropped_thing_is_shown_no_more_and_what_was_done_for_it_stays(vet: Base) -> None:
    rex = add(vet, 1, "Rex")
    vet.execute(
        "insert into reminder (contact_id, thing_id, due_on, listed_on, what, state, closed_on) values "
        "(1, 1, '2026-11-25', '2026-11-25', 'a', 'open', null), "
        "(1, 1, '2026-11-01', '2026-11-01', 'b', 'done', '2026-11-01')"
    )
    was, skipped, gone = things.drop(vet, rex, TODAY)
    assert ([row[4] for row in was.rows], skipped, gone) == (["Rex"], [1], 0)
    assert vet.execute("select what, state, closed_on from reminder").fetchall() == [
        ("a", "skipped", "2026-11-21"),
        ("b", "done", "2026-11-01"),
    ]
    assert (listed(vet), finding.find(vet, "rex"), things.names(vet, "r")) == ([], [], [])
    for act in (
        lambda: things.resolve(vet, str(rex)),
        lambda: things.edit(vet, rex, Changes(name="x"), TODAY),
        lambda: things.drop(vet, rex, TODAY),
    ):
        with pytest.raises(Conflict, match=r"^thing 1, Rex, was dropped on 2026-11-21$"):
            act()
    with pytest.raises(NotFound):
        things.resolve(vet, "Rex")


def test_a_thing_is_meant_by_its_number_or_by_the_only_name(vet: Base) -> None:
    rex, bella = add(vet, 1, "Rex"), add(vet, 1, "Bella")
    assert [things.resolve(vet, text) for text in ("1", " 2 ", "REX", "bella")] == [
        rex,
        bella,
        rex,
        bella,
    ]
    other = add(vet, 2, "rex")
    with pytest.raises(Ambiguous) as caught:
        things.resolve(vet, "Rex")
    assert caught.value.message == "2 things are called Rex"
    assert caught.value.hint == "type the number of the one you mean"
    assert caught.value.table is not None
    assert rows(caught.value.table) == [
        (rex, "Rex", "pet", 1, "Anna"),
        (other, "rex", "pet", 2, "Boris"),
    ]
    assert things.resolve_of(vet, 1, "rex") == rex
    assert things.resolve_of(vet, 2, "3") == other
    assert things.namesakes(vet, rex) == []


def test_of_many_of_one_name_ten_are_listed(vet: Base) -> None:
    for _n in range(12):
        add(vet, 1, "Rex")
    assert things.namesakes(vet, 1) == list(range(2, 13))
    with pytest.raises(Ambiguous) as caught:
        things.resolve(vet, "rex")
    assert caught.value.table is not None
    assert len(rows(caught.value.table)) == 10
    assert caught.value.hint == "type the number of the one you mean; 2 more are not listed"


@pytest.mark.parametrize(
    ("text", "told", "hint"),
    [
        ("9", "there is no thing 9", "clientbase thing list shows their numbers"),
        ("9" * 30, f"there is no thing {'9' * 19}", "clientbase thing list shows their numbers"),
        ("Bela", "there is no thing called Bela", "did you mean Bella?"),
        ("zzz", "there is no thing called zzz", "clientbase thing list shows what is there"),
        ("\x1b[1m", "there is no thing called �[1m", "clientbase thing list shows what is there"),
    ],
)
def test_what_is_no_thing_is_not_found(vet: Base, text: str, told: str, hint: str) -> None:
    add(vet, 1, "Bella")
    with pytest.raises(NotFound) as caught:
        things.resolve(vet, text)
    assert (caught.value.message, caught.value.hint) == (told, hint)


def test_nothing_said_is_a_misuse(vet: Base) -> None:
    with pytest.raises(Misuse):
        things.resolve(vet, " ")


@pytest.mark.parametrize(
    ("who", "text", "told", "hint"),
    [
        (1, "Bela", "contact 1 has no thing called Bela", "did you mean Bella?"),
        (1, "zzz", "contact 1 has no thing called zzz", "it has Bella, Rex"),
        (1, "3", "contact 1 has no thing called 3", "it has Bella, Rex"),
        (
            2,
            "Rex",
            "contact 2 has no thing called Rex",
            "add it with: clientbase thing add 2 KIND NAME",
        ),
    ],
)
def test_a_thing_of_somebody_else_is_not_found(
    vet: Base, who: int, text: str, told: str, hint: str
) -> None:
    add(vet, 1, "Bella")
    add(vet, 1, "Rex")
    with pytest.raises(NotFound) as caught:
        things.resolve_of(vet, who, text)
    assert (caught.value.message, caught.value.hint) == (told, hint)


def test_names_are_offered_as_they_were_begun(vet: Base) -> None:
    for name in ("Rex", "Rexona", "Straße", "Мурка"):
        add(vet, 1, name)
    assert things.names(vet, "REX") == [("REX", "Anna"), ("REXona", "Anna")]
    assert things.names(vet, "мУ") == [("мУрка", "Anna")]
    assert things.names(vet, "strass") == []


@pytest.mark.parametrize(
    ("thing", "what", "told"),
    [
        (None, "call", "call"),
        ("Rex", "vaccination", "Rex: vaccination"),
        ("Rex", "call about rex", "call about rex"),
        ("Al", "call", "Al: call"),
        ("(x", "see (x)", "see (x)"),
    ],
)
def test_what_is_to_be_done_names_the_thing_once(thing: str | None, what: str, told: str) -> None:
    assert about(thing, what) == told


def test_a_contact_is_found_by_its_things_behind_those_called_so(vet: Base) -> None:
    inside = contacts.add(vet, NewContact("T-Rex Ltd"), TODAY)
    tagged = contacts.add(vet, NewContact("Ольга", tags=("rex",)), TODAY)
    add(vet, 2, "Rexona")
    add(vet, 1, "Rex")
    add(vet, 1, "Rex")
    assert finding.find(vet, "REX") == [inside, 1, 2, tagged]
    assert finding.find(vet, "exo") == [2]
    with pytest.raises(NotFound):
        contacts.resolve(vet, "Rex ona")


def test_who_does_not_mean_somebody_by_a_thing(vet: Base) -> None:
    add(vet, 1, "Rex")
    with pytest.raises(NotFound, match=r"^nobody is found by Rex$"):
        contacts.resolve(vet, "Rex")


NAMES = ["Rex", "РЕКС", "Ёж", "weird [/] name", "O'Neil", "100%", "Straße", "Zoë"]


@given(
    name=st.sampled_from(NAMES),
    start=st.integers(0, 8),
    length=st.integers(1, 8),
    dress=st.sampled_from([str.upper, str.lower, str]),
)
def test_things_are_found_by_any_part_of_their_names(
    vet: Base, name: str, start: int, length: int, dress: type[str]
) -> None:
    if not listed(vet):
        for number, each in enumerate(NAMES, start=3):
            assert contacts.add(vet, NewContact("ъ"), TODAY) == number
            add(vet, number, each)
    fragment = dress(name[start : start + length]).strip()
    if fold(fragment):
        expected = {n for n, each in enumerate(NAMES, start=3) if fold(fragment) in fold(each)}
        found = set(finding.find(vet, fragment))
        assert found - {1, 2} == expected


def test_the_scan_of_things_reads_the_index_alone(base: Base) -> None:
    sql = f"explain query plan {finding.SQL['by_thing']}"
    steps = [step[3] for step in base.execute(sql, {"text": "x"})]
    assert steps[0] == "SCAN thing USING COVERING INDEX thing_name"
