"""The owner's month: its figures, and every report behind them, from one page to be read through.

A report joins by a line in `SECTIONS`.
"""

from __future__ import annotations

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
from clientbase.analysis import months as month_by_month
from clientbase.analysis.forecast import Wish
from clientbase.analysis.period import YEAR
from clientbase.errors import ClientbaseError
from clientbase.facts import matrix, moves
from clientbase.normal import clean_text
from clientbase.table import NUMBERS, Table, inside
from clientbase.words import N_, Sentence, _, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clientbase.db.connection import Base

LONGEST_TITLE = 120
FIRST, WHOLE = 10, 1_000  # rows of a list, and of a table that is to be seen whole


class Section(NamedTuple):
    """A part of the page: its name, what makes it, its heading, and a sentence about it.

    `rows` of its own list are shown; `without` are tables in it that are not. Another day stands
    beside it where it is `paired`: months that were over by then are what they were, and moves are
    between two days as it is.
    """

    name: str
    make: Callable[[Base, date], Table]
    title: str
    about: str
    rows: int = 0
    without: tuple[str, ...] = ()
    paired: bool = True


def _sections(months: int, *, ahead: bool) -> Iterator[Section]:
    """Give the parts of the page; three of them show so many months, and one may look ahead."""
    lately: dict[str, Callable[[Base, date], Table]] = {
        "months": lambda base, today: month_by_month.by_month(base, today, months),
        "repeat": lambda base, today: repeat.report(base, today, last_months=months),
        "cohorts": lambda base, today: _latest(cohorts.report(base, today), months),
    }
    if ahead:
        lately["ltv"] = lambda base, today: ltv.report(base, today, ahead=Wish())
    for section in SECTIONS:
        yield section._replace(make=lately.get(section.name, section.make))


def report(
    base: Base,
    today: date,
    *,
    months: int = YEAR,
    title: str | None = None,
    then: date | None = None,
    ahead: bool = False,
) -> Table:
    """Return the month up to a day beside two others, with a table for every section.

    `then` is a day whose month and figures stand beside those of the day; `ahead` adds the
    forecast. Raises Refused for a title that can't be shown.
    """
    heading = clean_text(title, limit=LONGEST_TITLE, required=True) if title is not None else ""
    rows = month_by_month.figures(base, today, then)
    table = Table("page", month_by_month.FIGURES, rows, as_of=today.isoformat(), layout="figures")
    table.title = heading or Sentence(_("The client base on {day}"), day=today)
    table.keys = ("period",)
    silent = []
    told: set[str] = set()
    for section in _sections(months, ahead=ahead):
        made = part(section, base, today, then)
        if made is None:
            silent.append(_(section.title))
        else:
            for each in (made, *(sub for _name, sub in inside(made))):
                each.notes = [note for note in each.notes if note not in told]
                told.update(each.notes)
            table.tables[section.name] = made
    table.notes = _notes(silent)
    return table


def _latest(table: Table, count: int) -> Table:
    """Leave of the cohorts those of so many months, the last ones."""
    shown = set(sorted({row[0] for row in table.rows})[-count:])

    def cut(whole: Table) -> Table:
        return whole.but(rows=[row for row in whole.rows if row[0] in shown], count=None)

    return cut(table).but(tables={name: cut(sub) for name, sub in table.tables.items()})


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
        if then is not None and section.paired:
            table = comparing.beside(table, section.make(base, then))
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


def _moves(base: Base, today: date) -> Table:
    """Return how the clients moved between segments since the month began."""
    return moves.of_all(base, moves.Days(today.replace(day=1) - timedelta(days=1), today))


# The parts of the page, in the order in which they tell the story.
SECTIONS = (
    Section(
        "months",
        month_by_month.by_month,
        N_("sales by month"),
        N_("What came in each month after refunds, from how many orders and clients."),
        rows=WHOLE,
        paired=False,
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
        "moves",
        _moves,
        N_("who moved since the month began"),
        N_("From segment to segment of RFM, and between the nine groups, with their money."),
        rows=WHOLE,
        without=("moved", "matrix_moved"),
        paired=False,
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
        paired=False,
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
