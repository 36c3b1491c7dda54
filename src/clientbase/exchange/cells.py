"""Reading cells: each distinct text once, with the reason where it is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientbase.errors import Refused
from clientbase.normal import LONGEST_NOTE, clean_text, shown
from clientbase.spreadsheet import unguard
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

_BREAKS = re.compile(r"\s*[\r\n\t\u2028\u2029]+\s*")
_LOST = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]+")
LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that can't be read, and why."""

    reason: str


class Cache(dict[Any, Any]):
    """What each distinct cell reads as, a Bad where it is wrong.

    It holds at most twice `limit` of them: when a generation is full, the one before it is
    forgotten, so that what comes often stays.
    """

    def __init__(self, read: Callable[[Any], Any], limit: int = 50_000) -> None:
        """Take what reads a cell, or raises Refused."""
        super().__init__()
        self.read = read
        self.limit = limit
        self.older: dict[Any, Any] = {}
        self.has_bad = False

    def __missing__(self, cell: Any) -> Any:
        """Read a cell that is not among the latest."""
        value = self.older.get(cell)
        if value is None:
            try:
                value = self.read(cell)
            except Refused as error:
                value = Bad(error.message)
                self.has_bad = True
        if len(self) >= self.limit:
            self.older = self.copy()
            self.clear()
        self[cell] = value
        return value


def text(limit: int) -> Callable[[str], str]:
    """Return what reads text in one line, line breaks in a cell being spaces."""

    def read(cell: str) -> str:
        if not cell.isprintable():
            cell = _BREAKS.sub(" ", cell.strip())
        return clean_text(unguard(cell), limit=limit)

    return read


def note(cell: str) -> str:
    """Read text of several lines."""
    return clean_text(unguard(cell), limit=LONGEST_NOTE, lines=True)


def identifier(cell: str) -> str:
    """Read an id or a reference, which stays text. Raises Refused where digits are lost."""
    found = clean_text(unguard(cell), limit=LONGEST_ID)
    if _LOST.fullmatch(found):
        raise Refused(_("{text}: digits lost by a spreadsheet").format(text=shown(found)))
    return found
