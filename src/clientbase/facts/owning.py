"""What stands behind has_thing(), has_bought(), has_phone() and has_email(): of whom, and what."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase import clock
from clientbase.db.statements import statements
from clientbase.facts import compose, left_out
from clientbase.words import Sentence, _, decimal

if TYPE_CHECKING:
    from clientbase.db.connection import Base
    from clientbase.facts.catalogue import Fact
    from clientbase.facts.changing import Case
    from clientbase.people.fields import Field
    from clientbase.people.kinds import Kind

SQL = statements(__file__)

_POINTS = {"has_phone": "phone", "has_email": "email"}


class Asked(NamedTuple):
    """The things that a fact asks for: their kind, and the field whose value it compares."""

    kind: Kind
    field: Field | None


def values(case: Case, fact: Fact) -> str | None:
    """Return what a field of somebody's things holds, each value once; None of other facts."""
    things = asked(case.base, fact)
    if things is None or things.field is None:
        return None
    kept = dict.fromkeys(json.loads(case.known[fact.name] or "[]"))
    told = [worded(case.base, things.field.type, value) for value in kept]
    return Sentence("{values}", values=told)


def behind(case: Case, fact: Fact) -> str | None:
    """Name what a fact comes from: the things, the last sale, the phone; None without any."""
    if fact.name in _POINTS:
        point: str | None = case.known[_POINTS[fact.name]]
        return point
    of_whom = {"contact": case.contact, "today": case.today.isoformat()}
    things = asked(case.base, fact)
    if things is not None:
        names = case.base.execute(SQL["things"], of_whom | {"kind": things.kind.id})
        return ", ".join(name for (name,) in names) or None
    bought = re.fullmatch(compose.BOUGHT, fact.part)
    if not bought:
        return None
    text = compose.of_bought(SQL["bought"], int(bought[1]))
    row = case.base.execute(text, of_whom).fetchone()
    if row is None:
        return None
    day = date.fromisoformat(row[1])
    return Sentence(_("sale {number} of {day}"), number=row[0], day=day)


def change(case: Case, fact: Fact, operator: str, value: str) -> str:
    """Return what would make somebody have what is asked for; '' where it is asked not to."""
    if operator != "=" or value == "false":
        return ""
    if re.fullmatch(compose.BOUGHT, fact.part):
        return _("an order with it would do")
    if fact.name in _POINTS:
        told = _("clientbase contact edit {number} --{point} ...")
        return told.format(number=case.contact, point=_POINTS[fact.name])
    things = asked(case.base, fact)
    return _add(case, things, value) if things else ""


def _add(case: Case, things: Asked, value: str) -> str:
    """Return the command that enters such a thing; its name, and what must be said, are open."""
    from clientbase.people import fields

    words = ["clientbase", "thing", "add", str(case.contact), shlex.quote(things.kind.name), "NAME"]
    for field in fields.all_fields(case.base, things.kind):
        if field == things.field:
            words += ["--field", shlex.quote(f"{field.name}={value}")]
        elif field.required:
            words += ["--field", shlex.quote(f"{field.name}=") + "VALUE"]
    return " ".join(words)


def asked(base: Base, fact: Fact) -> Asked | None:
    """Return what a fact of things asks for; None of other facts."""
    found = re.fullmatch(compose.THINGS, fact.part)
    if found is None:
        return None
    from clientbase.people import fields, kinds

    kind = next(each for each in kinds.all_kinds(base) if each.id == int(found[1]))
    known = fields.all_fields(base, kind) if found[2] else []
    return Asked(kind, next((field for field in known if field.id == int(found[2])), None))


def worded(base: Base, kind: str, value: Any) -> object:
    """Return a value of a kind as it stands in a Sentence; yes and no as rules have them."""
    if kind == "yes/no":
        return "true" if value else "false"
    if kind == "money":
        return left_out.amount(base, round(value))
    if kind == "date":
        return clock.Day(value)
    if kind == "number" and isinstance(value, int | float):
        return decimal(value)
    return str(value).replace("\n", ", ")
