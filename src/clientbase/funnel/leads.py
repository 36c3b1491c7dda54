"""Leads: one enquiry each, moved through the funnel until it is won or lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Refused
from clientbase.funnel import attributes, stages
from clientbase.funnel.attributes import Said, note
from clientbase.funnel.places import open_place, place_of
from clientbase.table import Table, columns
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientbase.db.connection import Base
    from clientbase.funnel.places import Place
    from clientbase.funnel.stages import Stage

SQL = statements(__file__)


class NewLead(NamedTuple):
    """An enquiry to be written down: its day, and what was typed about it.

    `wants` is what they want, `expects` the amount that it may bring, `by` the day until which.
    """

    day: date
    stage: str | None = None
    channel: str | None = None
    manager: str | None = None
    note: str | None = None
    wants: str | None = None
    expects: str | None = None
    by: str | None = None


class Step(NamedTuple):
    """Who moves a lead, on which day, and what is said to it."""

    day: date
    who: str
    note: str | None = None


def add(base: Base, contact_id: int, new: NewLead, who: str) -> int:
    """Write an enquiry of a contact down and return its number.

    Raises NotFound for an unknown stage, Refused for what can't be kept.
    """
    stage = stages.named(base, new.stage) if new.stage else stages.all_stages(base)[0]
    said = Said(new.wants, new.expects, new.by, new.channel, new.manager, new.note)
    row = {**attributes.EMPTY, **attributes.read(base, said, new.day)}
    row |= {"contact": contact_id, "day": new.day.isoformat()}
    attributes.check_expected(row["expected_by"], row["day"])
    row |= {"stage": stage.id, "temperature": stage.temperature}
    lead_id = int(base.one(SQL["add"], row))
    _keep(base, lead_id, Step(new.day, who))
    return lead_id


def advance(base: Base, lead_id: int, stage: str | None, step: Step, today: date) -> str:
    """Move an open lead to the next stage, or to a named later one, and return its name.

    Raises NotFound for an unknown lead or stage; Conflict for a closed lead, for one at the last
    stage and for a stage that it has passed; Refused for a day out of order.
    """
    place = open_place(base, lead_id)
    return _move(base, place, _ahead(base, place, stage), step, today)


def back(base: Base, lead_id: int, stage: str | None, step: Step, today: date) -> str:
    """Move an open lead back to the stage before, or to a named earlier one; return its name.

    Raises as `advance` does, Conflict being for one at the first stage and for a stage that it
    has not reached.
    """
    place = open_place(base, lead_id)
    return _move(base, place, _behind(base, place, stage), step, today)


def warm(base: Base, lead_id: int, temperature: str, step: Step, today: date) -> None:
    """Give an open lead another temperature than its stage brought.

    It is a move too: at the same stage, with another temperature. Raises NotFound, Conflict for
    a closed lead, Misuse for what is no temperature, Refused for a day out of order.
    """
    temperature = stages.warmth(temperature)
    place = open_place(base, lead_id)
    if temperature == place.temperature:
        return
    _check_day(place, step.day, today)
    _put(base, lead_id, place.stage_id, temperature)
    _keep(base, lead_id, step)


def lose(base: Base, lead_id: int, reason: str, step: Step, today: date) -> list[int]:
    """Close an open lead as lost, for one of the known reasons.

    Returns the numbers of its reminders that are skipped by that. Raises NotFound for an unknown
    lead, Conflict for a closed one, Refused for a day out of order.
    """
    place = open_place(base, lead_id)
    _check_day(place, step.day, today)
    values = {"lead": lead_id, "day": step.day.isoformat(), "reason": reason}
    base.execute(SQL["lose"], {**values, "note": note(step.note)})
    _keep(base, lead_id, step)
    return skip_steps(base, lead_id, step.day)


def win(base: Base, lead_id: int, sale_id: int, day: date, who: str) -> list[int]:
    """Close an open lead as won by a sale of `day`; return its reminders skipped by that.

    A lead that was moved after that day is won on the day of its last move: its way never runs
    backwards.
    """
    step = _not_before(open_place(base, lead_id), Step(day, who))
    values = {"lead": lead_id, "day": step.day.isoformat(), "sale": sale_id}
    base.execute(SQL["win"], values)
    _keep(base, lead_id, step)
    return skip_steps(base, lead_id, step.day)


def reopen(base: Base, lead_id: int, stage: str | None, step: Step, today: date) -> str:
    """Open a closed lead again, where it stood or at a named stage, and return the stage's name.

    Raises NotFound for an unknown lead or stage; Conflict for an open lead and for one that a
    sale has won, for as long as the sale is not voided; Refused for a day out of order.
    """
    place = place_of(base, lead_id)
    if place.state == "open":
        first = place.position <= stages.all_stages(base)[0].position
        hint = (
            _(
                "clientbase lead advance {number} moves it on, "
                "clientbase lead edit {number} changes what is said of it"
            )
            if first
            else _("clientbase lead back {number} moves it back")
        )
        raise Conflict(
            _("lead {number} is open, at {stage}").format(number=lead_id, stage=place.stage),
            hint=hint.format(number=lead_id),
        )
    if place.sale_id is not None:
        raise Conflict(
            _("lead {number} is won by sale {sale}").format(number=lead_id, sale=place.sale_id),
            hint=_(
                "a sale recorded by mistake is voided, and that opens the lead again: "
                "clientbase sale void {sale} --reason TEXT"
            ).format(sale=place.sale_id),
        )
    target = stages.named(base, stage) if stage else None
    _check_day(place, step.day, today)
    return _reopen(base, place, target, step)


def reopen_won_by(base: Base, sale_id: int, step: Step) -> int | None:
    """Reopen the lead that a sale won, where it stood, and return its number, if there is one."""
    lead_id: int | None = base.one(SQL["won_by"], {"sale": sale_id})
    if lead_id is not None:
        place = place_of(base, lead_id)
        _reopen(base, place, None, _not_before(place, step))
    return lead_id


def edit(base: Base, lead_id: int, said: Said, today: date) -> None:
    """Change what is said of a lead, open or closed; empty text clears.

    Raises NotFound for an unknown lead, Refused for what can't be kept.
    """
    place = place_of(base, lead_id)
    before = base.execute(SQL["read"], {"lead": lead_id}).fetchone()
    kept = dict(zip(attributes.EMPTY, before, strict=True))
    row = kept | attributes.read(base, said, today)
    attributes.check_expected(row["expected_by"], place.opened_on)
    if row != kept:
        base.execute(SQL["edit"], {**row, "lead": lead_id})


def open_of(base: Base, contact_id: int, day: date | None = None) -> list[int]:
    """Return the open leads of a contact, the oldest first; on a day, those opened until then."""
    values = {"contact": contact_id, "day": "9999" if day is None else day.isoformat()}
    return [lead for (lead,) in base.execute(SQL["open_of"], values)]


def candidates(base: Base, lead_ids: Iterable[int]) -> Table:
    """Return what tells open leads of a contact apart."""
    found = [base.execute(SQL["candidate"], {"lead": lead}).fetchone() for lead in lead_ids]
    shown = columns("lead_id:id", "stage", "opened_on:date", "wants", "note")
    return Table("leads", shown, found)


def _move(base: Base, place: Place, target: Stage, step: Step, today: date) -> str:
    """Put an open lead at another stage, with its temperature, and return the stage's name."""
    _check_day(place, step.day, today)
    _put(base, place.id, target.id, target.temperature)
    _keep(base, place.id, step)
    return target.name


def _reopen(base: Base, place: Place, target: Stage | None, step: Step) -> str:
    """Open a lead again; where its stage is dropped since, at the nearest one."""
    target = target or stages.nearest(base, place.stage_id, place.position)
    stood = target.id == place.stage_id
    base.execute(SQL["reopen"], {"lead": place.id})
    _put(base, place.id, target.id, place.temperature if stood else target.temperature)
    _keep(base, place.id, step)
    return target.name


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
    message = _in_vain(place, target, _("lead {number} is at {stage}, past {target}"))
    if target.id != place.stage_id:
        raise Conflict(
            message,
            hint=_("clientbase lead back {number} {target} moves it back").format(
                number=place.id, target=_quoted(target.name)
            ),
        )
    if not later:
        raise Conflict(message, hint=_at_the_end(place).hint)
    names = ", ".join(stage.name for stage in later)
    raise Conflict(message, hint=_("the stages ahead of it: {names}").format(names=names))


def _behind(base: Base, place: Place, name: str | None) -> Stage:
    """Return the stage to go back to: the named one, else the one before."""
    earlier = [stage for stage in stages.all_stages(base) if stage.position < place.position]
    if not earlier:
        raise Conflict(
            _("lead {number} is at {stage}, the first stage").format(
                number=place.id, stage=place.stage
            ),
            hint=_("clientbase lead lose {number} --reason R closes it").format(number=place.id),
        )
    if name is None:
        return earlier[-1]
    target = stages.named(base, name)
    if target in earlier:
        return target
    names = ", ".join(stage.name for stage in earlier)
    raise Conflict(
        _in_vain(place, target, _("lead {number} is at {stage}, before {target}")),
        hint=_("the stages behind it: {names}").format(names=names),
    )


def _in_vain(place: Place, target: Stage, otherwise: str) -> str:
    """Say that a lead is at the stage where it was to go, or what else keeps it from there."""
    told = _("lead {number} is at {stage} already") if target.id == place.stage_id else otherwise
    return told.format(number=place.id, stage=place.stage, target=target.name)


def _at_the_end(place: Place) -> Conflict:
    return Conflict(
        _("lead {number} is at {stage}, the last stage").format(number=place.id, stage=place.stage),
        hint=_("a sale wins it: clientbase sale record {contact} AMOUNT").format(
            contact=place.contact_id
        ),
    )


def _quoted(name: str) -> str:
    """Return a name as it is typed in a shell."""
    return f'"{name}"' if " " in name else name


def _check_day(place: Place, day: date, today: date) -> None:
    clock.check_past(day, today)
    if day.isoformat() < place.moved_on:
        raise Refused(
            Sentence(
                _("lead {number} was moved on {moved} already, after {day}"),
                number=place.id,
                moved=clock.Day(place.moved_on),
                day=day,
            ),
            hint=Sentence(_("give a day from {moved} on"), moved=clock.Day(place.moved_on)),
        )


def _not_before(place: Place, step: Step) -> Step:
    """Return the step on the day of the last move where that is later."""
    return step._replace(day=max(step.day, date.fromisoformat(place.moved_on)))


def _put(base: Base, lead_id: int, stage_id: int, temperature: str) -> None:
    base.execute(SQL["put"], {"lead": lead_id, "stage": stage_id, "temperature": temperature})


def _keep(base: Base, lead_id: int, step: Step) -> None:
    values = {"lead": lead_id, "day": step.day.isoformat(), "who": step.who}
    base.execute(SQL["keep"], {**values, "note": note(step.note)})


def skip_steps(base: Base, lead_id: int, day: date) -> list[int]:
    """Skip what is open for a lead, and return the numbers of these reminders."""
    values = {"lead": lead_id, "day": day.isoformat()}
    return sorted(reminder for (reminder,) in base.execute(SQL["skip_steps"], values))
