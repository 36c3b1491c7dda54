"""Somebody gets in touch: who it is, what was before, and the enquiry written down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock
from clientbase.db.statements import statements
from clientbase.errors import Ambiguous, Conflict, Misuse
from clientbase.funnel import leads, listing
from clientbase.normal import fold
from clientbase.people import contacts, points
from clientbase.people.resolving import candidates
from clientbase.words import _

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.funnel.leads import NewLead
    from clientbase.people.points import Point
    from clientbase.table import Table

SQL = statements(__file__)


class Caller(NamedTuple):
    """Who gets in touch, as typed.

    `who` is a WHO that decides; `anyway` lets several contacts have one phone; `unchecked` keeps
    wrong phones and e-mails; `taken_over` lets a manager take another manager's client.
    """

    name: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    who: str | None = None
    unchecked: bool = False
    anyway: bool = False
    taken_over: bool = False


class Answer(NamedTuple):
    """An enquiry that was written down, and what was known of the contact before it.

    `kind` is `new`, `repeat` or `repeat-buyer`; `made` tells that the contact is new in the base,
    `renamed` that it is not called as was typed; `others` are its other open leads, `namesakes`
    other contacts of the same name.
    """

    table: Table
    lead_id: int
    contact_id: int
    name: str
    entered_on: str
    kind: str
    enquiries: int
    last_enquiry_on: str | None
    sales: int
    last_sale_on: str | None
    made: bool
    renamed: bool
    others: list[int]
    namesakes: list[int]


def enquire(base: Base, caller: Caller, new: NewLead, today: date, who: str) -> Answer:
    """Write an enquiry down for the contact that has the phone or e-mail, or for a new one.

    Raises Misuse where nothing says who it is, Ambiguous with the candidates where several
    contacts share the phone or e-mail, Conflict where another manager looks after the contact,
    Refused and NotFound for what is wrong or unknown.
    """
    clock.check_past(new.day, today)
    contact = _known(base, caller, new.day)
    if contact is not None and new.manager and not caller.taken_over:
        from clientbase.funnel import managers

        # Without --who, --anyway would make a contact of its own.
        hint = _("to take the enquiry all the same: --who {contact} --anyway")
        managers.refuse_another(base, contact, new.manager, hint=hint.format(contact=contact))
    made = contact is None
    if contact is None:
        contact = _entered(base, caller, new)
    lead_id = leads.add(base, contact, new, who)
    contact, name, entered_on, kind, enquiries, sales = base.execute(
        SQL["before"], {"lead": lead_id}
    ).fetchone()
    (times, last), (bought, last_bought) = json.loads(enquiries), json.loads(sales)
    return Answer(
        table=listing.written(base, [lead_id], today),
        lead_id=lead_id,
        contact_id=contact,
        name=name,
        entered_on=entered_on,
        kind=kind,
        enquiries=times,
        last_enquiry_on=last,
        sales=bought,
        last_sale_on=last_bought,
        made=made,
        renamed=bool(caller.name) and fold(str(caller.name)) != fold(name),
        others=[other for other in leads.open_of(base, contact) if other != lead_id],
        namesakes=contacts.namesakes(base, contact) if made else [],
    )


def _known(base: Base, caller: Caller, day: date) -> int | None:
    """Return the contact that gets in touch, and keep what is new about it; None for nobody's."""
    found = points.read_all(base, caller.phones, caller.emails, unchecked=caller.unchecked)
    contact = contacts.resolve(base, caller.who) if caller.who else _owner(base, caller, found)
    if contact is not None:
        fresh = [point for point in found if contact not in points.owners(base, [point])]
        if not caller.anyway:
            _refuse_strangers(base, contact, fresh)
        points.add(base, contact, fresh)
        if caller.name and base.one(SQL["nameless"], {"contact": contact}):
            said = contacts.NewContact(name=caller.name)
            contacts.edit(base, contact, contacts.Changes(said), day)
    return contact


def _owner(base: Base, caller: Caller, found: list[Point]) -> int | None:
    owners = [] if caller.anyway else points.owners(base, found)
    if len(owners) > 1:
        raise Ambiguous(
            _("several contacts have {points}").format(
                points=", ".join(point.shown for point in found)
            ),
            hint=_("add --who with the number of the one you mean"),
            table=candidates(base, owners),
        )
    return owners[0] if owners else None


def _refuse_strangers(base: Base, contact: int, fresh: list[Point]) -> None:
    for point in fresh:
        owners = points.owners(base, [point])
        if owners:
            raise Conflict(
                _("{point} is contact {owner}'s, not contact {contact}'s").format(
                    point=point.shown, owner=owners[0], contact=contact
                ),
                hint=_("--who {owner}, or --anyway where both have it").format(owner=owners[0]),
                table=candidates(base, [*owners, contact]),
            )


def _entered(base: Base, caller: Caller, new: NewLead) -> int:
    named = caller.name or next(iter((*caller.phones, *caller.emails)), None)
    if named is None:
        raise Misuse(
            _("it is not said who got in touch"),
            hint=_("type a name, --phone, --email, or --who for a contact in the base"),
        )
    return contacts.add(
        base,
        contacts.NewContact(
            name=named,
            phones=caller.phones,
            emails=caller.emails,
            channel=new.channel,
            manager=new.manager,
        ),
        new.day,
        entered_by="lead",
        unchecked=caller.unchecked,
        anyway=caller.anyway,
    )
