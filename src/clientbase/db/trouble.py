"""What SQLite complains of, in a sentence with its exit code."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

from clientbase.errors import Busy, ClientbaseError, FileTrouble
from clientbase.words import _

if TYPE_CHECKING:
    from pathlib import Path

    from clientbase.db.connection import Base

# The low byte of SQLite's extended error codes (https://www.sqlite.org/rescode.html).
PRIMARY = 0xFF
UNREADABLE = "Could not decode to UTF-8"


def explain(error: Exception, path: Path) -> ClientbaseError | None:
    """Turn SQLite's complaint about the file at `path` into ours, or None where it is our fault."""
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
    name = str(path)
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return Busy(
            _("{file} is held by another program").format(file=name),
            hint=_("wait until the other command ends and try again"),
        )
    # What Python can't read of the base's text comes without a code.
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB} or UNREADABLE in str(error):
        return damaged(path)
    if code == sqlite3.SQLITE_FULL:
        return FileTrouble(
            _("the disk is full, and nothing was written to {file}").format(file=name),
            hint=_("free some space and run the same command again"),
        )
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}:
        return not_writable(path)
    if code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}:
        return FileTrouble(
            _("{file} can't be read or written: {reason}").format(file=name, reason=error),
            hint=_("see that its disk and its folder are there and writable"),
        )
    return None


def sound(base: Base) -> bool:
    """Tell whether the file is whole and has what every base has. It is read through: slow."""
    from clientbase.db import schema

    try:
        whole = base.one("pragma quick_check(1)") == "ok"
        names = {name for (name,) in base.execute("select name from sqlite_schema")}
    except (sqlite3.Error, UnicodeDecodeError):
        return False
    made = re.findall(r"(?m)^create (?:table|view) (\w+)", schema.text())
    return whole and names.issuperset(made)


def damaged(path: Path) -> FileTrouble:
    """Say that the file at `path` is damaged or no base."""
    return FileTrouble(
        _("{file} is damaged, or is no base of clientbase").format(file=path),
        hint=_("put your last copy of it in its place, or name another base with --db FILE"),
    )


def not_writable(path: Path) -> FileTrouble:
    """Say that the file at `path` can't be written."""
    return FileTrouble(
        _("{file} can't be written by you").format(file=path),
        hint=_("make the file and its folder writable, or name another base with --db FILE"),
    )
