"""`clientbase export`: contacts, sales or a segment as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.options import For
from clientbase.cli.session import Session, session
from clientbase.cli.who import segment_names
from clientbase.words import N_

if TYPE_CHECKING:
    from clientbase.exchange.exporting import Export

app = Noun()


@app.verb("contacts", example="clientbase export contacts -o contacts.csv", kind=ListCommand)
def contacts(ctx: typer.Context) -> None:
    """Hand out all that is kept of each contact, as CSV if no format is said.

    Importing the file into a new base gives the same contacts: clientbase import contacts FILE
    """
    from clientbase.exchange import exporting

    run = session(ctx)
    with exporting.snapshot(run.base) as base:
        _hand_out(run, exporting.contacts(base))


@app.verb(
    "sales", example="clientbase export sales --from 2026-01-01 -o sales.csv", kind=ListCommand
)
def sales(
    ctx: typer.Context,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help=N_("from this day on"))
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help=N_("up to this day, included"))
    ] = None,
) -> None:
    """Hand out sales and refunds, a row a product, with who bought, as CSV if no format is said.

    Importing the file, after the contacts, into a new base gives the same sales.
    """
    from clientbase.exchange import exporting

    run = session(ctx)
    from_, to = (run.day(text) if text else None for text in (first, last))
    with exporting.snapshot(run.base) as base:
        _hand_out(run, exporting.sales(base, from_, to))


@app.verb(
    "segment", example="clientbase export segment regular-vip -o letter.csv", kind=ListCommand
)
def segment(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", autocompletion=segment_names)],
    for_: For = None,
) -> None:
    """Hand out who is in a segment, as the list of contacts shows them, as CSV if not said."""
    from clientbase.exchange import exporting

    run = session(ctx)
    with exporting.snapshot(run.base) as base:
        _hand_out(run, exporting.segment(base, name, run.today, way=for_))


def _hand_out(run: Session, export: Export) -> None:
    """Write a table, as CSV where neither a format nor the ending of a file says otherwise."""
    from clientbase.render import EXTENSIONS

    if Path(run.wish.output or "").suffix.lower() not in EXTENSIONS:
        run.wish.format = run.wish.format or "csv"
    run.show(export.table)
    run.say(*export.told())
