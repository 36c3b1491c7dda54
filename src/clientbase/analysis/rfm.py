"""The report on recency, frequency and monetary value.

The scores are those of Hughes, Strategic Database Marketing (1994), with quantiles that never
part equal values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientbase import money
from clientbase.analysis.shares import percent, positive
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.facts import left_out, rfm
from clientbase.facts.reading import read
from clientbase.facts.smallness import SMALL
from clientbase.table import Bars, Pivot, Table, columns
from clientbase.words import N_, Number, Sentence, _, decimal, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.facts.quantiles import Cut
    from clientbase.table import Row

SQL = statements(__file__)

COLUMNS = columns(
    "contact_id:id",
    "external_id",
    "name",
    "last_sale_on:date",
    "recency_days:number",
    "orders:number",
    "revenue:money",
    "r:number",
    "f:number",
    "m:number",
    "rfm:number",
    "segment",
)
_FACTS = (
    "contact_id",
    "external_id",
    "name",
    "last_sale_on",
    "days_since_sale",
    "orders",
    "revenue",
    "rfm_r",
    "rfm_f",
    "rfm_m",
    "rfm_segment",
)
_SCORED = ("orders", "revenue", "rfm_r", "rfm_f")
_SEGMENTS = columns("segment", "clients:number", "revenue:money", "share:percent")
_GRID = columns("r:number", "f:number", "segment", "clients:number", "revenue:money")
_ADVICE = {
    "Champions": N_("thank them, show them news first, ask for recommendations"),
    "Loyal Customers": N_("offer what goes with it, reward their staying"),
    "Potential Loyalist": N_("invite to the next purchase, offer membership"),
    "New Customers": N_("welcome them, help them to use what they bought"),
    "Promising": N_("keep in mind with small useful messages"),
    "Need Attention": N_("an offer for a limited time, by what they bought"),
    "About To Sleep": N_("remind of yourself before they forget"),
    "At Risk": N_("write in person, offer a good reason to come back"),
    "Can't Lose Them": N_("call them today and ask what went wrong"),
    "Hibernating": N_("a message now and then; do not spend much"),
}


@dataclass(frozen=True, slots=True)
class _Cell:
    """Clients of one R and F; `once` tells that they ordered a single time."""

    r: int
    f: int
    once: bool
    clients: int
    revenue: int


def report(base: Base, today: date, *, bins: int = rfm.BINS) -> Table:
    """Return the scores of every client as of a day, the best first.

    With tables of segments, of the grid of R and F, and of what to do; 3 or 4 bins have no
    segments. Raises Refused where fixed cuts of the settings do not fit the bins.
    """
    cuts = rfm.cuts(base, today, bins)
    values = rfm.parameters(cuts)
    rows = read(base, _SCORED, today, SQL["cells"], scope="clients", values=values)
    cells = [_Cell(n // 100, n // 10 % 10, n % 10 == 1, *rest) for n, *rest in rows]
    table = Table("rfm", COLUMNS, _rows(base, today, values), as_of=today.isoformat())
    table.count = lambda: cuts.clients
    table.essential = ("contact_id", "name", "recency_days", "orders", "revenue", "rfm", "segment")
    table.keys = ("contact_id", "external_id", "name")
    table.empty = left_out.no_clients(base, today)
    table.notes = _notes(base, cuts, cells)
    table.tables["segments"] = _segments(cells if bins == rfm.BINS else [])
    table.tables["grid"] = _grid(cells, bins)
    if bins == rfm.BINS and cells:
        advice = [(name, _(_ADVICE[name])) for name in rfm.SEGMENTS]
        table.tables["advice"] = Table("advice", columns("segment", "what_to_do"), advice)
    return table


def _rows(base: Base, today: date, values: dict[str, Any]) -> Iterator[Row]:
    # A generator, so that a summary does not pay for it.
    yield from read(base, _FACTS, today, SQL["best_first"], scope="clients", values=values)


def _segments(cells: Sequence[_Cell]) -> Table:
    sums = {name: [0, 0] for name in rfm.SEGMENTS} if cells else {}
    for cell in cells:
        here = sums[rfm.segment(cell.r, cell.f, one_order=cell.once)]
        here[0] += cell.clients
        here[1] += cell.revenue
    total = positive(revenue for _clients, revenue in sums.values())
    rows = [
        (name, clients, revenue, percent(max(revenue, 0), total))
        for name, (clients, revenue) in sums.items()
    ]
    return Table(
        "segments", _SEGMENTS, rows, keys=("segment",), picture=Bars("segment", ("clients",))
    )


def _grid(cells: Sequence[_Cell], bins: int) -> Table:
    rows = []
    for r in range(bins, 0, -1) if cells else ():
        for f in range(1, bins + 1):
            here = [cell for cell in cells if (cell.r, cell.f) == (r, f)]
            name = rfm.GRID[rfm.BINS - r][f - 1] if bins == rfm.BINS else None
            clients, revenue = sum(c.clients for c in here), sum(c.revenue for c in here)
            rows.append((r, f, name, clients, revenue))
    shown = ("clients", "revenue") if bins != rfm.BINS else ("segment", "clients", "revenue")
    layout = Pivot("r", "f", shown, heat="revenue")
    return Table("grid", _GRID, rows, layout=layout, keys=("r", "f", "segment"))


def _notes(base: Base, cuts: rfm.Cuts, cells: Sequence[_Cell]) -> list[str]:
    found = [
        _("Scores go from 1 to {bins}; {bins} is best: bought lately, often, for much.").format(
            bins=cuts.bins
        )
    ]
    if cuts.clients:
        found += [_told(base, cuts, measure) for measure in rfm.MEASURES]
        found += [_coinciding(measure) for measure in rfm.MEASURES if _coincide(cuts, measure)]
    if 0 < cuts.clients < SMALL and len(cuts.fixed) < len(rfm.MEASURES):
        found.append(_small(cuts.clients))
    return found + _of_new(cuts, cells) + left_out.notes(base, cuts.today)


def _told(base: Base, cuts: rfm.Cuts, measure: str) -> str:
    words = {
        "recency": _("Cuts of recency in days: {cuts} ({how})."),
        "frequency": _("Cuts of orders: {cuts} ({how})."),
        "monetary": _("Cuts of revenue: {cuts} ({how})."),
    }
    digits = settings.decimals(base)
    shown = [_cut(cut, digits if measure == "monetary" else 0) for cut in _of(cuts, measure)]
    how = _("fixed in the settings") if measure in cuts.fixed else _("quantiles of the clients")
    return Sentence(words[measure], cuts=shown, how=how)


def _cut(cut: Cut, digits: int) -> Number:
    if digits:
        return Number(money.screen(money.half_even(cut.numerator, cut.denominator), digits))
    return decimal(cut.value)


def _of(cuts: rfm.Cuts, measure: str) -> tuple[Cut, ...]:
    found: tuple[Cut, ...] = getattr(cuts, measure)
    return found


def _coincide(cuts: rfm.Cuts, measure: str) -> bool:
    points = [cut.value for cut in _of(cuts, measure)]
    return len(set(points)) < len(points)


def _coinciding(measure: str) -> str:
    examples = {
        "recency": "30,90,180,365",
        "frequency": "1,2,4,8",
        "monetary": "1000,3000,9000,27000",
    }
    return _(
        "Cuts of {measure} coincide, so that a score stays empty: too many clients are equal. "
        "Fixed ones would tell them apart: clientbase set rfm.{measure} {example}"
    ).format(measure=measure, example=examples[measure])


def _small(count: int) -> str:
    told = ngettext(
        "With {count} client quantiles part people by chance.",
        "With {count} clients quantiles part people by chance.",
        count,
    ).format(count=count)
    return f"{told} {_('Fixed cuts serve better: clientbase set rfm.recency 30,90,180,365')}"


def _of_new(cuts: rfm.Cuts, cells: Sequence[_Cell]) -> list[str]:
    """Tell of the clients whom a single order would make New Customers."""
    moved = sum(
        c.clients for c in cells if cuts.bins == rfm.BINS and (c.r, c.f) == (5, 1) and not c.once
    )
    if not moved:
        return []
    told = ngettext(
        "{count} client of R 5, F 1 with more than one order is a Potential Loyalist.",
        "{count} clients of R 5, F 1 with more than one order are Potential Loyalists.",
        moved,
    )
    return [Sentence(told, count=grouped(moved))]
