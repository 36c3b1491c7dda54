"""How far away a day is, in words: `in 3 days`, `5 weeks ago`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.words import _, ngettext

if TYPE_CHECKING:
    from datetime import date

# Days are told up to here, weeks up to here, months up to here, and years from there on; each
# to the nearest whole number.
WEEKS_FROM, MONTHS_FROM, YEARS_FROM = 14, 60, 730
_WEEK = 7
_YEARS, _DAYS_IN_THEM = 400, 146_097  # after so many the calendar repeats itself
_MONTHS = _YEARS * 12


def words(day: date, today: date) -> str:
    """Return how far a day lies from today.

    Yesterday, today, tomorrow; under 14 days in days, under 60 days in weeks, under 730 days in
    months, else in years.
    """
    ahead = (day - today).days
    if ahead in {-1, 0, 1}:
        return (_("yesterday"), _("today"), _("tomorrow"))[ahead + 1]
    days = abs(ahead)
    if days < WEEKS_FROM:
        return _in_days(days) if ahead > 0 else _days_ago(days)
    if days < MONTHS_FROM:
        weeks = _nearest(days, _WEEK)
        return _in_weeks(weeks) if ahead > 0 else _weeks_ago(weeks)
    if days < YEARS_FROM:
        months = _nearest(days * _MONTHS, _DAYS_IN_THEM)
        return _in_months(months) if ahead > 0 else _months_ago(months)
    years = _nearest(days * _YEARS, _DAYS_IN_THEM)
    return _in_years(years) if ahead > 0 else _years_ago(years)


def _nearest(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def _in_days(count: int) -> str:
    return ngettext("in {count} day", "in {count} days", count).format(count=count)


def _days_ago(count: int) -> str:
    return ngettext("{count} day ago", "{count} days ago", count).format(count=count)


def _in_weeks(count: int) -> str:
    return ngettext("in {count} week", "in {count} weeks", count).format(count=count)


def _weeks_ago(count: int) -> str:
    return ngettext("{count} week ago", "{count} weeks ago", count).format(count=count)


def _in_months(count: int) -> str:
    return ngettext("in {count} month", "in {count} months", count).format(count=count)


def _months_ago(count: int) -> str:
    return ngettext("{count} month ago", "{count} months ago", count).format(count=count)


def _in_years(count: int) -> str:
    return ngettext("in {count} year", "in {count} years", count).format(count=count)


def _years_ago(count: int) -> str:
    return ngettext("{count} year ago", "{count} years ago", count).format(count=count)
