"""The core attributes of a contact: how what was typed becomes the columns of its row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientbase import clock
from clientbase.db import settings
from clientbase.errors import Refused
from clientbase.normal import LONGEST_NOTE, clean_text, fold, optional_text, shown
from clientbase.people.resolving import resolve
from clientbase.words import _

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.people.contacts import NewContact

# Attributes that are text in one line, in the order in which they are shown, and the longest
# that each may be: where somebody works, and what else is known.
WORK = {"organisation": 500, "post": 200}
ABOUT = {
    "city": 200,
    "region": 200,
    "address": 500,
    "occupation": 200,
    "preferred_channel": 100,
    "hours": 100,
    "manager": 100,
}
_TEXTS = {"external_id": 100, **WORK, **ABOUT}
LONGEST_NAME = 500

# A contact of which nothing is said.
EMPTY: dict[str, Any] = {
    **dict.fromkeys(_TEXTS),
    **dict.fromkeys(("birthday", "sex", "channel_id", "referred_by_id", "note")),
    "kind": "person",
    "organisation_key": "",
}

_SEXES = {
    **dict.fromkeys(("female", "f", "woman", "женский", "жен", "ж"), "female"),
    **dict.fromkeys(("male", "m", "man", "мужской", "муж", "м"), "male"),
}


def read(base: Base, said: NewContact, today: date) -> dict[str, Any]:
    """Return the columns that what was typed sets; empty text sets NULL.

    Raises Refused for a value that is wrong, and as `resolve` does for who referred them. A
    channel that is new is made.
    """
    row: dict[str, Any] = {}
    if said.name is not None:
        row["name"] = _name(said.name)
        row["name_key"] = fold(row["name"])
    if said.kind is not None:
        row["kind"] = said.kind
    for column, limit in _TEXTS.items():
        text = getattr(said, column)
        if text is not None:
            row[column] = optional_text(text, limit=limit)
    if "organisation" in row:
        row["organisation_key"] = fold(row["organisation"] or "")
    return row | _special(base, said, today)


def check_referrer(contact_id: int, referred_by_id: int | None) -> None:
    """Raise Refused where a contact would have referred itself."""
    if contact_id == referred_by_id:
        raise Refused(
            _("nobody is referred by themselves"),
            hint=_("name another contact after --referred-by"),
        )


def _name(text: str) -> str:
    name = clean_text(text, limit=LONGEST_NAME)
    if not name:
        raise Refused(
            _("a contact needs a name"), hint=_("type one, if only what you call them yourself")
        )
    return name


def _special(base: Base, said: NewContact, today: date) -> dict[str, Any]:
    row: dict[str, Any] = {}
    if said.note is not None:
        row["note"] = optional_text(said.note, limit=LONGEST_NOTE, lines=True)
    if said.sex is not None:
        row["sex"] = _sex(said.sex)
    if said.birthday is not None:
        row["birthday"] = _birthday(base, said.birthday, today)
    if said.channel is not None:
        row["channel_id"] = _channel(base, said.channel)
    if said.referred_by is not None:
        referrer = said.referred_by
        row["referred_by_id"] = resolve(base, referrer) if referrer.strip() else None
    return row


def _channel(base: Base, text: str) -> int | None:
    from clientbase.people.channels import channel_id  # the card of a contact needs none

    return channel_id(base, text) if text.strip() else None


def _birthday(base: Base, text: str, today: date) -> str | None:
    if not text.strip():
        return None
    return clock.read_birthday(text, today, settings.get(base, "country"))


def _sex(text: str) -> str | None:
    word = fold(text)
    if word and word not in _SEXES:
        raise Refused(
            _("{text} is no sex that the base knows").format(text=shown(text)),
            hint=_("type female or male, or leave it out"),
        )
    return _SEXES.get(word)
