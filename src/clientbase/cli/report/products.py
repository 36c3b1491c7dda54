"""`clientbase report products`: what is sold, to whom, and what together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.cli.command import Noun, ReportCommand
from clientbase.cli.options import AsOf
from clientbase.cli.report.showing import Compare, From, To, period, show
from clientbase.cli.session import session
from clientbase.cli.who import segment_names
from clientbase.words import N_

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.table import Table

app = Noun()


@app.verb("products", example="clientbase report products --from 2026-10-01", kind=ReportCommand)
def products(
    ctx: typer.Context,
    segment: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help=N_("sold to those in this segment alone"),
            autocompletion=segment_names,
            show_default=False,
        ),
    ] = "",
    first: From = None,
    last: To = None,
    as_of: AsOf = None,
    compare: Compare = None,
) -> None:
    """Show what is sold, to whom, how it changes, and what is bought together."""
    from clientbase.analysis import products as report

    days = period(session(ctx), first, last)

    def made(base: Base, today: date) -> Table:
        return report.report(base, today, segment=segment, period=days)

    show(ctx, made, as_of, compare)
