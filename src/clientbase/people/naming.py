"""How what is to be done names the thing that it is to be done for."""

from __future__ import annotations

import re

from clientbase.normal import fold


def about(thing: str | None, what: str) -> str:
    """Return `Rex: vaccination`; a text that names the thing already stays as it is."""
    if thing is None or re.search(rf"(?<!\w){re.escape(fold(thing))}(?!\w)", fold(what)):
        return what
    return f"{thing}: {what}"
