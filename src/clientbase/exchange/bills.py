"""Rows that belong together become one sale or one refund."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.exchange.problems import Problem
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clientbase.exchange.columns import Mapping
    from clientbase.exchange.persons import Person
    from clientbase.exchange.problems import Problems


class Item(NamedTuple):
    """A line of a sale: product, category, quantity, price as text, amount in minor units."""

    product: str
    category: str
    quantity: int | float
    price: str | None
    amount: int


class Bill:
    """One sale or refund as the rows of a file tell it; below zero it is a refund."""

    __slots__ = (
        "amount", "channel", "content", "day", "discount", "items", "line", "note", "person",
        "ref", "refund_of", "returned", "sale", "wrong",
    )  # fmt: skip

    def __init__(self, line: int, ref: str, sale: str, day: str, person: Person) -> None:
        """Begin with what the first row tells; `sale` is the mark that ties its rows together."""
        self.line = line
        self.ref = ref
        self.sale = sale
        self.day = day
        self.person = person
        self.amount = 0
        self.discount = 0
        self.items: list[Item] = []
        self.channel = ""
        self.note = ""
        self.refund_of = ""
        self.content = ""
        self.returned = False
        self.wrong = False

    @property
    def name(self) -> str:
        """What its rows have in common."""
        return name_of(self.ref, self.sale)

    @property
    def told(self) -> bool:
        """Whether it is good, and more than write-offs."""
        return bool(self.content) and not self.wrong

    @property
    def nothing(self) -> bool:
        """Whether it comes to nothing: all that was sold was given back."""
        return self.amount == 0 and self.returned and not any(i.amount > 0 for i in self.items)


def name_of(ref: str, mark: str) -> str:
    """Return what rows of one sale have in common: the reference, or else the mark, or ''."""
    return ref or (mark and f"\x1d{mark}")


def content_of(mark: int, day: str, amount: int, product: str, quantity: float | None) -> str:
    """Return what a row is known by when it comes again, whatever else its file holds."""
    return f"{mark}\x1f{day}\x1f{amount}\x1f{product}\x1f{quantity}\x1f"


class Bills:
    """Puts adjacent rows of one reference together."""

    def __init__(
        self, mapping: Mapping, problems: Problems, same: Callable[[Person, Person], bool]
    ) -> None:
        """Take the columns, where wrong rows go, and what tells whether two persons are one."""
        self.same = same
        self.products = "product" in mapping
        self.mapping = mapping
        self.problems = problems
        self.repeated = 0
        self.write_offs = 0
        self.several_days = 0
        self._open: Bill | None = None
        self._said: set[tuple[Any, ...]] = set()

    def put(self, rows: Iterable[tuple[Any, ...]]) -> list[Bill]:
        """Take good rows, as SalesRows gives them, and return the bills that are complete."""
        done: list[Bill] = []
        bill = self._open
        for row in rows:
            line, person, day, _amount, ref, sale, *_rest = row
            if bill is not None and bill.ref == ref and (ref or (sale and bill.sale == sale)):
                self._again(bill, row)
                continue
            if bill is not None:
                done.append(bill)
            bill = Bill(line, ref, sale, day, person)
            self._first(bill, row)
        self._open = bill
        return done

    def adjoins(self, ref: str) -> bool:
        """Say whether a row of this reference would belong to the last bill."""
        return self._open is not None and self._open.ref == ref

    def close(self) -> list[Bill]:
        """Return the last bill."""
        bill, self._open = self._open, None
        return [] if bill is None else [bill]

    def _first(self, bill: Bill, row: tuple[Any, ...]) -> None:
        if bill.ref and not self.products:
            self._said = {(row[1].mark, *row[2:])}
        self._take(bill, row)

    def _again(self, bill: Bill, row: tuple[Any, ...]) -> None:
        """Add another row of the same reference."""
        line, person, day, *_rest = row
        if not self.products and bill.ref:
            # Nothing tells two rows apart but chance: the sale stands in the file twice.
            said = (row[1].mark, *row[2:])
            if said in self._said:
                self.repeated += 1
                return
            self._said.add(said)
        if not (not person.name or not bill.person.name or self.same(bill.person, person)):
            self._two(bill, line, person)
            return
        if not bill.person.name:
            bill.person = person
        if day != bill.day:
            self.several_days += 1
            bill.day = min(day, bill.day)
        self._take(bill, row)

    def _two(self, bill: Bill, line: int, person: Person) -> None:
        fields = ("client_id", "name", "phone", "email")
        header = next((self.mapping.header(name) for name in fields if name in self.mapping), "")
        reason = _("one sale with two contacts: {one} and {other}").format(
            one=bill.person.name, other=person.name
        )
        self.problems.add(Problem(line, header, person.name, reason))
        bill.wrong = True

    def _take(self, bill: Bill, row: tuple[Any, ...]) -> None:
        (_line, person, day, amount, _ref, _sale, product, category, quantity, price, channel, note,
         refund_of, discount) = row  # fmt: skip
        if quantity is not None and quantity < 0 and amount == 0:
            self.write_offs += 1
            return
        bill.amount += amount
        bill.content += content_of(person.mark, day, amount, product, quantity)
        if quantity is not None and quantity < 0:
            bill.returned = True
        if product:
            count = quantity if quantity is not None else (1 if amount >= 0 else -1)
            text = price.text if price else None
            bill.items.append(Item(product, category, count, text, amount))
        if channel and not bill.channel:
            bill.channel = channel
        if note and note != bill.note:
            bill.note = f"{bill.note}\n{note}" if bill.note else note
        if refund_of:
            bill.refund_of = refund_of
        if discount:
            bill.amount -= discount
            bill.discount += discount
