"""Contacts who have left: moved away, gone over to somebody else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clientbase import clock
from clientbase.db.statements import statements
from clientbase.errors import Conflict
from clientbase.normal import clean_text
from clientbase.people import stops
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)

LONGEST = 500


def leave(base: Base, contacts: Sequence[int], reason: str, day: date, today: date) -> list[int]:
    """Write down that contacts have left; return the open reminders which that silences.

    They are left out of what is done for contacts, until they buy or enquire on a later day: the
    view `leaving` decides that. Raises Refused for a day to come, and for no reason.
    """
    clock.check_past(day, today, hint=_("write it down when they have left"))
    text = clean_text(reason, limit=LONGEST, required=True)
    before = set(stops.silent_reminders(base, contacts))
    for contact in contacts:
        values = {"contact": contact, "day": day.isoformat(), "reason": text}
        base.execute(SQL["leave"], values)
    return [number for number in stops.silent_reminders(base, contacts) if number not in before]


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
