"""Bringing an older base up to date: numbered steps, never edited, a verified backup first."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from clientbase.db import journal
from clientbase.db.connection import SCHEMA_VERSION, Base
from clientbase.errors import FileTrouble
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# A new base is made from tables/ as of SCHEMA_VERSION; step `mNNN_…` leads from NNN - 1 to NNN.
STEPS = Migrations("clientbase")


def upgrade(base: Base, steps: Migrations = STEPS, version: int = SCHEMA_VERSION) -> None:
    """Run the steps that this base lacks, in one transaction, after a verified backup beside it.

    Of two processes that find an old base one migrates under the write lock and the other looks
    again. Raises FileTrouble where the backup does not hold what the base holds.
    """
    base.execute("pragma query_only = off")
    try:
        _back_up(base)
        base.execute("begin immediate")
        try:
            found = int(base.one("pragma user_version"))
            if found < version:
                _run(base, steps, found, version)
            base.execute("commit")
        except BaseException:
            base.rollback()
            raise
    finally:
        base.execute("pragma query_only = on")


def _run(base: Base, steps: Migrations, found: int, version: int) -> None:
    # The other program's settings of a connection are not ours to change: no recursive triggers.
    database = Database(base, execute_plugins=False, recursive_triggers=False)
    numbered: dict[int, Callable[[Database], None]] = {
        int(step.name[1:4]): step.fn for step in steps.pending(database)
    }
    for number in range(found + 1, version + 1):
        numbered[number](database)
    journal.install(base)
    base.execute(f"pragma user_version = {version}")


def backup_path(base: Base) -> Path:
    """Return where the copy of an older base is kept: beside it, named by its version."""
    version = base.one("pragma user_version")
    return base.path.with_name(f"{base.path.name}.v{version}.backup")


def _back_up(base: Base) -> None:
    target = backup_path(base)
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    copy = sqlite3.connect(target, isolation_level=None)
    try:
        base.backup(copy)
        copy.execute("pragma journal_mode = delete").fetchone()
        sound = copy.execute("pragma integrity_check").fetchone()[0] == "ok"
    finally:
        copy.close()
    if not sound:
        raise FileTrouble(
            _("the copy of {file} made before updating it is not sound").format(file=base.path),
            hint=_("the base is untouched; see that the disk is sound and has room"),
        )
