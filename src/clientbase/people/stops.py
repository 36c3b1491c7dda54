"""Stops: by which ways contacts do not wish to be reached."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.statements import statements
from clientbase.normal import LONGEST_REASON, optional_text
from clientbase.people import ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)


def stop(
    base: Base,
    contacts: Sequence[int],
    typed: Iterable[str],
    today: date,
    *,
    note: str | None = None,
) -> list[int]:
    """Let contacts not be reached by some ways, or wholly where none is typed.

    Returned are the open reminders which that silences. What was stopped before stays as it is,
    but for a new note. Raises Misuse for an unknown way.
    """
    wanted = _read(typed)
    text = optional_text(note, limit=LONGEST_REASON)
    day = today.isoformat()
    stops = [
        stop
        for contact, kept in _kept(base, contacts).items()
        for stop in _stopped(contact, kept, wanted, day, text)
    ]
    with silencing(base, contacts) as silenced:
        _write(base, "add", (stop for stop in stops if not stop.stop_id))
        _write(base, "word", (stop for stop in stops if stop.stop_id))
    return silenced


def allow(base: Base, contacts: Sequence[int], typed: Iterable[str]) -> int:
    """Let contacts be reached again by some ways, or by every one, and return how many changed.

    Of what was stopped as a whole the other parts stay stopped. Raises Misuse for an unknown way.
    """
    wanted = _read(typed)
    parts: list[_Stop] = []
    lifted: list[_Stop] = []
    for kept in _kept(base, contacts).values():
        left, gone = _allowed(kept, wanted)
        parts += left
        lifted += gone
    _write(base, "drop", lifted)
    _write(base, "add", parts)
    return len({stop.contact_id for stop in lifted})


def silent(base: Base, wanted: Iterable[tuple[int, str | None]]) -> set[int]:
    """Return the places of those who are not to be reached, of (contact, way).

    That is who stopped the way, or has left and did not come back; without a way, who stopped
    every one.
    """
    items = [(contact, ways.covering(way or ways.ALL)) for contact, way in wanted]
    return {place for (place,) in base.execute(SQL["silent"], {"items": json.dumps(items)})}


def silent_reminders(base: Base, contacts: Sequence[int]) -> list[int]:
    """Return the open reminders of contacts that are not listed, as things stand now.

    A notice that the client asked for is always listed.
    """
    values = {"contacts": json.dumps(list(contacts))}
    found = base.execute(SQL["open_reminders"], values).fetchall()
    places = silent(base, ((contact, way) for _number, contact, way in found))
    return [number for place, (number, *_rest) in enumerate(found) if place in places]


@contextlib.contextmanager
def silencing(base: Base, contacts: Sequence[int]) -> Iterator[list[int]]:
    """Yield a list; at the end it holds the open reminders that what was done has silenced."""
    before = set(silent_reminders(base, contacts))
    silenced: list[int] = []
    yield silenced
    silenced += [number for number in silent_reminders(base, contacts) if number not in before]


def _read(typed: Iterable[str]) -> list[str]:
    wanted = [ways.ALL if text.strip().lower() == ways.ALL else ways.named(text) for text in typed]
    return list(dict.fromkeys(wanted)) or [ways.ALL]


class _Stop(NamedTuple):
    stop_id: int  # 0 before it is written
    contact_id: int
    way: str
    day: str
    note: str | None


def _kept(base: Base, contacts: Sequence[int]) -> dict[int, dict[str, _Stop]]:
    """Return what each contact has stopped: the stops by way."""
    kept: dict[int, dict[str, _Stop]] = {contact: {} for contact in contacts}
    values = {"contacts": json.dumps(list(contacts))}
    for stop in map(_Stop._make, base.execute(SQL["of_contacts"], values)):
        kept[stop.contact_id][stop.way] = stop
    return kept


def _stopped(
    contact: int, kept: dict[str, _Stop], wanted: list[str], day: str, note: str | None
) -> list[_Stop]:
    """Return the stops of a contact that are new, or have a new note."""
    stopped = set(kept)
    for way in wanted:
        stopped = ways.stopped_too(stopped, way)
    new = [_Stop(0, contact, way, day, note) for way in _new(stopped, kept)]
    worded = [kept[way] for way in wanted if way in kept and note not in {None, kept[way].note}]
    return [*new, *(stop._replace(note=note) for stop in worded)]


def _allowed(kept: dict[str, _Stop], wanted: list[str]) -> tuple[list[_Stop], list[_Stop]]:
    """Return the stops that are left of wider ones, and those that are lifted."""
    stopped = set(kept)
    for way in wanted:
        stopped = ways.allowed_again(stopped, way)
    parts = []
    for way in _new(stopped, kept):
        whole = next(kept[each] for each in ways.covering(way) if each in kept)
        parts.append(whole._replace(stop_id=0, way=way))
    return parts, [kept[way] for way in kept if way not in stopped]


def _new(stopped: set[str], kept: dict[str, _Stop]) -> list[str]:
    """Return what is stopped from now on, in one order on every machine."""
    return [way for way in (*ways.WAYS, ways.ALL) if way in stopped and way not in kept]


def _write(base: Base, statement: str, stops: Iterable[_Stop]) -> None:
    base.executemany(SQL[statement], [stop._asdict() for stop in stops])
