"""How days move on: those of what recurs, and dates of fields when what was due is dealt with.

What recurs is counted from its first day each time. A date of a field is counted from the day that
stands in it, or from today: the day that stood there before is not remembered, so that a date which
a short month brought from the 31st to the 28th goes on with the 28th.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock
from clientbase.db.statements import statements

if TYPE_CHECKING:
    from clientbase.clock import Span
    from clientbase.db.connection import Base

SQL = statements(__file__)


class Moved(NamedTuple):
    """A date that moved on: the field, whose it is (a thing or a contact), and its new day.

    `since` is the day from which it was counted; None where the new day was said.
    """

    field: str
    whose: str
    day: str
    since: str | None = None


class _Dated(NamedTuple):
    value_id: int
    day: str
    every: str
    field: str
    whose: str


def done(base: Base, reminder_id: int, today: date, next_on: date | None) -> Moved | None:
    """Move on the date that a reminder was made of, counted from the day on which it was done.

    `next_on` says another day. None where its rule moves nothing, or the date was changed since.
    """
    dated = _dated(base, reminder_id)
    if dated is None:
        return None
    if next_on is not None:
        return _put(base, dated, next_on)
    return _put(base, dated, clock.add(today, clock.read_span(dated.every)), since=today)


def skipped(base: Base, reminder_id: int, today: date) -> Moved | None:
    """Move on the date that a reminder was made of to its first repetition after today.

    It is counted from the day that stands there. None where its rule moves nothing, or the date
    was changed since.
    """
    dated = _dated(base, reminder_id)
    if dated is None:
        return None
    day = date.fromisoformat(dated.day)
    after = repetition(day, clock.read_span(dated.every), max(today, day))
    return _put(base, dated, after, since=day)


def repetition(first: date, every: Span, after: date) -> date:
    """Return the first repetition of a day that lies after another day.

    It is counted from the day that is given each time: monthly from 31 January is 28 February,
    and after that 31 March.
    """
    longest = every.months * 31 + every.days
    times = max(1, (after - first).days // longest)
    while clock.add(first, every, times) <= after:
        times += 1
    return clock.add(first, every, times)


def _dated(base: Base, reminder_id: int) -> _Dated | None:
    row = base.execute(SQL["dated"], {"id": reminder_id}).fetchone()
    return None if row is None else _Dated(*row)


def _put(base: Base, dated: _Dated, day: date, *, since: date | None = None) -> Moved:
    base.execute(SQL["put"], {"id": dated.value_id, "day": day.isoformat()})
    return Moved(dated.field, dated.whose, day.isoformat(), since.isoformat() if since else None)
