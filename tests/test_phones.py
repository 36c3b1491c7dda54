"""Phones: the same answers as the library's, faster, and plain reasons for what is wrong."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import phonenumbers
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat

from clientbase import phones as module
from clientbase.errors import Refused
from clientbase.phones import Phone, country_known, phone, phones

if TYPE_CHECKING:
    from collections.abc import Iterator

LAYOUT = (" ", "-", "(", ")", ".", " - ", "\u00a0", "\u2011")
COUNTRIES = ("RU", "US", "GB", "DE", "KZ", "CA", "BR", "AR", "AU", "IT", "BY", "IM")


def by_library(text: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    right = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if right else None


def by_us(text: str, country: str) -> str | None:
    try:
        return phone(text, country).e164
    except Refused:
        return None


def refusal(text: str, country: str = "RU") -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        phone(text, country)
    assert caught.value.exit_code == 4
    return caught.value.message, caught.value.hint


def spellings(country: str, count: int) -> Iterator[str]:
    """Make near misses and hits of the country's examples, in any layout, under any prefix."""
    chance = random.Random(country)  # noqa: S311 - the same spellings on each run, no secret
    meta = PhoneMetadata.metadata_for_region(country, None)
    assert meta is not None
    trunk, code = meta.national_prefix or "0", str(meta.country_code)
    prefixes = ["", "", f"+{code}", code, f"+{code}{trunk}", trunk, "8", "0", f"00{code}", "+"]
    prefixes += ["1", "810", "011", code + code]
    kinds = (meta.mobile, meta.fixed_line, meta.toll_free, meta.premium_rate, meta.voip)
    examples = [kind.example_number for kind in kinds if kind and kind.example_number]
    for _ in range(count):
        digits = list(chance.choice(examples))
        for place in range(chance.choice((1, len(digits), len(digits) - 2)), len(digits)):
            digits[place] = chance.choice("0123456789")
        if chance.random() < 0.2:
            digits = chance.choices("0123456789", k=chance.randrange(3, 14))
        signs = [
            sign + (chance.choice(LAYOUT) if chance.random() < 0.25 else "")
            for sign in chance.choice(prefixes) + "".join(digits)
        ]
        yield chance.choice(("", "", "", "(", "- ")) + "".join(signs)


@pytest.mark.parametrize("country", ["RU", "US", "GB", "DE"])
def test_a_common_layout_is_read_as_the_library_reads_it(country: str) -> None:
    quick = [
        (text, found.e164)
        for text in spellings(country, 30_000)
        if (found := module._quick(text, country))  # noqa: SLF001 - the way around the library
    ]
    assert len(quick) > 6_000
    assert [pair for pair in quick if pair[1] != by_library(pair[0], country)] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_any_layout_is_read_or_refused_as_the_library_does(country: str) -> None:
    answers = [
        (text, by_us(text, country), by_library(text, country)) for text in spellings(country, 600)
    ]
    assert [answer for answer in answers if answer[1] != answer[2]] == []
    assert {answer[1] is None for answer in answers} == {True, False}


@given(st.text("+0123456789 ()-./", max_size=20), st.sampled_from(COUNTRIES))
def test_digits_and_layout_never_make_another_number_than_the_library(
    text: str, country: str
) -> None:
    assume(not re.search(r"\d{7}\.00?\D*$", text))  # what a spreadsheet adds is taken off
    assert by_us(text, country) in {None, by_library(text, country)}


@given(st.text("+0123456789 -()абOoоx.,;#/E@*_\n'\"=", max_size=30), st.sampled_from(COUNTRIES))
def test_whatever_is_typed_is_a_right_phone_or_refused(text: str, country: str) -> None:
    try:
        found = phones(text, country)
    except Refused:
        found = []
    for one in found:
        assert phonenumbers.is_valid_number(phonenumbers.parse(one.e164))
        assert phone(one.e164, country).e164 == one.e164


@pytest.mark.parametrize(
    ("text", "country", "e164", "extension"),
    [
        ("8 (926) 123-45-67", "RU", "+79261234567", ""),
        ("8 (926) 123-45-67", "ru", "+79261234567", ""),
        ("\u202a+7\u00a0926\u00a0123\u201145\u201167\u202c", "RU", "+79261234567", ""),
        ("９２６１２３４５６７", "RU", "+79261234567", ""),
        ("٩٢٦١٢٣٤٥٦٧", "RU", "+79261234567", ""),
        ("+7 926\t123 45 67", "RU", "+79261234567", ""),
        ("8 926 123-45-67 Иван Петрович", "RU", "+79261234567", ""),
        ("мама: 8 926 123-45-67 (звонить вечером)", "RU", "+79261234567", ""),
        ("8 926 123-45-67, Иван", "RU", "+79261234567", ""),
        ("8 (495) 509-37-65, доб. 123", "RU", "+74955093765", "123"),
        ("8 (495) 509-37-65 (доб. 123)", "RU", "+74955093765", "123"),
        ("8 (495) 509-37-65 вн. 7", "RU", "+74955093765", "7"),
        ("8 (495) 509-37-65 доб.", "RU", "+74955093765", ""),
        ("tel:+1-201-555-0123;ext=45", "US", "+12015550123", "45"),
        ("201.555.0123 x0765", "US", "+12015550123", "0765"),
        ("(201) 555-0123 #12", "US", "+12015550123", "12"),
        ("201-555-0123,,9", "US", "+12015550123", "9"),
        ("2015550123.0", "US", "+12015550123", ""),
        ("030 123456.0", "DE", "+49301234560", ""),
        ("30123456.0", "DE", "+4930123456", ""),
        ("84955093765,00", "RU", "+74955093765", ""),
        ("0044 20 7031 3000", "DE", "+442070313000", ""),
        ("020 7031 3000", "GB", "+442070313000", ""),
        ("+442070313000", "XX", "+442070313000", ""),
    ],
)
def test_a_phone_is_found_whatever_surrounds_it(
    text: str, country: str, e164: str, extension: str
) -> None:
    found = phone(text, country)
    assert (found.e164, found.extension) == (e164, extension)
    assert phones(text, country) == [found]


def test_a_phone_keeps_how_it_was_typed_without_what_nobody_sees() -> None:
    assert phone(" 8 (926) 123-45-67 ", "RU").typed == "8 (926) 123-45-67"
    found = phone("\u202a8 926 123-45-67 доб. 5\u202c", "RU")
    assert found == Phone("8 926 123-45-67 доб. 5", "+79261234567", "5")


@pytest.mark.parametrize(
    ("text", "country", "reason"),
    [
        ("8 916 886 98", "RU", "too few digits"),
        ("8", "RU", "too few digits"),
        ("878-45-31", "RU", "too few digits, the area code is missing"),
        ("+7 916 886 98 74 0", "RU", "too many digits"),
        ("8" * 100, "RU", "too many digits"),
        ("8" * 201, "RU", "it is too long"),
        ("+1 201 555 01", "RU", "too few digits"),
        ("+999 1234567", "RU", "no country has the code that it starts with"),
        ("+7 200 123 45 67", "RU", "no such number is in use in RU"),
        ("+1 555 555 5555", "RU", "no such number is in use in US"),
        ("926 123 45 67", "XX", "no country has the code that it starts with"),
        ("8 9O3 483 18 68", "RU", "the letter O stands in the place of a zero"),
        ("8 926 123 45 6О", "RU", "the letter O stands in the place of a zero"),
        ("O30 123456", "DE", "the letter O stands in the place of a zero"),
        ("030 12345 O", "DE", "the letter O stands in the place of a zero"),
        ("030 1234__", "DE", "some of its digits are left out"),
        ("030 1234-XX", "DE", "some of its digits are left out"),
        ("8 926 abc 45 67", "RU", "letters or signs stand among its digits"),
        ("1-800-FLOWERS", "US", "letters or signs stand among its digits"),
        ("0800 123 FLOW", "DE", "letters or signs stand among its digits"),
        ("8 926 123-45-67м", "RU", "letters or signs stand among its digits"),
        ("2: 8 926 123-45-67", "RU", "letters or signs stand among its digits"),
        ("030 12345~67", "DE", "letters or signs stand among its digits"),
        ("030 1234 45#", "DE", "letters or signs stand among its digits"),
        ("7,98542E+10", "RU", "digits lost by a spreadsheet"),
        ("7.98542Е10", "RU", "digits lost by a spreadsheet"),
        ("*100#", "RU", "it is a code for the operator"),
        ("н/д", "RU", "it has no digits"),
        ("ivan2000@mail.ru", "RU", "it is an e-mail address"),
        ("00 44 20 7031 3000", "RU", "it starts with 00"),
    ],
)
def test_a_wrong_phone_is_refused_in_plain_words(text: str, country: str, reason: str) -> None:
    shown = text if len(text) <= 60 else text[:60] + "…"
    assert refusal(text, country)[0] == f"{shown} is not a phone number: {reason}"


@pytest.mark.parametrize(
    ("text", "country", "hint"),
    [
        ("8", "RU", "a phone in RU looks like +7 912 345-67-89; one from abroad starts with +"),
        ("8", "us", "a phone in US looks like +1 201-555-0123; one from abroad starts with +"),
        ("8", "XX", "type + and the code of the country first"),
        ("0044 20 7031 3000", "RU", "type + in place of 00: +442070313000"),
        ("7.98E+10", "RU", "make the column text in the spreadsheet, and save the file again"),
    ],
)
def test_the_hint_says_what_to_type(text: str, country: str, hint: str) -> None:
    assert refusal(text, country)[1] == hint


@pytest.mark.parametrize("text", ["", " ", "\u200b"])
def test_an_empty_place_is_no_phone(text: str) -> None:
    assert refusal(text)[0] == "there is no phone here, it is empty"


def test_control_characters_are_refused_in_a_phone_too() -> None:
    assert refusal("+7 926 123-45-67\x1b[0m")[0] == (
        "+7 926 123-45-67\ufffd[0m holds a control character that can't be seen (U+001B)"
    )


@pytest.mark.parametrize(
    "between", [", ", ";", " / ", "/", "\n", "\r\n", " | ", " и ", " или ", " or ", " "]
)
def test_a_cell_with_two_phones_gives_both(between: str) -> None:
    text = f"89211234567{between}+79211234568"
    found = phones(text, "RU")
    assert found == [
        Phone("89211234567", "+79211234567", ""),
        Phone("+79211234568", "+79211234568", ""),
    ]
    assert refusal(text)[0] == ("two phones: 89211234567 and +79211234568; give each its own")


def test_each_phone_of_a_cell_may_have_an_extension_and_a_word() -> None:
    found = phones("8 (495) 509-37-65 доб. 12, 8 921 123-45-67 (Иван)", "RU")
    assert [(one.e164, one.extension) for one in found] == [
        ("+74955093765", "12"),
        ("+79211234567", ""),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("8 921 123-45-67, 51", "51 is not a phone number: too few digits"),
        (
            "8 921 123-45-67; 8 921 123-45-6O",
            "8 921 123-45-6O is not a phone number: the letter O stands in the place of a zero",
        ),
    ],
)
def test_a_cell_is_taken_apart_only_if_every_part_is_right(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        phones(text, "RU")
    assert caught.value.message == sentence


def test_a_country_is_known_by_its_two_letters() -> None:
    assert [country_known(code) for code in ("RU", "us", "Gb", "XX", "RUS", "")] == (
        [True, True, True, False, False, False]
    )
