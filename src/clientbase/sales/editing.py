"""Editing: a sale that was recorded wrongly is put right; the journal keeps what it was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase import clock, money
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, Refused
from clientbase.funnel import attributes, leads, wins
from clientbase.funnel.leads import Step
from clientbase.people import channels
from clientbase.people.resolving import resolve
from clientbase.sales import lines, promo, refunds, sales
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from clientbase.db.connection import Base
    from clientbase.table import Table

SQL = statements(__file__)

# What is told of a sale that was changed, in this order, as `sale list` calls it.
TOLD = ("amount", "sold_on", "name", "items", "discount", "ref", "channel", "promo", "note")


class Said(NamedTuple):
    """What to change of a sale, as typed: None is not said, empty text is nothing.

    Empty `who` is nobody in the base. `items` stand in the place of all lines, a lone empty one
    being none. `lead` is the one that the sale wins where it is somebody else's now.
    """

    day: date | None = None
    who: str | None = None
    amount: str | None = None
    items: tuple[str, ...] = ()
    discount: str | None = None
    ref: str | None = None
    channel: str | None = None
    promo: str | None = None
    note: str | None = None
    lead: int | None = None
    keep_lead: bool = False


class Change(NamedTuple):
    """What was and what is, under one of TOLD: amounts in minor units, None is nothing."""

    name: str
    was: Any
    now: Any


class Edited(NamedTuple):
    """A sale that was changed, and what became of leads: one opened again, one won by it now.

    `skipped` are the reminders that the lead needs no more.
    """

    table: Table
    changes: list[Change]
    reopened: int | None
    won: int | None
    skipped: list[int]


class _Sale(NamedTuple):
    """A sale as it is kept; the names are those of its columns."""

    contact_id: int | None
    sold_on: str
    amount: int
    discount: int
    ref: str | None
    channel_id: int | None
    promo: str | None
    note: str | None


def edit(base: Base, sale_id: int, said: Said, today: date, who: str) -> Edited:
    """Change what is said of a sale, whose refunds and whose lead stay with it.

    A sale that goes to somebody else opens the lead again that it won, and wins one there as a
    new sale does. Raises NotFound; Misuse where nothing is said; Conflict for a voided sale, a
    reference that is taken, and a day before the lead that it won; Refused for less than was
    given back, for a day to come or after a refund, and for items that come to another amount.
    """
    if said == Said():
        raise Misuse(
            _("it is not said what to change"),
            hint=_("add --amount, --on, --who or another option: clientbase sale edit --help"),
        )
    before, seen = _read(base, sale_id), _seen(base, sale_id)
    bill = _bill(base, sale_id, before, said)
    after = _after(base, sale_id, before, said)._replace(amount=bill.amount, discount=bill.discount)
    _check_refunds(base, sale_id, before, after)
    if said.day is not None:
        clock.check_past(said.day, today)
    _write(base, sale_id, before, after)
    if bill.lines != lines.kept(base, sale_id):
        lines.replace(base, sale_id, bill.lines)
    moved: tuple[int | None, int | None, list[int]] = (None, None, [])
    if after.contact_id != before.contact_id or said.lead not in {None, seen["lead_id"]}:
        moved = _win_another(base, sale_id, after, said, Step(today, who))
    elif after.sold_on != before.sold_on:
        wins.move(base, sale_id, date.fromisoformat(after.sold_on))
    return Edited(sales.row_of(base, sale_id), _changes(seen, _seen(base, sale_id)), *moved)


def _read(base: Base, sale_id: int) -> _Sale:
    sales.row_of(base, sale_id)  # raises NotFound
    *kept, voided_on = base.execute(SQL["read"], {"sale": sale_id}).fetchone()
    if voided_on is not None:
        raise Conflict(
            Sentence(
                _("sale {number} was voided on {day}"), number=sale_id, day=clock.Day(voided_on)
            ),
            hint=_("record it anew: clientbase sale record WHO AMOUNT"),
        )
    return _Sale(*kept)


def _seen(base: Base, sale_id: int) -> dict[str, Any]:
    """Return a sale as people see it, by the columns of its list."""
    names = [column.name for column in sales.COLUMNS]
    seen = dict(zip(names, next(iter(sales.row_of(base, sale_id).rows)), strict=True))
    seen["items"] = [lines.text(line) for line in lines.kept(base, sale_id)] or None
    if seen["contact_id"] is not None:
        seen["name"] = _("{name} (contact {contact})").format(
            name=seen["name"], contact=seen["contact_id"]
        )
    return seen


def _changes(was: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    return [Change(name, was[name], now[name]) for name in TOLD if was[name] != now[name]]


def _bill(base: Base, sale_id: int, before: _Sale, said: Said) -> sales.Bill:
    """Return the money and the lines of a sale from now on."""
    decimals, currency = settings.decimals(base), settings.get(base, "currency")
    paid, discount = None, before.discount
    if said.amount is not None:
        paid = settings.amount(base, said.amount)
    if said.discount is not None:
        typed = said.discount.strip()
        discount = settings.amount(base, typed) if typed else 0
    if said.items and said.items != ("",):
        if paid is None and _unpriced(said.items, decimals, currency):
            paid = before.amount
        return sales.Bill(*lines.settle(said.items, paid, discount, decimals, currency))
    kept = [] if said.items else lines.kept(base, sale_id)
    if kept and (said.amount, said.discount) != (None, None):
        return sales.Bill(*lines.settle_again(kept, paid, discount, decimals))
    return sales.Bill(before.amount if paid is None else paid, discount, kept)


def _unpriced(items: tuple[str, ...], decimals: int, currency: str) -> bool:
    """Tell whether there is one item, and no price in it."""
    return len(items) == 1 and lines.read(items[0], decimals, currency).amount is None


def _after(base: Base, sale_id: int, before: _Sale, said: Said) -> _Sale:
    """Return a sale with what is said of it, but for the money."""
    told: dict[str, Any] = {}
    if said.day is not None:
        told["sold_on"] = said.day.isoformat()
    if said.who is not None:
        told["contact_id"] = resolve(base, said.who) if said.who.strip() else None
    if said.ref is not None:
        told["ref"] = sales.free_ref(base, said.ref, sale_id)
    if said.channel is not None:
        name = said.channel.strip()
        told["channel_id"] = channels.channel_id(base, name) if name else None
    if said.promo is not None:
        told["promo"] = promo.read(said.promo)
    if said.note is not None:
        told["note"] = attributes.note(said.note)
    return before._replace(**told)


def _check_refunds(base: Base, sale_id: int, before: _Sale, after: _Sale) -> None:
    given, first = base.execute(SQL["given"], {"sale": sale_id}).fetchone()
    if first is None:
        return
    hint = _("clientbase sale show {number} shows its refunds").format(number=sale_id)
    if after.amount < given and after.amount != before.amount:
        decimals = settings.decimals(base)
        raise Refused(
            Sentence(
                _("{given} of sale {number} was given back, and {amount} is less"),
                given=money.Amount(given, decimals),
                number=sale_id,
                amount=money.Amount(after.amount, decimals),
            ),
            hint=hint,
        )
    if after.sold_on > first and after.sold_on != before.sold_on:
        raise Refused(
            Sentence(
                _("money of sale {number} was given back on {first}, before {day}"),
                number=sale_id,
                first=clock.Day(first),
                day=clock.Day(after.sold_on),
            ),
            hint=hint,
        )


def _write(base: Base, sale_id: int, before: _Sale, after: _Sale) -> None:
    """Write a sale as it is now; its refunds go along to whoever bought."""
    if after == before:
        return
    hint = _("clientbase contact show {contact} shows all refunds")
    values = {"sale": sale_id, **after._asdict()}
    with refunds.guarded(base, (before.contact_id, after.contact_id), hint):
        base.execute(SQL["edit"], values)
        if after.contact_id != before.contact_id:
            base.execute(SQL["follow"], values)


def _win_another(
    base: Base, sale_id: int, after: _Sale, said: Said, step: Step
) -> tuple[int | None, int | None, list[int]]:
    """Open the lead again that the sale won, and let it win another; return both."""
    reopened = leads.reopen_won_by(base, sale_id, step)
    day = date.fromisoformat(after.sold_on)
    new = sales.NewSale(day, lead=said.lead, keep_lead=said.keep_lead)
    won = sales.lead_to_win(base, after.contact_id, new)
    skipped = [] if won is None else leads.win(base, won, sale_id, day, step.who)
    return reopened, won, skipped
