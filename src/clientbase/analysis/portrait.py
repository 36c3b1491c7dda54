"""The portrait of a segment: who is in it, against the whole base, what stands out first."""

from __future__ import annotations

import json
from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.statements import statements
from clientbase.facts import compose, definitions, left_out, owning, rules, segments
from clientbase.facts.quantiles import middle
from clientbase.facts.reading import read
from clientbase.facts.smallness import SMALL
from clientbase.normal import fold
from clientbase.table import Bars, Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.facts.catalogue import Fact
    from clientbase.facts.segments import Segment
    from clientbase.table import Row

SQL = statements(__file__)

# A value that fewer have, and should have by its share of the base, stands out by chance.
LEAST = 5
COLUMNS = columns(
    "attribute",
    "value",
    "contacts:number",
    "share:percent",
    "base_share:percent",
    "index:number",
    "known:number",
    "base_contacts:number",
    "z:number",
)
_TYPICAL = columns(
    "of",
    "contacts:number",
    "clients:number",
    "typical_order:money",
    "orders:number",
    "revenue:money",
    "days_since_sale:number",
)
_MEASURES = ("typical_order", "orders", "revenue", "days_since_sale")
# What there is one of, as the statement gives it.
_PLAIN = (
    "kind",
    "sex",
    "age",
    "city",
    "region",
    "occupation",
    "channel",
    "preferred_channel",
    "hours",
    "manager",
    "frequency_class",
    "value_class",
    "weekday",
)
_OF_NO_FACT = ("hours", "weekday")
_FACTS = (
    "contact_id",
    "last_sale_on",
    *_MEASURES,
    *(name for name in _PLAIN if name not in _OF_NO_FACT),
)
_WEEK = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
# What a rule asks for by a fact of another name.
_BEHIND = {
    "birthday": ("age",),
    "has": ("tag",),
    "tags": ("tag",),
    "orders": ("frequency_class",),
    "base": ("frequency_class", "value_class"),
}


class _Count(NamedTuple):
    """How many have a value, in the base and in the segment; None is of how many it is known."""

    attribute: str
    value: str | None
    base: int
    inside: int


def report(base: Base, name: str, today: date) -> Table:
    """Return how those in a segment differ from everybody in the base as of a day.

    With a table of typical figures. Raises NotFound for an unknown segment, Refused for a rule
    that does not read any more.
    """
    segment = segments.named(base, name)
    rule = rules.compiled(base, segment.rule)
    ids = rules.chosen(base, rule, today)
    asked = {name for fact in rule.facts for name in _asked(base, fact)}
    everyone: list[Row] = read(base, _FACTS, today, SQL["contacts"]).fetchall()
    chosen = set(ids)
    inside = [row for row in everyone if row[0] in chosen]
    found = list(_counts(base, everyone, inside, today)) if inside else []
    counts = [count for count in found if fold(count.attribute) not in asked]
    rows = _rows(counts)
    table = Table("portrait", COLUMNS, rows, as_of=today.isoformat(), count=lambda: len(rows))
    table.essential = ("attribute", "value", "share", "base_share", "index")
    table.keys = ("attribute", "value")
    table.picture = Bars("value", ("index",))
    table.empty = _empty(segment, today, inside)
    table.tables["typical"] = _typical(everyone, inside)
    left = sorted({count.attribute for count in found} - {count.attribute for count in counts})
    table.notes = _notes(base, today, segment, (len(inside), len(everyone)), left)
    return table


def _asked(base: Base, fact: Fact) -> Iterator[str]:
    """Give the attributes that a fact of the rule is made of."""
    yield from _BEHIND.get(fact.name, (fold(fact.name),))
    things = owning.asked(base, fact)
    if things:
        yield fold(f"{things.kind.name}: {things.field.name}") if things.field else "thing"


def _counts(
    base: Base, everyone: Sequence[Row], inside: Sequence[Row], today: date
) -> Iterator[_Count]:
    yield from _plain(everyone, inside)
    values = {
        "ids": json.dumps([row[0] for row in inside]),
        "everyone": json.dumps([row[0] for row in everyone]),
        "today": today.isoformat(),
        "least": LEAST,
    }
    for name in ("tags", "things", "fields"):
        yield from map(_Count._make, base.execute(SQL[name], values))
    # Who has no tag, and nothing that belongs to them, is known to have none.
    yield from (_Count(name, None, len(everyone), len(inside)) for name in ("tag", "thing"))
    yield from _products(base, {str(row[0]) for row in inside}, today)


def _plain(everyone: Sequence[Row], inside: Sequence[Row]) -> Iterator[_Count]:
    """Count what there is one of, and of how many contacts it is known."""
    told = (list(zip(*rows, strict=True))[-len(_PLAIN) :] for rows in (everyone, inside))
    for name, values, here in zip(_PLAIN, *told, strict=True):
        known, among = Counter(values), Counter(here)
        del known[None], among[None]
        for value, count in known.items():
            shown_as = _WEEK[int(value)] if name == "weekday" else value
            yield _Count(name, shown_as, count, among[value])
        if known:
            yield _Count(name, None, known.total(), among.total())


def _products(base: Base, inside: set[str], today: date) -> Iterator[_Count]:
    names = dict(base.execute(SQL["product_names"]))
    everyone: set[str] = set()
    values = {"today": today.isoformat()}
    for product, listed in base.execute(compose.of_sales(SQL["products"]), values):
        bought = set(listed.split(","))
        everyone |= bought
        yield _Count("product", names[product], len(bought), len(bought & inside))
    if everyone:
        yield _Count("product", None, len(everyone), len(everyone & inside))


def _rows(counts: Iterable[_Count]) -> list[Row]:
    counted = list(counts)
    known = {count.attribute: count for count in counted if count.value is None}
    rows = [_row(count, known[count.attribute]) for count in counted if count.value is not None]
    shown = [row for row in rows if row is not None]
    # Where everybody is alike, nothing stands out: such rows come last of all.
    return sorted(
        shown,
        key=lambda row: (row[8] is None, _by_chance(row), -abs(row[8] or 0.0), row[0], -row[2]),
    )


def _row(count: _Count, known: _Count) -> Row | None:
    """Return the row of a value, None where nobody has it, and hardly anybody should."""
    expected = known.inside * count.base / known.base
    if not known.inside or (not count.inside and expected < LEAST):
        return None
    share, usual = 100 * count.inside / known.inside, 100 * count.base / known.base
    index = round(100 * share / usual)
    z = _surprise(count, known)
    told = (count.attribute, count.value, count.inside, share, usual, index)
    return (*told, known.inside, count.base, z)


def _surprise(count: _Count, known: _Count) -> float | None:
    """Return how many standard deviations the count lies from what a draw by lot would give."""
    share = count.base / known.base
    rest = (known.base - known.inside) / max(known.base - 1, 1)
    variance = known.inside * share * (1 - share) * rest
    if variance <= 0:
        return None
    return round((count.inside - known.inside * share) / sqrt(variance), 2)


def _by_chance(row: Row) -> bool:
    expected: float = row[4] * row[6] / 100
    return bool(row[2] < LEAST and expected < LEAST)


def _typical(everyone: Sequence[Row], inside: Sequence[Row]) -> Table:
    lines = [_medians("base", everyone), _medians("segment", inside)] if inside else []
    return Table("typical", _TYPICAL, lines, keys=("of",))


def _medians(name: str, contacts: Sequence[Row]) -> Row:
    # A client has orders.
    clients = [row[1 : 1 + len(_MEASURES)] for row in contacts if row[2]]
    middles = [middle(sorted(values)) for values in zip(*clients, strict=True)]
    return (name, len(contacts), len(clients), *(middles or [None] * len(_MEASURES)))


def _empty(segment: Segment, today: date, inside: Sequence[Row]) -> str:
    if inside:
        return _("Nothing is known of them yet but what the segment is made of.")
    words = _("Nobody is in {name} on {day}. How many are in each: clientbase segment list")
    return Sentence(words, name=segment.name, day=today)


def _notes(
    base: Base, today: date, segment: Segment, sizes: tuple[int, int], left: Sequence[str]
) -> list[str]:
    count, everyone = sizes
    told = ngettext(
        "{count} contact of {all} is in {name}: {rule}",
        "{count} contacts of {all} are in {name}: {rule}",
        count,
    )
    found: list[str] = [
        Sentence(
            told, count=grouped(count), all=grouped(everyone), name=segment.name, rule=segment.rule
        )
    ]
    if count:
        found.append(
            _(
                "Shares are of those of whom it is known; index 100 is as in the whole base. What "
                "is least likely to be chance comes first (z: over 2 either way); what fewer than "
                "{least} have comes last. Somebody may have several tags, things and products; the "
                "weekday is that of the last purchase."
            ).format(least=LEAST)
        )
    if 0 < count < SMALL:
        found.append(_("Below {least} contacts much is chance.").format(least=SMALL))
    if left:
        words = _("Left out, because the segment is made of it: {names}.")
        found.append(Sentence(words, names=list(left)))
    found += definitions.notes(base, today, ("frequency_class", "value_class") if count else ())
    return found + left_out.not_yet(base, today)
