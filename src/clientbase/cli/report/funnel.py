"""`clientbase report funnel`: the leads on their way through the stages."""

from __future__ import annotations

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf, ByChannel, ByManager
from clientbase.cli.report.showing import Compare, From, To, period, show
from clientbase.cli.session import session

app = Noun()


@app.verb("funnel", example="clientbase report funnel --from 2026-01-01", kind=ReportCommand)
def funnel(
    ctx: typer.Context,
    first: From = None,
    last: To = None,
    channel: ByChannel = None,
    manager: ByManager = None,
    as_of: AsOf = None,
    compare: Compare = None,
) -> None:
    """Show how leads go through the funnel, where they stop, and why.

    It is about leads that came in the period, with all that became of them up to today. Further
    tables: outcomes, temperatures, distance, lost_reasons, idle.
    """
    from clientbase.analysis import funnel as report

    wish = report.Wish(period(session(ctx), first, last), channel, manager)
    show(ctx, lambda base, today: report.report(base, today, wish=wish), as_of, compare)
