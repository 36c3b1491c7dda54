"""The report on clients who are late by their own rhythm, or fell asleep, and on who left."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from clientbase.analysis.shares import percent, positive
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.facts import definitions, left_out, smallness
from clientbase.facts.reading import read
from clientbase.normal import fold
from clientbase.table import Bars, Table, columns
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

COLUMNS = columns(
    "contact_id:id",
    "external_id",
    "name",
    "phone:phone",
    "state",
    "call_by:when",
    "last_sale_on:date",
    "days_since_sale:number",
    "rhythm_days:number",
    "days_over:number",
    "orders:number",
    "revenue:money",
    "bought:list",
)
STATES = columns(
    "state", "clients:number", "share:percent", "revenue:money", "revenue_share:percent"
)
LEFT = columns("reason", "contacts:number", "share:percent", "revenue:money", "last_left_on:date")
_FACTS = (
    "contact_id", "late", "sleeping", "left", "awake_until", "last_sale_on", "days_since_sale",
    "rhythm_days", "days_late", "days_asleep", "orders", "revenue",
)  # fmt: skip
_WHO = ("contact_id", "external_id", "name", "phone", "last_sign_on")
_STATES = ("awake", "late", "sleeping", "left")
# Clients of whom the names and the products are read at a time: a screenful, then many.
_FIRST, _NEXT = 200, 4000


class Wish(NamedTuple):
    """Who is listed: those who fell asleep or left from a day on, and who can be reached so."""

    since: date | None = None
    way: str | None = None


class _Quiet(NamedTuple):
    """A client who is late or asleep; the days beyond the border, 1 on the first."""

    contact: int
    state: str
    awake_until: str
    last: str
    days: int
    rhythm: float | None
    over: int
    orders: int
    revenue: int


def report(base: Base, today: date, wish: Wish | None = None) -> Table:
    """Return who is late, the first to fall asleep first, then who sleeps, the dearest first.

    With tables of how many of the clients are awake, late, asleep and gone, and of why they left.
    Raises Misuse for an unknown way.
    """
    wish = wish or Wish()
    states, quiet = _read(base, today)
    reasons = _left(base, today, wish.since)
    listed = [each for each in quiet if _wanted(each, today, wish.since)]
    aloud: list[str] = []
    if wish.way is not None:
        from clientbase.people import reaching, ways

        sifted = reaching.by(base, [each.contact for each in listed], ways.named(wish.way))
        kept, aloud = set(sifted.contacts), sifted.notes
        listed = [each for each in listed if each.contact in kept]
    table = Table("sleeping", COLUMNS, _rows(base, today, listed), as_of=today.isoformat())
    table.count = lambda: len(listed)
    table.keys = ("contact_id", "external_id", "name")
    table.essential = ("name", "phone", "state", "call_by", "revenue", "bought", "contact_id")
    table.empty = _("Nobody is late, and nobody sleeps.")
    if not any(clients for clients, _money in states.values()):
        table.empty = left_out.no_clients(base, today)
    table.aloud = aloud
    table.notes = [*_notes(base, today, states, wish.since), *aloud]
    table.tables["states"] = _states(states)
    table.tables["left"] = reasons
    return table


def _read(base: Base, today: date) -> tuple[dict[str, list[int]], list[_Quiet]]:
    """Return clients and money by state, and who is late or asleep in the order of the list."""
    states: dict[str, list[int]] = {name: [0, 0] for name in _STATES}
    found = []
    for row in read(base, _FACTS, today, SQL["clients"], scope="clients"):
        state, clients, revenue, contact, until, last, days, rhythm, over, orders = row
        states[state][0] += clients
        states[state][1] += revenue
        if contact is not None:
            each = (contact, state, until, last, days, rhythm, over, orders, revenue)
            found.append(_Quiet(*each))
    late = sorted(
        (each for each in found if each.state == "late"),
        key=lambda each: (each.awake_until, -each.revenue, each.contact),
    )
    asleep = sorted(
        (each for each in found if each.state == "sleeping"),
        key=lambda each: (-each.revenue, each.contact),
    )
    return states, late + asleep


def _wanted(each: _Quiet, today: date, since: date | None) -> bool:
    if since is None or each.state == "late":
        return True
    return today - timedelta(each.over - 1) >= since


def _rows(base: Base, today: date, listed: Sequence[_Quiet]) -> Iterator[Row]:
    dead_after = settings.get(base, "dead.after")
    edges = [0, *range(_FIRST, len(listed), _NEXT), len(listed)]
    for start, end in pairwise(edges):
        some = listed[start:end]
        values = {"ids": json.dumps([each.contact for each in some])}
        known = {row[0]: row for row in read(base, _WHO, today, scope="these", values=values)}
        values["today"] = today.isoformat()
        bought = dict(base.execute(SQL["bought"], values).fetchall())
        for each in some:
            contact, code, name, phone, sign = known[each.contact]
            call_by: str | None = each.awake_until
            if each.state == "sleeping":
                call_by = _alive_until(sign, dead_after, today)
            yield (
                *(contact, code, name, phone, each.state, call_by, each.last, each.days),
                *(each.rhythm, each.over, each.orders, each.revenue, bought.get(contact, "[]")),
            )


def _alive_until(sign: str, dead_after: int, today: date) -> str | None:
    """Return the last day on which somebody quiet is not dead yet; None where it is over."""
    day = date.fromisoformat(sign) + timedelta(dead_after - 1)
    return day.isoformat() if day >= today else None


def _states(states: dict[str, list[int]]) -> Table:
    total = sum(clients for clients, _revenue in states.values())
    money = positive(revenue for _clients, revenue in states.values())
    rows = [
        (name, clients, percent(clients, total), revenue, percent(max(revenue, 0), money))
        for name, (clients, revenue) in states.items()
        if total
    ]
    table = Table("states", STATES, rows, title=_("All clients"), keys=("state",))
    table.picture = Bars("state", ("clients",))
    return table


def _left(base: Base, today: date, since: date | None) -> Table:
    """Return why contacts left who are not back, the same reason in any letter case as one."""
    values = {"today": today.isoformat(), "since": since.isoformat() if since else ""}
    gone = base.execute(SQL["left"], values).fetchall()
    ids = {"ids": json.dumps([contact for contact, _reason, _day in gone])}
    money = dict(read(base, ("contact_id", "revenue"), today, scope="these", values=ids))
    said: dict[str, str] = {}
    counted: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    last: dict[str, str] = {}
    for contact, reason, day in gone:
        key = fold(reason)
        said.setdefault(key, reason)
        counted[key] += 1
        lost[key] += money.get(contact, 0)
        last[key] = max(day, last.get(key, ""))
    rows = [
        (said[key], count, percent(count, len(gone)), lost[key], last[key])
        for key, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    table = Table("left", LEFT, rows, title=_("Why others left"), keys=("reason",))
    table.picture = Bars("reason", ("contacts",))
    return table


def _notes(base: Base, today: date, states: dict[str, list[int]], since: date | None) -> list[str]:
    found = [
        _("Call who is late before they fall asleep, and who sleeps before they count as dead."),
        *definitions.notes(base, today, ("late",)),
    ]
    if since:
        told = _("Of those who sleep and of those who left: from {day} on.")
        found.append(Sentence(told, day=since))
    clients = sum(count for count, _money in states.values())
    found += smallness.notes(clients)
    return found + left_out.notes(base, today)
