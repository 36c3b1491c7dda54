"""The scratch base of the invented shop, and what to try on it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from clientbase.db import founding
from clientbase.db.connection import connect
from clientbase.db.journal import Act, write
from clientbase.db.statements import statements
from clientbase.demo import shop
from clientbase.demo.making import Maker
from clientbase.errors import Conflict
from clientbase.followup import packs
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from clientbase.db.connection import Base

SQL = statements(__file__)

PLAN = founding.Plan("USD", "US", ())
PACK = "pets"
COLUMNS = columns("step:number", "command", "about")


def make(path: Path, today: date, act: Act) -> Base:
    """Make the base of the invented shop at `path`, anew where one of before is there.

    Its two years end with `today`. Raises Conflict where something else is there.
    """
    if path.exists():
        _remove(path)
    base = founding.found(path, PLAN, act)
    with write(base, act):
        packs.apply(base, PACK, today)
        Maker(base, today, act.who).make()
    return base


def tour(path: Path) -> Table:
    """Return what to try on the base, in order."""
    program = f"clientbase --db {shlex.quote(str(path))}"
    rows = [
        (step, f"{program} {words}", _(about)) for step, (words, about) in enumerate(shop.TOUR, 1)
    ]
    return Table("demo", COLUMNS, rows)


def _remove(path: Path) -> None:
    base = connect(path)
    first = base.one(SQL["first_command"])
    base.close()
    if first != "demo":
        raise Conflict(
            _("{file} is there already, and was not made by demo").format(file=path),
            hint=_("name another file: clientbase --db FILE demo"),
        )
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
