"""The day on which a lead was won: it goes with its sale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase import clock
from clientbase.db.statements import statements
from clientbase.errors import Conflict
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)


def move(base: Base, sale_id: int, day: date) -> None:
    """Let the lead that a sale won, if there is one, be won on the day that the sale now has.

    A lead that was moved after that day is won on the day of that move: its way never runs
    backwards. Raises Conflict where it was opened after that day.
    """
    won = base.execute(SQL["won_by"], {"sale": sale_id}).fetchone()
    if won is None:
        return
    lead, opened_on, last, moved_on = won
    if opened_on > day.isoformat():
        raise Conflict(
            Sentence(
                _("sale {sale} won lead {number}, which was opened on {opened}, after {day}"),
                sale=sale_id,
                number=lead,
                opened=clock.Day(opened_on),
                day=day,
            ),
            hint=Sentence(
                _("give a day from {opened} on, or void the sale, which opens the lead again"),
                opened=clock.Day(opened_on),
            ),
        )
    values = {"lead": lead, "move": last, "day": max(day.isoformat(), moved_on or opened_on)}
    base.execute(SQL["close"], values)
    base.execute(SQL["date"], values)
