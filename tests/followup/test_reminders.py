"""When recurring reminders come again, and how reasons are worded."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from clientbase.clock import Span
from clientbase.followup import reasons
from clientbase.followup.moving import repetition

DAYS = st.one_of(
    st.sampled_from([date(2024, 1, 31), date(2024, 2, 29), date(2023, 12, 31), date(2024, 8, 31)]),
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
)
SPANS = st.builds(
    Span, days=st.sampled_from([0, 1, 7, 30]), months=st.sampled_from([0, 1, 3, 6, 12, 18])
).filter(lambda span: span != Span(0, 0))


@given(first=DAYS, every=SPANS, after=DAYS)
def test_a_recurring_reminder_comes_again_at_the_first_repetition_after_a_day(
    first: date, every: Span, after: date
) -> None:
    times = 1
    while first + relativedelta(months=every.months * times, days=every.days * times) <= after:
        times += 1
    expected = first + relativedelta(months=every.months * times, days=every.days * times)
    assert repetition(first, every, after) == expected


def test_month_ends_do_not_drift() -> None:
    day, came = date(2023, 1, 31), []
    for _each in range(5):
        day = repetition(date(2023, 1, 31), Span(0, 1), day)
        came.append(day.isoformat())
    assert came == ["2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31", "2023-06-30"]


def test_29_february_comes_back_in_a_leap_year() -> None:
    day, came = date(2024, 2, 29), []
    for _each in range(4):
        day = repetition(date(2024, 2, 29), Span(0, 12), day)
        came.append(day.isoformat())
    assert came == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(1, 0), "every day"),
        (Span(10, 0), "every 10 days"),
        (Span(7, 0), "every week"),
        (Span(14, 0), "every 2 weeks"),
        (Span(0, 1), "every month"),
        (Span(0, 6), "every 6 months"),
        (Span(0, 18), "every 18 months"),
        (Span(0, 12), "every year"),
        (Span(0, 24), "every 2 years"),
        (Span(3, 1), "every 1m3d"),
    ],
)
def test_a_span_is_told_in_its_own_unit(span: Span, words: str) -> None:
    assert reasons.repeating(span) == words


TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("happens_on", "born", "words"),
    [
        (date(2026, 11, 21), "1986-11-21", "birthday today, turns 40"),
        (date(2026, 11, 22), "--11-22", "birthday tomorrow"),
        (date(2026, 11, 24), "1986-11-24", "birthday in 3 days, turns 40"),
        (date(2026, 11, 20), "1986-11-20", "birthday yesterday, turned 40"),
        (date(2026, 11, 19), "1986-11-19", "birthday 2 days ago, turned 40"),
        (date(2026, 11, 19), None, "birthday 2 days ago"),
    ],
)
def test_a_birthday_is_told_with_the_age(happens_on: date, born: str | None, words: str) -> None:
    assert reasons.birthday(happens_on, TODAY, born) == words


@pytest.mark.parametrize(
    ("happens_on", "since", "words"),
    [
        (date(2026, 11, 25), None, "next_service in 4 days"),
        (date(2026, 11, 21), "2026-11-21", "next_service today"),
        (date(2026, 11, 20), "2025-11-20", "next_service yesterday, 1 year"),
        (date(2026, 11, 22), "2016-11-22", "next_service tomorrow, 10 years"),
    ],
)
def test_a_day_is_told_with_its_years(happens_on: date, since: str | None, words: str) -> None:
    assert reasons.named_day("next_service", happens_on, TODAY, since) == words
