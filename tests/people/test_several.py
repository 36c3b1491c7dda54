from __future__ import annotations

import contextlib
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import ClientbaseError, Misuse, NotFound, Refused
from clientbase.people import contacts
from clientbase.people.contacts import NewContact
from clientbase.people.several import Line, Named, named, one, read

if TYPE_CHECKING:
    from clientbase.db.connection import Base

TODAY = date(2026, 11, 21)


@pytest.fixture
def people(base: Base) -> Base:
    """Three contacts; the external id of the third looks like the number of the first."""
    for said in (
        NewContact("Анна Орлова", phones=("8 926 123-45-67",), organisation="ООО Ёлка"),
        NewContact('Иван, "Ваня"', emails=("ivan@mail.ru",), external_id="C2"),
        NewContact("=Пётр", external_id="1"),
    ):
        contacts.add(base, said, TODAY)
    return base


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2\n3\n", {2: 1, 3: 2}),
        ('no:1\r\n\r\n+7 926 123-45-67\r\nивАН, "ваня"', {1: 1, 2: 4}),
        ("ivan@mail.ru\tсосед\nid:C2", {2: 1}),
        ("\ufeff8 (926) 123 45 67", {1: 1}),
        ("ООО ёлка\n", {1: 1}),
        # Lists as our own commands print them: a bare number is never an external id there.
        ("contact_id,name\n1,Анна\n2,x\n1,again\n", {1: 2, 2: 3}),
        ("contact_id\n1\n", {1: 2}),
        ("\ncontact_id\n\n3\n", {3: 4}),
        ('Contact_ID\tname\n2\t"x\n3\ty\n', {2: 2, 3: 3}),
        ('name,contact_id\n"a\nb",2\nc,3\n', {2: 2, 3: 4}),
        ("client_id,clientbase_id,name\nC9,2,x\n", {2: 2}),
        ("external_id;city\n1;Пермь\n", {3: 2}),
        ('name\n"Иван, ""Ваня"""\n\'=Пётр\n', {2: 2, 3: 3}),
        ("phone,city\n+79261234567,x\n", {1: 2}),
        ('{"contact_id": 3, "name": "x"}\n\n{"contact_id": 1}\n', {3: 1, 1: 3}),
        ('{"activity_id": 9, "contact_id": 2}', {2: 1}),
        ("contact_id,name\n", {}),
        # JSON in one piece, as --format json gives it, and its rows alone.
        (
            '{\n"kind": "contacts",\n"rows": [\n{"contact_id": 3},\n{"contact_id": 1}]}',
            {3: 4, 1: 5},
        ),
        ('[{"contact_id": 2,\n"name": "[x"},\n\n{"contact_id": 1}]', {2: 1, 1: 4}),
        ('{"clientbase": 1,\n"rows": []}', {}),
    ],
)
def test_contacts_are_named_by_lines_or_by_a_list(
    people: Base, text: str, found: dict[int, int]
) -> None:
    assert named(people, text).lines == found


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_nothing_at_all_is_refused(people: Base, text: str) -> None:
    with pytest.raises(Refused) as caught:
        named(people, text)
    assert caught.value.message == "nobody is named on standard input: it is empty"


def test_every_line_that_does_not_name_one_is_told(people: Base) -> None:
    contacts.add(people, NewContact("анна орлова"), TODAY)
    lines = ["2", "Орлова", "Анна Орлова", "1", "9", "9999999", "x@y.ru", "id:Z", "\x1b[2J", "2"]
    with pytest.raises(Refused) as caught:
        named(people, "\n".join(lines))
    assert caught.value.message == "8 of 10 lines can't be used; nothing is changed"
    table = caught.value.table
    assert table is not None
    assert list(table.rows) == [
        (2, "Орлова", "nobody is found by Орлова"),
        (3, "Анна Орлова", "2 contacts answer to Анна Орлова: 1, 4"),
        (4, "1", "1 is the external id of contact 3"),
        (5, "9", "there is no contact 9"),
        (6, "9999999", "nobody is found by 9999999"),
        (7, "x@y.ru", "nobody is found by x@y.ru"),
        (8, "id:Z", "nobody has the external id Z"),
        (9, "�[2J", "nobody is found by �[2J"),
    ]


def test_a_row_without_anybody_is_told(people: Base) -> None:
    with pytest.raises(Refused) as caught:
        named(people, "name,contact_id\nx,\ny\n,,\nz,2\n")
    assert caught.value.table is not None
    assert list(caught.value.table.rows) == [
        (2, "", "it is not said who is meant"),
        (3, "", "it is not said who is meant"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"contact_id": 1}\n{', "line 2 of standard input can't be read: it is no JSON object"),
        ("[7]", "line 1 of standard input can't be read: it has no contact_id"),
        ('{"x": 1}', "line 1 of standard input can't be read: it has no contact_id"),
        ('{"contact_id": 1}\n[]', "line 2 of standard input can't be read: it has no contact_id"),
        ("{" * 5000, "line 1 of standard input can't be read: it is no JSON object"),
        ("contact_id,x\n1," + "x" * 200_000, "line 2 of standard input can't be read: it is far"),
    ],
)
def test_what_is_no_list_is_told(people: Base, text: str, reason: str) -> None:
    with pytest.raises(Misuse) as caught:
        named(people, text)
    assert caught.value.message.startswith(reason)


def test_one_object_that_is_no_list_is_refused(people: Base) -> None:
    with pytest.raises(Refused) as caught:
        named(people, '{\n"contact_id": 1\n}')
    assert (caught.value.message, caught.value.hint) == (
        "this is one JSON object, and it has no rows",
        "give a WHO a line, or one of --format csv, tsv and jsonl of a list",
    )


@pytest.mark.parametrize("text", ['{"contact_id": "x"}', "contact_id\nx"])
def test_a_number_that_is_none_is_told_as_it_came(people: Base, text: str) -> None:
    with pytest.raises(Refused) as caught:
        named(people, text)
    assert caught.value.table is not None
    (row,) = caught.value.table.rows
    assert row[1:] == ("x", "there is no contact x")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_comes_in_ends_in_a_sentence(people: Base, text: str) -> None:
    found: list[int] = []
    with contextlib.suppress(ClientbaseError):
        found = named(people, text).contacts
    assert set(found) <= {1, 2, 3}


@given(st.lists(st.integers(1, 999_999), min_size=1))
def test_each_line_is_read_with_its_number(numbers: list[int]) -> None:
    text = "\n".join(map(str, numbers))
    assert read(text) == [Line(n, str(number)) for n, number in enumerate(numbers, start=1)]


def test_one_who_is_typed_may_be_a_part_of_a_name(people: Base) -> None:
    assert one(people, "орлова") == Named({1: 1}, many=False)
    with pytest.raises(NotFound):
        one(people, "x")


def test_what_is_wrong_with_one_of_many_is_told_with_its_line() -> None:
    done: list[int] = []

    def act(contact: int) -> None:
        if contact == 7:
            raise NotFound("it is gone", hint="look")
        done.append(contact)

    with pytest.raises(NotFound) as caught:
        Named({5: 1, 7: 4, 8: 5}).each(act)
    assert (caught.value.message, caught.value.hint) == ("line 4, contact 7: it is gone", "look")
    assert done == [5]
    with pytest.raises(NotFound) as caught:
        Named({7: 1}, many=False).each(act)
    assert caught.value.message == "it is gone"
