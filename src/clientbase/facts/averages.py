"""How large the next order would have to be for the average order to pass a border."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, inf, isinf
from typing import TYPE_CHECKING, NamedTuple

from clientbase.facts import left_out, thresholds
from clientbase.facts.changing import Step, by_orders, joined
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from clientbase.facts.changing import Case


PATIENCE = 50  # orders: who needs more of them is not told how many


class Border(NamedTuple):
    """A border of the average order in minor units, and whether it lies inside itself."""

    at: float | Fraction
    inside: bool


NOWHERE_LOW, NOWHERE_HIGH = Border(-inf, inside=True), Border(inf, inside=True)


class Range(NamedTuple):
    """Averages between two borders."""

    low: Border = NOWHERE_LOW
    high: Border = NOWHERE_HIGH

    @property
    def nobody(self) -> bool:
        """Whether no average lies in it."""
        return self.low.at == inf or self.high.at == -inf


def value(case: Case, wanted: str) -> list[Step]:
    """Return how the typical order lies to the borders of a value class, and what would do.

    The border that is shown is today's. What is told of the next order reckons with the border
    as that order would move it.
    """
    low, high = case.borders
    if low is None and high is None and wanted == "standard":
        return [by_orders(case, 1, None)]
    average = case.said["value.by"] == "average"
    fact = "average_order" if average else "median_order"
    holds = case.known["value_class"] == wanted
    own = thresholds.own_borders(case.base, case.today, case.known["average_order"])
    asked = _ranges(*own)[wanted]
    change = ""
    if asked.nobody:
        key = "value.high" if wanted == "vip" else "value.low"
        told = _("so few clients have none; set a border: {command}")
        change = told.format(command=_("clientbase set {key} AMOUNT").format(key=key))
    elif average:
        change = by_next_order(case, asked, holds=holds)
    elif case.known["typical_order"] is None:
        change = _("an order comes first")
    return [Step(fact, _shown(case, wanted, low, high), holds, change)]


def _ranges(low: float, high: float) -> dict[str, Range]:
    """Return the averages of the value classes; economy is asked first."""
    return {
        "economy": Range(high=Border(low, inside=False)),
        "standard": Range(Border(low, inside=True), Border(high, inside=True)),
        "vip": Range(Border(low, inside=True) if low > high else Border(high, inside=False)),
    }


def _shown(case: Case, wanted: str, low: float | None, high: float | None) -> str:
    said = {
        "economy": (("< {amount}", low),),
        "standard": ((">= {amount}", low), ("<= {amount}", high)),
        "vip": (("> {amount}", high),),
    }[wanted]
    borders = [
        Sentence(sign, amount=left_out.amount(case.base, round(at)))
        for sign, at in said
        if at is not None
    ]
    return joined(borders, ", ")


def by_next_order(case: Case, asked: Range, *, holds: bool) -> str:
    """Say what one more order would have to be for the average to come into a range, or to leave.

    Several where one is not enough; '' where no order does it.
    """
    least, most = _paid(case, asked)
    if holds:
        return joined([_greater_end(case, most), _smaller_end(case, asked.low, least)])
    least = max(least or 0, 0)
    if most is not None and most < max(least, 1):
        return _several(case, asked) if case.known["orders"] and most < 1 else ""
    if least:
        told = _("an order of {least} to {most} would do")
        if most is None:
            told = _("an order of {least} or more would do")
    else:
        told = _("an order would do") if most is None else _("an order of {most} or less would do")
    return Sentence(told, least=_amount(case, least), most=_amount(case, most or 0))


def _greater_end(case: Case, most: int | None) -> str:
    if most is None:
        return ""
    told = _("an order of {amount} or more would end it")
    return Sentence(told, amount=_amount(case, max(most + 1, 0)))


def _smaller_end(case: Case, low: Border, least: int | None) -> str:
    if least is None:
        return ""
    if least > 1:
        told = _("an order of {amount} or less would end it")
        return Sentence(told, amount=_amount(case, least - 1))
    found = _enough(case, low, 0, on_it=not low.inside)
    if found is None:
        return ""
    count, amount = found
    told = ngettext(
        "{count} order of {amount} or less would end it",
        "{count} orders of {amount} or less would end it",
        count,
    )
    return Sentence(told, count=grouped(count), amount=_amount(case, amount))


def _enough(case: Case, border: Border, least: int, *, on_it: bool) -> tuple[int, int] | None:
    """Return how many orders of how much, or less, bring the average under a border, or `on_it`.

    Each is half of it, or in the middle between it and the least that it may be. None where it
    takes more orders than anybody would wait for.
    """
    most, at = _under(border), Fraction(border.at)
    each = (most + least) // 2
    if most < 1 or each < least:
        return None
    exact = (case.known["revenue"] - at * case.known["orders"]) / (at - each)
    count = max(1, ceil(exact) if on_it else floor(exact) + 1)
    return (count, each) if count <= PATIENCE else None


def _several(case: Case, asked: Range) -> str:
    """Say which orders bring an average down: each of them lies in the range."""
    least = 0 if isinf(asked.low.at) else max(ceil(asked.low.at), 0)
    found = _enough(case, asked.high, least, on_it=asked.high.inside)
    if found is None:
        return ""
    count, amount = found
    told = ngettext(
        "{count} order of {most} or less would do",
        "{count} orders of {most} or less would do",
        count,
    )
    if least:
        told = ngettext(
            "{count} order of {least} to {most} would do",
            "{count} orders of {least} to {most} would do",
            count,
        )
    amounts = {"least": _amount(case, least), "most": _amount(case, amount)}
    return Sentence(told, count=grouped(count), **amounts)


def _under(border: Border) -> int:
    """Return the greatest whole amount that is under a border, and not the border itself."""
    return ceil(border.at) - 1


def _paid(case: Case, asked: Range) -> tuple[int | None, int | None]:
    """Return between which amounts one more order brings the average into a range."""
    low, high = asked
    return (
        None if isinf(low.at) else _first(case, low, over=not low.inside),
        None if isinf(high.at) else _first(case, high, over=high.inside) - 1,
    )


def _first(case: Case, border: Border, *, over: bool) -> int:
    """Return the least order that takes the average over a border, or up to it.

    Averages are compared as the base keeps them, as the nearest numbers to the ratios.
    """
    orders, revenue = int(case.known["orders"]) + 1, int(case.known["revenue"])
    paid = floor(Fraction(border.at) * orders) - revenue - 1
    while (revenue + paid) / orders < border.at or (
        over and (revenue + paid) / orders == border.at
    ):
        paid += 1
    return paid


def _amount(case: Case, minor: int) -> object:
    return left_out.amount(case.base, minor)
