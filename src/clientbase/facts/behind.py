"""What decides the classes: behind `value_class = 'vip'` stand an average and its border."""

from __future__ import annotations

from datetime import date, timedelta
from math import floor
from typing import TYPE_CHECKING

from clientbase import clock
from clientbase.facts import averages, changing, definitions, left_out, scores
from clientbase.facts.catalogue import BASES, FREQUENCY
from clientbase.facts.changing import Step, by_days, by_orders
from clientbase.words import Sentence, _, grouped

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientbase.facts.changing import Case

PERCENT = 100


def steps(case: Case, fact: str, wanted: str) -> list[Step]:
    """Return what decides whether a fact is as it is wanted; none where nothing lies behind it."""
    tell = _BEHIND.get(fact)
    return tell(case, wanted) if tell else []


def late_over(case: Case) -> int | None:
    """Return the days of quiet up to which a client is not late; None without a rhythm."""
    known, said = case.known, case.said
    if known["rhythm_days"] is None:
        return None
    often = floor(said["late.rhythm"] * known["rhythm_days"] / PERCENT)
    return int(max(said["late.least"], often, known["long_gap_days"]))


def asleep_from(case: Case) -> date:
    """Return the day on which a client falls asleep, if nothing is bought."""
    return date.fromisoformat(case.known["awake_until"]) + timedelta(1)


def late_from(case: Case, day: date) -> str:
    """Say that somebody is late from a day on, or that they fall asleep before."""
    asleep = asleep_from(case)
    if day < asleep:
        return changing.on_day(day)
    return Sentence(_("not any more: from {day} on they count as sleeping"), day=asleep)


def no_rhythm() -> str:
    """Say what makes a rhythm."""
    return _("3 days of purchase make a rhythm")


def _frequency(case: Case, wanted: str) -> list[Step]:
    if wanted == "one-time" and not case.known["orders"]:
        return [by_orders(case, 1, None)]
    few, many = case.said["frequency.periodic"], case.said["frequency.regular"]
    # Who has bought, but not within the window, is one-time too.
    once = 0 if case.said["frequency.window"] else 1
    least = {"one-time": once, "periodic": few, "regular": many}[wanted]
    most = {"one-time": few - 1, "periodic": many - 1, "regular": None}[wanted]
    over = FREQUENCY[min(FREQUENCY.index(wanted) + 1, len(FREQUENCY) - 1)]
    return [by_orders(case, least, most, (wanted, over))]


def _base(case: Case, wanted: str) -> list[Step]:
    real = case.known["base"]
    found = []
    if real != wanted and BASES.index(real) < BASES.index(wanted):
        about = definitions.told(case.base, definitions.BASE[real])
        told = _("{kind} comes before it: {about}")
        found.append(Step("base", Sentence(told, kind=real, about=about), holds=False))
    return found + [_not_over(case, wanted, step) for step in _BASES[wanted](case)]


def _not_over(case: Case, wanted: str, step: Step) -> Step:
    """Promise nothing where more orders would make somebody what comes before a kind of base."""
    if step.holds or not step.change or wanted not in {"partner", "regular", "active", "working"}:
        return step
    dear = case.known["value_class"] == "vip" or _has_tag(case, "vip")
    first, since = case.known["first_sale_on"], clock.Span(0, case.said["partner.after"])
    old = bool(first) and first <= clock.since(case.today, since).isoformat()
    kind = "vip" if dear else "partner" if wanted == "regular" and old else ""
    if not kind:
        return step
    told = _("that would make them {kind}, which comes before it")
    return step._replace(change=told.format(kind=kind))


def _dead(case: Case) -> list[Step]:
    over = case.said["dead.after"] - 1
    ahead = bool(case.known["awaited"])
    ends = _("when nothing is planned any more") if ahead else _("an open reminder would end it")
    return [_since_day(case, "days_silent", over), Step("awaited", "= false", not ahead, ends)]


def _potential(case: Case) -> list[Step]:
    has = case.known["orders"] > 0
    told = _("only who has no order is one") if has else _("an order would end it")
    return [Step("orders", "= 0", not has, told)]


def _dear(case: Case) -> list[Step]:
    vip = case.known["value_class"] == "vip"
    found = [Step("value_class", "= vip", vip), *averages.value(case, "vip")]
    return [*found, by_orders(case, case.said["frequency.periodic"], None), _tagged(case, "vip")]


def _partner(case: Case) -> list[Step]:
    many, months = case.said["frequency.regular"], case.said["partner.after"]
    return [by_orders(case, many, None), _since(case, months)]


def _regular(case: Case) -> list[Step]:
    return [by_orders(case, case.said["frequency.regular"], None)]


def _active(case: Case) -> list[Step]:
    few, many = case.said["frequency.periodic"], case.said["frequency.regular"]
    over = case.said["active.after"] - 1
    return [by_orders(case, few, many - 1), _since_day(case, "days_since_first_sale", over)]


def _working(case: Case) -> list[Step]:
    few, many = case.said["frequency.periodic"], case.said["frequency.regular"]
    first = case.known["days_since_first_sale"]
    newcomer = first is None or first < case.said["active.after"]
    return [by_orders(case, 1, (many if newcomer else few) - 1)]


def _since_day(case: Case, fact: str, over: int) -> Step:
    """Tell of a border that is passed on its own day, as the definitions tell it."""
    return by_days(case, fact, over, Sentence(">= {days}", days=grouped(over + 1)))


def _has_tag(case: Case, tag: str) -> bool:
    return tag in (case.known["tags"] or "").split("\n")


def _tagged(case: Case, tag: str) -> Step:
    holds = _has_tag(case, tag)
    command = _("clientbase contact tag {number} +{tag}").format(number=case.contact, tag=tag)
    change = "" if holds else _("in place of these: {command}").format(command=command)
    return Step("tags", f"has {tag}", holds, change)


def _since(case: Case, months: int) -> Step:
    first = case.known["first_sale_on"]
    latest = clock.since(case.today, clock.Span(0, months))
    holds = first is not None and first <= latest.isoformat()
    change = ""
    if first and not holds:
        day = clock.add(date.fromisoformat(first), clock.Span(0, months))
        change = Sentence(_("from {day} on"), day=day)
    return Step("first_sale_on", Sentence("<= {day}", day=latest), holds, change)


def _sleeping(case: Case, wanted: str) -> list[Step]:
    del wanted
    if not case.known["awake_until"]:
        return [changing.first_order()]
    last = date.fromisoformat(case.known["last_sale_on"])
    quiet = (asleep_from(case) - last).days - 1
    return [by_days(case, "days_since_sale", quiet), *_rhythm(case)]


def _late(case: Case, wanted: str) -> list[Step]:
    del wanted
    known, over = case.known, late_over(case)
    if over is None:
        return [Step("rhythm_days", "> 0", holds=False, change=no_rhythm())]
    quiet = by_days(case, "days_since_sale", over)
    if not quiet.holds:
        last = date.fromisoformat(known["last_sale_on"])
        quiet = quiet._replace(change=late_from(case, last + timedelta(over + 1)))
    elif not known["sleeping"]:
        asleep = Sentence(_("from {day} on they sleep"), day=asleep_from(case))
        quiet = quiet._replace(change=changing.joined([quiet.change, asleep]))
    found = [quiet, *_rhythm(case)]
    if known["sleeping"]:
        told = _("an order would wake them")
        found.append(Step("sleeping", "= false", holds=False, change=told))
    return found


def _rhythm(case: Case) -> list[Step]:
    if case.known["rhythm_days"] is None:
        return []
    return [Step("rhythm_days", "", holds=None)]


def _abc(case: Case, wanted: str) -> list[Step]:
    from clientbase.facts import abc

    least = abc.clients(case.base, case.today)
    letter, paid = wanted.upper(), case.known["revenue"]
    if not case.known["orders"]:
        return [changing.first_order()]
    found = []
    if letter != "C":
        border, over = least.a if letter == "A" else least.b, ">= {amount}"
        change = "" if paid >= border else _richer(case, letter)
        found.append(_of_sum(case, over, border, holds=paid >= border, change=change))
    if letter != "A":
        border, under = least.a if letter == "B" else least.b, "< {amount}"
        change = "" if paid >= border else _richer(case, "A" if letter == "B" else "B", letter)
        found.append(_of_sum(case, under, border, holds=paid < border, change=change))
    return found


def _of_sum(case: Case, sign: str, border: int, *, holds: bool, change: str) -> Step:
    told = Sentence(sign, amount=left_out.amount(case.base, border))
    return Step("revenue", told, holds, change)


def _richer(case: Case, letter: str, now: str = "") -> str:
    """Say how much more makes somebody a letter, which ends that they are another one `now`."""
    from clientbase.facts import abc

    paid, share = case.known["revenue"], case.said[f"abc.{letter.lower()}"]
    needed, then = abc.needed(case.base, case.today, paid, share)
    told, becomes = _("{amount} more would do"), then.letter(needed)
    if now:
        told = _("{amount} more would make them {letter}")
    elif becomes != letter:
        told = _("{amount} more would make them {letter} at once")
    return Sentence(told, amount=left_out.amount(case.base, needed - paid), letter=becomes)


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


_BASES: dict[str, Callable[[Case], list[Step]]] = {
    "dead": _dead,
    "potential": _potential,
    "vip": _dear,
    "partner": _partner,
    "regular": _regular,
    "active": _active,
    "working": _working,
}
_BEHIND: dict[str, Callable[[Case, str], list[Step]]] = {
    "frequency_class": _frequency,
    "value_class": averages.value,
    "base": _base,
    "sleeping": _sleeping,
    "late": _late,
    "abc": _abc,
    "xyz": _xyz,
    "rfm_segment": scores.steps,
}
