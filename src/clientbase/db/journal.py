"""Writing: one transaction and one operation a command, and nothing escapes the record of it."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.connection import GIVING_UP, PATIENCE, Base
from clientbase.db.statements import statements
from clientbase.db.trouble import PRIMARY

if TYPE_CHECKING:
    from collections.abc import Iterator

SQL = statements(__file__)

# SQLite waits without hearing Ctrl-C: it is heard between two waits of so many milliseconds.
SLICE = 200

# The journal itself, SQLite's own tables, and what is derived from other rows.
UNRECORDED = frozenset({"operation", "change", "contact_total"})


class Act(NamedTuple):
    """Who does what and when: the command's name (never its arguments), a login name, UTC."""

    command: str
    who: str
    at: str


@contextlib.contextmanager
def write(base: Base, act: Act, *, dry_run: bool = False) -> Iterator[int]:
    """Open the one transaction of a command and yield the number of its operation.

    All is kept or nothing: an exception inside, or `dry_run`, takes everything back, and a
    command that changed nothing leaves no operation behind.
    """
    _begin(base)
    base.writing = True
    try:
        before = _heights(base)
        operation = _start(base, act)
        yield operation
        changed = _note_inserts(base, operation, before)
        if dry_run or not changed:
            base.execute("rollback")
        else:
            base.execute(SQL["finish"], {"operation": operation})
            base.execute("commit")
    except BaseException:
        # A failing rollback must not hide what went wrong first.
        with contextlib.suppress(sqlite3.Error):
            base.rollback()
        raise
    finally:
        base.writing = False
        base.cache.clear()
        with contextlib.suppress(sqlite3.Error):
            base.execute("pragma query_only = on")


def kept(base: Base, operation: int) -> bool:
    """Tell whether an operation that is over was written for good."""
    return bool(base.one(SQL["kept"], {"operation": operation}))


def _begin(base: Base) -> None:
    base.execute("pragma query_only = off")
    try:
        if not _begun(base, PATIENCE):
            base.on_wait()
            if not _begun(base, GIVING_UP):
                base.execute("begin immediate")
    finally:
        base.execute(f"pragma busy_timeout = {PATIENCE + GIVING_UP}")


def _begun(base: Base, patience: int) -> bool:
    """Begin, or tell that another writer held the base for so many milliseconds."""
    for waited in range(0, patience, SLICE):
        base.execute(f"pragma busy_timeout = {min(SLICE, patience - waited)}")
        try:
            base.execute("begin immediate")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_BUSY:
                raise
        else:
            return True
    return False


def _start(base: Base, act: Act) -> int:
    values = {"command": act.command, "who": act.who, "at": act.at}
    return int(base.one(SQL["start"], values))


def _heights(base: Base) -> dict[str, int]:
    return dict(base.execute(SQL["heights"]))


def _note_inserts(base: Base, operation: int, before: dict[str, int]) -> bool:
    for table, last in _heights(base).items():
        first = before.get(table, 0) + 1
        if table not in UNRECORDED and last >= first:
            values = {"operation": operation, "table": table, "first": first, "last": last}
            base.execute(SQL["note_insert"], values)
    return bool(base.one(SQL["changed"], {"operation": operation}))


def install(base: Base) -> None:
    """Make the triggers that keep each row as it was before an update or a delete.

    Run at the end of every migration: the rows are kept with the columns the table then has.
    """
    for (table,) in base.execute(SQL["tables"]).fetchall():
        if table not in UNRECORDED:
            for word in ("update", "delete"):
                base.execute(f"drop trigger if exists journal_{table}_{word}")
                base.execute(_trigger(base, table, word))


def _trigger(base: Base, table: str, word: str) -> str:
    names = [row[1] for row in base.execute(f"pragma table_info({table})")]
    before = ", ".join(f"'{name}', old.{name}" for name in names)
    return (
        f"create trigger journal_{table}_{word} before {word} on {table} begin "
        "insert into change (operation_id, table_name, kind, row_id, last_id, before) "
        f"select (select id from operation where finished = 0), '{table}', '{word}', "
        f"old.id, old.id, json_object({before}); end"
    )
