"""Every named statement compiles against a new base, and has a sentence above it."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clientbase.db.connection import create
from clientbase.db.statements import statements
from clientbase.facts import compose, rhythm

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SOURCE = Path(__file__).parents[1] / "src" / "clientbase"
FILES = sorted(file for file in SOURCE.rglob("*.sql") if file.parent.name != "tables")

# Pieces that the facts are put together from: each fact has its sentence in the catalogue, and
# the tests of the facts compile them together.
PIECES = SOURCE / "facts" / "parts"
EVERY_FACT = [name for name in compose.PARTS if name.isidentifier() and name != "field"]


@pytest.fixture
def base(tmp_path: Path) -> Base:
    base = create(tmp_path / "base.db")
    rhythm.register(base)
    return base


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_every_statement_has_a_name_and_a_sentence(file: Path) -> None:
    found = statements(str(file.with_suffix(".py")))
    names = re.findall(r"^-- name: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(found) == sorted(names)
    for name, sql in found.items():
        assert sql.startswith("-- ") or file.parent == PIECES, f"{name} lacks its sentence"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_every_statement_never_asks_the_machine_for_the_day(file: Path) -> None:
    text = re.sub(r"--.*", "", file.read_text(encoding="utf-8").lower())
    assert not re.search(r"'now'|current_date|current_time|date\(\)", text)


@pytest.mark.parametrize(
    "file",
    [file for file in FILES if file.parent != PIECES],
    ids=lambda file: str(file.relative_to(SOURCE)),
)
def test_every_statement_compiles(file: Path, base: Base) -> None:
    for name, sql in statements(str(file.with_suffix(".py"))).items():
        for statement in re.sub(r"--.*", "", sql).split(";"):
            text = statement.strip()
            # Stands behind the facts it asks for.
            if re.search(r"\b((from|join) facts|from purchase)\b", text):
                text = compose.statement([*EVERY_FACT], "everyone", past="", tail=text) + text
            elif re.search(r"\bbought_order\b", text):
                text = compose.of_bought(text, 1)
            elif re.search(r"\b(returned|given_back)\b", text):
                text = compose.of_sales(text)
            if text.startswith("create temp"):  # the statements after it may need it
                base.execute("pragma query_only = off")
                base.execute(text)
            elif text:
                unnamed = [None] * text.count("?")
                try:
                    base.execute(
                        f"explain {text}",
                        unnamed or dict.fromkeys(re.findall(r":(\w+)", text)),
                    )
                except sqlite3.OperationalError as error:  # names the statement
                    pytest.fail(f"{name}: {error}")


def test_a_file_of_statements_lies_beside_its_module() -> None:
    assert [
        file for file in FILES if not file.with_suffix(".py").exists() and file.parent != PIECES
    ] == []


def test_the_pieces_of_the_facts_have_a_name_each_and_are_all_read() -> None:
    named = [name for file in PIECES.glob("*.sql") for name in statements(str(file))]
    assert sorted(named) == sorted(compose.PARTS)
