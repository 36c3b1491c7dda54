"""The report on how few clients bring how much, and how dangerous that is."""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from clientbase.analysis import classes
from clientbase.analysis.period import EVER
from clientbase.db import settings
from clientbase.facts import left_out, smallness
from clientbase.facts.quantiles import middle
from clientbase.table import Alarm, Curve, Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.analysis.classes import Item
    from clientbase.analysis.period import Period
    from clientbase.db.connection import Base
    from clientbase.table import Row

SHARES = (50, 80, 90, 95)
DANGEROUS = 80  # percent of the revenue that too few clients make
TOP = (1, 3, 10)
POINTS = 100  # of the curve
COLUMNS = columns("share_of_revenue:percent", "clients:number", "clients_share:percent")
_TOP = columns("top:number", "clients:number", "revenue:money", "share:percent")
_CURVE = columns("clients:number", "clients_share:percent", "revenue_share:percent")
_FIRST = columns(
    "contact_id:id",
    "external_id",
    "name",
    "revenue:money",
    "share:percent",
    "typical_revenue:money",
    "replaced_by:number",
)


def report(base: Base, today: date, *, period: Period = EVER) -> Table:
    """Return how many clients make 50, 80, 90 and 95 percent of the revenue of a period.

    With tables of the greatest clients, of the first one beside the typical, and of the curve.
    Raises Misuse where the period ends before it begins.
    """
    period = period.until(today)
    items = classes.clients(base, period)
    # What is below nothing takes no share away from the others.
    sums = list(accumulate((max(item.revenue, 0) for item in items), initial=0))
    rows = [_row(sums, share) for share in SHARES] if sums[-1] else []
    table = Table("concentration", COLUMNS, rows, as_of=today.isoformat())
    table.keys = ("share_of_revenue",)
    table.empty = _("No client brought more than nothing.")
    if not items:
        table.empty = left_out.no_clients(base, period.last or today, period.first)
    table.alarm = _danger(base, _makers(sums, DANGEROUS)) if sums[-1] else None
    table.notes = _notes(base, items, sums, period)
    table.tables["top"] = Table("top", _TOP, _top(sums), keys=("top",))
    table.tables["first"] = Table("first", _FIRST, _first(items, sums), layout="card")
    table.tables["curve"] = Table(
        "curve", _CURVE, _curve(sums), picture=Curve("clients_share", "revenue_share")
    )
    return table


def _makers(sums: Sequence[int], share: int) -> int:
    """Return how many clients, the greatest first, make so many percent of the revenue."""
    return next(count for count, made in enumerate(sums) if 100 * made >= share * sums[-1])


def _row(sums: Sequence[int], share: int) -> Row:
    count = _makers(sums, share)
    return share, count, 100 * count / (len(sums) - 1)


def _top(sums: Sequence[int]) -> list[Row]:
    if not sums[-1]:
        return []
    found = []
    for top in TOP:
        count = min(top, len(sums) - 1)
        found.append((top, count, sums[count], 100 * sums[count] / sums[-1]))
    return found


def _typical(items: Sequence[Item]) -> float | None:
    return middle([item.revenue for item in items])  # they go down, which has the same middle


def _replacing(items: Sequence[Item]) -> int | None:
    """Return how many typical clients bring at least what the first does."""
    typical = _typical(items)
    # Doubled, so that a middle between two amounts is whole: exact whatever the amounts.
    return -(-2 * items[0].revenue // int(2 * typical)) if typical and typical > 0 else None


def _first(items: Sequence[Item], sums: Sequence[int]) -> list[Row]:
    if not sums[-1]:
        return []
    share = 100 * items[0].revenue / sums[-1]
    return [(*items[0], share, _typical(items), _replacing(items))]


def _curve(sums: Sequence[int]) -> list[Row]:
    clients = len(sums) - 1
    if not sums[-1]:
        return []
    points = sorted({-(-clients * point // POINTS) for point in range(POINTS + 1)})
    return [(n, 100 * n / clients, 100 * sums[n] / sums[-1]) for n in points]


def _notes(base: Base, items: Sequence[Item], sums: Sequence[int], period: Period) -> list[str]:
    found = [period.note(), *_replaced(base, items, sums)]
    below = sum(item.revenue < 0 for item in items)
    if below:
        told = ngettext(
            "{count} client was given back more than bought; shares are of what is above 0.",
            "{count} clients were given back more than they bought; shares are of what is above 0.",
            below,
        )
        found.append(Sentence(told, count=grouped(below)))
    found += smallness.notes(len(items))
    return found + left_out.notes(base, period.last or date.max, period.first)


def _danger(base: Base, makers: int) -> Alarm | None:
    """Warn where a few clients make most of the revenue; the word says it, not a colour alone."""
    red, amber = settings.get(base, "concentration.red"), settings.get(base, "concentration.amber")
    if makers > max(red, amber):
        return None
    if makers <= red:
        told = ngettext(
            "RED: {count} client makes {share}% of the revenue. To lose that one would break the "
            "business; red is up to {border} (concentration.red).",
            "RED: {count} clients make {share}% of the revenue. To lose one of them would break "
            "the business; red is up to {border} (concentration.red).",
            makers,
        )
        return Alarm("red", told.format(count=makers, share=DANGEROUS, border=red))
    told = ngettext(
        "AMBER: {count} client makes {share}% of the revenue. The business leans on that one; "
        "amber is up to {border} (concentration.amber).",
        "AMBER: {count} clients make {share}% of the revenue. The business leans on them; "
        "amber is up to {border} (concentration.amber).",
        makers,
    )
    return Alarm("amber", told.format(count=makers, share=DANGEROUS, border=amber))


def _replaced(base: Base, items: Sequence[Item], sums: Sequence[int]) -> list[str]:
    typical = _typical(items)
    count = _replacing(items) if sums[-1] else None
    if typical is None or count is None:
        return []
    told = ngettext(
        "{count} typical client, who brings {money} (the median), would replace the first.",
        "{count} typical clients, who bring {money} each (the median), would replace the first.",
        count,
    )
    return [Sentence(told, count=grouped(count), money=left_out.amount(base, round(typical)))]
