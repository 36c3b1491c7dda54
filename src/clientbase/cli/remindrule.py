"""`clientbase remind rule`: rules that make reminders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.cli import dropping
from clientbase.cli import who as completion
from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.options import DryRun
from clientbase.cli.session import session
from clientbase.errors import Refused
from clientbase.normal import shown
from clientbase.words import N_, Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from clientbase.clock import Span
    from clientbase.followup.rules import Made

rule = Noun()

How = Annotated[
    str | None, typer.Option(metavar="WAY", help=N_("phone, email, visit, message, telegram, ..."))
]
What = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("what is to be done"))]
Before = Annotated[
    str | None,
    typer.Option(metavar="DAYS", help=N_("list it so many days before the day, such as 7 or 1w")),
]
Expires = Annotated[
    str | None,
    typer.Option(metavar="DAYS", help=N_("list it no longer than so many days after the day")),
]
Every = Annotated[
    str | None,
    typer.Option(
        metavar="SPAN",
        help=N_("when it is done, the field's date moves on by this span, such as 12m"),
    ),
]
Asked = Annotated[
    bool | None,
    typer.Option(
        "--asked/--not-asked",
        show_default=False,
        help=N_("the clients asked for it, and no stop silences it"),
    ),
]
Named = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]


@rule.verb("add", example="clientbase remind rule add greetings --birthday --before 3")
def rule_add(
    ctx: typer.Context,
    name: Named,
    birthday: Annotated[bool, typer.Option("--birthday", help=N_("look at birthdays"))] = False,
    field: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=N_("look at this date field"),
            autocompletion=completion.field_names,
        ),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help=N_("a field of this kind of things"),
            autocompletion=completion.kinds,
        ),
    ] = None,
    yearly: Annotated[
        bool | None,
        typer.Option("--yearly/--once", show_default=False, help=N_("each year, or once")),
    ] = None,
    before: Before = None,
    expires: Expires = None,
    every: Every = None,
    what: What = None,
    how: How = None,
    asked: Asked = None,
) -> None:
    """Make a rule: who has this day, or soon has it, is listed by `remind due`."""
    from clientbase.followup import rules

    run = session(ctx)
    said = rules.Said(name, _days(before), _days(expires), what, how, _span(every), asked)
    with run.writing() as base:
        made = rules.add(base, rules.Source(birthday, field, yearly, of), said, run.today)
    run.show(rules.listing(run.base, made.rule_id))
    run.say(*_made(made, rules.SOON))


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
    every: Every = None,
    what: What = None,
    how: How = None,
    asked: Asked = None,
) -> None:
    """Change the name, the days or the words of a rule.

    Empty text clears: --every ''
    """
    from clientbase.followup import rules

    run = session(ctx)
    said = rules.Said(rename, _days(before), _days(expires), what, how, _span(every), asked)
    with run.writing() as base:
        changed = rules.edit(base, name, said)
    run.show(rules.listing(run.base, changed))
    run.say(_("The rule {name} is changed.").format(name=rename or name))


@rule.verb("drop", example="clientbase remind rule drop birthdays --yes")
def rule_drop(
    ctx: typer.Context,
    name: Named,
    yes: Annotated[
        bool, typer.Option("--yes", help=N_("even if open reminders go with it"))
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Drop a rule and the open reminders it made; those done or put off stay."""
    from clientbase.followup import rules

    run = session(ctx)
    with run.writing(dry_run=dry_run) as base:
        table, gone = rules.drop(base, name, run.today, sure=yes or dry_run)
    run.show(table)
    run.say(dropping.taken_along(gone, dry_run=dry_run))


def _days(text: str | None) -> int | None:
    """Read a number of days: 7, or a span of them such as 1w."""
    from clientbase import clock

    if text is None or re.fullmatch("-?[0-9]{1,6}", text.strip()):
        return None if text is None else int(text)
    span = clock.read_span(text)
    if span.months:
        raise Refused(
            _("months are not all of one length: {text}").format(text=shown(text)),
            hint=_("type 30, 30d or 2w"),
        )
    return span.days


def _span(text: str | None) -> Span | None:
    from clientbase import clock
    from clientbase.followup import rules

    if text is None:
        return None
    return clock.read_span(text) if text.strip() else rules.NEVER


def _made(made: Made, days: int) -> list[str]:
    told = _("{name}: {today} due today, {soon} in the next {days} days.")
    today, past, soon = map(grouped, made.coming)
    first = Sentence(told, name=made.name, today=today, soon=soon, days=days)
    if not made.coming.past:
        return [first]
    told = ngettext(
        "The day of {past} of them is past; `remind rule edit --expires` leaves old ones out.",
        "The days of {past} of them are past; `remind rule edit --expires` leaves old ones out.",
        made.coming.past,
    )
    return [first, Sentence(told, past=past)]
