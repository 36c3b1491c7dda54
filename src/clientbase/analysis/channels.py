"""The report on channels: what came by each, what it cost, and what it brought.

All of a client's money goes to one channel: that of the first order ever, or of the last one. The
channel of an order is its own, else that of the lead it won, else the one by which the contact
came. So each sum is whole, and a client who came back by another channel is in one line alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from clientbase import money
from clientbase.analysis import credit as crediting
from clientbase.analysis import ways
from clientbase.analysis.credit import CREDITS, Tally
from clientbase.analysis.period import EVER, Period, ended
from clientbase.analysis.shares import percent
from clientbase.db.statements import statements
from clientbase.errors import Misuse
from clientbase.facts import compose, smallness, thresholds
from clientbase.normal import fold, shown
from clientbase.table import Bars, Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

COLUMNS = columns(
    "channel",
    "leads:number",
    "new:number",
    "repeat:number",
    "repeat_buyer:number",
    "won:number",
    "conversion:percent",
    "revenue:money",
    "spending:money",
    "cost_per_lead:money",
    "cost_per_client:money",
    "new_share:percent",
    "repeat_share:percent",
    "repeat_buyer_share:percent",
    "lost:number",
    "open:number",
    "junk:number",
    "sales:number",
    "clients:number",
    "new_clients:number",
    "return_on_spending:percent",
)
ESSENTIAL = (
    "channel",
    "leads",
    "won",
    "conversion",
    "revenue",
    "spending",
    "cost_per_lead",
    "cost_per_client",
    "return_on_spending",
)
_SPENDING = columns("month", "channel", "spending:money")
_REFERRERS = columns(
    "contact_id:id", "external_id", "name", "people:number", "clients:number", "revenue:money"
)
_PROMO = columns(
    "promo",
    "sales:number",
    "revenue:money",
    "discount:money",
    "clients:number",
    "new_clients:number",
)


def report(base: Base, today: date, *, period: Period = EVER, credit: str = "first") -> Table:
    """Return a row a channel as of a day, the one that brought most money first.

    `credit` is one of CREDITS. With tables of the spending by month, of who brought people, and of
    promo codes. Raises Misuse for another one, and for a period that ends before it begins.
    """
    if credit not in CREDITS:
        raise Misuse(
            _("{text} is no sale to credit").format(text=shown(credit)),
            hint=_("choose one of: {names}").format(names=", ".join(CREDITS)),
        )
    days = period.until(today)
    tallies = _tallies(base, today, days, credit)
    spent = dict(base.execute(SQL["spending"], days.values()).fetchall())
    table = Table("channels", COLUMNS, _rows(base, tallies, spent), as_of=today.isoformat())
    table.keys, table.essential = ("channel",), ESSENTIAL
    table.picture = Bars("channel", ("revenue",))
    table.empty = _("No channels yet; a lead brings one: clientbase lead add NAME --channel C")
    table.notes = _notes(days, credit, tallies, spent) if table.rows else []
    table.tables = {
        "spending": Table(
            "spending",
            _SPENDING,
            base.execute(SQL["months"], days.values()).fetchall(),
            keys=("month", "channel"),
        ),
        "referrers": _referrers(base, days),
        "promo": _promo(base, days),
    }
    return table


def _tallies(base: Base, today: date, days: Period, credit: str) -> dict[int | None, Tally]:
    found: defaultdict[int | None, Tally] = defaultdict(Tally)
    for lead in crediting.leads(base, today, days, kinds=True):
        found[lead.channel].add_leads(lead)
    for paid in [*crediting.money(base, days, credit), *crediting.nobodys(base, days)]:
        found[paid.channel].add_money(paid)
    return found


def _rows(base: Base, tallies: Mapping[int | None, Tally], spent: Mapping[int, int]) -> list[Row]:
    """Return the rows; what came by no known channel stands last, without a name."""
    rows = [
        _row(name, tallies.get(number, Tally()), spent.get(number))
        for number, name in base.execute(SQL["names"])
    ]
    revenue = [column.name for column in COLUMNS].index("revenue")
    rows.sort(key=lambda row: -row[revenue])
    return [*rows, _row(None, tallies[None], None)] if None in tallies else rows


def _row(name: str | None, tally: Tally, spent: int | None) -> Row:
    kinds = tally.kinds.values()
    return (
        *(name, tally.leads, *kinds, tally.states["won"], tally.conversion, tally.revenue),
        *(spent, _each(spent, tally.leads), _each(spent, tally.new_clients)),
        *(percent(count, tally.leads) for count in kinds),
        *(tally.states["lost"], tally.states["open"], tally.states["junk"]),
        *(tally.sales, tally.clients, tally.new_clients),
        percent(tally.revenue, spent) if spent else None,
    )


def _each(spent: int | None, count: int) -> int | None:
    return money.half_even(spent, count) if spent is not None and count else None


def _referrers(base: Base, days: Period) -> Table:
    past = thresholds.totals(base, days.last) if days.last else ""
    text = compose.of_totals(SQL["referrers"], past=past)
    rows = base.execute(text, days.values()).fetchall()
    return Table("referrers", _REFERRERS, rows, keys=("contact_id", "external_id", "name"))


def _promo(base: Base, days: Period) -> Table:
    """Return the promo codes, whose spellings differ in letter case alone, as one each."""
    codes: dict[str, int] = {}
    keys: dict[str, int] = {}
    names: list[str] = []
    for (code,) in base.execute(SQL["codes"], days.values()):
        if fold(code) not in keys:
            keys[fold(code)] = len(names)
            names.append(code)
        codes[code] = keys[fold(code)]
    rows: list[Row] = []
    if codes:
        values = {**days.values(), "codes": json.dumps(codes)}
        sold = base.execute(compose.of_sales(SQL["promo"]), values)
        rows = [(names[place], *rest) for place, *rest in sold]
    rows.sort(key=lambda row: (-row[2], row[0]))
    return Table("promo", _PROMO, rows, keys=("promo",))


def _notes(
    days: Period, credit: str, tallies: Mapping[int | None, Tally], spent: Mapping[int, int]
) -> list[str]:
    first, last = (
        _("All money of a client goes to the channel of the first order ever."),
        _("All money of a client goes to the channel of the last order."),
    )
    found = [
        days.note(),
        first if credit == "first" else last,
        _("Where an order names no channel it is that of its lead, else that of the contact."),
        _(
            "Conversion is the percent won of the leads that are won or lost: open ones do not "
            "lower it."
        ),
    ]
    if None in tallies:
        found.append(_("The line without a name is what came by no known channel."))
    found += _of_spending(days) if spent else []
    junk = sum(tally.states["junk"] for tally in tallies.values())
    leads = sum(tally.leads for tally in tallies.values())
    return [*found, *ways.of_junk(junk), *smallness.of_leads(leads)]


def _of_spending(days: Period) -> list[str]:
    found = [
        _(
            "Cost per client is spending by the clients who bought for the first time; return on "
            "spending is revenue by spending: 100% is the money back."
        )
    ]
    whole = days.first is None or days.first.day == 1
    if not whole or (days.last and not ended(days.last)):
        found.append(
            _("Spending is kept by months; one that the days begin or end in counts whole.")
        )
    return found
