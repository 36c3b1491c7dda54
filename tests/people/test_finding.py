from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import Misuse
from clientbase.people import contacts, finding
from clientbase.people.contacts import NewContact
from clientbase.people.finding import find

if TYPE_CHECKING:
    from clientbase.db.connection import Base

TODAY = date(2026, 11, 21)


def add(base: Base, name: str, **said: object) -> int:
    return contacts.add(base, NewContact(name, **said), TODAY, anyway=True)  # type: ignore[arg-type]  # what a test says fits


@pytest.mark.parametrize(
    "text",
    [
        "иван",
        "ИВАН",
        "петров иван",
        "ван пет",
        "елки",
        "ЁЛКИ",
        "ромаш",
        "9261234567",
        "8 926 123",
        "8926",
        "+7 (926)",
        "234",
        "4567",
        "8(926)1234567",
        "IVAN@",
        "mail.ru",
        "ivan@mail.ru",
        "Клуб",
        "C0001",
        "tg_ivan",
    ],
)
def test_a_contact_is_found_by_any_part(base: Base, text: str) -> None:
    ivan = add(
        base,
        "Иван Петров Ёлкин",
        organisation="ООО «Ромашка»",
        phones=("+79261234567",),
        emails=("Ivan@Mail.ru",),
        messengers=(("telegram", "@tg_ivan"),),
        tags=("клуб",),
        external_id="C0001",
    )
    add(base, "Анна", phones=("+79051110099",), emails=("anna@ya.ru",), tags=("vip",))
    assert find(base, text) == [ivan]


@pytest.mark.parametrize(
    "text", ["nobody", "клу", "c0001", "12", "@x", "999999999999", "\udcff", "%"]
)
def test_what_is_in_nobody_finds_nobody(base: Base, text: str) -> None:
    add(base, "Анна", phones=("+79261234567",), tags=("клуб",), external_id="C0001")
    assert find(base, text) == []


def test_the_best_hits_come_first(base: Base) -> None:
    tagged = add(base, "Ольга", tags=("анна",))
    inside = add(base, "Марианна")
    words = add(base, "Аннаева Мария", organisation="анна и ко")
    start_late = add(base, "Анна Яковлева")
    organisation = add(base, "Пётр", organisation="Анна")
    start = add(base, "Анна Белова")
    whole = add(base, "АННА")
    assert find(base, "анна") == [whole, organisation, start, start_late, words, inside, tagged]


def test_an_address_is_looked_for_in_names_where_it_is_nobodys(base: Base) -> None:
    named = add(base, "shop@home")
    reached = add(base, "Анна", emails=("anna@mail.ru",))
    assert (find(base, "shop@"), find(base, "@mail")) == ([named], [reached])


def test_a_number_is_looked_for_in_names_where_it_is_no_phone(base: Base) -> None:
    named = add(base, "Ларёк 12345")
    reached = add(base, "Анна", phones=("+79265432100",))
    assert (find(base, "12345"), find(base, "54321")) == ([named], [reached])


def test_cyrillic_is_looked_for_in_addresses_where_it_is_no_name(base: Base) -> None:
    anna = add(base, "Anna", emails=("почта@пример.рф",))
    assert find(base, "ПРИМЕР") == [anna]


def test_the_last_digits_of_a_phone_come_before_digits_inside(base: Base) -> None:
    inside = add(base, "Анна", phones=("+79264567123",))
    last = add(base, "Иван", phones=("+79261234567",))
    assert find(base, "4567") == [last, inside]


@pytest.mark.parametrize("text", ["", "  ", "\u200d"])
def test_nothing_to_find_is_a_misuse(base: Base, text: str) -> None:
    with pytest.raises(Misuse, match="it is not said what to find"):
        find(base, text)


NAMES = [
    "Иван Петров",
    "ИВАНОВА Анна",
    "Straße 7",
    "STRASSE",
    "Ёж Ёлкин",
    "еж",
    "Йод",
    "Zoë",
    "O'Brien; drop table contact;--",
    "weird [/] name",
    "100% хлопок",
    "a_b",
]


def plainly(text: str) -> str:
    """Fold by the rules of the design, by another way: no table, letter by letter."""
    kept = []
    for letter in text.casefold():
        if letter in "ёй":
            kept.append("е" if letter == "ё" else letter)
        else:
            parts = unicodedata.normalize("NFD", letter)
            kept += [part for part in parts if not unicodedata.combining(part)]
    return " ".join("".join(kept).split())


@given(
    name=st.sampled_from(NAMES),
    start=st.integers(0, 10),
    length=st.integers(1, 12),
    dress=st.sampled_from([str.upper, str.lower, str.title, str]),
)
def test_names_are_found_as_a_plain_scan_finds_them(
    base: Base, name: str, start: int, length: int, dress: type[str]
) -> None:
    if base.one("select count(*) from contact") == 0:
        for each in NAMES:
            add(base, each)
    fragment = dress(name[start : start + length]).strip()
    if not plainly(fragment):
        return
    words = plainly(fragment).split()
    expected = {
        number
        for number, each in enumerate(NAMES, start=1)
        if all(word in plainly(each) for word in words)
    }
    assert set(find(base, fragment)) == expected


def test_the_scan_reads_the_index_alone(base: Base) -> None:
    values = dict.fromkeys(("text", "first", "second", "third", "digits"), "x")
    steps = [
        step[3]
        for sql in finding.SQL.values()
        for step in base.execute(f"explain query plan {sql}", values)
        if step[3].startswith(("SCAN contact", "SEARCH"))
    ]
    assert [step for step in steps if "COVERING INDEX" not in step] == []
