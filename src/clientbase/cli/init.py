"""`clientbase init`: a new base."""

from __future__ import annotations

import os
from functools import partial
from typing import Annotated

import typer

from clientbase.cli.command import Noun
from clientbase.cli.session import session
from clientbase.words import N_, _

app = Noun()

Pack = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help=N_("what your kind of business begins with: pets, salon, service or wholesale"),
    ),
]


@app.verb("init", example="clientbase --db shop.db init --currency RUB --country RU")
def init(
    ctx: typer.Context,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help=N_("of all amounts, such as RUB or EUR"))
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help=N_("of phones and dates, such as RU or DE"))
    ] = None,
    pack: Pack = None,
) -> None:
    """Make a new base. What is not said is taken from the locale of the machine."""
    from clientbase.db import founding, settings

    run = session(ctx)
    plan = founding.plan(currency, country, _locale())
    furnish = None
    if pack:
        from clientbase.followup import packs

        chosen = packs.known(pack)
        furnish = partial(packs.apply, name=chosen, today=run.today)
    run.adopt(founding.found(run.path, plan, run.act, furnish))
    run.say(*plan.assumptions, _("Made {file}.").format(file=run.path))
    run.show(settings.listing(run.base))


def _locale() -> str:
    names = ("LC_ALL", "LC_MONETARY", "LANG")
    return next((os.environ[name] for name in names if os.environ.get(name)), "")
