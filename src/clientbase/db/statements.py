"""Named statements: SQL lies in a `.sql` file beside the module that runs it."""

from __future__ import annotations

from pathlib import Path

MARK = "-- name: "


def statements(module_file: str) -> dict[str, str]:
    """Read the statements beside a module, given its `__file__`, as {name: SQL}."""
    text = Path(module_file).with_suffix(".sql").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for part in text.split(MARK)[1:]:
        name, _, body = part.partition("\n")
        found[name.strip()] = body.strip()
    return found
