"""What would change a condition that stands in a rule itself: `orders >= 5`, `city = 'Kazan'`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clientbase.db import settings
from clientbase.facts import changing, compose
from clientbase.words import _

if TYPE_CHECKING:
    from clientbase.facts.catalogue import Fact
    from clientbase.facts.changing import Case

_EDITED = frozenset(
    str.split(
        "organisation post city region address sex occupation manager channel preferred_channel "
        "note birthday external_id name"
    )
)
_ADDED = {"has_phone": "phone", "has_email": "email"}
_NUMBERS = changing.DAYS | {"orders", "orders_in_window", "revenue", "ltv", "average_order"}
_AT_LEAST = frozenset({">", ">="})


def change(case: Case, fact: Fact, asked: tuple[str, str] | None, *, holds: bool) -> str:
    """Return what would change whether a fact is as it is asked for; '' where that is unknown."""
    if asked is None:
        return ""
    operator, value = asked
    if fact.name in _NUMBERS:
        return _by_number(case, fact, operator, value)
    if holds:
        return ""
    if re.fullmatch(compose.BOUGHT, fact.part):
        return _("an order with it would do")
    words = _words(fact, operator, value)
    if not words:
        return ""
    return " ".join(["clientbase", "contact", words[0], str(case.contact), *words[1:]])


def _words(fact: Fact, operator: str, value: str) -> list[str]:
    """Return the command that would make a contact what is asked for, by its words."""
    if operator == "has":
        return ["tag", _quoted(f"+{value}")]
    if operator != "=":
        return []
    if fact.name in _ADDED:
        return ["edit", f"--{_ADDED[fact.name]}", "..."]
    if fact.name in _EDITED:
        return ["edit", "--" + fact.name.replace("_", "-"), _quoted(value)]
    if re.fullmatch(compose.FIELD, fact.part):
        return ["edit", "--field", _quoted(f"{fact.name}={value}")]
    return []


def _by_number(case: Case, fact: Fact, operator: str, text: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return ""
    if fact.name in changing.DAYS:
        return _by_days(case, fact, operator, int(number))
    if operator not in _AT_LEAST:
        return ""
    if fact.kind == "number":
        least = int(number) + (operator == ">" or number != int(number))
        return changing.by_orders(case, least, None).change if fact.name == "orders" else ""
    least = round(number * 10 ** settings.decimals(case.base))
    if fact.name == "average_order":
        return changing.by_average(case, least, None, strictly=operator == ">").change
    return changing.by_money(case, fact.name, least + (operator == ">")).change


def _by_days(case: Case, fact: Fact, operator: str, number: int) -> str:
    """Say from when on so many days will have passed, or what sets them back to none."""
    over = {">": number, ">=": number - 1, "<": number - 1, "<=": number}.get(operator)
    if over is None:
        return ""
    return changing.by_days(case, fact.name, over).change


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)
