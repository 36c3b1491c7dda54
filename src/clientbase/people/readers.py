"""Who reads a field, a kind of things, a channel, a stage or a product: rules and segments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.statements import statements
from clientbase.errors import Conflict
from clientbase.normal import fold
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clientbase.db.connection import Base
    from clientbase.people.fields import Field
    from clientbase.people.kinds import Kind
    from clientbase.table import Table

SQL = statements(__file__)

_LITERAL = r"'((?:[^']|'')*)'"
# What a segment asks of things: their kind, and one of its fields.
_ASKED = rf"\bhas_thing ?\( ?{_LITERAL}(?: ?, ?{_LITERAL})?"


class Renamed(NamedTuple):
    """A channel or a stage under its new name, and the segments that know it by the old one."""

    table: Table
    segments: list[str]


class Dropped(NamedTuple):
    """A channel or a stage that was dropped, as it was.

    `moved` is how much of what it had went to the heir; `segments` are those whose rules name it.
    """

    table: Table
    name: str
    moved: int
    heir: str | None
    segments: list[str]


def refuse_field(base: Base, field: Field, kind: Kind | None) -> None:
    """Raise Conflict where a rule of reminders or a segment reads a field, perhaps of a kind."""
    for (rule,) in base.execute(SQL["rules"], {"field": field.id}):
        raise Conflict(
            _("the reminder rule {rule} needs the field {name}").format(rule=rule, name=field.name),
            hint=_("see the rules with: clientbase remind rule list"),
        )
    for segment, rule in base.execute(SQL["segments"]):
        if kind is None:
            reads = _names(rule, field.name)
        else:
            reads = (fold(kind.name), fold(field.name)) in _asked(rule)
        if reads:
            raise _read_by(segment, _("the segment {segment} reads the field {name}"), field.name)


def refuse_kind(base: Base, kind: Kind) -> None:
    """Raise Conflict where a rule of reminders or a segment reads a kind of things."""
    for rule, field in base.execute(SQL["rules_of_kind"], {"kind": kind.id}):
        raise Conflict(
            _("the reminder rule {rule} needs the field {name}").format(rule=rule, name=field),
            hint=_("see the rules with: clientbase remind rule list"),
        )
    for segment, rule in base.execute(SQL["segments"]):
        if fold(kind.name) in {name for name, _field in _asked(rule)}:
            raise _read_by(segment, _("the segment {segment} reads the kind {name}"), kind.name)


def segments(base: Base, facts: Sequence[str], name: str) -> list[str]:
    """Return the segments whose rule reads one of the facts and holds a name in quotation marks."""
    return [
        segment
        for segment, rule in base.execute(SQL["segments"])
        if fold(name) in {fold(text.replace("''", "'")) for text in re.findall(_LITERAL, rule)}
        and any(_names(rule, fact) for fact in facts)
    ]


def _names(rule: str, name: str) -> bool:
    """Tell whether a rule names a fact or a field: as a word, and not inside a text."""
    bare = fold(re.sub(_LITERAL, "''", rule))
    return bool(re.search(rf"\b{re.escape(fold(name))}\b", bare))


def _asked(rule: str) -> Iterator[tuple[str, str]]:
    """Return each kind of things that a rule asks for, with the field it looks at, or ''."""
    for kind, field in re.findall(_ASKED, fold(rule)):
        yield fold(kind.replace("''", "'")), fold(field.replace("''", "'"))


def _read_by(segment: str, sentence: str, name: str) -> Conflict:
    return Conflict(
        sentence.format(segment=segment, name=name),
        hint=_("define it anew first: clientbase segment define {segment} RULE").format(
            segment=segment
        ),
    )
