"""`clientbase report concentration`: on how few clients the business stands."""

from __future__ import annotations

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, From, To, period, show
from clientbase.cli.session import session

app = Noun()


@app.verb("concentration", example="clientbase report concentration", kind=ReportCommand)
def concentration(
    ctx: typer.Context,
    first: From = None,
    last: To = None,
    as_of: AsOf = None,
    compare: Compare = None,
) -> None:
    """Show how few clients bring how much of the revenue.

    The curve is that of Pareto; a warning stands first where very few make 80%.
    """
    from clientbase.analysis import concentration as report

    days = period(session(ctx), first, last)
    show(ctx, lambda base, today: report.report(base, today, period=days), as_of, compare)
