"""Every sentence that a person reads goes through here, English being the message itself."""

from __future__ import annotations

import functools
import gettext
import os
from pathlib import Path

LOCALES = Path(__file__).parent / "locale"


@functools.lru_cache(maxsize=1)
def _catalogue() -> gettext.NullTranslations:
    asked = os.environ.get("CLIENTBASE_LANG")
    return gettext.translation(
        "clientbase", LOCALES, languages=[asked] if asked else None, fallback=True
    )


def _(message: str) -> str:
    """Return the message in the reader's language."""
    return _catalogue().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of the message that goes with a count, in the reader's language."""
    return _catalogue().ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name that extraction tools know
    """Mark a message for translation where it stands; it is translated where it is shown."""
    return message
