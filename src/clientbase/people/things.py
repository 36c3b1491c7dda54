"""Things: what belongs to contacts and is served, of a kind, with a name and fields of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from clientbase.clock import Day
from clientbase.db import settings
from clientbase.db.connection import LARGEST
from clientbase.db.statements import statements
from clientbase.errors import Ambiguous, Conflict, Misuse, NotFound
from clientbase.normal import LONGEST_NOTE, clean_text, fold, optional_text, shown, visible
from clientbase.people import fields, kinds
from clientbase.people.names import OFFERED, continuing
from clientbase.people.resolving import LISTED, hint_several
from clientbase.table import Table, columns
from clientbase.words import Sentence, _, grouped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.people.fields import Field
    from clientbase.people.kinds import Kind
    from clientbase.table import Row

SQL = statements(__file__)

LONGEST_NAME = 200
COLUMNS = columns(
    "thing_id:id",
    "contact_id:id",
    "name",
    "kind",
    "thing",
    "fields:list",
    "note",
    "entered_on:date",
)
ESSENTIAL = ("thing_id", "thing", "kind", "name", "fields")
CANDIDATES = columns("thing_id:id", "thing", "kind", "contact_id:id", "name")
_AT_ONCE = 500  # things of which is asked at once


class NewThing(NamedTuple):
    """A thing as it is typed: its kind, name, fields (name, value), and a note."""

    kind: str
    name: str
    fields: tuple[tuple[str, str], ...] = ()
    note: str | None = None


class Changes(NamedTuple):
    """What to change of a thing, None being what stays; `to` is whose it is from now on."""

    name: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    note: str | None = None
    to: int | None = None


class Dropped(NamedTuple):
    """What a thing was, its reminders that are skipped, and how many that rules made are gone."""

    table: Table
    skipped: list[int]
    gone: int


class _Kept(NamedTuple):
    id: int
    contact_id: int
    kind_id: int
    name: str
    note: str | None
    dropped_on: str | None


def add(base: Base, contact_id: int, new: NewThing, today: date) -> int:
    """Give a contact a thing and return its number.

    Raises NotFound for an unknown kind or field, Refused for a value that is wrong or missing.
    """
    kind = kinds.named(base, new.kind)
    name = clean_text(new.name, limit=LONGEST_NAME, required=True)
    fields.check_required(base, new.fields, kind)
    values = {
        "contact": contact_id,
        "kind": kind.id,
        "name": name,
        "name_key": fold(name),
        "note": optional_text(new.note, limit=LONGEST_NOTE, lines=True),
        "today": today.isoformat(),
    }
    thing_id = int(base.one(SQL["add"], values))
    fields.set_values(base, contact_id, new.fields, today, fields.OfThing(thing_id, kind))
    return thing_id


def edit(base: Base, thing_id: int, changes: Changes, today: date) -> None:
    """Change what is said of a thing; empty text clears a note or a field.

    With another contact its fields and open reminders go along. Raises as `add` does.
    """
    kept = _kept(base, thing_id)
    name, note, to = kept.name, kept.note, changes.to or kept.contact_id
    if changes.name is not None:
        name = clean_text(changes.name, limit=LONGEST_NAME, required=True)
    if changes.note is not None:
        note = optional_text(changes.note, limit=LONGEST_NOTE, lines=True)
    if (name, note, to) != (kept.name, kept.note, kept.contact_id):
        values = {"name": name, "name_key": fold(name), "note": note, "contact": to}
        base.execute(SQL["edit"], {**values, "thing": kept.id})
    if to != kept.contact_id:
        for statement in ("move_values", "move_reminders"):
            base.execute(SQL[statement], {"thing": kept.id, "contact": to})
    kind = _kind(base, kept)
    fields.set_values(base, to, changes.fields, today, fields.OfThing(kept.id, kind))


def drop(base: Base, thing_id: int, today: date) -> Dropped:
    """Drop a thing: it is shown no more, and nothing is to be done for it.

    What somebody typed or put off is skipped and stays in the history; what rules made goes.
    """
    kept = _kept(base, thing_id)
    was = written(base, [kept.id])
    was.rows = list(was.rows)
    values = {"thing": kept.id, "today": today.isoformat()}
    base.execute(SQL["drop"], values)
    skipped = sorted(number for (number,) in base.execute(SQL["skip_reminders"], values))
    return Dropped(was, skipped, base.execute(SQL["vanish_reminders"], values).rowcount)


def listing(
    base: Base, contact_id: int | None = None, kind: str | None = None, missing: str | None = None
) -> Table:
    """Return things by name: all of them, or those of a contact, of a kind, or of both.

    `missing` names a field of the kind that they lack. Raises NotFound for an unknown kind or
    field, Misuse for a field where no kind is named.
    """
    known = None if kind is None else kinds.named(base, kind)
    field_id = None if missing is None else _of_kind(base, missing, known).id
    kind_id = None if known is None else known.id
    statement = "of_all" if contact_id is None else "of_contact"
    values = {"contact": contact_id, "kind": kind_id, "field": field_id}
    ids = [thing for (thing,) in base.execute(SQL[statement], values)]
    table = written(base, ids)
    table.count = lambda: len(ids)
    table.empty = _("There are none.")
    if contact_id is None and kind_id is None:
        table.empty = _("There are no things yet; add one with: clientbase thing add WHO KIND NAME")
    return table


def written(base: Base, ids: Sequence[int]) -> Table:
    """Return things by number, in that order, dropped ones too."""
    return Table("things", COLUMNS, _rows(base, ids), essential=ESSENTIAL)


def of_contact(base: Base, contact_id: int) -> list[Row]:
    """Return the things of a contact, for its card: number, kind, name, fields, note."""
    values = {"contact": contact_id, "kind": None, "field": None}
    ids = [thing for (thing,) in base.execute(SQL["of_contact"], values)]
    return [
        (thing, kind, name, held, note)
        for thing, _contact, _whose, kind, name, held, note, _day in _rows(base, ids)
    ]


def resolve(base: Base, text: str) -> int:
    """Return the thing that is meant: by its number, or by its name where only one is called so.

    Raises NotFound with the nearest name, Ambiguous with the candidates, Conflict for a number
    of what was dropped.
    """
    text = visible(text).strip()
    if not text:
        raise Misuse(
            _("it is not said which thing is meant"), hint=_("type its number or its name")
        )
    if text.isascii() and text.isdigit():
        return _kept(base, int(text[:19])).id
    found = [thing for (thing,) in base.execute(SQL["by_name"], {"key": fold(text)})]
    if not found:
        near = (name for (name,) in base.execute(SQL["near"], {"start": fold(text)[:2]}))
        raise _missing(text, near)
    return _only(base, text, found)


def resolve_of(base: Base, contact_id: int, text: str) -> int:
    """Return the thing that is meant of those that a contact has. Raises as `resolve` does."""
    values = {"contact": contact_id}
    known = {int(number): name for number, name in base.execute(SQL["names_of"], values)}
    text = visible(text).strip()
    if text.isascii() and text.isdigit() and int(text[:19]) in known:
        return int(text)
    found = [number for number, name in known.items() if fold(name) == fold(text)]
    if not found:
        raise _missing_of(contact_id, text, known.values())
    return _only(base, text, found)


def names(base: Base, start: str) -> list[tuple[str, str]]:
    """Return names of things that begin so, in any letter case, each with whose it is."""
    found = base.execute(SQL["beginning"], {"start": fold(start), "limit": OFFERED})
    return continuing(start, found)


def namesakes(base: Base, thing_id: int) -> list[int]:
    """Return what else is called so of what the same contact has, the oldest first."""
    return [other for (other,) in base.execute(SQL["namesakes"], {"thing": thing_id})]


def _rows(base: Base, ids: Sequence[int]) -> Iterator[Row]:
    for start in range(0, len(ids), _AT_ONCE):
        wanted = {"ids": json.dumps(ids[start : start + _AT_ONCE])}
        held = _held(base, wanted)
        for number, *core, note, entered_on in base.execute(SQL["rows"], wanted).fetchall():
            yield (number, *core, held.get(number, []), note, entered_on)


def _held(base: Base, wanted: dict[str, str]) -> dict[int, list[str]]:
    """Return what the fields of things hold, as it is typed: `born=2023-04-01`."""
    decimals = settings.decimals(base)
    held: dict[int, list[str]] = {}
    for number, name, type_, value in base.execute(SQL["values"], wanted).fetchall():
        plain = fields.plain_value(type_, value, decimals)
        held.setdefault(number, []).append(Sentence("{name}={value}", name=name, value=plain))
    return held


def _kept(base: Base, number: int) -> _Kept:
    row = base.execute(SQL["read"], {"thing": min(number, LARGEST)}).fetchone()
    if row is None:
        raise NotFound(
            _("there is no thing {number}").format(number=shown(str(number))),
            hint=_("clientbase thing list shows their numbers"),
        )
    kept = _Kept(*row)
    if kept.dropped_on:
        raise Conflict(
            Sentence(
                _("thing {number}, {name}, was dropped on {day}"),
                number=number,
                name=kept.name,
                day=Day(kept.dropped_on),
            ),
            hint=_("clientbase thing list shows what is there"),
        )
    return kept


def _kind(base: Base, kept: _Kept) -> Kind:
    return next(kind for kind in kinds.all_kinds(base) if kind.id == kept.kind_id)


def _of_kind(base: Base, name: str, kind: Kind | None) -> Field:
    if kind is None:
        raise Misuse(
            _("it is not said of which kind of things {name} is").format(name=shown(name)),
            hint=_("add --kind KIND; what there is: clientbase thing kinds list"),
        )
    return fields.named(base, name, kind)


def _missing(text: str, near: Iterable[str]) -> NotFound:
    from clientbase.nearest import meant

    return NotFound(
        _("there is no thing called {name}").format(name=shown(text)),
        hint=meant(text, near, _("clientbase thing list shows what is there"), alike=0.6),
    )


def _missing_of(contact_id: int, text: str, known: Collection[str]) -> NotFound:
    from clientbase.nearest import meant

    otherwise = _("it has {points}").format(points=", ".join(known))
    if not known:
        otherwise = _("add it with: clientbase thing add {contact} KIND NAME")
        otherwise = otherwise.format(contact=contact_id)
    told = _("contact {contact} has no thing called {name}")
    return NotFound(
        told.format(contact=contact_id, name=shown(text)), hint=meant(text, known, otherwise)
    )


def _only(base: Base, text: str, found: Sequence[int]) -> int:
    if len(found) == 1:
        return found[0]
    rows = base.execute(SQL["candidates"], {"ids": json.dumps(found[:LISTED])}).fetchall()
    raise Ambiguous(
        Sentence(
            _("{count} things are called {name}"), count=grouped(len(found)), name=shown(text)
        ),
        hint=hint_several(len(found)),
        table=Table("things", CANDIDATES, rows),
    )
