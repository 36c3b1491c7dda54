"""`clientbase stage`: the stages of the funnel."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli import dropping
from clientbase.cli import who as completion
from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.options import DryRun
from clientbase.cli.session import session
from clientbase.words import N_, ngettext

app = Noun()

Named = Annotated[
    str,
    typer.Argument(metavar="STAGE", autocompletion=completion.stages, show_default=False),
]
New = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]
After = Annotated[
    str | None,
    typer.Option(metavar="STAGE", help=N_("behind this stage"), autocompletion=completion.stages),
]
First = Annotated[bool, typer.Option("--first", help=N_("before all others"))]
Degree = Annotated[
    str | None,
    typer.Option(
        "--temperature", metavar="T", help=N_("of leads that come there: cold, warm, hot")
    ),
]


@app.verb("list", kind=ListCommand, example="clientbase stage list")
def list_(ctx: typer.Context) -> None:
    """List the stages in their order, with the open leads at each."""
    from clientbase.funnel import stages

    run = session(ctx)
    run.show(stages.listing(run.base))


@app.verb("add", example="clientbase stage add visit --after interested --temperature warm")
def add(
    ctx: typer.Context,
    name: New,
    after: After = None,
    first: First = False,
    temperature: Degree = None,
) -> None:
    """Make a stage: the last one, if not said where."""
    from clientbase.funnel import stages

    run = session(ctx)
    with run.writing() as base:
        table = stages.add(base, name, stages.Spot(after, first), temperature)
    run.show(table)


@app.verb("rename", example='clientbase stage rename offer "offer sent"')
def rename(ctx: typer.Context, old: Named, new: New) -> None:
    """Give a stage another name; its history is shown under it too."""
    from clientbase.funnel import stages

    run = session(ctx)
    with run.writing() as base:
        done = stages.rename(base, old, new)
    run.show(done.table)
    run.say(*dropping.missed(done.segments))


@app.verb("move", example="clientbase stage move offer --after contacted")
def move(ctx: typer.Context, name: Named, after: After = None, first: First = False) -> None:
    """Put a stage at another place in the funnel; leads stay where they are."""
    from clientbase.funnel import stages

    run = session(ctx)
    with run.writing() as base:
        stages.move(base, name, stages.Spot(after, first))
    run.show(stages.listing(run.base))


@app.verb("edit", example="clientbase stage edit offer --temperature hot --idle 3")
def edit(
    ctx: typer.Context,
    name: Named,
    temperature: Degree = None,
    idle: Annotated[
        int | None,
        typer.Option(
            metavar="DAYS",
            help=N_("without a move or a talk, after which a lead there is idle; 0: idle.after"),
        ),
    ] = None,
) -> None:
    """Change the temperature that a stage brings, or after how long a lead there is idle.

    Leads that are there keep their temperature. `report funnel` lists the idle ones.
    """
    from clientbase.funnel import stages

    run = session(ctx)
    with run.writing() as base:
        table = stages.edit(base, name, temperature, idle)
    run.show(table)


@app.verb("drop", example="clientbase stage drop interested --to offer")
def drop(
    ctx: typer.Context,
    name: Named,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="STAGE",
            help=N_("where its open leads go"),
            autocompletion=completion.stages,
        ),
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Take a stage out of the funnel; the moves through it stay in the history."""
    from clientbase.funnel import stages

    run = session(ctx)
    with run.writing(dry_run=dry_run) as base:
        done = stages.drop(base, name, to, run.today, run.act.who)
    run.show(done.table)
    would = ngettext(
        "{name} would be dropped; {count} open lead would go to {heir}.",
        "{name} would be dropped; {count} open leads would go to {heir}.",
        done.moved,
    )
    went = ngettext(
        "{name} is dropped; {count} open lead went to {heir}.",
        "{name} is dropped; {count} open leads went to {heir}.",
        done.moved,
    )
    run.say(*dropping.dropped(done, would=would, went=went, dry_run=dry_run))
