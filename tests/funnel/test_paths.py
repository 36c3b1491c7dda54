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
from clientbase.funnel import leads, listing, places, stages
from clientbase.funnel.leads import NewLead, Step
from clientbase.funnel.stages import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.db.connection import Base

ACT = Act("test", "olga", "2026-11-21T09:00:00Z")
TODAY = date(2026, 11, 21)
STAGES = ["new", "contacted", "interested", "offer", "agreed"]
WARMTH = dict(zip(STAGES, ["cold", "cold", "warm", "warm", "hot"], strict=True))

days = st.integers(-1, 5).map(lambda ago: TODAY - timedelta(ago))
places_to_go = st.none() | st.sampled_from([*STAGES, "nowhere"])
moves = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["advance", "back", "reopen"]), places_to_go, days),
        st.tuples(st.just("warm"), st.sampled_from(["cold", "warm", "hot"]), days),
        st.tuples(st.just("lose"), st.just("price"), days),
        st.tuples(st.sampled_from(["win", "void"]), st.none(), days),
    ),
    max_size=12,
)


class Way:
    """A lead in plain Python: what the rules say it becomes."""

    def __init__(self, day: date) -> None:
        self.stage, self.state, self.day, self.warmth = 0, "open", day, "cold"
        self.moves: list[tuple[date, str | None, str, str, str, str | None]] = [
            (day, None, "new", "open", "cold", None)
        ]

    def keep(self, day: date, stage: int, state: str, warmth: str) -> None:
        """Keep one move."""
        reason = "price" if state == "lost" else None
        self.moves.append((day, STAGES[self.stage], STAGES[stage], state, warmth, reason))
        self.stage, self.state, self.day, self.warmth = stage, state, day, warmth

    def fault(self, word: str, to: str | None, day: date) -> type[ClientbaseError] | None:
        """Return the error that a move must end in, or None where it is allowed."""
        if word in {"win", "void"}:
            return Conflict if word == "win" and self.state != "open" else None
        if self.state != ("lost" if word == "reopen" else "open"):
            return Conflict
        if to == "nowhere":
            # There is nothing before the first stage, whatever it is called.
            return Conflict if word == "back" and self.stage == 0 else NotFound
        if word in {"advance", "back"} and not self.leads_somewhere(word, to):
            return Conflict
        if word == "warm" and to == self.warmth:
            return None
        return Refused if day > TODAY or day < self.day else None

    def leads_somewhere(self, word: str, to: str | None) -> bool:
        """Tell whether there is a stage to go to, on this side of where it stands."""
        target = self.target(word, to)
        if word == "back":
            return 0 <= target < self.stage
        return self.stage < target < len(STAGES)

    def target(self, word: str, to: str | None) -> int:
        """Return the number of the stage to go to."""
        if to is not None:
            return STAGES.index(to)
        return self.stage + {"advance": 1, "back": -1, "reopen": 0}[word]

    def go(self, word: str, to: str | None, day: date) -> None:
        """Make a move that is allowed."""
        if word in {"advance", "back"}:
            target = self.target(word, to)
            self.keep(day, target, "open", WARMTH[STAGES[target]])
        elif word == "reopen":
            target = self.target(word, to)
            stays = target == self.stage
            self.keep(day, target, "open", self.warmth if stays else WARMTH[STAGES[target]])
        elif word == "warm":
            if to != self.warmth:
                self.keep(day, self.stage, "open", str(to))
        elif word == "void":
            if self.state == "won":
                self.keep(max(day, self.day), self.stage, "open", self.warmth)
        else:
            ended = "lost" if word == "lose" else "won"
            self.keep(max(day, self.day), self.stage, ended, self.warmth)


@pytest.fixture(scope="module")
def base() -> Iterator[Base]:
    with tempfile.TemporaryDirectory() as folder:
        made = founding.found(Path(folder) / "b.db", founding.Plan("RUB", "RU", ()), ACT)
        with write(made, ACT):
            made.execute(
                "insert into contact (name, name_key, entered_on, entered_by) "
                "values ('Anna', 'anna', '2026-01-01', 'entry')"
            )
        yield made
        made.close()


def sold(base: Base) -> int:
    sql = "insert into sale (contact_id, sold_on, amount) values (1, '2026-01-01', 1) returning id"
    return int(base.one(sql))


def go(base: Base, lead: int, word: str, to: str | None, day: date) -> None:
    step = Step(day, "olga")
    with write(base, ACT):
        if word == "advance":
            leads.advance(base, lead, to, step, TODAY)
        elif word == "back":
            leads.back(base, lead, to, step, TODAY)
        elif word == "reopen":
            leads.reopen(base, lead, to, step, TODAY)
        elif word == "warm":
            leads.warm(base, lead, str(to), step, TODAY)
        elif word == "lose":
            leads.lose(base, lead, str(to), step, TODAY)
        elif word == "win":
            leads.win(base, lead, sold(base), day, "olga")
        else:
            sale = base.one("select sale_id from lead where id = ?", (lead,))
            leads.reopen_won_by(base, sale or 0, step)


@settings(max_examples=200)
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
    kept = listing.card(base, lead, TODAY)
    assert [tuple(row[:6]) for row in kept.tables["moves"].rows] == [
        (day.isoformat(), *rest) for day, *rest in model.moves
    ]
    row = dict(zip([column.name for column in kept.columns], next(iter(kept.rows)), strict=True))
    assert (row["stage"], row["temperature"], row["state"], row["moved_on"]) == (
        STAGES[model.stage],
        model.warmth,
        model.state,
        model.day.isoformat(),
    )
    assert row["days_idle"] == ((TODAY - model.day).days if model.state == "open" else None)
    assert row["closed_on"] == (None if model.state == "open" else model.day.isoformat())
    assert row["lost_reason"] == ("price" if model.state == "lost" else None)
    assert (row["sale_id"] is not None) == (model.state == "won")


def test_a_won_lead_is_opened_again_only_when_its_sale_is_void(base: Base) -> None:
    step = Step(TODAY, "olga")
    with write(base, ACT):
        lead = leads.add(base, 1, NewLead(TODAY), "olga")
        sale = sold(base)
        leads.win(base, lead, sale, TODAY, "olga")
    with pytest.raises(Conflict, match=f"won by sale {sale}"), write(base, ACT):
        leads.reopen(base, lead, None, step, TODAY)
    with write(base, ACT):
        base.execute("update sale set voided_on = '2026-11-21' where id = ?", (sale,))
        assert leads.reopen(base, lead, "offer", step, TODAY) == "offer"
    chain(base)
    assert places.place_of(base, lead)[3:7] == ("open", 4, 4, "offer")


def chain(base: Base) -> None:
    """Check that the moves of each lead lead from one to the next, up to where it stands."""
    for lead, state, stage, temperature, opened, closed in base.execute(
        "select id, state, stage_id, temperature, opened_on, closed_on from lead"
    ).fetchall():
        way = base.execute(
            "select from_stage_id, to_stage_id, to_state, to_temperature, moved_on "
            "from stage_move where lead_id = ? order by id",
            (lead,),
        ).fetchall()
        assert way[0][0] is None
        assert [move[0] for move in way[1:]] == [move[1] for move in way[:-1]]
        assert [move[4] for move in way] == sorted(move[4] for move in way)
        assert way[0][4] == opened
        assert way[-1][1:4] == (stage, state, temperature)
        assert closed == (None if state == "open" else way[-1][4])
        if state == "open":
            assert base.one("select dropped_on from stage where id = ?", (stage,)) is None


arrangements = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 9), st.integers(0, 9)),
        st.tuples(st.sampled_from(["drop", "move"]), st.integers(0, 9), st.integers(0, 9)),
        st.tuples(
            st.sampled_from(["advance", "back", "lose", "reopen", "win", "void"]),
            st.integers(1, 3),
            st.just(0),
        ),
    ),
    max_size=25,
)


@settings(max_examples=60)
@given(acts=arrangements)
def test_whatever_is_done_to_stages_the_moves_are_a_chain(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, int]]
) -> None:
    path = tmp_path_factory.mktemp("funnel") / "b.db"
    base = founding.found(path, founding.Plan("RUB", "RU", ()), ACT)
    with write(base, ACT):
        base.execute(
            "insert into contact (name, name_key, entered_on, entered_by) "
            "values ('Anna', 'anna', '2026-01-01', 'entry')"
        )
        for stage in ("new", "interested", "agreed"):
            leads.add(base, 1, NewLead(TODAY - timedelta(9), stage), "olga")
    order = list(STAGES)
    for number, (word, one, other) in enumerate(acts):
        here, there = order[one % len(order)], order[other % len(order)]
        try:
            with write(base, ACT):
                arrange(base, word, here, there, one if word not in {"add", "drop", "move"} else 0)
        except Conflict:
            continue
        except ClientbaseError:
            assert here == there  # behind itself, or its own heir
            continue
        finally:
            chain(base)
        if word == "add":
            order.insert(order.index(there) + 1, f"{here}{number}")
            with write(base, ACT):
                stages.rename(base, f"{here}+", f"{here}{number}")
        elif word == "drop":
            order.remove(here)
        elif word == "move":
            order.remove(here)
            order.insert(order.index(there) + 1, here)
        assert stages.names(base) == order
    base.close()


def arrange(base: Base, word: str, here: str, there: str, lead: int) -> None:
    step = Step(TODAY, "olga")
    if word == "add":
        stages.add(base, f"{here}+", Spot(there), None)
    elif word == "drop":
        stages.drop(base, here, there, TODAY, "olga")
    elif word == "move":
        stages.move(base, here, Spot(there))
    elif word in {"advance", "back", "reopen"}:
        getattr(leads, word)(base, lead, None, step, TODAY)
    elif word == "lose":
        leads.lose(base, lead, "price", step, TODAY)
    elif word == "win":
        leads.win(base, lead, sold(base), TODAY, "olga")
    else:
        leads.reopen_won_by(base, places.place_of(base, lead).sale_id or 0, step)
