"""E-mail addresses: the same answers as the library's, and plain reasons for what is wrong."""

from __future__ import annotations

import random
import sys
from subprocess import run

import email_validator
import pytest
from email_validator import EmailNotValidError, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES
from hypothesis import given
from hypothesis import strategies as st

from clientbase.emails import Email, email, emails
from clientbase.errors import Refused

SITES = ["mail.ru", "Gmail.COM", "sub.Mail.ru", "xn--80a1acny.xn--p1ai", "пример.рф", "mail"]
SITES += ["a--b.ru", "ab--c.ru", "-a.ru", "a-.ru", "1.2.3.4", "a.r2", "a.2r", "a..ru", "[1.2.3.4]"]
SITES += [f"a.{name}" for name in email_validator.SPECIAL_USE_DOMAIN_NAMES]
SITES += ["localhost", "test.com", "mytest", "a.mytest", f"{'b' * 63}.ru", f"{'b' * 64}.ru"]
NAMES = ["ivan", "IVAN.Petrov", "i+tag", "o'brien", ".ivan", "ivan.", "a..b", '"a b"', "иван"]
NAMES += ["a,b", "a b", "", "a@b", "x" * 64, "x" * 65, "x" * 251]
NAMES += [name.upper() for name in CASE_INSENSITIVE_MAILBOX_NAMES]


def by_library(text: str) -> str | None:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def by_us(text: str) -> str | None:
    try:
        return email(text).address
    except Refused:
        return None


def refusal(text: str) -> str:
    with pytest.raises(Refused) as caught:
        email(text)
    assert caught.value.exit_code == 4
    assert caught.value.hint
    return caught.value.message


def test_every_name_at_every_site_is_read_or_refused_as_the_library_does() -> None:
    addresses = [f"{name}@{site}" for name in NAMES for site in SITES]
    differ = [text for text in addresses if by_us(text) != by_library(text)]
    assert differ == []


def test_addresses_like_those_of_clients_are_read_as_the_library_reads_them() -> None:
    chance = random.Random(7)  # noqa: S311 - the same addresses on each run, no secret
    signs = "abcXYZ019" * 3 + "._-+'@ ,!"
    addresses = []
    for _ in range(12_000):
        name = "".join(chance.choices(signs, k=chance.randrange(1, 9)))
        site = "".join(chance.choices("abZ09.-.", k=chance.randrange(1, 9)))
        addresses.append(f"{name}@{site}.{chance.choice(('ru', 'COM', 'r2', 'test', 'x'))}")
    answers = [(by_us(text), by_library(text.strip())) for text in addresses]
    assert [pair for pair in answers if pair[0] != pair[1]] == []
    assert sum(found is not None for found, _ in answers) > 1_500


@given(st.text("abZ09.-+@_ ё\u200b<>\"';,\x07", max_size=20))
def test_whatever_is_typed_is_a_right_address_or_refused(text: str) -> None:
    try:
        found = emails(text)
    except Refused:
        found = []
    for one in found:
        assert by_library(one.typed) == one.address
        assert email(one.address).address == one.address
        assert email(one.key).key == one.key


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" Ivan@Mail.RU\u200b", Email("Ivan@Mail.RU", "Ivan@mail.ru", "ivan@mail.ru")),
        ("INFO@Shop.ru", Email("INFO@Shop.ru", "info@shop.ru", "info@shop.ru")),
        ("-ivan-@mail.ru", Email("-ivan-@mail.ru", "-ivan-@mail.ru", "-ivan-@mail.ru")),
        ("ИВАН@почта.рф", Email("ИВАН@почта.рф", "ИВАН@почта.рф", "иван@почта.рф")),
    ],
)
def test_an_address_has_a_form_to_write_to_and_a_key_to_find_it_by(text: str, found: Email) -> None:
    assert email(text) == found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-", "it has no @"),
        ("ivan(at)mail.ru", "it has no @"),
        ("<ivan@mail.ru>", "it stands in angle brackets"),
        ("mailto:ivan@mail.ru", "mailto: is a part of a link"),
        ("ivan@ma il.ru", "it has a space inside"),
        ("ivan@petr@mail.ru", "it has more than one @"),
        ("@mail.ru", "there is nothing before the @"),
        ("ivan@", "there is nothing after the @"),
        ("x" * 250 + "@mail.ru", "it is too long"),
        ("ivan@mail..ru", "it has two dots in a row"),
        (".ivan@mail.ru", "its name starts or ends with a dot"),
        ("ivan@mail.ru.", "its site starts or ends with a dot"),
        ("ivan@mail", "there is no dot after the @"),
        ("ivan@1.2.3.4", "what stands after the @ is not the name of a site"),
        ("a(b@mail.ru", "it has a sign that an address can't have"),
        (
            "ivan@shop.local",
            "there is no such site on the Internet, or it has a sign that can't be",
        ),
    ],
)
def test_a_wrong_address_is_refused_in_plain_words(text: str, reason: str) -> None:
    shown = text if len(text) <= 60 else text[:60] + "…"
    assert refusal(text) == f"{shown} is not an e-mail address: {reason}"


@pytest.mark.parametrize("text", ["", " ", "\u200b"])
def test_an_empty_place_is_no_address(text: str) -> None:
    assert refusal(text) == "there is no e-mail address here, it is empty"


def test_control_characters_are_refused_in_an_address_too() -> None:
    assert refusal("iv\x1ban@mail.ru") == (
        "iv\ufffdan@mail.ru holds a control character that can't be seen (U+001B)"
    )


@pytest.mark.parametrize("between", [",", "; ", " ", "\n", "/", " | "])
def test_a_cell_with_two_addresses_gives_both(between: str) -> None:
    text = f"Ivan@mail.ru{between}petr@Mail.ru"
    assert [one.address for one in emails(text)] == ["Ivan@mail.ru", "petr@mail.ru"]
    assert refusal(text) == (
        "two e-mail addresses: Ivan@mail.ru and petr@Mail.ru; give each its own"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a@b.ru, c@d", "c@d is not an e-mail address: there is no dot after the @"),
        ("a@b.ru, no", "a@b.ru, no is not an e-mail address: it has a space inside"),
    ],
)
def test_a_cell_is_taken_apart_only_if_every_part_is_right(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        emails(text)
    assert caught.value.message == sentence


def test_a_plain_address_needs_no_library() -> None:
    code = (
        "import sys; from clientbase.emails import email; email('Ivan@Mail.ru');"
        "sys.exit('email_validator' in sys.modules)"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0
