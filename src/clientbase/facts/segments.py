"""Segments: named rules over the facts, built in or the owner's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.errors import Conflict, NotFound, Refused
from clientbase.facts import definitions, left_out, letters, listing, rfm, rules, tokens
from clientbase.facts.catalogue import BASES, FREQUENCY, VALUE
from clientbase.facts.reading import read
from clientbase.normal import clean_text, fold, shown
from clientbase.table import Table, columns
from clientbase.words import N_, _

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

LONGEST_NAME = 60
KIND = "segment_rules"
COLUMNS = columns("segment", "rule", "about", "contacts:number")
_FACTS = ("frequency_class", "value_class", "base", "abc", "sleeping", "late")


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment: its name, its rule, and its definition where it is built in."""

    name: str
    rule: str
    about: str = ""


def _built_in() -> dict[str, Segment]:
    often, dear = "frequency_class", "value_class"
    found = [
        *(Segment(name, _is(often, name), definitions.FREQUENCY[name]) for name in FREQUENCY),
        *(Segment(name, _is(dear, name), definitions.VALUE[name]) for name in VALUE),
    ]
    found += [
        Segment(f"{one}-{other}", " and ".join((_is(often, one), _is(dear, other))))
        for one in FREQUENCY
        for other in VALUE
    ]
    found += [Segment(f"base:{kind}", _is("base", kind), definitions.BASE[kind]) for kind in BASES]
    found += [Segment(f"rfm:{slug(name)}", _is("rfm_segment", name)) for name in rfm.SEGMENTS]
    found += [
        Segment(f"abc:{letter}", _is("abc", letter), definitions.ABC[letter])
        for letter in letters.ABC
    ]
    found += [Segment(name, rule, about) for name, rule, about in _OTHERS]
    return {fold(segment.name): segment for segment in found}


def _is(fact: str, value: str) -> str:
    quoted = value.replace("'", "''")
    return f"{fact} = '{quoted}'"


def slug(name: str) -> str:
    """Return how a segment of RFM is typed: `Can't Lose Them` is `cant-lose-them`."""
    return name.lower().replace(" ", "-").replace("'", "")


_OTHERS = (
    ("sleeping", "sleeping", definitions.SLEEPING),
    ("late", "late", definitions.LATE),
    (
        "key",
        " or ".join((_is("base", "vip"), _is("base", "partner"))),
        N_("clients to look after in person"),
    ),
)
BUILT_IN = _built_in()


def named(base: Base, name: str) -> Segment:
    """Return a segment by its name in any letter case. Raises NotFound with the nearest one."""
    key = fold(name)
    if key in BUILT_IN:
        return BUILT_IN[key]
    row = base.execute(SQL["one"], {"key": key}).fetchone()
    if row:
        return Segment(row[1], row[2])
    from clientbase.nearest import meant

    raise NotFound(
        _("there is no segment {name}").format(name=shown(name)),
        hint=meant(name, names(base), _("clientbase segment list shows them all")),
    )


def names(base: Base) -> list[str]:
    """Return the names of all segments, built in first."""
    return [segment.name for segment in (*BUILT_IN.values(), *_own(base))]


def ids(base: Base, name: str, today: date) -> list[int]:
    """Return the ids of the contacts in a segment as of a day. Raises NotFound and Refused."""
    rule = rules.compiled(base, named(base, name).rule)
    return rules.chosen(base, rule, today)


def members(base: Base, name: str, today: date, *, way: str | None = None) -> Table:
    """Return the contacts in a segment as of a day, as the list of contacts shows them.

    With a way: those who may be reached by it; without, a note tells how many don't wish to be.
    Raises NotFound for an unknown name, Refused for a rule that does not read any more, Misuse for
    an unknown way.
    """
    segment = named(base, name)
    ids, notes = listing.fitting(base, today, segment.rule)
    table = listing.contacts(base, today, ids=ids, way=way)
    if way is None:
        from clientbase.people import reaching

        table.aloud = reaching.unwilling(base, ids)
    table.notes = [*notes, *table.aloud]
    table.title = _("{name}: {rule}").format(name=segment.name, rule=segment.rule)
    return table


def all_segments(base: Base, today: date) -> Table:
    """Return every segment with its rule and how many contacts are in it as of a day."""
    notes: list[str] = []
    sizes = _sizes(base, today, notes)
    rows = [
        (segment.name, segment.rule, _about(base, segment), size)
        for segment, size in zip(BUILT_IN.values(), sizes, strict=True)
    ]
    rows += [_row(segment, _size(base, segment, today, notes)) for segment in _own(base)]
    notes += definitions.notes(base, today, ("value_class", "frequency_class"))
    notes += left_out.not_yet(base, today)
    keys = ("segment", "rule", "about")
    return Table(KIND, COLUMNS, rows, notes=notes, as_of=today.isoformat(), keys=keys)


def define(base: Base, name: str, rule: str, today: date, *, replace: bool = False) -> Table:
    """Keep a segment of the owner's and return it with how many are in it now.

    Raises Refused for a name or a rule that does not read, Conflict for a name that is taken.
    """
    name = _checked_name(name)
    checked = rules.compiled(base, rule)
    key, text = fold(name), clean_text(rule, limit=tokens.LONGEST)
    values = {"name": name, "key": key, "rule": text, "today": today.isoformat()}
    known = base.execute(SQL["one"], {"key": key}).fetchone()
    if known and not replace and known[2] != text:
        raise Conflict(
            _("there is a segment {name} already: {rule}").format(name=known[1], rule=known[2]),
            hint=_("give it the new rule with --replace, or take another name"),
        )
    size = len(rules.chosen(base, checked, today))
    if known is None or tuple(known[1:]) != (name, text):
        base.execute(SQL["change" if known else "add"], values)
    return Table(KIND, COLUMNS, [_row(Segment(name, text), size)], as_of=today.isoformat())


def drop(base: Base, name: str, today: date) -> Table:
    """Take a segment of the owner's away and return it. Raises NotFound, Refused if built in."""
    segment = named(base, name)
    if fold(segment.name) in BUILT_IN:
        raise Refused(
            _("{name} is built in").format(name=segment.name),
            hint=_("only segments of your own can be dropped"),
        )
    notes: list[str] = []
    row = _row(segment, _size(base, segment, today, notes))
    base.execute(SQL["drop"], {"key": fold(segment.name)})
    return Table(KIND, COLUMNS, [row], notes=notes, as_of=today.isoformat())


def _about(base: Base, segment: Segment) -> str:
    return definitions.told(base, segment.about) if segment.about else _("built in")


def _row(own: Segment, size: int | None) -> Row:
    return own.name, own.rule, _("a segment of yours"), size


def _own(base: Base) -> list[Segment]:
    return [Segment(name, rule) for name, rule in base.execute(SQL["own"])]


def _checked_name(text: str) -> str:
    name = clean_text(text, limit=LONGEST_NAME, required=True)
    if fold(name) in BUILT_IN or ":" in name or name.startswith("-"):
        raise Refused(
            _("a segment of yours can't be called {name}").format(name=shown(name)),
            hint=_("built-in segments are called so; choose another name, such as {name}").format(
                name=f"my-{slug(name).replace(':', '-').strip('-')}"
            ),
        )
    return name


def _size(base: Base, segment: Segment, today: date, notes: list[str]) -> int | None:
    try:
        return len(rules.chosen(base, rules.compiled(base, segment.rule), today))
    except Refused as error:
        notes.append(f"{segment.name}: {error.message}")
        return None


def _sizes(base: Base, today: date, notes: list[str]) -> list[int | None]:
    """Return how many contacts are in each built-in segment, counted in two goes for all."""
    found: dict[str, int | None] = dict.fromkeys(BUILT_IN, 0)
    for often, dear, kind, letter, sleeping, late, count in read(base, _FACTS, today, SQL["sizes"]):
        of_row = {often, dear, f"{often}-{dear}", f"base:{kind}", fold(f"abc:{letter}")}
        of_row |= {name for name, fits in (("sleeping", sleeping), ("late", late)) if fits}
        of_row |= {"key"} if kind in {"vip", "partner"} else set()
        for name in of_row & found.keys():
            found[name] = (found[name] or 0) + count
    return list((found | _scored(base, today, notes)).values())


def _scored(base: Base, today: date, notes: list[str]) -> dict[str, int | None]:
    names = {name: f"rfm:{slug(name)}" for name in rfm.SEGMENTS}
    try:
        rows = read(base, ("rfm_segment",), today, SQL["scored"], scope="clients").fetchall()
    except Refused as error:
        notes.append(f"rfm: {error.message}")
        return dict.fromkeys(names.values())
    return dict.fromkeys(names.values(), 0) | {names[name]: count for name, count in rows}
