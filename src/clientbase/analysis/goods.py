"""What was sold and given back of each product, and the money that names no product."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.statements import statements
from clientbase.facts import compose, left_out
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from clientbase.analysis.period import Period
    from clientbase.db.connection import Base

SQL = statements(__file__)


class Beside(NamedTuple):
    """What of a period's money is in no product's figures."""

    sales: int
    paid: int
    discounts: int
    refunds: int
    returned: int


def by_month(base: Base, period: Period) -> dict[int, dict[str, tuple[float, int]]]:
    """Return pieces and money of each product that moved in the period, by month."""
    found: dict[int, dict[str, tuple[float, int]]] = {}
    for product, month, quantity, amount in base.execute(
        compose.of_sales(SQL["by_month"]), period.values()
    ):
        found.setdefault(product, {})[month] = quantity, amount
    return found


def named(base: Base) -> dict[int, tuple[str, str | None]]:
    """Return the name and the category of every product."""
    return {product: (name, category) for product, name, category in base.execute(SQL["names"])}


def first_day(base: Base, period: Period) -> str | None:
    """Return the first day on which anything was sold by the end of the period."""
    found: str | None = base.one(SQL["first_day"], {"last": period.values()["last"]})
    return found


def beside(base: Base, period: Period, ids: str | None = None) -> Beside:
    """Return what is in no product's figures, of all sales or of those of a JSON list of ids."""
    values = {**period.values(), "ids": ids}
    found = base.execute(compose.of_sales(SQL["beside"]), values).fetchone()
    return Beside(
        *found, *base.execute(compose.of_sales(SQL["unnamed_refunds"]), values).fetchone()
    )


def none(base: Base, period: Period) -> str:
    """Say that no products were sold yet, and what to type, or none in a period."""
    if not base.one(SQL["any"]):
        return _("No products sold; a sale names them: clientbase sale record WHO --item NAME")
    told = _("No products were sold from {first} to {last}.")
    if period.first is None:
        told = _("No products were sold by {last}.")
    return Sentence(told, first=period.first, last=period.last)


def notes(base: Base, found: Beside) -> list[str]:
    """Say what of the period's money is in no product's figures; nothing where there is none."""
    sales = ngettext(
        "{count} sale that names no product ({money}) is left out.",
        "{count} sales that name no product ({money}) are left out.",
        found.sales,
    )
    refunds = ngettext(
        "{count} refund that names no product ({money}) is left out.",
        "{count} refunds that name no product ({money}) are left out.",
        found.refunds,
    )
    unnamed = ((sales, found.sales, found.paid), (refunds, found.refunds, found.returned))
    told: list[str] = [
        Sentence(text, count=grouped(count), money=left_out.amount(base, minor))
        for text, count, minor in unnamed
        if count
    ]
    if found.discounts:
        text = _("Discounts on whole bills ({money}) are not taken off the products' money.")
        told.append(Sentence(text, money=left_out.amount(base, found.discounts)))
    return told
