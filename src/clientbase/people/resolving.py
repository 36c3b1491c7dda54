"""WHO: from what was typed to the one contact that is meant."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.errors import Ambiguous, Conflict, Misuse, NotFound, Refused
from clientbase.normal import digits, fold, shown, visible
from clientbase.people import points
from clientbase.table import Table, columns
from clientbase.words import Number, Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.db.connection import Base

SQL = statements(__file__)

# Digits up to this many are a contact's number, more are a phone.
NUMBER = 6
LISTED = 10  # candidates that an error lists
_FETCHED = 1000  # of more hits it is not told how many there are
_WHOLE = ("by_whole_name", "by_whole_organisation")
_NAMED = (*_WHOLE, "by_part")
SURE = "no:"  # before a number: of a contact, and never an external id
_EXTERNAL = "id:"
# Patterns are kept as text: `re` compiles one when it is first used, not at every start.
_PHONE = r"[\d\s()+./\-\u2010-\u2015\u2212]+(?:(?i:ext|доб|x)[\s.:]*\d+)?"


def resolve(base: Base, who: str, *, exact: bool = False) -> int:
    """Return the contact that WHO means: a number, a phone, an e-mail, `id:…`, or a name.

    With `exact` a part of a name is not enough, and no nearest name is looked for. Raises
    NotFound; Ambiguous with the candidates where several answer; Conflict where a bare number is
    the external id of somebody else.
    """
    text = visible(who).strip()
    if not text:
        raise Misuse(_("it is not said who is meant"), hint=_hint_who())
    if text.isascii() and text.isdigit() and len(text) <= NUMBER:
        return _by_number(base, text)
    if text[: len(_EXTERNAL)].lower() == _EXTERNAL:
        return _by_external_id(base, text[len(_EXTERNAL) :].strip())
    if text[: len(SURE)].lower() == SURE and text[len(SURE) :].isdecimal():
        return _numbered(base, text[len(SURE) :])
    if "@" in text:
        found = _by_email(base, text)
    elif len(digits(text)) > NUMBER and re.fullmatch(_PHONE, text):
        found = _by_phone(base, text)
    else:
        found = _by_name(base, fold(text), _WHOLE if exact else _NAMED)
    return _only(base, text, found, exact=exact)


def candidates(base: Base, contacts: Sequence[int]) -> Table:
    """Return what tells contacts apart, in the order given."""
    rows = base.execute(SQL["candidates"], {"contacts": json.dumps(list(contacts))}).fetchall()
    return Table("contacts", columns("contact_id:id", "name", "phone:phone", "city"), rows)


def _by_number(base: Base, text: str) -> int:
    found: int | None = base.one(SQL["by_number"], {"number": int(text)})
    other: int | None = base.one(SQL["by_external_id"], {"external_id": text})
    if other is not None and other != found:
        known = [contact for contact in (found, other) if contact is not None]
        raise Conflict(
            _("{text} is the external id of contact {other}").format(text=text, other=other),
            hint=_("type id:{text} for the external id, no:{text} for the number").format(
                text=text
            ),
            table=candidates(base, known),
        )
    return _numbered(base, text) if found is None else found


def _numbered(base: Base, text: str) -> int:
    # More digits than SQLite's numbers have can't be anybody's.
    number = int(text[:18])
    found: int | None = base.one(SQL["by_number"], {"number": number})
    if found is None:
        raise NotFound(
            _("there is no contact {number}").format(number=shown(text)), hint=_hint_find()
        )
    return found


def _by_external_id(base: Base, text: str) -> int:
    if not text:
        raise Misuse(
            _("no external id follows id:"), hint=_("type it behind the colon, such as id:C0001")
        )
    found: int | None = base.one(SQL["by_external_id"], {"external_id": text})
    if found is None:
        raise NotFound(
            _("nobody has the external id {text}").format(text=shown(text)), hint=_hint_find()
        )
    return found


def _by_email(base: Base, text: str) -> list[int]:
    from clientbase.emails import email

    try:
        key = email(text).key
    except Refused:
        key = text.lower()
    return points.with_email(base, key) or _by_typed(base, fold(text))


def _by_phone(base: Base, text: str) -> list[int]:
    if text.startswith("+"):  # as it is shown: no library is needed to find it
        found = points.with_phone(base, f"+{digits(text)}")
        if found:
            return found
    from clientbase.phones import phone

    try:
        number = phone(text, settings.get(base, "country"))
    except Refused:
        return _by_typed(base, digits(text))
    return points.with_phone(base, number.e164, number.extension) or _by_typed(base, digits(text))


def _by_typed(base: Base, text: str) -> list[int]:
    values = {"text": text, "limit": _FETCHED}
    return [contact for (contact,) in base.execute(SQL["by_typed"], values)]


def _by_name(base: Base, text: str, turns: Sequence[str]) -> list[int]:
    values = {"text": text, "limit": _FETCHED}
    for statement in turns if text else ():
        found = [contact for (contact,) in base.execute(SQL[statement], values)]
        if found:
            return found
    return []


def _only(base: Base, who: str, found: list[int], *, exact: bool) -> int:
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            _("nobody is found by {who}").format(who=shown(who)),
            hint=_hint_find() if exact else _near(base, who),
        )
    table = candidates(base, found[:LISTED])
    raise Ambiguous(
        Sentence(_("{count} contacts answer to {who}"), count=_count(found), who=shown(who)),
        hint=hint_several(len(found)),
        table=table,
    )


def _count(found: list[int]) -> Number:
    return grouped(len(found)) if len(found) < _FETCHED else Number(f"{_FETCHED:,}+")


def hint_several(count: int) -> str:
    """Return a hint to those who named several at once, of whom the first are listed."""
    first = _("type the number of the one you mean")
    rest = count - LISTED
    if rest <= 0:
        return first
    more = ngettext("{rest} more is not listed", "{rest} more are not listed", rest)
    return Sentence("{first}; {more}", first=first, more=Sentence(more, rest=grouped(rest)))


def _near(base: Base, who: str) -> str:
    """Return a hint with the nearest of the names that begin alike."""
    text = fold(who)
    if text.isdecimal() or not text:
        return _hint_find()
    from clientbase.nearest import meant

    names = (name for (name,) in base.execute(SQL["near"], {"start": text[:2]}))
    return meant(who, names, _hint_find(), alike=0.6)


def _hint_find() -> str:
    return _("look with: clientbase contact find TEXT; new ones: clientbase contact add NAME")


def _hint_who() -> str:
    return _("type a number, a phone, an e-mail, id:CODE or a name")
