"""`clientbase report channels`: what came by each channel, its cost, and what it brought."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, From, To, period, show
from clientbase.cli.session import session
from clientbase.words import N_

app = Noun()


@app.verb("channels", example="clientbase report channels --credit last", kind=ReportCommand)
def channels(
    ctx: typer.Context,
    first: From = None,
    last: To = None,
    credit: Annotated[
        str,
        typer.Option(
            metavar="WHICH", help=N_("whose channel has a client's money: first or last sale")
        ),
    ] = "first",
    as_of: AsOf = None,
    compare: Compare = None,
) -> None:
    """Compare the channels: leads, sales, money, and what a lead and a client cost.

    Spending is written down by: clientbase channel spend CHANNEL AMOUNT. Further tables:
    spending, referrers, promo.
    """
    from clientbase.analysis import channels as report

    days = period(session(ctx), first, last)
    show(
        ctx,
        lambda base, today: report.report(base, today, period=days, credit=credit),
        as_of,
        compare,
    )
