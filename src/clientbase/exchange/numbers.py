"""Numbers in a file: which mark stands before the decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase import money
from clientbase.spreadsheet import unguard
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clientbase.money import Mark

_CORE = re.compile(r"\d[\d.,' \u00a0\u2007\u2009\u202f]*\d")
_GROUP = 3
FINEST = 6  # decimals that a price may have
LONGEST = 12  # characters of an amount that is surely not too great


class Price(NamedTuple):
    """A price as it is kept, and in minor units where it is no finer than they are."""

    text: str
    minor: int | None


@dataclass(slots=True)
class Marks:
    """What the numbers of a file say about their decimal mark, and which says so, and where."""

    firm: dict[Mark, tuple[int, str]] = field(default_factory=dict)
    doubtful: bool = False

    def weigh(self, lines: Iterable[int], cells: Iterable[str]) -> None:
        """Look at more cells."""
        for line, cell in zip(lines, cells, strict=False):
            if cell.isdigit():
                continue
            core = _CORE.search(cell)
            if core is None:
                continue
            mark = self._mark(core[0])
            if mark is not None:
                self.firm.setdefault(mark, (line, cell))

    def _mark(self, number: str) -> Mark | None:
        """Return the decimal mark that a number can only have, or None."""
        commas, dots = number.count(","), number.count(".")
        if commas and dots:
            return "," if number.rfind(",") > number.rfind(".") else "."
        if commas + dots == 0:
            return None
        sign: Mark = "," if commas else "."
        other: Mark = "." if commas else ","
        if commas + dots > 1:
            return other
        whole, _sign, part = number.partition(sign)
        if len(part) != _GROUP or len(whole) > _GROUP or whole.startswith("0"):
            return sign
        self.doubtful = True
        return None

    def mark(self) -> Mark | str:
        """Return the mark, or '' where numbers of both kinds or none that tells are there."""
        if len(self.firm) == 1:
            return next(iter(self.firm))
        return "" if self.firm or self.doubtful else "."

    def proof(self) -> str:
        """Return in words what told the mark, or ''."""
        if len(self.firm) > 1:
            return _("decimals after points and after commas")
        for mark, (line, cell) in self.firm.items():
            named = _("decimal comma") if mark == "," else _("decimal point")
            return _("{mark} ({text} in line {line})").format(
                mark=named, text=cell.strip(), line=line
            )
        return ""


class Numbers:
    """Reads amounts and quantities; the mark is asked for when it is first needed."""

    def __init__(self, decimals: int, currency: str, mark: Callable[[], Mark | str]) -> None:
        """Take the decimals and the code of the base's currency, and what tells the mark."""
        self.decimals = decimals
        self.currency = currency
        self._ask = mark
        self._unit: int = 10**decimals
        self._mark: Mark | str | None = None
        self._amount: Callable[[str], int] | None = None

    @property
    def mark(self) -> Mark | str:
        """Return the decimal mark, or '' where each number is read by itself."""
        if self._mark is None:
            self._mark = self._ask()
        return self._mark

    def amounts(self, cells: Iterable[str], slowly: Callable[[str], Any]) -> list[Any]:
        """Read a column of amounts; `slowly` reads those that are not digits and decimals."""
        mark, places = self._mark, self.decimals
        if not mark or not places:
            return list(map(slowly, cells))
        point = -1 - places
        return [
            int(digits)
            if LONGEST >= len(cell) > places
            and cell[point] == mark
            and (digits := cell[:point] + cell[-places:]).isdigit()
            and cell.isascii()
            else slowly(cell)
            for cell in cells
        ]

    def amount(self, cell: str) -> int | None:
        """Read an amount in minor units, below zero too; None is an empty cell."""
        if cell.isascii() and cell.isdigit() and len(cell) < LONGEST:
            return int(cell) * self._unit
        cell = unguard(cell)
        if not cell.strip():
            return None
        if self._amount is None:
            self._amount = self._reader()
        return self._amount(cell)

    def _reader(self) -> Callable[[str], int]:
        if self.mark in {".", ","}:
            return money.reader(self.decimals, self.mark, currency=self.currency)  # type: ignore[arg-type]  # one of the two marks
        decimals, currency = self.decimals, self.currency
        return lambda cell: money.read(cell, decimals, negative=True, currency=currency)

    def quantity(self, cell: str) -> int | float | None:
        """Read a quantity; None is an empty cell."""
        if cell.isascii() and cell.isdigit() and len(cell) < LONGEST:
            return int(cell)
        cell = unguard(cell).strip()
        return money.read_quantity(cell, self.mark) if cell else None  # type: ignore[arg-type]  # a mark or ''

    def times(self, quantity: str, price: str) -> int:
        """Return quantity × price in minor units, rounded half-even once."""
        return money.times(unguard(quantity), unguard(price), self.decimals, self.mark)  # type: ignore[arg-type]  # a mark or ''

    def agrees(self, amount: int, quantity: str, price: str) -> bool:
        """Say whether an amount is quantity × price, a half rounded to either side."""
        even = self.times(quantity, price)
        finer = money.times(
            unguard(quantity),
            unguard(price),
            self.decimals + 1,
            self.mark,  # type: ignore[arg-type]  # as above
        )
        up = (abs(finer) + 5) // 10
        return amount in {even, up if finer > 0 else -up}

    def price(self, cell: str) -> Price | None:
        """Read a price of any fineness; None is an empty cell."""
        cell = unguard(cell).strip()
        if not cell:
            return None
        fine = money.times("1", cell, FINEST, self.mark, currency=self.currency)  # type: ignore[arg-type]  # as above
        minor, rest = divmod(fine, 10 ** (FINEST - self.decimals))
        if rest:
            return Price(money.plain(fine, FINEST).rstrip("0"), None)
        return Price(money.plain(minor, self.decimals), minor)
