"""The stages of the funnel, in order, each with its default temperature.

They are added, renamed, moved and dropped; the moves through them stay as they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, NotFound, Refused
from clientbase.normal import clean_text, fold, shown
from clientbase.people import readers
from clientbase.people.readers import Dropped, Renamed
from clientbase.table import Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)

TEMPERATURES = ("cold", "warm", "hot")
# The ends of the funnel, which are no stages of it.
ENDS = ("won", "lost")
LONGEST = 60
# A hundred years of days: more is a slip of the finger.
LONGEST_IDLE = 36_500
COLUMNS = columns(
    "stage_id:id",
    "position:number",
    "name",
    "temperature",
    "open_leads:number",
    "idle_after:number",
)


class Stage(NamedTuple):
    """One stage; leads go from lower positions to higher ones."""

    id: int
    position: int
    name: str
    temperature: str
    key: str


class Spot(NamedTuple):
    """Where a stage is put: behind another one, or before all of them. Neither is not said."""

    after: str | None = None
    first: bool = False


def all_stages(base: Base) -> list[Stage]:
    """Return the stages in the order in which leads pass them."""
    return [Stage(*row) for row in base.execute(SQL["all"])]


def names(base: Base) -> list[str]:
    """Return the names of the stages, in the order in which leads pass them."""
    return [stage.name for stage in all_stages(base)]


def named(base: Base, text: str) -> Stage:
    """Return the stage of a name, in any letter case. Raises NotFound with the nearest name."""
    stages = all_stages(base)
    for stage in stages:
        if stage.key == fold(text):
            return stage
    from clientbase.nearest import meant

    known = [stage.name for stage in stages]
    raise NotFound(
        _("there is no stage {name}").format(name=shown(text)),
        hint=meant(text, known, _("the stages are: {names}").format(names=", ".join(known))),
    )


def dropped(base: Base, stage_id: int) -> str | None:
    """Return the name of a stage that is dropped, None for one that is not."""
    name: str | None = base.one(SQL["dropped"], {"stage": stage_id})
    return name


def nearest(base: Base, stage_id: int, position: int) -> Stage:
    """Return a stage by number, or the nearest to where it stood if it is dropped since."""
    stages = all_stages(base)
    return min(
        stages,
        key=lambda stage: (stage.id != stage_id, abs(stage.position - position), stage.position),
    )


def warmth(text: str) -> str:
    """Return one of TEMPERATURES as it is kept, in any letter case. Raises Misuse."""
    known = fold(text)
    if known in TEMPERATURES:
        return known
    wrong = _("{text} is no temperature") if known else _("no temperature is named")
    raise Misuse(
        wrong.format(text=shown(text)),
        hint=_("choose one of: {names}").format(names=", ".join(TEMPERATURES)),
    )


def listing(base: Base, stage_id: int | None = None) -> Table:
    """Return the stages in their order, or one of them, with the open leads at each."""
    values = {"stage": stage_id, "idle": settings.get(base, "idle.after")}
    rows = base.execute(SQL["listing"], values).fetchall()
    return Table("stages", COLUMNS, rows)


def add(base: Base, name: str, spot: Spot, temperature: str | None) -> Table:
    """Make a stage, the last one if not said where, and return its row.

    Where no temperature is said it has that of the stage before it. Raises NotFound for an
    unknown stage, Refused for a name that can't be, Conflict for one that is taken, Misuse for
    what is no temperature.
    """
    name = _free_name(base, name)
    order = _order(base)
    place = _place(base, order, spot)
    degree = warmth(temperature) if temperature else _warmth_at(base, order, place)
    values = {"name": name, "key": fold(name), "temperature": degree, "position": len(order) + 1}
    stage_id = int(base.one(SQL["add"], values))
    _arrange(base, [*order[:place], stage_id, *order[place:]])
    return listing(base, stage_id)


def rename(base: Base, old: str, new: str) -> Renamed:
    """Give a stage another name, under which its history is shown too.

    Raises NotFound, Refused for a name that can't be, Conflict for one that is taken.
    """
    stage = named(base, old)
    name = _free_name(base, new, stage.id)
    base.execute(SQL["rename"], {"stage": stage.id, "name": name, "key": fold(name)})
    missed = [] if stage.key == fold(name) else readers.segments(base, ("stage",), stage.name)
    return Renamed(listing(base, stage.id), missed)


def move(base: Base, name: str, spot: Spot) -> Table:
    """Put a stage at another place and return its row.

    Raises NotFound for an unknown stage, Misuse where the place is not said or is the stage's
    own.
    """
    stage = named(base, name)
    if spot == Spot():
        raise Misuse(
            _("it is not said where {stage} goes").format(stage=stage.name),
            hint=_("add --after STAGE, or --first"),
        )
    if spot.after and named(base, spot.after).id == stage.id:
        raise Misuse(
            _("{stage} can't stand behind itself").format(stage=stage.name),
            hint=_("name another stage: --after STAGE"),
        )
    order = [other for other in _order(base) if other != stage.id]
    place = _place(base, order, spot)
    _arrange(base, [*order[:place], stage.id, *order[place:]])
    return listing(base, stage.id)


def edit(base: Base, name: str, temperature: str | None, idle: int | None = None) -> Table:
    """Change the temperature that leads get at a stage, or after how many days they are idle.

    Returns its row. Leads that stand there keep their temperature; 0 days take the setting again.
    Raises NotFound, Misuse for what is no temperature, Refused for days out of reach.
    """
    stage = named(base, name)
    if temperature is None and idle is None:
        raise Misuse(
            _("it is not said what to change of {stage}").format(stage=stage.name),
            hint=_(
                "add --temperature T or --idle DAYS; "
                "a name is changed by: clientbase stage rename OLD NEW"
            ),
        )
    if temperature is not None and warmth(temperature) != stage.temperature:
        base.execute(SQL["edit"], {"stage": stage.id, "temperature": warmth(temperature)})
    if idle is not None:
        _check_idle(idle)
        base.execute(SQL["let_idle"], {"stage": stage.id, "days": idle or None})
    return listing(base, stage.id)


def _check_idle(days: int) -> None:
    if not 0 <= days <= LONGEST_IDLE:
        raise Refused(
            _("a lead can't be idle after {days} days").format(days=days),
            hint=_("give a number from 1 to {most}; 0 goes by the setting idle.after").format(
                most=LONGEST_IDLE
            ),
        )


def drop(base: Base, name: str, heir: str | None, today: date, who: str) -> Dropped:
    """Take a stage out of the funnel; the moves through it stay.

    Open leads at it go to the heir, which is needed where there are some: each gets a move of
    today. Raises NotFound, Conflict for the only stage and where the heir is missing, Misuse
    where a stage would be its own heir.
    """
    stage = named(base, name)
    table = listing(base, stage.id)
    _refuse_only(base, stage)
    target = named(base, heir) if heir else None
    if target == stage:
        raise Misuse(
            _("{stage} can't be its own heir").format(stage=stage.name),
            hint=_("name another stage: --to STAGE"),
        )
    values = {"stage": stage.id, "day": today.isoformat()}
    waiting = int(base.one(SQL["waiting"], values))
    if waiting and target is None:
        raise _heir_needed(stage, waiting)
    if waiting and target is not None:
        values |= {"heir": target.id, "temperature": target.temperature, "who": who}
        base.execute(SQL["keep_moves"], values)
        base.execute(SQL["hand_over"], values)
    base.execute(SQL["drop"], values)
    heir = target.name if target else None
    missed = readers.segments(base, ("stage",), stage.name)
    return Dropped(table, stage.name, waiting, heir, missed)


def _refuse_only(base: Base, stage: Stage) -> None:
    if all_stages(base) == [stage]:
        raise Conflict(
            _("{stage} is the only stage, and leads need one").format(stage=stage.name),
            hint=_("make another one first: clientbase stage add NAME"),
        )


def _heir_needed(stage: Stage, waiting: int) -> Conflict:
    sentence = ngettext(
        "{count} open lead is at {stage}", "{count} open leads are at {stage}", waiting
    )
    return Conflict(
        Sentence(sentence, count=grouped(waiting), stage=stage.name),
        hint=_("say where to move them: --to STAGE"),
    )


def _free_name(base: Base, text: str, stage_id: int | None = None) -> str:
    name = clean_text(text, limit=LONGEST, required=True)
    if fold(name) in ENDS:
        raise Refused(
            _("{name} is an end of the funnel, not a stage of it").format(name=name),
            hint=_("a sale wins a lead, and clientbase lead lose closes it as lost"),
        )
    if any(stage.key == fold(name) for stage in _others(base, stage_id)):
        raise Conflict(
            _("there is a stage {name} already").format(name=name),
            hint=_("choose another name, or see: clientbase stage list"),
        )
    return name


def _others(base: Base, stage_id: int | None) -> list[Stage]:
    return [stage for stage in all_stages(base) if stage.id != stage_id]


def _order(base: Base) -> list[int]:
    """Return all stages in their order; dropped ones keep their place among the others."""
    return [stage for (stage,) in base.execute(SQL["order"])]


def _place(base: Base, order: list[int], spot: Spot) -> int:
    """Return the index that a spot means in an order of stages."""
    if spot.first and spot.after:
        raise Misuse(_("--first and --after do not go together"), hint=_("give one of the two"))
    if spot.first:
        return 0
    return order.index(named(base, spot.after).id) + 1 if spot.after else len(order)


def _warmth_at(base: Base, order: list[int], place: int) -> str:
    """Return the temperature of the stage before a place, or of the first one."""
    known = {stage.id: stage.temperature for stage in all_stages(base)}
    before = [known[stage] for stage in order[:place] if stage in known]
    return before[-1] if before else next(iter(known.values()))


def _arrange(base: Base, order: list[int]) -> None:
    for position, stage in enumerate(order, start=1):
        base.execute(SQL["place"], {"stage": stage, "position": position})
