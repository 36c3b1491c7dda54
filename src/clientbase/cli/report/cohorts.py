"""`clientbase report cohorts`: who comes back in the months after coming."""

from __future__ import annotations

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, show

app = Noun()


@app.verb("cohorts", example="clientbase report cohorts", kind=ReportCommand)
def cohorts(ctx: typer.Context, as_of: AsOf = None, compare: Compare = None) -> None:
    """Show how many clients of each month come back in the months after it."""
    from clientbase.analysis import cohorts as report

    show(ctx, report.report, as_of, compare)
