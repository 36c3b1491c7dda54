"""What knows a sale or a row without a reference when it comes again."""

from __future__ import annotations

import re
from hashlib import blake2b

# As an export writes it; the letter in front keeps spreadsheets from taking it for a number.
_MARK = re.compile("s([0-7][0-9a-f]{15})")


def fingerprint(content: str, nth: int = 1) -> int:
    """Return 63 bits of a content, others for its second and later occurrence in a file."""
    if nth > 1:
        content = f"{nth}\x1d{content}"
    return int.from_bytes(blake2b(content.encode(), digest_size=8).digest()) >> 1


def fingerprint_of_mark(mark: str) -> int | None:
    """Return the fingerprint that an export handed out as a mark; None for any other mark."""
    found = _MARK.fullmatch(mark)
    return int(found[1], 16) if found else None
