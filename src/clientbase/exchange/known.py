"""Which sales and refunds of a file are in the base already, and what stands apart in it."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.db.statements import statements
from clientbase.exchange.bills import content_of
from clientbase.exchange.fingerprints import fingerprint, fingerprint_of_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clientbase.db.connection import Base
    from clientbase.exchange.bills import Bill
    from clientbase.exchange.registry import Registry
    from clientbase.exchange.salesrows import Block

SQL = statements(__file__)

MOST_TIMES = 100_000  # contents whose times are kept in mind
EXAMPLES = 5  # references that are told where their content is another


class NotTogether(Exception):
    """Rows of one reference stand apart in the file: they must be brought together first."""


class Manner(NamedTuple):
    """How a file is written.

    `together`: rows of one reference are known to stand together; `linked`: refunds may name
    sales; `blind`: no reference can be in the base, so that none is looked for.
    """

    together: bool
    linked: bool
    blind: bool


class Known:
    """Tells the bills that are new, by their references, their marks, or else their content.

    What a file comes to must not hang on what the base holds already. So NotTogether is raised
    for every reference and mark that stands apart, one that writes nothing too.
    """

    def __init__(self, base: Base, registry: Registry, import_id: int, manner: Manner) -> None:
        """Take the base in its transaction, its contacts, and the number of the import."""
        self.base = base
        self.registry = registry
        self.import_id = import_id
        self.manner = manner
        self.count = 0
        self.different = 0
        self.examples: list[str] = []
        # References that sales had before they were edited.
        self.former = {row[0]: row[1:] for row in base.execute(SQL["former"])}
        # At which time a content comes next, where it came more than once.
        self._times: dict[int, int] = {}
        for name in ("make_seen", "forget_seen", "make_passed", "forget_passed"):
            base.execute(SQL[name])

    def fresh(self, bills: Sequence[Bill]) -> dict[int, int | None]:
        """Return the bills that are to be written, by `id`, with their fingerprints."""
        told = [bill for bill in bills if bill.told]
        referred = [bill for bill in told if bill.ref]
        fresh = self._fresh_refs(referred)
        there = {b.ref for b in referred if id(b) not in fresh and b.ref not in self.former}
        marked = self._marked([b for b in told if b.sale and (not b.ref or id(b) in fresh)])
        for number, mark in marked.items():
            if mark is None:
                fresh.pop(number, None)
            else:
                fresh[number] = mark
        loose = [bill for bill in told if not bill.ref and id(bill) not in marked]
        fresh |= self._fresh_contents(loose)
        self._pass(
            (bill.name, bill.ref in there)
            for bill in bills
            if bill.name and (id(bill) not in fresh or bill.nothing or bill.sale)
        )
        return fresh

    def marks(self, block: Block) -> list[int | None] | None:
        """Return the fingerprints of rows of a sale each, none for those with references.

        None in place of them all: a row is known, or comes twice.
        """
        said, refs = block.columns, block.columns["ref"]
        if not any(refs):
            names = ("date", "amount", "product", "quantity")
            persons = [person.mark for person in said["person"]]
            rows = zip(persons, *(said[name] for name in names), strict=True)
            marks = [fingerprint(content_of(*row)) for row in rows]
            return None if self._any("fingerprints", marks) else list(marks)
        if "" in refs or self._any("refs", refs) or not self.former.keys().isdisjoint(refs):
            return None
        return [None] * len(refs)

    def prove(self) -> None:
        """Raise NotTogether where rows of a reference that wrote nothing have written apart."""
        if self.base.one(SQL["apart"], {"import": self.import_id}):
            raise NotTogether

    def _any(self, statement: str, keys: Sequence[str | int]) -> bool:
        if len(set(keys)) < len(keys):
            return True
        if self.manner.blind and statement == "refs":
            return False
        values = {"keys": json.dumps(keys)}
        return self.base.execute(SQL[statement], values).fetchone() is not None

    def _pass(self, names: Iterable[tuple[str, bool]]) -> None:
        """Keep the names that the base itself does not keep, or not as this import's.

        Beside each stands whether the base has it as a reference.
        """
        if self.manner.together:
            return
        try:
            self.base.executemany(SQL["pass"], names)
        except sqlite3.IntegrityError:
            raise NotTogether from None

    def _fresh_refs(self, bills: list[Bill]) -> dict[int, int | None]:
        """Return the bills whose reference the base does not have."""
        if not bills:
            return {}
        known: dict[str, tuple[Any, ...]] = {}
        if not self.manner.blind:
            keys = {"keys": json.dumps([bill.ref for bill in bills])}
            known = {row[0]: row[1:] for row in self.base.execute(SQL["refs"], keys)}
        fresh: dict[int, int | None] = {}
        new: set[str] = set()
        for bill in bills:
            if bill.ref in known:
                self._compare(bill, known[bill.ref])
            elif bill.ref in new:
                raise NotTogether
            elif bill.ref in self.former and self._agrees(bill, self.former[bill.ref]):
                self.count += 1
            else:
                new.add(bill.ref)
                fresh[id(bill)] = None
        return fresh

    def _marked(self, bills: list[Bill]) -> dict[int, int | None]:
        """Return the marks of an export, by `id`, and None for those that the base has.

        A mark stands for one bill: others that have it are known by what else they say.
        """
        marks = {id(bill): fingerprint_of_mark(bill.sale) for bill in bills if not bill.nothing}
        keys = json.dumps([mark for mark in marks.values() if mark is not None])
        rows = self.base.execute(SQL["fingerprints"], {"keys": keys}) if bills else ()
        found = {row[0]: row[1:] for row in rows}
        marked: dict[int, int | None] = {}
        taken: set[int] = set()
        for bill in bills:
            mark = marks.get(id(bill))
            if mark is None or mark in taken:
                continue
            if mark not in found:
                marked[id(bill)] = mark
                taken.add(mark)
            elif found[mark][1] != self.import_id:
                marked[id(bill)] = None
                self._compare(bill, found[mark])
        return marked

    def _compare(self, bill: Bill, row: tuple[Any, ...]) -> None:
        """Count a bill that the base knows, and see whether it is the same."""
        if row[1] == self.import_id:
            raise NotTogether
        if self._agrees(bill, row):
            self.count += 1
            return
        self.different += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(bill.ref or bill.sale)

    def _agrees(self, bill: Bill, row: tuple[Any, ...]) -> bool:
        sign, _import, day, amount, contact = row
        person = bill.person
        somebody = person.contact or (None if not person.name else self.registry.find(person))
        return (day, sign * amount) == (bill.day, bill.amount) and somebody in {None, contact}

    def _fresh_contents(self, bills: list[Bill]) -> dict[int, int | None]:
        """Return the bills without a reference whose content, at its n-th time, is new."""
        if not bills:
            return {}
        marks = [fingerprint(bill.content) for bill in bills]
        keys = json.dumps(marks)
        owners = self._owners(keys)
        seen = (
            {row[0] for row in self.base.execute(SQL["seen"], {"keys": keys})} if owners else set()
        )
        fresh: dict[int, int | None] = {}
        for bill, first in zip(bills, marks, strict=True):
            mark = self._occurrence(bill.content, first, owners, seen)
            if mark in owners:
                seen.add(mark)
                self.base.execute(SQL["see"], (mark,))
                self.count += 1
            else:
                owners[mark] = self.import_id
                fresh[id(bill)] = mark
        return fresh

    def _occurrence(
        self, content: str, first: int, owners: dict[int, int | None], seen: set[int]
    ) -> int:
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

    def _learn(self, mark: int, owners: dict[int, int | None], seen: set[int]) -> None:
        keys = json.dumps([mark])
        for key, owner in self._owners(keys).items():
            owners.setdefault(key, owner)
        seen.update(key for (key,) in self.base.execute(SQL["seen"], {"keys": keys}))

    def _owners(self, keys: str) -> dict[int, int | None]:
        """Return whose import each fingerprint is that the base has."""
        found = self.base.execute(SQL["fingerprints"], {"keys": keys})
        return {row[0]: row[2] for row in found}
