"""Choosing contacts by what they have, compared in any letter case, and by what is missing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.statements import statements
from clientbase.errors import NotFound
from clientbase.normal import fold, shown
from clientbase.people import managers
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.db.connection import Base
    from clientbase.people.fields import Field

SQL = statements(__file__)


# What may be asked for as missing, beside custom fields, and how else it may be called.
MISSING = tuple(
    str.split(
        "phone email messenger birthday channel manager city region address organisation post sex "
        "occupation preferred_channel hours note external_id tags"
    )
)
_ALSO = {"preferred-channel": "preferred_channel", "id": "external_id", "tag": "tags"}


class Wanted(NamedTuple):
    """What a contact must have to be chosen, and what it must not.

    All of the tags, the manager, the channel, the organisation; nothing of what is `missing`:
    names of MISSING and custom fields. `unchecked`: with a phone or e-mail that was kept though
    it is wrong.
    """

    tags: tuple[str, ...] = ()
    manager: str | None = None
    channel: str | None = None
    organisation: str | None = None
    missing: tuple[str, ...] = ()
    unchecked: bool = False


def chosen(base: Base, wanted: Wanted) -> list[int] | None:
    """Return the contacts that are wanted, the oldest first; None where nothing is asked for.

    Raises NotFound, with the nearest name, for a tag, manager, channel or organisation that
    nobody has, and for what can't be missing.
    """
    if wanted == Wanted():
        return None
    manager = wanted.manager
    values = {
        "tags": json.dumps(_tags(base, wanted.tags)),
        "managers": None if manager is None else json.dumps(managers.spellings(base, manager)),
        "channel": None if wanted.channel is None else _channel(base, wanted.channel),
        "organisation": None if wanted.organisation is None else _key(base, wanted.organisation),
        "unchecked": wanted.unchecked,
        **_missing(base, wanted.missing),
    }
    return [contact for (contact,) in base.execute(SQL["chosen"], values)]


def organisations(base: Base, start: str) -> list[str]:
    """Return the organisations that begin so, in any letter case, where people work."""
    return [name for (name,) in base.execute(SQL["organisations"], {"start": fold(start)})]


def _tags(base: Base, names: Sequence[str]) -> list[int]:
    if not names:
        return []
    from clientbase.people import tags

    return sorted({tags.named(base, name) for name in names})


def _channel(base: Base, name: str) -> int:
    from clientbase.people import channels

    return channels.named(base, name)


def _key(base: Base, name: str) -> str:
    """Return the key of an organisation that is a contact, or where somebody works."""
    key = fold(name)
    if base.one(SQL["organisation"], {"key": key}):
        return key
    from clientbase.nearest import meant

    raise NotFound(
        _("there is no organisation {name}").format(name=shown(name)),
        hint=meant(
            name,
            organisations(base, name[:2]),
            _("look for a part of its name with: clientbase contact find TEXT"),
        ),
    )


def _missing(base: Base, names: Sequence[str]) -> dict[str, object]:
    """Return for the statement what is missing: a flag each, and the custom fields."""
    own = _fields(base) if names else {}
    asked: set[str] = set()
    values: set[int] = set()
    for name in names:
        key = _ALSO.get(fold(name), fold(name))
        if key in MISSING:
            asked.add(key)
        elif key in own:
            values.add(own[key].id)
        else:
            raise _not_missing(name, [*MISSING, *(field.name for field in own.values())])
    return {f"no_{name}": name in asked for name in MISSING} | {
        "no_fields": json.dumps(sorted(values))
    }


def _fields(base: Base) -> dict[str, Field]:
    from clientbase.people import fields

    return {fold(field.name): field for field in fields.all_fields(base)}


def _not_missing(name: str, known: list[str]) -> NotFound:
    from clientbase.nearest import meant

    return NotFound(
        _("{name} is nothing that a contact may lack").format(name=shown(name)),
        hint=meant(name, known, _("one of: {names}").format(names=", ".join(known))),
    )
