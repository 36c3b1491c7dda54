"""What all reports share: their options, and two days side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.analysis.period import Period
from clientbase.cli.session import session
from clientbase.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from clientbase.cli.session import Session
    from clientbase.db.connection import Base
    from clientbase.table import Table

Compare = Annotated[
    str | None,
    typer.Option("--compare", metavar="DAY", help=N_("beside how it was on this day")),
]

From = Annotated[str | None, typer.Option("--from", metavar="DAY", help=N_("from this day on"))]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help=N_("up to this day"))]


def show(
    ctx: typer.Context,
    report: Callable[[Base, date], Table],
    as_of: str | None,
    compare: str | None = None,
) -> None:
    """Show a report as of a day, beside the same as of another day where that is asked for."""
    run = session(ctx)
    today = run.day(as_of)
    then = None if compare is None else run.day(compare)
    with run.reading() as base:
        table = report(base, today)
        if then is not None:
            from clientbase.analysis.comparing import beside

            table = beside(table, report(base, then))
        run.show(table)


def period(run: Session, first: str | None, last: str | None) -> Period:
    """Read the days from which and to which a report goes; nothing typed is no bound."""
    return Period(*(run.day(text) if text else None for text in (first, last)))
