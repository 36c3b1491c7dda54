"""Leads as they are shown: lists, and one lead with its way through the funnel."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.db.statements import statements
from clientbase.errors import Misuse
from clientbase.funnel.places import place_of
from clientbase.normal import shown
from clientbase.people import managers
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

STATES = ("open", "won", "lost")
# Rows that are read at a time: a screen shows fewer, a file is written as they come.
CHUNK = 200

COLUMNS = columns(
    "lead_id:id",
    "contact_id:id",
    "name",
    "phone:phone",
    "kind",
    "stage",
    "temperature",
    "state",
    "wants",
    "expects:money",
    "expected_by:when",
    "next_step",
    "next_step_on:when",
    "channel",
    "manager",
    "opened_on:when",
    "moved_on:when",
    "days_idle:number",
    "closed_on:date",
    "lost_reason",
    "lost_note",
    "sale_id:id",
    "note",
)
# On a narrow screen: who, where it is, and what to do about it.
ESSENTIAL = (
    "lead_id",
    "name",
    "phone",
    "stage",
    "next_step_on",
    "days_idle",
    "temperature",
    "expects",
    "wants",
    "next_step",
    "channel",
    "kind",
)
MOVE_COLUMNS = columns(
    "moved_on:date", "from_stage", "to_stage", "state", "temperature", "reason", "who", "note"
)


class Wish(NamedTuple):
    """Which leads a list shows; `idle` is days without a move or a talk.

    `stepless` are the open ones for which nothing is to be done next.
    """

    state: str = "open"
    stage: str | None = None
    temperature: str | None = None
    channel: str | None = None
    manager: str | None = None
    idle: int | None = None
    stepless: bool = False


def listing(base: Base, wish: Wish, today: date) -> Table:
    """Return the leads that fit a wish, the oldest first.

    Raises NotFound for an unknown stage, channel or manager, Misuse for an unknown temperature
    or state.
    """
    asked = wish.manager
    since = None if wish.idle is None else today - timedelta(wish.idle)
    values = {
        "states": json.dumps(STATES if wish.state == "all" else [_state(wish.state)]),
        "managers": None if asked is None else json.dumps(managers.spellings(base, asked)),
        "stepless": wish.stepless,
        "quiet_since": since.isoformat() if since else None,
        **_known(base, wish),
    }
    ids = [lead for (lead,) in base.execute(SQL["list"], values)]
    table = rows(base, ids, today)
    table.count, table.empty = (lambda: len(ids)), _empty(base, wish)
    return table


def card(base: Base, lead_id: int, today: date) -> Table:
    """Return one lead with its way through the funnel. Raises NotFound."""
    place_of(base, lead_id)
    table = rows(base, [lead_id], today)
    table.kind, table.layout = "lead", "card"
    table.tables["moves"] = Table(
        "moves", MOVE_COLUMNS, base.execute(SQL["moves"], {"lead": lead_id}).fetchall()
    )
    return table


def rows(base: Base, lead_ids: Iterable[int], today: date) -> Table:
    """Return leads as the list shows them, in the order given, read as they are asked for."""
    return Table("leads", COLUMNS, _read(base, list(lead_ids), today), essential=ESSENTIAL)


def written(base: Base, lead_ids: Iterable[int], today: date) -> Table:
    """Return leads as the list shows them, read at once: as they were written just now."""
    table = rows(base, lead_ids, today)
    table.rows = list(table.rows)
    return table


def _read(base: Base, ids: Sequence[int], today: date) -> Iterator[Row]:
    for start in range(0, len(ids), CHUNK):
        wanted = json.dumps(ids[start : start + CHUNK])
        yield from base.execute(SQL["rows"], {"leads": wanted, "today": today.isoformat()})


def _known(base: Base, wish: Wish) -> dict[str, Any]:
    """Return the stage, temperature and channel of a wish as the base knows them."""
    values: dict[str, Any] = {"stage": None, "temperature": None, "channel": None}
    if wish.stage or wish.temperature:
        from clientbase.funnel import stages

        if wish.stage:
            values["stage"] = stages.named(base, wish.stage).id
        if wish.temperature:
            values["temperature"] = stages.warmth(wish.temperature)
    if wish.channel:
        from clientbase.people import channels

        values["channel"] = channels.named(base, wish.channel)
    return values


def _empty(base: Base, wish: Wish) -> str:
    if wish == Wish() and not base.one(SQL["any"]):
        return _("No leads yet; write one down with: clientbase lead add NAME --phone P")
    return _("No leads like that.")


def _state(text: str) -> str:
    if text in STATES:
        return text
    raise Misuse(
        _("{text} is no state of a lead").format(text=shown(text)),
        hint=_("choose one of: {names}").format(names=", ".join((*STATES, "all"))),
    )
