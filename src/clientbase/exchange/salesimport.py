"""Importing a file of sales: all of its good rows, or nothing."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

from clientbase.db.statements import statements
from clientbase.exchange import bulk, gathering, outcome, persons, salesnotes
from clientbase.exchange.bills import Bills
from clientbase.exchange.known import Manner, NotTogether
from clientbase.exchange.problems import Problem, Problems
from clientbase.exchange.registry import Registry, Said
from clientbase.exchange.salesrows import SalesRows
from clientbase.exchange.saleswriter import SalesWriter
from clientbase.funnel import leads
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientbase.db.connection import Base
    from clientbase.exchange.persons import Person
    from clientbase.exchange.plan import Plan
    from clientbase.exchange.reading import Batch
    from clientbase.exchange.salesrows import Block

SQL = statements(__file__)

KEYS = columns(
    "rows:number",
    "sales:number",
    "sales_amount:money",
    "refunds:number",
    "refunds_amount:money",
    "lines:number",
    "contacts_new:number",
    "contacts_filled:number",
    "walk_ins:number",
    "gifts:number",
    "write_offs:number",
    "already_there:number",
    "different:number",
    "repeated:number",
    "unchecked:number",
    "leads_won:number",
    "bad:number",
)


NOT_PLAIN = ("sale", "refund_of", "sale_discount", "note")
UNDERSTOOD = columns("line:number", "ref", "date:date", "name", "product", "amount:money")


class SalesImport:
    """One reading of the file from its beginning to its end."""

    def __init__(self, base: Base, plan: Plan, *, together: bool) -> None:
        """Take the base inside its transaction; `together` brings rows of one sale together."""
        self.base = base
        self.plan = plan
        self.together = together
        self.import_id = int(base.one(bulk.SQL["last_import"]) or 0) + 1
        self.problems = Problems()
        self.rows = SalesRows(plan, self.problems)
        self.bills = Bills(plan.mapping, self.problems, self._same)
        self.warned = Problems()
        names = any(name in plan.mapping for name in ("name", "first_name", "last_name"))
        ids = "client_id" in plan.mapping
        many = bulk.is_many(base, plan)
        # With no reference in the base, and many to come, their index proves them at the end;
        # a refund that names its sale needs it before.
        linked = "refund_of" in plan.mapping
        blind = many and not (together or linked) and bool(base.one(bulk.SQL["no_refs"]))
        self.aside = bulk.Aside(base, many=many, first=blind)
        said = Said(names, ids, lambda: self.aside.restore("contact_point"))
        self.registry = Registry(base, self.import_id, said)
        manner = Manner(together, linked, blind)
        self.writer = SalesWriter(base, self.registry, self.import_id, manner, self._warn)
        # Columns that make more of a row than a sale.
        self.plain = not any(name in plan.mapping for name in NOT_PLAIN)
        self.first: list[Any] = []
        self.won = self.skipped = 0

    def run(self, who: str) -> None:
        """Read and write everything. Raises NotTogether, with nothing kept in mind."""
        for batch in self._batches():
            block = self.rows.read(batch)
            if block.lines:
                self._write(block)
            self.problems.settle()
        self.writer.write(self.bills.close())
        # Room in memory for the sorting of indexes.
        self.rows.caches.clear()
        self.registry.drop()
        self._restore()
        self.registry.close(self.plan.today)
        if self.writer.done.sales or self.writer.done.refunds or self.registry.filled:
            outcome.note_import(self.base, self.import_id, self.plan, self.rows.rows.count)
        self.won, self.skipped = win_leads(self.base, self.import_id, who)

    def _restore(self) -> None:
        """Make all indexes again; a reference that comes twice shows itself here at the latest."""
        try:
            self.aside.restore()
        except sqlite3.IntegrityError:
            raise NotTogether from None
        values = {"import": self.import_id}
        if self.writer.manner.blind and self.base.one(bulk.SQL["refs_twice"], values):
            raise NotTogether
        self.writer.known.prove()

    def _batches(self) -> Iterable[Batch]:
        if self.together:
            return gathering.together(self.base, self.plan)
        return self.plan.reader.batches()

    def _write(self, block: Block) -> None:
        """Write rows the quick way where each is a sale of its own, else by bills."""
        if len(self.first) < outcome.FIRST:
            self.first += list(block.rows())[: outcome.FIRST - len(self.first)]
        refs = block.columns["ref"]
        if self.plain and not (refs[0] and self.bills.adjoins(refs[0])):
            # The last row's reference may go on in the next block.
            end = len(refs)
            while end and refs[-1] and refs[end - 1] == refs[-1]:
                end -= 1
            self.writer.write(self.bills.close())
            if end and self.writer.write_plain(block.cut(0, end)):
                block = block.cut(end, len(refs))
        self.writer.write(self.bills.put(block.rows()))

    def _same(self, one: Person, other: Person) -> bool:
        """Say whether two sets of cells may speak of one contact, whatever the base knows."""
        read = self.rows.readers.read_joined
        return one.mark == other.mark or persons.same(read(one.said), read(other.said))

    def _warn(self, line: int, person: Person) -> None:
        """Tell the phones and e-mails of a new person that are wrong and kept all the same."""
        for field, value, reason in person.unchecked:
            self.warned.add(Problem(line, self.plan.mapping.header(field), value, reason))

    def table(self) -> Table:
        """Return the counts of what was done, and what there is to tell about it."""
        done, known, registry = self.writer.done, self.writer.known, self.registry
        row = (
            self.rows.rows.count, done.sales, done.sold, done.refunds, done.refunded, done.lines,
            registry.new, registry.filled, done.walk_ins, done.gifts,
            self.bills.write_offs + done.nothing, known.count, known.different, self.bills.repeated,
            registry.unchecked, self.won, self.problems.rows,
        )  # fmt: skip
        return outcome.table(KEYS, row, self.notes())

    def understood(self) -> Table:
        """Return the first sales as they are understood."""
        rows = [
            (line, ref or None, day, person.name or None, product or None, amount)
            for line, person, day, amount, ref, _sale, product, *_rest in self.first
        ]
        return Table("first", UNDERSTOOD, rows, title=_("The first rows as understood"))

    def notes(self) -> list[str]:
        """Return in words what was done with rows that are out of the ordinary."""
        return [
            *salesnotes.recorded(self.writer, self.rows.below_zero),
            *salesnotes.left_out(self.bills),
            *salesnotes.known(self.writer.known, self.won, self.skipped),
            *outcome.common_notes(self.rows.rows.totals, self.registry),
        ]


def win_leads(base: Base, import_id: int, who: str) -> tuple[int, int]:
    """Win the open lead of each contact who bought on its day or later.

    Returns how many are won, and how many next steps are skipped by that. Where a contact has
    several open leads, they are left to the owner.
    """
    won = base.execute(SQL["won"], {"import": import_id}).fetchall()
    skipped = 0
    for lead, sale, day in won:
        skipped += len(leads.win(base, lead, sale, date.fromisoformat(day), who))
    return len(won), skipped


def run(base: Base, plan: Plan, who: str) -> Table:
    """Import a file of sales inside the transaction and return the counts.

    Raises Refused, with the table of the bad rows, where there are some and they are not to be
    skipped.
    """
    with bulk.loading(base, plan):
        base.execute("savepoint reading")
        work = SalesImport(base, plan, together=False)
        try:
            work.run(who)
        except NotTogether:
            base.execute("rollback to reading")
            work = SalesImport(base, plan, together=True)
            work.run(who)
        base.execute("release reading")
    beside = {"first": work.understood()}
    if work.warned.count:
        beside["unchecked"] = work.warned.table()
    return outcome.settled(plan, work.table(), work.problems, beside)
