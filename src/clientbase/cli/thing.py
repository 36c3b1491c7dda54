"""`clientbase thing`: what belongs to contacts and is served, of kinds that the owner makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.cli import dropping
from clientbase.cli import who as completion
from clientbase.cli.attributes import pairs
from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.options import DryRun, Note, Texts, Yes
from clientbase.cli.session import session
from clientbase.cli.who import Who
from clientbase.words import N_, Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from clientbase.table import Table

app = Noun()
kinds = Noun()
app.sub("kinds", kinds, N_("Kinds of things: pets, children, units."))

Thing = Annotated[
    str,
    typer.Argument(
        metavar="THING",
        help=N_("its number, or its name where only one is called so"),
        autocompletion=completion.things,
        show_default=False,
    ),
]
Kind = Annotated[
    str, typer.Argument(metavar="KIND", autocompletion=completion.kinds, show_default=False)
]
Fields = Annotated[
    Texts,
    typer.Option(
        metavar="NAME=VALUE",
        help=N_("a field of its kind; again for each"),
        autocompletion=completion.thing_fields,
    ),
]


@app.verb("add", example="clientbase thing add 12 pet Rex --field born=2023-04-01")
def add(
    ctx: typer.Context,
    who: Who,
    kind: Kind,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    field: Fields = None,
    note: Note = None,
) -> None:
    """Enter what belongs to a contact: a pet, a child, a unit."""
    from clientbase.people import things
    from clientbase.people.resolving import resolve

    run = session(ctx)
    new = things.NewThing(kind, name, pairs("--field", field or ()), note)
    with run.writing() as base:
        number = things.add(base, resolve(base, who), new, run.today)
    run.show(things.written(run.base, [number]))
    run.say(_("Thing {number} is in the base.").format(number=number))
    run.say(*_namesakes(things.namesakes(run.base, number)))


@app.verb("list", kind=ListCommand, example="clientbase thing list --kind pet")
def list_(
    ctx: typer.Context,
    who: Annotated[
        str | None,
        typer.Option(metavar="WHO", help=N_("of this contact"), autocompletion=completion.names),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help=N_("of this kind"), autocompletion=completion.kinds),
    ] = None,
    missing: Annotated[
        str | None, typer.Option(metavar="FIELD", help=N_("without this field of the kind"))
    ] = None,
) -> None:
    """List things by name: all, or those of a contact, of a kind, or without a field of it."""
    from clientbase.people import things
    from clientbase.people.resolving import resolve

    run = session(ctx)
    contact = None if who is None else resolve(run.base, who)
    run.show(things.listing(run.base, contact, kind, missing))


@app.verb("edit", example="clientbase thing edit Rex --field weight=31 --note 'afraid of needles'")
def edit(
    ctx: typer.Context,
    thing: Thing,
    name: Annotated[str | None, typer.Option(metavar="NAME", help=N_("another name"))] = None,
    field: Fields = None,
    note: Note = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="WHO", help=N_("whose it is from now on"), autocompletion=completion.names
        ),
    ] = None,
) -> None:
    """Change what is known about a thing, or give it to another contact.

    Empty text clears: --note ''
    """
    from clientbase.people import things
    from clientbase.people.resolving import resolve

    run = session(ctx)
    typed = pairs("--field", field or ())
    with run.writing() as base:
        number = things.resolve(base, thing)
        owner = None if to is None else resolve(base, to)
        things.edit(base, number, things.Changes(name, typed, note, owner), run.today)
    run.show(things.written(run.base, [number]))
    if owner is None:
        run.say(_("Thing {number} is changed.").format(number=number))
    else:
        told = _("Thing {number} belongs to contact {contact} now.")
        run.say(told.format(number=number, contact=owner))


@app.verb("drop", example="clientbase thing drop Rex --yes")
def drop(ctx: typer.Context, thing: Thing, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Drop a thing: it is shown no more, and nothing is to be done for it.

    Reminders that were typed or put off are skipped; those that rules made go.
    """
    from clientbase.people import things

    run = session(ctx)
    _make_sure(thing, yes=yes or dry_run)
    with run.writing(dry_run=dry_run) as base:
        number = things.resolve(base, thing)
        dropped = things.drop(base, number, run.today)
    run.show(dropped.table)
    if not dry_run:
        run.say(_("Thing {number} is dropped.").format(number=number))
    run.say(*_skipped(dropped.skipped, dry_run=dry_run))
    if dropped.gone:
        run.say(dropping.taken_along(dropped.gone, dry_run=dry_run))


@kinds.verb("list", kind=ListCommand, example="clientbase thing kinds list")
def kinds_list(ctx: typer.Context) -> None:
    """List the kinds of things, with their fields and how many things are of each."""
    from clientbase.people import kinds as area

    run = session(ctx)
    run.show(area.listing(run.base))


@kinds.verb("add", example="clientbase thing kinds add aquarium")
def kinds_add(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", show_default=False)],
) -> None:
    """Make a kind of things."""
    from clientbase.people import kinds as area

    run = session(ctx)
    with run.writing() as base:
        table = area.add(base, kind)
    run.show(table)
    run.say(
        _("Give it fields with: clientbase field add NAME --of {kind}").format(kind=_kind(table))
    )


@kinds.verb("drop", example="clientbase thing kinds drop child --yes")
def kinds_drop(ctx: typer.Context, kind: Kind, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Drop a kind that nothing is of, with its fields."""
    from clientbase.people import kinds as area

    run = session(ctx)
    _make_sure(kind, yes=yes or dry_run)
    with run.writing(dry_run=dry_run) as base:
        table, gone = area.drop(base, kind)
    run.show(table)
    if not dry_run:
        run.say(_("The kind {name} is dropped.").format(name=_kind(table)))
    run.say(*_fields(gone, dry_run=dry_run))


def _kind(table: Table) -> str:
    """Return the name of the kind in a table of one, as it is kept."""
    return str(next(iter(table.rows))[1])


def _make_sure(name: str, *, yes: bool) -> None:
    hint = _("--yes does it, --dry-run only says what would go")
    dropping.make_sure(name, _("{name} would be dropped"), hint, yes=yes)


def _namesakes(others: list[int]) -> list[str]:
    if not others:
        return []
    numbers = ", ".join(map(str, others))
    return [_("The contact has more that is called so: {numbers}.").format(numbers=numbers)]


def _skipped(reminders: list[int], *, dry_run: bool) -> list[str]:
    if not reminders:
        return []
    if dry_run:
        told = ngettext(
            "It would skip reminder {numbers}.",
            "It would skip reminders {numbers}.",
            len(reminders),
        )
    else:
        told = ngettext(
            "Skipped with it: reminder {numbers}.",
            "Skipped with it: reminders {numbers}.",
            len(reminders),
        )
    return [told.format(numbers=", ".join(map(str, reminders)))]


def _fields(gone: int, *, dry_run: bool) -> list[str]:
    if not gone:
        return []
    if dry_run:
        told = ngettext(
            "It would take {count} field along.", "It would take {count} fields along.", gone
        )
    else:
        told = ngettext("It took {count} field along.", "It took {count} fields along.", gone)
    return [Sentence(told, count=grouped(gone))]
