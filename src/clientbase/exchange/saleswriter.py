"""Writing the sales and refunds of a file that are not in the base yet."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.db.statements import statements
from clientbase.exchange import bulk
from clientbase.exchange.bills import content_of
from clientbase.exchange.cells import Cache
from clientbase.exchange.fingerprints import fingerprint
from clientbase.people.channels import channel_id
from clientbase.sales.products import product_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from clientbase.db.connection import Base
    from clientbase.exchange.bills import Bill
    from clientbase.exchange.persons import Person
    from clientbase.exchange.registry import Registry
    from clientbase.exchange.salesrows import Block

SQL = statements(__file__)

MOST_TIMES = 100_000  # contents whose times are kept in mind
EXAMPLES = 5  # references that are told where their content is another


class NotTogether(Exception):
    """Rows of one reference stand apart in the file: they must be brought together first."""


@dataclass(slots=True)
class Written:
    """How many of what were written, and how many not, and why. Amounts are minor units."""

    sales: int = 0
    refunds: int = 0
    lines: int = 0
    sold: int = 0
    refunded: int = 0
    walk_ins: int = 0
    refunds_of_nobody: int = 0
    gifts: int = 0
    nothing: int = 0
    known: int = 0
    different: int = 0


class Manner(NamedTuple):
    """How a file is written.

    `together`: rows of one reference are known to stand together; `linked`: refunds may name
    sales; `blind`: no reference can be in the base, so that none is looked for.
    """

    together: bool
    linked: bool
    blind: bool


class SalesWriter:
    """Writes bills, many at a time; those that the base knows are passed over."""

    def __init__(
        self,
        base: Base,
        registry: Registry,
        import_id: int,
        manner: Manner,
        warn: Callable[[int, Person], None],
    ) -> None:
        """Take the base in its transaction, its contacts, and the number of the import.

        `warn` is told of each new person with a wrong phone or e-mail.
        """
        self.base = base
        self.registry = registry
        self.import_id = import_id
        self.manner = manner
        self.warn = warn
        self.done = Written()
        self.examples: list[str] = []
        for name in ("make_seen", "forget_seen", "make_written", "forget_written"):
            base.execute(SQL[name])
        heights = dict(base.execute(SQL["heights"]).fetchall())
        self.sale = heights.get("sale", 0)
        self.refund = heights.get("refund", 0)
        self._channel = Cache(lambda name: channel_id(base, name)).__getitem__
        self._product = Cache(lambda said: product_id(base, *said)).__getitem__
        # At which time a content comes next, where it came more than once.
        self._times: dict[int, int] = {}
        self._clear()

    def _clear(self) -> None:
        self._sales: list[tuple[Any, ...]] = []
        self._refunds: list[tuple[Any, ...]] = []
        self._sale_lines: list[tuple[Any, ...]] = []
        self._refund_lines: list[tuple[Any, ...]] = []
        self._written: list[tuple[str, int]] = []

    def write(self, bills: Sequence[Bill]) -> None:
        """Write what is new of some bills. Raises NotTogether."""
        fresh = self._fresh_refs([bill for bill in bills if bill.ref])
        fresh |= self._fresh_contents([bill for bill in bills if not bill.ref])
        for bill in bills:
            if id(bill) in fresh:
                self._add(bill, fresh[id(bill)])
        self._flush()

    def write_plain(self, block: Block) -> bool:
        """Write rows that are new sales above zero, one each; else return False, none written."""
        said = block.columns
        refs, amounts, quantities = said["ref"], said["amount"], said["quantity"]
        if min(amounts) <= 0 or _any_below(quantities):
            return False
        marks = self._new_marks(block)
        if marks is None:
            return False
        contacts = [person.contact for person in said["person"]]
        if None in contacts:
            contacts = [
                person.contact or (None if not person.name else self._resolve(line, person))
                for line, person in zip(block.lines, said["person"], strict=True)
            ]
        ids = range(self.sale + 1, self.sale + 1 + len(amounts))
        self.sale = ids[-1]
        imports = [self.import_id] * len(amounts)
        known_by = refs if refs[0] else marks
        if any(said["channel"]):
            named = [ref or None for ref in refs]
            channels = [self._channel(name) if name else None for name in said["channel"]]
            more = (named, imports, marks, channels)
            rows = zip(ids, contacts, said["date"], amounts, *more, strict=True)
            self._write("full_sale", rows, len(ids))
        else:
            rows = zip(ids, contacts, said["date"], amounts, known_by, imports, strict=True)
            self._write("numbered_sale" if refs[0] else "loose_sale", rows, len(ids))
        self._write_lines(ids, said)
        self.done.sales += len(amounts)
        self.done.sold += sum(amounts)
        self.done.walk_ins += contacts.count(None)
        return True

    def _new_marks(self, block: Block) -> list[int | None] | None:
        """Return the fingerprints of rows, none for those with references.

        None in place of them all: a row is known, or comes twice.
        """
        said, refs = block.columns, block.columns["ref"]
        if not any(refs):
            names = ("date", "amount", "product", "quantity")
            persons = [person.mark for person in said["person"]]
            rows = zip(persons, *(said[name] for name in names), strict=True)
            marks = [fingerprint(content_of(*row)) for row in rows]
            return None if self._any_known("known_fingerprints", marks) else list(marks)
        if "" in refs or (self._any_known("known_refs", refs)):
            return None
        return [None] * len(refs)

    def _any_known(self, statement: str, keys: Sequence[str | int]) -> bool:
        if len(set(keys)) < len(keys):
            return True
        if self.manner.blind and statement == "known_refs":
            return False
        values = {"keys": json.dumps(keys)}
        return self.base.execute(SQL[statement], values).fetchone() is not None

    def _write_lines(self, ids: Sequence[int], said: dict[str, list[Any]]) -> None:
        if not any(said["product"]):
            return
        products = zip(said["product"], said["category"], strict=True)
        sold = [self._product(product) if product[0] else None for product in products]
        count = len(sold) - sold.count(None)
        self.done.lines += count
        rows: Iterable[tuple[Any, ...]]
        if any(said["quantity"]) or any(said["price"]):
            counts = [1.0 if count is None else float(count) for count in said["quantity"]]
            prices = [price.text if price else None for price in said["price"]]
            rows = zip(ids, sold, counts, prices, said["amount"], strict=True)
            name = "sale_line"
        else:
            rows = zip(ids, sold, said["amount"], strict=True)
            name = "bare_line"
        if None in sold:
            rows = [row for row in rows if row[1] is not None]
        self._write(name, rows, count)

    def _fresh_refs(self, bills: list[Bill]) -> dict[int, int | None]:
        """Return the bills whose reference the base does not have."""
        if not bills:
            return {}
        known: dict[str, tuple[Any, ...]] = {}
        if not self.manner.blind:
            keys = {"keys": json.dumps([bill.ref for bill in bills])}
            known = {row[0]: row[1:] for row in self.base.execute(SQL["known_refs"], keys)}
        fresh: dict[int, int | None] = {}
        new: set[str] = set()
        for bill in bills:
            if bill.ref in known:
                self._compare(bill, known[bill.ref])
            elif bill.ref in new:
                raise NotTogether
            else:
                new.add(bill.ref)
                fresh[id(bill)] = None
        return fresh

    def _compare(self, bill: Bill, row: tuple[Any, ...]) -> None:
        """Count a bill that the base knows, and see whether it is the same."""
        sign, import_id, day, amount, contact = row
        if import_id == self.import_id:
            raise NotTogether
        person = bill.person
        somebody = person.contact or (None if not person.name else self.registry.find(person))
        if (day, sign * amount) == (bill.day, bill.amount) and somebody in {None, contact}:
            self.done.known += 1
            return
        if not self.manner.together:
            raise NotTogether
        self.done.different += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(bill.ref)

    def _fresh_contents(self, bills: list[Bill]) -> dict[int, int | None]:
        """Return the bills without a reference whose content, at its n-th time, is new."""
        if not bills:
            return {}
        marks = [fingerprint(bill.content) for bill in bills]
        keys = json.dumps(marks)
        owners = dict(self.base.execute(SQL["known_fingerprints"], {"keys": keys}).fetchall())
        seen = (
            {row[0] for row in self.base.execute(SQL["seen"], {"keys": keys})} if owners else set()
        )
        fresh: dict[int, int | None] = {}
        for bill, first in zip(bills, marks, strict=True):
            mark = self._occurrence(bill.content, first, owners, seen)
            if mark in owners:
                seen.add(mark)
                self.base.execute(SQL["see"], (mark,))
                self.done.known += 1
            else:
                owners[mark] = self.import_id
                fresh[id(bill)] = mark
        return fresh

    def _occurrence(self, content: str, first: int, owners: dict[int, int], seen: set[int]) -> int:
        """Return the fingerprint of a content for as many times as it came in this file."""
        nth, mark = self._times.get(first, 1), first
        if nth > 1:
            mark = fingerprint(content, nth)
            self._learn(mark, owners, seen)
        while mark in seen or owners.get(mark) == self.import_id:
            nth += 1
            mark = fingerprint(content, nth)
            self._learn(mark, owners, seen)
        if nth > 1:
            if len(self._times) > MOST_TIMES:
                self._times.clear()
            self._times[first] = nth + 1
        return mark

    def _learn(self, mark: int, owners: dict[int, int], seen: set[int]) -> None:
        keys = {"keys": json.dumps([mark])}
        for key, owner in self.base.execute(SQL["known_fingerprints"], keys):
            owners.setdefault(key, owner)
        seen.update(key for (key,) in self.base.execute(SQL["seen"], keys))

    def _add(self, bill: Bill, mark: int | None) -> None:
        if bill.amount < 0:
            self._add_refund(bill, mark)
        elif bill.amount == 0 and bill.returned and not any(item.amount > 0 for item in bill.items):
            self.done.nothing += 1
        else:
            self._add_sale(bill, mark)

    def _add_sale(self, bill: Bill, mark: int | None) -> None:
        self.sale += 1
        contact = self._contact(bill)
        channel = self._channel(bill.channel) if bill.channel else None
        self._sales.append(
            (self.sale, contact, bill.day, bill.amount, bill.discount, bill.ref or None, channel,
             bill.note or None, self.import_id, mark)
        )  # fmt: skip
        for item in bill.items:
            product = self._product((item.product, item.category))
            self._sale_lines.append(
                (self.sale, product, float(item.quantity), item.price, item.amount)
            )
        if self.manner.linked and bill.sale:
            self._written.append((bill.sale, self.sale))
        done = self.done
        done.sales += 1
        done.sold += bill.amount
        done.lines += len(bill.items)
        done.walk_ins += contact is None
        done.gifts += bill.amount == 0

    def _add_refund(self, bill: Bill, mark: int | None) -> None:
        self.refund += 1
        contact = self._contact(bill)
        sale = self._refunded(bill.refund_of) if bill.refund_of else None
        self._refunds.append(
            (self.refund, contact, sale, bill.day, -bill.amount, bill.ref or None,
             bill.note or None, self.import_id, mark)
        )  # fmt: skip
        for item in bill.items:
            product = self._product((item.product, item.category))
            self._refund_lines.append(
                (self.refund, product, -float(item.quantity), item.price, -item.amount)
            )
        done = self.done
        done.refunds += 1
        done.refunded -= bill.amount
        done.lines += len(bill.items)
        done.refunds_of_nobody += contact is None

    def _contact(self, bill: Bill) -> int | None:
        person = bill.person
        if person.contact is None and person.name:
            self._resolve(bill.line, person)
        return person.contact

    def _resolve(self, line: int, person: Person) -> int:
        contact = self.registry.resolve(person)
        if person.unchecked:
            self.warn(line, person)
        person.settle(contact)
        return contact

    def _refunded(self, name: str) -> int | None:
        """Return the sale that a refund names: by its group in the file, or by its reference."""
        self._flush()
        found = self.base.one(SQL["written"], {"sale": name.removeprefix("#")})
        if name.startswith("#") and found is not None:
            return int(found)
        if self.manner.blind:  # the index of references is aside
            raise NotTogether
        sale: int | None = self.base.one(SQL["sale_of_ref"], {"ref": name})
        return sale

    def _flush(self) -> None:
        self._write("sale", self._sales, len(self._sales))
        try:
            self._write("refund", self._refunds, len(self._refunds))
        except sqlite3.IntegrityError:
            if self.manner.blind:  # nobody looked whether the reference is there
                raise NotTogether from None
            raise
        self._write("sale_line", self._sale_lines, len(self._sale_lines))
        self._write("refund_line", self._refund_lines, len(self._refund_lines))
        self.base.executemany(SQL["wrote"], self._written)
        self._clear()

    def _write(self, name: str, rows: Iterable[tuple[Any, ...]], count: int) -> None:
        bulk.write(self.base, SQL[f"add_{name}"], rows, count)


def _any_below(quantities: list[Any]) -> bool:
    missing = quantities.count(None)
    return 0 < missing < len(quantities) or (not missing and min(quantities) <= 0)
