"""`clientbase today`: the owner's morning screen."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import ByManager
from clientbase.cli.session import session
from clientbase.words import N_

app = Noun()


@app.verb("today", kind=ReportCommand, example="clientbase today")
def today(
    ctx: typer.Context,
    manager: ByManager = None,
    most: Annotated[
        int | None,
        typer.Option(min=0, metavar="N", help=N_("rows of each table beside; 0 is all")),
    ] = None,
) -> None:
    """Show what is to be done today, the leads, the month's sales, and who fell asleep."""
    from clientbase.cli.remind import bring
    from clientbase.followup import today as area

    run = session(ctx)
    bring(run)
    run.show(area.screen(run.base, run.today, manager=manager, most=most))
