"""The look at a file before anything is written: how it is dressed and what fills what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientbase.db import settings
from clientbase.errors import Misuse, Refused
from clientbase.exchange import columns, reading
from clientbase.exchange.columns import Wishes
from clientbase.exchange.days import ORDERS, Days, Evidence
from clientbase.exchange.numbers import Marks, Numbers
from clientbase.people import fields
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.exchange.columns import Mapping
    from clientbase.exchange.days import Order
    from clientbase.exchange.reading import Reader
    from clientbase.exchange.source import Source
    from clientbase.money import Mark

_NUMBERS = ("amount", "price", "quantity", "sale_discount")
_DAYS = {"sales": ("date",), "contacts": ("birthday", "entered_on")}
LOOKED_AT = 2  # batches that are looked at where nothing asks for more


@dataclass(frozen=True, slots=True)
class Wish:
    """What the owner said about an import beside the file. `dates` is dmy, mdy or None."""

    columns: Wishes
    dates: str | None = None
    encoding: str | None = None
    skip_bad: bool = False
    unchecked: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What was found out about a file; `says` tells it in words."""

    kind: str
    reader: Reader
    mapping: Mapping
    days: Days
    numbers: Numbers
    country: str
    today: date
    rows: int
    wish: Wish
    says: list[str]


def wishes(maps: Sequence[str], custom: Sequence[str]) -> Wishes:
    """Read what was typed after --map and --field. Raises Misuse."""
    return Wishes(
        tuple(_pair(text, "--map FIELD=HEADER") for text in maps),
        tuple(_pair(text, "--field NAME=HEADER") for text in custom),
    )


def _pair(text: str, shape: str) -> tuple[str, str]:
    name, equals, header = text.partition("=")
    if not (equals and name.strip() and header.strip()):
        raise Misuse(
            _("{text} does not say which column").format(text=text),
            hint=_("write it as {shape}").format(shape=shape),
        )
    return name.strip(), header.strip()


def look(base: Base, kind: str, source: Source, wish: Wish, today: date) -> Plan:
    """Look at a file and say how it will be read. Raises Refused, Misuse and NotFound."""
    if wish.dates not in {None, *ORDERS}:
        raise Misuse(
            _("--dates can't be {text}").format(text=wish.dates), hint=_("give --dates dmy or mdy")
        )
    values = settings.read(base)
    country = values["country"]
    counted = columns.counter(kind, wish.columns)
    reader = reading.look(source, counted, country, wish.encoding)
    own = [(fields.named(base, name).name, header) for name, header in wish.columns.custom]
    mapping = columns.match(
        kind,
        reader.dress.header,
        Wishes(wish.columns.fields, tuple(own)),
        [field.name for field in fields.all_fields(base)] if kind == "contacts" else (),
    )
    types = {field.name: field.type for field in fields.all_fields(base)}
    column = _Columns(kind, reader, mapping, wish, types)
    days = Days(today, column.order)
    numbers = Numbers(settings.decimals(base), values["currency"], column.mark)
    rows = column.sample()
    says = [
        _("{file}: {found}").format(
            file=source.name, found="; ".join([*reader.dress.sentences(), *column.proofs()])
        ),
        *mapping.sentences(),
    ]
    return Plan(kind, reader, mapping, days, numbers, country, today, rows, wish, says)


class _Columns:
    """What the columns of days and numbers say about themselves, read as far as is needed."""

    def __init__(
        self, kind: str, reader: Reader, mapping: Mapping, wish: Wish, types: dict[str, str]
    ) -> None:
        self.reader = reader
        self.mapping = mapping
        self.wish = wish
        of_type = {name: types[name] for name in mapping.custom}
        days = [name for name, type_ in of_type.items() if type_ == "date"]
        numbers = [name for name, type_ in of_type.items() if type_ in {"number", "money"}]
        self.day_fields = [*(name for name in _DAYS[kind] if name in mapping), *days]
        self.number_fields = [*(name for name in _NUMBERS if name in mapping), *numbers]
        self.evidence = {name: Evidence() for name in self.day_fields}
        self.marks = Marks()
        self.whole = False

    def sample(self) -> int:
        """Look at the first rows, or at all, and return about how many rows there are."""
        rows, position = 0, 0
        for number, (lines, cells) in enumerate(self._batches(), start=1):
            self._weigh(lines, cells)
            rows += len(lines)
            position = self.reader.position
            if number >= LOOKED_AT and not self._in_doubt():
                break
        else:
            self.whole = True
        if rows == 0:
            raise Refused(
                _("{file} has a header and no rows").format(file=self.reader.source.name),
                hint=_("name a file with rows below its header"),
            )
        if not self.wish.dates:
            for name, evidence in self.evidence.items():
                evidence.order(self.mapping.header(name))
        return rows if self.whole else rows * self.reader.source.size // max(position, 1)

    def order(self) -> Order:
        """Return the order of days, reading the columns whole where it is not sure yet."""
        if self.wish.dates:
            return "dmy" if self.wish.dates == "dmy" else "mdy"
        if not any(evidence.firm for evidence in self.evidence.values()):
            self._read_whole()
        firm = [name for name in self.day_fields if self.evidence[name].firm]
        name = next(iter(firm or self.day_fields))
        return self.evidence[name].order(self.mapping.header(name))

    def mark(self) -> Mark | str:
        """Return the decimal mark, reading the columns whole where it is not sure yet."""
        if not self.marks.firm:
            self._read_whole()
        return self.marks.mark()

    def proofs(self) -> list[str]:
        """Return in words what the days and numbers look like."""
        if self.wish.dates:
            order = _("day first") if self.wish.dates == "dmy" else _("month first")
            days = [_("{order} (as you said)").format(order=order)]
        else:
            days = [evidence.proof() for evidence in self.evidence.values()]
        return [text for text in (*days, self.marks.proof()) if text]

    def _in_doubt(self) -> bool:
        return not self.wish.dates and any(
            evidence.doubtful and not evidence.firm for evidence in self.evidence.values()
        )

    def _read_whole(self) -> None:
        if self.whole:
            return
        for lines, cells in self._batches():
            self._weigh(lines, cells)
        self.whole = True

    def _weigh(self, lines: list[int], cells: Callable[[str], list[str]]) -> None:
        for name in self.day_fields:
            self.evidence[name].weigh(lines, cells(name))
        for name in self.number_fields:
            self.marks.weigh(lines, cells(name))

    def _batches(self) -> Iterator[tuple[list[int], Callable[[str], list[str]]]]:
        width = len(self.mapping.headers)
        for batch in self.reader.batches(quietly=True):
            numbered = [
                (line, row)
                for line, row in zip(batch.lines, batch.rows, strict=True)
                if len(row) >= width and any(row)
            ]
            lines = [line for line, _row in numbered]

            def cells(name: str, rows: list[tuple[int, list[str]]] = numbered) -> list[str]:
                place = self.mapping.place(name)
                return [row[place] for _line, row in rows]

            yield lines, cells
