"""Standard input: the one place that reads it, and says what is wrong with it."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING

from clientbase.errors import FileTrouble, Refused
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from clientbase.cli.session import Session

NAME = "-"  # what is typed for it


def stream(hint: str) -> IO[bytes]:
    """Return the bytes of standard input. Raises FileTrouble where it is closed."""
    if sys.stdin is None:  # the program was started so
        raise FileTrouble(_("standard input is closed"), hint=hint)
    return sys.stdin.buffer


def meant(file: str) -> IO[bytes] | None:
    """Return standard input where it is meant by the name of a file, else None."""
    return stream(_("name a file, or send one with: < FILE, or a pipe")) if file == NAME else None


def invited(run: Session, invitation: str, hint: str) -> IO[bytes]:
    """Return standard input; who sits at a terminal is told what is waited for."""
    found = stream(hint)
    if sys.stdin.isatty():
        run.say(invitation)
    return found


def text(data: bytes, encoding: str = "utf-8-sig", first: int = 1) -> str:
    """Return what was read as text; `first` is the number of its first line. Raises Refused."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = first + data.count(b"\n", 0, error.start)
        raise Refused(
            Sentence(_("line {number} is not in UTF-8"), number=line),
            hint=_("save the file in UTF-8 and send it again"),
        ) from error
