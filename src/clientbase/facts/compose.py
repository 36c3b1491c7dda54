"""The one place where SQL text is composed: facts from their fragments, only those asked for.

The fragments lie in the folder `parts`. They are put into layers: a fact that reads `below.x`
stands one layer over x. `:today` is the day as of which all is told.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from clientbase.db.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

_FOLDER = Path(__file__).with_name("parts")
PARTS = {
    name: re.sub(r"^--.*\n", "", sql, flags=re.MULTILINE)
    for file in ("scope", "person", "things", "sales", "talks", "classes")
    for name, sql in statements(str(_FOLDER / file)).items()
}

Scope = Literal["everyone", "one", "these", "many", "clients"]
# Whether sales were recorded after the day: "" is none, `lately` few, `long` many; any other is the
# name of the table that keeps what the totals were.
Past = str
KEPT = "totals_"

# Patterns are kept as text: `re` compiles one when it is first used, not at every start.
FIELD = r"field_(\d+)"
THINGS = r"things_(\d+)(?:_(\d+))?"
BOUGHT = r"bought_(\d+)"
_BELOW = r"\bbelow\.(\w+)"
_TOTALS = r"\bcontact_total\b"
_OF_CONTACT = r"\bcontact\."
# Before the others that may use it.
_WITH = ("returned", "given_back", "purchase", "later", "total_then", "total_lately")
# Of whom totals of a past day are worked out where a scope names them.
_NAMED: dict[Scope, str] = {"one": "whose-one", "these": "whose-these"}
# What is dear to find out is found out once, and not each time that a fact over it reads it:
# SQLite folds layers into one, but never over a limit.
_DEAR = frozenset({"days_of_purchase", "rhythm_days", "long_gap_days", "hottest_lead"})
_FENCE = " limit -1"


def field_fact(field_id: int) -> str:
    """Return the name under which a custom field is asked for."""
    return f"field_{field_id}"


def things_fact(kind_id: int, field_id: int | None = None) -> str:
    """Return the name under which the things of a kind, or what a field of theirs holds, go."""
    return f"things_{kind_id}" if field_id is None else f"things_{kind_id}_{field_id}"


def bought_fact(product_id: int) -> str:
    """Return the name under which it goes whether a product was bought."""
    return f"bought_{product_id}"


def statement(wanted: Sequence[str], scope: Scope, *, past: Past, tail: str = "") -> str:
    """Return `with … facts as (…)`, a table of exactly the facts that are wanted.

    Before it stand the tables that the facts read, and those of them that a `tail` reads.

    `scope` says of whom: everyone in the base, one contact (`:contact_id`), these or many of them
    (`:ids`, a JSON list) or all clients. `past` tells how much was recorded after the day
    `:today`, so that the totals kept of today do not serve, or do for most. `tail` is what will
    stand behind it, and may read the table `purchase` too.
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
    text = _then(",\n".join(parts), scope, past)
    return "with " + ",\n".join([*_helpers(text, scope, past, tail), text])


def of_sales(tail: str) -> str:
    """Return a statement over sales as one that may read which of them are orders."""
    helpers = ",\n".join(_helpers(tail, "everyone", ""))
    return f"with {helpers}\n{tail}" if helpers else tail


def of_bought(tail: str, product_id: int) -> str:
    """Return a statement over `bought_order`: the orders with a product that was not given back."""
    return of_sales(f"{_with_orders('bought-named', product_id)}\n{tail}")


def of_totals(tail: str, *, past: Past) -> str:
    """Return a statement over `contact_total` as one that reads what it was on a past day."""
    if not past:
        return tail
    text = _then(tail, "everyone", past)
    helpers = ",\n".join(_helpers(text, "everyone", past))
    return f"with {helpers}\n{text}" if helpers else text


def kept(today: date) -> str:
    """Return the name of the table that keeps the totals of a past day aside."""
    return f"{KEPT}{today:%Y%m%d}"


def _then(text: str, scope: Scope, past: Past) -> str:
    """Return a text that reads the totals of the past day."""
    if not past:
        return text
    if past not in {"lately", "long"}:
        return re.sub(_TOTALS, past, text)
    most_are_kept = past == "lately" and scope not in _NAMED
    return re.sub(_TOTALS, "total_lately" if most_are_kept else "total_then", text)


def _helpers(text: str, scope: Scope, past: Past, tail: str = "") -> Iterator[str]:
    """Choose the tables that the text reads, and those that they read themselves."""
    whose = PARTS[_NAMED.get(scope, "whose-later" if past == "lately" else "whose-all")]
    whole = text + tail
    chosen = []
    for name in reversed(_WITH):
        if re.search(rf"\b{name}\b", whole):
            many = "" if scope in _NAMED else PARTS.get(f"with many-{name}", "")
            chosen.append((many or PARTS[f"with {name}"]).replace(":whose", whose))
            whole += chosen[-1]
    return reversed(chosen)


def _ground(names: Iterable[str], scope: Scope) -> str:
    listed = _listed(names, scope)
    alone = scope == "clients" and not re.search(_OF_CONTACT, listed)
    return f"select {listed} {PARTS['from clients alone' if alone else f'from {scope}']}"


def _listed(names: Iterable[str], scope: Scope) -> str:
    return ", ".join(f"{_fragment(name, scope)} as {name}" for name in names)


def _fragment(name: str, scope: Scope) -> str:
    if name == "contact_id" and scope == "clients":
        return PARTS["contact_id of clients"]
    if name in PARTS:
        return PARTS[name]
    field = re.fullmatch(FIELD, name)
    if field:
        return PARTS["field"].replace(":field", str(int(field[1])))
    things = re.fullmatch(THINGS, name)
    if things and things[2]:
        values = PARTS["things-values"].replace(":field", str(int(things[2])))
        return values.replace(":kind", str(int(things[1])))
    if things:
        return PARTS["things-any"].replace(":kind", str(int(things[1])))
    bought = re.fullmatch(BOUGHT, name)
    if bought:
        return _with_orders("bought-any", int(bought[1]))
    raise KeyError(name)


def _with_orders(name: str, product_id: int) -> str:
    """Return a fragment with the orders put in that hold a product."""
    orders = PARTS["bought-order"].replace(":product", str(product_id))
    return PARTS[name].replace(":bought-order", orders)


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
        below = [
            _measure(other, height) for other in re.findall(_BELOW, _fragment(name, "everyone"))
        ]
        height[name] = 1 + max(below, default=-1)
    return height[name]
