"""The list of contacts with what is known about them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.facts.reading import read
from clientbase.facts.thresholds import NOTHING
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.facts.compose import Scope
    from clientbase.table import Row

SQL = statements(__file__)

COLUMNS = columns(
    "contact_id:id",
    "external_id",
    "name",
    "organisation",
    "phone:phone",
    "email:email",
    "city",
    "manager",
    "channel",
    "tags:list",
    "orders:number",
    "revenue:money",
    "average_order:money",
    "last_sale_on:date",
    "days_since_sale:number",
    "base",
    "frequency_class",
    "value_class",
)
_FACTS = tuple(column.name for column in COLUMNS)
_FIRST = ("contact_id", "name", "phone", "orders", "revenue", "last_sale_on", "base")
# What is not known of a past day, and is the same beside it.
_SAME = _FACTS[: _FACTS.index("orders")]
_ORDER = ("name_key", "organisation_key")
# Of more contacts than this the first are found sooner in the order of the names.
MANY = 1000


def contacts(
    base: Base,
    today: date,
    *,
    ids: Sequence[int] | None = None,
    where: str | None = None,
    way: str | None = None,
) -> Table:
    """Return contacts by name with what is known of them as of a day.

    All, those with the `ids`, those that fit an owner's rule, and of these those who may be
    reached by a way. Notes tell by which borders the rule decides, and who is left out. Raises
    Refused for a rule that can't be used, Misuse for an unknown way.
    """
    notes: list[str] = []
    aloud: list[str] = []
    if where is not None:
        ids, notes = fitting(base, today, where, among=ids)
    if way is not None:
        from clientbase.people import reaching, ways

        ids, aloud = reaching.by(base, ids, ways.named(way))
    scope: Scope = "everyone" if ids is None else "many" if len(ids) > MANY else "these"
    values = NOTHING if ids is None else {"ids": json.dumps(list(ids))}

    def count() -> int:
        if ids is None:
            return int(base.one(SQL["count_everyone"], {"today": today.isoformat()}))
        rows = read(base, ("contact_id",), today, SQL["count"], scope=scope, values=values)
        return int(rows.fetchone()[0])

    def rows() -> Iterator[Row]:
        wanted = (*_FACTS, *_ORDER)
        for row in read(base, wanted, today, SQL["by_name"], scope=scope, values=values):
            yield row[: len(_FACTS)]

    return Table(
        "contacts",
        COLUMNS,
        rows(),
        [*notes, *aloud],
        as_of=today.isoformat(),
        count=count,
        essential=_FIRST,
        keys=_SAME,
        empty=_("Nobody."),
        aloud=aloud,
    )


def fitting(
    base: Base, today: date, where: str, *, among: Sequence[int] | None = None
) -> tuple[list[int], list[str]]:
    """Return who fits an owner's rule, and the notes on it. Raises as `contacts` does."""
    from clientbase.facts import definitions, left_out, rules

    rule = rules.compiled(base, where)
    ids = rules.chosen(base, rule, today, among=among)
    notes = definitions.notes(base, today, (fact.name for fact in rule.facts))
    return ids, notes + left_out.not_yet(base, today)
