"""Nothing that writes escapes the journal."""

from __future__ import annotations

import json
import signal
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from clientbase.db.connection import Base, connect, create
from clientbase.db.journal import UNRECORDED, Act, write

if TYPE_CHECKING:
    from pathlib import Path

ACT = Act("contact add", "olga", "2026-11-21T08:00:00Z")
ANNA = "insert into contact (name, name_key, entered_on, entered_by) values ('Anna', 'anna', '2026-11-21', 'entry')"


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return create(tmp_path / "base.db")


def _tables(base: Base) -> list[str]:
    rows = base.execute(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
    )
    return [name for (name,) in rows]


def test_an_open_base_refuses_to_write_outside_of_write(base: Base) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        base.execute(ANNA)
    with write(base, ACT):
        base.execute(ANNA)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        base.execute(ANNA)


def test_every_table_is_journalled_and_gives_no_number_twice(base: Base) -> None:
    triggers = {
        name for (name,) in base.execute("select name from sqlite_schema where type = 'trigger'")
    }
    for table in _tables(base):
        sql = base.one("select sql from sqlite_schema where name = ?", (table,))
        if table in UNRECORDED - {"contact_total"}:
            assert "autoincrement" in sql
        elif table not in UNRECORDED:
            assert "id integer primary key autoincrement" in sql, table
            assert {f"journal_{table}_update", f"journal_{table}_delete"} <= triggers
        assert sql.endswith("strict"), table


def test_every_kind_of_row_is_kept_as_it_was(base: Base) -> None:
    """Insert into, update and delete from every journalled table, by its own columns."""
    base.execute("pragma foreign_keys = off")
    base.execute("pragma ignore_check_constraints = on")
    for table in sorted(set(_tables(base)) - UNRECORDED):
        columns = [
            (name, kind)
            for _, name, kind, required, default, key in base.execute(f"pragma table_info({table})")
            if required and default is None and not key
        ]
        names = ", ".join(name for name, _ in columns)
        values = ", ".join(
            "'2026-01-01'" if kind in {"TEXT", "ANY"} else "7" for _, kind in columns
        )
        with write(base, ACT) as operation:
            row = base.one(f"insert into {table} ({names}) values ({values}) returning id")
        assert _changes(base, operation) == [(table, "insert", row, row, None)]

        before = _as_dict(base, table, row)
        column = columns[0][0]
        with write(base, ACT) as operation:
            base.execute(f"update {table} set {column} = {column} where id = {row}")
        [(*kept, text)] = _changes(base, operation)
        assert kept == [table, "update", row, row]
        assert json.loads(text) == before

        with write(base, ACT) as operation:
            base.execute(f"delete from {table} where id = {row}")
        [(*kept, text)] = _changes(base, operation)
        assert kept == [table, "delete", row, row]
        assert json.loads(text) == before


def _as_dict(base: Base, table: str, row: int) -> dict[str, object]:
    cursor = base.execute(f"select * from {table} where id = {row}")
    return dict(zip([part[0] for part in cursor.description], cursor.fetchone(), strict=True))


def _changes(base: Base, operation: int) -> list[tuple[Any, ...]]:
    return base.execute(
        "select table_name, kind, row_id, last_id, before from change where operation_id = ?",
        (operation,),
    ).fetchall()


def test_an_operation_keeps_the_command_who_and_when(base: Base) -> None:
    with write(base, ACT):
        base.execute(ANNA)
    assert base.execute("select * from operation").fetchall() == [
        (1, "contact add", "olga", "2026-11-21T08:00:00Z", 1)
    ]


def test_what_changed_nothing_leaves_no_operation(base: Base) -> None:
    with write(base, ACT):
        base.execute("update contact set city = 'Omsk'")
    with write(base, ACT, dry_run=True):
        base.execute(ANNA)
    assert base.one("select count(*) from operation") == 0
    assert base.one("select count(*) from contact") == 0


def test_a_failure_takes_everything_back(base: Base) -> None:
    def fail_midway() -> None:
        with write(base, ACT):
            base.execute(ANNA)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_midway()
    assert base.one("select (select count(*) from contact) + (select count(*) from operation)") == 0
    with write(base, ACT):
        base.execute(ANNA)
    assert base.one("select count(*) from contact") == 1


def test_another_program_that_changes_a_row_is_noticed(base: Base) -> None:
    with write(base, ACT):
        base.execute(ANNA)
    other = sqlite3.connect(base.path)
    other.execute("update contact set name = 'Eva'")
    other.commit()
    other.close()
    assert base.execute(
        "select operation_id, table_name, kind, json_extract(before, '$.name') from change where kind = 'update'"
    ).fetchall() == [(None, "contact", "update", "Anna")]


def test_a_writer_waits_for_another_and_says_so(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientbase.db.journal.PATIENCE", 10)
    monkeypatch.setattr("clientbase.db.journal.GIVING_UP", 10)
    said = []
    base.on_wait = lambda: said.append("waiting")
    other = connect(base.path)
    with write(other, ACT):
        other.execute(ANNA)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            write(base, ACT).__enter__()
    assert said == ["waiting"]
    with write(base, ACT):
        base.execute(ANNA)
    assert base.one("select count(*) from contact") == 2


def test_a_waiting_writer_hears_signals(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clientbase.db.journal.PATIENCE", 10)
    monkeypatch.setattr("clientbase.db.journal.GIVING_UP", 5_000)
    monkeypatch.setattr("clientbase.db.journal.SLICE", 10)
    other = connect(base.path)
    other.execute("pragma query_only = off")
    other.execute("begin immediate")
    before = signal.signal(signal.SIGALRM, lambda _signal, _frame: other.rollback())
    base.on_wait = lambda: signal.setitimer(signal.ITIMER_REAL, 0.05)  # type: ignore[assignment]  # what it returns is of no use
    try:
        with write(base, ACT):
            base.execute(ANNA)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert base.one("select count(*) from contact") == 1
