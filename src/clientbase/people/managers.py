"""Managers: who looks after somebody, a contact or a lead, whoever asks for it by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.errors import NotFound
from clientbase.normal import fold, shown
from clientbase.words import _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)


def names(base: Base) -> list[str]:
    """Return who looks after somebody, in the order of the alphabet."""
    return [name for (name,) in base.execute(SQL["managers"])]


def spellings(base: Base, name: str) -> list[str]:
    """Return the managers of this name, as they are spelled in the base.

    Raises NotFound, with the nearest name, for whom no contact and no lead knows.
    """
    known = names(base)
    found = [text for text in known if fold(text) == fold(name)]
    if found:
        return found
    from clientbase.nearest import meant

    if known:
        otherwise = _("the managers are: {names}").format(names=", ".join(known))
    else:
        otherwise = _("contacts get one with: clientbase contact edit WHO --manager NAME")
    raise NotFound(
        _("nobody called {name} looks after anybody").format(name=shown(name)),
        hint=meant(name, known, otherwise),
    )
