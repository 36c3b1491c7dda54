"""Reminders: typed by hand, once or recurring; done, skipped and put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock
from clientbase.db.connection import LARGEST
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, NotFound, Refused
from clientbase.normal import clean_text, shown
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.clock import Span
    from clientbase.db.connection import Base

SQL = statements(__file__)

LONGEST = 500
# How a reminder is done, and the kind of activity that it then is.
HOWS = {
    "phone": "call",
    "email": "email",
    "visit": "visit",
    "message": "message",
    "sms": "message",
    "telegram": "message",
    "whatsapp": "message",
    "viber": "message",
    "instagram": "message",
    "vk": "message",
    "facebook": "message",
    "skype": "message",
}


@dataclass(frozen=True, slots=True)
class NewReminder:
    """What is to be done, from which day on, how often again, and how (one of HOWS)."""

    what: str
    due_on: date
    every: Span | None = None
    how: str | None = None


class Closed(NamedTuple):
    """A reminder that was done or skipped, and the one that follows it, if any."""

    reminder_id: int
    next_id: int | None = None
    next_on: str | None = None


class _Kept(NamedTuple):
    reminder_id: int
    contact_id: int
    due_on: str
    listed_on: str
    what: str
    how: str | None
    every: str | None
    started_on: str | None
    state: str
    closed_on: str | None
    way: str | None


def add(base: Base, contact_id: int, new: NewReminder) -> int:
    """Keep a reminder typed by hand and return its number; on a day that is past it is missed.

    Raises Refused for an empty text, Misuse for an unknown way.
    """
    due_on = new.due_on.isoformat()
    values = {
        "contact": contact_id,
        "due_on": due_on,
        "what": clean_text(new.what, limit=LONGEST, required=True),
        "how": known_way(new.how),
        "every": new.every.text() if new.every else None,
        "started_on": due_on if new.every else None,
    }
    return int(base.one(SQL["add"], values))


def done(
    base: Base,
    ids: Sequence[int],
    today: date,
    who: str,
    *,
    note: str | None = None,
    next_on: date | None = None,
) -> list[Closed]:
    """Mark reminders as done, write down an activity for each, and keep the next ones.

    A recurring one comes again at the first repetition, counted from its first day, after both
    today and its own day; `next_on` says another day, from which it is counted then. Raises
    NotFound, Conflict for what is closed already, Refused for a `next_on` that is not to come.
    """
    note = clean_text(note, limit=LONGEST) if note else None
    if next_on is not None and next_on <= today:
        raise Refused(
            _("the next day must lie ahead, and {day} does not").format(day=next_on),
            hint=_("choose a later day, such as: --next +6m"),
        )
    closed = []
    for kept in _open(base, ids):
        _close(base, kept, "done", today, note)
        _log(base, kept, today, who, note)
        closed.append(_follow(base, kept, today, next_on))
    return closed


def skip(base: Base, ids: Sequence[int], today: date) -> list[Closed]:
    """Leave reminders undone for good; recurring ones come again as after `done`.

    Raises NotFound, and Conflict for what is closed already.
    """
    closed = []
    for kept in _open(base, ids):
        _close(base, kept, "skipped", today, None)
        closed.append(_follow(base, kept, today, None))
    return closed


def snooze(
    base: Base, ids: Sequence[int], today: date, *, to: date | None, by: Span | None
) -> dict[int, str]:
    """Put reminders off to a day, or by a span, and return the day (ISO) by number.

    A span is counted from the later of today and the day from which it is listed. Raises Misuse
    without or with both, Refused where that would not put them off, NotFound, and Conflict for
    what is closed already.
    """
    if (to is None) == (by is None):
        raise Misuse(
            _("it is not clear until when"),
            hint=_("give one of --to DAY and --by SPAN, such as: --by 3d"),
        )
    put_off = {}
    for kept in _open(base, ids):
        begins = max(today, date.fromisoformat(kept.listed_on))
        day = clock.add(begins, by) if by else to
        if day is None or day <= begins:
            raise Refused(
                _("reminder {id} can't be put off to {day}: it is listed from {begins} on").format(
                    id=kept.reminder_id, day=day, begins=begins
                ),
                hint=_("choose a later day, such as: --by 3d"),
            )
        put_off[kept.reminder_id] = day.isoformat()
        base.execute(SQL["snooze"], {"id": kept.reminder_id, "day": day.isoformat()})
    return put_off


def known_way(how: str | None) -> str | None:
    """Return one of HOWS as it is kept, from what was typed. Raises Misuse for another."""
    if how is None:
        return None
    way = how.strip().lower().replace("-", "")
    if way == "call":
        return "phone"
    if way not in HOWS:
        raise Misuse(
            _("a reminder can't be done by {how}").format(how=shown(how)),
            hint=_("one of: {hows}").format(hows=", ".join(HOWS)),
        )
    return way


def _open(base: Base, ids: Sequence[int]) -> list[_Kept]:
    """Read open reminders by number, each once, all of them before any is changed."""
    found = []
    for number in dict.fromkeys(ids):
        row = base.execute(SQL["read"], {"id": min(number, LARGEST)}).fetchone()
        if row is None:
            raise NotFound(
                _("there is no reminder {id}").format(id=number),
                hint=_("clientbase remind due shows the numbers"),
            )
        kept = _Kept(*row)
        if kept.state != "open":
            raise _closed_already(kept)
        found.append(kept)
    return found


def _closed_already(kept: _Kept) -> Conflict:
    sentence = (
        _("reminder {id} was done on {day} already")
        if kept.state == "done"
        else _("reminder {id} was skipped on {day} already")
    )
    return Conflict(
        sentence.format(id=kept.reminder_id, day=kept.closed_on),
        hint=_("clientbase remind due shows what is open"),
    )


def _close(base: Base, kept: _Kept, state: str, today: date, note: str | None) -> None:
    values = {"id": kept.reminder_id, "state": state, "today": today.isoformat(), "note": note}
    base.execute(SQL["close"], values)


def _log(base: Base, kept: _Kept, today: date, who: str, note: str | None) -> None:
    from clientbase.people import activities

    # A preferred channel may be any words; what we can't tell the kind of is a note.
    kind = HOWS.get((kept.way or "").lower(), "note")
    what = f"{kept.what}: {note}" if note else kept.what
    new = activities.NewActivity(what, today, kind=kind, direction="out")
    activities.log(base, kept.contact_id, new, today, who)


def _follow(base: Base, kept: _Kept, today: date, next_on: date | None) -> Closed:
    """Keep the reminder that comes after a closed one, where one does."""
    if next_on is not None:
        return _again(base, kept, next_on, next_on)
    if kept.every is None or kept.started_on is None:
        return Closed(kept.reminder_id)
    first = date.fromisoformat(kept.started_on)
    after = max(today, date.fromisoformat(kept.due_on))
    return _again(base, kept, repetition(first, clock.read_span(kept.every), after), first)


def _again(base: Base, kept: _Kept, day: date, first: date) -> Closed:
    due_on = day.isoformat()
    values = {
        "contact": kept.contact_id,
        "due_on": due_on,
        "what": kept.what,
        "how": kept.how,
        "every": kept.every,
        "started_on": first.isoformat() if kept.every else None,
    }
    return Closed(kept.reminder_id, int(base.one(SQL["add"], values)), due_on)


def repetition(first: date, every: Span, after: date) -> date:
    """Return the first repetition of a day that lies after another day.

    It is counted from the first day each time: monthly from 31 January is 28 February and then
    31 March.
    """
    longest = every.months * 31 + every.days
    times = max(1, (after - first).days // longest)
    while clock.add(first, every, times) <= after:
        times += 1
    return clock.add(first, every, times)
