"""The guard in front of cells that a spreadsheet would run as a formula."""

from __future__ import annotations

import re

STARTS = frozenset("=+-@\t\r")

# A number or a phone, maybe with an extension: a spreadsheet cannot be made to run these.
_HARMLESS = re.compile(
    r"[+-]?[ \u00a0(]*[0-9][0-9 \u00a0().,-]*(?:(?:;ext=|ext\.?|доб\.?|x|#) ?[0-9]+)?"
)
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guard(text: str) -> str:
    """Put a `'` before text that a spreadsheet would run, unless it is a number or a phone.

    Text that already looks guarded gets one more, so that `unguard` always gives it back.
    """
    if not text:
        return text
    if text[0] in STARTS:
        return text if _HARMLESS.fullmatch(text) else "'" + text
    if text[0] == "'" and _GUARDED.match(text):
        return "'" + text
    return text


def unguard(text: str) -> str:
    """Take one `'` off text that `guard`, or another careful program, put there."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text
