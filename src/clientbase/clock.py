"""The only source of today, and the reader of the days, spans and birthdays that people type."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from clientbase.errors import Misuse, Refused
from clientbase.normal import shown
from clientbase.words import N_, Sentence, _

if TYPE_CHECKING:
    from collections.abc import Mapping

Lean = Literal["past", "future"]

FIRST_YEAR = 1900
LAST_YEAR = 2200

# The territories whose short date begins with the month in the language most of their people
# use: Unicode CLDR 47, short date formats (read through Babel 2.18).
MONTH_FIRST = frozenset({"AS", "GU", "MH", "MP", "PA", "PH", "PR", "UM", "US", "VI"})

_NAMED = {
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "сегодня": 0,
    "вчера": -1,
    "позавчера": -2,
    "завтра": 1,
    "послезавтра": 2,
}
_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "mon monday пн понедельник",
            "tue tues tuesday вт вторник",
            "wed wednesday ср среда",
            "thu thur thurs thursday чт четверг",
            "fri friday пт пятница",
            "sat saturday сб суббота",
            "sun sunday вс воскресенье",
        )
    )
    for word in words.split()
}
# What one of each unit is: days, months.
_UNITS = {
    word: each
    for words, each in (
        ("d day days д дн день дня дней", (1, 0)),
        ("w week weeks н нед неделя неделю недели недель", (7, 0)),
        ("m month months м мес месяц месяца месяцев", (0, 1)),
        ("y year years г год года лет", (0, 12)),
    )
    for word in words.split()
}
_LONGEST_MONTHS = 2400
_LONGEST_DAYS = 73_050

# Patterns are kept as text: `re` compiles one when it is first used, not at every start.
_RELATIVE = (
    "(?P<sign>[+−-]) ?(?P<signed>[0-9].*)|(?:in|через) (?P<ahead>.+)|(?P<back>.+) (?:ago|назад)"
)
_PIECE = r"([0-9]{1,5}) ?([^\W\d_]+)\.? ?"
_YEAR_FIRST = "([0-9]{4})([-./])([0-9]{1,2})\\2([0-9]{1,2})"
_YEAR_LAST = "([0-9]{1,2})([-./])([0-9]{1,2})(?:\\2([0-9]{4}|[0-9]{2}))?"
_YEARLESS = "--([0-9]{2})-([0-9]{2})"

# A sentence for each short month, because other languages bend the month's name.
_SHORT_MONTHS = {
    2: N_("{day} February does not exist"),
    4: N_("{day} April does not exist"),
    6: N_("{day} June does not exist"),
    9: N_("{day} September does not exist"),
    11: N_("{day} November does not exist"),
}


def today(environ: Mapping[str, str]) -> date:
    """Return the day in CLIENTBASE_TODAY, else the machine's local day; a bad value is Misuse."""
    fixed = environ.get("CLIENTBASE_TODAY")
    if not fixed:
        return date.today()  # noqa: DTZ011 - a business day is the owner's local day
    if iso_or_none(fixed) is None:
        raise Misuse(
            _('CLIENTBASE_TODAY is "{value}", which is not a day').format(value=shown(fixed)),
            hint=_("write it as CLIENTBASE_TODAY=2026-03-01, or unset it"),
        )
    return date.fromisoformat(fixed)


def now() -> str:
    """Return the moment in UTC as `YYYY-MM-DDTHH:MM:SSZ`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_first(country: str) -> bool:
    """Tell whether a country (two letters, ISO 3166) writes the day before the month."""
    return country.upper() not in MONTH_FIRST


def iso_or_none(text: str) -> str | None:
    """Return the text unchanged if it is exactly a `YYYY-MM-DD` of 1900 to 2200, else None."""
    # fromisoformat alone would let 20260301 and 2026-W01-1 through.
    if len(text) == 10 and text[4] == "-" == text[7] and "1900" <= text < "2201":  # noqa: PLR2004 - YYYY-MM-DD
        try:
            date.fromisoformat(text)
        except ValueError:
            return None
        return text
    return None


def read_day(text: str, today: date, country: str, *, lean: Lean = "future") -> date:
    """Return the day that was typed: ISO, numeric in the country's order, a word, or a distance.

    `lean` tells where a weekday and a day without a year lie; today itself counts for both.
    What cannot be read, does not exist or is outside 1900 to 2200 is Refused.
    """
    words = _folded(text)
    day = (
        _named(words, today, lean)
        or _relative(words, today)
        or _numeric(words, today, country, lean)
    )
    if day is None:
        raise Refused(_no_day(text), hint=_day_hint(country))
    return _within_reach(day, _day_hint(country))


def read_birthday(text: str, today: date, country: str) -> str:
    """Return a birthday as `YYYY-MM-DD`, or as `--MM-DD` where no year was typed.

    A two-digit year is the latest one that has begun. The future, years before 1900 and days
    that do not exist are Refused; 29 February without a year is a birthday.
    """
    words = _folded(text)
    yearless = re.fullmatch(_YEARLESS, words)
    found = ("", int(yearless[1]), int(yearless[2])) if yearless else _parts(words, country)
    if found is None:
        raise Refused(_no_day(text), hint=_birthday_hint(country))
    year, month, day = found
    leap = 2000  # any leap year will do to see whether the day exists
    born = _date(_year(year, today.year) if year else leap, month, day, _birthday_hint(country))
    if not year:
        return f"--{month:02}-{day:02}"
    if _within_reach(born, _birthday_hint(country)) > today:
        raise Refused(
            Sentence(_("a birthday cannot be in the future: {day}"), day=born),
            hint=_birthday_hint(country),
        )
    return born.isoformat()


def check_past(day: date, today: date, *, hint: str = "") -> None:
    """Refuse a day that is still to come, with a hint of the caller's or that of `--on`."""
    if day > today:
        on = Sentence(_("leave --on out for today, or give a day until {today}"), today=today)
        raise Refused(Sentence(_("{day} is still to come"), day=day), hint=hint or on)


def yearly(birthday_or_date: str, year: int) -> date:
    """Return the day of `YYYY-MM-DD` or `--MM-DD` in a year, 29 February on the 28th if need be."""
    month, day = int(birthday_or_date[-5:-3]), int(birthday_or_date[-2:])
    return date(year, month, min(day, _days_in(year, month)))


def age(birthday: str, on: date) -> int | None:
    """Return whole years lived by a day; None if the year is unknown or the birth is later."""
    if birthday.startswith("--"):
        return None
    years = on.year - int(birthday[:4]) - (on < yearly(birthday, on.year))
    return years if years >= 0 else None


class Day(str):
    """A day as ISO text, or a birthday as `--MM-DD`, in a Sentence."""

    __slots__ = ()


class Span(NamedTuple):
    """A length of time in days and calendar months; 1w is 7 days, 1y is 12 months."""

    days: int
    months: int

    def text(self) -> str:
        """Return the shortest way to type it: `6m`, `1y6m`, `2w`, `30d`."""
        years, months = divmod(self.months, 12)
        weeks, odd_days = divmod(self.days, 7)
        days = ((0, "w"), (self.days, "d")) if odd_days else ((weeks, "w"), (0, "d"))
        parts = ((years, "y"), (months, "m"), *days)
        return "".join(f"{count}{unit}" for count, unit in parts if count)


def read_span(text: str) -> Span:
    """Return the span that was typed (`30d`, `2w`, `6m` for months, `1y`, `1y6m`).

    Nothing, less than nothing, more than 200 years and what cannot be read are Refused.
    """
    words = _folded(text)
    if not words:
        raise Refused(_("no span of time was typed"), hint=_span_hint())
    span = _span(words.lstrip("−-"))
    if span is None:
        raise Refused(
            _('"{text}" is not a span of time').format(text=shown(text)), hint=_span_hint()
        )
    if words[0] in "−-" or span == Span(0, 0):
        raise Refused(
            _("a span of time must be longer than nothing: {text}").format(text=shown(text)),
            hint=_span_hint(),
        )
    if span.months > _LONGEST_MONTHS or span.days > _LONGEST_DAYS:
        raise Refused(
            _("a span of time cannot be longer than 200 years: {text}").format(text=shown(text)),
            hint=_span_hint(),
        )
    return span


def add(day: date, span: Span, times: int = 1) -> date:
    """Return the day `times` spans after a day; what a short month lacks is its last day.

    Counted from the first day each time, so that 31 January repeated monthly is 28 February
    and then 31 March. Past the calendar's end: Refused.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + span.months * times, 12)
    try:
        moved = date(year, month + 1, min(day.day, _days_in(year, month + 1)))
        return moved + timedelta(days=span.days * times)
    except (ValueError, OverflowError):
        raise Refused(
            _("that is too far away for the calendar"), hint=_("choose a shorter span of time")
        ) from None


def minus(day: date, span: Span, times: int = 1) -> date:
    """Return the day `times` spans before a day, by the same rule as `add`."""
    return add(day, span, -times)


def since(day: date, span: Span) -> date:
    """Return the latest day from which on a span is over by a day: 29 February, by the 28th."""
    found = minus(day, span)
    while add(found + timedelta(1), span) <= day:
        found += timedelta(1)
    return found


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _named(words: str, today: date, lean: Lean) -> date | None:
    if words in _NAMED:
        return today + timedelta(days=_NAMED[words])
    if words not in _WEEKDAYS:
        return None
    ahead = (_WEEKDAYS[words] - today.weekday()) % 7
    return today + timedelta(days=ahead if lean == "future" or not ahead else ahead - 7)


def _relative(words: str, today: date) -> date | None:
    found = re.fullmatch(_RELATIVE, words)
    if not found:
        return None
    if found["signed"]:
        span = _span(found["signed"])
    else:
        span = _span(_with_number(found["ahead"] or found["back"]))
    if span is None:
        return None
    return add(today, span, 1 if found["ahead"] or found["sign"] == "+" else -1)


def _with_number(words: str) -> str:
    # "in a week" and "через неделю" are one week.
    if words[0].isdigit():
        return words
    return "1 " + words.removeprefix("a ").removeprefix("an ")


def _span(words: str) -> Span | None:
    if not re.fullmatch(f"(?:{_PIECE})+", words):
        return None
    days = months = 0
    for count, unit in re.findall(_PIECE, words):
        if unit not in _UNITS:
            return None
        each_days, each_months = _UNITS[unit]
        days += int(count) * each_days
        months += int(count) * each_months
    return Span(days, months)


def _numeric(words: str, today: date, country: str, lean: Lean) -> date | None:
    found = _parts(words, country)
    if found is None:
        return None
    year, month, day = found
    if year:
        return _date(_year(year, today.year + 20), month, day, _day_hint(country))
    asked, here = (month, day), (today.month, today.day)
    turn = (asked < here) if lean == "future" else -(asked > here)
    return _date(today.year + turn, month, day, _day_hint(country))


def _parts(words: str, country: str) -> tuple[str, int, int] | None:
    """Split a numeric day into its year as typed (perhaps empty), month and day."""
    if found := re.fullmatch(_YEAR_FIRST, words):
        return found[1], int(found[3]), int(found[4])
    if not (found := re.fullmatch(_YEAR_LAST, words)):
        return None
    first, second, year = int(found[1]), int(found[3]), found[4] or ""
    if not year and found[2] == "-" and _iso_country(country):
        return year, first, second  # 03-01 is an ISO day without its year
    return (year, second, first) if day_first(country) else (year, first, second)


def _year(typed: str, latest: int) -> int:
    # Two digits are the last such year that is not later than the latest.
    return int(typed) if len(typed) > len("26") else latest - (latest - int(typed)) % 100


def _date(year: int, month: int, day: int, hint: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(_impossible(year, month, day), hint=hint) from None


def _impossible(year: int, month: int, day: int) -> str:
    if not year:
        return _out_of_reach(year)
    if month not in range(1, 13):
        return _("there is no month {month}").format(month=month)
    if day not in range(1, 32):
        return _("no month has a day {day}").format(day=day)
    if (month, day) == (2, 29):
        return _("29 February does not exist in {year}").format(year=year)
    return _(_SHORT_MONTHS[month]).format(day=day)


def _within_reach(day: date, hint: str) -> date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise Refused(_out_of_reach(day.year), hint=hint)


def _out_of_reach(year: int) -> str:
    return _("the year {year} is not between {first} and {last}").format(
        year=year, first=FIRST_YEAR, last=LAST_YEAR
    )


def _days_in(year: int, month: int) -> int:
    if month == 2:  # noqa: PLR2004 - February
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in _SHORT_MONTHS else 31


def _no_day(text: str) -> str:
    if not text.strip():
        return _("no day was typed")
    return _('"{text}" is not a day').format(text=shown(text))


def _iso_country(country: str) -> bool:
    from clientbase.country import year_first

    return bool(country) and year_first(country)


def _day_hint(country: str) -> str:
    days = ", ".join(_forms("2026-03-01", country))
    return _("type {days}, today, yesterday, fri, +3d or in 6 months").format(days=days)


def _birthday_hint(country: str) -> str:
    *days, yearless = _forms("1985-03-14", country)
    told = _("type {days}, or {yearless} if the year is unknown")
    return told.format(days=", ".join(days), yearless=yearless)


def _forms(iso: str, country: str) -> list[str]:
    """Return a day as it may be typed: ISO, as the country writes it, and without its year."""
    from clientbase.country import dress

    write = dress(country, "").day
    return list(dict.fromkeys((iso, write(iso), write(f"-{iso[4:]}"))))


def _span_hint() -> str:
    return _("type 30d, 2w, 6m (months) or 1y")
