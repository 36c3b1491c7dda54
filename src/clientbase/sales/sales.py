"""Sales: recorded, shown and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock, money
from clientbase.db import settings
from clientbase.db.connection import LARGEST
from clientbase.db.statements import statements
from clientbase.errors import Ambiguous, Conflict, Misuse, NotFound
from clientbase.funnel import leads
from clientbase.normal import optional_text, shown
from clientbase.people import channels
from clientbase.people.resolving import candidates, resolve
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.sales.lines import Line
    from clientbase.table import Row

SQL = statements(__file__)

LONGEST_REF = 100

COLUMNS = columns(
    "sale_id:id",
    "contact_id:id",
    "name",
    "sold_on:date",
    "amount:money",
    "discount:money",
    "refunded:money",
    "ref",
    "channel",
    "items:list",
    "note",
    "lead_id:id",
    "voided_on:date",
)
ESSENTIAL = ("sale_id", "sold_on", "name", "amount", "items", "refunded")


class Buyer(NamedTuple):
    """Who bought, as typed: a WHO, or a new contact by name, or nobody."""

    who: str | None = None
    name: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    unchecked: bool = False


class NewSale(NamedTuple):
    """A sale to be recorded: its day, and what was typed about it. `lead` is the one it wins."""

    day: date
    amount: str | None = None
    items: tuple[str, ...] = ()
    discount: str | None = None
    ref: str | None = None
    channel: str | None = None
    note: str | None = None
    lead: int | None = None
    keep_lead: bool = False


class Recorded(NamedTuple):
    """A sale that was recorded, the lead it won, and what there is to say about it.

    `same` are other sales to the contact of that day and amount; `orders` and `revenue` (minor
    units) are the contact's now; `namesakes` are others called like a contact that is new.
    """

    table: Table
    sale_id: int
    name: str | None
    amount: int
    won: int | None
    same: list[int]
    orders: int
    revenue: int
    namesakes: list[int]


class Wish(NamedTuple):
    """Which sales a list shows, both days included; `voided` shows voided ones too."""

    since: date | None = None
    until: date | None = None
    who: str | None = None
    product: str | None = None
    channel: str | None = None
    voided: bool = False


class Bill(NamedTuple):
    """What was paid and what was taken off, in minor units, and for what."""

    amount: int
    discount: int
    lines: list[Line]


def record(base: Base, buyer: Buyer, new: NewSale, today: date, who: str) -> Recorded:
    """Record a sale; the contact's open lead is won by it.

    Raises Refused for a day to come, a wrong amount, or items that come to another amount;
    Ambiguous where the contact has several open leads; Conflict for a reference that is taken;
    and as `resolve` does for who bought.
    """
    clock.check_past(new.day, today)
    contact, namesakes = _contact(base, buyer, new)
    bill = _bill(base, new)
    lead = _lead(base, contact, new)
    values = {"contact": contact, "day": new.day.isoformat(), "amount": bill.amount}
    sale_id = int(base.one(SQL["add"], {**values, **_details(base, new, bill)}))
    if bill.lines:
        from clientbase.sales import lines

        lines.add(base, sale_id, bill.lines)
    if lead is not None:
        leads.win(base, lead, sale_id, new.day, who)
    values["sale"] = sale_id
    table = row_of(base, sale_id)
    name = next(iter(table.rows))[2]
    same = [sale for (sale,) in base.execute(SQL["same"], values)]
    orders, revenue = base.execute(SQL["total"], values).fetchone() or (0, 0)
    return Recorded(table, sale_id, name, bill.amount, lead, same, orders, revenue, namesakes)


def listing(base: Base, wish: Wish) -> Table:
    """Return the sales that fit a wish, the latest first, read as they are asked for.

    Raises NotFound for an unknown channel or product, Misuse for a period that ends before it
    begins, and as `resolve` does for the contact.
    """
    if wish.since and wish.until and wish.since > wish.until:
        raise Misuse(
            _("the period ends on {until}, before it begins on {since}").format(
                until=wish.until, since=wish.since
            ),
            hint=_("--from is its first day, --to its last"),
        )
    values = {
        "contact": resolve(base, wish.who) if wish.who else None,
        "since": wish.since.isoformat() if wish.since else "",
        "until": wish.until.isoformat() if wish.until else "9999",
        "channel": channels.named(base, wish.channel) if wish.channel else None,
        "product": _product(base, wish.product),
        "voided": wish.voided,
    }
    sql = SQL["list_of_contact" if wish.who else "list"]

    def rows() -> Iterator[Row]:
        for (sale,) in base.execute(sql, values):
            yield base.execute(SQL["row"], {"sale": sale}).fetchone()

    def count() -> int:
        if wish.who:
            return sum(1 for _row in base.execute(sql, values))
        return int(base.one(SQL["count"], values))

    return Table(
        "sales",
        COLUMNS,
        rows(),
        count=count,
        essential=ESSENTIAL,
        empty=_("No sales like that."),
    )


def card(base: Base, sale_id: int) -> Table:
    """Return one sale with its lines and refunds. Raises NotFound."""
    from clientbase.sales import lines, refunds

    table = row_of(base, sale_id)
    why = base.one(SQL["void_reason"], {"sale": sale_id})
    table.kind, table.layout = "sale", "card"
    table.columns = (*table.columns, *columns("void_reason"))
    table.rows = [(*row, why) for row in table.rows]
    table.tables["lines"] = lines.of_sale(base, sale_id)
    table.tables["refunds"] = refunds.of_sale(base, sale_id)
    return table


def row_of(base: Base, sale_id: int) -> Table:
    """Return one sale as the list shows it. Raises NotFound."""
    row = base.execute(SQL["row"], {"sale": min(sale_id, LARGEST)}).fetchone()
    if row is None:
        raise NotFound(
            _("there is no sale {number}").format(number=sale_id),
            hint=_("clientbase sale list shows their numbers"),
        )
    return Table("sales", COLUMNS, [row], essential=ESSENTIAL)


def _contact(base: Base, buyer: Buyer, new: NewSale) -> tuple[int | None, list[int]]:
    """Return the contact that bought, and others called like it where it is new."""
    if buyer.who is not None:
        return resolve(base, buyer.who), []
    if buyer.name is None:
        return None, []
    from clientbase.people import contacts

    known = contacts.owners(base, buyer.phones, buyer.emails, unchecked=buyer.unchecked)
    if known:
        raise Conflict(
            _("the phone or e-mail of {name} is in the base already").format(
                name=shown(buyer.name)
            ),
            hint=_("record it to that contact: clientbase sale record {contact} AMOUNT").format(
                contact=known[0]
            ),
            table=candidates(base, known),
        )
    said = contacts.NewContact(
        name=buyer.name, phones=buyer.phones, emails=buyer.emails, channel=new.channel
    )
    contact = contacts.add(base, said, new.day, entered_by="sale", unchecked=buyer.unchecked)
    return contact, contacts.namesakes(base, contact)


def _bill(base: Base, new: NewSale) -> Bill:
    decimals, currency = settings.decimals(base), settings.get(base, "currency")
    discount = money.read(new.discount, decimals, currency=currency) if new.discount else 0
    paid = None if new.amount is None else money.read(new.amount, decimals, currency=currency)
    if new.items:
        from clientbase.sales import lines

        return Bill(*lines.settle(new.items, paid, discount, decimals, currency))
    if paid is None:
        raise Misuse(
            _("it is not said for how much"),
            hint=_('type the amount, or --item "Shampoo x2 @ 450" for each product'),
        )
    return Bill(paid, discount, [])


def _details(base: Base, new: NewSale, bill: Bill) -> dict[str, object]:
    ref = optional_text(new.ref, limit=LONGEST_REF)
    taken = base.execute(SQL["ref_owner"], {"ref": ref}).fetchone() if ref else None
    if taken:
        sentence = (
            _("{ref} is the reference of sale {number} already")
            if taken[1] is None
            else _("{ref} is the reference of sale {number}, which was voided")
        )
        raise Conflict(
            sentence.format(ref=ref, number=taken[0]),
            hint=_("see it with: clientbase sale show {number}").format(number=taken[0]),
        )
    return {
        "discount": bill.discount,
        "ref": ref,
        "channel": channels.channel_id(base, new.channel) if new.channel else None,
        "note": leads.note(new.note),
    }


def _lead(base: Base, contact: int | None, new: NewSale) -> int | None:
    """Return the lead that the sale wins: the one told, else the contact's only open one."""
    if new.keep_lead and new.lead is not None:
        raise Misuse(
            _("--lead and --keep-lead do not go together"),
            hint=_("--lead names the lead that the sale wins"),
        )
    if new.keep_lead or (contact is None and new.lead is None):
        return None
    if new.lead is not None:
        return _told(base, contact, new.lead, new.day)
    found = leads.open_of(base, contact or 0, new.day)
    if len(found) > 1:
        raise Ambiguous(
            _("contact {contact} has several open leads").format(contact=contact),
            hint=_("add --lead with the number of the one it wins, or --keep-lead for none"),
            table=leads.candidates(base, found),
        )
    return found[0] if found else None


def _told(base: Base, contact: int | None, lead: int, day: date) -> int:
    place = leads.open_place(base, lead)
    if place.contact_id != contact:
        raise Conflict(
            _("lead {number} is contact {contact}'s").format(number=lead, contact=place.contact_id),
            hint=_("clientbase lead list shows whose the open leads are"),
        )
    if place.opened_on > day.isoformat():
        raise Conflict(
            _("lead {number} was opened on {opened}, after the sale of {day}").format(
                number=lead, opened=place.opened_on, day=day
            ),
            hint=_("add --keep-lead to record the sale without it"),
        )
    return lead


def _product(base: Base, text: str | None) -> int | None:
    if not text:
        return None
    from clientbase.sales import products

    return products.named(base, text)
