"""Contacts who have left: moved away, gone over to somebody else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clientbase import clock
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Refused
from clientbase.normal import LONGEST_REASON, clean_text
from clientbase.people import stops
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)


def leave(base: Base, contacts: Sequence[int], reason: str, day: date, today: date) -> list[int]:
    """Write down that contacts have left; return the open reminders which that silences.

    They are left out of what is done for contacts, until they buy or enquire on a later day: the
    view `leaving` decides that. Raises Refused for a day to come, for one after which somebody
    bought or enquired, for one before they were known, and for no reason.
    """
    clock.check_past(day, today, hint=_("write it down when they have left"))
    text = clean_text(reason, limit=LONGEST_REASON, required=True)
    _refuse_later(base, contacts, day)
    with stops.silencing(base, contacts) as silenced:
        for contact in contacts:
            values = {"contact": contact, "day": day.isoformat(), "reason": text}
            base.execute(SQL["leave"], values)
    return silenced


def come_back(base: Base, contacts: Sequence[int]) -> int:
    """Take back that contacts have left, and return of how many.

    Raises Conflict where none of them has.
    """
    values = {"contacts": json.dumps(list(contacts))}
    left = [contact for (contact,) in base.execute(SQL["left"], values)]
    if not left and contacts:
        raise Conflict(
            _("nobody of them has left") if len(contacts) > 1 else _("this contact has not left"),
            hint=_("clientbase contact show WHO tells when somebody left"),
        )
    for contact in left:
        base.execute(SQL["return"], {"contact": contact})
    return len(left)


def _refuse_later(base: Base, contacts: Sequence[int], day: date) -> None:
    """Refuse a day on which somebody can't have left: they would be back at once, or not here."""
    values = {"contacts": json.dumps(list(contacts)), "day": day.isoformat()}
    row = base.execute(SQL["later"], values).fetchone()
    if row is None:
        return
    contact, known_on, bought_on, enquired_on = row
    came = max(known_on, bought_on or "", enquired_on or "")
    if came == enquired_on:
        told = _("an enquiry of {came} came after that day (contact {contact})")
    elif came == bought_on:
        told = _("a sale of {came} came after that day (contact {contact})")
    else:
        told = _("contact {contact} is in the base since {came}, after that day")
    raise Refused(
        Sentence(told, came=clock.Day(came), contact=contact),
        hint=Sentence(_("give a later day, from {came} on"), came=clock.Day(came)),
    )
