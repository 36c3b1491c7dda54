"""Products: made by name when they are first sold, or beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, NotFound
from clientbase.normal import clean_text, fold, optional_text, shown
from clientbase.people import readers
from clientbase.people.names import OFFERED, continuing
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)

LONGEST = 200
DAYS_OF_MONTH, MONTHS_OF_YEAR, DAYS_OF_YEAR = 30, 12, 365

COLUMNS = columns(
    "name",
    "category",
    "replenish_days:number",
    "quantity:number",
    "revenue:money",
    "clients:number",
    "last_sold_on:date",
)
ESSENTIAL = ("name", "revenue", "quantity", "replenish_days", "clients", "last_sold_on")


class Edited(NamedTuple):
    """A product that was changed, and the segments that ask for it by its old name."""

    table: Table
    segments: list[str]


class Said(NamedTuple):
    """What is said of a product, as typed: None is not said, empty text is nothing.

    `replenish` is the span after which a client has used it up.
    """

    name: str | None = None
    category: str | None = None
    replenish: str | None = None


def product_id(base: Base, name: str, category: str | None = None) -> int:
    """Return the product of a name, in any letter case; a new name makes a new product.

    A category is kept where the product had none. Raises Refused for text that can't be kept.
    """
    name = clean_text(name, limit=LONGEST, required=True)
    category = optional_text(category, limit=LONGEST)
    values = {"name": name, "key": fold(name), "category": category}
    found = base.execute(SQL["known"], values).fetchone()
    if found is None:
        return int(base.one(SQL["add"], {**values, "replenish": None}))
    if category and found[1] is None:
        base.execute(SQL["categorise"], {"id": found[0], "category": category})
    return int(found[0])


def named(base: Base, text: str) -> int:
    """Return the product of a name, in any letter case.

    Raises NotFound with the nearest name, Misuse for an empty one.
    """
    found = base.execute(SQL["known"], {"key": fold(text)}).fetchone()
    if found is not None:
        return int(found[0])
    if not text.strip():
        raise Misuse(
            _("it is not said which product"), hint=_("clientbase product list shows the products")
        )
    from clientbase.nearest import meant

    names = (name for (name,) in base.execute(SQL["names"]))
    raise NotFound(
        _("there is no product {name}").format(name=shown(text)),
        hint=meant(text, names, _("clientbase product list shows the products")),
    )


def add(base: Base, said: Said) -> Table:
    """Make a product before it is sold, and return its row.

    Raises Conflict for a name that is taken, Refused for a value that is wrong.
    """
    name = _free_name(base, said.name or "", None)
    category = optional_text(said.category, limit=LONGEST)
    values = {"name": name, "key": fold(name), "category": category}
    product = int(base.one(SQL["add"], {**values, "replenish": _days(said.replenish or "")}))
    return row_of(base, product)


def edit(base: Base, text: str, said: Said) -> Edited:
    """Change what is known of a product, which keeps what was sold of it.

    Raises Misuse where nothing is said, NotFound for an unknown product, Conflict for the name
    of another one, Refused for a value that is wrong.
    """
    if said == Said():
        raise Misuse(
            _("it is not said what to change"), hint=_("add --name, --category or --replenish")
        )
    product = named(base, text)
    name, category, days = before = base.execute(SQL["read"], {"id": product}).fetchone()
    if said.name is not None:
        name = _free_name(base, said.name, product)
    if said.category is not None:
        category = optional_text(said.category, limit=LONGEST)
    if said.replenish is not None:
        days = _days(said.replenish)
    if (name, category, days) != before:
        values = {"name": name, "key": fold(name), "category": category, "replenish": days}
        base.execute(SQL["edit"], {**values, "id": product})
    old = before[0]
    missed = [] if fold(old) == fold(name) else readers.segments(base, ("has_bought",), old)
    return Edited(row_of(base, product), missed)


def listing(base: Base) -> Table:
    """Return all products with what was sold of each, in the order of the alphabet.

    Voided sales don't count, and lines that were given back are taken off.
    """
    return Table(
        "products",
        COLUMNS,
        base.execute(SQL["list"]),
        count=lambda: int(base.one(SQL["count"])),
        essential=ESSENTIAL,
        empty=_("No products yet; a sale makes them: clientbase sale record WHO --item NAME"),
    )


def row_of(base: Base, product: int) -> Table:
    """Return one product as the list shows it."""
    found = base.execute(SQL["row"], {"product": product}).fetchall()
    return Table("products", COLUMNS, found, essential=ESSENTIAL)


def beginning(base: Base, start: str) -> list[str]:
    """Return names of products that begin so, in any letter case, spelled on from what is typed."""
    found = base.execute(SQL["beginning"], {"start": fold(start), "limit": OFFERED})
    return [name for name, _beside in continuing(start, ((name, "") for (name,) in found))]


def _free_name(base: Base, text: str, product: int | None) -> str:
    """Return a name as it is kept. Raises Conflict where it is another product's."""
    name = clean_text(text, limit=LONGEST, required=True)
    taken = base.execute(SQL["known"], {"key": fold(name)}).fetchone()
    if taken is not None and taken[0] != product:
        old = base.execute(SQL["read"], {"id": taken[0]}).fetchone()[0]
        if product is None:
            hint = _("change it with: clientbase product edit NAME")
        else:
            hint = _("what was sold of either stays its own; choose a name that is free")
        raise Conflict(_("there is a product {name} already").format(name=shown(old)), hint=hint)
    return name


def _days(text: str) -> int | None:
    """Return a span in days, a month being 30 of them and a year 365; nothing is None."""
    if not text.strip():
        return None
    from clientbase.clock import read_span

    span = read_span(f"{text.strip()}d" if text.strip().isdecimal() else text)
    years, months = divmod(span.months, MONTHS_OF_YEAR)
    return span.days + months * DAYS_OF_MONTH + years * DAYS_OF_YEAR
