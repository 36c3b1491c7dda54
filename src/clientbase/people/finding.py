"""Finding contacts by part of what is known about them."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.errors import Misuse
from clientbase.normal import digits, fold, visible
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from clientbase.db.connection import Base

    Places = tuple[Callable[[Base, str, str], Iterable[int]], ...]

SQL = statements(__file__)

FEWEST_DIGITS = 3
# With this many digits and no letter it is a phone, and hardly a name.
PHONE_DIGITS = 5
# Digits that are dialled before a number and are no part of it, such as the 8 of 8 926 …
_DIALLED = r"^(?:00|0|8)(?=\d{3})"
_PHONE = r"[\d\s()+./\-\u2010-\u2015\u2212]+"
_WORDS = 3


def find(base: Base, text: str) -> list[int]:
    """Return the contacts with this text in what is known about them, the best hits first.

    It is looked for in names and organisations in any letter case, in the names of things, in
    phones by their digits (three and more), in e-mails and messenger names, and as a whole tag or
    external id. What is plainly a phone or an address is looked for in names only where it is
    nobody's; what is not written in ASCII, in addresses only where it is in nobody's name.
    """
    text = visible(text).strip()
    key = fold(text)
    if not key:
        raise Misuse(
            _("it is not said what to find"),
            hint=_("type part of a name, a phone, an e-mail, or a tag"),
        )
    named = _names, _things, _exact
    reached = _exact, _phones, _addresses
    for places in _turns(text, named, reached):
        found = list(dict.fromkeys(hit for place in places for hit in place(base, text, key)))
        if found:
            return found
    return []


def _turns(text: str, named: Places, reached: Places) -> tuple[Places, ...]:
    if "@" in text or (len(digits(text)) >= PHONE_DIGITS and re.fullmatch(_PHONE, text)):
        return reached, named
    return ((*named, *reached),) if text.isascii() else (named, reached)


def _names(base: Base, text: str, key: str) -> Iterable[int]:
    """Give each of the first words its place; what follows stays in one piece."""
    del text
    words = key.split(" ", _WORDS - 1)
    first, second, third = [*words, "", ""][:_WORDS]
    values = {"text": key, "first": first, "second": second, "third": third}
    rows = base.execute(SQL["by_name"], values).fetchall()
    rows.sort(key=itemgetter(1))  # within a rank they stay in the order of the index, by name
    return [contact for contact, _rank in rows]


def _things(base: Base, text: str, key: str) -> Iterable[int]:
    del text
    return _column(base, "by_thing", text=key)


def _exact(base: Base, text: str, key: str) -> Iterable[int]:
    yield from _column(base, "by_external_id", text=text)
    yield from _column(base, "by_tag", text=key)


def _phones(base: Base, text: str, key: str) -> Iterable[int]:
    del key
    typed = digits(text)
    if len(typed) < FEWEST_DIGITS or not re.fullmatch(_PHONE, text):
        return ()
    return _column(base, "by_digits", digits=re.sub(_DIALLED, "", typed))


def _addresses(base: Base, text: str, key: str) -> Iterable[int]:
    del text
    return () if " " in key else _column(base, "by_address", text=key)


def _column(base: Base, statement: str, **values: str) -> Iterator[int]:
    return (contact for (contact,) in base.execute(SQL[statement], values))
