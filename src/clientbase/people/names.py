"""Names to offer to somebody who is typing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.normal import fold

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)

MOST = 50


def beginning(base: Base, start: str) -> list[tuple[str, str]]:
    """Return names of contacts that begin so, in any letter case, each with its city or ''.

    A name begins with what was typed, letter by letter, so that a shell takes it for its
    continuation.
    """
    key = fold(start)
    rows = base.execute(SQL["beginning"], {"start": key, "limit": MOST})
    return [
        (start + name[len(start) :], city or "")
        for name, city in rows
        if fold(name[: len(start)]) == key
    ]
