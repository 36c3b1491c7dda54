"""Opening the base: what is ours is opened, everything else is left untouched."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clientbase.db.connection import Base, connect, create
from clientbase.db.trouble import explain, sound
from clientbase.errors import Conflict, FileTrouble

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "base.db"


def test_a_new_base_is_its_owners_alone_and_durable(path: Path) -> None:
    base = create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    pragmas = {
        name: base.one(f"pragma {name}")
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
    }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 60_000,
    }
    assert base.one("pragma integrity_check") == "ok"
    base.close()
    assert sorted(item.name for item in path.parent.iterdir()) == ["base.db"]


def test_what_is_there_is_never_overwritten(path: Path) -> None:
    path.write_text("precious")
    with pytest.raises(Conflict, match="is there already"):
        create(path)
    assert path.read_text() == "precious"


@pytest.mark.parametrize("name", [":memory:", "file:base.db?mode=memory", "q'?#%20 ё.db"])
def test_a_base_is_a_file_whatever_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    create(Path(name)).close()
    connect(Path(name)).close()
    assert [item.name for item in tmp_path.iterdir()] == [name]


def test_two_that_make_the_same_base_do_not_overwrite_each_other(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "exists", lambda _: False)
    path.write_text("made meanwhile")
    with pytest.raises(Conflict, match="is there already"):
        create(path)
    assert path.read_text() == "made meanwhile"
    assert [item.name for item in path.parent.iterdir()] == ["base.db"]


def test_a_base_is_put_in_place_where_files_can_not_be_linked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", refuse)
    create(path).close()
    connect(path).close()


def test_a_folder_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(FileTrouble, match="can't be made"):
        create(tmp_path / "file" / "base.db")


def _nothing(path: Path) -> None:
    del path


def _folder(path: Path) -> None:
    path.mkdir()


def _empty(path: Path) -> None:
    path.touch()


def _text(path: Path) -> None:
    path.write_text("name,phone\nAnna,1\n" * 100)


def _other_program(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("create table music (id integer)")
    other.close()


def _newer(path: Path) -> None:
    create(path).close()
    with sqlite3.connect(path) as other:
        other.execute("pragma user_version = 99")
    other.close()


def _truncated(path: Path) -> None:
    create(path).close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _nobodys(path: Path) -> None:
    create(path).close()
    with sqlite3.connect(path) as other:
        other.execute("pragma user_version = 0")
    other.close()


def _unreadable_schema(path: Path) -> None:
    create(path).close()
    path.write_bytes(
        path.read_bytes().replace(b"CREATE TABLE setting", b"CREATE TABLE \xff\xff\xff ing")
    )


def test_text_that_is_none_is_damage(path: Path) -> None:
    base = create(path)
    with pytest.raises(sqlite3.OperationalError) as caught:
        base.execute("select cast(x'ff' as text)").fetchall()
    ours = explain(caught.value, path)
    assert ours is not None
    assert ours.message == f"{path} is damaged, or is no base of clientbase"


def test_a_base_without_a_table_is_not_sound(path: Path) -> None:
    base = create(path)
    assert sound(base)
    base.execute("pragma query_only = off")
    base.execute("drop table sale_line")
    assert not sound(base)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (_nothing, "there is no base yet at {}"),
        (_folder, "{} is not a file"),
        (_empty, "{} is damaged, or is no base of clientbase"),
        (_text, "{} is damaged, or is no base of clientbase"),
        (_other_program, "{} is a file of another program"),
        (_truncated, "{} is damaged, or is no base of clientbase"),
        (_nobodys, "{} is damaged, or is no base of clientbase"),
        (_unreadable_schema, "{} is damaged, or is no base of clientbase"),
        (_newer, "{} was made by a newer clientbase"),
    ],
)
def test_what_is_no_base_is_said_and_left_untouched(
    path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(FileTrouble) as caught:
        connect(path).execute("select count(*) from contact").fetchall()
    assert caught.value.message == sentence.format(path)
    assert caught.value.hint
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_base_that_can_not_be_written_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(path).close()
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(FileTrouble, match="can't be written by you"):
        connect(path)


def test_the_sqlite_of_an_old_python_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(path).close()
    monkeypatch.setattr("clientbase.db.connection.OLDEST_SQLITE", (4, 0, 0))
    with pytest.raises(FileTrouble, match="is too old"):
        connect(path)


@pytest.mark.parametrize(
    "wrong",
    [
        "insert into sale (sold_on, amount) values ('2026-02-30', 1)",
        "insert into sale (sold_on, amount) values ('2026-2-3', 1)",
        "insert into sale (sold_on, amount) values ('2026-02-03', -1)",
        "insert into sale (sold_on, amount) values ('2026-02-03', 1.5)",
        "insert into sale (sold_on, amount, contact_id) values ('2026-02-03', 1, 77)",
        "insert into contact (name, name_key, entered_on, entered_by, birthday) values ('a', 'a', '2026-01-01', 'entry', '--02-30')",
        "insert into contact (name, name_key, entered_on, entered_by, birthday) values ('a', 'a', '2026-01-01', 'entry', '2026-02-29')",
        "insert into contact (name, name_key, entered_on, entered_by) values ('', '', '2026-01-01', 'entry')",
    ],
)
def test_the_schema_is_the_last_guard(path: Path, wrong: str) -> None:
    base: Base = create(path)
    base.execute("pragma query_only = off")
    with pytest.raises(sqlite3.IntegrityError):
        base.execute(wrong)


@pytest.mark.parametrize("birthday", ["1990-03-14", "--02-29", "--12-31", "2024-02-29"])
def test_a_birthday_may_lack_its_year(path: Path, birthday: str) -> None:
    base = create(path)
    base.execute("pragma query_only = off")
    base.execute(
        "insert into contact (name, name_key, entered_on, entered_by, birthday)"
        " values ('a', 'a', '2026-01-01', 'entry', ?)",
        (birthday,),
    )
    assert base.one("select birthday from contact") == birthday
