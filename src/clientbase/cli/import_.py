"""`clientbase import`: a file of sales or of contacts."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.cli import stdin
from clientbase.cli.command import Noun
from clientbase.cli.options import DryRun, Unchecked
from clientbase.cli.session import Session, session
from clientbase.errors import Refused
from clientbase.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.exchange.plan import Plan, Wish
    from clientbase.table import Table

app = Noun()

File = Annotated[
    str, typer.Argument(metavar="FILE", help=N_("a CSV file, or - for standard input"))
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=HEADER",
        help=N_("this column fills this field (- for none); again for each"),
    ),
]
Custom = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="NAME=HEADER",
        help=N_("this column fills this custom field; again for each"),
    ),
]
Dates = Annotated[
    str | None,
    typer.Option(
        metavar="dmy|mdy", help=N_("what comes first in 03/04/2026: the day or the month")
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", help=N_("of the file, where it is not found out: windows-1251")),
]
SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help=N_("leave bad rows out and import the rest"))
]


@app.verb("sales", example="clientbase import sales sales.csv --dry-run")
def sales(
    ctx: typer.Context,
    file: File,
    maps: Map = None,
    dates: Dates = None,
    encoding: Encoding = None,
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
) -> None:
    """Import sales and refunds, with who bought, from a CSV file in any dress.

    Rows with one reference are one sale. What is in the base already is not imported again.
    """
    from clientbase.exchange.plan import Wish, wishes

    wish = Wish(wishes(maps or (), ()), dates, encoding, skip_bad, dry_run=dry_run)
    _import(session(ctx), "sales", file, wish)


@app.verb("contacts", example="clientbase import contacts contacts.csv --dry-run")
def contacts(
    ctx: typer.Context,
    file: File,
    maps: Map = None,
    custom: Custom = None,
    dates: Dates = None,
    encoding: Encoding = None,
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
    unchecked: Unchecked = False,
) -> None:
    """Import contacts from a CSV file in any dress.

    Who is in the base already is filled where it was empty, and never entered twice.
    """
    from clientbase.exchange.plan import Wish, wishes

    columns = wishes(maps or (), custom or ())
    _import(
        session(ctx), "contacts", file, Wish(columns, dates, encoding, skip_bad, unchecked, dry_run)
    )


def _import(run: Session, kind: str, file: str, wish: Wish) -> None:
    from clientbase.exchange import importing, plan, source

    with source.opened(file, stdin.meant(file)) as opened:
        found = plan.look(run.base, kind, opened, wish, run.today)
        run.say(*found.says)
        table = _written(run, found)
        rows = list(table.rows)
        table.rows = rows
        run.show(table)
        run.say(*importing.told(table, found))


def _written(run: Session, found: Plan) -> Table:
    """Import, and show the bad rows where they keep the rest from being imported."""
    from clientbase.exchange import bulk, importing

    dry = found.wish.dry_run
    try:
        with (
            _progress(run, found),
            bulk.prepared(run.base, found),
            run.writing(dry_run=dry) as base,
        ):
            return importing.run(base, found, run.act.who)
    except Refused as error:
        if error.table is not None:
            run.show(error.table)
            error.table = None
        raise


@contextlib.contextmanager
def _progress(run: Session, found: Plan) -> Iterator[None]:
    """Draw how far it is, on a terminal."""
    if run.wish.quiet or sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    from clientbase.render.progress import bar

    with bar(found.reader.source.size) as found.reader.progress:
        yield
