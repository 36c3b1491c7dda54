"""The one place where SQL text is composed: facts from their fragments, only those asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from clientbase.db.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PARTS = {
    name: re.sub(r"^--.*\n", "", sql, flags=re.MULTILINE)
    for name, sql in statements(__file__).items()
}

Scope = Literal["everyone", "one", "these", "clients"]

FIELD = re.compile(r"field_(\d+)")
_BELOW = re.compile(r"\bbelow\.(\w+)")
_TOTALS = re.compile(r"\bcontact_total\b")
_OF_CONTACT = re.compile(r"\bcontact\.")
# Before the others that may use it.
_WITH = ("purchase", "total_then")
# What is dear to find out is found out once, and not each time that a fact over it reads it:
# SQLite folds layers into one, but never over a limit.
_DEAR = frozenset({"days_of_purchase", "rhythm_days", "long_gap_days", "hottest_lead"})
_FENCE = " limit -1"


def field_fact(field_id: int) -> str:
    """Return the name under which a custom field is asked for."""
    return f"field_{field_id}"


def statement(wanted: Sequence[str], scope: Scope, *, past: bool) -> str:
    """Return `with … facts as (…)`, a table of exactly the facts that are wanted.

    `scope` says of whom: everyone in the base, one contact (`:contact_id`), these (`:ids`, a
    JSON list) or all clients. `past` tells that sales were recorded after the day `:today`, so
    that the totals kept of today do not serve.
    """
    layers = _layers(wanted)
    parts = [f"layer_0 as ({_ground(layers[0], scope)})"]
    parts += [
        f"layer_{n} as (select below.*, {_listed(layer, scope)} from layer_{n - 1} as below"
        f"{'' if _DEAR.isdisjoint(layer) else _FENCE})"
        for n, layer in enumerate(layers[1:], start=1)
    ]
    names = ", ".join(f"below.{name}" for name in wanted)
    parts.append(f"facts as (select {names} from layer_{len(layers) - 1} as below)")
    text = ",\n".join(parts)
    if past:
        text = _TOTALS.sub("total_then", text)
    return "with " + ",\n".join([*_helpers(text), text])


def of_totals(tail: str, *, past: bool) -> str:
    """Return a statement over `contact_total` as one that reads what it was on a past day."""
    if not past:
        return tail
    text = _TOTALS.sub("total_then", tail)
    return "with " + ",\n".join(_helpers(text)) + "\n" + text


def _helpers(text: str) -> Iterator[str]:
    """Choose the tables that the text reads, and those that they read themselves."""
    whole = text
    chosen = []
    for name in reversed(_WITH):
        if re.search(rf"\b{name}\b", whole):
            chosen.append(PARTS[f"with {name}"])
            whole += chosen[-1]
    return reversed(chosen)


def _ground(names: Iterable[str], scope: Scope) -> str:
    listed = _listed(names, scope)
    alone = scope == "clients" and not _OF_CONTACT.search(listed)
    return f"select {listed} {PARTS['from clients alone' if alone else f'from {scope}']}"


def _listed(names: Iterable[str], scope: Scope) -> str:
    return ", ".join(f"{_fragment(name, scope)} as {name}" for name in names)


def _fragment(name: str, scope: Scope) -> str:
    field = FIELD.fullmatch(name)
    if field:
        return PARTS["field"].replace(":field", str(int(field[1])))
    if name == "contact_id" and scope == "clients":
        return PARTS["contact_id of clients"]
    return PARTS[name]


def _layers(wanted: Iterable[str]) -> list[list[str]]:
    """Sort the wanted facts, and those that they are made of, into layers."""
    height: dict[str, int] = {}
    for name in wanted:
        _measure(name, height)
    layers: list[list[str]] = [[] for _ in range(1 + max(height.values()))]
    for name, layer in height.items():
        layers[layer].append(name)
    # A layer without a fact of its own can't be: each stands one over another.
    return layers


def _measure(name: str, height: dict[str, int]) -> int:
    if name not in height:
        below = [_measure(other, height) for other in _BELOW.findall(_fragment(name, "everyone"))]
        height[name] = 1 + max(below, default=-1)
    return height[name]
