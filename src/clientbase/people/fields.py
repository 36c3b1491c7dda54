"""Custom fields of contacts and of each kind of things: typed, some required."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase import clock, money
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, NotFound, Refused
from clientbase.normal import clean_text, fold, shown
from clientbase.people import kinds, readers
from clientbase.table import Table, columns
from clientbase.words import Number, Sentence, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.people.kinds import Kind

SQL = statements(__file__)

TYPES = ("text", "number", "money", "date", "yes/no", "choice")
COLUMNS = columns(
    "field_id:id", "name", "of", "type", "choices:list", "required:flag", "contacts:number"
)
LONGEST_NAME = 60
LONGEST_TEXT = 5_000
_NAME = r"[^\W\d]\w*"

_YES = frozenset({"yes", "y", "true", "1", "да", "д", "+"})
_NO = frozenset({"no", "n", "false", "0", "нет", "н", "-"})

# Names that the rules of segments use for what every contact has, and words of their language.
# Fields of things stand in quotes there, and may be called so.
RESERVED = frozenset(
    str.split(
        "abc abs address age alter and as attach average_order awaited base between birthday by "
        "case cast channel city coalesce collate contact_id create days_asleep days_late "
        "days_silent days_since_activity days_since_enquiry days_since_entry "
        "days_since_first_sale days_since_incoming days_since_sale days_to_birthday delete "
        "distinct drop else email end entered_on escape except exists external_id f false filter "
        "first_channel first_sale_on frequency_class from gap_cv glob group has has_bought "
        "has_email has_phone has_thing having ifnull in insert instr intersect is isnull join "
        "kind last_activity_on last_enquiry_on last_incoming_on last_sale_on last_sign_on late "
        "left length like limit long_gap_days lower ltv m manager match max median_order min name "
        "next_birthday not note notnull null nullif occupation on open_leads or order orders "
        "orders_in_window organisation over phone post pragma preferred_channel r recursive "
        "regexp region replace revenue rfm rfm_f rfm_m rfm_r rfm_segment rhythm_days round select "
        "sex sleeping stage substr table tags temperature then today trim true union update upper "
        "using value_class values when where window with xyz"
    )
)


class Field(NamedTuple):
    """A custom field of contacts, or of a kind of things.

    `choices` are the values that a field of type `choice` may hold.
    """

    id: int
    name: str
    type: str
    choices: tuple[str, ...]
    required: bool
    kind_id: int | None = None


class OfThing(NamedTuple):
    """The thing whose fields are meant, where they are not the contact's own."""

    thing_id: int
    kind: Kind


def all_fields(base: Base, kind: Kind | None = None) -> list[Field]:
    """Return the fields of contacts, or of a kind of things, in the order they were made in."""
    found: list[Field] | None = base.cache.get("fields")
    if found is None:
        found = [_field(row) for row in base.execute(SQL["all"])]
        base.cache["fields"] = found
    return [field for field in found if field.kind_id == (kind.id if kind else None)]


def named(base: Base, name: str, kind: Kind | None = None) -> Field:
    """Return the field of a name, in any letter case. Raises NotFound with the nearest one."""
    known = {fold(field.name): field for field in all_fields(base, kind)}
    found = known.get(fold(name))
    if found is not None:
        return found
    from clientbase.nearest import meant

    missing = _("there is no field {name}").format(name=shown(name))
    otherwise = _("make it with: clientbase field add NAME, or see: clientbase field list")
    other = elsewhere(base, name) if kind is None else None
    if other is not None:
        raise NotFound(
            _("contacts have no field {name}").format(name=shown(name)),
            hint=_("it is a field of {kind}").format(kind=other.name),
        )
    if kind is not None:
        missing = _("{kind} has no field {name}").format(kind=kind.name, name=shown(name))
        otherwise = _("make it with: clientbase field add NAME --of {kind}")
        otherwise = otherwise.format(kind=shlex.quote(kind.name))
    raise NotFound(missing, hint=meant(name, (field.name for field in known.values()), otherwise))


def elsewhere(base: Base, name: str) -> Kind | None:
    """Return a kind of things that has a field of this name where contacts have none."""
    key = fold(name)
    if key in {fold(field.name) for field in all_fields(base)}:
        return None
    for kind in kinds.all_kinds(base):
        if key in {fold(field.name) for field in all_fields(base, kind)}:
            return kind
    return None


def of_kind(base: Base, of: str | None) -> Kind | None:
    """Return the kind of things that fields are said to be of, None for those of contacts.

    Raises NotFound with the nearest kind.
    """
    return None if of is None or fold(of) == kinds.CONTACT else kinds.named(base, of)


def listing(base: Base, field_id: int | None = None, *, of: str | None = None) -> Table:
    """Return the fields, one of them, or those of a kind, with how many contacts have a value.

    `of` is a kind of things, or kinds.CONTACT. Raises NotFound for an unknown kind.
    """
    kind = of_kind(base, of)
    values = {"field": field_id, "all": of is None, "kind": kind.id if kind else None}
    rows = base.execute(SQL["listing"], values).fetchall()
    return Table("fields", COLUMNS, rows, empty=_("There are no custom fields yet."))


def add(
    base: Base,
    name: str,
    type_: str,
    *,
    choices: Sequence[str] = (),
    required: bool = False,
    of: str | None = None,
) -> Table:
    """Make a field of a type (one of TYPES), of contacts or of a kind of things, and return it.

    Raises Refused for a name or choices that can't be, Misuse for an unknown type, NotFound for
    an unknown kind, Conflict where the field is there.
    """
    kind = of_kind(base, of)
    name = _checked_name(name, kind)
    if type_ not in TYPES:
        raise Misuse(
            _("there is no type {type}").format(type=shown(type_)),
            hint=_("one of: {types}").format(types=", ".join(TYPES)),
        )
    taken = [field for field in all_fields(base, kind) if fold(field.name) == fold(name)]
    if taken:
        raise Conflict(
            _("the field {name} is there already").format(name=taken[0].name),
            hint=_("see: clientbase field list"),
        )
    kept = _checked_choices(type_, choices)
    values = {"name": name, "name_key": fold(name), "type": type_, "required": required}
    values["choices"] = json.dumps(kept, ensure_ascii=False) if kept else None
    values["kind"] = kind.id if kind else None
    field_id = base.one(SQL["add"], values)
    base.cache.pop("fields", None)
    return listing(base, field_id)


def drop(base: Base, name: str, *, of: str | None = None) -> tuple[Table, int]:
    """Drop a field with all its values and return what it was and how many values it had.

    Raises NotFound, and Conflict where a rule or a segment reads it.
    """
    kind = of_kind(base, of)
    field = named(base, name, kind)
    gone = listing(base, field.id)
    readers.refuse_field(base, field, kind)
    values = base.execute(SQL["drop_values"], {"field": field.id}).rowcount
    base.execute(SQL["drop"], {"field": field.id})
    base.cache.pop("fields", None)
    return gone, values


def set_values(
    base: Base,
    contact_id: int,
    pairs: Iterable[tuple[str, str]],
    today: date,
    thing: OfThing | None = None,
) -> None:
    """Set fields (name, typed value) of a contact or a thing of theirs; empty text clears one.

    Raises NotFound for an unknown field, Refused for a value that does not fit its type, and for
    nothing where something is required.
    """
    for name, text in pairs:
        field = named(base, name, thing.kind if thing else None)
        if text.strip():
            country, currency = settings.get(base, "country"), settings.get(base, "currency")
            value = read_value(field, text, today, country, currency)
        elif field.required:
            raise _required(field)
        else:
            value = None
        owner = {"contact": contact_id, "thing": thing.thing_id if thing else None}
        _store(base, owner, field, value)


def check_required(base: Base, pairs: Iterable[tuple[str, str]], kind: Kind | None = None) -> None:
    """Raise Refused where a required field is not among those typed."""
    said = {fold(name) for name, text in pairs if text.strip()}
    for field in all_fields(base, kind):
        if field.required and fold(field.name) not in said:
            raise _required(field)


def read_value(field: Field, text: str, today: date, country: str, currency: str) -> Any:
    """Return a typed value as it is kept: text, a number, minor units, an ISO day, 1 or 0.

    Raises Refused where it does not fit the type of the field.
    """
    try:
        return _read(field, text.strip(), today, country, currency)
    except Refused as error:
        raise Refused(
            _("{field}: {reason}").format(field=field.name, reason=error.message), hint=error.hint
        ) from None


def plain_value(kind: str, value: Any, decimals: int) -> str:
    """Return a kept value as it would be typed: in machine formats plain, else as the country."""
    if kind == "money":
        return Sentence("{amount}", amount=money.Amount(value, decimals, group=""))
    if kind == "date":
        return Sentence("{day}", day=clock.Day(value))
    if kind == "number":
        return Sentence("{number}", number=Number(f"{value}"))
    if kind == "yes/no":
        return _("yes") if value else _("no")
    return str(value)


def _field(row: Sequence[Any]) -> Field:
    field_id, name, type_, choices, required, kind_id = row
    values = tuple(json.loads(choices or "[]"))
    return Field(field_id, name, type_, values, bool(required), kind_id)


def _checked_name(text: str, kind: Kind | None) -> str:
    name = clean_text(text, limit=LONGEST_NAME)
    if not re.fullmatch(_NAME, name) or not fold(name).isidentifier():
        raise Refused(
            _('"{text}" can\'t be the name of a field').format(text=shown(text)),
            hint=_("use letters, digits and _, not beginning with a digit"),
        )
    if kind is None and fold(name) in RESERVED:
        raise Refused(
            _("{name} is a word of the rules of segments").format(name=name),
            hint=_("choose another name, such as my_{name}").format(name=fold(name)),
        )
    return name


def _checked_choices(kind: str, choices: Sequence[str]) -> list[str]:
    if (kind == "choice") != bool(choices):
        raise Misuse(
            _("choices go with the type choice, and it with them"),
            hint=_("type: --type choice --choice A --choice B"),
        )
    kept = {fold(text): clean_text(text, limit=LONGEST_NAME, required=True) for text in choices}
    return list(kept.values())


def _read(field: Field, text: str, today: date, country: str, currency: str) -> Any:
    if field.type == "number":
        return money.read_quantity(text)
    if field.type == "money":
        return money.read(text, money.decimals(currency), negative=True, currency=currency)
    if field.type == "date":
        return clock.read_day(text, today, country).isoformat()
    if field.type == "yes/no":
        return _yes_or_no(text)
    if field.type == "choice":
        return _choice(field, text)
    return clean_text(text, limit=LONGEST_TEXT, lines=True)


def _yes_or_no(text: str) -> int:
    word = fold(text)
    if word not in _YES | _NO:
        raise Refused(
            _('"{text}" is neither yes nor no').format(text=shown(text)), hint=_("type yes or no")
        )
    return int(word in _YES)


def _choice(field: Field, text: str) -> str:
    choices = {fold(choice): choice for choice in field.choices}
    if fold(text) not in choices:
        raise Refused(
            _('"{text}" is not one of the choices').format(text=shown(text)),
            hint=_("one of: {choices}").format(choices=", ".join(field.choices)),
        )
    return choices[fold(text)]


def _store(base: Base, owner: dict[str, int | None], field: Field, value: Any) -> None:
    values = {**owner, "field": field.id, "value": value}
    row = base.execute(SQL["value"], values).fetchone()
    if row is None:
        if value is not None:
            base.execute(SQL["set"], values)
    elif value is None:
        base.execute(SQL["clear"], {"id": row[0]})
    elif value != row[1]:
        base.execute(SQL["change"], {"id": row[0], "value": value})


def _required(field: Field) -> Refused:
    return Refused(
        _("the field {name} is required").format(name=field.name),
        hint=_("add: --field {name}=VALUE").format(name=field.name),
    )
