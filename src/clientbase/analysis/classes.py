"""ABC and XYZ of clients or products: how much they bring, and how steadily."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from clientbase.analysis import goods, orders
from clientbase.analysis.period import Period, whole_months
from clientbase.analysis.shares import percent
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.errors import Misuse
from clientbase.facts import left_out, rhythm, smallness
from clientbase.facts.letters import ABC, TOO_FEW, XYZ, Part, Spread, abc
from clientbase.facts.reading import read
from clientbase.normal import shown
from clientbase.table import Pivot, Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

CLIENTS, PRODUCTS = BY = ("clients", "products")
# Pieces have up to six decimals: so many of them are a whole number.
_PIECE = 10**6
_MATRIX = columns("abc", "xyz", "items:number", "revenue:money", "share:percent")


class Item(NamedTuple):
    """A client or a product with what it brought."""

    item: int
    external_id: str | None
    name: str
    revenue: int


class Steadiness(NamedTuple):
    """How steady an item is: its mean, its variation in percent, its letter.

    The letter and the variation are None where there is too little to tell by.
    """

    mean: float | None = None
    variation: float | None = None
    letter: str | None = None


UNKNOWN = Steadiness()


@dataclass(frozen=True, slots=True)
class Classed:
    """Items, the most money first, with the part that each has, and how steady each is."""

    by: str
    period: Period
    items: Sequence[Item]
    parts: Sequence[Part]
    steady: Sequence[Steadiness]
    months: Sequence[str]

    def rows(self) -> Iterator[tuple[Item, Part, Steadiness]]:
        """Go through the items."""
        return zip(self.items, self.parts, self.steady, strict=True)


def classed(base: Base, period: Period, by: str) -> Classed:
    """Return the clients, or the products, of a period with both letters.

    Raises Misuse for what is neither.
    """
    check(by)
    months: list[str] = []
    if by == CLIENTS:
        items = clients(base, period)
        spreads = _gaps(base, period)
        known = _steady(base, spreads, 1, settings.get(base, "xyz.days") - 1)
    else:
        items, spreads, months = _products(base, period)
        known = _steady(base, spreads, _PIECE, settings.get(base, "xyz.months"))
    parts = list(abc([item.revenue for item in items], borders(base, "abc.a", "abc.b")))
    steady = [known.get(item.item, UNKNOWN) for item in items]
    return Classed(by, period, items, parts, steady, months)


def check(by: str) -> None:
    """Refuse what can't be classed. Raises Misuse."""
    if by not in BY:
        raise Misuse(
            _("{text} can't be sorted so").format(text=shown(by)),
            hint=_("choose one of: {choices}").format(choices=", ".join(BY)),
        )


def borders(base: Base, *keys: str) -> tuple[int, ...]:
    """Return settings that part the letters."""
    return tuple(settings.get(base, key) for key in keys)


def clients(base: Base, period: Period) -> list[Item]:
    """Return what the clients brought in a period, the most first."""
    last = period.last or date.max
    wanted = ("contact_id", "external_id", "name", "revenue")
    if period.first is None:
        rows = read(base, wanted, last, SQL["ever"], scope="clients")
    else:
        values = {"first": period.first.isoformat()}
        rows = read(base, wanted[:3], last, SQL["lately"], scope="clients", values=values)
    return [Item(*row) for row in rows]


def _gaps(base: Base, period: Period) -> dict[int, Spread]:
    listed = orders.listed(base, period.last or date.max, period.first)
    found = ((contact, rhythm.gaps(days)) for contact, days, _amounts in listed)
    return {contact: Spread.of(gaps) for contact, gaps in found if gaps}


def _products(base: Base, period: Period) -> tuple[list[Item], dict[int, Spread], list[str]]:
    moved, names = goods.by_month(base, period), goods.named(base)
    items = [
        Item(product, None, names[product][0], sum(amount for _pieces, amount in by.values()))
        for product, by in moved.items()
    ]
    items.sort(key=lambda item: (-item.revenue, item.name))
    months = _whole(base, period)
    spreads = {product: _monthly(by, months) for product, by in moved.items()} if months else {}
    return items, spreads, months


def _whole(base: Base, period: Period) -> list[str]:
    begun = goods.first_day(base, period)
    if begun is None or period.last is None:
        return []
    first = date.fromisoformat(begun)
    return whole_months(max(first, period.first or first), period.last)


def _monthly(by: dict[str, tuple[float, int]], months: Sequence[str]) -> Spread:
    return Spread.of([round(by[month][0] * _PIECE) if month in by else 0 for month in months])


def _steady(
    base: Base, spreads: Mapping[int, Spread], unit: int, least: int
) -> dict[int, Steadiness]:
    x, y = borders(base, "xyz.x", "xyz.y")

    def one(spread: Spread) -> Steadiness:
        mean = spread.mean / unit
        if spread.size < least or spread.total <= 0:
            return Steadiness(mean)
        return Steadiness(mean, spread.variation, spread.letter(x, y))

    return {item: one(spread) for item, spread in spreads.items()}


def matrix(found: Classed) -> Table:
    """Return the cells of ABC by XYZ, with those that there is too little to tell of."""
    counts: dict[tuple[str, str], list[int]] = {}
    for item, part, steady in found.rows():
        cell = counts.setdefault((part.letter, steady.letter or TOO_FEW), [0, 0, 0])
        cell[0] += 1
        cell[1] += item.revenue
        cell[2] += max(item.revenue, 0)
    total = sum(cell[2] for cell in counts.values())
    few = any(letter == TOO_FEW for _abc, letter in counts)
    rows: list[Row] = []
    for big in ABC if counts else ():
        for steady_as in (*XYZ, TOO_FEW) if few else XYZ:
            items, revenue, kept = counts.get((big, steady_as), (0, 0, 0))
            rows.append((big, steady_as, items, revenue, percent(kept, total)))
    return Table(
        "matrix",
        _MATRIX,
        rows,
        keys=("abc", "xyz"),
        layout=Pivot("abc", "xyz", ("items", "revenue", "share"), heat="revenue"),
    )


def empty(base: Base, found: Classed) -> str:
    """Say that there is nothing to sort, and what to type."""
    if found.by == CLIENTS:
        return left_out.no_clients(base, found.period.last or date.max, found.period.first)
    return goods.none(base, found.period)


def notes(base: Base, found: Classed) -> list[str]:
    """Say of which days the letters are, by what borders, and what is left out."""
    told = [found.period.note(), _of_abc(base)]
    told += _of_gaps(base, found) if found.by == CLIENTS else _of_months(base, found)
    told += _of_nothing(found)
    if found.by == CLIENTS:
        told += smallness.notes(len(found.items))
        return told + left_out.notes(base, found.period.last or date.max, found.period.first)
    return told + goods.notes(base, goods.beside(base, found.period))


def _of_abc(base: Base) -> str:
    a, b = borders(base, "abc.a", "abc.b")
    return _(
        "A while the share before an item is under {a}%, B under {b}%, else C; equal sums have "
        "one letter, and nothing or less is C."
    ).format(a=a, b=b)


def _of_gaps(base: Base, found: Classed) -> list[str]:
    x, y, days = borders(base, "xyz.x", "xyz.y", "xyz.days")
    told = _(
        "X where the gaps between days of purchase vary by up to {x}%, Y by up to {y}%, else Z; "
        "fewer than {days} days of purchase are too few to tell: {count}."
    )
    few = grouped(sum(steady.letter is None for steady in found.steady))
    return [Sentence(told, x=x, y=y, days=days, count=few)]


def _of_months(base: Base, found: Classed) -> list[str]:
    x, y, least = borders(base, "xyz.x", "xyz.y", "xyz.months")
    told = _(
        "X where the pieces sold in whole months vary by up to {x}%, Y by up to {y}%, else Z; "
        "months without a sale count as 0. Fewer than {least} months, or no more sold than given "
        "back, are too few to tell: {count}."
    )
    few = grouped(sum(steady.letter is None for steady in found.steady))
    whole: list[str] = [Sentence(told, x=x, y=y, least=least, count=few)]
    if found.months:
        many = ngettext(
            "{count} whole month, {first}.",
            "{count} whole months, {first} to {last}.",
            len(found.months),
        )
        first, last = found.months[0], found.months[-1]
        whole.append(Sentence(many, count=grouped(len(found.months)), first=first, last=last))
    return whole


def _of_nothing(found: Classed) -> list[str]:
    count = sum(item.revenue <= 0 for item in found.items)
    if not count:
        return []
    told = _("{count} brought nothing or less; shares are of the sums above nothing.")
    return [Sentence(told, count=grouped(count))]
