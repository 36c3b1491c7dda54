from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import Ambiguous, ClientbaseError, Conflict, Misuse, NotFound
from clientbase.people import contacts, points, resolving
from clientbase.people.contacts import NewContact
from clientbase.people.resolving import resolve

if TYPE_CHECKING:
    from clientbase.db.connection import Base

TODAY = date(2026, 11, 21)


def add(base: Base, name: str, **said: object) -> int:
    return contacts.add(base, NewContact(name, **said), TODAY, anyway=True)  # type: ignore[arg-type]  # what a test says fits


def trouble(base: Base, who: str) -> tuple[type[ClientbaseError], str, str, list[int]]:
    with pytest.raises(ClientbaseError) as caught:
        resolve(base, who)
    error = caught.value
    listed = [row[0] for row in error.table.rows] if error.table else []
    return type(error), error.message, error.hint, listed


@pytest.mark.parametrize(
    "who",
    [
        "1",
        "000001",
        "no:1",
        " 1 ",
        "+79261234567",
        "8 (926) 123-45-67",
        "926 123 45 67",
        "89261234567",
        "+7 926 123-45-67",
        "ivan@mail.ru",
        "IVAN@Mail.Ru",
        "id:C0001",
        "ID: C0001",
        "Иван Петров",
        "ИВАН  ПЕТРОВ",
        "иван петров",
        "етро",
        "ромашка",
        "ООО Ромашка",
    ],
)
def test_every_spelling_means_the_one_contact(base: Base, who: str) -> None:
    ivan = add(
        base,
        "Иван Петров",
        organisation="ООО Ромашка",
        phones=("+7 926 123-45-67",),
        emails=("ivan@mail.ru",),
        external_id="C0001",
    )
    add(base, "Анна Ёлкина", phones=("+7 926 765-43-21",), emails=("anna@mail.ru",))
    assert resolve(base, who) == ivan == 1


def test_a_whole_name_comes_before_a_part_of_one(base: Base) -> None:
    add(base, "Анна Мария")
    anna = add(base, "Анна")
    add(base, "Иван", organisation="Анна")
    assert resolve(base, "анна") == anna


def test_a_whole_organisation_comes_before_a_part_of_a_name(base: Base) -> None:
    add(base, "Ромашкин Лев")
    boss = add(base, "Пётр", organisation="Ромашка")
    add(base, "Ромашкина Ольга")
    assert resolve(base, "ромашка") == boss


def test_several_namesakes_are_listed(base: Base) -> None:
    add(base, "Иван Петров", phones=("+79261234567",), city="Пермь")
    add(base, "Пётр")
    add(base, "иван петров")
    with pytest.raises(Ambiguous) as caught:
        resolve(base, "Иван Петров")
    assert caught.value.message == "2 contacts answer to Иван Петров"
    assert caught.value.hint == "type the number of the one you mean"
    assert caught.value.table is not None
    assert [column.name for column in caught.value.table.columns] == [
        "contact_id",
        "name",
        "phone",
        "city",
    ]
    assert list(caught.value.table.rows) == [
        (1, "Иван Петров", "+79261234567", "Пермь"),
        (3, "иван петров", None, None),
    ]


def test_ten_candidates_are_listed_and_the_rest_counted(base: Base) -> None:
    for _ in range(11):
        add(base, "Анна")
    assert trouble(base, "анна") == (
        Ambiguous,
        "11 contacts answer to анна",
        "type the number of the one you mean; 1 more is not listed",
        list(range(1, 11)),
    )
    add(base, "Анна")
    assert trouble(base, "анна")[2].endswith("; 2 more are not listed")


def test_more_than_a_thousand_hits_are_not_counted(base: Base) -> None:
    base.execute(
        "insert into contact (name, name_key, entered_on, entered_by) "
        "select 'Анна', 'анна', '2026-11-21', 'import' from json_each(:some)",
        {"some": str([0] * 1001)},
    )
    assert trouble(base, "анна")[1] == "1,000+ contacts answer to анна"


def test_a_bare_number_that_is_an_external_id_of_another_is_a_conflict(base: Base) -> None:
    add(base, "Анна")
    add(base, "Иван", external_id="1")
    assert trouble(base, "1") == (
        Conflict,
        "1 is the external id of contact 2",
        "type id:1 for the external id, no:1 for the number",
        [1, 2],
    )
    assert (resolve(base, "no:1"), resolve(base, "id:1")) == (1, 2)


def test_a_bare_number_that_is_only_an_external_id_is_a_conflict_too(base: Base) -> None:
    add(base, "Анна", external_id="77")
    assert trouble(base, "77")[::3] == (Conflict, [1])


def test_the_own_external_id_is_no_conflict(base: Base) -> None:
    anna = add(base, "Анна", external_id="1")
    assert (resolve(base, "1"), anna) == (1, 1)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("9", "there is no contact 9"),
        ("no:9", "there is no contact 9"),
        ("no:99999999999999999999999", "there is no contact 99999999999999999999999"),
        ("id:9", "nobody has the external id 9"),
        ("ivan@mail.ru", "nobody is found by ivan@mail.ru"),
        ("not an@address", "nobody is found by not an@address"),
        ("+79261234567", "nobody is found by +79261234567"),
        ("1234567", "nobody is found by 1234567"),
        ("Ольга", "nobody is found by Ольга"),
        ("100%", "nobody is found by 100%"),
        ("\udcff", "nobody is found by �"),
    ],
)
def test_who_is_unknown_is_not_found(base: Base, who: str, sentence: str) -> None:
    add(base, "Анна")
    hint = "look with: clientbase contact find TEXT; new ones: clientbase contact add NAME"
    assert trouble(base, who) == (NotFound, sentence, hint, [])


@pytest.mark.parametrize("who", ["id:", "ID: "])
def test_an_external_id_must_follow(base: Base, who: str) -> None:
    add(base, "Анна")
    sentence, hint = "no external id follows id:", "type it behind the colon, such as id:C0001"
    assert trouble(base, who) == (Misuse, sentence, hint, [])


def test_a_misspelt_name_gets_the_nearest(base: Base) -> None:
    add(base, "Иван Петров")
    add(base, "Иван Сидоров")
    assert trouble(base, "Иван Петорв")[2] == "did you mean Иван Петров?"


@pytest.mark.parametrize("who", ["", "  "])
def test_nobody_named_is_a_misuse(base: Base, who: str) -> None:
    assert trouble(base, who)[0] is Misuse


def test_a_phone_of_two_means_neither(base: Base) -> None:
    add(base, "Анна", phones=("+79261234567",))
    add(base, "Иван", phones=("+79261234567",))
    assert trouble(base, "8 926 123 45 67")[::3] == (Ambiguous, [1, 2])


def test_an_extension_tells_two_behind_one_phone_apart(base: Base) -> None:
    add(base, "Анна", phones=("+7 495 123-45-67 доб. 12",))
    add(base, "Иван", phones=("+7 495 123-45-67 доб. 14",))
    assert resolve(base, "495 123-45-67 доб. 14") == 2
    assert trouble(base, "495 123-45-67")[::3] == (Ambiguous, [1, 2])


def test_a_whatsapp_number_is_a_phone(base: Base) -> None:
    anna = add(base, "Анна", messengers=(("whatsapp", "8 926 123-45-67"),))
    assert resolve(base, "+79261234567") == anna


def test_what_was_kept_unchecked_is_found_as_it_was_typed(base: Base) -> None:
    said = NewContact("Анна", phones=("123-45-67",), emails=("anna@", "ann a@x"))
    anna = contacts.add(base, said, TODAY, unchecked=True)
    assert [resolve(base, who) for who in ("1234567", "123 45 67", "ANNA@")] == [anna] * 3


@given(number=st.integers(1, 999_999))
def test_digits_up_to_six_are_a_number_and_nothing_else(base: Base, number: int) -> None:
    base.execute("savepoint one")
    base.execute(
        "insert into contact (id, name, name_key, entered_on, entered_by) "
        "values (?, ?, ?, '2026-11-21', 'entry')",
        (number, f"name {number + 1}", f"name {number + 1}"),
    )
    found = resolve(base, str(number)), resolve(base, f"{number:06}")
    base.execute("rollback to one")
    assert found == (number, number)


@given(
    local=st.integers(0, 9_999_999), dress=st.sampled_from(["+7926{}", "8926{}", "926{}", "7926{}"])
)
def test_a_phone_is_found_in_any_spelling(base: Base, local: int, dress: str) -> None:
    base.execute("savepoint one")
    anna = add(base, "Анна", phones=(f"+7926{local:07}",))
    found = resolve(base, dress.format(f"{local:07}"))
    base.execute("rollback to one")
    assert found == anna


def test_no_look_up_by_a_key_reads_the_whole_base(base: Base) -> None:
    keyed = ("by_number", "by_external_id", "by_whole_name", "by_typed", "near")
    parameters = "number external_id text limit start canonical extension kind contact id typed shown checked"
    values = dict.fromkeys(parameters.split(), 1)
    plans = [
        step[3]
        for sql in [*(resolving.SQL[name] for name in keyed), *points.SQL.values()]
        for step in base.execute(f"explain query plan {sql}", values)
    ]
    assert [step for step in plans if step.startswith("SCAN contact")] == []
