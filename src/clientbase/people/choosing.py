"""Choosing contacts by tags, manager and channel, each compared in any letter case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.statements import statements
from clientbase.errors import NotFound
from clientbase.normal import fold, shown
from clientbase.people import channels, tags
from clientbase.words import _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)


class Wanted(NamedTuple):
    """What a contact must have to be chosen: all of the tags, the manager, the channel."""

    tags: tuple[str, ...] = ()
    manager: str | None = None
    channel: str | None = None


def chosen(base: Base, wanted: Wanted) -> list[int] | None:
    """Return the contacts that are wanted, the oldest first; None where nothing is asked for.

    Raises NotFound, with the nearest name, for a tag, manager or channel that nobody has.
    """
    if wanted == Wanted():
        return None
    manager, channel = wanted.manager, wanted.channel
    values = {
        "tags": json.dumps(sorted({tags.named(base, name) for name in wanted.tags})),
        "managers": None if manager is None else json.dumps(_spellings(base, manager)),
        "channel": None if channel is None else channels.named(base, channel),
    }
    return [contact for (contact,) in base.execute(SQL["chosen"], values)]


def managers(base: Base) -> list[str]:
    """Return who looks after somebody, in the order of the alphabet."""
    return [name for (name,) in base.execute(SQL["managers"])]


def _spellings(base: Base, name: str) -> list[str]:
    """Return the managers of this name, as they are spelled in the base."""
    known = managers(base)
    found = [text for text in known if fold(text) == fold(name)]
    if found:
        return found
    from clientbase.nearest import meant

    if known:
        otherwise = _("the managers are: {names}").format(names=", ".join(known))
    else:
        otherwise = _("contacts get one with: clientbase contact edit WHO --manager NAME")
    raise NotFound(
        _("nobody called {name} looks after a contact").format(name=shown(name)),
        hint=meant(name, known, otherwise),
    )
