"""`clientbase segment`: groups of clients by rules over the facts about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.cli import dropping
from clientbase.cli.command import Command, ListCommand, Noun, ReportCommand
from clientbase.cli.options import AsOf, DryRun, For, Yes
from clientbase.cli.report.showing import Compare, show
from clientbase.cli.session import session
from clientbase.cli.who import Who, segment_names
from clientbase.errors import Misuse
from clientbase.words import N_, Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from clientbase.cli.session import Session
    from clientbase.facts.moves import Days

app = Noun()

MaybeName = Annotated[
    str | None,
    typer.Argument(metavar="[NAME]", autocompletion=segment_names, show_default=False),
]


@app.verb("run", example="clientbase segment run regular-vip", kind=ListCommand)
def run_(
    ctx: typer.Context,
    name: MaybeName = None,
    as_of: AsOf = None,
    compare: Compare = None,
    for_: For = None,
) -> None:
    """Show who is in a segment; without a name, all clients by how often and how dear they buy."""
    from clientbase.facts import matrix, segments

    if name:
        show(ctx, lambda base, day: segments.members(base, name, day, way=for_), as_of, compare)
        return
    if for_ is not None:
        raise Misuse(
            _("--for goes with the name of a segment"),
            hint=_("clientbase segment list shows their names"),
        )
    show(ctx, matrix.matrix, as_of, compare)


@app.verb("list", example="clientbase segment list", kind=ListCommand)
def list_(ctx: typer.Context, as_of: AsOf = None, compare: Compare = None) -> None:
    """List the segments, built in and your own, with how many contacts are in each."""
    from clientbase.facts import segments

    show(ctx, segments.all_segments, as_of, compare)


@app.verb("explain", example="clientbase segment explain regular-vip 12", kind=ReportCommand)
def explain(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", autocompletion=segment_names, show_default=False)
    ],
    who: Who,
    as_of: AsOf = None,
) -> None:
    """Tell why somebody is in a segment or not, and what would change it.

    Each part of the rule with the facts behind it, the border that each passed or missed, and
    the sales that it came from.
    """
    from clientbase.facts import explaining
    from clientbase.people.resolving import resolve

    show(ctx, lambda base, day: explaining.explain(base, name, resolve(base, who), day), as_of)


@app.verb(
    "moves",
    example="clientbase segment moves sleeping --from -3w\n"
    "clientbase segment moves --from 2026-01-01",
    kind=ReportCommand,
)
def moves(
    ctx: typer.Context,
    name: MaybeName = None,
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", help=N_("the first day; a month before if not said")),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--to", metavar="DAY", help=N_("the last day; today if not said")),
    ] = None,
) -> None:
    """Show who came into a segment and who left it; without a name, how all clients moved.

    Both are as of the end of a day: who is in it on the first, and who on the last.
    """
    from clientbase.facts import moves as area

    run = session(ctx)
    days = _two_days(run, since, until)
    with run.reading() as base:
        run.show(area.of_segment(base, name, days) if name else area.of_all(base, days))


@app.verb("facts", example="clientbase segment facts", kind=ListCommand)
def facts(ctx: typer.Context) -> None:
    """List the facts that a rule may use, your own fields among them."""
    from clientbase.facts import catalogue

    run = session(ctx)
    run.show(catalogue.listing(run.base))


@app.verb(
    "define",
    example='clientbase segment define dear-quiet "average_order > 5000 and days_since_sale > 90"',
    kind=Command,
)
def define(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    rule: Annotated[str, typer.Argument(metavar="RULE", show_default=False)],
    replace: Annotated[
        bool, typer.Option("--replace", help=N_("give a segment that is there another rule"))
    ] = False,
) -> None:
    """Keep a rule under a name.

    It is a condition over facts: clientbase segment facts lists them. Amounts are typed in whole
    units, text in single quotes: animal = 'dog' and average_order > 5000
    """
    from clientbase.facts import segments

    run = session(ctx)
    with run.writing() as base:
        table = segments.define(base, name, rule, run.today, replace=replace)
    run.show(table)
    run.say(_in_it(next(iter(table.rows))[3]))


@app.verb("drop", example="clientbase segment drop quiet-dear --yes")
def drop(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", autocompletion=segment_names, show_default=False)
    ],
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Drop a segment of your own. Nobody in it is touched."""
    from clientbase.facts import segments

    run = session(ctx)
    would = _("the segment {name} would be dropped")
    hint = _("--yes does it, --dry-run only shows it")
    dropping.make_sure(name, would, hint, yes=yes or dry_run)
    with run.writing(dry_run=dry_run) as base:
        table = segments.drop(base, name, run.today)
    run.show(table)


def _two_days(run: Session, since: str | None, until: str | None) -> Days:
    from clientbase import clock
    from clientbase.facts.moves import Days

    last = run.day(until)
    first = run.day(since) if since else clock.minus(last, clock.Span(0, 1))
    if first > last:
        raise Misuse(
            Sentence(_("{first} comes after {last}"), first=first, last=last),
            hint=_("--from is the first day, --to the last"),
        )
    return Days(first, last)


def _in_it(count: int) -> str:
    told = ngettext("{count} contact is in it now.", "{count} contacts are in it now.", count)
    return Sentence(told, count=grouped(count))
