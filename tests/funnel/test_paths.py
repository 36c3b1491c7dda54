"""Any path of a lead through the funnel respects the rules, and each move is kept."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientbase.db import founding
from clientbase.db.journal import Act, write
from clientbase.errors import ClientbaseError, Conflict, NotFound, Refused
from clientbase.funnel import leads
from clientbase.funnel.leads import NewLead, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.db.connection import Base

ACT = Act("test", "olga", "2026-11-21T09:00:00Z")
TODAY = date(2026, 11, 21)
STAGES = ["new", "contacted", "interested", "offer", "agreed"]
WARMTH = dict(zip(STAGES, ["cold", "cold", "warm", "warm", "hot"], strict=True))

days = st.integers(-1, 5).map(lambda ago: TODAY - timedelta(ago))
moves = st.lists(
    st.one_of(
        st.tuples(st.just("advance"), st.none() | st.sampled_from([*STAGES, "nowhere"]), days),
        st.tuples(st.just("lose"), st.just("price"), days),
        st.tuples(st.just("win"), st.none(), days),
    ),
    max_size=9,
)


class Way:
    """A lead in plain Python: what the rules say it becomes."""

    def __init__(self, day: date) -> None:
        self.stage, self.state, self.day = 0, "open", day
        self.moves: list[tuple[date, str | None, str, str, str]] = [
            (day, None, "new", "open", "cold")
        ]

    def keep(self, day: date, stage: int, state: str) -> None:
        """Keep one move."""
        name = STAGES[stage]
        self.moves.append((day, STAGES[self.stage], name, state, WARMTH[name]))
        self.stage, self.state, self.day = stage, state, day

    def fault(self, word: str, to: str | None, day: date) -> type[ClientbaseError] | None:
        """Return the error that a move must end in, or None where it is allowed."""
        if self.state != "open":
            return Conflict
        if word == "advance":
            if to == "nowhere":
                return NotFound
            if self.target(to) >= len(STAGES) or self.target(to) <= self.stage:
                return Conflict
        if word != "win" and (day > TODAY or day < self.day):
            return Refused
        return None

    def target(self, to: str | None) -> int:
        """Return the number of the stage to go to."""
        return self.stage + 1 if to is None else STAGES.index(to)

    def go(self, word: str, to: str | None, day: date) -> None:
        """Make a move that is allowed."""
        if word == "advance":
            self.keep(day, self.target(to), "open")
        else:
            self.keep(max(day, self.day), self.stage, "lost" if word == "lose" else "won")


@pytest.fixture(scope="module")
def base() -> Iterator[Base]:
    with tempfile.TemporaryDirectory() as folder:
        made = founding.found(Path(folder) / "b.db", founding.Plan("RUB", "RU", ()), ACT)
        with write(made, ACT):
            made.execute(
                "insert into contact (name, name_key, entered_on, entered_by) "
                "values ('Anna', 'anna', '2026-01-01', 'entry')"
            )
            made.execute(
                "insert into sale (contact_id, sold_on, amount) values (1, '2026-01-01', 1)"
            )
        yield made
        made.close()


def go(base: Base, lead: int, word: str, to: str | None, day: date) -> None:
    with write(base, ACT):
        if word == "advance":
            leads.advance(base, lead, to, Step(day, "olga"), TODAY)
        elif word == "lose":
            leads.lose(base, lead, str(to), Step(day, "olga"), TODAY)
        else:
            leads.win(base, lead, 1, day, "olga")


@settings(max_examples=150)
@given(start=st.integers(0, 3), path=moves)
def test_any_path_respects_the_rules(
    base: Base, start: int, path: list[tuple[str, str | None, date]]
) -> None:
    opened = TODAY - timedelta(start)
    with write(base, ACT):
        lead = leads.add(base, 1, NewLead(opened), "olga")
    model = Way(opened)
    for word, to, day in path:
        fault = model.fault(word, to, day)
        if fault is None:
            go(base, lead, word, to, day)
            model.go(word, to, day)
        else:
            with pytest.raises(fault):
                go(base, lead, word, to, day)
    kept = leads.card(base, lead, TODAY)
    assert [(row[0], *row[1:5]) for row in kept.tables["moves"].rows] == [
        (day.isoformat(), *rest) for day, *rest in model.moves
    ]
    row = dict(zip([column.name for column in kept.columns], next(iter(kept.rows)), strict=True))
    assert (row["stage"], row["temperature"], row["state"], row["moved_on"]) == (
        STAGES[model.stage],
        WARMTH[STAGES[model.stage]],
        model.state,
        model.day.isoformat(),
    )
    assert row["days_idle"] == ((TODAY - model.day).days if model.state == "open" else None)
    assert row["closed_on"] == (None if model.state == "open" else model.day.isoformat())
    assert row["lost_reason"] == ("price" if model.state == "lost" else None)
    assert row["sale_id"] == (1 if model.state == "won" else None)
