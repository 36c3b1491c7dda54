"""Importing a file of contacts: all of its good rows, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientbase.db.statements import statements
from clientbase.exchange import bulk, outcome
from clientbase.exchange.contactrows import ContactRows
from clientbase.exchange.problems import Problem, Problems
from clientbase.exchange.registry import Registry, Said
from clientbase.normal import fold
from clientbase.people import tags
from clientbase.table import Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from clientbase.db.connection import Base
    from clientbase.exchange.contactrows import Entry
    from clientbase.exchange.plan import Plan

SQL = statements(__file__)

KEYS = columns(
    "rows:number",
    "contacts_new:number",
    "contacts_filled:number",
    "already_there:number",
    "repeated:number",
    "unchecked:number",
    "bad:number",
)
UNDERSTOOD = columns("line:number", "external_id", "name", "phone", "email", "city", "tags:list")


class ContactsImport:
    """One reading of a file of contacts."""

    def __init__(self, base: Base, plan: Plan) -> None:
        """Take the base inside its transaction, and what was found out about the file."""
        self.base = base
        self.plan = plan
        self.import_id = int(base.one(bulk.SQL["last_import"]) or 0) + 1
        self.problems = Problems()
        self.warned = Problems()
        self.rows = ContactRows(base, plan, self.problems)
        said = Said(names=True, ids="client_id" in plan.mapping, index_points=_nothing)
        self.registry = Registry(base, self.import_id, said)
        self.known = 0
        self.filled = 0
        self.repeated = 0
        self.first: list[tuple[Any, ...]] = []
        for name in ("make_numbered", "forget_numbered"):
            base.execute(SQL[name])

    def run(self) -> None:
        """Read and write everything."""
        for batch in self.plan.reader.batches():
            for entry in self.rows.read(batch):
                self._write(entry)
            self.problems.settle()
        self.registry.close(self.plan.today)
        self.base.execute(SQL["refer"])
        self.base.execute(SQL["forget_numbered"])
        if self.registry.new or self.filled:
            outcome.note_import(self.base, self.import_id, self.plan, self.rows.rows.count)

    def _write(self, entry: Entry) -> None:
        person, registry = entry.person, self.registry
        if len(self.first) < outcome.FIRST:
            self.first.append(_understood(entry))
        before = registry.new, registry.filled
        contact = registry.resolve(person, lambda contact: self._has_all(contact, entry))
        for field, value, reason in person.unchecked:
            header = self.plan.mapping.header(field)
            self.warned.add(Problem(entry.line, header, value, reason))
        new = registry.new > before[0]
        filled = self._tag(contact, entry) | self._values(contact, entry)
        if contact >= registry.first_new:
            self.repeated += not new
        else:
            filled |= registry.filled > before[1]
            self.filled += filled
            self.known += not filled
        if person.number or entry.referred_by:
            values = {"contact": contact, "number": person.number, "referrer": entry.referred_by}
            self.base.execute(SQL["number"], values)

    def _tag(self, contact: int, entry: Entry) -> bool:
        missing = self._missing_tags(contact, entry)
        tags.put(self.base, contact, missing)
        return bool(missing)

    def _values(self, contact: int, entry: Entry) -> bool:
        missing = self._missing_values(contact, entry)
        for field, value in missing:
            values = {"contact": contact, "field": field, "value": value}
            self.base.execute(SQL["add_value"], values)
        return bool(missing)

    def _has_all(self, contact: int, entry: Entry) -> bool:
        missing = self._missing_tags(contact, entry) or self._missing_values(contact, entry)
        return not missing

    def _missing_tags(self, contact: int, entry: Entry) -> list[str]:
        return [
            name
            for name in entry.tags
            if not self.base.one(SQL["has_tag"], {"contact": contact, "key": fold(name)})
        ]

    def _missing_values(self, contact: int, entry: Entry) -> list[tuple[int, Any]]:
        return [
            (field, value)
            for field, value in entry.values
            if not self.base.one(SQL["has_value"], {"contact": contact, "field": field})
        ]

    def table(self) -> Table:
        """Return the counts of what was done, and what there is to tell about it."""
        rows, registry = self.rows, self.registry
        row = (
            rows.rows.count,
            registry.new,
            self.filled,
            self.known,
            self.repeated,
            registry.unchecked,
            self.problems.rows,
        )
        notes = outcome.common_notes(rows.rows.totals, registry)
        if self.repeated:
            text = ngettext(
                "{count} row speaks of a contact of an earlier row: they are one",
                "{count} rows speak of contacts of earlier rows: they are one",
                self.repeated,
            )
            notes.append(Sentence(text, count=grouped(self.repeated)))
        if rows.other_sexes:
            text = ngettext(
                "{count} word for a sex is neither female nor male: left empty",
                "{count} words for a sex are neither female nor male: left empty",
                rows.other_sexes,
            )
            notes.append(Sentence(text, count=grouped(rows.other_sexes)))
        return outcome.table(KEYS, row, notes)

    def understood(self) -> Table:
        """Return the first contacts as they are understood."""
        return Table("first", UNDERSTOOD, self.first, title=_("The first rows as understood"))


def run(base: Base, plan: Plan, who: str) -> Table:
    """Import a file of contacts inside the transaction and return the counts.

    Raises Refused, with the table of the bad rows, where there are some and they are not to be
    skipped.
    """
    del who  # nothing that follows from contacts is anybody's doing
    base.execute(bulk.SQL["keep_going"])
    work = ContactsImport(base, plan)
    work.run()
    beside = {"first": work.understood()}
    if work.warned.count:
        beside["unchecked"] = work.warned.table()
    return outcome.settled(plan, work.table(), work.problems, beside)


def _understood(entry: Entry) -> tuple[Any, ...]:
    person = entry.person
    details = person.details or {}
    reach = {point.kind: point.shown for point in reversed(person.points)}
    return (
        entry.line,
        person.own_id,
        person.name,
        reach.get("phone"),
        reach.get("email"),
        details.get("city"),
        list(entry.tags),
    )


def _nothing() -> None:
    pass
