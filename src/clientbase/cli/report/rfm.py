"""`clientbase report rfm`: the clients by recency, frequency and money."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, show
from clientbase.words import N_

app = Noun()


@app.verb("rfm", example="clientbase report rfm --summary", kind=ReportCommand)
def rfm(
    ctx: typer.Context,
    as_of: AsOf = None,
    compare: Compare = None,
    bins: Annotated[
        int, typer.Option(min=3, max=5, metavar="N", help=N_("scores from 1 to 3, 4 or 5"))
    ] = 5,
) -> None:
    """Score the clients by recency, frequency and money, and sort them into segments.

    Quantiles cut the scores unless rfm.recency, rfm.frequency or rfm.monetary are set.
    """
    from clientbase.analysis import rfm as report

    show(ctx, lambda base, today: report.report(base, today, bins=bins), as_of, compare)
