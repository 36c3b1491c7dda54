"""Bringing an older base up to date: under one lock, after a verified copy, whole or not at all."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlite_utils.migrations import Migrations

from clientbase.db import migrations
from clientbase.db.connection import SCHEMA_VERSION, Base, connect, create
from clientbase.db.journal import Act, write

if TYPE_CHECKING:
    from sqlite_utils import Database

ACT = Act("test", "olga", "2026-11-21T08:00:00Z")
V1 = Path(__file__).parents[1] / "files" / "v1.db"


def _steps() -> Migrations:
    steps = Migrations("clientbase")

    @steps()
    def m002_contact_nickname(database: Database) -> None:
        database.execute("alter table contact add column nickname text")

    return steps


@pytest.fixture
def old(tmp_path: Path) -> Base:
    """A base of the version before, with somebody in it."""
    base = create(tmp_path / "base.db")
    with write(base, ACT):
        base.execute(
            "insert into contact (name, name_key, entered_on, entered_by) values ('Anna', 'anna', '2026-01-01', 'entry')"
        )
    return base


def test_a_step_runs_once_and_its_new_column_is_journalled(old: Base) -> None:
    migrations.upgrade(old, _steps(), 2)
    migrations.upgrade(old, _steps(), 2)
    assert old.one("pragma user_version") == 2
    with write(old, ACT):
        old.execute("update contact set nickname = 'Nyusha'")
    assert (
        old.one("select json_type(before, '$.nickname') from change where kind = 'update'")
        == "null"
    )
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        old.execute("delete from contact")


def test_a_copy_of_the_old_base_is_kept_beside_it(old: Base) -> None:
    migrations.upgrade(old, _steps(), 2)
    kept = old.path.with_name("base.db.v1.backup")
    assert kept.stat().st_mode & 0o777 == 0o600
    copy = connect(kept)
    assert copy.execute("select name from contact").fetchall() == [("Anna",)]
    assert copy.one("pragma user_version") == 1


def test_a_step_that_fails_leaves_the_base_as_it_was(old: Base) -> None:
    steps = _steps()

    @steps()
    def m003_broken(database: Database) -> None:
        database.execute("alter table nowhere add column x text")

    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        migrations.upgrade(old, steps, 3)
    assert old.one("pragma user_version") == 1
    assert "nickname" not in [row[1] for row in old.execute("pragma table_info(contact)")]


def test_a_base_of_the_first_version_opens_and_has_todays_shape(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    path.write_bytes(V1.read_bytes())
    opened, fresh = connect(path), create(tmp_path / "fresh.db")
    shape = "select type, name, sql from sqlite_schema where name not like '\\_%' escape '\\' order by name"
    assert opened.execute(shape).fetchall() == fresh.execute(shape).fetchall()
    assert opened.one("pragma user_version") == SCHEMA_VERSION
    assert opened.one("select name from contact") == "Анна"
