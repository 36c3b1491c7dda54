"""`clientbase report page`: the owner's month on one page."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, show
from clientbase.cli.session import session
from clientbase.words import N_

app = Noun()


@app.verb("page", example="clientbase report page -o base.html", kind=ReportCommand)
def page(
    ctx: typer.Context,
    as_of: AsOf = None,
    compare: Compare = None,
    months: Annotated[
        int, typer.Option(min=1, max=60, metavar="N", help=N_("so many months of sales"))
    ] = 12,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("what stands above the page"))
    ] = None,
    forecast: Annotated[
        bool, typer.Option("--forecast", help=N_("with what clients will bring; takes scipy"))
    ] = False,
) -> None:
    """Put the month and every report on one page: -o base.html.

    The file needs nothing else: it opens without a network, on a phone too, and prints well.
    """
    from clientbase.analysis import page as area

    run = session(ctx)
    then = None if compare is None else run.day(compare)
    show(
        ctx,
        lambda base, day: area.report(
            base, day, months=months, title=title, then=then, ahead=forecast
        ),
        as_of,
    )
