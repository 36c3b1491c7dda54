"""What decides the segments of RFM: the scores R and F, and what would change each of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientbase.facts import rfm
from clientbase.facts.changing import (
    Step,
    by_orders,
    first_order,
    joined,
    more_orders,
    on_day,
    orders_end,
)
from clientbase.normal import fold
from clientbase.words import Sentence, _, decimal, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clientbase.facts.changing import Case
    from clientbase.facts.quantiles import Cut

_NEW, _LOYALIST = "New Customers".casefold(), "Potential Loyalist".casefold()


def steps(case: Case, wanted: str) -> list[Step]:
    """Return the scores that a segment of RFM asks for, and the cuts that they come from."""
    chosen, segment = rfm.cuts(case.base, case.today), fold(wanted)
    if not chosen.clients:
        return [first_order()]
    cells = _cells(segment)
    fs = sorted({f for _r, f in cells})
    f, orders = case.known["rfm_f"], case.known["orders"]
    rs = sorted({r for r, column in cells if column == f or f not in fs})
    found = [
        Step("rfm_r", _scores(rs), case.known["rfm_r"] in rs, _recency(case, chosen, segment, rs)),
        Step("rfm_f", _scores(fs), f in fs, _frequency(case, chosen, segment, held=f in fs)),
    ]
    if segment == _NEW:
        found.append(_first_order(orders))
    elif segment == _LOYALIST and f == 1:
        found.append(by_orders(case, 2, None))
    named = ((chosen.recency, "days_since_sale"), (chosen.frequency, "orders"))
    for cuts, fact in named:
        told = [decimal(cut.value) for cut in cuts]
        found.append(Step(fact, Sentence(_("cuts: {cuts}"), cuts=told), holds=None))
    return found


def note(case: Case) -> str:
    """Say of what is told of the scores how long it is so; '' where the cuts are fixed."""
    if {"recency", "frequency"} <= rfm.cuts(case.base, case.today).fixed:
        return ""
    return _("What would change R and F is told as the cuts stand today; they move as clients buy.")


def _cells(segment: str) -> list[tuple[int, int]]:
    """Return the scores R and F of a segment; those of New Customers are Loyalists' as well."""
    return [
        (rfm.BINS - row, column + 1)
        for row, names in enumerate(rfm.GRID)
        for column, name in enumerate(names)
        if fold(name) == segment or (segment == _LOYALIST and fold(name) == _NEW)
    ]


def _first_order(orders: int) -> Step:
    if orders > 1:
        return Step("orders", "= 1", holds=False, change=_("only who has one order is one"))
    if orders:
        return Step("orders", "= 1", holds=True, change=orders_end(1))
    return Step("orders", "= 1", holds=False, change=more_orders(1))


def _recency(case: Case, chosen: rfm.Cuts, segment: str, rs: Sequence[int]) -> str:
    days, r = case.known["days_since_sale"], case.known["rfm_r"]
    floors = [cut.floor for cut in chosen.recency]

    def fits(quiet: int) -> bool:
        return rfm.BINS + 1 - _score(chosen.recency, quiet) in rs

    if r is None or r < min(rs):
        if case.known["rfm_f"] is not None and _breaks(case, chosen, segment):
            if segment == _NEW:
                return _("nothing would: only a first order makes a new customer")
            return _("no order would do: F would be too high")
        return _anew(_first(0, floors, fits))
    if r in rs:
        again = "" if rfm.BINS in rs else _("an order would end it")
        ends = _first(days, floors, lambda quiet: not fits(quiet))
        return joined([again, _quiet(case, ends, ends=True)])
    return _quiet(case, _first(days, floors, fits), ends=False)


def _anew(quiet: int | None) -> str:
    """Say that an order makes it 5, or how long after one it is what it should be."""
    if quiet is None:
        return ""
    if not quiet:
        return _("an order would make it {score}").format(score=rfm.BINS)
    told = ngettext(
        "an order and then {count} quiet day would do",
        "an order and then {count} quiet days would do",
        quiet,
    )
    return Sentence(told, count=grouped(quiet))


def _quiet(case: Case, quiet: int | None, *, ends: bool) -> str:
    if quiet is None:
        return ""
    day = case.today + timedelta(quiet - case.known["days_since_sale"])
    return on_day(day, ends=ends)


def _breaks(case: Case, chosen: rfm.Cuts, segment: str) -> bool:
    """Tell whether the orders fit a segment now, and would not with one more."""
    fits, orders = _fitting(chosen.frequency, segment), case.known["orders"]
    return fits(orders) and not fits(orders + 1)


def _frequency(case: Case, chosen: rfm.Cuts, segment: str, *, held: bool) -> str:
    orders, fits = case.known["orders"], _fitting(chosen.frequency, segment)
    floors = [cut.floor for cut in chosen.frequency]
    if held and fits(orders):
        ends = _first(orders + 1, [*floors, orders + 1], lambda count: not fits(count))
        return orders_end(ends - orders) if ends else ""
    enough = _first(orders + 1, [*floors, orders + 1], fits)
    if enough:
        return "" if held else _enough(chosen, segment, enough, enough - orders)
    if held or segment == _NEW:
        return ""  # the number of orders itself tells
    if "frequency" in chosen.fixed:
        return _("nothing would: orders do not get fewer")
    return _("F falls only when other clients buy more")


def _enough(chosen: rfm.Cuts, segment: str, orders: int, more: int) -> str:
    """Say how many more orders do, and how long it is quiet behind them: each makes R 5."""
    recency, f = [cut.floor for cut in chosen.recency], _score(chosen.frequency, orders)

    def fits(quiet: int) -> bool:
        r = rfm.BINS + 1 - _score(chosen.recency, quiet)
        return fold(rfm.segment(r, f, one_order=orders == 1)) == segment

    quiet = _first(0, recency, fits)
    if not quiet:
        return "" if quiet is None else more_orders(more)
    return Sentence(
        _("{orders} and then {days} would do"),
        orders=Sentence(
            ngettext("{count} more order", "{count} more orders", more), count=grouped(more)
        ),
        days=Sentence(
            ngettext("{count} quiet day", "{count} quiet days", quiet), count=grouped(quiet)
        ),
    )


def _score(cuts: Sequence[Cut], number: int) -> int:
    """Return 1 and one more for each cut that a number lies over."""
    return 1 + sum(cut.floor < number for cut in cuts)


def _fitting(cuts: Sequence[Cut], segment: str) -> Callable[[int], bool]:
    """Return what tells whether so many orders fit a segment with some R or other."""

    def fits(orders: int) -> bool:
        f = _score(cuts, orders)
        scored = range(1, rfm.BINS + 1)
        names = {fold(rfm.segment(r, f, one_order=orders == 1)) for r in scored}
        return orders > 0 and segment in names

    return fits


def _first(start: int, floors: Sequence[int], fits: Callable[[int], bool]) -> int | None:
    """Return the first number from a start on that fits; what fits changes behind the floors."""
    edges = sorted({start, *(cut + 1 for cut in floors if cut >= start)})
    return next((number for number in edges if fits(number)), None)


def _scores(scores: Sequence[int]) -> str:
    return f"{scores[0]}" if len(scores) == 1 else f"{scores[0]}-{scores[-1]}"
