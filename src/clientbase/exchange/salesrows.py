"""What the rows of a file of sales say: each cell read, each wrong one told."""

from __future__ import annotations

from itertools import compress, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase import money
from clientbase.errors import Refused
from clientbase.exchange import cells
from clientbase.exchange.cells import Bad, Cache
from clientbase.exchange.persons import Person, Persons
from clientbase.exchange.problems import Problem
from clientbase.exchange.rows import Rows
from clientbase.people.channels import LONGEST as LONGEST_CHANNEL
from clientbase.sales.products import LONGEST as LONGEST_PRODUCT
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clientbase.exchange.plan import Plan
    from clientbase.exchange.problems import Problems
    from clientbase.exchange.reading import Batch

# What a row says, in this order: a million of them are too many for names of their own.
COLUMNS = (
    "person",
    "date",
    "amount",
    "ref",
    "sale",
    "product",
    "category",
    "quantity",
    "price",
    "channel",
    "note",
    "refund_of",
    "sale_discount",
)
_MISSING: dict[str, Any] = {"amount": None, "quantity": None, "price": None, "sale_discount": None}
PERSONS = 170_000  # persons of a generation that are kept in mind


class Block(NamedTuple):
    """Good rows: where each begins, and what they say, a list for each of COLUMNS."""

    lines: Sequence[int]
    columns: dict[str, list[Any]]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield row by row: the line, then COLUMNS."""
        return zip(self.lines, *self.columns.values(), strict=True)

    def cut(self, start: int, end: int) -> Block:
        """Return some of the rows."""
        columns = {name: column[start:end] for name, column in self.columns.items()}
        return Block(self.lines[start:end], columns)


class SalesRows:
    """Reads rows of sales, a batch at a time and column by column."""

    def __init__(self, plan: Plan, problems: Problems) -> None:
        """Take what was found out about the file, and where wrong cells go."""
        self.mapping = plan.mapping
        self.numbers = plan.numbers
        self.problems = problems
        self.rows = Rows(plan.mapping, problems, "date")
        self.below_zero = 0
        self.disagree = False
        self.readers = persons = Persons(plan.mapping, plan.country, lenient=True)
        self.places = persons.places
        self.nobody = Person()
        self.caches = {
            "person": Cache(persons.read_joined, PERSONS),
            "date": Cache(plan.days.past),
            "amount": Cache(plan.numbers.amount),
            "quantity": Cache(plan.numbers.quantity),
            "price": Cache(plan.numbers.price),
            "sale_discount": Cache(plan.numbers.amount),
            "product": Cache(cells.text(LONGEST_PRODUCT)),
            "category": Cache(cells.text(LONGEST_PRODUCT)),
            "channel": Cache(cells.text(LONGEST_CHANNEL)),
            "note": Cache(cells.note, 5_000),
        }
        # Nearly all of these differ: remembering them would take longer than reading.
        self.ids = {name: Cache(cells.identifier, 1_000) for name in ("ref", "sale", "refund_of")}

    def read(self, batch: Batch) -> Block:
        """Return what the good rows of a batch say."""
        lines, rows = self.rows.even(batch)
        columns = list(zip(*rows, strict=True))
        read = {name: self._column(columns, name, len(rows)) for name in COLUMNS}
        if "price" in self.mapping and rows:
            read["amount"] = self._amounts(read, columns)
            self.disagree = self.disagree or Bad in set(map(type, read["amount"]))
        if None not in read["amount"] and not self._any_bad():
            return Block(lines, read)
        said = zip(lines, *read.values(), strict=True)
        good = [self._good(one, row) for one, row in zip(said, rows, strict=True)]
        return Block(
            list(compress(lines, good)), {n: list(compress(c, good)) for n, c in read.items()}
        )

    def _column(self, columns: Sequence[Sequence[str]], name: str, count: int) -> list[Any]:
        if name == "person":
            return self._persons(columns, count)
        place = self.mapping.places.get(name)
        if place is None or not count:
            return [_MISSING.get(name, "")] * count
        if name in self.ids:
            slow = self.ids[name].__getitem__
            longest = cells.LONGEST_ID
            return [
                cell if cell.isascii() and cell.isalnum() and len(cell) < longest else slow(cell)
                for cell in columns[place]
            ]
        read = self.caches[name].__getitem__
        if name == "amount":
            return self.numbers.amounts(columns[place], read)
        return list(map(read, columns[place]))

    def _persons(self, columns: Sequence[Sequence[str]], count: int) -> list[Person]:
        if not (self.places and count):
            return [self.nobody] * count
        said = zip(*(columns[place] for place in self.places), strict=True)
        return list(map(self.caches["person"].__getitem__, map("\x1f".join, said)))

    def _any_bad(self) -> bool:
        caches = (*self.caches.values(), *self.ids.values())
        return self.disagree or self.readers.faulty or any(cache.has_bad for cache in caches)

    def _amounts(self, read: dict[str, list[Any]], columns: Sequence[Sequence[str]]) -> list[Any]:
        """Return what each row comes to: its amount, which quantity × price must agree with."""
        counted = self.mapping.places.get("quantity")
        texts = repeat("1") if counted is None else columns[counted]
        quantities = repeat(1) if counted is None else read["quantity"]
        prices = columns[self.mapping.places["price"]]
        return [
            self._amount(*row)
            for row in zip(read["amount"], quantities, read["price"], texts, prices, strict=False)
        ]

    def _amount(self, amount: Any, quantity: Any, price: Any, count: str, each: str) -> Any:
        if quantity is None or price is None or Bad in {type(quantity), type(price), type(amount)}:
            return amount
        if price.text[0] == "-":
            self.below_zero += 1
        try:
            if price.minor is not None and type(quantity) is int:
                total = quantity * price.minor
                if amount == total or (amount is None and abs(total) < money.LIMIT):
                    return total
            if amount is None:
                return self.numbers.times(count, each)
            if self.numbers.agrees(amount, count, each):
                return amount
        except Refused as error:
            return Bad(error.message)
        return Bad(
            _("quantity × price is {count} × {price}, not {amount}").format(
                count=count.strip(),
                price=each.strip(),
                amount=money.plain(amount, self.numbers.decimals),
            )
        )

    def _good(self, said: tuple[Any, ...], row: Sequence[str]) -> bool:
        """Say whether a row is good; else tell what is wrong with it, or leave it aside."""
        line, person, *_rest = said
        named = dict(zip(COLUMNS, said[1:], strict=True))
        faults = list(person.faults) if type(person) is not Bad else []
        wrong = [Problem(line, self.mapping.header(f.field), f.value, f.reason) for f in faults]
        for name, value in named.items():
            if type(value) is Bad:
                wrong.append(Problem(line, *self._cell(name, row), value.reason))
        if named["amount"] is None and Bad not in {type(named["price"]), type(named["quantity"])}:
            wrong.append(Problem(line, *self._cell("amount", row), _("there is no amount")))
        if not wrong:
            return True
        if not self.rows.aside(line, row):
            for problem in wrong:
                self.problems.add(problem)
        return False

    def _cell(self, name: str, row: Sequence[str]) -> tuple[str, str]:
        first = self.places[0] if name == "person" else self.mapping.places.get("price", 0)
        place = self.mapping.places.get(name, first)
        return self.mapping.headers[place], row[place]
