"""One cell as a person reads it, by the kind of its column."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any

from clientbase import money
from clientbase.normal import visible
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from clientbase.render.look import Look
    from clientbase.table import Kind

RIGHT = frozenset({"id", "number", "money", "percent", "share"})
FOLDING = frozenset({"text", "list"})
_BARS = "▁▂▃▄▅▆▇█"


def put(stream: TextIO, text: str) -> None:
    """Write text, with half characters (lone surrogates) replaced, for they can't be encoded."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    stream.write(text)


def minor_units(value: float) -> int | None:
    """Return an amount as whole minor units, rounded half-even, or None if it is not finite."""
    return round(value) if math.isfinite(value) else None


def members(value: Any) -> Sequence[Any]:
    """Return the members of a list cell: a list, the JSON text of one, or one bare text."""
    return _parsed(value) if isinstance(value, str) else value


@functools.lru_cache(maxsize=4096)
def _parsed(text: str) -> Sequence[Any]:
    if text in {"", "[]"}:
        return ()
    import json  # 2 ms, where there is a list at all

    try:
        found = json.loads(text)
    except ValueError:
        return (text,)
    return found if isinstance(found, list) else (text,)


def whole(value: Any) -> list[int]:
    """Return the integers of a spark cell, what is missing or not finite as 0."""
    return [
        round(n) if isinstance(n, int | float) and math.isfinite(n) else 0 for n in members(value)
    ]


def spark(numbers: Sequence[int]) -> str:
    """Draw numbers as a small curve, a low dot for zero and less, the highest as a full bar."""
    top = max(numbers, default=0)
    return "".join("." if n <= 0 else _BARS[-(-n * len(_BARS) // top) - 1] for n in numbers)


def clean(value: Any) -> str:
    """Return a value as one line of text that is safe on a screen."""
    return visible(value if isinstance(value, str) else str(value))


def clean_lines(value: str) -> str:
    """Return a text that is safe on a screen, its line ends kept."""
    return visible(value.replace("\t", " "), lines=True)


def human(name: str) -> str:
    """Return the words for a key of a column or a table, in the reader's language."""
    return clean(_(name.replace("_", " "))) if name else ""


def _text(value: Any) -> str:
    return "" if value is None else clean(value)


def _number(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".") if math.isfinite(value) else ""
    return _text(value)


def _decimals(places: int, sign: str = "") -> Callable[[Any], str]:
    def write(value: Any) -> str:
        if isinstance(value, int | float):
            return f"{value:.{places}f}{sign}" if math.isfinite(value) else ""
        return _text(value)

    return write


def _money(decimals: int) -> Callable[[Any], str]:
    def write(value: Any) -> str:
        if value.__class__ is int:
            return money.screen(value, decimals)
        if not isinstance(value, float):
            return _text(value)
        minor = minor_units(value)
        return "" if minor is None else money.screen(minor, decimals)

    return write


def _flag() -> Callable[[Any], str]:
    yes, no = _("yes"), _("no")
    return lambda value: "" if value is None else yes if value else no


def _list(value: Any) -> str:
    return "" if value is None else clean(", ".join(map(str, members(value))))


def _spark(value: Any) -> str:
    return "" if value is None else spark(whole(value))


def screen_cell(kind: Kind, look: Look) -> Callable[[Any], str]:
    """Choose how cells of a kind are written for a person; what is missing becomes ``""``."""
    if kind == "money":
        return _money(look.decimals)
    if kind == "flag":
        return _flag()
    return {
        "id": _number,
        "number": _number,
        "percent": _decimals(1, "%"),
        "share": _decimals(4),
        "list": _list,
        "spark": _spark,
    }.get(kind, _text)
