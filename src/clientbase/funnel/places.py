"""Where a lead stands: its stage, its state, and the day of its last move."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.connection import LARGEST
from clientbase.db.statements import statements
from clientbase.errors import Conflict, NotFound
from clientbase.normal import shown
from clientbase.words import _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)


class Place(NamedTuple):
    """Where a lead stands; `moved_on` is the day of its last move.

    `sale_id` is the sale that won it, where that is known and not voided.
    """

    id: int
    contact_id: int
    name: str
    state: str
    stage_id: int
    position: int
    stage: str
    temperature: str
    opened_on: str
    moved_on: str
    sale_id: int | None


def place_of(base: Base, lead_id: int) -> Place:
    """Return where a lead stands. Raises NotFound."""
    row = base.execute(SQL["place"], {"lead": min(lead_id, LARGEST)}).fetchone()
    if row is None:
        raise NotFound(
            _("there is no lead {number}").format(number=shown(str(lead_id))),
            hint=_("clientbase lead list --state all shows their numbers"),
        )
    return Place(*row)


def open_place(base: Base, lead_id: int) -> Place:
    """Return where an open lead stands. Raises NotFound, and Conflict for a closed one."""
    place = place_of(base, lead_id)
    if place.state == "open":
        return place
    if place.state == "won":
        raise Conflict(
            _("lead {number} is won already").format(number=lead_id),
            hint=_("write a new enquiry down: clientbase lead add --who {contact}").format(
                contact=place.contact_id
            ),
        )
    raise Conflict(
        _("lead {number} is lost").format(number=lead_id),
        hint=_(
            "clientbase lead reopen {number} opens it again; a new enquiry is "
            "clientbase lead add --who {contact}"
        ).format(number=lead_id, contact=place.contact_id),
    )
