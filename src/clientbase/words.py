"""Every sentence that a person reads goes through here, English being the message itself."""

from __future__ import annotations

import functools
import gettext
import os
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

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


class Number(str):
    """A number as a plain text has it (`1,234.5`), which a screen writes as the country does."""

    __slots__ = ()


def grouped(count: int) -> Number:
    """Return a count for a Sentence: `2,357`."""
    return Number(f"{count:,}")


def decimal(value: float) -> Number:
    """Return a number for a Sentence with two decimals at most: `1.5`."""
    return Number(f"{value:,.2f}".rstrip("0").rstrip("."))


class Sentence(str):
    """A sentence with days (date, clock.Day), money.Amount or Number in it, or lists of them.

    As a text it has them plain, which is what machine formats write and tests compare:
    `sold on 2026-11-21 for 1,200.00`. Where a person reads it, `worded` puts them in anew, as
    the base's country writes them. So an area says what there is to say, and knows no country.
    Sentences may be put into each other; joined by other means they are plain text.
    """

    __slots__ = ("_message", "_values")
    _message: str
    _values: dict[str, object]

    def __new__(cls, message: str, /, **values: object) -> Self:
        """Put values into a message, as `format` does."""
        plain = {name: _listed(value) for name, value in values.items()}
        made = super().__new__(cls, message.format(**plain))
        made._message, made._values = message, values
        return made

    def worded(self, word: Callable[[object], object]) -> str:
        """Return the sentence with every value as `word` writes it."""
        return self._message.format(**{name: word(value) for name, value in self._values.items()})


def _listed(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value
