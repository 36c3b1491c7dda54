"""`clientbase contact`: people and organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from clientbase.cli import who as completion
from clientbase.cli.attributes import ContactCommand, ContactsCommand, pairs, said
from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.options import (
    Anyway,
    ByChannel,
    ByManager,
    DryRun,
    For,
    On,
    Texts,
    Unchecked,
)
from clientbase.cli.session import session
from clientbase.cli.who import Who, Whoever
from clientbase.errors import Misuse
from clientbase.words import N_, Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from clientbase.cli.session import Session

app = Noun()

Ways = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WAY]...",
        help=N_("phone, sms, email, message, telegram, post, visit, ...; every way if not said"),
        autocompletion=completion.ways,
        show_default=False,
    ),
]


class TagCommand(ListCommand):
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
    from clientbase.cli import telling
    from clientbase.people import contacts

    run = session(ctx)
    with run.writing() as base:
        new = said(ctx, name)
        contact = contacts.add(base, new, run.today, unchecked=unchecked, anyway=anyway)
    _show(run, contact)
    run.say(_("Contact {contact} is in the base.").format(contact=contact))
    run.say(*telling.namesakes(contacts.namesakes(run.base, contact)))


@app.verb("find", kind=ListCommand, example="clientbase contact find ivan")
def find(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", show_default=False)],
) -> None:
    """Find contacts by part of a name, organisation, phone or e-mail, by a thing, or by a tag.

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
    organisation: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help=N_("who work there"), autocompletion=completion.organisations
        ),
    ] = None,
    missing: Annotated[
        Texts,
        typer.Option(
            metavar="WHAT",
            help=N_("without phone, email, birthday, city, a field of yours, ...; again for each"),
            autocompletion=completion.missing,
        ),
    ] = None,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help=N_("with a phone or e-mail kept though it is wrong"))
    ] = False,
    for_: For = None,
) -> None:
    """List contacts: all of them, or those that a rule and what they have or lack choose."""
    from clientbase.facts import listing
    from clientbase.people.choosing import Wanted, chosen

    run = session(ctx)
    lacking = tuple(missing or ())
    wanted = Wanted(tuple(tag or ()), manager, channel, organisation, lacking, unchecked)
    ids = chosen(run.base, wanted)
    run.show(listing.contacts(run.base, run.today, ids=ids, where=where, way=for_))


@app.verb("show", example="clientbase contact show 12")
def show(ctx: typer.Context, who: Who) -> None:
    """Show all about one contact, with the whole history in order of time."""
    from clientbase.facts.card import card
    from clientbase.people.resolving import resolve

    run = session(ctx)
    run.show(card(run.base, resolve(run.base, who), run.today))


@app.verb(
    "edit",
    kind=ContactsCommand,
    example="clientbase contact edit 12 --city Kazan --note ''",
)
def edit(
    ctx: typer.Context,
    who: Whoever,
    name: Annotated[str | None, typer.Option(metavar="NAME", help=N_("another name"))] = None,
    drop_phone: Annotated[Texts, typer.Option(metavar="P", help=N_("take a phone away"))] = None,
    drop_email: Annotated[Texts, typer.Option(metavar="E", help=N_("take an e-mail away"))] = None,
    drop_messenger: Annotated[
        Texts, typer.Option(metavar="KIND=NAME", help=N_("take a messenger away"))
    ] = None,
    unchecked: Unchecked = False,
    anyway: Anyway = False,
    dry_run: DryRun = False,
) -> None:
    """Change what is known about a contact; phones, e-mails and tags are added.

    Empty text clears: --city ''. The people of an organisation go with its new name.
    """
    from clientbase.cli.several import changing
    from clientbase.people import contacts

    run = session(ctx)
    drops = _drops(drop_phone, drop_email, drop_messenger)
    changes = contacts.Changes(said(ctx, name), drops)
    renamed = 0

    def act(contact: int) -> None:
        nonlocal renamed
        renamed += contacts.edit(
            change.base, contact, changes, run.today, unchecked=unchecked, anyway=anyway
        )

    with changing(run, who, dry_run=dry_run) as change:
        change.named.each(act)
    run.say(*change.told(_("Contact {contact} is changed.")))
    if renamed:
        told = ngettext("{count} person goes with it.", "{count} people go with it.", renamed)
        run.say(Sentence(told, count=grouped(renamed)))


@app.verb("tag", kind=TagCommand, example="clientbase contact tag 12 +club -old")
def tag(
    ctx: typer.Context,
    who: Whoever,
    tags: Annotated[
        list[str],
        typer.Argument(
            metavar="+TAG|-TAG...",
            help=N_("+TAG puts a tag on, -TAG takes it off"),
            autocompletion=completion.signed_tags,
            show_default=False,
        ),
    ],
    dry_run: DryRun = False,
) -> None:
    """Put tags on contacts and take them off.

    Of several, each is without what is taken off, whether it had it or not.
    """
    from clientbase.cli.several import changing
    from clientbase.people import tags as area

    run = session(ctx)
    with changing(run, who, dry_run=dry_run) as change:
        change.named.each(
            lambda contact: area.change(change.base, contact, tags, one_of_many=change.many)
        )
    run.say(*change.told(""))


@app.verb("tags", kind=ListCommand, example="clientbase contact tags")
def tags(ctx: typer.Context) -> None:
    """List the tags in use, with how many contacts have each."""
    from clientbase.people import tags as area

    run = session(ctx)
    run.show(area.listing(run.base))


@app.verb(
    "log",
    kind=ListCommand,
    example='clientbase contact log 12 "asked for the price list" --kind call --in',
)
def log(
    ctx: typer.Context,
    who: Whoever,
    text: Annotated[str, typer.Argument(metavar="TEXT", show_default=False)],
    kind: Annotated[
        str, typer.Option(metavar="KIND", help=N_("call, message, email, visit or note"))
    ] = "note",
    incoming: Annotated[
        bool | None, typer.Option("--in/--out", help=N_("from them, or to them"))
    ] = None,
    on: On = None,
    lead: Annotated[int | None, typer.Option(metavar="LEAD", help=N_("about this lead"))] = None,
    dry_run: DryRun = False,
) -> None:
    """Write down a call, a message, an e-mail, a visit or a note."""
    from clientbase.cli.several import changing
    from clientbase.people import activities

    run = session(ctx)
    direction = None if incoming is None else "in" if incoming else "out"
    new = activities.NewActivity(text, run.day(on), kind, direction, lead)
    written: list[int] = []
    with changing(run, who, dry_run=dry_run) as change:
        change.named.each(
            lambda contact: written.append(
                activities.log(change.base, contact, new, run.today, run.act.who)
            )
        )
        change.table = activities.listing(change.base, written)
    run.say(*change.told(_("Written down for contact {contact}.")))


@app.verb("left", kind=ListCommand, example='clientbase contact left 12 --reason "moved to Kazan"')
def left(
    ctx: typer.Context,
    who: Whoever,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help=N_("why"))] = None,
    on: On = None,
    back: Annotated[
        bool, typer.Option("--back", help=N_("they have not left after all, or are back"))
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Write down that somebody has left: they are in no list for contacting any more.

    A sale or an enquiry on a later day brings them back by itself.
    """
    from clientbase.cli.several import changing
    from clientbase.people import leaving

    run = session(ctx)
    _check_left(reason, on, back=back)
    silenced: list[int] = []
    with changing(run, who, dry_run=dry_run) as change:
        if reason is None:
            leaving.come_back(change.base, change.contacts)
        else:
            silenced = leaving.leave(change.base, change.contacts, reason, run.day(on), run.today)
    one = _("Contact {contact} is back.") if back else _("Contact {contact} has left.")
    run.say(*change.told(one))
    run.say(*_silenced(silenced))


@app.verb("stop", kind=ListCommand, example="clientbase contact stop 12 phone sms")
def stop(
    ctx: typer.Context,
    who: Whoever,
    ways: Ways = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help=N_("what they said"))] = None,
    dry_run: DryRun = False,
) -> None:
    """Reach somebody no more: by some ways, or wholly.

    They are left out of every list for contacting, but for what they asked for themselves.
    """
    from clientbase.cli.several import changing
    from clientbase.people import stops

    run = session(ctx)
    with changing(run, who, dry_run=dry_run) as change:
        silenced = stops.stop(change.base, change.contacts, ways or (), run.today, note=note)
    run.say(*change.told(_stopped(ways)))
    run.say(*_silenced(silenced))


@app.verb("allow", kind=ListCommand, example="clientbase contact allow 12 phone")
def allow(
    ctx: typer.Context,
    who: Whoever,
    ways: Ways = None,
    dry_run: DryRun = False,
) -> None:
    """Reach somebody again: by some ways, or by every one.

    Of those who stopped everything the other ways stay stopped.
    """
    from clientbase.cli.several import changing
    from clientbase.people import stops

    run = session(ctx)
    with changing(run, who, dry_run=dry_run) as change:
        changed = stops.allow(change.base, change.contacts, ways or ())
    run.say(*change.told(_allowed(ways) if changed else _("Contact {contact} had not stopped it.")))


def _check_left(reason: str | None, on: str | None, *, back: bool) -> None:
    if back and (reason is not None or on is not None):
        raise Misuse(
            _("--back goes without a reason and a day"), hint=_("leave --reason and --on out")
        )
    if reason is None and not back:
        raise Misuse(
            _("it is not said why they left"),
            hint=_('add: --reason "moved away", or --back where they are here again'),
        )


def _stopped(ways: list[str] | None) -> str:
    if not ways:
        return _("Contact {contact} is not to be reached any more.")
    listed = ", ".join(ways)
    return _("Contact {{contact}} is not to be reached by {ways} any more.").format(ways=listed)


def _allowed(ways: list[str] | None) -> str:
    if not ways:
        return _("Contact {contact} may be reached again.")
    return _("Contact {{contact}} may be reached by {ways} again.").format(ways=", ".join(ways))


def _silenced(reminders: list[int]) -> list[str]:
    """Say which open reminders are not listed any more."""
    if not reminders:
        return []
    from clientbase.cli import telling

    numbers = telling.listed(reminders)
    told = ngettext(
        "It silences an open reminder: {numbers}.",
        "It silences {count} open reminders: {numbers}.",
        len(reminders),
    )
    return [Sentence(told, count=grouped(len(reminders)), numbers=numbers)]


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
