"""`clientbase report portrait`: who is in a segment."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, show
from clientbase.cli.who import segment_names

app = Noun()


@app.verb("portrait", example="clientbase report portrait regular-vip", kind=ReportCommand)
def portrait(
    ctx: typer.Context,
    segment: Annotated[
        str, typer.Argument(metavar="SEGMENT", autocompletion=segment_names, show_default=False)
    ],
    as_of: AsOf = None,
    compare: Compare = None,
) -> None:
    """Show who is in a segment, against the whole base, what stands out first.

    By sex, age, city, occupation, channel, tags, things, fields, products, weekday and hours.
    """
    from clientbase.analysis import portrait as report

    show(ctx, lambda base, today: report.report(base, segment, today), as_of, compare)
