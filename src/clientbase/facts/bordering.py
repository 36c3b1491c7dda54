"""What would change a condition that stands in a rule itself: `orders >= 5`, `city = 'Kazan'`."""

from __future__ import annotations

import re
import shlex
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from clientbase.db import settings
from clientbase.facts import averages, behind, changing, compose, left_out, owning
from clientbase.facts.averages import Border, Range
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientbase.facts.catalogue import Fact
    from clientbase.facts.changing import Case

_EDITED = frozenset(
    str.split(
        "organisation post city region address sex occupation manager channel preferred_channel "
        "note birthday external_id name first_channel"
    )
)
# The channel of the contact comes before all others.
_OPTIONS = {"first_channel": "channel", "external_id": "id"}
_UP, _DOWN = frozenset({">", ">="}), frozenset({"<", "<="})


def change(case: Case, fact: Fact, asked: tuple[str, str] | None, *, holds: bool) -> str:
    """Return what would change whether a fact is as it is asked for; '' where that is unknown."""
    if asked is None:
        return ""
    operator, value = asked
    if fact.name in _NUMBERS:
        try:
            number = Fraction(value)
        except ValueError:
            return ""
        return _NUMBERS[fact.name](case, fact.name, operator, number)
    words = _words(fact, operator, value, holds=holds)
    if words:
        return " ".join(["clientbase", "contact", words[0], str(case.contact), *words[1:]])
    return "" if holds else owning.change(case, fact, operator, value)


def _words(fact: Fact, operator: str, value: str, *, holds: bool) -> list[str]:
    """Return the command that would make a contact what is asked for, by its words.

    Where it is so already, the command that would end it; none where there is none.
    """
    if operator == "has":
        return ["tag", shlex.quote(f"{'-' if holds else '+'}{value}")]
    if operator != "=" or holds or not value:
        return []
    if fact.name in _EDITED:
        option = _OPTIONS.get(fact.name, fact.name).replace("_", "-")
        return ["edit", f"--{option}", shlex.quote(value)]
    if re.fullmatch(compose.FIELD, fact.part):
        return ["edit", "--field", shlex.quote(f"{fact.name}={value}")]
    return []


def _least(operator: str, number: Fraction) -> int:
    """Return the least whole number that is over a border, or on it where that is over it."""
    return floor(number) + 1 if operator in {">", "<="} else ceil(number)


def _by_count(case: Case, name: str, operator: str, number: Fraction) -> str:
    """Say how many more orders bring their number to a border, or over it."""
    count = case.known[name]
    least = _least(operator, number)
    if operator == "=" and number != floor(number):
        return ""
    if operator in _DOWN:
        return changing.orders_end(least - count) if count < least else ""
    if count < least and operator in {*_UP, "="}:
        return changing.more_orders(least - count)
    return changing.orders_end(1) if operator == "=" and count == least else ""


def _by_days(case: Case, name: str, operator: str, number: Fraction) -> str:
    """Say from when on so many days will have passed, or what sets them back to none."""
    if operator not in _UP | _DOWN:
        return ""
    over = _least(operator, number) - 1
    return changing.days_change(case, name, over, above=operator in _UP)


def _by_money(case: Case, name: str, operator: str, number: Fraction) -> str:
    least = _least(operator, number * 10 ** settings.decimals(case.base))
    missing = least - case.known["revenue"]
    if missing <= 0 or operator not in _UP | _DOWN:
        return ""
    if operator in _DOWN and case.known[name] is None:
        return ""
    told = _("{amount} more would do") if operator in _UP else _("{amount} more would end it")
    return Sentence(told, amount=left_out.amount(case.base, missing))


def _by_average(case: Case, name: str, operator: str, number: Fraction) -> str:
    border, average = number * 10 ** settings.decimals(case.base), case.known[name]
    inside = Border(border, inside=operator not in {">", "<"})
    above, below = Range(low=inside), Range(high=inside)
    asked = {">": above, ">=": above, "<": below, "<=": below, "=": Range(inside, inside)}
    if operator not in asked:
        return ""
    return averages.by_next_order(
        case, asked[operator], holds=average is not None and _in(average, asked[operator])
    )


def _in(average: float, asked: Range) -> bool:
    low, high = asked
    return low.at <= average <= high.at and not any(
        average == border.at and not border.inside for border in asked
    )


def _by_days_late(case: Case, name: str, operator: str, number: Fraction) -> str:
    """Say from when on somebody has been late, or asleep, for so many days."""
    if operator not in _UP | _DOWN:
        return ""
    if not case.known["awake_until"]:
        return _("an order comes first")
    over = _least(operator, number) - 1
    begins = _begins(case, name)
    if begins is None:
        return behind.no_rhythm()
    day, now = begins + timedelta(over), case.known[name]
    if operator in _DOWN:
        return "" if now is None or now > over else _ends(case, name, day)
    if now is not None and now > over:
        return _("an order would end it")
    return _comes(case, name, day)


def _begins(case: Case, name: str) -> date | None:
    """Return the first day on which a client is late or asleep; None without a rhythm."""
    late = behind.late_over(case)
    if name == "days_asleep":
        return behind.asleep_from(case)
    last = date.fromisoformat(case.known["last_sale_on"])
    return None if late is None else last + timedelta(late + 1)


def _comes(case: Case, name: str, day: date) -> str:
    if name == "days_asleep":
        return changing.on_day(day)
    return _("an order would wake them") if case.known["sleeping"] else behind.late_from(case, day)


def _ends(case: Case, name: str, day: date) -> str:
    ends = day if name == "days_asleep" else min(day, behind.asleep_from(case))
    return changing.joined([_("an order would end it"), changing.on_day(ends, ends=True)])


_NUMBERS: dict[str, Callable[[Case, str, str, Fraction], str]] = {
    **dict.fromkeys(changing.DAYS, _by_days),
    **dict.fromkeys(("days_late", "days_asleep"), _by_days_late),
    **dict.fromkeys(("orders", "orders_in_window"), _by_count),
    **dict.fromkeys(("revenue", "ltv"), _by_money),
    "average_order": _by_average,
}
