"""`clientbase set`: the settings of the base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.session import session
from clientbase.errors import Misuse
from clientbase.words import N_, _

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.table import Table

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
    if default and (key is None or value is not None):
        raise Misuse(
            _("--default stands alone behind the name of a setting"),
            hint=_("such as: clientbase set sleeping.after --default"),
        )
    if key is None or (value is None and not default):
        run.show(settings.listing(run.base, key))
        return
    with run.writing() as base:
        table = _change(base, key, value, run.today)
    run.show(table)
    told = _("{key} is back to its default.") if default else _("{key} is set.")
    run.say(told.format(key=key))


def _change(base: Base, key: str, value: str | None, today: date) -> Table:
    """Set one setting, or take it back to its default; a pack brings along what is in it."""
    from clientbase.db import settings

    if value is None:
        return settings.reset(base, key)
    if key == "pack" and value:
        from clientbase.followup import packs

        return packs.apply(base, value, today)
    return settings.put(base, key, value)
