"""`clientbase report sleeping`: who is late or asleep, and why others left."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf, For
from clientbase.cli.report.showing import Compare, show
from clientbase.cli.session import session
from clientbase.words import N_

app = Noun()


@app.verb("sleeping", example="clientbase report sleeping --from -3m", kind=ReportCommand)
def sleeping(
    ctx: typer.Context,
    as_of: AsOf = None,
    compare: Compare = None,
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", help=N_("who fell asleep or left from this day on")),
    ] = None,
    for_: For = None,
) -> None:
    """List who is late by the own rhythm or fell asleep, by when to call, and why others left."""
    from clientbase.analysis import sleeping as report

    wish = report.Wish(session(ctx).day(since) if since else None, for_)
    show(ctx, lambda base, today: report.report(base, today, wish), as_of, compare)
