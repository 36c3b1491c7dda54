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
_ORDER = ("name_key", "organisation_key")


def contacts(
    base: Base, today: date, *, ids: Sequence[int] | None = None, where: str | None = None
) -> Table:
    """Return contacts by name with what is known of them as of a day.

    All, those with the `ids`, or those that fit an owner's rule. Raises Refused for a rule that
    can't be used.
    """
    if where is not None:
        from clientbase.facts import rules

        ids = rules.chosen(base, rules.compiled(base, where), today, among=ids)
    scope: Scope = "everyone" if ids is None else "these"
    values = NOTHING if ids is None else {"ids": json.dumps(list(ids))}

    def count() -> int:
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
        as_of=today.isoformat(),
        count=count,
        essential=_FIRST,
        empty=_("Nobody."),
    )
