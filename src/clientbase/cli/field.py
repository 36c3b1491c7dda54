"""`clientbase field`: custom fields of contacts."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.options import DryRun, Yes
from clientbase.cli.session import session
from clientbase.cli.who import field_names
from clientbase.errors import Misuse
from clientbase.words import N_, _, ngettext

app = Noun()


@app.verb("add", example="clientbase field add fur --type choice --choice short --choice long")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    type: Annotated[
        str,
        typer.Option(metavar="TYPE", help=N_("text, number, money, date, yes/no or choice")),
    ] = "text",
    choice: Annotated[
        list[str] | None, typer.Option(metavar="A", help=N_("a value to choose; again for each"))
    ] = None,
    required: Annotated[
        bool, typer.Option("--required", help=N_("no contact is entered without it"))
    ] = False,
) -> None:
    """Make a custom field of contacts."""
    from clientbase.people import fields

    run = session(ctx)
    with run.writing() as base:
        table = fields.add(base, name, type, choices=choice or (), required=required)
    run.show(table)
    run.say(_("Fill it with: clientbase contact edit WHO --field {name}=VALUE").format(name=name))


@app.verb("list", kind=ListCommand, example="clientbase field list")
def list_(ctx: typer.Context) -> None:
    """List the custom fields, with how many contacts have a value."""
    from clientbase.people import fields

    run = session(ctx)
    run.show(fields.listing(run.base))


@app.verb("drop", example="clientbase field drop next_service --dry-run")
def drop(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", autocompletion=field_names, show_default=False)
    ],
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Drop a custom field with all its values."""
    from clientbase.people import fields

    run = session(ctx)
    _make_sure(name, yes=yes or dry_run)
    with run.writing(dry_run=dry_run) as base:
        table, values = fields.drop(base, name)
    run.show(table)
    run.say(_told(values, dry_run=dry_run))


def _make_sure(name: str, *, yes: bool) -> None:
    if not yes:
        raise Misuse(
            _("{name} would be dropped with all its values").format(name=name),
            hint=_("--yes does it, --dry-run says how many values would go"),
        )


def _told(values: int, *, dry_run: bool) -> str:
    if dry_run:
        told = ngettext("{count} value would go.", "{count} values would go.", values)
    else:
        told = ngettext("{count} value is gone.", "{count} values are gone.", values)
    return told.format(count=f"{values:,}")
