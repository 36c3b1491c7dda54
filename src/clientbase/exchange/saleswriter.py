"""Writing the sales and refunds of a file that are not in the base yet."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientbase.db.statements import statements
from clientbase.exchange import bulk
from clientbase.exchange.cells import Cache
from clientbase.exchange.fingerprints import fingerprint_of_mark
from clientbase.exchange.known import Known, NotTogether
from clientbase.people.channels import channel_id
from clientbase.sales.products import product_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from clientbase.db.connection import Base
    from clientbase.exchange.bills import Bill
    from clientbase.exchange.known import Manner
    from clientbase.exchange.persons import Person
    from clientbase.exchange.registry import Registry
    from clientbase.exchange.salesrows import Block

SQL = statements(__file__)


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
        self.known = Known(base, registry, import_id, manner)
        for name in ("make_written", "forget_written"):
            base.execute(SQL[name])
        heights = dict(base.execute(SQL["heights"]).fetchall())
        self.sale = heights.get("sale", 0)
        self.refund = heights.get("refund", 0)
        self._channel = Cache(lambda name: channel_id(base, name)).__getitem__
        self._product = Cache(lambda said: product_id(base, *said)).__getitem__
        self._clear()

    def _clear(self) -> None:
        self._sales: list[tuple[Any, ...]] = []
        self._refunds: list[tuple[Any, ...]] = []
        self._sale_lines: list[tuple[Any, ...]] = []
        self._refund_lines: list[tuple[Any, ...]] = []
        self._written: list[tuple[str, int]] = []

    def write(self, bills: Sequence[Bill]) -> None:
        """Write what is new of some bills. Raises NotTogether."""
        fresh = self.known.fresh(bills)
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
        marks = self.known.marks(block)
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

    def _add(self, bill: Bill, mark: int | None) -> None:
        if bill.amount < 0:
            self._add_refund(bill, mark)
        elif bill.nothing:
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
        sale, contact = None, self._contact(bill)
        if bill.refund_of:
            sale, contact = self._refunded(bill.refund_of, contact)
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

    def _refunded(self, name: str, contact: int | None) -> tuple[int | None, int | None]:
        """Return the sale that a refund names, and to whom it was given back: who bought.

        The name is a mark, `#` in front, or a reference. Where somebody else is told, the
        refund is theirs, and of no sale.
        """
        self._flush()
        row: tuple[int, int | None] | None = None
        if name.startswith("#"):
            mark = name.removeprefix("#")
            values = {"sale": mark, "fingerprint": fingerprint_of_mark(mark)}
            row = self.base.execute(SQL["sale_of_mark"], values).fetchone()
        if row is None:
            row = self.base.execute(SQL["sale_of_ref"], {"ref": name}).fetchone()
        return (None, contact) if row is None or contact not in {None, row[1]} else row

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
