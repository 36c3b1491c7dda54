"""The name that was meant where one is misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.normal import fold, shown
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable

ALIKE = 0.5  # of 1: how much of the letters two names must share, as difflib measures it


def nearest(typed: str, names: Iterable[str], *, alike: float = ALIKE) -> str | None:
    """Return the name nearest to a misspelt one, letter case and marks aside, or None."""
    from difflib import get_close_matches

    known = {fold(name): name for name in names}
    near = get_close_matches(fold(typed), known, 1, alike)
    return known[near[0]] if near else None


def meant(typed: str, names: Iterable[str], otherwise: str, *, alike: float = ALIKE) -> str:
    """Return the hint `did you mean …?`, or the other one where no name is near."""
    near = nearest(typed, names, alike=alike)
    return otherwise if near is None else _("did you mean {name}?").format(name=shown(near))
