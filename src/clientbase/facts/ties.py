"""How a contact is tied to others and to the business: people, referrals, leaving, stops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientbase.db.statements import statements
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)

COLUMNS = columns(
    "organisation_id:id",
    "left_on:date",
    "left_reason",
    "came_back_on:date",
    "referred:number",
    "referred_revenue:money",
)
_PEOPLE = columns("contact_id:id", "name", "post", "phone:phone", "email:email")
_REFERRED = columns("contact_id:id", "name", "orders:number", "revenue:money")
_STOPS = columns("way", "stopped_on:date", "note")


def of_contact(base: Base, contact_id: int) -> tuple[tuple[Any, ...], dict[str, Table]]:
    """Return the cells of COLUMNS for a card, and the tables beside it."""
    values = {"contact": contact_id}
    referred = base.execute(SQL["referred"], values).fetchall()
    brought = sum(revenue for *_rest, revenue in referred)
    row = base.execute(SQL["standing"], values).fetchone()
    counted = (len(referred), brought) if referred else (None, None)
    return (*row, *counted), {
        "stops": Table(
            "stops",
            _STOPS,
            base.execute(SQL["stops"], values),
            title=_("not to be reached by"),
        ),
        "people": Table("people", _PEOPLE, base.execute(SQL["people"], values)),
        "referred": Table("referred", _REFERRED, referred, title=_("sent us")),
    }
