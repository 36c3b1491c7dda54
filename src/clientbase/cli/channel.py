"""`clientbase channel`: where contacts, leads and sales come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.cli import dropping
from clientbase.cli import who as completion
from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.options import DryRun
from clientbase.cli.session import session
from clientbase.errors import Misuse
from clientbase.normal import shown
from clientbase.words import N_, Sentence, _, ngettext

if TYPE_CHECKING:
    from clientbase.db.connection import Base
    from clientbase.people.spending import Spent

app = Noun()

Named = Annotated[
    str,
    typer.Argument(metavar="CHANNEL", autocompletion=completion.channels, show_default=False),
]
New = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]


@app.verb("list", kind=ListCommand, example="clientbase channel list")
def list_(ctx: typer.Context) -> None:
    """List the channels, with how many contacts, leads and sales came by each."""
    from clientbase.people import channels

    run = session(ctx)
    run.show(channels.listing(run.base))


@app.verb("add", example="clientbase channel add exhibition")
def add(ctx: typer.Context, name: New) -> None:
    """Make a channel; naming a new one in a lead or a sale makes it too."""
    from clientbase.people import channels

    run = session(ctx)
    with run.writing() as base:
        table = channels.add(base, name)
    run.show(table)


@app.verb("rename", example="clientbase channel rename site web-site")
def rename(ctx: typer.Context, old: Named, new: New) -> None:
    """Give a channel another name; what came by it stays with it."""
    from clientbase.people import channels

    run = session(ctx)
    with run.writing() as base:
        done = channels.rename(base, old, new)
    run.show(done.table)
    run.say(*dropping.missed(done.segments))


@app.verb("drop", example="clientbase channel drop site --to referral")
def drop(
    ctx: typer.Context,
    name: Named,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="CHANNEL",
            help=N_("which channel what came by it is to have"),
            autocompletion=completion.channels,
        ),
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Drop a channel; what came by it goes over to another one."""
    from clientbase.people import channels

    run = session(ctx)
    with run.writing(dry_run=dry_run) as base:
        done = channels.drop(base, name, to)
    run.show(done.table)
    would = ngettext(
        "{name} would be dropped; {count} contact, lead or sale would go to {heir}.",
        "{name} would be dropped; {count} contacts, leads and sales would go to {heir}.",
        done.moved,
    )
    went = ngettext(
        "{name} is dropped; {count} contact, lead or sale went to {heir}.",
        "{name} is dropped; {count} contacts, leads and sales went to {heir}.",
        done.moved,
    )
    run.say(*dropping.dropped(done, would=would, went=went, dry_run=dry_run))


@app.verb("spend", kind=ListCommand, example="clientbase channel spend site 15000 --month 2026-10")
def spend(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[CHANNEL]", autocompletion=completion.channels, show_default=False),
    ] = None,
    amount: Annotated[str | None, typer.Argument(metavar="[AMOUNT]", show_default=False)] = None,
    month: Annotated[
        str | None,
        typer.Option(metavar="MONTH", help=N_("2026-10; this month if not said")),
    ] = None,
) -> None:
    """Write down what a channel cost in a month; without an amount show what was spent.

    An amount takes the place of the one that stood there. `report channels` makes of it what a
    lead and a client cost.
    """
    from clientbase.people import spending

    run = session(ctx)
    if name is None or amount is None:
        _refuse_month_alone(month)
        run.show(spending.listing(run.base, name))
        return
    with run.writing() as base:
        done = spending.put(base, name, amount, month, run.today)
    run.show(done.table)
    run.say(*_spent(run.base, done))


def _refuse_month_alone(month: str | None) -> None:
    if month is not None:
        raise Misuse(
            _("it is not said what the channel cost in {month}").format(month=shown(month)),
            hint=_("give an amount: clientbase channel spend CHANNEL AMOUNT --month 2026-10"),
        )


def _spent(base: Base, done: Spent) -> list[str]:
    """Say what a channel cost in a month, and what stood there before."""
    from clientbase.facts.left_out import amount

    now = amount(base, done.now)
    if done.before in {None, done.now}:
        told = _("{channel} cost {now} in {month}.")
        return [Sentence(told, channel=done.channel, now=now, month=done.month)]
    before = amount(base, done.before or 0)
    told = _("{channel} cost {now} in {month}; {before} stood there before.")
    return [Sentence(told, channel=done.channel, now=now, month=done.month, before=before)]
