"""Occurrences of rules: derived from birthdays and date fields, numbered when their day comes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clientbase.db import settings
from clientbase.db.statements import statements

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)


class Occurrence(NamedTuple):
    """One occurrence of a rule: `due_on` is the day itself, `listed_on` the day it is listed from.

    `reminder_id` is None where it has no row yet, `thing_id` where it is of the contact itself.
    """

    reminder_id: int | None
    rule_id: int
    contact_id: int
    thing_id: int | None
    due_on: str
    listed_on: str


def drift(
    base: Base, day: date, *, since: date | None = None, rule: int | None = None
) -> list[Occurrence]:
    """Return where the rows differ from what the rules yield on a day.

    That is: occurrences without a row, and (with a number) open ones that no rule yields any more.
    With `since`, expired is what had expired by that day; with `rule`, of that rule alone. What
    comes each year expires by its own day. What comes once is not lost to `contact.pause`: its
    days to expire are counted anew from the end of a pause that began before they were over.
    """
    days = {"day": day.isoformat(), "since": (since or day).isoformat()}
    pause = settings.get(base, "contact.pause")
    rows = base.execute(SQL["drift"], {**days, "rule": rule, "pause": pause})
    # In one order, so that numbers are given alike on every machine.
    found = map(Occurrence._make, rows)
    return sorted(
        found, key=lambda each: (each.due_on, each.rule_id, each.contact_id, each.thing_id or 0)
    )


def pending(base: Base, today: date) -> bool:
    """Tell whether `bring` would write anything."""
    return bool(drift(base, today))


def bring(base: Base, today: date) -> None:
    """Give what has come by today a row and a number, and drop open rows that no rule yields.

    A second time on one day it changes nothing: what is done, skipped or snoozed has its row.
    """
    for each in drift(base, today):
        if each.reminder_id is None:
            values = {"contact": each.contact_id, "thing": each.thing_id, "rule": each.rule_id}
            days = {"due_on": each.due_on, "listed_on": each.listed_on}
            base.execute(SQL["keep"], values | days)
        else:
            base.execute(SQL["vanish"], {"id": each.reminder_id})


class Coming(NamedTuple):
    """How many a new rule makes due today, `past` ones of an earlier day among them, and soon."""

    today: int
    past: int
    soon: int


def coming(base: Base, rule_id: int, today: date, days: int) -> Coming:
    """Return how many occurrences a new rule makes due today, and in so many days after it."""
    found = drift(base, today + timedelta(days=days), since=today, rule=rule_id)
    now = sum(each.listed_on <= today.isoformat() for each in found)
    past = sum(each.due_on < today.isoformat() for each in found)
    return Coming(now, past, len(found) - now)
