"""Reminders: typed by hand, once or recurring; done, skipped and put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock
from clientbase.db.connection import LARGEST
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, NotFound, Refused
from clientbase.followup import moving
from clientbase.normal import clean_text, shown
from clientbase.people import ways
from clientbase.people.naming import about
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.clock import Span
    from clientbase.db.connection import Base
    from clientbase.followup.moving import Moved

SQL = statements(__file__)

LONGEST = 500


@dataclass(frozen=True, slots=True)
class NewReminder:
    """What is to be done, from which day on, how often again, how (one of WAYS), for what thing.

    What the client `asked` for is listed though they do not wish to be reached otherwise.
    """

    what: str
    due_on: date
    every: Span | None = None
    how: str | None = None
    thing_id: int | None = None
    asked: bool = False


class Closed(NamedTuple):
    """A reminder that was done or skipped, and the one that follows it, if any.

    `stepless` is the lead whose next step it was, where it is open and has no other one; `moved`
    is the date of a field that moved on.
    """

    reminder_id: int
    next_id: int | None = None
    next_on: str | None = None
    stepless: int | None = None
    moved: Moved | None = None


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
    lead_id: int | None
    rule_id: int | None
    thing_id: int | None
    thing: str | None
    asked: int


def add(base: Base, contact_id: int, new: NewReminder, *, lead_id: int | None = None) -> int:
    """Keep a reminder typed by hand and return its number; on a day that is past it is missed.

    With `lead_id` it is the next step of that lead of the contact, or asks once more for a lost
    one. Raises Refused for an empty
    text, Misuse for an unknown way.
    """
    due_on = new.due_on.isoformat()
    values = {
        "contact": contact_id,
        "thing": new.thing_id,
        "lead": lead_id,
        "due_on": due_on,
        "what": clean_text(new.what, limit=LONGEST, required=True),
        "how": known_way(new.how),
        "every": new.every.text() if new.every else None,
        "started_on": due_on if new.every else None,
        "asked": new.asked,
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
    today and its own day; `next_on` says another day, from which it is counted then. Where its
    rule says so, the date of a field moves on instead, counted from today. Raises NotFound,
    Conflict for what is closed already, Refused for a `next_on` that is not to come.
    """
    note = clean_text(note, limit=LONGEST) if note else None
    if next_on is not None and next_on <= today:
        raise Refused(
            Sentence(_("the next day must lie ahead, and {day} does not"), day=next_on),
            hint=_("choose a later day, such as: --next +6m"),
        )
    closed = []
    for kept in _open(base, ids):
        _close(base, kept, "done", today, note)
        _log(base, kept, today, who, note)
        moved = moving.done(base, kept.reminder_id, today, next_on) if kept.rule_id else None
        closed.append(_follow(base, kept, today, next_on, moved))
    return closed


def skip(base: Base, ids: Sequence[int], today: date) -> list[Closed]:
    """Leave reminders undone for good; recurring ones come again as after `done`.

    The date of a field that moves on is counted from its own day. Raises NotFound, and Conflict
    for what is closed already.
    """
    closed = []
    for kept in _open(base, ids):
        _close(base, kept, "skipped", today, None)
        moved = moving.skipped(base, kept.reminder_id, today) if kept.rule_id else None
        closed.append(_follow(base, kept, today, None, moved))
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
                Sentence(
                    _("reminder {id} can't be put off to {day}: it is listed from {begins} on"),
                    id=kept.reminder_id,
                    day=day,
                    begins=begins,
                ),
                hint=_("choose a later day, such as: --by 3d"),
            )
        put_off[kept.reminder_id] = day.isoformat()
        base.execute(SQL["snooze"], {"id": kept.reminder_id, "day": day.isoformat()})
    return put_off


def known_way(how: str | None) -> str | None:
    """Return one of WAYS as it is kept, from what was typed. Raises Misuse for another."""
    if how is None:
        return None
    way = ways.known(how)
    if way is None:
        raise Misuse(
            _("a reminder can't be done by {how}").format(how=shown(how)),
            hint=_("one of: {hows}").format(hows=", ".join(ways.WAYS)),
        )
    return way


def _open(base: Base, ids: Sequence[int]) -> list[_Kept]:
    """Read open reminders by number, each once, all of them before any is changed."""
    found = []
    for number in dict.fromkeys(ids):
        row = base.execute(SQL["read"], {"id": min(number, LARGEST)}).fetchone()
        if row is None:
            raise NotFound(
                _("there is no reminder {id}").format(id=shown(str(number))),
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
        Sentence(sentence, id=kept.reminder_id, day=clock.Day(kept.closed_on or "")),
        hint=_("clientbase remind due shows what is open"),
    )


def _close(base: Base, kept: _Kept, state: str, today: date, note: str | None) -> None:
    values = {"id": kept.reminder_id, "state": state, "today": today.isoformat(), "note": note}
    base.execute(SQL["close"], values)


def _log(base: Base, kept: _Kept, today: date, who: str, note: str | None) -> None:
    from clientbase.people import activities

    # A preferred channel may be any words; what we can't tell the kind of is a note.
    kind = ways.WAYS.get(ways.known(kept.way or "") or "", "note")
    what = about(kept.thing, kept.what)
    what = f"{what}: {note}" if note else what
    new = activities.NewActivity(what, today, kind=kind, direction="out", lead_id=kept.lead_id)
    activities.log(base, kept.contact_id, new, today, who)


def _follow(
    base: Base, kept: _Kept, today: date, next_on: date | None, moved: Moved | None
) -> Closed:
    """Keep the reminder that comes after a closed one, where one does."""
    if moved is not None:
        return Closed(kept.reminder_id, moved=moved)
    if next_on is not None:
        return _again(base, kept, next_on, next_on)
    if kept.every is None or kept.started_on is None:
        stepless = base.one(SQL["stepless"], {"lead": kept.lead_id}) if kept.lead_id else None
        return Closed(kept.reminder_id, stepless=stepless)
    first = date.fromisoformat(kept.started_on)
    after = max(today, date.fromisoformat(kept.due_on))
    return _again(base, kept, moving.repetition(first, clock.read_span(kept.every), after), first)


def _again(base: Base, kept: _Kept, day: date, first: date) -> Closed:
    due_on = day.isoformat()
    values = {
        "contact": kept.contact_id,
        "thing": kept.thing_id,
        "lead": kept.lead_id,
        "due_on": due_on,
        "what": kept.what,
        "how": kept.how,
        "every": kept.every,
        "started_on": first.isoformat() if kept.every else None,
        "asked": kept.asked,
    }
    return Closed(kept.reminder_id, int(base.one(SQL["add"], values)), due_on)
