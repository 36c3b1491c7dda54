"""Lines of a sale, typed as `Shampoo x2 @ 450`, and what they come to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from clientbase import money
from clientbase.db.statements import statements
from clientbase.errors import Refused
from clientbase.normal import clean_text, shown
from clientbase.sales.products import LONGEST, product_id
from clientbase.table import Table, columns
from clientbase.words import Number, Sentence, _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)

# The letter x, its Cyrillic twin, or a sign of multiplication, apart from the name.
_TIMES = r"(?P<name>.*\S)\s+[xXхХ×*](?P<gap>\s*)(?P<quantity>[0-9][0-9.,]*)(?:\s*(?:шт|pcs?)\.?)?"
COLUMNS = columns("product", "quantity:number", "price", "amount:money")
FINEST = 6  # decimals that a price may have


class Line(NamedTuple):
    """One product of a sale; without a price its amount is not known yet."""

    product: str
    quantity: int | float
    price: str | None
    amount: int | None


def read(text: str, decimals: int, currency: str) -> Line:
    """Read `NAME`, `NAME @ 450`, `NAME x2 @ 450` or `NAME x 1.5 @ 450`, or raise Refused.

    The amount is in minor units, rounded half-even once.
    """
    what, price = _priced(clean_text(text, required=True))
    name, quantity = _counted(what)
    name = clean_text(name, limit=LONGEST, required=True)
    count = money.read_quantity(quantity)
    if count <= 0:
        raise Refused(
            _("{item} is sold {count} times").format(item=shown(name), count=count),
            hint=_("give a quantity above zero, such as x2 or x0.5"),
        )
    if price is None:
        return Line(name, count, None, None)
    amount = money.times(quantity, price, decimals, currency=currency)
    return Line(name, count, _kept(price, decimals, currency), amount)


def settle(
    items: tuple[str, ...], paid: int | None, discount: int, decimals: int, currency: str
) -> tuple[int, int, list[Line]]:
    """Return what was paid, the discount and the lines of a sale.

    What was paid may be left out; it must be what the items come to, less the discount. The only
    item may lack its price. Raises Refused, with the sums.
    """
    lines = [read(item, decimals, currency) for item in items]
    unpriced = [line for line in lines if line.amount is None]
    if unpriced:
        if len(lines) > 1 or paid is None:
            raise Refused(
                _("{item} has no price").format(item=shown(unpriced[0].product)),
                hint=_("write it behind an @, such as: --item {item}").format(
                    item=f'"{shown(unpriced[0].product)} @ 450"'
                ),
            )
        lines = [lines[0]._replace(amount=paid + discount)]
    return _due(lines, paid, discount, decimals), discount, lines


def settle_again(
    lines: list[Line], paid: int | None, discount: int, decimals: int
) -> tuple[int, int, list[Line]]:
    """Return what was paid, the discount and the lines of a sale whose money is put right.

    The only line follows what was paid where it says but one price or none; the lines of others
    must come to it, less the discount. Raises Refused, with the sums.
    """
    if paid is not None and len(lines) == 1:
        line, total = lines[0], paid + discount
        if line.price is None:
            return paid, discount, [line._replace(amount=total)]
        if line.quantity == 1:
            price = money.plain(total, decimals)
            return paid, discount, [line._replace(price=price, amount=total)]
    return _due(lines, paid, discount, decimals), discount, lines


def kept(base: Base, sale_id: int) -> list[Line]:
    """Return the lines of a sale as they are kept."""
    return [Line(*row) for row in base.execute(SQL["of_sale"], {"sale": sale_id})]


def text(line: Line) -> str:
    """Return a line as it is typed: `Shampoo x2 @ 450.00`."""
    times = "" if line.quantity == 1 else f" x{line.quantity:.12g}"
    item = f"{line.product}{times}"
    if line.price is None:
        return item
    return Sentence("{item} @ {price}", item=item, price=money.Price(line.price))


def of_sale(base: Base, sale_id: int) -> Table:
    """Return the lines of a sale."""
    rows = [line._replace(price=_shown_price(line.price)) for line in kept(base, sale_id)]
    return Table("lines", COLUMNS, rows)


def add(base: Base, sale_id: int, lines: list[Line]) -> None:
    """Write the lines of a sale down; a product that is new is made."""
    for line in lines:
        product = product_id(base, line.product)
        base.execute(SQL["add"], {**line._asdict(), "sale": sale_id, "product": product})


def replace(base: Base, sale_id: int, lines: list[Line]) -> None:
    """Write other lines down in the place of a sale's own."""
    base.execute(SQL["drop"], {"sale": sale_id})
    add(base, sale_id, lines)


def _due(lines: list[Line], paid: int | None, discount: int, decimals: int) -> int:
    """Return what lines come to, less the discount. Raises Refused where another sum was paid."""
    total = sum(line.amount or 0 for line in lines)
    due = total - discount
    if due < 0 or paid not in {None, due}:
        raise _off(paid, total, discount, decimals)
    return due


def _off(paid: int | None, total: int, discount: int, decimals: int) -> Refused:
    """Say how what was paid and what the items come to differ."""
    due = total - discount
    if due < 0:
        return Refused(
            Sentence(
                _("the discount of {discount} is more than the items come to, {total}"),
                discount=money.Amount(discount, decimals),
                total=money.Amount(total, decimals),
            ),
            hint=_("give a smaller discount"),
        )
    message = Sentence(
        _("the items come to {due}, and the amount is {paid}"),
        due=money.Amount(due, decimals),
        paid=money.Amount(paid or 0, decimals),
    )
    less = total - (paid or 0)
    if less > 0:
        # Without blanks between thousands: a word of the command line.
        off = Number(money.plain(less, decimals))
        hint: str = Sentence(_("if it was a discount: --discount {less}"), less=off)
    else:
        hint = _("leave the amount out, or mend the prices")
    return Refused(message, hint=hint)


def _shown_price(price: str | None) -> str | None:
    return None if price is None else Sentence("{price}", price=money.Price(price))


def _priced(text: str) -> tuple[str, str | None]:
    what, sign, price = text.rpartition("@")
    if sign and (what[-1:].isspace() or price.strip()[:1].isdigit()):
        return what.strip(), price.strip()
    return text, None


def _counted(what: str) -> tuple[str, str]:
    found = re.fullmatch(_TIMES, what)
    if found is None:
        return what, "1"
    name, quantity = found["name"], found["quantity"]
    if found["gap"] and name.split()[-1].replace(".", "").replace(",", "").isdigit():
        raise Refused(
            _("{item} can be a size or a quantity").format(item=shown(what)),
            hint=_("write {many} for a quantity, {one} for a size").format(
                many=f"{name} x{quantity}", one=f"{what} x1"
            ),
        )
    return name, quantity


def _kept(price: str, decimals: int, currency: str) -> str:
    """Return a price as it is kept: digits and a point. Raises Refused."""
    found = re.search(r"[.,]([0-9]+)(\D*)$", price)
    if found is None or not decimals < len(found[1]) <= FINEST:
        return money.plain(money.read(price, decimals, currency=currency), decimals)
    # Finer than the smallest coin: what is wrong with the rest is refused all the same.
    coins = f".{found[1][:decimals]}" if decimals else ""
    money.read(price[: found.start()] + coins + found[2], decimals, currency=currency)
    kept = money.plain(money.times("1", price, FINEST), FINEST)
    return kept.rstrip("0").rstrip(".")
