"""`clientbase field`: custom fields of contacts and of kinds of things."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli import dropping
from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.options import DryRun, Yes
from clientbase.cli.session import session
from clientbase.cli.who import field_names, kinds
from clientbase.words import N_, Sentence, _, grouped, ngettext

app = Noun()

Of = Annotated[
    str | None,
    typer.Option(
        metavar="KIND",
        help=N_("of this kind of things; of contacts if not said"),
        autocompletion=kinds,
    ),
]


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
        bool, typer.Option("--required", help=N_("nothing is entered without it"))
    ] = False,
    of: Of = None,
) -> None:
    """Make a custom field of contacts, or of a kind of things."""
    from clientbase.people import fields

    run = session(ctx)
    with run.writing() as base:
        table = fields.add(base, name, type, choices=choice or (), required=required, of=of)
    run.show(table)
    fill = _("Fill it with: clientbase contact edit WHO --field {name}=VALUE")
    if fields.of_kind(run.base, of):
        fill = _("Fill it with: clientbase thing edit THING --field {name}=VALUE")
    run.say(fill.format(name=next(iter(table.rows))[1]))


@app.verb("list", kind=ListCommand, example="clientbase field list")
def list_(
    ctx: typer.Context,
    of: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help=N_("those of this kind of things, or of contact"),
            autocompletion=kinds,
        ),
    ] = None,
) -> None:
    """List the custom fields, with how many contacts have a value."""
    from clientbase.people import fields

    run = session(ctx)
    run.show(fields.listing(run.base, of=of))


@app.verb("drop", example="clientbase field drop next_service --dry-run")
def drop(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", autocompletion=field_names, show_default=False)
    ],
    of: Of = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Drop a custom field with all its values."""
    from clientbase.people import fields

    run = session(ctx)
    would = _("{name} would be dropped with all its values")
    hint = _("--yes does it, --dry-run says how many values would go")
    dropping.make_sure(name, would, hint, yes=yes or dry_run)
    with run.writing(dry_run=dry_run) as base:
        table, values = fields.drop(base, name, of=of)
    run.show(table)
    run.say(_told(values, dry_run=dry_run))


def _told(values: int, *, dry_run: bool) -> str:
    if dry_run:
        told = ngettext("{count} value would go.", "{count} values would go.", values)
    else:
        told = ngettext("{count} value is gone.", "{count} values are gone.", values)
    return Sentence(told, count=grouped(values))
