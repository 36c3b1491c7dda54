"""The error tree: each class owns its code word and its exit code; each error may carry a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clientbase.table import Table


class ClientbaseError(Exception):
    """A mistake that the owner can mend: one sentence, a hint, and an exit code."""

    code = "fault"
    exit_code = 70

    def __init__(self, message: str, *, hint: str = "", table: Table | None = None) -> None:
        """Take the sentence, what to type next, and the rows that show the trouble."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.table = table


class Misuse(ClientbaseError):
    """The words on the command line do not fit together."""

    code = "usage"
    exit_code = 2


class NotFound(ClientbaseError):
    """What was named is not in the base."""

    code = "not-found"
    exit_code = 3


class Refused(ClientbaseError):
    """A value or a row is wrong, and nothing was written."""

    code = "refused"
    exit_code = 4


class Conflict(ClientbaseError):
    """It would collide with what is in the base, or more than one thing is meant."""

    code = "conflict"
    exit_code = 5


class Ambiguous(Conflict):
    """Several things answer to the same words; `table` holds the candidates."""

    code = "ambiguous"


class FileTrouble(ClientbaseError):
    """A file, or standard output, can't be used."""

    code = "file"
    exit_code = 6


class Busy(ClientbaseError):
    """Another program held the base for too long."""

    code = "busy"
    exit_code = 7
