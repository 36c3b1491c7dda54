"""The owner's month: its figures, and every report behind them, from one page to be read through.

A report joins by a line in `SECTIONS`.
"""

from __future__ import annotations

import json
from calendar import monthrange
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from clientbase.analysis import (
    abc,
    channels,
    cohorts,
    comparing,
    concentration,
    funnel,
    ltv,
    managers,
    portrait,
    products,
    quality,
    repeat,
    rfm,
    sleeping,
)
from clientbase.analysis import base as kinds
from clientbase.analysis.period import ended
from clientbase.db.statements import statements
from clientbase.errors import ClientbaseError
from clientbase.facts import compose, left_out, matrix, thresholds
from clientbase.normal import clean_text
from clientbase.table import NUMBERS, Bars, Table, columns
from clientbase.words import N_, Sentence, _, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

MONTHS = 12
LONGEST_TITLE = 120
FIRST, WHOLE = 10, 1_000  # rows of a list, and of a table that is to be seen whole
FIGURES = columns(
    "period", "from:date", "to:date", "revenue:money", "orders:number", "clients:number",
    "new_clients:number", "average_order:money",
)  # fmt: skip
BY_MONTH = columns(
    "month", "revenue:money", "orders:number", "clients:number", "new_clients:number",
    "average_order:money",
)  # fmt: skip


class Section(NamedTuple):
    """A part of the page: its name, what makes it, its heading, and a sentence about it.

    `rows` of its own list are shown; `without` are tables in it that are not.
    """

    name: str
    make: Callable[[Base, date], Table]
    title: str
    about: str
    rows: int = 0
    without: tuple[str, ...] = ()


class _Sums(NamedTuple):
    revenue: int
    orders: int
    clients: int
    newcomers: int
    average: float | None


def _sections(months: int) -> Iterator[Section]:
    """Give the parts of the page; two of them show so many months."""
    lately: dict[str, Callable[[Base, date], Table]] = {
        "months": lambda base, today: by_month(base, today, months),
        "cohorts": lambda base, today: _latest(cohorts.report(base, today), months),
    }
    for section in SECTIONS:
        yield section._replace(make=lately.get(section.name, section.make))


def report(
    base: Base,
    today: date,
    *,
    months: int = MONTHS,
    title: str | None = None,
    then: date | None = None,
) -> Table:
    """Return the month up to a day beside two others, with a table for every section.

    `then` is a day whose month and figures stand beside those of the day. Raises Refused for a
    title that can't be shown.
    """
    heading = clean_text(title, limit=LONGEST_TITLE, required=True) if title is not None else ""
    rows = figures(base, today, then)
    table = Table("page", FIGURES, rows, as_of=today.isoformat(), layout="figures")
    table.title = heading or Sentence(_("The client base on {day}"), day=today)
    table.keys = ("period",)
    silent = []
    told: set[str] = set()
    for section in _sections(months):
        made = part(section, base, today, then)
        if made is None:
            silent.append(_(section.title))
        else:
            made.notes = [note for note in made.notes if note not in told]
            told.update(made.notes)
            table.tables[section.name] = made
    table.notes = _notes(silent)
    return table


def _latest(table: Table, count: int) -> Table:
    """Leave of the cohorts those of so many months, the last ones."""
    rows = list(table.rows)
    shown = set(sorted({row[0] for row in rows})[-count:])
    return table.but(rows=[row for row in rows if row[0] in shown], count=None)


def _notes(silent: Sequence[str]) -> list[str]:
    if not silent:
        return []
    told = _(
        "Nothing to tell yet: {names}. What fills it: clientbase lead add NAME, "
        "clientbase import sales FILE"
    )
    return [told.format(names="; ".join(silent))]


def part(section: Section, base: Base, today: date, then: date | None = None) -> Table | None:
    """Return what a section shows, or None where the base holds nothing for it."""
    try:
        table = section.make(base, today)
        if then is not None and section.name not in _ALIKE:
            table = _beside(table, section.make(base, then))
        rows = _some(table, section.rows)
    except ClientbaseError as error:  # settings that don't fit, of one report among many
        table = Table(section.name, (), (), title=_(section.title), about=_(section.about))
        table.empty = ": ".join(filter(None, (error.message, error.hint)))
        return table
    if rows is None:
        return None
    kept = {name: sub for name, sub in table.tables.items() if name not in section.without}
    return table.but(
        rows=rows,
        count=None,
        tables=kept,
        empty="",
        title=_(section.title),
        about=_(section.about),
        notes=[*_cut(table, rows), *table.notes],
    )


def _beside(now: Table, then: Table) -> Table:
    """Return a report beside what it was, with the pictures of how it is."""
    made = comparing.beside(now, then)
    tables = {
        name: table.but(picture=now.tables[name].picture) for name, table in made.tables.items()
    }
    return made.but(picture=now.picture, tables=tables)


def _some(table: Table, most: int) -> list[Sequence[object]] | None:
    """Return the first rows of a list, at most so many; None where the list tells nothing."""
    if table.count is not None and most == 0:
        return [] if table.count() else None
    rows = list(islice(table.rows, max(most, 1)))
    return rows[:most] if rows and _tells(table, rows) else None


def _tells(table: Table, rows: Sequence[Sequence[object]]) -> bool:
    """Tell whether there is any number in a list but zeros, if it has numbers at all."""
    places = [n for n, column in enumerate(table.columns) if column.kind in NUMBERS]
    return not places or any(row[n] for row in rows for n in places)


def _cut(table: Table, rows: Sequence[object]) -> list[str]:
    count = table.count() if table.count and rows else 0
    if count <= len(rows):
        return []
    told = _("Shown: {shown} of {total}.")
    return [Sentence(told, shown=grouped(len(rows)), total=grouped(count))]


def figures(base: Base, today: date, then: date | None = None) -> list[Row]:
    """Return the month so far, the same days of the one before, and of the year before.

    And the month so far of another day, where one is given.
    """
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    spans = [(first, today)]
    spans += [
        (date(year, month, 1), _same_day(today, year, month))
        for year, month in ((before.year, before.month), (today.year - 1, today.month))
    ]
    names = [_("this month"), _("month before"), _("year before")]
    if then is not None:
        spans.append((then.replace(day=1), then))
        names.append(Sentence(_("as of {day}"), day=then))
    return [
        (name, since.isoformat(), until.isoformat(), *sums)
        for name, (since, until), sums in zip(names, spans, _sums(base, today, spans), strict=True)
    ]


def _same_day(day: date, year: int, month: int) -> date:
    """Return the day in another month; the last of a month stays the last."""
    last = monthrange(year, month)[1]
    return date(year, month, last if ended(day) else min(day.day, last))


def by_month(base: Base, today: date, months: int = MONTHS) -> Table:
    """Return the sales of so many months, the last one up to a day."""
    spans: list[tuple[date, date]] = []
    last = today
    for _month in range(months):
        spans.insert(0, (last.replace(day=1), last))
        last = last.replace(day=1) - timedelta(days=1)
    found = _sums(base, today, spans)
    rows = [
        (since.isoformat()[:7], *sums) for (since, _last), sums in zip(spans, found, strict=True)
    ]
    table = Table("months", BY_MONTH, rows if any(map(any, found)) else [], as_of=today.isoformat())
    table.keys = ("month",)
    table.essential = ("month", "revenue")
    table.picture = Bars("month", ("revenue",))
    if not ended(today):
        table.notes.append(Sentence(_("The last month is up to {day}."), day=today))
    table.notes += left_out.notes(base, today)
    return table


def _sums(base: Base, today: date, spans: Sequence[tuple[date, date]]) -> list[_Sums]:
    day = today.isoformat()
    listed = json.dumps([(since.isoformat(), until.isoformat()) for since, until in spans])
    values = {"spans": listed, "today": day}
    sold = {place: rest for place, *rest in base.execute(compose.of_sales(SQL["sold"]), values)}
    back = dict(base.execute(SQL["returned"], values).fetchall())
    text = compose.of_totals(SQL["newcomers"], past=thresholds.totals(base, today))
    newcomers = dict(base.execute(text, values).fetchall())
    found = []
    for place in range(len(spans)):
        orders, amount, clients = sold.get(place, (0, 0, 0))
        revenue = amount - back.get(place, 0)
        average = revenue / orders if orders else None
        found.append(_Sums(revenue, orders, clients, newcomers.get(place, 0), average))
    return found


# Months that were over by then are what they were: beside themselves they say nothing.
_ALIKE = frozenset({"months", "cohorts"})
# The parts of the page, in the order in which they tell the story.
SECTIONS = (
    Section(
        "months",
        by_month,
        N_("sales by month"),
        N_("What came in each month after refunds, from how many orders and clients."),
        rows=WHOLE,
    ),
    Section(
        "concentration",
        concentration.report,
        N_("how few bring how much"),
        N_("How many clients make most of the revenue, and what hangs on the first of them."),
        rows=WHOLE,
        without=("top", "first"),
    ),
    Section(
        "abc",
        abc.report,
        N_("who brings the money, and how steadily"),
        N_("A bring the first 80% of the revenue; X buy at even intervals."),
        rows=FIRST,
    ),
    Section(
        "matrix",
        matrix.matrix,
        N_("how often × how much"),
        N_("Nine groups of clients by orders and average order, and what to do with each."),
        rows=WHOLE,
    ),
    Section(
        "rfm",
        rfm.report,
        N_("recency, frequency, money"),
        N_("Who is best, who may become so, and who is about to be lost."),
        without=("grid",),
    ),
    Section(
        "repeat",
        repeat.report,
        N_("who buys again"),
        N_("How many come a second and a third time, how soon, and what they bring."),
        rows=WHOLE,
    ),
    Section(
        "cohorts",
        cohorts.report,
        N_("who comes back, by month of coming"),
        N_("Of the clients of each month, how many bought again so many months later."),
        rows=WHOLE,
        without=("sizes",),
    ),
    Section(
        "ltv",
        ltv.report,
        N_("what a client is worth"),
        N_("Revenue so far, and what one brings before they are lost."),
        without=("months",),
    ),
    Section(
        "sleeping",
        sleeping.report,
        N_("who falls asleep"),
        N_("Late by their own rhythm: those who are worth most and are to be called first."),
        rows=FIRST,
    ),
    Section(
        "base",
        kinds.report,
        N_("kinds of base"),
        N_("Every contact by what they are to the business: now, a month and a year ago."),
        rows=WHOLE,
    ),
    Section(
        "portrait",
        lambda base, today: portrait.report(base, "key", today),
        N_("who the key clients are"),
        N_("What sets the vip and partner clients apart from the whole base."),
        rows=FIRST,
    ),
    Section(
        "funnel",
        funnel.report,
        N_("the way of the leads"),
        N_("How leads go from stage to stage, where they stop, and why they were lost."),
        rows=FIRST,
        without=("idle",),
    ),
    Section(
        "channels",
        channels.report,
        N_("where clients come from"),
        N_("Leads, sales and money by channel, and what a lead and a client cost."),
        rows=FIRST,
        without=("spending",),
    ),
    Section(
        "managers",
        managers.report,
        N_("who looks after them"),
        N_("Leads, sales and clients who came back, by manager."),
        rows=FIRST,
    ),
    Section(
        "products",
        products.report,
        N_("what is sold"),
        N_("Products by money, and which are bought together."),
        rows=FIRST,
    ),
    Section(
        "quality",
        quality.report,
        N_("the base itself"),
        N_("What is missing or wrong, and the command that lists it."),
        rows=WHOLE,
        without=("days",),
    ),
)
