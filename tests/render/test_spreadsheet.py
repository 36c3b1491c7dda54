from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.spreadsheet import guard, unguard


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "=1+1",
        "+1+cmd",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "-",
        "+",
        "--05-12",
        "-1e5",
        "'=1",
        "''@x",
        "'+79161234567",
    ],
)
def test_what_a_spreadsheet_would_run_gets_a_quote(text: str) -> None:
    assert guard(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Anna",
        "O'Brien; drop table contact;--",
        "'quoted'",
        "a=b",
        "-5",
        "-1200.50",
        "-1 200,50",
        "+79161234567",
        "+7 (916) 123-45-67",
        "+1 212 555 0100 ext. 12",
        "+12125550100;ext=12",
        "+7 916 123-45-67 доб. 3",
        "-1 0 3",
    ],
)
def test_names_numbers_and_phones_are_left_alone(text: str) -> None:
    assert guard(text) == text


@pytest.mark.parametrize(
    ("text", "mended"),
    [("'=1+1", "=1+1"), ("'+79161234567", "+79161234567"), ("'tis", "'tis"), ("", ""), ("'", "'")],
)
def test_one_quote_is_taken_off_where_it_guards(text: str, mended: str) -> None:
    assert unguard(text) == mended


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r 19ab(.,\n")) | st.text())
def test_taking_the_guard_off_gives_the_same_text(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r 19ab(.,\n")))
def test_nothing_but_numbers_and_phones_begins_with_a_sign_that_is_run(text: str) -> None:
    guarded = guard(text)
    if guarded[:1] in set("=+-@\t\r"):
        assert guarded[0] in "+-"
        assert set(guarded[1:]) <= set("0123456789 ().,-")
        assert set(guarded) & set("0123456789")
