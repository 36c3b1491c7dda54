"""has_thing() and has_bought() in a rule: which things are asked for, or which product."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock, money
from clientbase.db import settings
from clientbase.errors import ClientbaseError, NotFound, Refused
from clientbase.facts import compose
from clientbase.facts.catalogue import KINDS, Fact, asking
from clientbase.facts.tokens import trouble
from clientbase.facts.wording import HAS_BOUGHT, Word, check_value
from clientbase.normal import fold, shown
from clientbase.people import fields, kinds
from clientbase.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.db.connection import Base
    from clientbase.facts.tokens import Token
    from clientbase.people.fields import Field
    from clientbase.people.kinds import Kind

# How a call goes on behind its name, up to the value.
_OF_KIND = ["(", "text", ")"]
_OF_VALUE = ["(", "text", ",", "text", ","]


class Having(NamedTuple):
    """What is asked for: SQL over a fact, the fact, and how many tokens said it."""

    sql: str
    fact: Fact
    length: int


def read(base: Base, found: Sequence[Token]) -> Having:
    """Read has_bought('Shampoo'), has_thing('pet') or has_thing('pet', 'animal', 'dog').

    It stands at the beginning of the tokens. Raises Refused, with the place, for another form,
    for an unknown product, kind or field (with the nearest name), and for a value that the field
    can't have.
    """
    form = [token.kind for token in found[1:]]
    if fold(found[0].text) == HAS_BOUGHT:
        return _bought(base, found, form)
    if form[: len(_OF_KIND)] == _OF_KIND:
        kind = _kind(base, found[2])
        part = compose.things_fact(kind.id)
        return Having(part, Fact(asking(kind), "yes/no", "", (), part), 1 + len(_OF_KIND))
    start = 1 + len(_OF_VALUE)
    end = next((place for place, kind in enumerate(form, 1) if kind == ")"), 0)
    value = found[start:end]
    if form[: len(_OF_VALUE)] != _OF_VALUE or not _is_value(value):
        raise trouble(
            found[0].at,
            _("has_thing() asks for a kind of things, or for a field of theirs and its value"),
            _("such as: has_thing('pet') or has_thing('pet', 'animal', 'dog')"),
        )
    kind = _kind(base, found[2])
    field = _field(base, found[4], kind)
    part = compose.things_fact(kind.id, field.id)
    sql = f"holds({part}, {_value(base, field, value)})"
    return Having(sql, Fact(asking(kind, field), "yes/no", "", (), part), 1 + end)


def _bought(base: Base, found: Sequence[Token], form: Sequence[str]) -> Having:
    if list(form[: len(_OF_KIND)]) != _OF_KIND:
        raise trouble(
            found[0].at,
            _("has_bought() asks for one product, by its name"),
            _("such as: has_bought('Shampoo')"),
        )
    from clientbase.sales import products

    typed = _typed(found[2])
    try:
        part = compose.bought_fact(products.named(base, typed))
    except ClientbaseError as error:
        raise trouble(found[2].at, error.message, error.hint) from None
    name = "has_bought(" + found[2].text + ")"
    return Having(part, Fact(name, "yes/no", "", (), part), 1 + len(_OF_KIND))


def _is_value(value: Sequence[Token]) -> bool:
    """Tell whether tokens are one text, number, true, false or :today, a number with its minus."""
    minus = len(value) > 1 and value[0].text == "-"
    rest = value[1:] if minus else value
    known = {"number"} if minus else {"text", "number", "name", "today"}
    return len(rest) == 1 and rest[0].kind in known


def _kind(base: Base, token: Token) -> Kind:
    try:
        return kinds.named(base, _typed(token))
    except NotFound as error:
        raise trouble(token.at, error.message, error.hint) from None


def _field(base: Base, token: Token, kind: Kind) -> Field:
    try:
        return fields.named(base, _typed(token), kind)
    except NotFound as error:
        raise trouble(token.at, error.message, error.hint) from None


def _typed(token: Token) -> str:
    return token.text[1:-1].replace("''", "'")


def _value(base: Base, field: Field, value: Sequence[Token]) -> str:
    """Return the value that is asked for as SQL, as `holds` compares it with what is kept."""
    token, text = value[-1], "".join(each.text for each in value)
    if token.kind == "today":
        made = text if field.type == "date" else ""
    elif token.kind == "name":
        made = _FLAGS.get(fold(text), "") if field.type == "yes/no" else ""
    else:
        typed = fold(_typed(token)) if token.kind == "text" else text
        quoted = typed.replace("'", "''")
        word = Word(token, f"'{quoted}'" if token.kind == "text" else text)
        check_value(Fact(field.name, KINDS[field.type], "", field.choices), word)
        made = word.sql
        if field.type == "money":
            made = str(_minor(base, field, token, text))
        if field.type == "date" and clock.iso_or_none(typed) is None:
            made = ""
    if not made:
        raise _unfit(field, token, _(_EXAMPLES[field.type]))
    return made


def _minor(base: Base, field: Field, token: Token, text: str) -> int:
    try:
        currency = settings.get(base, "currency")
        return money.reader(money.decimals(currency), ".", currency=currency)(text)
    except Refused as error:
        raise _unfit(field, token, error.hint) from None


def _unfit(field: Field, token: Token, hint: str) -> Refused:
    what = _("{name} can't be {value}").format(name=field.name, value=shown(token.text))
    return trouble(token.at, what, hint)


_FLAGS = {"true": "1", "false": "0"}
_EXAMPLES = {
    "text": N_("text stands in single quotes: 'dog'"),
    "choice": N_("text stands in single quotes: 'dog'"),
    "number": N_("type it as 5000 or 99.50; text stands in single quotes: 'dog'"),
    "money": N_("type it as 5000 or 99.50; text stands in single quotes: 'dog'"),
    "date": N_("write the whole day, such as '2026-03-01', or :today"),
    "yes/no": N_("it is true or false"),
}
