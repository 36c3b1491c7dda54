"""Days in a file: which of day and month comes first, and what each cell means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from clientbase import clock
from clientbase.errors import Refused
from clientbase.normal import fold, shown
from clientbase.spreadsheet import unguard
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

Order = Literal["dmy", "mdy"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy")

# A time after the day is aside: a sale counts on its day.
_TIME = re.compile(r"(?:[T ]| *, *)\d{1,2}:\d{2}.*")
_ENDING = re.compile(r"\s*(?:г\.?|года)$")
_YEAR_FIRST = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})")
_SOLID = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_NAME_YEAR = re.compile(r"(\d{1,2})[-. ]*([^\W\d_]{3,})\.?[-., ]+(\d{4}|\d{2})")
_NAME_DAY_YEAR = re.compile(r"([^\W\d_]{3,})\.? *(\d{1,2}) *,? +(\d{4})")
# The first letters of the months, English and Russian.
_MONTHS = {
    start: number
    for number, starts in enumerate(
        (
            "jan янв",
            "feb фев",
            "mar мар",
            "apr апр",
            "may май мая",
            "jun июн",
            "jul июл",
            "aug авг",
            "sep сен",
            "oct окт",
            "nov ноя",
            "dec дек",
        ),
        start=1,
    )
    for start in starts.split()
}
_MONTHS_IN_YEAR = 12
_LONG_YEAR = 4


@dataclass(slots=True)
class Evidence:
    """What the days of a column say about their order: the first cell that says so, and where."""

    firm: dict[Order, tuple[int, str]] = field(default_factory=dict)
    doubtful: tuple[int, str] | None = None
    numeric: bool = False

    def weigh(self, lines: Iterable[int], cells: Iterable[str]) -> None:
        """Look at more cells of the column."""
        for line, cell in zip(lines, cells, strict=False):
            if cell[4:5] == "-":
                continue
            found = _YEAR_LAST.fullmatch(_day_part(cell))
            if not found:
                continue
            self.numeric = True
            first, second = int(found[1]), int(found[3])
            if first > _MONTHS_IN_YEAR >= second:
                self.firm.setdefault("dmy", (line, cell))
            elif second > _MONTHS_IN_YEAR >= first:
                self.firm.setdefault("mdy", (line, cell))
            elif first != second and found[2] != "." and self.doubtful is None:
                self.doubtful = (line, cell)

    def order(self, header: str) -> Order:
        """Return the order. Raises Refused where it can't be told, or there are both.

        Days with dots are day first, unless one of them says otherwise.
        """
        if len(self.firm) > 1:
            raise Refused(
                _(
                    "{column} has days of both orders: {first} (line {line}), {second} ({other})"
                ).format(
                    column=header,
                    first=shown(self.firm["dmy"][1]),
                    line=self.firm["dmy"][0],
                    second=shown(self.firm["mdy"][1]),
                    other=self.firm["mdy"][0],
                ),
                hint=_(
                    "say which it is with --dates dmy or --dates mdy; the others are bad rows then"
                ),
            )
        if self.doubtful is not None and not self.firm:
            raise Refused(
                _("{text} in line {line}: nothing in {column} tells days from months").format(
                    text=shown(self.doubtful[1]), line=self.doubtful[0], column=header
                ),
                hint=_("say which comes first: --dates dmy or --dates mdy"),
            )
        return next(iter(self.firm), "dmy")

    def proof(self) -> str:
        """Return in words what told the order, or ''."""
        for order, (line, cell) in self.firm.items():
            named = _("day first") if order == "dmy" else _("month first")
            return _("{order} ({text} in line {line})").format(
                order=named, text=shown(cell), line=line
            )
        return _("day first") if self.numeric else ""


class Days:
    """Reads the days of a column as ISO text; the order is asked for when it is first needed."""

    def __init__(self, today: date, order: Callable[[], Order]) -> None:
        """Take the day after which a day is in the future, and what tells the order."""
        self.today = today
        self.latest = today.isoformat()
        self._ask = order
        self._order: Order | None = None

    def past(self, cell: str) -> str:
        """Read a day that has been. Raises Refused for what is none, or is still to come."""
        day = clock.iso_or_none(cell) or self.any(cell)
        if day > self.latest:
            raise Refused(_("{day} is in the future").format(day=day))
        return day

    def any(self, cell: str) -> str:
        """Read a day of 1900 to 2200. Raises Refused for what is none."""
        parts = self._parts(_day_part(cell))
        if parts is None:
            if not cell.strip():
                raise Refused(_("there is no day"))
            raise Refused(_("{text} is not a day").format(text=shown(cell)))
        year, month, day = parts
        # The clock knows in words why a day can't be.
        return clock.read_day(f"{year:04}-{month:02}-{day:02}", self.today, "RU").isoformat()

    def _parts(self, text: str) -> tuple[int, int, int] | None:
        if found := _YEAR_FIRST.fullmatch(text):
            return int(found[1]), int(found[3]), int(found[4])
        if found := _YEAR_LAST.fullmatch(text):
            first, second = int(found[1]), int(found[3])
            if first != second and self._in_order() == "mdy":
                first, second = second, first
            return self._year(found[4]), second, first
        if found := _SOLID.fullmatch(text):
            return int(found[1]), int(found[2]), int(found[3])
        if found := _DAY_NAME_YEAR.fullmatch(text):
            return self._named(found[3], found[2], found[1])
        if found := _NAME_DAY_YEAR.fullmatch(text):
            return self._named(found[3], found[1], found[2])
        return None

    def _named(self, year: str, name: str, day: str) -> tuple[int, int, int] | None:
        month = _MONTHS.get(fold(name)[:3])
        return None if month is None else (self._year(year), month, int(day))

    def _year(self, typed: str) -> int:
        if len(typed) == _LONG_YEAR:
            return int(typed)
        return self.today.year - (self.today.year - int(typed)) % 100

    def _in_order(self) -> Order:
        if self._order is None:
            self._order = self._ask()
        return self._order


def _day_part(cell: str) -> str:
    return _ENDING.sub("", _TIME.sub("", unguard(cell).strip()))
