"""The report on products: what is sold, to whom, how it changes, what is bought together."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientbase.analysis import goods, together
from clientbase.analysis.period import EVER
from clientbase.analysis.shares import percent
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.facts import compose, smallness
from clientbase.normal import shown
from clientbase.table import Bars, Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from clientbase.analysis.period import Period
    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

PAIRS = 50
_NOBODY = "0"
COLUMNS = columns(
    "product",
    "category",
    "quantity:number",
    "revenue:money",
    "share:percent",
    "orders:number",
    "clients:number",
    "repeat_share:percent",
    "revenue_before:money",
    "change:percent",
)
_CATEGORIES = columns(
    "category", "products:number", "quantity:number", "revenue:money", "share:percent"
)
_TOGETHER = columns("product", "with_product", "orders:number", "share:percent", "lift:number")


@dataclass(slots=True)
class _Sold:
    """What was sold of a product, less what was given back."""

    name: str
    category: str | None
    quantity: float = 0
    revenue: int = 0
    orders: int = 0
    clients: int = 0
    again: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of which days and of whom the report is: a JSON list of ids, or everybody."""

    base: Base
    period: Period
    ids: str | None

    def rows(self, name: str, period: Period | None = None) -> list[Row]:
        """Run a statement over the period, or over another one."""
        values: dict[str, Any] = {
            **(period or self.period).values(),
            "ids": self.ids,
            "most": smallness.SMALL,
        }
        return self.base.execute(compose.of_sales(SQL[name]), values).fetchall()


def report(base: Base, today: date, *, segment: str = "", period: Period = EVER) -> Table:
    """Return what was sold of each product in a period, the most money first.

    To everybody, or to those who are in a segment on the day. With tables of the categories and of
    what is bought together. Raises NotFound for an unknown segment, Refused for a rule that can't
    be used, Misuse where the period ends before it begins.
    """
    period = period.until(today)
    asked = _Asked(base, period, _members(base, segment, today))
    sold = _sold(asked)
    rows = _rows(sold, before=period.before() is not None)
    beside = goods.beside(base, period, asked.ids)
    table = Table("products", COLUMNS, rows, as_of=today.isoformat())
    table.count = lambda: len(rows)
    table.keys = ("product",)
    table.essential = ("product", "revenue", "quantity", "clients", "repeat_share", "change")
    table.empty = goods.none(base, period)
    table.notes = _notes(asked, segment, sold)
    table.notes += goods.notes(base, beside)
    table.tables["categories"] = _categories(sold)
    table.tables["together"] = _together(asked, sold)
    return table


def _members(base: Base, segment: str, today: date) -> str | None:
    if not segment:
        return None
    from clientbase.facts import segments

    return json.dumps(segments.ids(base, segment, today))


def _sold(asked: _Asked) -> dict[int, _Sold]:
    known = goods.named(asked.base)
    found: dict[int, _Sold] = {}
    for product, quantity, amount, contacts, orders in asked.rows("sold"):
        here = found[product] = _Sold(*known[product], quantity, amount)
        if orders:
            here.orders, here.clients, here.again = _buyers(contacts, orders)
    for product, quantity, amount in asked.rows("given"):
        here = found.setdefault(product, _Sold(*known[product]))
        here.quantity, here.revenue = round(here.quantity - quantity, 6), here.revenue - amount
    earlier = asked.period.before()
    for product, amount in asked.rows("money", earlier) if earlier else ():
        found.setdefault(product, _Sold(*known[product])).before = amount
    return found


def _buyers(contacts: str, orders: str) -> tuple[int, int, int]:
    """Return how many orders there are, by how many clients, and how many of these had several."""
    # An order may have several lines of one product.
    whose = set(zip(contacts.split(","), orders.split(","), strict=True))
    counts = Counter(contact for contact, _order in whose)
    del counts[_NOBODY]
    return len(whose), len(counts), sum(count > 1 for count in counts.values())


def _rows(sold: dict[int, _Sold], *, before: bool) -> list[Row]:
    total = _total(sold.values())
    return [
        (
            one.name,
            one.category,
            one.quantity,
            one.revenue,
            percent(max(one.revenue, 0), total),
            one.orders,
            one.clients,
            percent(one.again, one.clients),
            one.before if before else None,
            percent(one.revenue - one.before, one.before) if before else None,
        )
        for one in sorted(sold.values(), key=lambda one: (-one.revenue, one.name))
    ]


def _total(sold: Iterable[_Sold]) -> int:
    return sum(max(one.revenue, 0) for one in sold)


def _categories(sold: dict[int, _Sold]) -> Table:
    grouped_by: dict[str | None, list[_Sold]] = {}
    for one in sold.values():
        grouped_by.setdefault(one.category, []).append(one)
    total = _total(sold.values())
    rows = []
    for category, here in grouped_by.items():
        quantity = round(sum(one.quantity for one in here), 6)
        revenue = sum(one.revenue for one in here)
        rows.append((category, len(here), quantity, revenue, percent(_total(here), total)))
    rows.sort(key=lambda row: (row[0] is None, -row[3], row[0]))
    picture = Bars("category", ("revenue",))
    return Table("categories", _CATEGORIES, rows, keys=("category",), picture=picture)


def _together(asked: _Asked, sold: dict[int, _Sold]) -> Table:
    least = settings.get(asked.base, "products.together")
    baskets = (map(int, listed.split(",")) for (listed,) in asked.rows("baskets"))
    pairs = together.pairs(baskets, PAIRS, least)
    orders = asked.rows("orders")[0][0] if pairs else 0
    rows = []
    for count, *both in pairs:
        # The rarer one first: more of those who bought it bought the other too.
        rare, other = sorted((sold[one] for one in both), key=lambda one: (one.orders, one.name))
        lift = count * orders / (rare.orders * other.orders)
        rows.append((rare.name, other.name, count, 100 * count / rare.orders, lift))
    rows.sort(key=lambda row: (-row[2], -row[4], row[0], row[1]))
    told = _of_pairs(least) if rows else []
    return Table("together", _TOGETHER, rows[:PAIRS], told, keys=("product", "with_product"))


def _of_pairs(least: int) -> list[str]:
    told = _(
        "Share: percent of the orders with the first product that have the second too. Lift: how "
        "many times as often as by chance. The {most} commonest pairs, in {least} orders or more."
    )
    return [told.format(most=PAIRS, least=least)]


def _notes(asked: _Asked, segment: str, sold: dict[int, _Sold]) -> list[str]:
    found = [asked.period.note()]
    if segment:
        count = len(json.loads(asked.ids or "[]"))
        told = ngettext(
            "Sold to the {count} contact of the segment {name}.",
            "Sold to the {count} contacts of the segment {name}.",
            count,
        )
        found.append(Sentence(told, count=grouped(count), name=shown(segment)))
    if not sold:
        return found
    found.append(_("Repeat share: percent of the clients with more than one order of it."))
    before = asked.period.before()
    if before is None:
        found.append(_("--from DAY tells how it changed against the period before."))
    else:
        told = _("Change is against the time from {first} to {last}.")
        found.append(Sentence(told, first=before.first, last=before.last))
    ((buyers,),) = asked.rows("buyers")
    return [*found, *_uncategorised(sold), *smallness.notes(buyers)]


def _uncategorised(sold: dict[int, _Sold]) -> list[str]:
    count = sum(one.category is None for one in sold.values())
    if not count:
        return []
    told = ngettext(
        "{count} product has no category: clientbase product edit NAME --category CATEGORY",
        "{count} products have no category: clientbase product edit NAME --category CATEGORY",
        count,
    )
    return [Sentence(told, count=grouped(count))]
