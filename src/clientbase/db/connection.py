"""Opening the base: the one place that knows SQLite's settings and how our file is recognised."""

from __future__ import annotations

import os
import sqlite3
import stat
from typing import TYPE_CHECKING, Any

from clientbase.db import trouble
from clientbase.errors import Conflict, FileTrouble
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

APPLICATION_ID = 0x436C4273  # "ClBs": tells our file from any other SQLite file
SCHEMA_VERSION = 1
OLDEST_SQLITE = (3, 38, 0)
LARGEST = 2**63 - 1  # SQLite knows no larger number: such a one is in no base
MAGIC = b"SQLite format 3\0"

# Milliseconds that a writer waits before it says so, and after that before it gives up.
PATIENCE = 2_000
GIVING_UP = 58_000


def _silence() -> None:
    pass


class Base(sqlite3.Connection):
    """An open base. It reads freely and writes only inside `journal.write`."""

    path: Path
    on_wait: Callable[[], None] = staticmethod(_silence)
    cache: dict[str, Any]
    taught: set[str]  # functions of ours that this connection knows
    writing: bool = False  # inside of `journal.write`, which may take back what is there

    def one(self, sql: str, values: dict[str, Any] | tuple[Any, ...] = ()) -> Any:
        """Return the first column of the first row, or None."""
        row = self.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def snapshot(self) -> None:
        """Begin to read the base as it is now, whatever is written beside it, until a rollback."""
        self.execute("begin")

    def keep_aside(self, name: str, table: str, rows: str, values: dict[str, Any]) -> None:
        """Make a table anew that this connection alone knows, gone when it is closed.

        `table` creates it in `temp` and `rows` fills it: the base itself is not written.
        """
        self.execute("pragma query_only = off")
        try:
            self.execute(f"drop table if exists temp.{name}")
            self.execute(table)
            self.execute(rows, values)
        finally:
            self.execute("pragma query_only = on")


def connect(path: Path) -> Base:
    """Open the base at `path`, bringing an older one up to date.

    Raises FileTrouble where there is no base, or the file is not ours, damaged, newer than this
    program or can't be used; the file is left untouched then.
    """
    _check_file(path)
    base = _attach(path)
    try:
        _prepare(base)
        version = _check_ours(base)
        if version < SCHEMA_VERSION:
            from clientbase.db import migrations

            migrations.upgrade(base)
    except (sqlite3.Error, UnicodeDecodeError) as error:  # even what SQLite says may be damaged
        base.close()
        raise trouble.explain(error, path) or trouble.damaged(path) from error
    except BaseException:
        base.close()
        raise
    return base


def create(path: Path) -> Base:
    """Make a new, empty base at `path`, readable by its owner alone, and open it.

    It is built beside and put in place when it is whole. Raises Conflict where something is there.
    """
    if path.exists() or path.is_symlink():
        raise Conflict(
            _("{file} is there already").format(file=path),
            hint=_("work with it as it is, or name another file with --db FILE"),
        )
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise FileTrouble(
            _("{file} can't be made: {reason}").format(file=path, reason=error.strerror),
            hint=_("name a file in a folder of your own with --db FILE"),
        ) from error
    try:
        _build(draft)
        _put_in_place(draft, path)
    except sqlite3.Error as error:
        raise trouble.explain(error, path) or error from error
    finally:
        draft.unlink(missing_ok=True)
    return connect(path)


def _build(draft: Path) -> None:
    from clientbase.db import journal, schema, totals

    base = _attach(draft)
    try:
        _prepare(base)
        base.execute("pragma query_only = off")
        # One transaction, for the speed of it: a statement of its own waits for the disk.
        base.executescript(f"begin;{schema.text()}")
        totals.install(base)
        journal.install(base)
        base.execute(f"pragma application_id = {APPLICATION_ID}")
        base.execute(f"pragma user_version = {SCHEMA_VERSION}")
        base.execute("commit")
        base.execute("pragma journal_mode = wal").fetchone()
    finally:
        base.close()


def _put_in_place(draft: Path, path: Path) -> None:
    try:
        # A link fails where the name is taken meanwhile; a rename would overwrite it.
        os.link(draft, path)
    except FileExistsError as error:
        raise Conflict(
            _("{file} is there already").format(file=path),
            hint=_("another command made it just now; work with it as it is"),
        ) from error
    except OSError:
        draft.rename(path)


def _attach(path: Path) -> Base:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise FileTrouble(
            _("SQLite {version} is too old").format(version=sqlite3.sqlite_version),
            hint=_("use a Python that comes with SQLite 3.38 or newer"),
        )
    try:
        # Absolute, because SQLite takes `:memory:` and `file:…` for something else than files.
        base = sqlite3.connect(path.absolute(), isolation_level=None, factory=Base)
    except sqlite3.Error as error:
        raise trouble.explain(error, path) or trouble.not_writable(path) from error
    base.path = path
    base.cache = {}
    base.taught = set()
    return base


def _prepare(base: Base) -> None:
    base.execute(f"pragma busy_timeout = {PATIENCE + GIVING_UP}")
    base.execute("pragma foreign_keys = on")
    base.execute("pragma secure_delete = on")
    base.execute("pragma synchronous = full")
    # Nothing is written but inside journal.write, which lifts this.
    base.execute("pragma query_only = on")


def _check_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise FileTrouble(
            _("there is no base yet at {file}").format(file=path),
            hint=_("make one with: clientbase init"),
        ) from None
    except OSError as error:
        raise FileTrouble(
            _("{file} can't be read: {reason}").format(file=path, reason=error.strerror),
            hint=_("name another base with --db FILE"),
        ) from error
    if not stat.S_ISREG(mode):
        raise FileTrouble(
            _("{file} is not a file").format(file=path),
            hint=_("name the file of the base with --db FILE"),
        )
    if not os.access(path, os.R_OK | os.W_OK):
        raise trouble.not_writable(path)
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise trouble.damaged(path)


def _check_ours(base: Base) -> int:
    if base.one("pragma application_id") != APPLICATION_ID:
        raise FileTrouble(
            _("{file} is a file of another program").format(file=base.path),
            hint=_("name the file of the base with --db FILE"),
        )
    version = int(base.one("pragma user_version"))
    if version < 1:
        raise trouble.damaged(base.path)
    if version > SCHEMA_VERSION:
        raise FileTrouble(
            _("{file} was made by a newer clientbase").format(file=base.path),
            hint=_("update the program: pip install --upgrade clientbase"),
        )
    return version
