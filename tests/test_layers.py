"""The floors of the house: who may import whom, and what only one room may do."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "clientbase"

# Ground floor first; a room imports only from floors below it, or from itself.
GROUND = (
    "errors",
    "words",
    "clock",
    "money",
    "country",
    "when",
    "normal",
    "phones",
    "emails",
    "messengers",
    "spreadsheet",
    "nearest",
    "table",
)
FLOORS = (
    "db",
    "people",
    "funnel",
    "sales",
    "facts",
    "analysis",
    "followup",
    "exchange",
    "demo",
    "safety",
    "render",
    "cli",
)
RENDER_MAY = {
    "render",
    "table",
    "money",
    "words",
    "country",
    "when",
    "normal",
    "errors",
    "spreadsheet",
}
HEAVY = {
    "phonenumbers",
    "email_validator",
    "dateutil",
    "rapidfuzz",
    "rich",
    "sqlite_utils",
    "platformdirs",
    "numpy",
    "scipy",
}

FILES = sorted(SOURCE.rglob("*.py"))


def _room(file: Path) -> str:
    parts = file.relative_to(SOURCE).parts
    return parts[0].removesuffix(".py")


def _imports(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def _tops(tree: ast.Module) -> set[str]:
    """Return what a module imports as it is loaded, its type-checking block left out."""
    lines = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return {name.split(".")[0] for node in lines for name in _imports(node)}


def _calls(tree: ast.AST) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_a_room_imports_only_from_floors_below(file: Path) -> None:
    room = _room(file)
    rooms = {
        name.split(".")[1]
        for name in _imports(_parsed(file))
        if name.startswith("clientbase.") and not name.startswith("clientbase.__version__")
    }
    if room == "render":
        assert rooms <= RENDER_MAY
    elif room in FLOORS:
        below = {*GROUND, *FLOORS[: FLOORS.index(room) + 1]} - ({"render"} - {room})
        allowed = below | ({"render"} if room == "cli" else set())
        assert rooms <= allowed
    elif room in GROUND:
        assert rooms <= set(GROUND)
    else:
        assert room in {"__init__", "__main__"}


def _edges() -> dict[str, set[str]]:
    """Return which module imports which as it is loaded."""
    modules = {
        ".".join(("clientbase", *file.relative_to(SOURCE).with_suffix("").parts)): file
        for file in FILES
    }
    edges: dict[str, set[str]] = {}
    for name, file in modules.items():
        body = ast.Module(
            [n for n in _parsed(file).body if isinstance(n, ast.Import | ast.ImportFrom)], []
        )
        reached = _imports(body)
        edges[name] = {
            other
            for other in modules
            if other != name and any(r == other or r.startswith(f"{other}.") for r in reached)
        }
    return edges


def test_no_module_is_in_a_circle_of_imports() -> None:
    edges = _edges()
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name not in done:
            for other in edges[name]:
                visit(other, (*path, name))
            done.add(name)

    for name in edges:
        visit(name, ())


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_each_power_lies_in_one_room(file: Path) -> None:
    tree, room = _parsed(file), _room(file)
    calls, imports = _calls(tree), {name.split(".")[0] for name in _imports(tree)}
    assert not calls & {"print", "typer.echo"} or room == "cli"
    assert "print" not in calls
    assert not {"sys.exit", "exit", "quit"} & calls
    if room != "db":
        assert "sqlite3.connect" not in calls
    if room != "clock":
        assert not calls & {"date.today", "datetime.now", "datetime.utcnow", "time.time"}
    if room != "cli":
        assert "typer" not in imports
    if room != "render":
        assert "rich" not in imports
    if file.name != "migrations.py":
        assert "sqlite_utils" not in imports
    if room not in {"cli", "words", "__main__", "db", "exchange"}:
        assert "os" not in imports


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_heavy_libraries_are_imported_where_they_are_used(file: Path) -> None:
    if file.name != "migrations.py":
        assert not _tops(_parsed(file)) & HEAVY


def test_only_the_command_line_and_the_words_read_the_environment() -> None:
    readers = {_room(file) for file in FILES if "os.environ" in file.read_text(encoding="utf-8")}
    assert readers <= {"cli", "words", "clock"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_no_file_grows_past_four_hundred_lines(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400
    assert file.name not in {"utils.py", "helpers.py", "common.py", "manager.py"}
