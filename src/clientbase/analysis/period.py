"""The days that a report is about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from clientbase.errors import Misuse
from clientbase.words import Sentence, _

YEAR = 12


class Period(NamedTuple):
    """From a first to a last day, both included; None is no bound."""

    first: date | None = None
    last: date | None = None

    def until(self, today: date) -> Period:
        """Return the period as far as it is known on a day: what came later does not count.

        Raises Misuse where it ends before it begins.
        """
        last = today if self.last is None else min(self.last, today)
        if self.first is not None and self.first > last:
            raise Misuse(
                _("the period would begin on {first} and end on {last}").format(
                    first=self.first, last=last
                ),
                hint=_("--from is the first day, --to the last, both included"),
            )
        return Period(self.first, last)

    def values(self) -> dict[str, str]:
        """Return the parameters `first` and `last` of a statement, ISO days.

        And `today`, the last of them: as of it the tables tell that stand before the statement.
        """
        last = "9999-12-31" if self.last is None else self.last.isoformat()
        return {
            "first": "0001-01-01" if self.first is None else self.first.isoformat(),
            "last": last,
            "today": last,
        }

    def before(self) -> Period | None:
        """Return the period of the same length just before: whole months before whole months.

        None where this one has no beginning, or there are no days before it.
        """
        if self.first is None or self.last is None:
            return None
        days = (self.last - self.first).days + 1
        if self.first.day == 1 and ended(self.last):
            count = counted(month_of(self.last)) - counted(month_of(self.first)) + 1
            place = counted(month_of(self.first)) - count
            days = (
                (self.first - date(place // YEAR, place % YEAR + 1, 1)).days if place >= YEAR else 0
            )
        if not 0 < days < self.first.toordinal():
            return None
        return Period(self.first - timedelta(days), self.first - timedelta(1))

    def note(self) -> str:
        """Say which days these are."""
        if self.first is None:
            return Sentence(_("Everything up to {last}."), last=self.last)
        return Sentence(_("From {first} to {last}."), first=self.first, last=self.last)


EVER = Period()


def month_of(day: date) -> str:
    """Return the calendar month of a day: `2026-11`."""
    return day.isoformat()[:7]


def counted(month: str) -> int:
    """Return a month's place in the row of all months, so that months can be subtracted."""
    return int(month[:4]) * YEAR + int(month[5:]) - 1


def months(first: str, last: str) -> list[str]:
    """Return the months from one to another, both included."""
    places = range(counted(first), counted(last) + 1)
    return [f"{place // YEAR:04}-{place % YEAR + 1:02}" for place in places]


def ended(day: date) -> bool:
    """Tell whether a day is the last of its month, so that the month is whole."""
    return day == date.max or (day + timedelta(1)).day == 1


def whole_months(first: date, last: date) -> list[str]:
    """Return the months that lie wholly between two days."""
    found = months(month_of(first), month_of(last))
    return found[first.day > 1 : len(found) - (not ended(last))]
