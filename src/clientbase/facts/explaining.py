"""Why a contact is in a segment or not: each part of its rule, and what would change it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase import clock
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.errors import NotFound
from clientbase.facts import (
    behind,
    bordering,
    changing,
    clauses,
    definitions,
    owning,
    rules,
    scores,
    segments,
)
from clientbase.facts.catalogue import FACTS, Fact
from clientbase.facts.reading import read
from clientbase.facts.thresholds import borders
from clientbase.table import Table, columns
from clientbase.words import Sentence, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.db.connection import Base
    from clientbase.facts.changing import Case, Step
    from clientbase.facts.clauses import Clause
    from clientbase.table import Row

SQL = statements(__file__)

COLUMNS = columns("part", "fact", "value", "border", "holds:flag", "came_from", "change")
SALES = columns(
    "sale_id:id", "sold_on:date", "amount:money", "refunded:money", "order:flag", "in_window:flag"
)
_SCORES = ("rfm_r", "rfm_f", "rfm_m")
# Facts that the last order decides, the first, and all of them.
_OF_LAST = frozenset({"last_sale_on", "days_since_sale", "days_asleep", "days_late", "r", "rfm_r"})
_OF_FIRST = frozenset({"first_sale_on", "days_since_first_sale"})
_OF_ALL = frozenset(
    str.split(
        "orders revenue ltv average_order median_order orders_in_window frequency_class "
        "value_class rhythm_days long_gap_days gap_cv sleeping late abc xyz f m rfm_f rfm_m rfm "
        "rfm_segment base"
    )
)


class Order(NamedTuple):
    """A sale that is an order."""

    sale_id: int
    day: date


def explain(base: Base, name: str, contact: int, today: date) -> Table:
    """Return why a contact is in a segment as of a day, or is not.

    The first row is the segment as a whole, named in place of a fact; the others are the parts.
    Raises NotFound for an unknown segment, and for a contact that came later; Refused for a rule
    that does not read any more.
    """
    segment = segments.named(base, name)
    words = rules.words(base, segment.rule)
    parts = clauses.split(segment.rule, words)
    fits, *holds = rules.of_one(base, segment.rule, contact, today, [part.words for part in parts])
    facts = {word.fact.part: word.fact for word in words if word.fact}
    known = _known(base, facts, contact, today)
    sales = base.execute(SQL["sales"], {"contact": contact, "today": today.isoformat()}).fetchall()
    orders = [Order(sale, date.fromisoformat(day)) for sale, day, _a, _r, order in sales if order]
    days = [order.day for order in orders]
    low_high = borders(base, today)
    case = changing.Case(base, today, contact, settings.read(base), known, low_high, days)
    rows: list[Row] = [(segment.rule, segment.name, None, None, fits, None, None)]
    for part, held in zip(parts, holds, strict=True):
        rows += _of_part(case, part, held, orders)
    return _table(case, segment, rows, _sales(case, sales), fits=fits)


def _table(
    case: Case, segment: segments.Segment, rows: list[Row], sales: Table, *, fits: bool
) -> Table:
    told = _("{who} is in {name}: {rule}") if fits else _("{who} is not in {name}: {rule}")
    who, names = case.known["name"], [row[1] for row in rows[1:]]
    table = Table("explanation", COLUMNS, rows, as_of=case.today.isoformat())
    table.title = told.format(who=who, name=segment.name, rule=segment.rule)
    table.essential = ("fact", "value", "border", "holds", "change", "part")
    table.notes = definitions.notes(case.base, case.today, names)
    table.notes += _as_it_stands(case, names)
    table.tables["sales"] = sales
    return table


def _as_it_stands(case: Case, names: Sequence[object]) -> list[str]:
    """Say how far to trust what is told of borders that move as clients buy."""
    found = [scores.note(case)] if "rfm_r" in names else []
    fixed = case.said["value.low"] is not None and case.said["value.high"] is not None
    if "average_order" in names and "value_class" in names and not fixed:
        found.append(_("The next order moves these borders too; the amounts told reckon with it."))
    return [note for note in found if note]


def _known(base: Base, facts: dict[str, Fact], contact: int, today: date) -> dict[str, Any]:
    scored = _SCORES if not {"rfm", "rfm_segment", *_SCORES}.isdisjoint(facts) else ()
    wanted = tuple(dict.fromkeys((*changing.READ, *scored, *facts)))
    of_whom = {"contact_id": contact}
    cursor = read(base, wanted, today, scope="one", values=of_whom)
    known = dict(zip(wanted, cursor.fetchone(), strict=True))
    if not read(base, ("contact_id",), today, SQL["present"], values=of_whom).fetchone():
        raise NotFound(
            Sentence(_("contact {number} came after {day}"), number=contact, day=today),
            hint=_("give a later day with --as-of"),
        )
    known["tags"] = known["tag_keys"]
    return known | {fact.name: known[part] for part, fact in facts.items()}


def _of_part(case: Case, part: Clause, held: bool, orders: Sequence[Order]) -> list[Row]:  # noqa: FBT001 - whether it holds is what a row says
    asked = part.asked()
    if asked and asked[1] == ":today":
        asked = asked[0], case.today.isoformat()
    rows: list[Row] = []
    for fact in part.facts:
        wanted = asked[1].casefold() if asked and asked[0] == "=" else ""
        under = behind.steps(case, fact.name, wanted) if wanted and wanted != "false" else []
        border = "" if asked is None else f"{asked[0]} {asked[1]}"
        change = "" if under else bordering.change(case, fact, asked, holds=held)
        value = owning.values(case, fact) or _shown(case, fact)
        source = _came_from(case, fact.name, orders) or owning.behind(case, fact)
        rows.append((part.text, fact.name, value, border, held, source, change or None))
        rows += [_of_step(case, part, step, orders) for step in under]
    return rows


def _of_step(case: Case, part: Clause, step: Step, orders: Sequence[Order]) -> Row:
    fact = FACTS.get(step.fact) or Fact(step.fact, "number", "")
    source = _came_from(case, step.fact, orders)
    return (
        part.text,
        step.fact,
        _shown(case, fact),
        step.border or None,
        step.holds,
        source,
        step.change or None,
    )


def _shown(case: Case, fact: Fact) -> str | None:
    """Return the value of a fact as a text, its days and amounts as the base writes them."""
    value = case.known.get(fact.name)
    if fact.name == "median_order" and fact.name not in case.known:
        value = case.known["typical_order"]
    if value is None:
        return None
    return Sentence("{value}", value=owning.worded(case.base, fact.kind, value))


def _came_from(case: Case, fact: str, orders: Sequence[Order]) -> str | None:
    """Say from which sales a fact comes; None where it comes from elsewhere."""
    if fact == "days_silent":
        return Sentence(_("the last sign, of {day}"), day=clock.Day(case.known["last_sign_on"]))
    if not orders or fact not in _OF_LAST | _OF_FIRST | _OF_ALL:
        return None
    one = orders[0] if fact in _OF_LAST or len(orders) == 1 else orders[-1]
    if len(orders) == 1 or fact not in _OF_ALL:
        return Sentence(_("sale {number} of {day}"), number=one.sale_id, day=one.day)
    told = ngettext(
        "{count} order from {first} to {last}", "{count} orders from {first} to {last}", len(orders)
    )
    return Sentence(told, count=len(orders), first=orders[-1].day, last=orders[0].day)


def _sales(case: Case, sales: Sequence[Sequence[Any]]) -> Table:
    after = case.window_after
    rows = [(*sale, bool(sale[4]) and sale[1] > after) for sale in sales]
    return Table("sales", SALES, rows, title=_("The sales behind it, the latest first"))
