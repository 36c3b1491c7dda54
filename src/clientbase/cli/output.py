"""Where the output goes: standard output or a file, and what is said when it can't go there."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

from clientbase.errors import FileTrouble
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 80  # of a terminal that does not tell


class Unwritten(FileTrouble):
    """The output can't be written, for a `reason` that the system gives."""

    def __init__(self, message: str, *, hint: str, reason: str) -> None:
        """Take the sentence, what to type next, and the bare reason."""
        super().__init__(message, hint=hint)
        self.reason = reason

    def kept(self) -> FileTrouble:
        """Return what is to be said where the command had done its work before."""
        return FileTrouble(
            _("it is recorded; only the output could not be written: {reason}").format(
                reason=self.reason
            ),
            hint=_("do not run it again, for it would be done twice"),
        )


def hush() -> None:
    """Send what is still to be written to standard output nowhere: nobody reads it."""
    if sys.stdout is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def unwritable(reason: str) -> Unwritten:
    """Say that standard output can't be written."""
    return Unwritten(
        _("standard output can't be written: {reason}").format(reason=reason),
        hint=_("free some space, or write to another place with -o FILE"),
        reason=reason,
    )


def width(stream: IO[str]) -> int:
    """Return how wide the terminal is that shows a stream."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    try:
        return os.get_terminal_size(stream.fileno()).columns or WIDTH
    except (OSError, ValueError):
        return WIDTH


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """Write a file whole or not at all; a new one is readable by its owner alone."""
    import tempfile

    try:
        if path.exists() and not path.is_file():  # a pipe, a terminal, /dev/null
            with path.open("w", encoding="utf-8", newline="") as stream:
                yield stream
            return
        target = Path(os.path.realpath(path))  # `resolve` fails where links go round
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
                yield stream
            if target.exists():
                Path(draft).chmod(target.stat().st_mode & 0o777)
            Path(draft).replace(target)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as error:
        raise Unwritten(
            _("{file} can't be written: {reason}").format(file=path, reason=error.strerror),
            hint=_("name another file with -o FILE"),
            reason=str(error.strerror),
        ) from error
