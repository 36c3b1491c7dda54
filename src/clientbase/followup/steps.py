"""Leads and what is to be done for them next: a move and its reminder are one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock
from clientbase.errors import Refused
from clientbase.funnel import enquiry, leads, listing, stages
from clientbase.funnel.places import open_place, place_of
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from clientbase.clock import Span
    from clientbase.db.connection import Base
    from clientbase.funnel.attributes import Said
    from clientbase.funnel.enquiry import Answer, Caller
    from clientbase.funnel.leads import NewLead, Step
    from clientbase.table import Table


class NextStep(NamedTuple):
    """What is to be done for a lead, and on which day."""

    what: str
    due_on: date


class Planned(NamedTuple):
    """A reminder that was made for a lead."""

    reminder_id: int
    due_on: str


class Asked(NamedTuple):
    """A move as it was typed: to which stage, by whom and when, and what comes next."""

    stage: str | None
    step: Step
    then: NextStep | None = None


class Done(NamedTuple):
    """A lead as it is now, the name of its stage, and what was planned or skipped by that.

    `skipped` are the numbers of the reminders that a closed lead needs no more, or one that is
    open again; `dropped` is the stage where that one stood, if it is a stage no more.
    """

    table: Table
    stage: str = ""
    planned: Planned | None = None
    skipped: tuple[int, ...] = ()
    dropped: str | None = None


class Edit(NamedTuple):
    """What to change of a lead; `taken_over` lets a manager take another manager's client."""

    said: Said
    temperature: str | None = None
    taken_over: bool = False


def enquire(
    base: Base, caller: Caller, new: NewLead, then: NextStep | None, today: date, who: str
) -> tuple[Answer, Planned | None]:
    """Write an enquiry down with its next step. Raises as `enquiry.enquire` and `plan` do."""
    answer = enquiry.enquire(base, caller, new, today, who)
    if then is None:
        return answer, None
    planned = plan(base, answer.lead_id, then, today)
    return answer._replace(table=listing.written(base, [answer.lead_id], today)), planned


def advance(base: Base, lead_id: int, asked: Asked, today: date) -> Done:
    """Move a lead on. Raises as `leads.advance` and `plan` do."""
    return _moved(base, lead_id, asked, today, leads.advance)


def back(base: Base, lead_id: int, asked: Asked, today: date) -> Done:
    """Move a lead back. Raises as `leads.back` and `plan` do."""
    return _moved(base, lead_id, asked, today, leads.back)


def reopen(base: Base, lead_id: int, asked: Asked, today: date) -> Done:
    """Open a closed lead again; to ask once more is needed no longer.

    Raises as `leads.reopen` and `plan` do.
    """
    stood = place_of(base, lead_id).stage_id
    dropped = stages.dropped(base, stood) if asked.stage is None else None
    stage = leads.reopen(base, lead_id, asked.stage, asked.step, today)
    # Before the next step is planned: that one stays.
    skipped = leads.skip_steps(base, lead_id, asked.step.day)
    planned = plan(base, lead_id, asked.then, today) if asked.then else None
    table = listing.written(base, [lead_id], today)
    return Done(table, stage, planned, tuple(skipped), dropped)


def edit(base: Base, lead_id: int, change: Edit, asked: Asked, today: date) -> Done:
    """Change what is said of a lead, its temperature, and what comes next.

    Raises NotFound, LookedAfter where another manager looks after the contact, and as
    `leads.edit`, `leads.warm` and `plan` do.
    """
    place = place_of(base, lead_id)
    if change.said.manager and not change.taken_over:
        from clientbase.funnel import managers

        managers.refuse_another(base, place.contact_id, change.said.manager)
    leads.edit(base, lead_id, change.said, today)
    if change.temperature is not None:
        leads.warm(base, lead_id, change.temperature, asked.step, today)
    planned = plan(base, lead_id, asked.then, today) if asked.then else None
    return Done(listing.written(base, [lead_id], today), place.stage, planned)


def lose(
    base: Base, lead_id: int, reason: str, step: Step, again: Span | None, today: date
) -> Done:
    """Close a lead as lost, and ask once more so long after that day, where that is said.

    Raises as `leads.lose` does, and Refused for a day past the calendar's end.
    """
    skipped = leads.lose(base, lead_id, reason, step, today)
    table = listing.written(base, [lead_id], today)
    planned = _ask_again(base, table, clock.add(step.day, again)) if again else None
    return Done(table, planned=planned, skipped=tuple(skipped))


def plan(base: Base, lead_id: int, then: NextStep, today: date) -> Planned:
    """Keep what is to be done next for an open lead, beside what is kept already.

    Raises NotFound, Conflict for a closed lead, Refused for an empty text or a day that is past.
    """
    place = open_place(base, lead_id)
    if then.due_on < today:
        raise Refused(
            Sentence(_("{day} is past: --on is the day of the next step"), day=then.due_on),
            hint=_("--dated is for the day when it happened"),
        )
    from clientbase.followup import reminders

    new = reminders.NewReminder(then.what, then.due_on)
    number = reminders.add(base, place.contact_id, new, lead_id=lead_id)
    return Planned(number, then.due_on.isoformat())


def _moved(
    base: Base,
    lead_id: int,
    asked: Asked,
    today: date,
    way: Callable[[Base, int, str | None, Step, date], str],
) -> Done:
    stage = way(base, lead_id, asked.stage, asked.step, today)
    planned = plan(base, lead_id, asked.then, today) if asked.then else None
    return Done(listing.written(base, [lead_id], today), stage, planned)


def _ask_again(base: Base, table: Table, day: date) -> Planned:
    """Remind of a lead that is lost: it may want the same once more, if it is not open by then."""
    names = [column.name for column in table.columns]
    lead = dict(zip(names, next(iter(table.rows)), strict=True))
    if lead["wants"]:
        what = _("ask once more: {wants} (lost: {reason})")
    else:
        what = _("ask once more (lost: {reason})")
    what = what.format(wants=lead["wants"], reason=lead["lost_reason"])
    from clientbase.followup import reminders

    number = reminders.add(
        base, lead["contact_id"], reminders.NewReminder(what, day), lead_id=lead["lead_id"]
    )
    return Planned(number, day.isoformat())
