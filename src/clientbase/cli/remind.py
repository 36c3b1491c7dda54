"""`clientbase remind`: what is to be done, for whom, on which day."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.cli import who as completion
from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.options import ByManager
from clientbase.cli.remindrule import How, rule
from clientbase.cli.session import Session, session
from clientbase.cli.who import Who
from clientbase.clock import Day
from clientbase.words import N_, Sentence, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientbase.db.connection import Base
    from clientbase.followup.moving import Moved
    from clientbase.followup.reminders import Closed

app = Noun()
app.sub("rule", rule, N_("Rules that make reminders: birthdays and date fields."))

Asked = Annotated[
    bool, typer.Option("--asked", help=N_("the client asked for it, and no stop silences it"))
]
Ids = Annotated[list[int], typer.Argument(metavar="ID...", show_default=False)]


@app.verb("due", example="clientbase remind due --manager olga", kind=ListCommand)
def due(
    ctx: typer.Context,
    on: Annotated[
        str | None, typer.Option(metavar="DAY", help=N_("the list of another day, such as +7d"))
    ] = None,
    manager: ByManager = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=N_("end with 1 when something is due"))
    ] = False,
) -> None:
    """Show what is to be done today, and what was missed."""
    from clientbase.followup import due as area

    run = session(ctx)
    day = run.day(on, lean="future")
    bring(run)
    table = area.listing(run.base, day, run.today, manager=manager, mailed=run.unwatched)
    run.show(table)
    if exit_code and table.rows:
        raise typer.Exit(1)


@app.verb("add", example='clientbase remind add 12 "ask about the vaccination" --on +6m --every 1y')
def add(
    ctx: typer.Context,
    who: Who,
    what: Annotated[str, typer.Argument(metavar="WHAT", show_default=False)],
    on: Annotated[str, typer.Option(metavar="DAY", help=N_("the day it is due, such as fri"))],
    every: Annotated[
        str | None, typer.Option(metavar="SPAN", help=N_("and again so often, such as 6m"))
    ] = None,
    how: How = None,
    thing: Annotated[
        str | None,
        typer.Option(
            metavar="THING",
            help=N_("for this one of the contact's things: its number or its name"),
            autocompletion=completion.things,
        ),
    ] = None,
    asked: Asked = False,
) -> None:
    """Remind of something to do for a contact, once or again and again."""
    from clientbase import clock
    from clientbase.cli import nextstep
    from clientbase.followup import reminders
    from clientbase.people import stops
    from clientbase.people.resolving import resolve

    run = session(ctx)
    span = clock.read_span(every) if every is not None else None
    day = run.day(on, lean="future")
    with run.writing() as base:
        contact = resolve(base, who)
        new = reminders.NewReminder(what, day, span, how, _thing(base, contact, thing), asked)
        number = reminders.add(base, contact, new)
        silent = number in stops.silent_reminders(base, [contact])
    _show(run, [number])
    run.say(nextstep.coming(run, number, new.due_on.isoformat()))
    if silent:
        run.say(_("They asked not to be reached so, or have left: only with --asked is it listed."))


@app.verb("done", example='clientbase remind done 5 --note "comes on Friday"')
def done(
    ctx: typer.Context,
    ids: Ids,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("what was said, kept with the contact"))
    ] = None,
    next_: Annotated[
        str | None, typer.Option("--next", metavar="DAY", help=N_("remind again on this day"))
    ] = None,
) -> None:
    """Mark reminders as done; the contact's history tells so, and recurring ones come again.

    A field's date that moves on is counted from today.
    """
    from clientbase.followup import reminders

    run = session(ctx)
    again = None if next_ is None else run.day(next_, lean="future")
    with run.writing() as base:
        closed = reminders.done(base, ids, run.today, run.act.who, note=note, next_on=again)
    _show_closed(run, closed, _("Reminder {id} is done."))


@app.verb("skip", example="clientbase remind skip 5")
def skip(ctx: typer.Context, ids: Ids) -> None:
    """Leave reminders undone for good; recurring ones come again.

    A field's date that moves on is counted from the day that stands in it.
    """
    from clientbase.followup import reminders

    run = session(ctx)
    with run.writing() as base:
        closed = reminders.skip(base, ids, run.today)
    _show_closed(run, closed, _("Reminder {id} is skipped."))


@app.verb("snooze", example="clientbase remind snooze 5 --by 3d")
def snooze(
    ctx: typer.Context,
    ids: Ids,
    to: Annotated[
        str | None, typer.Option(metavar="DAY", help=N_("until this day, such as mon"))
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="SPAN", help=N_("for so long, such as 3d"))
    ] = None,
) -> None:
    """Put reminders off to a later day."""
    from clientbase import clock
    from clientbase.cli import nextstep
    from clientbase.followup import reminders

    run = session(ctx)
    day = None if to is None else run.day(to, lean="future")
    span = None if by is None else clock.read_span(by)
    with run.writing() as base:
        put_off = reminders.snooze(base, ids, run.today, to=day, by=span)
    _show(run, put_off)
    run.say(*(nextstep.coming(run, number, day) for number, day in put_off.items()))


@app.verb("cron", example="clientbase remind cron --at 08:30")
def cron(
    ctx: typer.Context,
    at: Annotated[str, typer.Option(metavar="HH:MM", help=N_("the hour of the day"))] = "08:30",
) -> None:
    """Print the line of a crontab that mails each morning's list; it installs nothing."""
    from clientbase.followup import cron as area

    run = session(ctx)
    line = area.line(_program(), run.base.path.absolute(), at)
    run.show(area.table(line, bare=run.format == "table"))
    run.say(_("Paste the line into: crontab -e"))


def bring(run: Session) -> None:
    """Let what has come by today have its number; nothing new, nothing written."""
    from clientbase.followup import occurrences

    if occurrences.pending(run.base, run.today):
        with run.writing(derived=True) as base:
            occurrences.bring(base, run.today)


def _show(run: Session, ids: Iterable[int]) -> None:
    from clientbase.followup import due as area

    run.show(area.written(run.base, list(ids), run.today))


def _show_closed(run: Session, closed: list[Closed], sentence: str) -> None:
    from clientbase.cli import nextstep

    following = [each.next_id for each in closed if each.next_id is not None]
    _show(run, [*(each.reminder_id for each in closed), *following])
    for each in closed:
        run.say(sentence.format(id=each.reminder_id))
        if each.next_id is not None and each.next_on is not None:
            run.say(nextstep.coming(run, each.next_id, each.next_on))
        if each.moved is not None:
            run.say(_moved(run, each.moved))
        if each.stepless is not None:
            run.say(_stepless(each.stepless))


def _stepless(lead: int) -> str:
    told = _(
        "Lead {lead} has no next step now: clientbase lead advance {lead} --next TEXT --on DAY"
    )
    return told.format(lead=lead)


def _thing(base: Base, contact: int, thing: str | None) -> int | None:
    if thing is None:
        return None
    from clientbase.people import things

    return things.resolve_of(base, contact, thing)


def _moved(run: Session, moved: Moved) -> Sentence:
    whose = {"field": moved.field, "whose": moved.whose, "day": Day(moved.day)}
    if moved.since is None:
        return Sentence(_("{field} of {whose} moves on to {day}."), **whose)
    if moved.since == run.today.isoformat():
        return Sentence(_("{field} of {whose} moves on to {day}, counted from today."), **whose)
    told = _("{field} of {whose} moves on to {day}, counted from {since}.")
    return Sentence(told, since=Day(moved.since), **whose)


def _program() -> list[str]:
    """Return what starts this program from anywhere: its script, else Python with its module."""
    python = Path(sys.executable).absolute()
    script = python.with_name("clientbase")
    return [str(script)] if script.exists() else [str(python), "-m", "clientbase"]
