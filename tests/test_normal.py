"""Text as it is searched, kept and shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import Refused
from clientbase.normal import clean_text, digits, fold, shown, visible

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def refusal(text: str, *, limit: int = 500, required: bool = False, lines: bool = False) -> str:
    with pytest.raises(Refused) as caught:
        clean_text(text, limit=limit, required=required, lines=lines)
    assert caught.value.exit_code == 4
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ivan  PETROV ", "ivan petrov"),
        ("ИВАН ПЕТРОВ", "иван петров"),
        ("Пётр Щукин-Йод", "петр щукин-йод"),
        ("ЁЖ ё", "еж е"),
        ("Й и\u0306 И\u0306", "й й й"),
        ("е\u0308ж", "еж"),
        ("José García", "jose garcia"),
        ("Łódź", "łodz"),
        ("Straße STRASSE", "strasse strasse"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("Ｆｕｌｌ ﬁne ①", "full fine 1"),
        ("İstanbul", "istanbul"),
        ("Ан\u00adна\u200b\u00a0\tК.", "анна к."),
        ("हिन्दी", "हिन्दी"),
        ("がぎ", "がぎ"),
        ("한국", "한국"),
        ("a\udcffb", "a\ufffdb"),
        ("\u0301", "\u0301"),
        ("¨ ¯", "\u0308 \u0304"),
        ("", ""),
    ],
)
def test_a_search_key_evens_out_case_marks_and_spacing(text: str, key: str) -> None:
    assert fold(text) == key


@given(TEXT)
def test_a_search_key_is_its_own_search_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяABCxyz '-"))
def test_letter_case_and_composition_never_tell_two_names_apart(text: str) -> None:
    expected = " ".join(text.lower().replace("ё", "е").split())
    spellings = (text, text.upper(), text.title(), unicodedata.normalize("NFD", text))
    assert {fold(spelling) for spelling in spellings} == {expected}


@pytest.mark.parametrize(
    "name",
    [
        "weird [/] name",
        "[red]x[/red]",
        "=cmd|' /C calc'!A0",
        "O'Brien; drop table contact;--",
        "Анна-Мария фон Ёжикова 2-я",
        "👩\u200d👩\u200d👧 family",
        "می\u200cخواهم",
        "葛\U000e0100城",
        "%s {name} \\n",
    ],
)
def test_a_strange_name_is_kept_as_it_is_typed(name: str) -> None:
    assert clean_text(name, required=True) == name
    assert visible(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ivan   Petrov\n", "Ivan Petrov"),
        ("\ufeff\u200bIvan\u00a0Petrov\u200b", "Ivan Petrov"),
        ("Cafe\u0301", "Café"),
        ("-Ivan-", "-Ivan-"),
        ("\u200b \t", ""),
        ("", ""),
    ],
)
def test_a_name_is_composed_and_squeezed(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\x01\x02", "\ufffd\ufffd holds a control character that can't be seen (U+0001)"),
        ("\x1c\x1d", "\ufffd\ufffd holds a control character that can't be seen (U+001C)"),
        (
            "a\x1b]0;owned\x07",
            "a\ufffd]0;owned\ufffd holds a control character that can't be seen (U+001B)",
        ),
        ("Iv\u200ban", "Iv\ufffdan holds a control character that can't be seen (U+200B)"),
        ("a\udcffb", "a\ufffdb holds a control character that can't be seen (U+DCFF)"),
        ("a\U000e0041b", "a\ufffdb holds a control character that can't be seen (U+E0041)"),
        ("a\x85b", "a\ufffdb holds a control character that can't be seen (U+0085)"),
        ("\u200d", "the text holds nothing that can be seen"),
        ("two\nlines", "two lines has a line break or a tab inside"),
        ("two\u2028lines", "two lines has a line break or a tab inside"),
        ("x" * 501, "the text has 501 characters, 500 are the most"),
        ("x" * 10_000, "the text has 10000 characters, 500 are the most"),
    ],
)
def test_a_name_that_hides_something_is_refused(text: str, sentence: str) -> None:
    assert refusal(text) == sentence


@pytest.mark.parametrize("sign", BIDI)
def test_signs_that_turn_the_direction_of_text_are_refused_even_at_its_ends(sign: str) -> None:
    code = f"U+{ord(sign):04X}"
    sentence = f"ab\ufffd holds a control character that can't be seen ({code})"
    assert refusal(f"ab{sign}") == sentence
    assert visible(f"ab{sign}") == "ab\ufffd"


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\t\n"])
def test_an_empty_name_is_refused_where_a_name_is_needed(text: str) -> None:
    assert refusal(text, required=True) == "a text is needed here, and it is empty"


def test_a_name_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert clean_text(" abc ", limit=3) == "abc"
    assert refusal("abcd", limit=3) == "the text has 4 characters, 3 are the most"
    assert refusal("ab", limit=1) == "the text has 2 characters, 1 is the most"


def test_a_note_keeps_its_lines_and_spaces() -> None:
    note = "\r\n called\r\n\tagreed  on Monday\rbye \n"
    assert clean_text(note, lines=True) == "called\n\tagreed  on Monday\nbye"
    assert refusal("a\nb\x1b[0m", lines=True) == (
        "a b\ufffd[0m holds a control character that can't be seen (U+001B)"
    )


@given(TEXT)
def test_what_was_kept_is_clean_and_what_is_shown_hides_nothing(text: str) -> None:
    try:
        kept = clean_text(text)
    except Refused:
        assert visible(text) != text
    else:
        assert clean_text(kept) == kept == visible(kept)
        assert unicodedata.is_normalized("NFC", kept)
    assert not any(unicodedata.category(sign) == "Cc" for sign in visible(text))
    assert visible(visible(text)) == visible(text)


def test_lines_are_shown_as_lines_only_where_they_are_asked_for() -> None:
    note = "one\r\ntwo\tthree\x07\u2028"
    assert visible(note) == "one two three\ufffd "
    assert visible(note, lines=True) == "one\ntwo\tthree\ufffd\n"


def test_a_long_refused_value_is_cut_in_a_sentence() -> None:
    assert shown("x" * 60) == "x" * 60
    assert shown("x" * 1_000_000) == "x" * 60 + "…"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("8 (926) 123-45-67 доб. 8", "89261234567" + "8"),
        ("４٣२ x²", "432"),
        ("no", ""),
    ],
)
def test_digits_of_any_script_are_kept_as_plain_ones(text: str, kept: str) -> None:
    assert digits(text) == kept
