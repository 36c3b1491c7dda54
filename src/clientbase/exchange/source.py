"""Where rows come from: a file or standard input, opened once and read as often as needed."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from clientbase.errors import FileTrouble
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Buffer


@dataclass(slots=True)
class Source:
    """An open file. `name` is what people call it, `size` its bytes."""

    file: IO[bytes]
    name: str
    size: int

    def reading(self) -> Pass:
        """Begin a reading of its own: several may go on at once."""
        return Pass(self.file.fileno())


class Pass(io.RawIOBase):
    """One reading of a file from its beginning, beside any other reading of it."""

    def __init__(self, descriptor: int) -> None:
        """Take the number of an open file."""
        super().__init__()
        self.descriptor = descriptor
        self.position = 0

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Read as many bytes as fit."""
        view = memoryview(buffer)
        count = os.preadv(self.descriptor, [view], self.position)
        self.position += count
        return count


@contextlib.contextmanager
def opened(name: str, stdin: IO[bytes] | None) -> Iterator[Source]:
    """Open a file by name, or what comes from standard input where the name is `-`.

    Raises FileTrouble where it can't be read.
    """
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(contextlib.closing(_open(name, stdin)))
            size = file.seek(0, os.SEEK_END)
        except OSError as error:
            raise FileTrouble(
                _("{file} can't be read: {reason}").format(file=name, reason=error.strerror),
                hint=_("name a CSV file, or - for standard input"),
            ) from error
        yield Source(file, _("standard input") if name == "-" else Path(name).name, size)


def _open(name: str, stdin: IO[bytes] | None) -> IO[bytes]:
    if name == "-" and stdin is not None:
        return _spooled(stdin)
    file = Path(name).open("rb")  # noqa: SIM115 - the caller closes it
    if file.seekable():
        return file
    with file:
        return _spooled(file)


def _spooled(stream: IO[bytes]) -> IO[bytes]:
    """Keep what comes from a pipe in a nameless file that its owner alone can read."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    shutil.copyfileobj(stream, file)
    file.flush()
    return file
