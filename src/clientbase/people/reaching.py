"""Whom of a list one may reach by a way, and who is left out of it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from clientbase import messengers
from clientbase.db.statements import statements
from clientbase.people import ways
from clientbase.words import N_, Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.db.connection import Base

SQL = statements(__file__)

# What who is left out lacks; a name in a messenger if not said.
_LACKS = {
    **dict.fromkeys(("phone", "sms", *messengers.BY_PHONE), N_("a phone")),
    **dict.fromkeys(("visit", "post"), N_("an address")),
    "email": N_("an e-mail address"),
    "message": N_("a phone or a messenger"),
}


class Sifted(NamedTuple):
    """Who may be reached, and a sentence about those who are left out, if any."""

    contacts: list[int]
    notes: list[str]


def by(base: Base, contacts: Sequence[int] | None, way: str) -> Sifted:
    """Leave those in a list (None is everybody) who can be reached by a way, one of ways.WAYS.

    Left out are those who have left, who stopped the way or all ways, and who have no point, or
    no address, that it needs.
    """
    points = ways.points(way)
    values = {
        "contacts": None if contacts is None else json.dumps(list(contacts)),
        "covering": json.dumps(ways.covering(way)),
        "points": json.dumps(points),
        "address": not points,
    }
    kept = []
    why: Counter[str] = Counter()
    for contact, reason in base.execute(SQL["sifted"], values):
        if reason is None:
            kept.append(contact)
        else:
            why[reason] += 1
    return Sifted(kept, _told(why, way) if why else [])


def unwilling(base: Base, contacts: Sequence[int]) -> list[str]:
    """Return a sentence on how many of a list do not wish to be reached, if any."""
    count = int(base.one(SQL["unwilling"], {"contacts": json.dumps(list(contacts))}))
    if not count:
        return []
    told = ngettext(
        "{count} of them has left or does not wish to be reached, wholly or by some way; "
        "--for WAY leaves out who can't be.",
        "{count} of them have left or do not wish to be reached, wholly or by some way; "
        "--for WAY leaves out who can't be.",
        count,
    )
    return [Sentence(told, count=grouped(count))]


def _told(why: Counter[str], way: str) -> list[str]:
    reasons = []
    if count := why["stopped"]:
        told = ngettext("{count} does not wish it", "{count} do not wish it", count)
        reasons.append(Sentence(told, count=grouped(count)))
    if count := why["left"]:
        told = ngettext("{count} has left", "{count} have left", count)
        reasons.append(Sentence(told, count=grouped(count)))
    if count := why["unreachable"]:
        lacks = _(_LACKS.get(way, N_("a name there")))
        reasons.append(Sentence(_("{count} without {what}"), count=grouped(count), what=lacks))
    count = sum(why.values())
    told = ngettext(
        "Left out for {way}: {count} contact ({reasons}).",
        "Left out for {way}: {count} contacts ({reasons}).",
        count,
    )
    return [Sentence(told, way=way, count=grouped(count), reasons=reasons)]
