"""Which border a contact passed or missed, and what would change it: orders, days, money."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase import clock
from clientbase.words import N_, Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.db.connection import Base

# What is read of a contact, whatever the rule asks for.
READ = (
    "name", "last_sign_on", "days_silent", "awaited", "orders", "orders_in_window", "revenue",
    "average_order", "typical_order", "first_sale_on", "last_sale_on", "days_since_sale",
    "days_since_first_sale", "rhythm_days", "long_gap_days", "awake_until", "sleeping", "late",
    "frequency_class", "value_class", "base", "gap_cv", "tag_keys", "phone", "email",
)  # fmt: skip


class Step(NamedTuple):
    """A fact that decides, the border it meets, whether it does, and what would change that.

    `holds` is None where the fact only informs.
    """

    fact: str
    border: str
    holds: bool | None
    change: str = ""


class Waiting(NamedTuple):
    """What is said of days that pass: how they reach a border, leave one, and begin anew."""

    comes: str
    ends: str
    anew: str
    anew_ends: str


DAYS = {
    "days_since_sale": Waiting(
        N_("from {day} on, if nothing is bought"),
        N_("ends on {day}, if nothing is bought"),
        N_("an order would do"),
        N_("an order would end it"),
    ),
    "days_silent": Waiting(
        N_("from {day} on, if nothing is heard"),
        N_("ends on {day}, if nothing is heard"),
        N_("a sale, an enquiry or a word from them would do"),
        N_("a sale, an enquiry or a word from them would end it"),
    ),
    "days_since_first_sale": Waiting(N_("from {day} on"), N_("ends on {day}"), "", ""),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One contact as of a day: its facts, the settings, and the days of its orders from the last.

    `borders` are those of the value class, or None.
    """

    base: Base
    today: date
    contact: int
    said: dict[str, Any]
    known: dict[str, Any]
    borders: tuple[float | None, float | None]
    days: list[date] = field(default_factory=list)

    @property
    def window_after(self) -> str:
        """The day after which orders count for the frequency class; nothing where all do."""
        months = self.said["frequency.window"]
        return clock.minus(self.today, clock.Span(0, months)).isoformat() if months else ""


def by_orders(case: Case, least: int, most: int | None, names: tuple[str, str] = ("", "")) -> Step:
    """Return how the number of orders lies between two borders, and how many more would do.

    `names` are the classes that a contact below the least, and one over the most, would come to;
    they go by the orders of the window.
    """
    window = case.said["frequency.window"] if names[0] else 0
    fact = "orders_in_window" if window else "orders"
    count = case.known[fact]
    border = _range(least, most)
    if count < least:
        leaves = _leaves(case, window, 1)
        return Step(fact, border, holds=False, change=more_orders(least - count, names[0], leaves))
    if most is not None and count > most:
        out = _leaves(case, window, count - most)
        fits = out is not None and _left_inside(case, window, out) >= least
        return Step(fact, border, holds=False, change=on_day(out) if fits else "")
    changes = []
    if most is not None:
        enough = most + 1 - count
        changes.append(more_orders(enough, names[1]) if names[1] else orders_end(enough))
    if least > 0 and window:
        out = _leaves(case, window, count - least + 1)
        changes.append(on_day(out, ends=True))
    return Step(fact, border, holds=True, change=joined(changes))


def first_order() -> Step:
    """Say that somebody is no client yet, where one order may not be enough for the class."""
    return Step("orders", ">= 1", holds=False, change=_("an order comes first"))


def by_days(case: Case, fact: str, over: int, border: str = "") -> Step:
    """Return whether more than so many days have passed, and from when on they would have."""
    holds = case.known[fact] is not None and case.known[fact] > over
    shown = border or Sentence("> {days}", days=grouped(over))
    return Step(fact, shown, holds, days_change(case, fact, over, above=True))


def days_change(case: Case, fact: str, over: int, *, above: bool) -> str:
    """Tell what would change that more than so many days have passed, or that they have not."""
    told, days = DAYS[fact], case.known[fact]
    if days is None:
        if above:
            return _("an order comes first")
        return _("an order would do") if over >= 0 else ""
    if days > over:
        anew = told.anew_ends if above else told.anew
        return _(anew) if anew and over >= 0 else ""
    day = case.today + timedelta(over - days + 1)
    return Sentence(_(told.comes if above else told.ends), day=day)


def more_orders(count: int, name: str = "", before: date | None = None) -> str:
    """Say that so many more orders would do, or would make somebody what is named."""
    if name and before:
        told = ngettext(
            "{count} more order before {day} would make them {name}",
            "{count} more orders before {day} would make them {name}",
            count,
        )
    elif name:
        told = ngettext(
            "{count} more order would make them {name}",
            "{count} more orders would make them {name}",
            count,
        )
    else:
        told = ngettext("{count} more order would do", "{count} more orders would do", count)
    return Sentence(told, count=grouped(count), name=name, day=before)


def orders_end(count: int) -> str:
    """Say that so many more orders would end what holds."""
    told = ngettext("{count} more order would end it", "{count} more orders would end it", count)
    return Sentence(told, count=grouped(count))


def on_day(day: date | None, *, ends: bool = False) -> str:
    """Say from when on something holds, or when it ends, if nothing is bought; '' without a day."""
    told = DAYS["days_since_sale"].ends if ends else DAYS["days_since_sale"].comes
    return Sentence(_(told), day=day) if day else ""


def joined(said: Sequence[str], mark: str = "; ") -> str:
    """Put together what is said, its days and amounts kept; what is empty is left out."""
    first, *others = [each for each in said if each] or [""]
    if not others:
        return first
    return Sentence("{first}{mark}{rest}", first=first, mark=mark, rest=joined(others, mark))


def first_after(day: date, months: int) -> date:
    """Return the first day of which the day so many months before is not before a day."""
    found = clock.add(day, clock.Span(0, months))
    while clock.minus(found, clock.Span(0, months)) < day:
        found += timedelta(1)
    return found


def _range(least: int, most: int | None) -> str:
    if most is None:
        return Sentence(">= {least}", least=grouped(least))
    if least == most:
        return Sentence("= {least}", least=grouped(least))
    return Sentence(_("{least} to {most}"), least=grouped(least), most=grouped(most))


def _leaves(case: Case, months: int, count: int) -> date | None:
    """Return the day from which the oldest `count` orders of the window do not count any more."""
    inside = case.days[: case.known["orders_in_window"]]
    if not months or not 0 < count <= len(inside):
        return None
    return first_after(inside[-count], months)


def _left_inside(case: Case, months: int, day: date) -> int:
    """Return how many of the orders still count on a later day."""
    after = clock.minus(day, clock.Span(0, months))
    return sum(order > after for order in case.days)
