"""Everything about one contact, on one screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from clientbase import clock
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.facts import ties
from clientbase.facts.standing import standing
from clientbase.people import attributes
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.facts.standing import Standing
    from clientbase.table import Row

SQL = statements(__file__)

MONTHS = 24  # of the picture of purchases

_CORE = columns(
    "contact_id:id",
    "external_id",
    "kind",
    "name",
    *attributes.WORK,
    "birthday:date",
    "sex",
    *attributes.ABOUT,
    "channel",
    "referred_by_id:id",
    "referred_by",
    "note",
    "entered_on:date",
    "entered_by",
    "tags:list",
)
_DERIVED = columns(
    "age:number",
    "orders:number",
    "revenue:money",
    "average_order:money",
    "first_sale_on:date",
    "last_sale_on:when",
    "days_since_sale:number",
    "base",
    "frequency_class",
    "value_class",
    "sleeping:flag",
    "late:flag",
    "purchases_by_month:spark",
    "favourite_products:list",
    "next_reminder_on:when",
    "next_reminder",
)
_POINTS = columns("kind", "value", "typed", "checked:flag")
_FIELDS = columns("field", "type", "value")
_THINGS = columns("thing_id:id", "kind", "thing", "fields:list", "note")
_LEADS = columns(
    "lead_id:id",
    "opened_on:when",
    "stage",
    "temperature",
    "wants",
    "expects:money",
    "expected_by:when",
    "channel",
    "manager",
    "note",
)
_REMINDERS = columns("reminder_id:id", "listed_on:when", "what", "how", "every")
_HISTORY = columns("happened_on:date", "event", "number:id", "details", "amount:money")


def card(base: Base, contact_id: int, today: date) -> Table:
    """Return one contact whole: a card of what it is and where it stands as of today.

    Beside it are tables of its points, stops, people, fields, things, open leads, open reminders,
    whom it referred, and the whole history in order of time.
    """
    values = {"contact": contact_id}
    core = base.execute(SQL["contact"], values).fetchone()
    reminders = _reminders(base, contact_id)
    derived = _derived(base, contact_id, today, standing(base, contact_id, today))
    silent = _silent(base, contact_id) if reminders else set()
    listed = [row for row in reminders if row[0] not in silent]
    upcoming = (listed[0][1], listed[0][2]) if listed else (None, None)
    birthday = core[5]
    age = clock.age(birthday, today) if birthday else None
    tied, tables = ties.of_contact(base, contact_id)
    row = (contact_id, *core, *tied, age, *derived, *upcoming)
    names = _CORE + ties.COLUMNS + _DERIVED
    made = Table("contact", names, [row], as_of=today.isoformat(), layout="card")
    made.tables = {
        "points": Table("points", _POINTS, base.execute(SQL["points"], values)),
        "stops": tables["stops"],
        "people": tables["people"],
        "fields": Table("fields", _FIELDS, _field_rows(base, contact_id)),
        "things": Table("things", _THINGS, _thing_rows(base, contact_id)),
        "leads": Table("leads", _LEADS, base.execute(SQL["leads"], values), title=_("open leads")),
        "reminders": Table("reminders", _REMINDERS, reminders, _silenced(silent)),
        "referred": tables["referred"],
        "history": Table("history", _HISTORY, _history(base.execute(SQL["history"], values))),
    }
    return made


def _reminders(base: Base, contact_id: int) -> list[Row]:
    rows = base.execute(SQL["reminders"], {"contact": contact_id}).fetchall()
    if not rows:
        return []
    from clientbase.people.naming import about

    return [
        (number, day, about(thing, what), how, every)
        for number, day, thing, what, how, every in rows
    ]


def _silent(base: Base, contact_id: int) -> set[int]:
    from clientbase.people import stops

    return set(stops.silent_reminders(base, [contact_id]))


def _silenced(reminders: set[int]) -> list[str]:
    """Say which reminders `remind due` leaves out."""
    if not reminders:
        return []
    numbers = ", ".join(map(str, sorted(reminders)))
    return [_("Stopped, or left, and so in no list: {numbers}.").format(numbers=numbers)]


def _derived(base: Base, contact_id: int, today: date, stands: Standing) -> tuple[Any, ...]:
    return (
        stands.orders,
        stands.revenue,
        stands.average_order,
        stands.first_sale_on,
        stands.last_sale_on,
        stands.days_since_sale,
        stands.base,
        stands.frequency_class,
        stands.value_class,
        stands.sleeping,
        stands.late,
        _by_month(base, contact_id, today),
        base.one(SQL["favourites"], {"contact": contact_id, "today": today.isoformat()}),
    )


def _by_month(base: Base, contact_id: int, today: date) -> list[int] | None:
    """Return the number of purchases in each of the last months, this one being the last.

    None where there were none at all.
    """
    last = today.year * 12 + today.month - 1
    months = [
        f"{month // 12:04}-{month % 12 + 1:02}" for month in range(last - MONTHS + 1, last + 1)
    ]
    values = {"contact": contact_id, "since": f"{months[0]}-01", "today": today.isoformat()}
    found = dict(base.execute(SQL["months"], values).fetchall())
    return [found.get(month, 0) for month in months] if found else None


def _field_rows(base: Base, contact_id: int) -> list[tuple[str, str, str]]:
    rows = base.execute(SQL["fields"], {"contact": contact_id}).fetchall()
    if not rows:
        return []
    from clientbase.people.fields import plain_value

    decimals = settings.decimals(base)
    return [(name, kind, plain_value(kind, value, decimals)) for name, kind, value in rows]


def _thing_rows(base: Base, contact_id: int) -> list[Row]:
    if not base.one(SQL["has_things"], {"contact": contact_id}):
        return []
    from clientbase.people import things

    return things.of_contact(base, contact_id)


def _history(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    for happened_on, event, number, details, lines, amount in rows:
        words = [str(word) for word in json.loads(details) if word]
        bought = _bought(json.loads(lines)) if lines else ""
        text = "; ".join([bought, *words] if bought else words)
        yield happened_on, event, number, text or None, amount


def _bought(lines: list[tuple[str, float, int]]) -> str:
    """Name the first products of a sale, and how many lines there are beside them."""
    if not lines:
        return ""
    named = ", ".join(
        name if quantity == 1 else f"{name} × {quantity:g}" for name, quantity, _all in lines
    )
    rest = lines[0][2] - len(lines)
    return _("{named} and {rest} more").format(named=named, rest=rest) if rest else named
