"""`clientbase contact`: people and organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from clientbase.cli import who as completion
from clientbase.cli.attributes import ContactCommand, pairs, said
from clientbase.cli.command import Command, ListCommand, Noun
from clientbase.cli.options import Anyway, ByChannel, ByManager, On, Texts, Unchecked
from clientbase.cli.session import session
from clientbase.cli.who import Who
from clientbase.words import N_, _

if TYPE_CHECKING:
    from clientbase.cli.session import Session

app = Noun()


class TagCommand(Command):
    """A command whose words may begin with a minus."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Let `-old` be a word: no option of one dash is longer than one letter."""
        words = ["\N{MINUS SIGN}" + arg[1:] if _is_minus_word(arg) else arg for arg in args]
        return super().parse_args(ctx, words)


@app.verb(
    "add",
    kind=ContactCommand,
    example='clientbase contact add "Ivan Petrov" --phone "+7 926 123-45-67" --city Perm',
)
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    unchecked: Unchecked = False,
    anyway: Anyway = False,
) -> None:
    """Enter a person or an organisation. Whose phone or e-mail it is already is told."""
    from clientbase.people import contacts

    run = session(ctx)
    with run.writing() as base:
        new = said(ctx, name)
        contact = contacts.add(base, new, run.today, unchecked=unchecked, anyway=anyway)
    _show(run, contact)
    run.say(_("Contact {contact} is in the base.").format(contact=contact))
    run.say(*completion.namesakes(contacts.namesakes(run.base, contact)))


@app.verb("find", kind=ListCommand, example="clientbase contact find ivan")
def find(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", show_default=False)],
) -> None:
    """Find contacts by part of a name, organisation, phone or e-mail, or by a tag.

    Letter case does not matter. The best hits come first.
    """
    from clientbase.facts.found import found

    run = session(ctx)
    table = found(run.base, text, run.today)
    run.show(table)
    if table.count and not table.count():
        run.say(_("Nobody is found; enter them with: clientbase contact add NAME"))


@app.verb("list", kind=ListCommand, example='clientbase contact list --where "orders >= 2"')
def list_(
    ctx: typer.Context,
    where: Annotated[
        str | None,
        typer.Option(metavar="RULE", help=N_("a rule over the facts: see segment facts")),
    ] = None,
    tag: Annotated[
        Texts,
        typer.Option(metavar="TAG", help=N_("again for each"), autocompletion=completion.tags),
    ] = None,
    manager: ByManager = None,
    channel: ByChannel = None,
) -> None:
    """List contacts: all of them, or those that a rule, a tag, a manager or a channel chooses."""
    from clientbase.facts import listing
    from clientbase.people.choosing import Wanted, chosen

    run = session(ctx)
    ids = chosen(run.base, Wanted(tuple(tag or ()), manager, channel))
    run.show(listing.contacts(run.base, run.today, ids=ids, where=where))


@app.verb("show", example="clientbase contact show 12")
def show(ctx: typer.Context, who: Who) -> None:
    """Show all about one contact, with the whole history in order of time."""
    from clientbase.facts.card import card
    from clientbase.people.resolving import resolve

    run = session(ctx)
    run.show(card(run.base, resolve(run.base, who), run.today))


@app.verb(
    "edit",
    kind=ContactCommand,
    example="clientbase contact edit 12 --city Kazan --note ''",
)
def edit(
    ctx: typer.Context,
    who: Who,
    name: Annotated[str | None, typer.Option(metavar="NAME", help=N_("another name"))] = None,
    drop_phone: Annotated[Texts, typer.Option(metavar="P", help=N_("take a phone away"))] = None,
    drop_email: Annotated[Texts, typer.Option(metavar="E", help=N_("take an e-mail away"))] = None,
    drop_messenger: Annotated[
        Texts, typer.Option(metavar="KIND=NAME", help=N_("take a messenger away"))
    ] = None,
    unchecked: Unchecked = False,
    anyway: Anyway = False,
) -> None:
    """Change what is known about a contact; phones, e-mails and tags are added.

    Empty text clears: --city ''
    """
    from clientbase.people import contacts

    run = session(ctx)
    drops = _drops(drop_phone, drop_email, drop_messenger)
    changes = contacts.Changes(said(ctx, name), drops)
    with run.writing() as base:
        contact = contacts.resolve(base, who)
        contacts.edit(base, contact, changes, run.today, unchecked=unchecked, anyway=anyway)
    _show(run, contact)
    run.say(_("Contact {contact} is changed.").format(contact=contact))


@app.verb("tag", kind=TagCommand, example="clientbase contact tag 12 +club -old")
def tag(
    ctx: typer.Context,
    who: Who,
    tags: Annotated[
        list[str],
        typer.Argument(
            metavar="+TAG|-TAG...",
            help=N_("+TAG puts a tag on, -TAG takes it off"),
            autocompletion=completion.signed_tags,
            show_default=False,
        ),
    ],
) -> None:
    """Put tags on a contact and take them off."""
    from clientbase.people import tags as area
    from clientbase.people.resolving import resolve

    run = session(ctx)
    with run.writing() as base:
        contact = resolve(base, who)
        area.change(base, contact, tags)
    _show(run, contact)


@app.verb("tags", kind=ListCommand, example="clientbase contact tags")
def tags(ctx: typer.Context) -> None:
    """List the tags in use, with how many contacts have each."""
    from clientbase.people import tags as area

    run = session(ctx)
    run.show(area.listing(run.base))


@app.verb("log", example='clientbase contact log 12 "asked for the price list" --kind call --in')
def log(
    ctx: typer.Context,
    who: Who,
    text: Annotated[str, typer.Argument(metavar="TEXT", show_default=False)],
    kind: Annotated[
        str, typer.Option(metavar="KIND", help=N_("call, message, email, visit or note"))
    ] = "note",
    incoming: Annotated[
        bool | None, typer.Option("--in/--out", help=N_("from them, or to them"))
    ] = None,
    on: On = None,
    lead: Annotated[int | None, typer.Option(metavar="LEAD", help=N_("about this lead"))] = None,
) -> None:
    """Write down a call, a message, an e-mail, a visit or a note."""
    from clientbase.people import activities, resolving

    run = session(ctx)
    direction = None if incoming is None else "in" if incoming else "out"
    new = activities.NewActivity(text, run.day(on), kind, direction, lead)
    with run.writing() as base:
        contact = resolving.resolve(base, who)
        table = activities.log(base, contact, new, run.today, run.act.who)
    run.show(table)
    run.say(_("Written down for contact {contact}.").format(contact=contact))


def _show(run: Session, contact: int) -> None:
    from clientbase.facts import listing

    run.show(listing.contacts(run.base, run.today, ids=[contact]))


def _drops(phones: Texts, emails: Texts, messengers: Texts) -> tuple[tuple[str, str], ...]:
    return (
        *(("phone", text) for text in phones or ()),
        *(("email", text) for text in emails or ()),
        *pairs("--drop-messenger", messengers or ()),
    )


def _is_minus_word(arg: str) -> bool:
    return len(arg) > len("-q") and arg[0] == "-" and arg[1] != "-"
