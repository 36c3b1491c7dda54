"""Why a reminder is there, and when it comes, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase import clock
from clientbase.clock import Span
from clientbase.words import N_, Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

# One is not a number like the others: in some languages twenty-one goes with its form.
_ONE = {
    Span(0, 12): N_("every year"),
    Span(0, 1): N_("every month"),
    Span(7, 0): N_("every week"),
    Span(1, 0): N_("every day"),
}


def typed(every: str | None) -> str:
    """Return the reason of a reminder typed by hand, recurring or not."""
    return _("by hand") if every is None else repeating(clock.read_span(every))


def next_step(lead_id: int, stage: str) -> str:
    """Return the reason of a reminder that is the next step of a lead at a stage."""
    return _("next step of lead {lead} ({stage})").format(lead=lead_id, stage=stage)


def lost(lead_id: int) -> str:
    """Return the reason of a reminder to ask once more for a lead."""
    return _("lead {lead} was lost").format(lead=lead_id)


def repeating(span: Span) -> str:
    """Return `every 6 months`; a span of mixed units as it is typed."""
    if span in _ONE:
        return _(_ONE[span])
    years, odd_months = divmod(span.months, 12)
    weeks, odd_days = divmod(span.days, 7)
    if span.months and span.days:
        return _("every {span}").format(span=span.text())
    if years and not odd_months:
        return ngettext("every {count} year", "every {count} years", years).format(count=years)
    if span.months:
        months = span.months
        return ngettext("every {count} month", "every {count} months", months).format(count=months)
    if odd_days:
        return ngettext("every {count} day", "every {count} days", span.days).format(
            count=span.days
        )
    return ngettext("every {count} week", "every {count} weeks", weeks).format(count=weeks)


def birthday(happens_on: date, day: date, born: str | None) -> str:
    """Return `birthday in 3 days, turns 40`, as seen on a day."""
    when = _distance(_("birthday"), (happens_on - day).days)
    years = clock.age(born, happens_on) if born else None
    if years is None:
        return when
    turns = _("turns {age}") if happens_on >= day else _("turned {age}")
    return f"{when}, {turns.format(age=years)}"


def named_day(name: str, happens_on: date, day: date, since: str | None = None) -> str:
    """Return `next_service in 3 days`, with the years since a first day where there are any."""
    when = _distance(name, (happens_on - day).days)
    years = clock.age(since, happens_on) if since else None
    if not years:
        return when
    told = ngettext("{count} year", "{count} years", years).format(count=years)
    return f"{when}, {told}"


def also(why: str, others: Sequence[str]) -> str:
    """Return a reason with the weaker ones that go with it, if any."""
    if not others:
        return why
    return _("{why}; also: {others}").format(why=why, others="; ".join(others))


def held(count: int, pause: int) -> str:
    """Return how many reminders `contact.pause` holds back, the pause being in days."""
    days = ngettext("{count} day", "{count} days", pause).format(count=pause)
    told = ngettext(
        "{count} more is held back by contact.pause ({days}).",
        "{count} more are held back by contact.pause ({days}).",
        count,
    )
    return Sentence(told, count=grouped(count), days=days)


def left_out(count: int) -> str:
    """Return how many reminders are for those who are not to be reached so, or have left."""
    told = ngettext(
        "{count} left out: they asked not to be reached or have left.",
        "{count} left out: they asked not to be reached or have left.",
        count,
    )
    return Sentence(told, count=grouped(count))


def coming(day: str, today: date) -> str:
    """Return `today`, `tomorrow`, or `in 7 days, on 2026-11-28`."""
    days = (today.fromisoformat(day) - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    told = ngettext("in {count} day, on {day}", "in {count} days, on {day}", days)
    return Sentence(told, count=days, day=clock.Day(day))


def _distance(name: str, days: int) -> str:
    near = {-1: _("{name} yesterday"), 0: _("{name} today"), 1: _("{name} tomorrow")}
    if days in near:
        return near[days].format(name=name)
    if days > 0:
        told = ngettext("{name} in {count} day", "{name} in {count} days", days)
    else:
        told = ngettext("{name} {count} day ago", "{name} {count} days ago", -days)
    return told.format(name=name, count=abs(days))
