from __future__ import annotations

import calendar
import re
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta, weekday
from hypothesis import assume, example, given
from hypothesis import strategies as st

from clientbase import clock
from clientbase.clock import Lean, Span
from clientbase.errors import ClientbaseError, Misuse, Refused

SATURDAY = date(2026, 11, 21)

DAY_FIRST_HINT = "type 2026-03-01, 01.03.2026, 01.03, today, yesterday, fri, +3d or in 6 months"
MONTH_FIRST_HINT = "type 2026-03-01, 03/01/2026, 03/01, today, yesterday, fri, +3d or in 6 months"
BIRTHDAY_HINT = "type 1985-03-14, 14.03.1985, or 14.03 if the year is unknown"
SPAN_HINT = "type 30d, 2w, 6m (months) or 1y"

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
spans = st.builds(Span, st.integers(0, 800), st.integers(0, 60)).filter(
    lambda span: span != Span(0, 0)
)


def said(error: ClientbaseError) -> tuple[str, str, int]:
    return error.message, error.hint, error.exit_code


def test_today_is_the_fixed_day_where_one_is_set() -> None:
    assert clock.today({"CLIENTBASE_TODAY": "2026-11-21"}) == SATURDAY


@pytest.mark.parametrize("environ", [{}, {"CLIENTBASE_TODAY": ""}])
def test_today_is_else_the_day_on_the_wall(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # These two zones are 26 hours apart: their calendars never show the same day.
    found = []
    try:
        for zone in ("Etc/GMT-14", "Etc/GMT+12"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            found.append(clock.today(environ))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert timedelta(days=1) <= found[0] - found[1] <= timedelta(days=2)


@pytest.mark.parametrize("value", ["yesterday", "2026-02-30", "20260301", "01.03.2026", "1"])
def test_a_bad_fixed_day_is_misuse(value: str) -> None:
    with pytest.raises(Misuse) as caught:
        clock.today({"CLIENTBASE_TODAY": value})
    assert said(caught.value) == (
        f'CLIENTBASE_TODAY is "{value}", which is not a day',
        "write it as CLIENTBASE_TODAY=2026-03-01, or unset it",
        2,
    )


def test_now_is_utc_with_seconds() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    moment = datetime.strptime(clock.now(), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert before <= moment <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("12-01", "SE", date(2026, 12, 1)),
        ("12-01", "CA", date(2026, 12, 1)),
        ("12-01", "NL", date(2027, 1, 12)),
        ("12-01", "RU", date(2027, 1, 12)),
        ("12-01", "US", date(2026, 12, 1)),
        ("12/01", "SE", date(2027, 1, 12)),
        ("12.01", "SE", date(2027, 1, 12)),
        ("12-01-2027", "SE", date(2027, 1, 12)),
    ],
)
def test_a_dash_is_month_and_day_where_days_are_written_as_in_iso(
    text: str, country: str, expected: date
) -> None:
    assert clock.read_day(text, SATURDAY, country) == expected
    assert clock.read_birthday("03-14", SATURDAY, "SE") == "--03-14"


@pytest.mark.parametrize(
    ("country", "days", "birthdays"),
    [
        ("RU", "2026-03-01, 01.03.2026, 01.03", "1985-03-14, 14.03.1985, or 14.03"),
        ("GB", "2026-03-01, 01/03/2026, 01/03", "1985-03-14, 14/03/1985, or 14/03"),
        ("US", "2026-03-01, 03/01/2026, 03/01", "1985-03-14, 03/14/1985, or 03/14"),
        ("NL", "2026-03-01, 01-03-2026, 01-03", "1985-03-14, 14-03-1985, or 14-03"),
        ("SE", "2026-03-01, 03-01", "1985-03-14, or 03-14"),
    ],
)
def test_hints_show_days_as_the_country_writes_them(
    country: str, days: str, birthdays: str
) -> None:
    with pytest.raises(Refused) as caught:
        clock.read_day("soon", SATURDAY, country)
    assert caught.value.hint == f"type {days}, today, yesterday, fri, +3d or in 6 months"
    with pytest.raises(Refused) as caught:
        clock.read_birthday("soon", SATURDAY, country)
    assert caught.value.hint == f"type {birthdays} if the year is unknown"


def test_few_countries_write_the_month_first() -> None:
    asked = "US us PH PA PR GU AS MH MP UM VI RU GB DE FR BR KZ IN CA ZA MX AU"
    found = [country for country in asked.split() if not clock.day_first(country)]
    assert " ".join(found) == "US us PH PA PR GU AS MH MP UM VI"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01", "2026-03-01"),
        ("2026-3-1", "2026-03-01"),
        ("2026.03.01", "2026-03-01"),
        ("2026/3/1", "2026-03-01"),
        ("01.03.2026", "2026-03-01"),
        ("1.3.2026", "2026-03-01"),
        ("01/03/2026", "2026-03-01"),
        ("01-03-2026", "2026-03-01"),
        ("01.03.26", "2026-03-01"),
        ("01.03.46", "2046-03-01"),
        ("01.03.47", "1947-03-01"),
        ("29.02.2024", "2024-02-29"),
        ("01.01.1900", "1900-01-01"),
        ("31.12.2200", "2200-12-31"),
        ("  2026-03-01 ", "2026-03-01"),
        ("today", "2026-11-21"),
        ("Today", "2026-11-21"),
        ("yesterday", "2026-11-20"),
        ("tomorrow", "2026-11-22"),
        ("сегодня", "2026-11-21"),
        ("ВЧЕРА", "2026-11-20"),
        ("позавчера", "2026-11-19"),
        ("завтра", "2026-11-22"),
        ("послезавтра", "2026-11-23"),
        ("+3d", "2026-11-24"),
        ("+ 3 d", "2026-11-24"),
        ("-2w", "2026-11-07"),
        ("−2w", "2026-11-07"),
        ("+6m", "2027-05-21"),
        ("+6M", "2027-05-21"),
        ("+1y", "2027-11-21"),
        ("+1y6m", "2028-05-21"),
        ("-1y", "2025-11-21"),
        ("+0d", "2026-11-21"),
        ("in 6 months", "2027-05-21"),
        ("in 3 days", "2026-11-24"),
        ("in a week", "2026-11-28"),
        ("3 days ago", "2026-11-18"),
        ("1 year ago", "2025-11-21"),
        ("a month ago", "2026-10-21"),
        ("через 6 месяцев", "2027-05-21"),
        ("через 2 недели", "2026-12-05"),
        ("через 6 мес.", "2027-05-21"),
        ("через неделю", "2026-11-28"),
        ("Через Год", "2027-11-21"),
        ("3 дня назад", "2026-11-18"),
        ("5 лет назад", "2021-11-21"),
        ("+3д", "2026-11-24"),
    ],
)
def test_days_are_read_as_people_type_them(text: str, expected: str) -> None:
    found = clock.read_day(text, SATURDAY, "RU")
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("03/04/2026", "US", "2026-03-04"),
        ("03/04/2026", "GB", "2026-04-03"),
        ("03.04.2026", "PH", "2026-03-04"),
        ("12/25/26", "US", "2026-12-25"),
        ("12/25", "US", "2026-12-25"),
        ("2026/03/04", "US", "2026-03-04"),
    ],
)
def test_the_country_gives_the_order_of_day_and_month(
    text: str, country: str, expected: str
) -> None:
    assert clock.read_day(text, SATURDAY, country).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("fri", "2026-11-20", "2026-11-27"),
        ("Friday", "2026-11-20", "2026-11-27"),
        ("пт", "2026-11-20", "2026-11-27"),
        ("Пятница", "2026-11-20", "2026-11-27"),
        ("sat", "2026-11-21", "2026-11-21"),
        ("sun", "2026-11-15", "2026-11-22"),
        ("21.11", "2026-11-21", "2026-11-21"),
        ("22.11", "2025-11-22", "2026-11-22"),
        ("20.11", "2026-11-20", "2027-11-20"),
        ("01.03", "2026-03-01", "2027-03-01"),
        ("1/3", "2026-03-01", "2027-03-01"),
    ],
)
def test_what_has_no_year_or_week_leans_where_it_is_told(text: str, past: str, future: str) -> None:
    found = (
        clock.read_day(text, SATURDAY, "RU", lean="past").isoformat(),
        clock.read_day(text, SATURDAY, "RU", lean="future").isoformat(),
    )
    assert found == (past, future)


WEEKDAYS = (
    ("mon monday пн понедельник", MO),
    ("tue tues tuesday вт вторник", TU),
    ("wed wednesday ср среда", WE),
    ("thu thur thurs thursday чт четверг", TH),
    ("fri friday пт пятница", FR),
    ("sat saturday сб суббота", SA),
    ("sun sunday вс воскресенье", SU),
)


@given(days, st.sampled_from(WEEKDAYS), st.sampled_from(["past", "future"]), st.data())
def test_weekdays_are_the_nearest_ones(
    today: date, named: tuple[str, weekday], lean: Lean, data: st.DataObject
) -> None:
    words, named_day = named
    assume(date(1900, 1, 7) < today < date(2200, 12, 25))
    word = data.draw(st.sampled_from(words.split()))
    expected = today + relativedelta(weekday=named_day(1 if lean == "future" else -1))
    assert clock.read_day(word, today, "RU", lean=lean) == expected


@given(days, days, st.sampled_from([-1, 1]))
def test_a_day_without_a_year_is_the_nearest_on_its_side(
    today: date, asked: date, step: int
) -> None:
    assume((asked.month, asked.day) != (2, 29))
    assume(1901 < today.year < 2200)
    expected = today
    while (expected.month, expected.day) != (asked.month, asked.day):
        expected += timedelta(days=step)
    lean: Lean = "future" if step > 0 else "past"
    assert clock.read_day(f"{asked:%d.%m}", today, "RU", lean=lean) == expected


@given(days, st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_two_digits_are_a_year_at_most_twenty_ahead(today: date, asked: date) -> None:
    assume(2000 <= today.year <= 2150)
    candidates = [year for year in range(1900, 2200) if year % 100 == asked.year % 100]
    expected = max(year for year in candidates if year <= today.year + 20)
    assume(calendar.isleap(expected) or (asked.month, asked.day) != (2, 29))
    found = clock.read_day(f"{asked:%d.%m.%y}", today, "RU")
    assert found == date(expected, asked.month, asked.day)


@given(days, st.sampled_from(["RU", "US"]))
def test_every_day_is_read_back_from_each_way_of_writing_it(day: date, country: str) -> None:
    local = f"{day:%m/%d}" if country == "US" else f"{day:%d/%m}"
    written = [day.isoformat(), f"{local}/{day.year}", f"{local}/{day.year}".replace("/", ".")]
    assert [clock.read_day(text, SATURDAY, country) for text in written] == [day] * 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no day was typed"),
        ("  ", "no day was typed"),
        ("soon", '"soon" is not a day'),
        ("20260301", '"20260301" is not a day'),
        ("2026-W01-1", '"2026-W01-1" is not a day'),
        ("2026-03", '"2026-03" is not a day'),
        ("2026-03-01T10:00", '"2026-03-01T10:00" is not a day'),
        ("01.03/2026", '"01.03/2026" is not a day'),
        ("01.03.026", '"01.03.026" is not a day'),
        ("٠١.٠٣.٢٠٢٦", '"٠١.٠٣.٢٠٢٦" is not a day'),
        ("+3", '"+3" is not a day'),
        ("+d", '"+d" is not a day'),
        ("+3 parsecs", '"+3 parsecs" is not a day'),
        ("in fri", '"in fri" is not a day'),
        ("ago", '"ago" is not a day'),
        ("--03-14", '"--03-14" is not a day'),
        ("x" * 70, '"' + "x" * 60 + '…" is not a day'),
        ("30.02.2026", "30 February does not exist"),
        ("2026-02-30", "30 February does not exist"),
        ("30.02", "30 February does not exist"),
        ("29.02.2026", "29 February does not exist in 2026"),
        ("29.02.1900", "29 February does not exist in 1900"),
        ("29.02", "29 February does not exist in 2027"),
        ("31.04.2026", "31 April does not exist"),
        ("31.06.2026", "31 June does not exist"),
        ("31.09.2026", "31 September does not exist"),
        ("31.11.2026", "31 November does not exist"),
        ("32.01.2026", "no month has a day 32"),
        ("00.01.2026", "no month has a day 0"),
        ("01.13.2026", "there is no month 13"),
        ("01.00.2026", "there is no month 0"),
        ("31.12.1899", "the year 1899 is not between 1900 and 2200"),
        ("2201-01-01", "the year 2201 is not between 1900 and 2200"),
        ("0000-01-01", "the year 0 is not between 1900 and 2200"),
        ("+300y", "the year 2326 is not between 1900 and 2200"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        clock.read_day(text, SATURDAY, "RU")
    assert said(caught.value) == (sentence, DAY_FIRST_HINT, 4)


def test_the_hint_follows_the_country() -> None:
    with pytest.raises(Refused) as caught:
        clock.read_day("25/12/2026", SATURDAY, "US")
    assert said(caught.value) == ("there is no month 25", MONTH_FIRST_HINT, 4)


@given(st.text(max_size=30) | st.from_regex(r"[-+0-9./a-z ]{0,14}", fullmatch=True))
@example("+99999y")
@example("99999 days ago")
def test_any_text_is_a_day_or_is_refused(text: str) -> None:
    try:
        found = clock.read_day(text, SATURDAY, "RU")
    except Refused:
        return
    assert 1900 <= found.year <= 2200


@given(days)
def test_a_right_iso_day_is_returned_unchanged(day: date) -> None:
    assert clock.iso_or_none(day.isoformat()) == day.isoformat()


@given(
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True)
    | st.from_regex(r"(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]", fullmatch=True)
    | st.text(min_size=10, max_size=10)
)
@example("20260301")
@example("2026-W01-1")
@example("2026-03-1")
@example("2026-03-01 ")
@example("2026-03-01\n")
@example("2026/03/01")
@example("２026-03-01")
@example("2026-0٣-01")
@example("+026-03-01")
@example("2026-02-29")
@example("1899-12-31")
@example("2201-01-01")
@example("\ud800026-03-01")
def test_only_right_iso_days_pass_the_quick_check(text: str) -> None:
    right = re.fullmatch("([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    expected = None
    if right:
        year, month, day = map(int, right.groups())
        if 1900 <= year <= 2200 and 1 <= month <= 12:
            expected = text if 1 <= day <= calendar.monthrange(year, month)[1] else None
    assert clock.iso_or_none(text) == expected


@pytest.mark.parametrize(
    ("typed", "span", "text"),
    [
        ("30d", Span(30, 0), "30d"),
        ("2w", Span(14, 0), "2w"),
        ("14d", Span(14, 0), "2w"),
        ("6m", Span(0, 6), "6m"),
        ("1y", Span(0, 12), "1y"),
        ("12m", Span(0, 12), "1y"),
        ("18m", Span(0, 18), "1y6m"),
        ("1y6m10d", Span(10, 18), "1y6m10d"),
        (" 6 Months ", Span(0, 6), "6m"),
        ("6 месяцев", Span(0, 6), "6m"),
        ("200y", Span(0, 2400), "200y"),
        ("73050d", Span(73050, 0), "73050d"),
    ],
)
def test_spans_are_read_and_given_back(typed: str, span: Span, text: str) -> None:
    found = clock.read_span(typed)
    assert (found, found.text()) == (span, text)


@given(spans)
def test_a_span_is_read_back_from_its_own_text(span: Span) -> None:
    assert clock.read_span(span.text()) == span


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no span of time was typed"),
        ("30", '"30" is not a span of time'),
        ("d", '"d" is not a span of time'),
        ("1.5m", '"1.5m" is not a span of time'),
        ("+3d", '"+3d" is not a span of time'),
        ("3 fortnights", '"3 fortnights" is not a span of time'),
        ("1e3d", '"1e3d" is not a span of time'),
        ("0d", "a span of time must be longer than nothing: 0d"),
        ("-3d", "a span of time must be longer than nothing: -3d"),
        ("−3d", "a span of time must be longer than nothing: −3d"),
        ("2401m", "a span of time cannot be longer than 200 years: 2401m"),
        ("73051d", "a span of time cannot be longer than 200 years: 73051d"),
    ],
)
def test_what_is_no_span_is_refused_with_the_reason(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        clock.read_span(text)
    assert said(caught.value) == (sentence, SPAN_HINT, 4)


def test_repetitions_do_not_drift() -> None:
    first, month = date(2026, 1, 31), Span(0, 1)
    found = [clock.add(first, month, times).isoformat() for times in range(5)]
    assert found == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


def test_a_span_is_over_on_the_day_that_stands_for_the_same_day() -> None:
    two_years = Span(0, 24)
    assert clock.since(date(2026, 2, 27), two_years) == date(2024, 2, 27)
    assert clock.since(date(2026, 2, 28), two_years) == date(2024, 2, 29)
    assert clock.since(date(2026, 3, 1), two_years) == date(2024, 3, 1)
    assert clock.since(date(2026, 3, 31), Span(0, 1)) == date(2026, 2, 28)


@given(day=st.dates(date(1950, 1, 1), date(2100, 1, 1)), months=st.integers(0, 60))
def test_since_is_the_latest_day_from_which_the_span_is_over(day: date, months: int) -> None:
    found = clock.since(day, Span(0, months))
    assert clock.add(found, Span(0, months)) <= day
    assert clock.add(found + timedelta(1), Span(0, months)) > day


def test_29_february_falls_on_the_28th_in_common_years() -> None:
    leap_day, year = date(2024, 2, 29), Span(0, 12)
    found = [clock.add(leap_day, year, times).isoformat() for times in range(5)]
    assert found == ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


@given(days, spans, st.integers(-20, 20))
@example(date(2024, 2, 29), Span(0, 12), 1)
@example(date(2024, 3, 31), Span(0, 1), -1)
@example(date(1999, 12, 31), Span(1, 2), 1)
def test_spans_are_added_as_dateutil_adds_them(day: date, span: Span, times: int) -> None:
    expected = day + relativedelta(months=span.months * times, days=span.days * times)
    assert clock.add(day, span, times) == expected
    assert clock.minus(day, span, -times) == expected


def test_a_span_past_the_calendar_is_refused() -> None:
    found = []
    for span, times in ((Span(73050, 0), 99), (Span(0, 2400), 99), (Span(0, 2400), -99)):
        with pytest.raises(Refused) as caught:
            clock.add(SATURDAY, span, times)
        found.append(said(caught.value))
    expected = ("that is too far away for the calendar", "choose a shorter span of time", 4)
    assert found == [expected] * 3


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("1985-03-14", "RU", "1985-03-14"),
        ("14.03.1985", "RU", "1985-03-14"),
        ("03/14/1985", "US", "1985-03-14"),
        ("14.03.85", "RU", "1985-03-14"),
        ("14.03.26", "RU", "2026-03-14"),
        ("14.03.27", "RU", "1927-03-14"),
        ("21.11.2026", "RU", "2026-11-21"),
        ("01.01.1900", "RU", "1900-01-01"),
        ("14.03", "RU", "--03-14"),
        ("3/14", "US", "--03-14"),
        ("--03-14", "US", "--03-14"),
        ("29.02", "RU", "--02-29"),
        ("--02-29", "RU", "--02-29"),
        ("29.02.2024", "RU", "2024-02-29"),
    ],
)
def test_birthdays_are_read_with_and_without_a_year(text: str, country: str, expected: str) -> None:
    assert clock.read_birthday(text, SATURDAY, country) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no day was typed"),
        ("14 march", '"14 march" is not a day'),
        ("today", '"today" is not a day'),
        ("--3-14", '"--3-14" is not a day'),
        ("--02-30", "30 February does not exist"),
        ("29.02.2025", "29 February does not exist in 2025"),
        ("--13-01", "there is no month 13"),
        ("22.11.2026", "a birthday cannot be in the future: 2026-11-22"),
        ("22.11.26", "a birthday cannot be in the future: 2026-11-22"),
        ("31.12.1899", "the year 1899 is not between 1900 and 2200"),
        ("2999-01-01", "the year 2999 is not between 1900 and 2200"),
    ],
)
def test_what_is_no_birthday_is_refused_with_the_reason(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        clock.read_birthday(text, SATURDAY, "RU")
    assert said(caught.value) == (sentence, BIRTHDAY_HINT, 4)


def test_the_hint_for_birthdays_follows_the_country() -> None:
    with pytest.raises(Refused) as caught:
        clock.read_birthday("14.03.1985", SATURDAY, "US")
    hint = "type 1985-03-14, 03/14/1985, or 03/14 if the year is unknown"
    assert said(caught.value) == ("there is no month 14", hint, 4)


@given(days, st.integers(1900, 2200), st.booleans())
@example(date(2024, 2, 29), 2025, True)  # noqa: FBT003 - hypothesis takes examples by position
def test_a_birthday_comes_once_a_year(born: date, year: int, with_year: bool) -> None:  # noqa: FBT001 - drawn
    text = born.isoformat() if with_year else f"--{born:%m-%d}"
    assert clock.yearly(text, year) == born + relativedelta(year=year)


@given(days, days)
@example(date(2024, 2, 29), date(2025, 2, 27))
@example(date(2024, 2, 29), date(2025, 2, 28))
@example(date(2024, 2, 29), date(2028, 2, 28))
def test_age_is_counted_in_birthdays_passed(born: date, on: date) -> None:
    # A second way to count: birthdays after the birth, up to and with the day.
    passed = sum(born + relativedelta(years=n) <= on for n in range(1, 302))
    assert clock.age(born.isoformat(), on) == (passed if on >= born else None)


def test_age_is_unknown_without_a_year() -> None:
    assert clock.age("--03-14", SATURDAY) is None
