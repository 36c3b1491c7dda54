"""`clientbase report quality`: the audit of the base."""

from __future__ import annotations

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, show

app = Noun()


@app.verb("quality", example="clientbase report quality", kind=ReportCommand)
def quality(ctx: typer.Context, as_of: AsOf = None, compare: Compare = None) -> None:
    """Audit the base: what is missing or wrong, and the command that lists it.

    With how full each field is, the working days without an entry, and a percent to watch.
    """
    from clientbase.analysis import quality as report

    show(ctx, report.report, as_of, compare)
