"""Ways of leads through the funnel, read from their moves: whom each stage counts, and how.

A lead is counted once at each stage, however often it came there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from clientbase.analysis.shares import percent
from clientbase.words import Sentence, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# A way is written as its moves in order, each the number of a stage, what became of the lead there
# (open, won, lost, or junk), and the days since it was opened.
_MOVE = re.compile(r"([0-9]+)([owlj])(-?[0-9]+)")
OPEN, WON, LOST, JUNK = "owlj"
# Moves without their days: the place of a stage, counted from 0 in their order, and the state.
Steps = tuple[tuple[int, str], ...]


class Stage(NamedTuple):
    """A stage as it was on a day; a dropped one is passed by nobody."""

    id: int
    name: str
    temperature: str
    dropped_on: str | None


@dataclass(slots=True)
class Way:
    """One way, told by places of stages.

    `stood` are those where the lead was, `back` where it came back to, `again` where it was
    opened again; `furthest` is the last that it reached; it ended at `here`, as `state` tells.
    """

    state: str
    here: int
    furthest: int
    stood: frozenset[int]
    back: frozenset[int]
    again: frozenset[int]


@dataclass(slots=True)
class Counts:
    """The leads of one stage; `undecided` are open and have not gone beyond it."""

    entered: int = 0
    now: int = 0
    advanced: int = 0
    lost: int = 0
    won: int = 0
    open: int = 0
    undecided: int = 0
    came_back: int = 0
    skipped: int = 0
    reopened: int = 0
    junk: int = 0

    @property
    def to_next(self) -> float | None:
        """The percent that went on, of those who went on or were lost before they did."""
        return percent(self.advanced, self.entered - self.undecided)

    @property
    def to_won(self) -> float | None:
        """The percent that bought, of those who bought or were lost."""
        return percent(self.won, self.entered - self.open)


@dataclass(slots=True)
class Funnel:
    """The stages in their order, and what is counted at each."""

    stages: Sequence[Stage]
    counts: list[Counts] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with nothing counted."""
        self.counts = [Counts() for _stage in self.stages]

    def add(self, way: Way, leads: int) -> None:
        """Count some leads that went one way."""
        if way.state == JUNK:
            self.counts[way.here].junk += leads
            return
        for place, stage in enumerate(self.stages):
            beyond = way.state == WON or way.furthest > place
            if place in way.stood or (beyond and stage.dropped_on is None):
                self._add_at(place, way, leads, beyond=beyond)

    def _add_at(self, place: int, way: Way, leads: int, *, beyond: bool) -> None:
        counts, here = self.counts[place], way.here == place
        counts.entered += leads
        counts.advanced += leads * beyond
        counts.now += leads * (here and way.state == OPEN)
        counts.lost += leads * (here and way.state == LOST)
        counts.won += leads * (way.state == WON)
        counts.open += leads * (way.state == OPEN)
        counts.undecided += leads * (way.state == OPEN and not beyond)
        counts.came_back += leads * (place in way.back)
        counts.skipped += leads * (place not in way.stood)
        counts.reopened += leads * (place in way.again)


def read(text: str, places: Mapping[int, int]) -> tuple[Steps, list[int]]:
    """Return the steps of a way that is written down, and the day of each from the first on."""
    found = _MOVE.findall(text)
    steps = tuple((places[int(stage)], state) for stage, state, _day in found)
    return steps, [int(day) for _stage, _state, day in found]


def way(steps: Steps) -> Way:
    """Return what a way is counted by."""
    back, again = set(), set()
    for (before, was), (place, state) in pairwise(steps):
        if state == OPEN and was != OPEN:
            again.add(place)
        elif state == OPEN and place < before:
            back.add(place)
    here, state = steps[-1]
    stood = frozenset(place for place, _state in steps)
    return Way(state, here, max(stood), stood, frozenset(back), frozenset(again))


def stays(steps: Steps, days: Sequence[int]) -> dict[int, int]:
    """Return how many days a lead was open at each stage that it has left."""
    found: dict[int, int] = {}
    for (place, state), day, after in zip(steps, days, days[1:], strict=False):
        found[place] = found.get(place, 0) + (after - day if state == OPEN else 0)
    here, state = steps[-1]
    if state == OPEN:
        found.pop(here, None)
    return found


def to_the_end(steps: Steps, days: Sequence[int]) -> dict[int, int]:
    """Return how many days lie between the first one at each stage and the last move."""
    found: dict[int, int] = {}
    for (place, _state), day in zip(steps, days, strict=True):
        found.setdefault(place, days[-1] - day)
    return found


def of_junk(leads: int) -> list[str]:
    """Say that some leads were junk; nothing where none was."""
    told = ngettext(
        "{count} lead was junk; it is counted apart and in no other figure.",
        "{count} leads were junk; they are counted apart and in no other figure.",
        leads,
    )
    return [Sentence(told, count=grouped(leads))] if leads else []
