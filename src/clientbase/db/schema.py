"""The shape of a new base. An older file is brought to it step by step by `migrations`.

Money is whole minor units of the base's currency; a day is YYYY-MM-DD; ids are never used twice.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).with_name("tables")
# In this order: a table stands behind those that it refers to.
PARTS = ("journal", "people", "sales", "funnel", "followup", "views")


def text() -> str:
    """Return the statements that make all tables, indexes and views."""
    return "".join((_FOLDER / f"{part}.sql").read_text(encoding="utf-8") for part in PARTS)
