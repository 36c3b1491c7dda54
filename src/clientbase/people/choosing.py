"""Choosing contacts by tags, manager and channel, each compared in any letter case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.db.statements import statements
from clientbase.errors import NotFound
from clientbase.normal import fold, shown
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    values: dict[str, Any] = {"channel": None, "managers": None}
    tags = {_tag(base, name) for name in wanted.tags}
    values["tags"] = json.dumps(sorted(tags))
    if wanted.manager is not None:
        values["managers"] = json.dumps(_managers(base, wanted.manager))
    if wanted.channel is not None:
        known = {name: number for number, name in base.execute(SQL["channels"])}
        values["channel"] = known[_alike(wanted.channel, known, _("channel"))[0]]
    return [contact for (contact,) in base.execute(SQL["chosen"], values)]


def managers(base: Base) -> list[str]:
    """Return who looks after somebody, in the order of the alphabet."""
    return [name for (name,) in base.execute(SQL["managers"])]


def _tag(base: Base, name: str) -> int:
    known: dict[str, int] = {tag: number for number, tag in base.execute(SQL["tags"])}
    return known[_alike(name, known, _("tag"))[0]]


def _managers(base: Base, name: str) -> list[str]:
    return _alike(name, managers(base), _("manager"))


def _alike(name: str, known: Iterable[str], what: str) -> list[str]:
    """Return the known names that are the same but for letter case and spacing."""
    keys = {text: fold(text) for text in known}
    found = [text for text, key in keys.items() if key == fold(name)]
    if found:
        return found
    from difflib import get_close_matches

    near = get_close_matches(fold(name), keys.values(), 1, 0.5)
    names = [text for text, key in keys.items() if key in near] or list(keys)[:10]
    raise NotFound(
        _("there is no {what} {name}").format(what=what, name=shown(name)),
        hint=_("there is: {names}").format(names=", ".join(names)) if names else "",
    )
