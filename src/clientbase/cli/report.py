"""`clientbase report`: what the base knows, as of a day."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.session import session
from clientbase.words import N_

app = Noun()


@app.verb("rfm", example="clientbase report rfm --summary", kind=ReportCommand)
def rfm(
    ctx: typer.Context,
    as_of: AsOf = None,
    bins: Annotated[
        int, typer.Option(min=3, max=5, metavar="N", help=N_("scores from 1 to 3, 4 or 5"))
    ] = 5,
) -> None:
    """Score the clients by recency, frequency and money, and sort them into segments.

    Quantiles cut the scores unless rfm.recency, rfm.frequency or rfm.monetary are set.
    """
    from clientbase.analysis import rfm as report

    run = session(ctx)
    run.show(report.report(run.base, run.day(as_of), bins=bins))
