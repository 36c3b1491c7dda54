from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.when import words

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("days", "ahead", "ago"),
    [
        (0, "today", "today"),
        (1, "tomorrow", "yesterday"),
        (2, "in 2 days", "2 days ago"),
        (13, "in 13 days", "13 days ago"),
        (14, "in 2 weeks", "2 weeks ago"),
        (17, "in 2 weeks", "2 weeks ago"),
        (18, "in 3 weeks", "3 weeks ago"),
        (35, "in 5 weeks", "5 weeks ago"),
        (59, "in 8 weeks", "8 weeks ago"),
        (60, "in 2 months", "2 months ago"),
        (76, "in 2 months", "2 months ago"),
        (77, "in 3 months", "3 months ago"),
        (365, "in 12 months", "12 months ago"),
        (729, "in 24 months", "24 months ago"),
        (730, "in 2 years", "2 years ago"),
        (913, "in 2 years", "2 years ago"),
        (914, "in 3 years", "3 years ago"),
        (3652, "in 10 years", "10 years ago"),
    ],
)
def test_how_far_a_day_is_in_words(days: int, ahead: str, ago: str) -> None:
    assert words(TODAY + timedelta(days), TODAY) == ahead
    assert words(TODAY - timedelta(days), TODAY) == ago


# How many days one of each is, on average.
LONG = {"day": 1.0, "week": 7.0, "month": 365.2425 / 12, "year": 365.2425}


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_words_are_never_further_off_than_half_of_their_unit(day: date) -> None:
    days = (day - TODAY).days
    found = re.search(r"([0-9]+) ([a-z]+?)s?\b", words(day, TODAY))
    if abs(days) < 2:
        assert found is None
        return
    assert found
    assert ("ago" in words(day, TODAY)) == (days < 0)
    assert abs(int(found[1]) * LONG[found[2]] - abs(days)) <= LONG[found[2]] / 2
