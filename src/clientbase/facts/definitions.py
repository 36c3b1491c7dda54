"""The definitions of the classes in words, with the borders that the settings give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.db import settings
from clientbase.facts import left_out, thresholds
from clientbase.words import N_, Number, Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from clientbase.db.connection import Base

YEAR = 12  # months
# What is in braces comes from the settings: see `_words`.
FREQUENCY = {
    "one-time": N_("clients with {once}"),
    "periodic": N_("clients with {few}"),
    "regular": N_("clients with {many}"),
}
VALUE = {
    "economy": N_("clients whose average order is under the lower border"),
    "standard": N_("clients whose average order is between the borders"),
    "vip": N_("clients whose average order is over the upper border"),
}
ABC = {
    "A": N_("clients who bring the first {abc_a}% of the money"),
    "B": N_("clients who bring the money up to {abc_b}%"),
    "C": N_("clients who bring the rest, or nothing"),
}
BASE = {
    "dead": N_("nothing heard for {dead}, and nothing planned"),
    "potential": N_("in the base, and not bought yet"),
    "vip": N_("dear orders and {least} or more of them, or the tag vip"),
    "partner": N_("{many}, and a client for {partner}"),
    "regular": N_("clients with {many}"),
    "active": N_("{few}, the first {active} ago or more"),
    "working": N_("{once}, or a newcomer's {few}"),
}
SLEEPING = N_("quiet for more than {sleeping}, or than {sleeping_rhythm} own rhythms and {rest}")
LATE = N_(
    "not sleeping, but quiet for more than {late_rhythm} own rhythms, {late_share}% of the own "
    "gaps, and {late}"
)


def told(base: Base, template: str) -> str:
    """Return one of the definitions above in the reader's language."""
    return Sentence(_(template), **_words(base))


def notes(base: Base, today: date, facts: Iterable[str]) -> list[str]:
    """Return a sentence on each border by which one of these facts is decided."""
    asked = set(facts)
    return [
        note for names, tell in _NOTES if not asked.isdisjoint(names) for note in tell(base, today)
    ]


def _often(base: Base, today: date) -> list[str]:
    del today
    said = settings.read(base)
    few, many, months = (said[f"frequency.{name}"] for name in ("periodic", "regular", "window"))
    bought = Sentence(
        _("By orders: one-time is {once}, periodic {few}, regular {many} and more"),
        once=_range(1, few - 1),
        few=_range(few, many - 1),
        many=grouped(many),
    )
    if not months:
        return [Sentence("{bought}.", bought=bought)]
    within = ngettext("within {months} month", "within {months} months", months)
    within = Sentence(within, months=grouped(months))
    return [Sentence("{bought}, {within}.", bought=bought, within=within)]


def _dear(base: Base, today: date) -> list[str]:
    low, high = thresholds.borders(base, today)
    if low is None or high is None:
        return []
    said = settings.read(base)
    by = _("the median order") if said["value.by"] == "median" else _("the average order")
    note = Sentence(
        _("By {order}: economy is under {low}, vip is over {high}."),
        order=by,
        low=left_out.amount(base, round(low)),
        high=left_out.amount(base, round(high)),
    )
    if said["value.low"] is not None and said["value.high"] is not None:
        return [note]
    quantiles = _("Borders that are not set are the 33⅓ and 90 percentiles of the clients.")
    return [note, f"{quantiles} {_('Other ones: clientbase set value.low AMOUNT.')}"]


def _kinds(base: Base, today: date) -> list[str]:
    del today
    return [Sentence(_("Kinds of base, the first that fits: {kinds}."), kinds=_each(base, BASE))]


def _each(base: Base, abouts: Mapping[str, str]) -> Sentence:
    """Tell what each of several classes is, one after another."""
    each = "; ".join(f"{name}: {{{name}}}" for name in abouts)
    return Sentence(each, **{name: told(base, about) for name, about in abouts.items()})


def _sleeping(base: Base, today: date) -> list[str]:
    del today
    return [Sentence(_("Sleeping: {definition}."), definition=told(base, SLEEPING))]


def _late(base: Base, today: date) -> list[str]:
    del today
    return [Sentence(_("Late: {definition}."), definition=told(base, LATE))]


def _by_money(base: Base, today: date) -> list[str]:
    del today
    return [Sentence(_("ABC by revenue: {kinds}."), kinds=_each(base, ABC))]


def _steadily(base: Base, today: date) -> list[str]:
    del today
    told = _(
        "XYZ by how the own gaps vary: X up to {x}%, Y up to {y}%, else Z; {days} days at least."
    )
    said = settings.read(base)
    return [
        Sentence(
            told, x=grouped(said["xyz.x"]), y=grouped(said["xyz.y"]), days=grouped(said["xyz.days"])
        )
    ]


_NOTES: tuple[tuple[frozenset[str], Callable[[Base, date], list[str]]], ...] = (
    (frozenset({"value_class", "base"}), _dear),
    (frozenset({"frequency_class", "orders_in_window"}), _often),
    (frozenset({"base"}), _kinds),
    (frozenset({"sleeping", "late"}), _sleeping),
    (frozenset({"late", "long_gap_days"}), _late),
    (frozenset({"abc"}), _by_money),
    (frozenset({"xyz"}), _steadily),
)


def _words(base: Base) -> dict[str, str]:
    said = settings.read(base)
    few, many = said["frequency.periodic"], said["frequency.regular"]
    return {
        "once": _orders(1, few - 1),
        "few": _orders(few, many - 1),
        "least": grouped(few),
        "many": Sentence(_("{orders} and more"), orders=_orders(many, many)),
        "dead": _days(said["dead.after"]),
        "active": _days(said["active.after"]),
        "partner": _months(said["partner.after"]),
        "sleeping": _days(said["sleeping.after"]),
        "sleeping_rhythm": Number(settings.times(said["sleeping.rhythm"])),
        "rest": _days(said["sleeping.least"]),
        "late_rhythm": Number(settings.times(said["late.rhythm"])),
        "late_share": str(said["late.share"]),
        "late": _days(said["late.least"]),
        "abc_a": str(said["abc.a"]),
        "abc_b": str(said["abc.b"]),
    }


def _range(low: int, high: int) -> str:
    if low == high:
        return grouped(low)
    between = _("{low} or {high}") if high == low + 1 else _("{low} to {high}")
    return Sentence(between, low=grouped(low), high=grouped(high))


def _orders(low: int, high: int) -> str:
    # A range goes with the form of its last number: 1 order, 2 or 3 orders.
    return Sentence(ngettext("{count} order", "{count} orders", high), count=_range(low, high))


def _days(days: int) -> str:
    return Sentence(ngettext("{count} day", "{count} days", days), count=grouped(days))


def _months(months: int) -> str:
    years, odd = divmod(months, YEAR)
    if odd:
        return Sentence(ngettext("{count} month", "{count} months", months), count=grouped(months))
    return Sentence(ngettext("{count} year", "{count} years", years), count=grouped(years))
