"""The stages of the funnel, in order, each with its default temperature."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.statements import statements
from clientbase.errors import NotFound
from clientbase.normal import fold, shown
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.db.connection import Base

SQL = statements(__file__)


class Stage(NamedTuple):
    """One stage; leads go from lower positions to higher ones."""

    id: int
    position: int
    name: str
    temperature: str
    key: str


def all_stages(base: Base) -> list[Stage]:
    """Return the stages in the order in which leads pass them."""
    return [Stage(*row) for row in base.execute(SQL["all"])]


def named(base: Base, text: str) -> Stage:
    """Return the stage of a name, in any letter case. Raises NotFound with the nearest name."""
    stages = all_stages(base)
    for stage in stages:
        if stage.key == fold(text):
            return stage
    raise NotFound(
        _("there is no stage {name}").format(name=shown(text)),
        hint=nearest(fold(text), [stage.name for stage in stages], _("the stages are: {names}")),
    )


def nearest(text: str, names: Sequence[str], otherwise: str) -> str:
    """Return a hint with the name nearest to a misspelt one, else all of them in `otherwise`."""
    from difflib import get_close_matches

    folded = {fold(name): name for name in names}
    near = get_close_matches(text, folded, 1, 0.5)
    if near:
        return _("did you mean {name}?").format(name=folded[near[0]])
    return otherwise.format(names=", ".join(names))
