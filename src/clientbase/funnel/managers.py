"""Who looks after whom: nobody takes another manager's client without knowing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.errors import Conflict
from clientbase.normal import fold
from clientbase.words import _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)


class LookedAfter(Conflict):
    """A contact whom somebody else looks after."""


def refuse_another(base: Base, contact_id: int, manager: str | None, *, hint: str = "") -> None:
    """Raise LookedAfter where a contact has another manager than the one that was typed."""
    if not fold(manager or ""):
        return
    name, known = base.execute(SQL["manager"], {"contact": contact_id}).fetchone()
    if known and fold(known) != fold(str(manager)):
        raise LookedAfter(
            _("{name} is looked after by {manager}").format(name=name, manager=known),
            hint=hint or _("--anyway takes it over all the same"),
        )
