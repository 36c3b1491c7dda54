"""The ways to reach a contact, and what each of them needs to be known."""

from __future__ import annotations

from typing import Final

from clientbase import messengers
from clientbase.errors import Misuse
from clientbase.normal import shown
from clientbase.words import _

# Where somebody is known by a name, and reached by it.
_MESSENGERS: Final = tuple(kind for kind in messengers.KINDS if kind != "other")
_MESSAGES: Final = ("sms", *_MESSENGERS)

# Each way, and the kind of activity that reaching somebody by it is.
WAYS: Final = {
    "phone": "call",
    "email": "email",
    "visit": "visit",
    "post": "message",
    "message": "message",
    **dict.fromkeys(_MESSAGES, "message"),
}
ALL: Final = "all"
_ALIASES: Final = {"call": "phone", "mail": "email", "letter": "post"}

# What a way is a part of, and the parts that it has.
PART_OF: Final = {
    **dict.fromkeys(("phone", "email", "visit", "post", "message"), ALL),
    **dict.fromkeys(_MESSAGES, "message"),
}
_PARTS: Final = {
    ALL: tuple(way for way, whole in PART_OF.items() if whole == ALL),
    "message": _MESSAGES,
}

# By which kinds of points a way reaches somebody; what is not here needs an address.
_POINTS: Final = {
    "phone": ("phone",),
    "email": ("email",),
    "sms": ("phone",),
    **{way: (way,) for way in _MESSENGERS},
    **{way: (way, "phone") for way in messengers.BY_PHONE},
}


def known(text: str) -> str | None:
    """Return the way that was typed, as it is kept, or None."""
    way = text.strip().lower().replace("-", "")
    way = _ALIASES.get(way, way)
    return way if way in WAYS else None


def named(text: str) -> str:
    """Return the way that was typed, as it is kept. Raises Misuse with the nearest one."""
    way = known(text)
    if way is None:
        from clientbase.nearest import meant

        listed = _("one of: {ways}").format(ways=", ".join(WAYS))
        raise Misuse(
            _("there is no way {way} to reach somebody").format(way=shown(text)),
            hint=meant(text, WAYS, listed),
        )
    return way


def covering(way: str) -> list[str]:
    """Return the way and all that it is a part of: who stopped one of them stopped it."""
    found = [way]
    while found[-1] in PART_OF:
        found.append(PART_OF[found[-1]])
    return found


def stopped_too(stopped: set[str], way: str) -> set[str]:
    """Return what is stopped when a way is stopped as well; all its parts make a whole."""
    if not stopped.isdisjoint(covering(way)):
        return stopped
    found = stopped | {way}
    for whole in ("message", ALL):
        if found.issuperset(_PARTS[whole]):
            found.add(whole)
    return found


def allowed_again(stopped: set[str], way: str) -> set[str]:
    """Return what is still stopped when a way is allowed: of a whole its other parts are."""
    found = set(stopped)
    for whole in reversed(covering(way)[1:]):
        if whole in found:
            found.remove(whole)
            found.update(_PARTS[whole])
    return {each for each in found if way not in covering(each)}


def points(way: str) -> list[tuple[str, str]]:
    """Return by which [way, kind of point] somebody is reached; nothing where it needs an address.

    A message comes by any messenger, so that one that was stopped leaves the others.
    """
    if way == "message":
        found = [pair for each in _MESSAGES for pair in points(each)]
        return [*found, ("message", "other")]
    return [(way, kind) for kind in _POINTS.get(way, ())]
