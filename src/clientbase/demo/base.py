"""The scratch base of the invented shop, and what to try on it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from clientbase.db import founding
from clientbase.db.connection import connect
from clientbase.db.statements import statements
from clientbase.demo import shop
from clientbase.demo.making import Maker
from clientbase.errors import Conflict, Misuse
from clientbase.followup import packs
from clientbase.table import Table, columns
from clientbase.words import _, ngettext

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from clientbase.db.connection import Base
    from clientbase.db.journal import Act

SQL = statements(__file__)

PLAN = founding.Plan("USD", "US", ())
PACK = "pets"
COLUMNS = columns("step:number", "command", "about")


def make(path: Path, today: date, act: Act, *, sure: bool = False) -> Base:
    """Make the base of the invented shop at `path`, anew where one of before is there.

    Its last day is `today`. Raises Conflict where something else is there, and Misuse
    where something was done since to the one of before and nobody is `sure`.
    """
    if path.exists():
        _check_scratch(path, sure=sure)
        founding.remove(path)
    return founding.found(path, PLAN, act, lambda base: _furnish(base, today, act.who))


def _furnish(base: Base, today: date, who: str) -> None:
    packs.apply(base, PACK, today)
    Maker(base, today, who).make()


def tour(path: Path) -> Table:
    """Return what to try on the base, in order."""
    program = f"clientbase --db {shlex.quote(str(path))}"
    rows = [
        (step, f"{program} {words}", _(about)) for step, (words, about) in enumerate(shop.TOUR, 1)
    ]
    return Table("demo", COLUMNS, rows)


def _check_scratch(path: Path, *, sure: bool) -> None:
    base = connect(path)
    first, since = base.execute(SQL["history"]).fetchone()
    base.close()
    if first != "demo":
        raise Conflict(
            _("{file} is there already, and was not made by demo").format(file=path),
            hint=_("name another file: clientbase --db FILE demo"),
        )
    if since and not sure:
        raise Misuse(
            ngettext(
                "{file} would be made anew, and {count} thing done to it since would go",
                "{file} would be made anew, and {count} things done to it since would go",
                since,
            ).format(file=path, count=since),
            hint=_("--yes does it; clientbase --db FILE demo makes another one"),
        )
