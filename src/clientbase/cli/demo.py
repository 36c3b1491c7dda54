"""`clientbase demo`: a scratch base to try the program on."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli.command import Noun
from clientbase.cli.session import session
from clientbase.words import N_, _

app = Noun()


@app.verb("demo", example="clientbase demo")
def demo(
    ctx: typer.Context,
    yes: Annotated[
        bool, typer.Option("--yes", help=N_("anew, though things were done to the one of before"))
    ] = False,
) -> None:
    """Make the base of an invented shop, fresh around today, and say what to try on it.

    It stands beside your own base as demo.db, or where --db says.
    """
    from clientbase.demo import base as area

    run = session(ctx)
    path = run.path if run.db else run.path.with_name("demo.db")
    run.adopt(area.make(path, run.today, run.act, sure=yes))
    run.show(area.tour(path))
    run.say(
        _("Made {file}; it holds nobody real. To begin anew: clientbase demo --yes").format(
            file=path
        )
    )
