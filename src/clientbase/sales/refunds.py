"""Refunds: of a sale, whole or in part, or of a contact without naming the sale."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock, money
from clientbase.db import settings
from clientbase.db.connection import LARGEST
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, Refused
from clientbase.funnel.attributes import note
from clientbase.people.resolving import resolve
from clientbase.sales.sales import no_sale
from clientbase.table import Table, columns
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)

COLUMNS = columns(
    "refund_id:id",
    "sale_id:id",
    "contact_id:id",
    "name",
    "refunded_on:date",
    "amount:money",
    "ref",
    "note",
    "voided_on:date",
)
ESSENTIAL = ("refund_id", "sale_id", "name", "refunded_on", "amount")


class NewRefund(NamedTuple):
    """A refund to be recorded, as typed; without an amount it is all that is left."""

    day: date
    amount: str | None = None
    note: str | None = None


class _Sold(NamedTuple):
    contact_id: int | None
    sold_on: str
    voided_on: str | None
    amount: int
    rest: int


def refund(base: Base, sale_id: int | None, who: str | None, new: NewRefund, today: date) -> Table:
    """Give money back of a sale, or to a contact where no sale is named; return the refund.

    Raises as `refund_sale` and `refund_contact` do.
    """
    if sale_id is not None:
        return refund_sale(base, sale_id, new, today)
    return refund_contact(base, who or "", new, today)


def refund_sale(base: Base, sale_id: int, new: NewRefund, today: date) -> Table:
    """Give the money of a sale back, whole or in part, and return the refund.

    Raises NotFound; Conflict for a sale that is voided or given back wholly; Refused for more
    than is left, and for a day before the sale or to come.
    """
    sold = _sold(base, sale_id)
    clock.check_past(new.day, today)
    if new.day.isoformat() < sold.sold_on:
        raise Refused(
            Sentence(
                _("sale {number} was made on {day}, after {refunded}"),
                number=sale_id,
                day=clock.Day(sold.sold_on),
                refunded=new.day,
            ),
            hint=Sentence(_("give a day from {day} on"), day=clock.Day(sold.sold_on)),
        )
    left = sold.rest
    if sold.contact_id is not None:
        left = min(left, room(base, sold.contact_id, new.day.isoformat(), imported=False))
    decimals = settings.decimals(base)
    if left <= 0:
        raise Conflict(
            _("nothing is left to give back of sale {number}").format(number=sale_id),
            hint=_("clientbase sale show {number} shows its refunds").format(number=sale_id)
            if sold.rest == 0
            else _("clientbase contact show {contact} shows all refunds").format(
                contact=sold.contact_id
            ),
        )
    amount = left if new.amount is None else _read(base, new.amount)
    if amount > left:
        raise Refused(
            Sentence(
                _("{left} of sale {number} is left to give back, not {amount}"),
                left=money.Amount(left, decimals),
                number=sale_id,
                amount=money.Amount(amount, decimals),
            ),
            hint=_("leave the amount out to give back all that is left"),
        )
    return _add(base, sold.contact_id, sale_id, amount, new)


def refund_contact(base: Base, who: str, new: NewRefund, today: date) -> Table:
    """Give money back to a contact without naming the sale, and return the refund.

    Raises Refused for more than is left of the contact's sales as of that day, or for a day to
    come, and as `resolve` does.
    """
    if new.amount is None:
        raise Misuse(
            _("it is not said how much is given back"),
            hint=_("type the amount: clientbase sale refund --who WHO AMOUNT"),
        )
    contact = resolve(base, who)
    clock.check_past(new.day, today)
    amount = _read(base, new.amount)
    left = max(0, room(base, contact, new.day.isoformat(), imported=True))
    if amount > left:
        decimals = settings.decimals(base)
        raise Refused(
            Sentence(
                _("{left} of the sales to contact {contact} is left on {day}, not {amount}"),
                left=money.Amount(left, decimals),
                contact=contact,
                day=new.day,
                amount=money.Amount(amount, decimals),
            ),
            hint=_("clientbase sale list --who {contact} shows what was paid").format(
                contact=contact
            ),
        )
    return _add(base, contact, None, amount, new)


def room(base: Base, contact_id: int, day: str, *, imported: bool) -> int:
    """Return how much can be given back to a contact on a day (ISO), in minor units.

    Its refunds never exceed its sales then, on that day or later.
    `imported` counts refunds from files that name no sale.
    """
    values = {"contact": contact_id, "day": day, "all": imported}
    return int(base.one(SQL["room"], values))


@contextlib.contextmanager
def guarded(base: Base, contacts: Iterable[int | None], hint: str) -> Iterator[None]:
    """Let sales and refunds of contacts be changed, and look at what is left of them afterwards.

    Raises Conflict, with the hint and the contact in it, where a contact would have been given
    back more than it paid, and had not been before.
    """
    before = {each: _least(base, each) for each in contacts if each is not None}
    yield
    for contact, least in before.items():
        if _least(base, contact) < least:
            raise Conflict(
                _("contact {contact} would have been given back more than was paid").format(
                    contact=contact
                ),
                hint=hint.format(contact=contact),
            )


def of_sale(base: Base, sale_id: int) -> Table:
    """Return the refunds of a sale, the oldest first."""
    found = base.execute(SQL["of_sale"], {"sale": sale_id}).fetchall()
    return rows(base, [refund_id for (refund_id,) in found])


def rows(base: Base, refund_ids: Iterable[int]) -> Table:
    """Return refunds as they are shown, in the order given."""
    found = [base.execute(SQL["row"], {"refund": number}).fetchone() for number in refund_ids]
    return Table("refunds", COLUMNS, found, essential=ESSENTIAL)


def _least(base: Base, contact: int) -> int:
    """Return the least that was ever left of a contact's sales after refunds, at most 0."""
    first = base.one(SQL["first_day"], {"contact": contact})
    return min(0, room(base, contact, first, imported=True))


def _sold(base: Base, sale_id: int) -> _Sold:
    row = base.execute(SQL["sale"], {"sale": min(sale_id, LARGEST)}).fetchone()
    if row is None:
        raise no_sale(sale_id)
    sold = _Sold(*row)
    if sold.voided_on is not None:
        raise Conflict(
            Sentence(
                _("sale {number} was voided on {day}"),
                number=sale_id,
                day=clock.Day(sold.voided_on),
            ),
            hint=_("clientbase sale list shows the sales that count"),
        )
    return sold


def _read(base: Base, text: str) -> int:
    amount = settings.amount(base, text)
    if amount == 0:
        raise Refused(_("a refund of nothing is no refund"), hint=_("give an amount above zero"))
    return amount


def _add(base: Base, contact: int | None, sale: int | None, amount: int, new: NewRefund) -> Table:
    values = {"contact": contact, "sale": sale, "day": new.day.isoformat(), "amount": amount}
    refund_id = int(base.one(SQL["add"], {**values, "note": note(new.note)}))
    return rows(base, [refund_id])
