"""Sales listed by what is asked for, and one of them shown whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.statements import statements
from clientbase.errors import Misuse
from clientbase.people import channels
from clientbase.people.resolving import resolve
from clientbase.sales import sales
from clientbase.table import Table, columns
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)


class Wish(NamedTuple):
    """Which sales a list shows, both days included; `voided` shows voided ones too.

    `nobodys` are those without a contact, `leadless` the first ones of contacts who had no lead.
    """

    since: date | None = None
    until: date | None = None
    who: str | None = None
    product: str | None = None
    channel: str | None = None
    promo: str | None = None
    voided: bool = False
    nobodys: bool = False
    leadless: bool = False


def listing(base: Base, wish: Wish) -> Table:
    """Return the sales that fit a wish, the latest first, read as they are asked for.

    Raises NotFound for an unknown channel, product or promo code, Misuse for a period that ends
    before it begins, and as `resolve` does for the contact.
    """
    if wish.since and wish.until and wish.since > wish.until:
        raise Misuse(
            Sentence(
                _("the period ends on {until}, before it begins on {since}"),
                until=wish.until,
                since=wish.since,
            ),
            hint=_("--from is its first day, --to its last"),
        )
    values = _values(base, wish)
    sql = SQL["list_of_contact" if wish.who else "list"]

    def rows() -> Iterator[Row]:
        row = sales.SQL["row"]
        for (sale,) in base.execute(sql, values):
            yield base.execute(row, {"sale": sale}).fetchone()

    def count() -> int:
        if wish.who:
            return sum(1 for _row in base.execute(sql, values))
        return int(base.one(SQL["count"], values))

    return Table(
        "sales",
        sales.COLUMNS,
        rows(),
        count=count,
        essential=sales.ESSENTIAL,
        empty=_("No sales like that."),
    )


def card(base: Base, sale_id: int) -> Table:
    """Return one sale with its lines and refunds. Raises NotFound."""
    from clientbase.sales import lines, refunds

    table = sales.row_of(base, sale_id)
    why = base.one(SQL["void_reason"], {"sale": sale_id})
    table.kind, table.layout = "sale", "card"
    table.columns = (*table.columns, *columns("void_reason"))
    table.rows = [(*row, why) for row in table.rows]
    table.tables["lines"] = lines.of_sale(base, sale_id)
    table.tables["refunds"] = refunds.of_sale(base, sale_id)
    return table


def _values(base: Base, wish: Wish) -> dict[str, Any]:
    return {
        "contact": resolve(base, wish.who) if wish.who else None,
        "since": wish.since.isoformat() if wish.since else "",
        "until": wish.until.isoformat() if wish.until else "9999",
        "channel": channels.named(base, wish.channel) if wish.channel else None,
        "product": _product(base, wish.product),
        "promos": _promos(base, wish.promo),
        "voided": wish.voided,
        "nobodys": wish.nobodys,
        "leadless": _leadless(base) if wish.leadless else None,
    }


def _product(base: Base, text: str | None) -> int | None:
    if not text:
        return None
    from clientbase.sales import products

    return products.named(base, text)


def _leadless(base: Base) -> str:
    return json.dumps([sale for (sale,) in base.execute(SQL["leadless"])])


def _promos(base: Base, text: str | None) -> str | None:
    if not text:
        return None
    from clientbase.sales import promo

    return json.dumps(promo.spellings(base, text))
