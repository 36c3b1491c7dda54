"""Which border a contact passed or missed, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase import clock
from clientbase.facts import definitions, left_out, rfm
from clientbase.facts.catalogue import BASES, FREQUENCY
from clientbase.words import Sentence, _, decimal, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientbase.db.connection import Base

# What is read of a contact, whatever the rule asks for.
READ = (
    "name", "last_sign_on", "orders", "orders_in_window", "revenue", "average_order",
    "typical_order", "first_sale_on", "last_sale_on", "days_since_sale",
    "days_since_first_sale", "rhythm_days", "long_gap_days", "awake_until", "sleeping", "late",
    "frequency_class", "value_class", "base", "gap_cv", "tag_keys",
)  # fmt: skip
DAYS = frozenset({"days_since_sale", "days_since_first_sale"})
PERCENT = 100


class Step(NamedTuple):
    """A fact that decides, the border it meets, whether it does, and what would change that."""

    fact: str
    border: str
    holds: bool
    change: str = ""


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


def steps(case: Case, fact: str, wanted: str) -> list[Step]:
    """Return what decides whether a fact is as it is wanted; none where nothing lies behind it."""
    tell = _BEHIND.get(fact)
    return tell(case, wanted) if tell else []


def by_orders(case: Case, least: int, most: int | None, names: tuple[str, str] = ("", "")) -> Step:
    """Return how the number of orders lies between two borders, and how many more would do.

    `names` are the classes that a contact below the least, and one over the most, would come to.
    """
    window = case.said["frequency.window"] if names[0] else 0
    fact = "orders_in_window" if window else "orders"
    count = case.known[fact]
    border = _range(least, most)
    if count < least:
        leaves = _leaves(case, window, 1)
        return Step(fact, border, holds=False, change=_more_orders(least - count, names[0], leaves))
    if most is not None and count > most:
        out = _leaves(case, window, count - most)
        return Step(fact, border, holds=False, change=_quiet_from(out))
    changes = [_more_orders(most + 1 - count, names[1], None)] if most is not None else []
    if least > 0 and window:
        changes.append(_quiet_from(_leaves(case, window, count - least + 1)))
    return Step(fact, border, holds=True, change="; ".join(filter(None, changes)))


def by_days(case: Case, fact: str, over: int) -> Step:
    """Return whether more than so many days have passed, and from when on they would have."""
    days = case.known[fact]
    border = Sentence("> {days}", days=grouped(over))
    if days is None:
        return Step(fact, border, holds=False, change=_("an order comes first"))
    if days > over:
        ends = _("an order would end it") if fact == "days_since_sale" else ""
        return Step(fact, border, holds=True, change=ends)
    day = case.today + timedelta(over - days + 1)
    told = (
        _("from {day} on, if nothing is bought")
        if fact == "days_since_sale"
        else _("from {day} on")
    )
    return Step(fact, border, holds=False, change=Sentence(told, day=day))


def by_money(case: Case, fact: str, least: int) -> Step:
    """Return whether an amount in minor units is reached, and how much is missing."""
    amount = case.known[fact] or 0
    border = Sentence(">= {amount}", amount=left_out.amount(case.base, least))
    change = ""
    if amount < least:
        missing = left_out.amount(case.base, least - amount)
        change = Sentence(_("{amount} more would do"), amount=missing)
    return Step(fact, border, amount >= least, change)


def by_average(
    case: Case, least: float | None, most: float | None, *, strictly: bool = False
) -> Step:
    """Return whether the typical order lies between two borders, which are `strictly` passed.

    They are minor units. And how large one more order would have to be, where the average decides.
    """
    typical = case.known["typical_order"]
    fact = "average_order" if case.said["value.by"] == "average" else "median_order"
    signs = ("> {least}", "< {most}") if strictly else (">= {least}", "<= {most}")
    border = Sentence(
        ", ".join(sign for sign, at in zip(signs, (least, most), strict=True) if at is not None),
        least=left_out.amount(case.base, round(least or 0)),
        most=left_out.amount(case.base, round(most or 0)),
    )
    if typical is None:
        return Step(fact, border, holds=False, change=_("an order comes first"))
    low = least is not None and (typical < least or (strictly and typical == least))
    high = most is not None and (typical > most or (strictly and typical == most))
    change = ""
    if fact == "average_order" and (low or high):
        missing = (least if low else most or 0) or 0
        change = _next_order(case, missing, strictly=strictly, up=low)
    return Step(fact, border, not (low or high), change)


def _next_order(case: Case, border: float, *, strictly: bool, up: bool) -> str:
    """Say how large the next order would have to be for the average to come to a border."""
    exact = border * (case.known["orders"] + 1) - case.known["revenue"]
    if up:
        paid = floor(exact) + 1 if strictly else ceil(exact)
        told = _("an order of {amount} or more would do")
    else:
        paid = ceil(exact) - 1 if strictly else floor(exact)
        told = _("an order of {amount} or less would do")
    if paid <= 0:
        return _("several smaller orders would do")
    return Sentence(told, amount=left_out.amount(case.base, paid))


def _frequency(case: Case, wanted: str) -> list[Step]:
    few, many = case.said["frequency.periodic"], case.said["frequency.regular"]
    least = {"one-time": 1, "periodic": few, "regular": many}[wanted]
    most = {"one-time": few - 1, "periodic": many - 1, "regular": None}[wanted]
    over = FREQUENCY[min(FREQUENCY.index(wanted) + 1, len(FREQUENCY) - 1)]
    return [by_orders(case, least, most, (wanted, over))]


def _value(case: Case, wanted: str) -> list[Step]:
    low, high = case.borders
    if low is None or high is None:
        return [by_orders(case, 1, None)]
    if wanted == "standard":  # amounts of the borders themselves are
        return [by_average(case, low, high)]
    least, most = (None, low) if wanted == "economy" else (high, None)
    return [by_average(case, least, most, strictly=True)]


def _base(case: Case, wanted: str) -> list[Step]:
    said, real = case.said, case.known["base"]
    found = []
    if real != wanted and BASES.index(real) < BASES.index(wanted):
        about = definitions.told(case.base, definitions.BASE[real])
        told = _("{kind} comes before it: {about}")
        found.append(Step("base", Sentence(told, kind=real, about=about), holds=False))
    few, many = said["frequency.periodic"], said["frequency.regular"]
    if wanted == "dead":
        silent = (case.today - date.fromisoformat(case.known["last_sign_on"])).days
        case.known["days_silent"] = silent
        found.append(by_days(case, "days_silent", said["dead.after"] - 1))
    elif wanted == "potential":
        none = _("only who has no order is one")
        has = case.known["orders"] > 0
        found.append(Step("orders", "= 0", not has, none if has else _more_orders(1, "", None)))
    elif wanted == "vip":
        vip = case.known["value_class"] == "vip"
        found += [Step("value_class", "= vip", vip), *(_value(case, "vip"))]
        found += [by_orders(case, few, None), _tagged(case, "vip")]
    elif wanted in {"partner", "regular"}:
        found.append(by_orders(case, many, None))
        if wanted == "partner":
            found.append(_since(case, said["partner.after"]))
    elif wanted == "active":
        found.append(by_orders(case, few, many - 1))
        found.append(by_days(case, "days_since_first_sale", said["active.after"] - 1))
    else:
        found.append(by_orders(case, 1, many - 1))
    return found


def _tagged(case: Case, tag: str) -> Step:
    case.known["tags"] = case.known["tag_keys"]
    holds = tag in str(case.known["tag_keys"]).split("\n")
    command = f"clientbase contact tag {case.contact} +{tag}"
    change = "" if holds else _("in place of these: {command}").format(command=command)
    return Step("tags", f"has {tag}", holds, change)


def _since(case: Case, months: int) -> Step:
    first = case.known["first_sale_on"]
    latest = clock.minus(case.today, clock.Span(0, months))
    holds = first is not None and first <= latest.isoformat()
    change = ""
    if first and not holds:
        day = _first_after(date.fromisoformat(first), months)
        change = Sentence(_("from {day} on"), day=day)
    return Step("first_sale_on", Sentence("<= {day}", day=latest), holds, change)


def _sleeping(case: Case, wanted: str) -> list[Step]:
    del wanted
    if not case.known["awake_until"]:
        return [by_orders(case, 1, None)]
    last = date.fromisoformat(case.known["last_sale_on"])
    until = date.fromisoformat(case.known["awake_until"])
    return [by_days(case, "days_since_sale", (until - last).days), *_rhythm(case)]


def _late(case: Case, wanted: str) -> list[Step]:
    del wanted
    known, said = case.known, case.said
    if known["rhythm_days"] is None:
        told = _("3 days of purchase make a rhythm")
        return [Step("rhythm_days", "> 0", holds=False, change=told)]
    often = floor(said["late.rhythm"] * known["rhythm_days"] / PERCENT)
    over = max(said["late.least"], often, known["long_gap_days"])
    found = [by_days(case, "days_since_sale", over), *_rhythm(case)]
    if known["sleeping"]:
        told = _("an order would wake them")
        found.append(Step("sleeping", "= false", holds=False, change=told))
    return found


def _rhythm(case: Case) -> list[Step]:
    if case.known["rhythm_days"] is None:
        return []
    return [Step("rhythm_days", "", holds=True)]


def _abc(case: Case, wanted: str) -> list[Step]:
    from clientbase.facts import abc

    least = abc.clients(case.base, case.today)
    letter, paid = wanted.upper(), case.known["revenue"]
    if not case.known["orders"]:
        return [by_orders(case, 1, None)]
    found = []
    if letter != "C":
        found.append(by_money(case, "revenue", least.a if letter == "A" else least.b))
    if letter != "A":
        over = least.a if letter == "B" else least.b
        border = Sentence("< {amount}", amount=left_out.amount(case.base, over))
        told = ""
        if paid < over:
            missing = left_out.amount(case.base, over - paid)
            told = Sentence(_("{amount} more would take them over it"), amount=missing)
        found.append(Step("revenue", border, paid < over, told))
    return found


def _xyz(case: Case, wanted: str) -> list[Step]:
    cv = case.known["gap_cv"]
    if cv is None:
        told = _("{days} days of purchase are the least").format(days=case.said["xyz.days"])
        return [Step("gap_cv", "", holds=False, change=told)]
    x, y = case.said["xyz.x"], case.said["xyz.y"]
    low = {"X": 0, "Y": x, "Z": y}[wanted.upper()]
    high = {"X": x, "Y": y, "Z": None}[wanted.upper()]
    border = f"<= {high}%" if not low else f"> {low}%" if high is None else f"> {low}%, <= {high}%"
    holds = (cv > low or not low) and (high is None or cv <= high)
    change = "" if holds else _("a steadier rhythm") if cv > low else _("a less steady rhythm")
    return [Step("gap_cv", border, holds, change)]


def _rfm(case: Case, wanted: str) -> list[Step]:
    cells = [
        (rfm.BINS - row, column + 1)
        for row, names in enumerate(rfm.GRID)
        for column, name in enumerate(names)
        if _same(name, wanted)
    ]
    if _same("Potential Loyalist", wanted) and case.known["orders"] > 1:
        cells.append((rfm.BINS, 1))
    chosen = rfm.cuts(case.base, case.today)
    rs, fs = sorted({r for r, _f in cells}), sorted({f for _r, f in cells})
    r, f = case.known["rfm_r"], case.known["rfm_f"]
    again = _("an order would make it {score}").format(score=rfm.BINS)
    found = [Step("rfm_r", _scores(rs), r in rs, "" if r in rs or r == rfm.BINS else again)]
    change = ""
    if f and f not in fs and f < min(fs):
        cut = chosen.frequency[min(fs) - 2]
        change = _more_orders(cut.floor + 1 - case.known["orders"], "", None)
    found.append(Step("rfm_f", _scores(fs), f in fs, change))
    named = ((chosen.recency, "days_since_sale"), (chosen.frequency, "orders"))
    for cuts, fact in named:
        told = [decimal(cut.value) for cut in cuts]
        if told:
            found.append(Step(fact, Sentence(_("cuts: {cuts}"), cuts=told), holds=True))
    return found


def _same(name: str, wanted: str) -> bool:
    return name.casefold() == wanted.casefold()


def _scores(scores: list[int]) -> str:
    return f"{scores[0]}" if len(scores) == 1 else f"{scores[0]}-{scores[-1]}" if scores else ""


def _range(least: int, most: int | None) -> str:
    if most is None:
        return Sentence(">= {least}", least=grouped(least))
    if least == most:
        return Sentence("= {least}", least=grouped(least))
    return Sentence(_("{least} to {most}"), least=grouped(least), most=grouped(most))


def _more_orders(count: int, name: str, before: date | None) -> str:
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


def _quiet_from(day: date | None) -> str:
    return Sentence(_("from {day} on, if nothing is bought"), day=day) if day else ""


def _leaves(case: Case, months: int, count: int) -> date | None:
    """Return the day from which the oldest `count` orders of the window do not count any more."""
    inside = case.days[: case.known["orders_in_window"]]
    if not months or not 0 < count <= len(inside):
        return None
    return _first_after(inside[-count], months)


def _first_after(day: date, months: int) -> date:
    """Return the first day of which the day so many months before is not before a day."""
    found = clock.add(day, clock.Span(0, months))
    while clock.minus(found, clock.Span(0, months)) < day:
        found += timedelta(1)
    return found


_BEHIND: dict[str, Callable[[Case, str], list[Step]]] = {
    "frequency_class": _frequency,
    "value_class": _value,
    "base": _base,
    "sleeping": _sleeping,
    "late": _late,
    "abc": _abc,
    "xyz": _xyz,
    "rfm_segment": _rfm,
}
