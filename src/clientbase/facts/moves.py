"""Who came into a segment and who left it between two days, and how the clients moved."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.errors import Refused
from clientbase.facts import definitions, left_out, rfm, rules, segments, smallness
from clientbase.facts.catalogue import CELLS
from clientbase.facts.reading import read
from clientbase.table import Pivot, Table, columns
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.table import Row

MEMBERS = columns(
    "contact_id:id",
    "external_id",
    "name",
    "move",
    "orders:number",
    "orders_then:number",
    "revenue:money",
    "revenue_then:money",
    "last_sale_on:date",
)
SUMMARY = columns("what", "contacts:number", "revenue:money")
GRID = columns(
    "from_segment", "to_segment", "clients:number", "revenue_then:money", "revenue:money"
)
CAME, LEFT = "came", "left"
NOBODY = "none"
_TOLD = ("contact_id", "external_id", "name", "name_key", "orders", "revenue", "last_sale_on")
_CLASSES = ("contact_id", "revenue", "frequency_class", "value_class")


# The segment of each client on a day, and what the client had brought.
Places = dict[int, tuple[str, int]]


class Days(NamedTuple):
    """The two days that are compared: as of the end of each."""

    first: date
    last: date

    def note(self) -> str:
        """Say which days these are."""
        told = _("As of {first} and as of {last}.")
        return Sentence(told, first=self.first, last=self.last)


def of_segment(base: Base, name: str, days: Days) -> Table:
    """Return who came into a segment and who left it, and how many stayed.

    Raises NotFound for an unknown name, Refused for a rule that does not read any more.
    """
    segment = segments.named(base, name)
    rule = rules.compiled(base, segment.rule)
    then, now = (set(rules.chosen(base, rule, day)) for day in days)
    table = Table("segment_moves", MEMBERS, _members(base, then, now, days))
    table.as_of = days.last.isoformat()
    table.title = _("{name}: {rule}").format(name=segment.name, rule=segment.rule)
    table.keys = ("contact_id", "external_id", "name")
    table.essential = ("contact_id", "name", "move", "revenue", "last_sale_on", "orders")
    table.empty = _("Nobody came in and nobody left.")
    table.notes = [
        days.note(),
        *definitions.notes(base, days.last, (fact.name for fact in rule.facts)),
    ]
    table.tables["summary"] = _summary(base, then, now, days)
    return table


def of_all(base: Base, days: Days) -> Table:
    """Return how the clients moved between segments of RFM, and between the nine cells.

    From where to where, how many, and what they had brought by each day.
    """
    notes: list[str] = []
    then, now = (_places(base, day, notes) for day in days)
    of_rfm, of_cells = zip(then, now, strict=True)
    table = _grid(*of_rfm, rfm.SEGMENTS)
    table.notes = [days.note(), *dict.fromkeys(notes)]
    table.notes.append(_("Borders are those of each day; none is who was no client on it."))
    table.notes += smallness.notes(len(of_cells[1]))
    table.empty = left_out.no_clients(base, days.last)
    table.as_of = days.last.isoformat()
    matrix = _grid(*of_cells, CELLS)
    matrix.kind, matrix.title = "matrix", _("How often and how dear they buy")
    table.title = _("Segments of RFM")
    matrix.notes = definitions.notes(base, days.last, ("frequency_class", "value_class"))
    table.tables["moved"] = _moved(table, _("Who moved between segments of RFM"))
    table.tables["matrix"] = matrix
    table.tables["matrix_moved"] = _moved(matrix, _("Who moved between the cells"))
    return table


def _members(base: Base, then: set[int], now: set[int], days: Days) -> list[Row]:
    moved = sorted(then ^ now)
    before = {row[0]: row for row in _known(base, moved, days.first)}
    found = []
    for contact, code, name, key, orders, revenue, last in _known(base, moved, days.last):
        earlier = before.get(contact)
        old = (0, 0) if earlier is None else (earlier[4], earlier[5])
        move = CAME if contact in now else LEFT
        row = (contact, code, name, move, orders, old[0], revenue, old[1], last)
        found.append((move, key, contact, row))
    return [row for *_order, row in sorted(found)]


def _known(base: Base, contacts: Sequence[int], day: date) -> list[Sequence[Any]]:
    values = {"ids": json.dumps(contacts)}
    return read(base, _TOLD, day, scope="these", values=values).fetchall()


def _summary(base: Base, then: set[int], now: set[int], days: Days) -> Table:
    parts = (
        ("then", then, days.first),
        (CAME, now - then, days.last),
        (LEFT, then - now, days.last),
        ("stayed", then & now, days.last),
        ("now", now, days.last),
    )
    rows = [(what, len(who), _money(base, who, day)) for what, who, day in parts]
    return Table("summary", SUMMARY, rows, title=_("How many, and what they had brought"))


def _money(base: Base, contacts: Iterable[int], day: date) -> int:
    values = {"ids": json.dumps(sorted(contacts))}
    rows = read(base, ("revenue",), day, scope="these", values=values)
    return sum(revenue for (revenue,) in rows)


def _places(base: Base, day: date, notes: list[str]) -> tuple[Places, Places]:
    """Return where the clients were on a day: in segments of RFM, and in the nine cells.

    Where fixed cuts do not fit, nobody is in the former, and a note says why.
    """
    try:
        rows = read(base, (*_CLASSES, "rfm_segment"), day, scope="clients").fetchall()
    except Refused as error:
        notes.append(f"rfm: {error.message}")
        rows = [(*row, None) for row in read(base, _CLASSES, day, scope="clients")]
    scored = {row[0]: (row[4], row[1]) for row in rows if row[4]}
    return scored, {row[0]: (f"{row[2]}-{row[3]}", row[1]) for row in rows}


def _grid(then: Places, now: Places, names: Sequence[str]) -> Table:
    """Return from where to where the clients moved; who is no client on a day stands last."""
    counted: Counter[tuple[str, str]] = Counter()
    before: Counter[tuple[str, str]] = Counter()
    money: Counter[tuple[str, str]] = Counter()
    for contact in then.keys() | now.keys():
        origin, old = then.get(contact, (NOBODY, 0))
        target, new = now.get(contact, (NOBODY, 0))
        counted[origin, target] += 1
        before[origin, target] += old
        money[origin, target] += new
    order = [*names, NOBODY]
    origins = [name for name in order if any(pair[0] == name for pair in counted)]
    targets = [name for name in order if any(pair[1] == name for pair in counted)]
    pairs = [(origin, target) for origin in origins for target in targets]
    rows = [(*pair, counted[pair], before[pair], money[pair]) for pair in pairs]
    table = Table("moves", GRID, rows, keys=("from_segment", "to_segment"))
    table.layout = Pivot("from_segment", "to_segment", ("clients", "revenue"), heat="clients")
    return table


def _moved(table: Table, title: str) -> Table:
    """Return the moves of a grid from one segment to another as a list, the most clients first."""
    rows = [row for row in table.rows if row[2] and row[0] != row[1]]
    rows.sort(key=lambda row: (-row[2], -row[4]))
    return Table(f"{table.kind}_moved", GRID, rows, title=title, keys=table.keys)
