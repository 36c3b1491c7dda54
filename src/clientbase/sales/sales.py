"""Sales: recorded, and shown as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock, money
from clientbase.db import settings
from clientbase.db.connection import LARGEST
from clientbase.db.statements import statements
from clientbase.errors import Ambiguous, Conflict, Misuse, NotFound
from clientbase.funnel import attributes, leads, places
from clientbase.normal import optional_text, shown
from clientbase.people import channels
from clientbase.people.resolving import candidates, resolve
from clientbase.table import Table, columns
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.sales.lines import Line

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
    "promo",
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
    promo: str | None = None


class Recorded(NamedTuple):
    """A sale that was recorded, the lead it won, and what there is to say about it.

    `same` are the first few of other sales to the contact of that day and amount; `orders` and
    `revenue` are the contact's now; `namesakes` are others called like a contact that is new;
    `skipped` are the reminders that the lead needs no more.
    """

    table: Table
    sale_id: int
    name: str | None
    amount: money.Amount
    won: int | None
    same: list[int]
    orders: int
    revenue: money.Amount
    namesakes: list[int]
    skipped: list[int]


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
    lead = lead_to_win(base, contact, new)
    values = {"contact": contact, "day": new.day.isoformat(), "amount": bill.amount}
    sale_id = int(base.one(SQL["add"], {**values, **_details(base, new, bill)}))
    if bill.lines:
        from clientbase.sales import lines

        lines.add(base, sale_id, bill.lines)
    skipped = [] if lead is None else leads.win(base, lead, sale_id, new.day, who)
    values["sale"] = sale_id
    table = row_of(base, sale_id)
    name = next(iter(table.rows))[2]
    same = [sale for (sale,) in base.execute(SQL["same"], values)]
    orders, revenue = base.execute(SQL["total"], values).fetchone() or (0, 0)
    decimals = settings.decimals(base)
    paid, in_all = money.Amount(bill.amount, decimals), money.Amount(revenue, decimals)
    return Recorded(table, sale_id, name, paid, lead, same, orders, in_all, namesakes, skipped)


def count_same(base: Base, sale_id: int) -> int:
    """Return how many other sales to its contact have the day and the amount of a sale.

    It is asked of a sale alone: counting them anew for each of thousands alike would take minutes.
    """
    return int(base.one(SQL["count_same"], {"sale": sale_id}))


def no_sale(number: int) -> NotFound:
    """Make the error for a number that no sale has."""
    return NotFound(
        _("there is no sale {number}").format(number=shown(str(number))),
        hint=_("clientbase sale list shows their numbers"),
    )


def row_of(base: Base, sale_id: int) -> Table:
    """Return one sale as the list shows it. Raises NotFound."""
    row = base.execute(SQL["row"], {"sale": min(sale_id, LARGEST)}).fetchone()
    if row is None:
        raise no_sale(sale_id)
    return Table("sales", COLUMNS, [row], essential=ESSENTIAL)


def lead_to_win(base: Base, contact: int | None, new: NewSale) -> int | None:
    """Return the lead that a sale wins: the one told, else the contact's only open one.

    Raises Ambiguous where the contact has several, Conflict for another contact's, for a closed
    one and for one that was opened after the sale.
    """
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


def free_ref(base: Base, text: str | None, sale_id: int | None = None) -> str | None:
    """Return a reference as it is kept, or None. Raises Conflict where it is another sale's."""
    ref = optional_text(text, limit=LONGEST_REF)
    taken = base.execute(SQL["ref_owner"], {"ref": ref}).fetchone() if ref else None
    if taken and taken[0] != sale_id:
        sentence = (
            _("{ref} is the reference of sale {number} already")
            if taken[1] is None
            else _("{ref} is the reference of sale {number}, which was voided")
        )
        raise Conflict(
            sentence.format(ref=ref, number=taken[0]),
            hint=_("see it with: clientbase sale show {number}").format(number=taken[0]),
        )
    return ref


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
    discount = settings.amount(base, new.discount) if new.discount else 0
    paid = None if new.amount is None else settings.amount(base, new.amount)
    if new.items:
        from clientbase.sales import lines

        decimals, currency = settings.decimals(base), settings.get(base, "currency")
        return Bill(*lines.settle(new.items, paid, discount, decimals, currency))
    if paid is None:
        raise Misuse(
            _("it is not said for how much"),
            hint=_('type the amount, or --item "Shampoo x2 @ 450" for each product'),
        )
    return Bill(paid, discount, [])


def _details(base: Base, new: NewSale, bill: Bill) -> dict[str, object]:
    return {
        "discount": bill.discount,
        "ref": free_ref(base, new.ref),
        "channel": channels.channel_id(base, new.channel) if new.channel else None,
        "promo": _promo(new.promo) if new.promo else None,
        "note": attributes.note(new.note),
    }


def _promo(text: str) -> str | None:
    from clientbase.sales import promo

    return promo.read(text)


def _told(base: Base, contact: int | None, lead: int, day: date) -> int:
    place = places.open_place(base, lead)
    if place.contact_id != contact:
        raise Conflict(
            _("lead {number} is contact {contact}'s").format(number=lead, contact=place.contact_id),
            hint=_("clientbase lead list shows whose the open leads are"),
        )
    if place.opened_on > day.isoformat():
        raise Conflict(
            Sentence(
                _("lead {number} was opened on {opened}, after the sale of {day}"),
                number=lead,
                opened=clock.Day(place.opened_on),
                day=day,
            ),
            hint=_("add --keep-lead to record the sale without it"),
        )
    return lead
