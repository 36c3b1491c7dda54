"""One cell as a person reads it, by the kind of its column."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any

from clientbase import money
from clientbase.normal import visible
from clientbase.table import NUMBERS
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from clientbase.country import Dress
    from clientbase.render.look import Look
    from clientbase.table import Kind

RIGHT = NUMBERS
FOLDING = frozenset({"text", "list"})
_BARS = "▁▂▃▄▅▆▇█"
PLACES = 2  # of numbers in a column, at most


def put(stream: TextIO, text: str) -> None:
    """Write text, with half characters (lone surrogates) replaced, for they can't be encoded."""
    stream.write(without_halves(text))


def without_halves(text: str) -> str:
    """Return text with half characters replaced."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


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


def _sentence(dress: Dress) -> Callable[[Any], str]:
    def write(value: Any) -> str:
        return "" if value is None else clean(dress.text(value))

    return write


def _day(day: Callable[[str], str]) -> Callable[[Any], str]:
    return lambda value: "" if value is None else clean(day(str(value)))


def _number(mark: str) -> Callable[[Any], str]:
    def write(value: Any) -> str:
        if isinstance(value, float):
            if not math.isfinite(value):
                return ""
            return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", mark)
        return _text(value)

    return write


def numbers(values: Sequence[Any], mark: str) -> list[str]:
    """Return the numbers of a column with the same decimals: as many as any needs, up to two.

    What is too small to be seen so is shown with its first digit.
    """
    places = max(map(_places, values), default=0)
    return [_placed(value, places).replace(".", mark) for value in values]


def _places(value: Any) -> int:
    if not isinstance(value, float) or not math.isfinite(value):
        return 0
    if _hidden(value):
        return PLACES
    return len(f"{value:.{PLACES}f}".rstrip("0").partition(".")[2])


def _hidden(value: float) -> bool:
    return value != 0 and abs(value) < 0.5 / 10**PLACES


def _placed(value: Any, places: int) -> str:
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        if _hidden(value):
            places = -math.floor(math.log10(abs(value)))
        # Nothing is added so that nothing is not below zero.
        return f"{value + 0.0:.{places}f}"
    return f"{value}.{'0' * places}" if isinstance(value, int) and places else _text(value)


def _decimals(places: int, mark: str, sign: str = "") -> Callable[[Any], str]:
    def write(value: Any) -> str:
        if isinstance(value, int | float):
            return f"{value:.{places}f}{sign}".replace(".", mark) if math.isfinite(value) else ""
        return _text(value)

    return write


def whole_percent(value: Any) -> str:
    """Return a percent without decimals and sign: half up, and what is above zero is never 0."""
    if not isinstance(value, int | float):
        return _text(value)
    if not math.isfinite(value):
        return ""
    return "<1" if 0 < value < 1 else str(math.floor(value + 0.5))


def whole_amount(decimals: int) -> Callable[[Any], str]:
    """Make what writes an amount without its decimals, a half away from zero."""

    def write(value: Any) -> str:
        if not isinstance(value, int | float) or not math.isfinite(value):
            return _text(None)
        major = math.floor(abs(value) / 10**decimals + 0.5)
        return f"-{major}" if value < 0 < major else str(major)

    return write


def _money(form: Callable[[int], str]) -> Callable[[Any], str]:
    def write(value: Any) -> str:
        if value.__class__ is int:
            return form(value)
        if not isinstance(value, float):
            return _text(value)
        minor = minor_units(value)
        return "" if minor is None else form(minor)

    return write


def _in_column(look: Look) -> Callable[[int], str]:
    decimals, group, mark = look.decimals, look.dress.group, look.dress.mark
    return lambda minor: money.screen(minor, decimals, group=group, mark=mark)


def _flag() -> Callable[[Any], str]:
    yes, no = _("yes"), _("no")
    return lambda value: "" if value is None else yes if value else no


def _list(dress: Dress) -> Callable[[Any], str]:
    def write(value: Any) -> str:
        if value is None:
            return ""
        return clean(", ".join(str(dress.text(member)) for member in members(value)))

    return write


def _spark(value: Any) -> str:
    return "" if value is None else spark(whole(value))


def screen_cell(kind: Kind, look: Look, *, alone: bool = False) -> Callable[[Any], str]:
    """Choose how cells of a kind are written for a person; what is missing becomes ``""``.

    An amount that stands alone has its currency with it.
    """
    dress = look.dress
    if kind == "money":
        return _money(dress.amount if alone else _in_column(look))
    if kind == "flag":
        return _flag()
    return {
        "text": _sentence(dress),
        "date": _day(dress.day),
        "when": _day(dress.day),
        "id": _text,
        "number": _number(dress.mark),
        "percent": _decimals(1, dress.mark, "%"),
        "share": _decimals(4, dress.mark),
        "list": _list(dress),
        "spark": _spark,
    }.get(kind, _text)


def distance(look: Look) -> Callable[[Any], str]:
    """Return what tells how far a day is from the look's: `in 3 days`; no day is ``""``."""
    from datetime import date

    from clientbase.when import words

    today = date.fromisoformat(look.today)
    return lambda value: "" if value is None else words(date.fromisoformat(str(value)), today)
