"""`clientbase report abc`: who, or what, brings the money."""

from __future__ import annotations

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, From, To, period, show
from clientbase.cli.report.sorting import CLIENTS, By
from clientbase.cli.session import session

app = Noun()


@app.verb("abc", example="clientbase report abc --by products --summary", kind=ReportCommand)
def abc(
    ctx: typer.Context,
    by: By = CLIENTS,
    first: From = None,
    last: To = None,
    as_of: AsOf = None,
    compare: Compare = None,
) -> None:
    """Sort the clients or products by the share of the revenue that they bring.

    A are those who bring the first 80% of it, B those up to 95%, C the others, unless abc.a or
    abc.b are set.
    """
    from clientbase.analysis import abc as report

    days = period(session(ctx), first, last)
    show(ctx, lambda base, today: report.report(base, today, by=by, period=days), as_of, compare)
