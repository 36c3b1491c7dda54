from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import Misuse, NotFound, Refused
from clientbase.people import contacts, tags
from clientbase.people.contacts import NewContact

if TYPE_CHECKING:
    from clientbase.db.connection import Base

TODAY = date(2026, 11, 21)


@pytest.fixture
def anna(base: Base) -> int:
    """A contact to put tags on."""
    return contacts.add(base, NewContact("Анна"), TODAY)


def test_tags_are_put_on_and_taken_off(base: Base, anna: int) -> None:
    tags.change(base, anna, ["+club", "vip", "+Клуб друзей"])
    tags.change(base, anna, ["-VIP", "+CLUB", "\N{MINUS SIGN}клуб друзей", "+new"])
    assert tags.of_contact(base, anna) == ["club", "new"]


def test_a_tag_to_take_off_must_be_there(base: Base, anna: int) -> None:
    with pytest.raises(NotFound) as caught:
        tags.change(base, anna, ["-club"])
    assert caught.value.message == "this contact has no tag club"
    assert caught.value.hint == "it has no tags at all"
    tags.put(base, anna, ["a", "b"])
    with pytest.raises(NotFound) as caught:
        tags.change(base, anna, ["-club"])
    assert caught.value.hint == "it has a, b"


def test_one_of_many_may_be_without_the_tag_already_but_not_everybody(
    base: Base, anna: int
) -> None:
    other = contacts.add(base, NewContact("Иван", tags=("club",)), TODAY)
    for contact in (anna, other):
        tags.change(base, contact, ["-club", "+x"], one_of_many=True)
    assert [tags.of_contact(base, contact) for contact in (anna, other)] == [["x"], ["x"]]
    with pytest.raises(NotFound) as caught:
        tags.change(base, anna, ["-clib"], one_of_many=True)
    assert (caught.value.message, caught.value.hint) == (
        "there is no tag clib",
        "clientbase contact tags lists them all",
    )


@pytest.mark.parametrize(
    "word", ["+", "++x", "+-x", "a,b", "a;b", "a|b", "x" * 61, "a\tb\x00", "+\u200d"]
)
def test_what_can_not_be_a_tag_is_refused(base: Base, anna: int, word: str) -> None:
    with pytest.raises(Refused):
        tags.change(base, anna, [word])


def test_no_words_are_a_misuse(base: Base, anna: int) -> None:
    with pytest.raises(Misuse, match="no tag is named"):
        tags.change(base, anna, [])


def test_tags_in_use_are_listed_with_who_has_them(base: Base, anna: int) -> None:
    contacts.add(base, NewContact("Иван", tags=("club",)), TODAY)
    tags.change(base, anna, ["club", "Азбука", "gone"])
    tags.change(base, anna, ["-gone"])
    assert list(tags.listing(base).rows) == [("club", 2), ("Азбука", 1)]
    assert tags.names(base) == ["club", "Азбука"]
    assert base.one("select name from tag where id = ?", (tags.named(base, "CLUB"),)) == "club"


WORDS = st.lists(st.tuples(st.booleans(), st.sampled_from("abc")), max_size=12)


@given(words=WORDS)
def test_tags_are_a_set(base: Base, anna: int, words: list[tuple[bool, str]]) -> None:
    base.execute("savepoint one")
    has: set[str] = set()
    for on, tag in words:
        if on:
            tags.change(base, anna, [f"+{tag}"])
            has.add(tag)
        elif tag in has:
            tags.change(base, anna, [f"-{tag}"])
            has.discard(tag)
    found = tags.of_contact(base, anna)
    base.execute("rollback to one")
    assert found == sorted(has)
