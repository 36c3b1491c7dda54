"""Every sentence that a person reads goes through the words that can be translated."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "clientbase"
FILES = sorted(SOURCE.rglob("*.py"))
WORDS = {"_", "N_", "ngettext"}

# Two words side by side, as in a sentence.
SENTENCE = re.compile(r"[A-Za-zА-Яа-я]{2,},? [a-zа-я]{2,}")
# What looks like a sentence and is none: SQL, pragmas, names of countries and currencies.
NO_SENTENCE = re.compile(
    r"^\s*(select|insert|update|delete|create|drop|begin|pragma|with|vacuum|analyze|old new|"
    r"attach|detach|commit|rollback|savepoint|release|[A-Z]{2,3}( [A-Z]{2,3})+)\b"
)
# Modules whose constants are words that are read from people and files, not shown to them.
VOCABULARIES = {
    "clock.py",
    "demo/shop.py",
    "exchange/days.py",
    "exchange/names.py",
    "facts/letters.py",
    "facts/wording.py",
}
# The one room where SQL is put together.
COMPOSED = re.compile(r"\b(select|from|as below|case when|contact_id)\b")
# Texts for machines, told by where they stand.
MACHINE = re.compile(
    r"^\s*<|[{};]\s|#[0-9a-f]{6}|json_object|^Could not decode to UTF-8$|^(bold|dim|black|white|red|green|cyan)\b"
)
MACHINE_CALLS = {"statements", "re.compile", "columns", "split", "frozenset"}


def _docstrings(tree: ast.AST) -> set[int]:
    found = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            found.add(id(body[0].value))
    return found


def _wrapped(tree: ast.AST) -> set[int]:
    """Return the nodes inside calls that translate, or that speak to machines."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in WORDS or name.rpartition(".")[2] in MACHINE_CALLS or name in MACHINE_CALLS:
                found.update(id(inner) for inner in ast.walk(node))
            for keyword in node.keywords:
                if keyword.arg in {"example", "metavar"}:
                    found.update(id(inner) for inner in ast.walk(keyword.value))
        if isinstance(node, ast.Dict):
            found.update(id(key) for key in node.keys)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) in {"Literal", "SQL"}:
            found.update(id(inner) for inner in ast.walk(node))
    return found


def _constants(tree: ast.Module) -> set[int]:
    """Return the nodes of a module's own constants."""
    found: set[int] = set()
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            found.update(id(inner) for inner in ast.walk(node))
    return found


def bare_sentences(text: str, name: str = "") -> list[str]:
    """Return the sentences in a module's text that nothing translates."""
    tree = ast.parse(text)
    passed = _docstrings(tree) | _wrapped(tree)
    if name in VOCABULARIES:
        passed |= _constants(tree)
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in passed
        and SENTENCE.search(node.value)
        and not NO_SENTENCE.match(node.value)
        and not MACHINE.search(node.value)
        and not (name.startswith("facts/") and COMPOSED.search(node.value))
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_no_sentence_is_bare(file: Path) -> None:
    name = str(file.relative_to(SOURCE))
    assert bare_sentences(file.read_text(encoding="utf-8"), name) == []


def test_a_bare_sentence_is_found() -> None:
    text = 'run.say("nothing is due today")\nrun.say(_("all is well"))\nx = f"as {y} said so"\n'
    assert bare_sentences(text) == ["nothing is due today", " said so"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_what_is_translated_is_a_constant(file: Path) -> None:
    """A message put together before it is looked up is in no catalogue."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "_":
            assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
