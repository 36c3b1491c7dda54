"""The owner's morning screen: what is to be done, and where the business stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.db.statements import statements
from clientbase.facts.reading import read
from clientbase.followup import due
from clientbase.funnel import listing, stages
from clientbase.table import Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clientbase.db.connection import Base
    from clientbase.table import Column, Row

SQL = statements(__file__)

SCREENFUL = 5  # rows of each table, where nobody said
WEEK = 7  # days in which a lead is new, and a client's falling asleep is news

LEADS = columns(
    "lead_id:id",
    "contact_id:id",
    "name",
    "phone:phone",
    "stage",
    "temperature",
    "expects:money",
    "why",
)
NEW = columns(
    "lead_id:id", "contact_id:id", "name", "phone:phone", "kind", "channel", "opened_on:when",
    "wants",
)  # fmt: skip
STUCK = columns(
    "lead_id:id", "contact_id:id", "name", "phone:phone", "stage", "temperature", "days_idle:number"
)
SALES = columns("period", "from:date", "to:date", "sales:number", "revenue:money", "change:percent")
ASLEEP = columns(
    "contact_id:id", "name", "phone:phone", "last_sale_on:when", "days_since_sale:number",
    "rhythm_days:number", "revenue:money",
)  # fmt: skip
# What a narrow screen shows of each table before the rest.
_FIRST = {
    "new_leads": ("lead_id", "name", "phone", "wants", "kind", "opened_on"),
    "leads": ("lead_id", "name", "phone", "why", "stage", "expects"),
    "no_next_step": ("lead_id", "name", "phone", "stage", "days_idle"),
    "asleep": ("contact_id", "name", "phone", "last_sale_on", "revenue"),
}
_WARMTH = {name: place for place, name in enumerate(reversed(stages.TEMPERATURES))}


class _Lead(NamedTuple):
    """An open lead: its row in the list of leads by the names of the columns, and its rank."""

    said: dict[str, Any]
    left: int

    def rank(self) -> tuple[int, int, int, int, int]:
        """Return what comes first: nearest, warmest, longest idle, most expected, oldest."""
        said = self.said
        warmth = _WARMTH[said["temperature"]]
        return self.left, warmth, -said["days_idle"], -(said["expects"] or 0), said["lead_id"]


def screen(
    base: Base, today: date, *, manager: str | None = None, most: int | None = None
) -> Table:
    """Return what is due today, and beside it the leads, the month's sales and who fell asleep.

    Each table has at most so many rows (0: all, None: a screenful); a note says where it was cut.
    Leads are ranked by how near the purchase they are, then how warm, how long idle, and how
    much is expected. With `manager`, reminders and leads of theirs alone. Raises NotFound
    for a manager whom no lead and no contact knows.
    """
    made = due.listing(base, today, today, manager=manager)
    made.kind = "today"
    made.empty = _("Nothing is due today.")
    found = _open_leads(base, today, manager)
    ranked = sorted(found, key=_Lead.rank)
    new = [lead for lead in found if _age(lead, today) < WEEK]
    stuck = [lead for lead in ranked if not lead.said["next_step"]]
    tables = {
        "new_leads": _table(
            "new_leads", NEW, new, _("New leads of the last {count} days").format(count=WEEK)
        ),
        "leads": _ranked(ranked),
        "no_next_step": _table("no_next_step", STUCK, stuck, _("Leads without a next step")),
        "sales": _sales(base, today),
        "asleep": _asleep(base, today),
    }
    made.tables = {
        name: _cut(table, SCREENFUL if most is None else most) for name, table in tables.items()
    }
    return made


def _open_leads(base: Base, today: date, manager: str | None) -> list[_Lead]:
    table = listing.listing(base, listing.Wish(manager=manager), today)
    names = [column.name for column in table.columns]
    places = {stage.name: place for place, stage in enumerate(stages.all_stages(base))}
    found = (dict(zip(names, row, strict=True)) for row in table.rows)
    return [_Lead(said, len(places) - 1 - places[said["stage"]]) for said in found]


def _age(lead: _Lead, today: date) -> int:
    return (today - date.fromisoformat(lead.said["opened_on"])).days


def _table(kind: str, shown: tuple[Column, ...], found: Iterable[_Lead], title: str) -> Table:
    rows = [tuple(lead.said[column.name] for column in shown) for lead in found]
    return Table(kind, shown, rows, title=title, essential=_FIRST[kind])


def _ranked(found: Sequence[_Lead]) -> Table:
    rows = []
    for lead in found:
        said = {**lead.said, "why": _why(lead)}
        rows.append(tuple(said[column.name] for column in LEADS))
    title = _("Leads, the nearest to a purchase first")
    return Table("leads", LEADS, rows, title=title, essential=_FIRST["leads"])


def _why(lead: _Lead) -> str:
    """Say what makes a lead worth a call: how near it is, how quiet, and what is missing."""
    said = lead.said
    near = _("the last stage")
    if lead.left:
        near = ngettext("{count} stage left", "{count} stages left", lead.left)
    told = [near.format(count=lead.left)]
    if said["days_idle"]:
        told.append(
            ngettext("idle for {count} day", "idle for {count} days", said["days_idle"]).format(
                count=said["days_idle"]
            )
        )
    if not said["next_step"]:
        told.append(_("no next step"))
    return ", ".join(told)


def _sales(base: Base, today: date) -> Table:
    """Return the sales of this month so far beside the same days of the last one and last year."""
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    periods = (
        (_("this month"), first, today),
        (_("last month"), before.replace(day=1), _same_day(today, before.year, before.month)),
        (_("last year"), _same_day(first, today.year - 1), _same_day(today, today.year - 1)),
    )
    sums = [_sum(base, since, until) for _name, since, until in periods]
    rows: list[Row] = [
        (name, since.isoformat(), until.isoformat(), *found, _change(sums[0][1], found[1], place))
        for place, ((name, since, until), found) in enumerate(zip(periods, sums, strict=True))
    ]
    return Table("sales", SALES, rows, title=_("Sales of the month so far, and of the same days"))


def _same_day(day: date, year: int, month: int = 0) -> date:
    """Return the day in another month, or its last one where it is shorter."""
    month = month or day.month
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (after - timedelta(days=1)).day))


def _sum(base: Base, since: date, until: date) -> tuple[int, int]:
    values = {"since": since.isoformat(), "until": until.isoformat()}
    count, revenue = base.execute(SQL["sales"], values).fetchone()
    return count, revenue


def _change(now: int, then: int, place: int) -> float | None:
    """Return by how many percent this month is above another period, itself not compared."""
    return None if place == 0 or then <= 0 else 100 * (now - then) / then


def _asleep(base: Base, today: date) -> Table:
    wanted = (*(column.name for column in ASLEEP), "days_asleep", "left")
    found = read(base, wanted, today, SQL["asleep"], scope="clients", values={"week": WEEK})
    title = _("Fell asleep this week")
    return Table("asleep", ASLEEP, found.fetchall(), title=title, essential=_FIRST["asleep"])


def _cut(table: Table, most: int) -> Table:
    """Leave so many rows of a table, with a note of how many there are (0: all)."""
    rows = list(table.rows)
    if most and len(rows) > most:
        told = ngettext(
            "{most} of {count} row; --most 0 shows all",
            "{most} of {count} rows; --most 0 shows all",
            len(rows),
        )
        table.notes.append(Sentence(told, most=most, count=grouped(len(rows))))
        rows = rows[:most]
    table.rows = rows
    return table
