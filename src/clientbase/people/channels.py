"""Channels: where contacts and enquiries come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.errors import NotFound
from clientbase.normal import clean_text, fold, shown
from clientbase.words import _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)

LONGEST = 100


def channel_id(base: Base, name: str) -> int:
    """Return the channel of a name, in any letter case; a new name makes a new channel.

    Raises Refused for a name that can't be kept.
    """
    name = clean_text(name, limit=LONGEST, required=True)
    found = known(base, name)
    if found is None:
        found = int(base.one(SQL["add"], {"name": name, "key": fold(name)}))
    return found


def known(base: Base, name: str) -> int | None:
    """Return the channel of a name, in any letter case, or None."""
    found: int | None = base.one(SQL["known"], {"key": fold(name)})
    return found


def named(base: Base, text: str) -> int:
    """Return the channel of a name, in any letter case. Raises NotFound with the nearest name."""
    found = known(base, text)
    if found is not None:
        return found
    from clientbase.nearest import meant

    known_names = names(base)
    if known_names:
        otherwise = _("the channels are: {names}").format(names=", ".join(known_names))
    else:
        otherwise = _("enquiries bring them in: clientbase lead add --channel NAME")
    raise NotFound(
        _("there is no channel {name}").format(name=shown(text)),
        hint=meant(text, known_names, otherwise),
    )


def names(base: Base) -> list[str]:
    """Return the names of all channels, in the order of the alphabet."""
    return [name for (name,) in base.execute(SQL["names"])]
