"""`clientbase set`: the settings of the base."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.session import session
from clientbase.words import N_, _

app = Noun()


@app.verb("set", example="clientbase set sleeping.after 180", kind=ListCommand)
def set_(
    ctx: typer.Context,
    key: Annotated[str | None, typer.Argument(metavar="[KEY]", show_default=False)] = None,
    value: Annotated[str | None, typer.Argument(metavar="[VALUE]", show_default=False)] = None,
    default: Annotated[bool, typer.Option("--default", help=N_("back to its default"))] = False,
) -> None:
    """Show the settings of the base, or change one."""
    from clientbase.db import settings

    run = session(ctx)
    if key is None or (value is None and not default):
        run.show(settings.listing(run.base, key))
        return
    with run.writing() as base:
        table = settings.put(base, key, value) if value else settings.reset(base, key)
    run.show(table)
    run.say(_("{key} is set.").format(key=key))
