"""The funnel against a plain reading of random paths of leads, and its laws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import funnel
from clientbase.analysis.period import Period
from clientbase.db import settings
from clientbase.db.journal import write
from clientbase.errors import Misuse, NotFound
from facts.conftest import ACT
from facts.plain import quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.db.connection import Base
    from clientbase.table import Table

LAST = date(2026, 11, 21)
FIRST = LAST - timedelta(days=40)
STAGES = ("new", "contacted", "interested", "offer", "agreed")
WARMTH = ("cold", "cold", "warm", "warm", "hot")
IDLE = 7


@dataclass(frozen=True)
class Move:
    """A move on a day: to which stage (from 0), and what became of the lead there."""

    day: date
    stage: int
    state: str
    warmth: str
    reason: str | None = None


@dataclass(frozen=True)
class Path:
    """A lead by its moves, with what else the report asks for; `talk` is the day of a talk."""

    moves: tuple[Move, ...]
    channel: int | None = None
    manager: str | None = None
    expects: int | None = None
    talk: date | None = None

    def until(self, day: date) -> Path | None:
        """Return the path as it was on a day, None before it began."""
        known = tuple(move for move in self.moves if move.day <= day)
        talk = self.talk if self.talk and self.talk <= day else None
        return replace(self, moves=known, talk=talk) if known else None


@st.composite
def paths(draw: st.DrawFn) -> Path:
    """Leads that go on, skip, come back, warm up, are lost, won, and opened again."""
    day = draw(st.dates(FIRST, LAST))
    stage = draw(st.sampled_from([0, 0, 0, 1, 3]))
    made = [Move(day, stage, "open", WARMTH[stage])]
    words = ["go", "go", "go", "go", "warm", "lose", "lose", "win", "again", "again"]
    for word in draw(st.lists(st.sampled_from(words), max_size=8)):
        last = made[-1]
        day = min(last.day + timedelta(days=draw(st.integers(0, 9))), LAST)
        if last.state == "open" and word == "go":
            to = draw(st.sampled_from([n for n in range(5) if n != last.stage]))
            made.append(Move(day, to, "open", WARMTH[to]))
        elif last.state == "open" and word == "warm":
            made.append(Move(day, last.stage, "open", draw(st.sampled_from(["cold", "hot"]))))
        elif last.state == "open" and word == "lose":
            reason = draw(st.sampled_from(["price", "junk", "delay"]))
            made.append(Move(day, last.stage, "lost", last.warmth, reason))
        elif last.state == "open" and word == "win":
            made.append(Move(day, last.stage, "won", last.warmth))
        elif last.state != "open" and word == "again":
            to = draw(st.just(last.stage) | st.integers(0, 4))
            made.append(Move(day, to, "open", WARMTH[to]))
    return Path(
        tuple(made),
        draw(st.sampled_from([None, 1, 2])),
        draw(st.sampled_from([None, "Olga", "olga", "Ivan"])),
        draw(st.sampled_from([None, 0, 10_000])),
        draw(st.none() | st.dates(FIRST, LAST)),
    )


def fill(base: Base, book: Sequence[Path]) -> None:
    """Write leads into an empty base, each of a contact of its own."""
    for number, name in enumerate(("site", "flyer"), start=1):
        base.execute(
            "insert or ignore into channel (id, name, name_key) values (?, ?, ?)",
            (number, name, name),
        )
    for number, path in enumerate(book, start=1):
        first, last = path.moves[0], path.moves[-1]
        base.execute(
            "insert into contact (id, name, name_key, entered_on, entered_by)"
            " values (?, ?, ?, ?, 'lead')",
            (number, f"P{number}", f"p{number}", first.day.isoformat()),
        )
        base.execute(
            "insert into lead (id, contact_id, state, stage_id, temperature, channel_id, manager,"
            " expects, opened_on, closed_on, lost_reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(number, number, last.state, last.stage + 1, last.warmth),
                *(path.channel, path.manager, path.expects, first.day.isoformat()),
                *(None if last.state == "open" else last.day.isoformat(), last.reason),
            ),
        )
        if path.talk:
            base.execute(
                "insert into activity (contact_id, kind, happened_on, what, who)"
                " values (?, 'call', ?, '', '')",
                (number, path.talk.isoformat()),
            )
    for number, path in enumerate(book, start=1):
        for move in path.moves:
            base.execute(
                "insert into stage_move (lead_id, moved_on, to_stage_id, to_state,"
                " to_temperature, reason, who) values (?, ?, ?, ?, ?, ?, '')",
                (number, move.day.isoformat(), move.stage + 1, *_end(move)),
            )


def _end(move: Move) -> tuple[str, str, str | None]:
    return move.state, move.warmth, move.reason


def reached(path: Path, stage: int) -> bool:
    """Tell whether a lead came to a stage or beyond it."""
    return path.moves[-1].state == "won" or any(move.stage >= stage for move in path.moves)


def stood(path: Path, stage: int) -> bool:
    """Tell whether a lead was at a stage."""
    return any(move.stage == stage for move in path.moves)


def days_at(path: Path, stage: int) -> int | None:
    """Return how many days a lead was open at a stage, None where it never was or still is."""
    last = path.moves[-1]
    if not stood(path, stage) or (last.state == "open" and last.stage == stage):
        return None
    days = 0
    for move, after in zip(path.moves, path.moves[1:], strict=False):
        if move.state == "open" and move.stage == stage:
            days += (after.day - move.day).days
    return days


def spread(found: Sequence[int]) -> tuple[Fraction | None, Fraction | None]:
    """Return the median and the 90% quantile."""
    values = [Fraction(days) for days in sorted(found)]
    if not values:
        return None, None
    return quantile(values, Fraction(1, 2)), quantile(values, Fraction(9, 10))


def share(part: int, whole: int) -> Any:
    """Return a percent, None of nothing."""
    return pytest.approx(100 * part / whole) if whole else None


def row_of(real: Sequence[Path], junk: Sequence[Path], stage: int) -> tuple[Any, ...]:
    """Work out the row of a stage."""
    here = [path for path in real if reached(path, stage)]
    ends = [path.moves[-1] for path in here]
    went = [path for path in here if reached(path, stage + 1)]
    fell = [path for path in here if path.moves[-1].state == "lost" and path not in went]
    won = sum(end.state == "won" for end in ends)
    lost = sum(end.state == "lost" for end in ends)
    days = spread([n for path in real if (n := days_at(path, stage)) is not None])
    back, again = 0, 0
    for path in here:
        pairs = list(zip(path.moves, path.moves[1:], strict=False))
        into = [(a, b) for a, b in pairs if b.stage == stage and b.state == "open"]
        back += any(a.state == "open" and a.stage > stage for a, b in into)
        again += any(a.state != "open" for a, b in into)
    return (
        *(STAGES[stage], WARMTH[stage], len(here)),
        sum(end.state == "open" and end.stage == stage for end in ends),
        len(went),
        sum(end.state == "lost" and end.stage == stage for end in ends),
        *(share(len(went), len(went) + len(fell)), share(won, won + lost), *map(near, days)),
        *(back, sum(not stood(path, stage) for path in here), again),
        *(won, len(here) - won - lost, sum(p.moves[-1].stage == stage for p in junk)),
        *(stage + 1, None),
    )


def near(value: Fraction | None) -> Any:
    """Return what a number of days is compared with."""
    return None if value is None else pytest.approx(float(value))


def chosen(book: Sequence[Path], day: date, wish: funnel.Wish) -> list[tuple[int, Path]]:
    """Return the leads that a wish is about, as of a day, with their numbers."""
    first = wish.period.first or date.min
    last = min(wish.period.last or day, day)
    found = []
    for number, path in enumerate(book, start=1):
        known = path.until(day)
        if known is None or not first <= path.moves[0].day <= last:
            continue
        if wish.channel and path.channel != {"site": 1, "flyer": 2}[wish.channel]:
            continue
        if wish.manager and (path.manager or "").lower() != wish.manager.lower():
            continue
        found.append((number, known))
    return found


def told(table: Table) -> list[tuple[object, ...]]:
    """Return the rows of a table."""
    return [tuple(row) for row in table.rows]


books = st.lists(paths(), min_size=1, max_size=8)
wishes = st.builds(
    funnel.Wish,
    st.builds(
        Period,
        st.none() | st.dates(FIRST, LAST - timedelta(days=20)),
        st.none() | st.dates(LAST - timedelta(days=20), LAST),
    ),
    st.sampled_from([None, None, "site"]),
    st.sampled_from([None, None, "OLGA"]),
)


@given(book=books, day=st.just(LAST) | st.dates(LAST - timedelta(days=20), LAST), wish=wishes)
def test_every_figure_is_what_the_paths_say(
    base: Base, book: list[Path], day: date, wish: funnel.Wish
) -> None:
    if wish.manager and not any((path.manager or "").lower() == "olga" for path in book):
        wish = wish._replace(manager=None)
    with write(base, ACT, dry_run=True):
        fill(base, book)
        table = funnel.report(base, day, wish=wish)
        rows, inside = told(table), {name: told(sub) for name, sub in table.tables.items()}
    known = chosen(book, day, wish)
    junk = [path for _n, path in known if path.moves[-1].reason == "junk"]
    real = [path for _n, path in known if path.moves[-1].reason != "junk"]
    if not known:
        assert rows == inside["idle"] == inside["outcomes"] == []
        return
    assert rows == [row_of(real, junk, stage) for stage in range(len(STAGES))]
    check_laws(rows, real)
    assert inside["outcomes"] == outcomes(real, junk)
    assert inside["temperatures"] == temperatures(real)
    assert inside["distance"] == distance(real)
    assert inside["lost_reasons"] == lost(real, junk)
    assert inside["idle"] == idle(known, day)


def check_laws(rows: Sequence[tuple[Any, ...]], real: Sequence[Path]) -> None:
    """Check what holds of any funnel."""
    advanced, entered = [row[4] for row in rows], [row[2] for row in rows]
    assert entered[0] == len(real)
    assert advanced == [*entered[1:], sum(path.moves[-1].state == "won" for path in real)]
    assert sum(row[3] for row in rows) + sum(row[5] for row in rows) + advanced[-1] == len(real)


def states(real: Sequence[Path]) -> dict[str, int]:
    """Count leads by what became of them."""
    ends = [path.moves[-1].state for path in real]
    return {state: ends.count(state) for state in ("won", "lost", "open")}


def outcomes(real: Sequence[Path], junk: Sequence[Path]) -> list[tuple[Any, ...]]:
    """Work out what became of the leads."""
    count = states(real)
    rows: list[tuple[Any, ...]] = [
        (name, leads, share(leads, len(real)), None) for name, leads in count.items()
    ]
    rows[0] = (*rows[0][:3], share(count["won"], count["won"] + count["lost"]))
    return [*rows, ("junk", len(junk), None, None)]


def expected(real: Sequence[Path]) -> int | None:
    """Add up what leads may bring."""
    amounts = [path.expects for path in real if path.expects is not None]
    return sum(amounts) if amounts else None


def temperatures(real: Sequence[Path]) -> list[tuple[Any, ...]]:
    """Work out how warm the open leads are."""
    here = [path for path in real if path.moves[-1].state == "open"]
    rows = []
    for warmth in ("cold", "warm", "hot") if here else ():
        such = [path for path in here if path.moves[-1].warmth == warmth]
        rows.append((warmth, len(such), share(len(such), len(here)), expected(such)))
    return rows


def distance(real: Sequence[Path]) -> list[tuple[Any, ...]]:
    """Work out how far the open leads are from the purchase."""
    rows: list[tuple[Any, ...]] = []
    for stage, name in enumerate(STAGES if real else ()):
        here = [p for p in real if p.moves[-1].state == "open" and p.moves[-1].stage == stage]
        won = [path for path in real if path.moves[-1].state == "won" and stood(path, stage)]
        days = [
            (path.moves[-1].day - next(m.day for m in path.moves if m.stage == stage)).days
            for path in won
        ]
        row = (name, len(STAGES) - 1 - stage, len(here), expected(here), len(won))
        rows.append((*row, *map(near, spread(days))))
    return rows


def lost(real: Sequence[Path], junk: Sequence[Path]) -> list[tuple[Any, ...]]:
    """Work out why leads were lost, junk apart."""
    whole = states(real)["lost"]
    rows: list[tuple[Any, ...]] = []
    for reason in ("price", "delay"):
        such = [path for path in real if path.moves[-1].reason == reason]
        if such:
            rows.append((reason, len(such), share(len(such), whole), expected(such)))
    rows.sort(key=lambda row: -row[1])
    return [*rows, ("junk", len(junk), None, expected(junk))] if junk else rows


def idle(known: Sequence[tuple[int, Path]], day: date) -> list[tuple[Any, ...]]:
    """Work out which open leads were left alone for too long."""
    rows = []
    for number, path in known:
        last = path.moves[-1]
        since = max(last.day, path.talk or last.day)
        days = (day - since).days
        if last.state == "open" and days >= IDLE:
            level = "red" if days >= 1.5 * IDLE else "amber"
            rows.append(
                (
                    number,
                    number,
                    f"P{number}",
                    STAGES[last.stage],
                    last.warmth,
                    days,
                    IDLE,
                    level,
                )
            )
    return sorted(rows, key=lambda row: (-int(str(row[5])), row[0]))


@given(book=books, day=st.dates(FIRST, LAST))
def test_a_past_day_is_a_base_that_ends_there(base: Base, book: list[Path], day: date) -> None:
    with write(base, ACT, dry_run=True):
        fill(base, book)
        then = funnel.report(base, day)
        seen = [told(then), *(told(sub) for name, sub in then.tables.items() if name != "idle")]
    with write(base, ACT, dry_run=True):
        fill(base, [path for whole in book if (path := whole.until(day))])
        now = funnel.report(base, day)
        assert seen == [
            told(now),
            *(told(sub) for name, sub in now.tables.items() if name != "idle"),
        ]


def way(*moves: tuple[int, int, str]) -> Path:
    """Return a lead by moves: a day of November, a stage, what became of it there."""
    return Path(
        tuple(
            Move(
                date(2026, 11, day),
                stage,
                state,
                WARMTH[stage],
                "price" if state == "lost" else None,
            )
            for day, stage, state in moves
        )
    )


def test_a_dropped_stage_is_told_of_those_who_stood_there_alone(base: Base) -> None:
    with write(base, ACT, dry_run=True):
        fill(
            base,
            [
                way((1, 0, "open"), (3, 1, "open"), (5, 1, "lost")),
                way((1, 0, "open"), (9, 2, "open")),
            ],
        )
        base.execute("update stage set dropped_on = '2026-11-10' where name = 'contacted'")
        after = [row[:6] + row[-1:] for row in told(funnel.report(base, LAST))]
        before = [row[:6] + row[-1:] for row in told(funnel.report(base, date(2026, 11, 9)))]
        left = [row[:3] for row in told(funnel.report(base, LAST).tables["distance"])]
    assert after[:3] == [
        ("new", "cold", 2, 0, 2, 0, None),
        ("contacted", "cold", 1, 0, 0, 1, "2026-11-10"),
        ("interested", "warm", 1, 1, 0, 0, None),
    ]
    assert before[1] == ("contacted", "cold", 2, 0, 1, 1, None)
    assert left == [("new", 3, 0), ("interested", 2, 1), ("offer", 1, 0), ("agreed", 0, 0)]


def test_a_stage_of_its_own_patience_and_a_setting(base: Base) -> None:
    with write(base, ACT, dry_run=True):
        fill(base, [way((17, 3, "open")), way((17, 0, "open")), way((6, 0, "open"))])
        base.execute("update stage set idle_after = 3 where name = 'offer'")
        settings.store(base, "idle.after", "10")
        table = funnel.report(base, LAST)
        rows = told(table.tables["idle"])
    assert [row[0] for row in rows] == [3, 1]
    assert [row[5:8] for row in rows] == [(15, 10, "red"), (4, 3, "amber")]
    assert any("for 10 days" in note for note in table.notes)


def test_no_leads_no_rows_and_a_sentence(base: Base) -> None:
    table = funnel.report(base, LAST)
    assert (told(table), table.notes) == ([], [])
    assert table.empty == "No leads yet; write one down with: clientbase lead add NAME --phone P"
    assert all(told(sub) == [] for sub in table.tables.values())


def test_unknown_names_and_a_period_backwards_are_refused(base: Base) -> None:
    with pytest.raises(NotFound):
        funnel.report(base, LAST, wish=funnel.Wish(channel="site"))
    with pytest.raises(NotFound):
        funnel.report(base, LAST, wish=funnel.Wish(manager="Olga"))
    backwards = Period(LAST, LAST - timedelta(days=1))
    with pytest.raises(Misuse):
        funnel.report(base, LAST, wish=funnel.Wish(backwards))
