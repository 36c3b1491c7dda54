"""Which segments of the owner's name a channel or a stage, and miss it under another name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.normal import fold

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)

_LITERAL = "'((?:[^']|'')*)'"


def segments(base: Base, fact: str, name: str) -> list[str]:
    """Return the segments whose rule reads a fact and holds a name in quotation marks."""
    return [
        segment
        for segment, rule in base.execute(SQL["rules"])
        if fold(name) in {fold(text.replace("''", "'")) for text in re.findall(_LITERAL, rule)}
        and re.search(rf"\b{fact}\b", fold(re.sub(_LITERAL, "''", rule)))
    ]
