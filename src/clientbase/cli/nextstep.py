"""When something happened to a lead, and what comes next, as it is typed and told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.clock import Day, check_past
from clientbase.errors import Misuse
from clientbase.followup.steps import Asked, NextStep
from clientbase.funnel.leads import Step
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from datetime import date

    from clientbase.cli.session import Session
    from clientbase.followup.steps import Planned


class Typed(NamedTuple):
    """What was typed behind --next, --on and --dated.

    `--on` is the day of the next step where there is one, else the day it happened.
    """

    what: str | None
    on: str | None
    dated: str | None


def asked(run: Session, stage: str | None, note: str | None, typed: Typed) -> Asked:
    """Return a move as it was typed. Raises Misuse and Refused for days that can't be."""
    then = planned_for(run, typed)
    return Asked(stage, Step(happened(run, typed), run.act.who, note), then)


def happened(run: Session, typed: Typed) -> date:
    """Return the day it happened, today if not said.

    Raises Misuse where it is said twice, Refused where `--dated` is still to come.
    """
    if typed.dated is None:
        return run.today if typed.what is not None else run.day(typed.on)
    if typed.what is None and typed.on is not None:
        raise Misuse(
            _("without --next both --on and --dated are the day it happened"),
            hint=_("give one of the two, or --next TEXT with its day: --on DAY"),
        )
    day = run.day(typed.dated)
    hint = _("leave --dated out for today, or give a day until {today}")
    check_past(day, run.today, hint=Sentence(hint, today=run.today))
    return day


def planned_for(run: Session, typed: Typed) -> NextStep | None:
    """Return the next step, if there is one. Raises Misuse where its day is not said."""
    if typed.what is None:
        return None
    if typed.on is None:
        raise Misuse(
            _("it is not said when the next step is due"),
            hint=_("add --on with its day, such as: --on tomorrow"),
        )
    return NextStep(typed.what, run.day(typed.on, lean="future"))


def until(run: Session, by: str | None) -> str | None:
    """Return a day to come as ISO text; empty text stays, for it clears."""
    return by if not (by or "").strip() else run.day(str(by), lean="future").isoformat()


def told(run: Session, made: Planned | None) -> list[str]:
    """Say when a reminder that was made comes."""
    return [] if made is None else [coming(run, made.reminder_id, made.due_on)]


def coming(run: Session, number: int, day: str) -> str:
    """Say when a reminder comes, or that its day is past."""
    if day < run.today.isoformat():
        missed = _("Reminder {id} is missed already: {day} is past.")
        return Sentence(missed, id=number, day=Day(day))
    from clientbase.followup import reasons

    when = reasons.coming(day, run.today)
    return Sentence(_("Reminder {id} comes {when}."), id=number, when=when)
