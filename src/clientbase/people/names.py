"""Names to offer to somebody who is typing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientbase.db.connection import Base

SQL = statements(__file__)

OFFERED = 50  # names that a shell is offered


def beginning(base: Base, start: str) -> list[tuple[str, str]]:
    """Return names of contacts that begin so, in any letter case, each with its city or ''."""
    found = base.execute(SQL["beginning"], {"start": fold(start), "limit": OFFERED})
    return continuing(start, ((name, city or "") for name, city in found))


def continuing(start: str, found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the names that go on from what was typed, each with what is said beside it.

    They begin with it letter by letter, so that a shell takes them for its continuation.
    """
    key = fold(start)
    return [
        (start + name[len(start) :], beside)
        for name, beside in found
        if fold(name[: len(start)]) == key
    ]
