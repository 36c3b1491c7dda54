"""`clientbase report base`: contacts by kind of base."""

from __future__ import annotations

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, show

app = Noun()


@app.verb("base", example="clientbase report base", kind=ReportCommand)
def base(ctx: typer.Context, as_of: AsOf = None, compare: Compare = None) -> None:
    """Count the contacts by kind of base: now, a month ago and a year ago."""
    from clientbase.analysis import base as report

    show(ctx, report.report, as_of, compare)
