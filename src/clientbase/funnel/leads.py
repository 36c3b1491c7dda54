"""Leads: one enquiry each, moved through the funnel until it is won or lost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock
from clientbase.db.connection import LARGEST
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, NotFound, Refused
from clientbase.funnel import stages
from clientbase.normal import fold, optional_text, shown
from clientbase.people import channels
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.funnel.stages import Stage

SQL = statements(__file__)

LONGEST_NOTE = 2000
LONGEST_NAME = 100
STATES = ("open", "won", "lost")

COLUMNS = columns(
    "lead_id:id",
    "contact_id:id",
    "name",
    "phone:phone",
    "kind",
    "stage",
    "temperature",
    "state",
    "channel",
    "manager",
    "opened_on:date",
    "moved_on:date",
    "days_idle:number",
    "closed_on:date",
    "lost_reason",
    "lost_note",
    "sale_id:id",
    "note",
)
ESSENTIAL = ("lead_id", "name", "phone", "stage", "temperature", "days_idle", "channel", "kind")
MOVE_COLUMNS = columns(
    "moved_on:date", "from_stage", "to_stage", "state", "temperature", "who", "note"
)


class NewLead(NamedTuple):
    """An enquiry to be written down: its day, and what was typed about it."""

    day: date
    stage: str | None = None
    channel: str | None = None
    manager: str | None = None
    note: str | None = None


class Wish(NamedTuple):
    """Which leads a list shows; `idle` is days without a move or a talk."""

    state: str = "open"
    stage: str | None = None
    temperature: str | None = None
    channel: str | None = None
    manager: str | None = None
    idle: int | None = None


class Step(NamedTuple):
    """Who moves a lead, on which day, and what is said to it."""

    day: date
    who: str
    note: str | None = None


class Moved(NamedTuple):
    """A lead that was moved, and the name of the stage where it is now."""

    table: Table
    stage: str


class Place(NamedTuple):
    """Where a lead stands; `moved_on` is the day of its last move."""

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


def add(base: Base, contact_id: int, new: NewLead, who: str) -> int:
    """Write an enquiry of a contact down and return its number.

    Raises NotFound for an unknown stage, Refused for text that can't be kept.
    """
    stage = stages.named(base, new.stage) if new.stage else stages.all_stages(base)[0]
    values = {
        "contact": contact_id,
        "stage": stage.id,
        "temperature": stage.temperature,
        "channel": channels.channel_id(base, new.channel) if new.channel else None,
        "manager": optional_text(new.manager, limit=LONGEST_NAME),
        "note": note(new.note),
        "day": new.day.isoformat(),
    }
    lead_id = int(base.one(SQL["add"], values))
    _move(base, lead_id, Step(new.day, who))
    return lead_id


def advance(base: Base, lead_id: int, stage: str | None, step: Step, today: date) -> Moved:
    """Move an open lead to the next stage, or to a named later one, and return its row.

    Raises NotFound for an unknown lead or stage; Conflict for a closed lead, for one at the last
    stage and for a stage that it has passed; Refused for a day out of order.
    """
    place = open_place(base, lead_id)
    target = _ahead(base, place, stage)
    _check_day(place, step.day, today)
    base.execute(
        SQL["advance"], {"lead": lead_id, "stage": target.id, "temperature": target.temperature}
    )
    _move(base, lead_id, step)
    return Moved(row_of(base, lead_id, today), target.name)


def lose(base: Base, lead_id: int, reason: str, step: Step, today: date) -> Table:
    """Close an open lead as lost, for one of the known reasons, and return its row.

    Raises NotFound for an unknown lead, Conflict for a closed one, Refused for a day out of order.
    """
    place = open_place(base, lead_id)
    _check_day(place, step.day, today)
    values = {"lead": lead_id, "day": step.day.isoformat(), "reason": reason}
    base.execute(SQL["lose"], {**values, "note": note(step.note)})
    _move(base, lead_id, step)
    return row_of(base, lead_id, today)


def win(base: Base, lead_id: int, sale_id: int, day: date, who: str) -> None:
    """Close an open lead as won by a sale of `day`.

    A lead that was moved after that day is won on the day of its last move: its way never runs
    backwards.
    """
    place = open_place(base, lead_id)
    closed_on = max(day.isoformat(), place.moved_on)
    base.execute(SQL["win"], {"lead": lead_id, "day": closed_on, "sale": sale_id})
    _move(base, lead_id, Step(day.fromisoformat(closed_on), who))


def reopen_won_by(base: Base, sale_id: int, step: Step) -> int | None:
    """Reopen the lead that a sale won, where it stood, and return its number, if there is one."""
    lead_id: int | None = base.one(SQL["won_by"], {"sale": sale_id})
    if lead_id is not None:
        base.execute(SQL["reopen"], {"lead": lead_id})
        _move(base, lead_id, step)
    return lead_id


def open_of(base: Base, contact_id: int, day: date | None = None) -> list[int]:
    """Return the open leads of a contact, the oldest first; on a day, those opened until then."""
    values = {"contact": contact_id, "day": "9999" if day is None else day.isoformat()}
    return [lead for (lead,) in base.execute(SQL["open_of"], values)]


def place_of(base: Base, lead_id: int) -> Place:
    """Return where a lead stands. Raises NotFound."""
    row = base.execute(SQL["place"], {"lead": min(lead_id, LARGEST)}).fetchone()
    if row is None:
        raise NotFound(
            _("there is no lead {number}").format(number=lead_id),
            hint=_("clientbase lead list --state all shows their numbers"),
        )
    return Place(*row)


def open_place(base: Base, lead_id: int) -> Place:
    """Return where an open lead stands. Raises NotFound, and Conflict for a closed one."""
    place = place_of(base, lead_id)
    if place.state == "open":
        return place
    sentence = (
        _("lead {number} is won already") if place.state == "won" else _("lead {number} is lost")
    )
    raise Conflict(
        sentence.format(number=lead_id),
        hint=_("write a new enquiry down: clientbase lead add --who {contact}").format(
            contact=place.contact_id
        ),
    )


def listing(base: Base, wish: Wish, today: date) -> Table:
    """Return the leads that fit a wish, the oldest first.

    Raises NotFound for an unknown stage or channel, Misuse for an unknown temperature or state.
    """
    temperature, since = wish.temperature, wish.idle
    values = {
        "states": json.dumps(STATES if wish.state == "all" else [_state(wish.state)]),
        "stage": stages.named(base, wish.stage).id if wish.stage else None,
        "temperature": _temperature(temperature) if temperature else None,
        "channel": channels.named(base, wish.channel) if wish.channel else None,
        "quiet_since": None if since is None else (today - timedelta(since)).isoformat(),
    }
    found = base.execute(SQL["list"], values)
    manager = fold(wish.manager or "")
    ids = [lead for lead, who in found if not manager or fold(who or "") == manager]
    if manager and not ids:
        _check_manager(base, str(wish.manager))
    table = rows(base, ids, today)
    table.count, table.empty = (lambda: len(ids)), _("No leads like that.")
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
    day = today.isoformat()
    row = SQL["row"]
    found = (base.execute(row, {"lead": lead, "today": day}).fetchone() for lead in lead_ids)
    return Table("leads", COLUMNS, found, essential=ESSENTIAL)


def row_of(base: Base, lead_id: int, today: date) -> Table:
    """Return one lead as the list shows it, read at once."""
    table = rows(base, [lead_id], today)
    table.rows = list(table.rows)
    return table


def candidates(base: Base, lead_ids: Iterable[int]) -> Table:
    """Return what tells open leads of a contact apart."""
    found = [base.execute(SQL["candidate"], {"lead": lead}).fetchone() for lead in lead_ids]
    return Table("leads", columns("lead_id:id", "stage", "opened_on:date", "note"), found)


def note(text: str | None) -> str | None:
    """Return a note as it is kept, or None for an empty one. Raises Refused."""
    return optional_text(text, limit=LONGEST_NOTE, lines=True)


def _check_manager(base: Base, text: str) -> None:
    names = [name for (name,) in base.execute(SQL["managers"])]
    if fold(text) not in map(fold, names):
        from clientbase.nearest import meant

        if names:
            otherwise = _("the managers are: {names}").format(names=", ".join(names))
        else:
            otherwise = _("enquiries bring them in: clientbase lead add --manager NAME")
        raise NotFound(
            _("nobody called {name} looks after a lead").format(name=shown(text)),
            hint=meant(text, names, otherwise),
        )


def _state(text: str) -> str:
    if text in STATES:
        return text
    raise Misuse(
        _("{text} is no state of a lead").format(text=shown(text)),
        hint=_("choose one of: {names}").format(names=", ".join((*STATES, "all"))),
    )


def _temperature(text: str) -> str:
    if text in stages.TEMPERATURES:
        return text
    raise Misuse(
        _("{text} is no temperature").format(text=shown(text)),
        hint=_("choose one of: {names}").format(names=", ".join(stages.TEMPERATURES)),
    )


def _ahead(base: Base, place: Place, name: str | None) -> Stage:
    """Return the stage to go to: the named one, else the next."""
    later = [stage for stage in stages.all_stages(base) if stage.position > place.position]
    if name is None:
        if not later:
            raise _at_the_end(place)
        return later[0]
    target = stages.named(base, name)
    if target in later:
        return target
    sentence = (
        _("lead {number} is at {stage} already")
        if target.position == place.position
        else _("lead {number} is at {stage}, past {target}")
    )
    message = sentence.format(number=place.id, stage=place.stage, target=target.name)
    if not later:
        raise Conflict(message, hint=_at_the_end(place).hint)
    names = ", ".join(stage.name for stage in later)
    raise Conflict(message, hint=_("the stages ahead of it: {names}").format(names=names))


def _at_the_end(place: Place) -> Conflict:
    return Conflict(
        _("lead {number} is at {stage}, the last stage").format(number=place.id, stage=place.stage),
        hint=_("a sale wins it: clientbase sale record {contact} AMOUNT").format(
            contact=place.contact_id
        ),
    )


def _check_day(place: Place, day: date, today: date) -> None:
    clock.check_past(day, today)
    if day.isoformat() < place.moved_on:
        raise Refused(
            _("lead {number} was moved on {moved} already, after {day}").format(
                number=place.id, moved=place.moved_on, day=day
            ),
            hint=_("give a day from {moved} on").format(moved=place.moved_on),
        )


def _move(base: Base, lead_id: int, step: Step) -> None:
    values = {"lead": lead_id, "day": step.day.isoformat(), "who": step.who}
    base.execute(SQL["move"], {**values, "note": note(step.note)})
