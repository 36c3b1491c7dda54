"""`clientbase report xyz`: who buys, or what is sold, how steadily."""

from __future__ import annotations

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, From, To, period, show
from clientbase.cli.report.sorting import CLIENTS, By
from clientbase.cli.session import session

app = Noun()


@app.verb("xyz", example="clientbase report xyz --summary", kind=ReportCommand)
def xyz(
    ctx: typer.Context,
    by: By = CLIENTS,
    first: From = None,
    last: To = None,
    as_of: AsOf = None,
    compare: Compare = None,
) -> None:
    """Sort the clients by how steadily they buy, or the products by how they sell.

    X vary by up to 30%, Y by up to 50%, Z by more, unless xyz.x or xyz.y are set: the gaps
    between a client's days of purchase, or the pieces of a product that are sold in a month.
    """
    from clientbase.analysis import xyz as report

    days = period(session(ctx), first, last)
    show(ctx, lambda base, today: report.report(base, today, by=by, period=days), as_of, compare)
