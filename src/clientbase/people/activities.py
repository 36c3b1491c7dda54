"""Activities: calls, messages, e-mails, visits and notes, with what was said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock
from clientbase.db.connection import LARGEST
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, NotFound
from clientbase.normal import LONGEST_NOTE, clean_text, shown
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)

KINDS = ("call", "message", "email", "visit", "note")
COLUMNS = columns(
    "activity_id:id",
    "contact_id:id",
    "name",
    "lead_id:id",
    "kind",
    "direction",
    "happened_on:date",
    "what",
    "who",
)
ESSENTIAL = ("activity_id", "name", "kind", "happened_on", "what")


class NewActivity(NamedTuple):
    """What was said, how (one of KINDS), `in` or `out` or neither, on which day, about a lead."""

    what: str
    happened_on: date
    kind: str = "note"
    direction: str | None = None
    lead_id: int | None = None


def log(base: Base, contact_id: int, new: NewActivity, today: date, who: str) -> int:
    """Write down what happened with a contact and return its number.

    Raises Misuse for an unknown kind, Refused for a day to come or an empty text, NotFound for
    an unknown lead, Conflict for somebody else's.
    """
    if new.kind not in KINDS:
        raise Misuse(
            _("there is no kind {kind}").format(kind=shown(new.kind)),
            hint=_("one of: {kinds}").format(kinds=", ".join(KINDS)),
        )
    ahead = _("what is to be done is kept with: clientbase remind add")
    clock.check_past(new.happened_on, today, hint=ahead)
    _check_lead(base, contact_id, new.lead_id)
    values = {
        "contact": contact_id,
        "lead": new.lead_id,
        "kind": new.kind,
        "direction": new.direction,
        "happened_on": new.happened_on.isoformat(),
        "what": clean_text(new.what, limit=LONGEST_NOTE, required=True, lines=True),
        "who": who,
    }
    return int(base.one(SQL["add"], values))


def listing(base: Base, numbers: Sequence[int]) -> Table:
    """Return activities by number, in that order."""
    rows = base.execute(SQL["listing"], {"activities": json.dumps(list(numbers))}).fetchall()
    return Table("activities", COLUMNS, rows, essential=ESSENTIAL)


def _check_lead(base: Base, contact_id: int, lead_id: int | None) -> None:
    if lead_id is None:
        return
    owner = base.one(SQL["lead_contact"], {"lead": min(lead_id, LARGEST)})
    if owner is None:
        raise NotFound(
            _("there is no lead {number}").format(number=lead_id),
            hint=_("clientbase lead list --state all shows their numbers"),
        )
    if owner != contact_id:
        raise Conflict(
            _("lead {lead} is of contact {owner}").format(lead=lead_id, owner=owner),
            hint=_("clientbase contact show {owner} shows whose it is").format(owner=owner),
        )
