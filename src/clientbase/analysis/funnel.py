"""The report on the funnel: how leads go through the stages, where they stop, and why.

It is about the leads that came in a period, with all that became of them up to the day. Counts
come from their ways (ways.py): a lead counts once at a stage, and one that skipped it passed it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.analysis import ways
from clientbase.analysis.period import EVER, Period
from clientbase.analysis.shares import percent
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.facts import quantiles
from clientbase.facts.smallness import SMALL
from clientbase.funnel import reasons
from clientbase.funnel.stages import TEMPERATURES
from clientbase.people import channels, managers
from clientbase.table import Bars, Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

COLUMNS = columns(
    "stage",
    "temperature",
    "entered:number",
    "now:number",
    "advanced:number",
    "lost:number",
    "to_next:percent",
    "to_won:percent",
    "median_days:number",
    "p90_days:number",
    "came_back:number",
    "skipped:number",
    "reopened:number",
    "won:number",
    "open:number",
    "junk:number",
    "stage_id:id",
    "dropped_on:date",
)
ESSENTIAL = ("stage", "entered", "now", "lost", "to_next", "to_won")
_TEMPERATURES = columns("temperature", "leads:number", "share:percent", "expected:money")
_DISTANCE = columns(
    "stage",
    "stages_left:number",
    "leads:number",
    "expected:money",
    "bought:number",
    "median_days:number",
    "p90_days:number",
)
_REASONS = columns("reason", "leads:number", "share:percent", "expected:money")
_OUTCOMES = columns("outcome", "leads:number", "share:percent", "conversion:percent")
_IDLE = columns(
    "lead_id:id",
    "contact_id:id",
    "name",
    "stage",
    "temperature",
    "days_idle:number",
    "idle_after:number",
    "level:level",
)


class Wish(NamedTuple):
    """Whose leads: opened in a period, from one channel, looked after by one manager."""

    period: Period = EVER
    channel: str | None = None
    manager: str | None = None


EVERY_LEAD = Wish()


class _Group(NamedTuple):
    """Leads that went one way; `known` of them are `expected` to bring something, together."""

    way: ways.Way
    temperature: str
    reason: str | None
    leads: int
    known: int
    expected: int


class _Spread:
    """How many leads took how many days."""

    def __init__(self) -> None:
        self.days: Counter[int] = Counter()

    @property
    def leads(self) -> int:
        return self.days.total()

    def quantile(self, part: int, parts: int) -> float | None:
        """Return a quantile by linear interpolation (type 7)."""
        found = quantiles.of_counted(self.days, part, parts)
        if found is None:
            return None
        return found.floor if found.floor == found.value else found.value


class _Spreads:
    """The days at each stage (`stay`), and from each stage to the sale (`sale`), by place."""

    def __init__(self) -> None:
        self.stay: defaultdict[int, _Spread] = defaultdict(_Spread)
        self.sale: defaultdict[int, _Spread] = defaultdict(_Spread)

    def add(self, steps: ways.Steps, days: Sequence[int], leads: int) -> None:
        """Add the days of leads that went one way; junk took none."""
        state = steps[-1][1]
        if state == ways.JUNK:
            return
        for place, stay in ways.stays(steps, days).items():
            self.stay[place].days[stay] += leads
        if state == ways.WON:
            for place, left in ways.to_the_end(steps, days).items():
                self.sale[place].days[left] += leads


def report(base: Base, today: date, *, wish: Wish = EVERY_LEAD) -> Table:
    """Return the stages as of a day, with how many leads came, are there, went on and were lost.

    With tables of the outcomes, temperatures, the distance to the purchase, the lost reasons and
    the idle leads. Raises NotFound for an unknown channel or manager, Misuse for a period that
    ends before it begins.
    """
    period = wish.period.until(today)
    values = _values(base, today, wish, period)
    stages = [ways.Stage(*row) for row in base.execute(SQL["stages"], values)]
    groups, spreads = _groups(base, stages, values)
    funnel = ways.Funnel(stages)
    for group in groups:
        funnel.add(group.way, group.leads)
    table = Table("funnel", COLUMNS, _rows(funnel, spreads) if groups else [])
    table.as_of, table.keys = today.isoformat(), ("stage", "stage_id")
    table.essential, table.empty = ESSENTIAL, _empty(base)
    table.picture = Bars("stage", ("advanced", "now", "lost"))
    table.notes = _notes(base, period, wish, groups)
    table.notes += _detours(funnel)
    real = [group for group in groups if group.way.state != ways.JUNK]
    table.tables = {
        "outcomes": _outcomes(groups),
        "temperatures": _temperatures(real),
        "distance": _distance(funnel, real, spreads),
        "lost_reasons": _lost(groups),
        "idle": _idle(base, values),
    }
    return table


def _values(base: Base, today: date, wish: Wish, period: Period) -> dict[str, Any]:
    spelled = managers.spellings(base, wish.manager) if wish.manager else None
    return {
        **period.values(),
        "today": today.isoformat(),
        "channel": channels.named(base, wish.channel) if wish.channel else None,
        "managers": json.dumps(spelled) if spelled else None,
        "idle": settings.get(base, "idle.after"),
    }


def _groups(
    base: Base, stages: Sequence[ways.Stage], values: dict[str, Any]
) -> tuple[list[_Group], _Spreads]:
    """Return the leads by way, and the days in each stage and from it to the sale."""
    places = {stage.id: place for place, stage in enumerate(stages)}
    found: defaultdict[tuple[ways.Steps, str, str | None], list[int]]
    found, spreads = defaultdict(lambda: [0, 0, 0]), _Spreads()
    for text, temperature, reason, *counts in base.execute(SQL["ways"], values):
        steps, days = ways.read(text, places)
        key = (steps, temperature, reason)
        found[key] = [had + more for had, more in zip(found[key], counts, strict=True)]
        spreads.add(steps, days, counts[0])
    groups = [
        _Group(ways.way(steps), temperature, reason, *counts)
        for (steps, temperature, reason), counts in found.items()
    ]
    return groups, spreads


def _rows(funnel: ways.Funnel, spreads: _Spreads) -> list[Row]:
    """Return a row a stage; a dropped stage only where it still tells of leads."""
    rows = []
    for place, (stage, counts) in enumerate(zip(funnel.stages, funnel.counts, strict=True)):
        if stage.dropped_on and not (counts.entered or counts.junk):
            continue
        stay = spreads.stay[place]
        rows.append(
            (
                *(stage.name, stage.temperature),
                *(counts.entered, counts.now, counts.advanced, counts.lost),
                *(counts.to_next, counts.to_won, stay.quantile(1, 2), stay.quantile(9, 10)),
                *(counts.came_back, counts.skipped, counts.reopened),
                *(counts.won, counts.open, counts.junk),
                *(stage.id, stage.dropped_on),
            )
        )
    return rows


def _detours(funnel: ways.Funnel) -> list[str]:
    """Say how often leads got to a stage in other ways than by going on from the one before."""
    skipped = sum(counts.skipped for counts in funnel.counts)
    back = sum(counts.came_back for counts in funnel.counts)
    again = sum(counts.reopened for counts in funnel.counts)
    if not skipped + back + again:
        return []
    told = _(
        "Stages skipped, or passed by a sale: {skipped}; gone back to: {back}; opened again: "
        "{again}. By stage: clientbase report funnel --columns stage,skipped,came_back,reopened"
    )
    return [Sentence(told, skipped=grouped(skipped), back=grouped(back), again=grouped(again))]


def _outcomes(groups: Sequence[_Group]) -> Table:
    """Return how many were won, lost, are still open; the share won is of the first two alone."""
    leads = Counter[str]()
    for group in groups:
        leads[group.way.state] += group.leads
    real = leads.total() - leads[ways.JUNK]
    won = percent(leads[ways.WON], leads[ways.WON] + leads[ways.LOST])
    rows: list[Row] = [
        (name, leads[state], percent(leads[state], real), won if state == ways.WON else None)
        for name, state in (("won", ways.WON), ("lost", ways.LOST), ("open", ways.OPEN))
    ]
    rows.append(("junk", leads[ways.JUNK], None, None))
    return Table("outcomes", _OUTCOMES, rows if groups else [], keys=("outcome",))


def _temperatures(groups: Sequence[_Group]) -> Table:
    here = [group for group in groups if group.way.state == ways.OPEN]
    whole = _leads(here)
    rows = []
    for temperature in TEMPERATURES if here else ():
        such = [group for group in here if group.temperature == temperature]
        leads = _leads(such)
        rows.append((temperature, leads, percent(leads, whole), _expected(such)))
    picture = Bars("temperature", ("leads",))
    return Table("temperatures", _TEMPERATURES, rows, keys=("temperature",), picture=picture)


def _distance(
    funnel: ways.Funnel,
    groups: Sequence[_Group],
    spreads: _Spreads,
) -> Table:
    """Return how far the open leads of each stage are from the purchase."""
    live = [place for place, stage in enumerate(funnel.stages) if stage.dropped_on is None]
    rows = []
    for left, place in zip(range(len(live) - 1, -1, -1), live, strict=True):
        stage = funnel.stages[place]
        here = [g for g in groups if g.way.state == ways.OPEN and g.way.here == place]
        sold = spreads.sale[place]
        money = _expected(here)
        days = (sold.quantile(1, 2), sold.quantile(9, 10))
        rows.append((stage.name, left, _leads(here), money, sold.leads, *days))
    return Table("distance", _DISTANCE, rows if groups else [], keys=("stage",))


def _lost(groups: Sequence[_Group]) -> Table:
    """Return the lost leads by reason, the commonest first; junk last, in no share."""
    lost = [group for group in groups if group.way.state in {ways.LOST, ways.JUNK}]
    whole = _leads(group for group in lost if group.way.state == ways.LOST)
    rows: list[Row] = []
    for reason in reasons.REASONS:
        such = [group for group in lost if group.reason == reason]
        share = None if reason == "junk" else percent(_leads(such), whole)
        if such:
            rows.append((reason, _leads(such), share, _expected(such)))
    rows.sort(key=lambda row: (row[0] == "junk", -row[1]))
    picture = Bars("reason", ("leads",))
    return Table("lost_reasons", _REASONS, rows, keys=("reason",), picture=picture)


def _idle(base: Base, values: Mapping[str, Any]) -> Table:
    """Return the open leads that nobody moved or talked to for too long."""
    rows = base.execute(SQL["idle"], values).fetchall()
    told = [_("What there is to a lead: clientbase lead show LEAD")] if rows else []
    essential = ("lead_id", "name", "stage", "days_idle", "level")
    keys = ("lead_id", "contact_id", "name")
    return Table("idle", _IDLE, rows, told, essential=essential, keys=keys)


def _notes(base: Base, period: Period, wish: Wish, groups: Sequence[_Group]) -> list[str]:
    if not groups:
        return []
    found = [note for note in (_about(wish), period.note()) if note]
    found.append(
        _(
            "A lead counts once at each stage; one that skipped a stage, or bought before it, "
            "passed it, and one that went back stays among those who entered the stages beyond. "
            "To next and to won are percents of those who are decided: open leads do not lower "
            "them. Days are those of leads that have left the stage."
        )
    )
    told = _(
        "Idle is an open lead without a move or a talk for {days} days (set idle.after, or "
        "clientbase stage edit STAGE --idle DAYS): amber, and red from 1.5 times that."
    )
    found.append(Sentence(told, days=grouped(settings.get(base, "idle.after"))))
    return found + _of_junk(groups) + _of_few(groups)


def _about(wish: Wish) -> str:
    """Say whose leads these are."""
    if wish.channel and wish.manager:
        told = _("Leads from {channel}, looked after by {manager}.")
    elif wish.channel:
        told = _("Leads from {channel}.")
    else:
        told = _("Leads looked after by {manager}.") if wish.manager else ""
    return told.format(channel=wish.channel, manager=wish.manager)


def _of_junk(groups: Sequence[_Group]) -> list[str]:
    return ways.of_junk(_leads(group for group in groups if group.way.state == ways.JUNK))


def _of_few(groups: Sequence[_Group]) -> list[str]:
    decided = _leads(group for group in groups if group.way.state in {ways.WON, ways.LOST})
    if not decided:
        return [_("No lead is decided yet: percents and days are still to come.")]
    if decided >= SMALL:
        return []
    told = ngettext(
        "Only {count} lead is decided: percents and days may be chance.",
        "Only {count} leads are decided: percents and days may be chance.",
        decided,
    )
    return [Sentence(told, count=grouped(decided))]


def _empty(base: Base) -> str:
    if base.one(SQL["any"]):
        return _("No leads like that.")
    return _("No leads yet; write one down with: clientbase lead add NAME --phone P")


def _leads(groups: Iterable[_Group]) -> int:
    return sum(group.leads for group in groups)


def _expected(groups: Sequence[_Group]) -> int | None:
    """Return what some leads are expected to bring, None where nobody said it of any."""
    return sum(g.expected for g in groups) if any(group.known for group in groups) else None
