"""What clients bring a month, and how many of them are lost: ARPA and churn."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import repeat
from operator import ge, gt
from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock
from clientbase.analysis import orders
from clientbase.analysis.shares import percent
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.facts.reading import read
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientbase.db.connection import Base

SQL = statements(__file__)

MONTHS = 12


class Kept(NamedTuple):
    """Of some clients over the twelve months: months begun as active, how many of them were lost.

    And what was paid in these months.
    """

    active: int
    lost: int
    paid: int

    @property
    def arpa(self) -> float | None:
        """What an active client brings a month, in minor units."""
        return self.paid / self.active if self.active else None

    @property
    def churn(self) -> float | None:
        """Percent of the active clients who are lost in a month."""
        return percent(self.lost, self.active)

    @property
    def worth(self) -> float | None:
        """ARPA / churn in minor units; not defined where nobody was lost."""
        return self.paid / self.lost if self.lost else None


@dataclass(frozen=True, slots=True)
class Span:
    """The months from a first day to before another, and after how many days a client is lost."""

    first: date
    end: date
    after: int


class _Reach(NamedTuple):
    """The first days of the months, and of each the earliest day of a purchase that reaches it."""

    starts: list[str]
    since: list[str]


def span(base: Base, today: date, after: str | None) -> Span:
    """Return the last twelve whole months; days typed stand in place of the setting's.

    Raises Refused where they are no days.
    """
    tomorrow = today + timedelta(1)
    end = tomorrow if tomorrow.day == 1 else today.replace(day=1)
    said = settings.read(base)
    days = (
        int(settings.canonical("churn.after", after, ""))
        if after is not None
        else said["churn.after"] or said["sleeping.after"]
    )
    return Span(clock.minus(end, clock.Span(0, MONTHS)), end, days)


def kept(base: Base, today: date, months: Span) -> dict[int, Kept]:
    """Return what there is to say of the twelve months of each contact who bought or paid."""
    paid: dict[int, int] = {}
    for contact, amount in base.execute(SQL["paid"], _values(months)):
        paid[contact] = paid.get(contact, 0) + amount
    reach = _reach(months)
    # Purchases after the months change nothing in them.
    listed = orders.listed(base, today, _before(months.first, months.after))
    found = {contact: _kept(days, reach, paid.pop(contact, 0)) for contact, days, _paid in listed}
    return found | {contact: Kept(0, 0, amount) for contact, amount in paid.items()}


def _reach(months: Span) -> _Reach:
    starts = [clock.add(months.first, clock.Span(0, n)) for n in range(MONTHS + 1)]
    since = [_before(day, months.after) for day in starts]
    return _Reach([day.isoformat() for day in starts], [day.isoformat() for day in since])


def _kept(days: str, reach: _Reach, paid: int) -> Kept:
    bought = sorted(days.split(","))
    places = map(bisect_left, repeat(bought), reach.starts)
    last = [bought[place - 1] if place else "" for place in places]
    active = list(map(ge, last, reach.since))
    return Kept(sum(active[:-1]), sum(map(gt, active, active[1:])), paid)


def together(each: Iterable[Kept]) -> Kept:
    """Return the same of several clients as one."""
    active = lost = paid = 0
    for one in each:
        active, lost, paid = active + one.active, lost + one.lost, paid + one.paid
    return Kept(active, lost, paid)


def _values(months: Span) -> dict[str, object]:
    return {
        "first": months.first.isoformat(),
        "end": months.end.isoformat(),
        "after": months.after,
    }


def _before(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - days))


def too_young(months: Span, first: date | None) -> bool:
    """Tell whether it can't be known who was active as the first of the months began."""
    return first is None or (months.first - first).days < months.after


def trouble(base: Base, today: date, months: Span, first: date, *, lost: int) -> str:
    """Say that ARPA / churn is not defined, why, and how many days would do; "" where it is."""
    young = too_young(months, first)
    if lost and not young:
        return ""
    told = _too_young(months, first) if young else _nobody_lost(months)
    less, over = read(
        base, ("first_sale_on",), today, SQL["would_do"], scope="clients", values=_values(months)
    ).fetchone()
    days = over if less is None else less
    if days is None:
        more = _("No other --churn-after would do yet.")
    else:
        more = _("This would do: clientbase report ltv --churn-after {days}").format(days=days)
    return Sentence("{told} {more}", told=told, more=more)


def _nobody_lost(months: Span) -> str:
    told = ngettext(
        "ARPA / churn is not defined: nobody was lost by not buying for {days} day.",
        "ARPA / churn is not defined: nobody was lost by not buying for {days} days.",
        months.after,
    )
    return Sentence(told, days=grouped(months.after))


def _too_young(months: Span, first: date) -> str:
    told = ngettext(
        "ARPA / churn is not defined: it takes 12 whole months and {days} day before them, and "
        "sales begin on {first}.",
        "ARPA / churn is not defined: it takes 12 whole months and {days} days before them, and "
        "sales begin on {first}.",
        months.after,
    )
    return Sentence(told, days=grouped(months.after), first=first)


def note(months: Span, whole: Kept) -> str:
    """Say how the figure was made."""
    told = ngettext(
        "ARPA / churn is over the months from {first} to {last}; a client is lost after {days} "
        "day without a purchase (churn.after): {lost} of {active} active in a month.",
        "ARPA / churn is over the months from {first} to {last}; a client is lost after {days} "
        "days without a purchase (churn.after): {lost} of {active} active in a month.",
        months.after,
    )
    return Sentence(
        told,
        first=months.first,
        last=months.end - timedelta(1),
        days=grouped(months.after),
        lost=grouped(whole.lost),
        active=grouped(whole.active),
    )
