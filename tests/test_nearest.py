from __future__ import annotations

import pytest

from clientbase.nearest import meant, nearest

NAMES = ("Shampoo", "Ёлка", "brush", "\u202ebrosh")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("shampo", "Shampoo"),
        ("SHAMPOO", "Shampoo"),
        ("елки", "Ёлка"),
        ("brus", "brush"),
        ("leash", None),
        ("", None),
    ],
)
def test_the_nearest_name_is_found_in_any_letter_case(typed: str, name: str | None) -> None:
    assert nearest(typed, NAMES) == name


def test_names_must_be_as_alike_as_is_asked() -> None:
    assert nearest("brass", ["brush"], alike=0.6) == "brush"
    assert nearest("brass", ["brush"], alike=0.7) is None


def test_the_hint_names_it_or_says_something_else() -> None:
    assert meant("brus", NAMES, "see the list") == "did you mean brush?"
    assert meant("leash", NAMES, "see the list") == "see the list"
    assert meant("brosh", ["\u202dbrash"], "") == "did you mean \ufffdbrash?"
