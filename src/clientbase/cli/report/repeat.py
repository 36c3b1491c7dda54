"""`clientbase report repeat`: who buys again."""

from __future__ import annotations

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, show

app = Noun()


@app.verb("repeat", example="clientbase report repeat", kind=ReportCommand)
def repeat(ctx: typer.Context, as_of: AsOf = None, compare: Compare = None) -> None:
    """Show how many clients buy again, and how soon."""
    from clientbase.analysis import repeat as report

    show(ctx, report.report, as_of, compare)
