"""`clientbase report managers`: what the managers make of their leads and clients."""

from __future__ import annotations

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, From, To, period, show
from clientbase.cli.session import session

app = Noun()


@app.verb("managers", example="clientbase report managers --from 2026-01-01", kind=ReportCommand)
def managers(
    ctx: typer.Context,
    first: From = None,
    last: To = None,
    as_of: AsOf = None,
    compare: Compare = None,
) -> None:
    """Compare the managers: leads, sales, money, and clients who came back."""
    from clientbase.analysis import managers as report

    days = period(session(ctx), first, last)
    show(ctx, lambda base, today: report.report(base, today, period=days), as_of, compare)
