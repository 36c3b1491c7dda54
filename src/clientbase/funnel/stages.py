"""The stages of the funnel, in order, each with its default temperature."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.statements import statements
from clientbase.errors import NotFound
from clientbase.normal import fold, shown
from clientbase.words import _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)

TEMPERATURES = ("cold", "warm", "hot")


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
    from clientbase.nearest import meant

    names = [stage.name for stage in stages]
    raise NotFound(
        _("there is no stage {name}").format(name=shown(text)),
        hint=meant(text, names, _("the stages are: {names}").format(names=", ".join(names))),
    )
