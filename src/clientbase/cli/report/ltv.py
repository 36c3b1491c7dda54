"""`clientbase report ltv`: what a client is worth."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, show
from clientbase.cli.session import session
from clientbase.words import N_

app = Noun()


@app.verb("ltv", example="clientbase report ltv --summary", kind=ReportCommand)
def ltv(
    ctx: typer.Context,
    as_of: AsOf = None,
    compare: Compare = None,
    churn_after: Annotated[
        str | None,
        typer.Option(metavar="DAYS", help=N_("days without a purchase after which one is lost")),
    ] = None,
    forecast: Annotated[
        bool, typer.Option("--forecast", help=N_("foretell purchases and their worth"))
    ] = False,
    months: Annotated[
        int | None,
        typer.Option(min=1, max=120, metavar="N", help=N_("how far the forecast goes; 12")),
    ] = None,
    train_to: Annotated[
        str | None,
        typer.Option(metavar="DAY", help=N_("forecast from this day, and check by what came")),
    ] = None,
) -> None:
    """Show what each client is worth: revenue so far, ARPA / churn, and a forecast.

    The forecast (BG/NBD and gamma-gamma) needs scipy: pip install 'clientbase[forecast]'. It is
    for 12 months, or with --train-to for the days since. --months and --train-to ask for it too.
    """
    from clientbase.analysis import ltv as report
    from clientbase.analysis.forecast import Wish

    learnt = session(ctx).day(train_to) if train_to else None
    ahead = Wish(months, learnt) if forecast or months or learnt else None
    show(
        ctx,
        lambda base, today: report.report(base, today, churn_after=churn_after, ahead=ahead),
        as_of,
        compare,
    )
