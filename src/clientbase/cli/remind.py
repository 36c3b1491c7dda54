"""`clientbase remind`: what is to be done, for whom, on which day."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.options import ByManager
from clientbase.cli.session import Session, session
from clientbase.cli.who import Who
from clientbase.words import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientbase.followup.reminders import Closed
    from clientbase.followup.rules import Made

app = Noun()
rule = Noun()
app.sub("rule", rule, N_("Rules that make reminders: birthdays and date fields."))

Ids = Annotated[list[int], typer.Argument(metavar="ID...", show_default=False)]
How = Annotated[
    str | None, typer.Option(metavar="WAY", help=N_("phone, email, visit, message, telegram, ..."))
]
What = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("what is to be done"))]
Before = Annotated[
    int | None, typer.Option(metavar="DAYS", help=N_("list it so many days before the day"))
]
Expires = Annotated[
    int | None,
    typer.Option(metavar="DAYS", help=N_("list it no longer than so many days after the day")),
]
Named = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]


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
    _bring(run)
    table = area.listing(run.base, day, run.today, manager=manager)
    if not table.rows and run.format == "table" and not sys.stdout.isatty():
        table.notes.clear()  # cron mails whatever is printed
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
) -> None:
    """Remind of something to do for a contact, once or again and again."""
    from clientbase import clock
    from clientbase.followup import reminders
    from clientbase.people.resolving import resolve

    run = session(ctx)
    span = clock.read_span(every) if every is not None else None
    new = reminders.NewReminder(what, run.day(on, lean="future"), span, how)
    with run.writing() as base:
        number = reminders.add(base, resolve(base, who), new)
    _show(run, [number])
    run.say(_coming(run, number, new.due_on.isoformat()))


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
    """Mark reminders as done; the contact's history tells so, and recurring ones come again."""
    from clientbase.followup import reminders

    run = session(ctx)
    again = None if next_ is None else run.day(next_, lean="future")
    with run.writing() as base:
        closed = reminders.done(base, ids, run.today, run.act.who, note=note, next_on=again)
    _show_closed(run, closed, _("Reminder {id} is done."))


@app.verb("skip", example="clientbase remind skip 5")
def skip(ctx: typer.Context, ids: Ids) -> None:
    """Leave reminders undone for good; recurring ones come again."""
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
    from clientbase.followup import reminders

    run = session(ctx)
    day = None if to is None else run.day(to, lean="future")
    span = None if by is None else clock.read_span(by)
    with run.writing() as base:
        put_off = reminders.snooze(base, ids, run.today, to=day, by=span)
    _show(run, put_off)
    run.say(*(_coming(run, number, day) for number, day in put_off.items()))


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


@rule.verb("add", example="clientbase remind rule add greetings --birthday --before 3")
def rule_add(
    ctx: typer.Context,
    name: Named,
    birthday: Annotated[bool, typer.Option("--birthday", help=N_("look at birthdays"))] = False,
    field: Annotated[
        str | None, typer.Option(metavar="NAME", help=N_("look at this date field"))
    ] = None,
    yearly: Annotated[
        bool | None,
        typer.Option("--yearly/--once", show_default=False, help=N_("each year, or once")),
    ] = None,
    before: Before = None,
    expires: Expires = None,
    what: What = None,
    how: How = None,
) -> None:
    """Make a rule: who has this day, or soon has it, is listed by `remind due`."""
    from clientbase.followup import rules

    run = session(ctx)
    said = rules.Said(name, before, expires, what, how)
    with run.writing() as base:
        made = rules.add(base, rules.Source(birthday, field, yearly), said, run.today)
    run.show(rules.listing(run.base, made.rule_id))
    run.say(_made(made, rules.SOON))


@rule.verb("list", example="clientbase remind rule list", kind=ListCommand)
def rule_list(ctx: typer.Context) -> None:
    """Show the rules, with how many open reminders each has."""
    from clientbase.followup import rules

    run = session(ctx)
    run.show(rules.listing(run.base))


@rule.verb("edit", example="clientbase remind rule edit birthdays --before 7")
def rule_edit(
    ctx: typer.Context,
    name: Named,
    rename: Annotated[str | None, typer.Option(metavar="NAME", help=N_("its new name"))] = None,
    before: Before = None,
    expires: Expires = None,
    what: What = None,
    how: How = None,
) -> None:
    """Change the name, the days or the words of a rule."""
    from clientbase.followup import rules

    run = session(ctx)
    with run.writing() as base:
        changed = rules.edit(base, name, rules.Said(rename, before, expires, what, how))
    run.show(rules.listing(run.base, changed))
    run.say(_("The rule {name} is changed.").format(name=rename or name))


@rule.verb("drop", example="clientbase remind rule drop birthdays --yes")
def rule_drop(
    ctx: typer.Context,
    name: Named,
    yes: Annotated[
        bool, typer.Option("--yes", help=N_("even if open reminders go with it"))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("only tell what would go"))] = False,
) -> None:
    """Drop a rule and the open reminders it made; those done or put off stay."""
    from clientbase.followup import rules

    run = session(ctx)
    with run.writing(dry_run=dry_run) as base:
        table, gone = rules.drop(base, name, run.today, sure=yes or dry_run)
    run.show(table)
    run.say(_dropped(gone, dry_run))


def _bring(run: Session) -> None:
    """Let what has come by today have its number; nothing new, nothing written."""
    from clientbase.followup import occurrences

    if occurrences.pending(run.base, run.today):
        with run.writing() as base:
            occurrences.bring(base, run.today)


def _show(run: Session, ids: Iterable[int]) -> None:
    from clientbase.followup import due as area

    run.show(area.written(run.base, list(ids), run.today))


def _show_closed(run: Session, closed: list[Closed], sentence: str) -> None:
    following = [each.next_id for each in closed if each.next_id is not None]
    _show(run, [*(each.reminder_id for each in closed), *following])
    for each in closed:
        run.say(sentence.format(id=each.reminder_id))
        if each.next_id is not None and each.next_on is not None:
            run.say(_coming(run, each.next_id, each.next_on))


def _coming(run: Session, number: int, day: str) -> str:
    from clientbase.followup import reasons

    if day < run.today.isoformat():
        return _("Reminder {id} is missed already: {day} is past.").format(id=number, day=day)
    when = reasons.coming(day, run.today)
    return _("Reminder {id} comes {when}.").format(id=number, when=when)


def _made(made: Made, days: int) -> str:
    return _("{name}: {today} due today, {soon} in the next {days} days.").format(
        name=made.name, today=f"{made.today:,}", soon=f"{made.soon:,}", days=days
    )


def _dropped(gone: int, dry_run: bool) -> str:
    if dry_run:
        told = ngettext(
            "It would take {count} open reminder along.",
            "It would take {count} open reminders along.",
            gone,
        )
    else:
        told = ngettext(
            "It took {count} open reminder along.", "It took {count} open reminders along.", gone
        )
    return told.format(count=f"{gone:,}")


def _program() -> list[str]:
    """Return what starts this program from anywhere: its script, else Python with its module."""
    python = Path(sys.executable).absolute()
    script = python.with_name("clientbase")
    return [str(script)] if script.exists() else [str(python), "-m", "clientbase"]
