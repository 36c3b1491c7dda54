"""Loading many rows at once: what slows it down is put aside and made anew at the end."""

from __future__ import annotations

import contextlib
import functools
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from clientbase.db import totals
from clientbase.db.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clientbase.db.connection import Base
    from clientbase.exchange.plan import Plan

SQL = statements(__file__)

# From so many rows on the totals are quicker made anew than kept row by row.
SOME = 500
# From so many rows on, and from this part of the sales in the base, the indexes are too.
MANY = 20_000
PART = 3
# Rows that one statement inserts, which takes half of the time of a statement a row.
TOGETHER = 32
# KiB of the base that are kept in memory: where it is empty nothing is looked up in it, and the
# sorting of an index goes quicker in pieces that fit the processor's own memory.
ROOMY, SMALL = 40_960, 4_000


@contextlib.contextmanager
def prepared(base: Base, plan: Plan) -> Iterator[None]:
    """Make a base ready for an import, before its transaction begins, and as it was after it."""
    room = ROOMY if base.one(SQL["any_contact"]) else SMALL
    base.execute(f"pragma cache_size = -{room}")
    if plan.rows >= MANY:
        # Each value was checked when it was read, and the links are proved at the end.
        base.execute("pragma foreign_keys = off")
        base.execute("pragma ignore_check_constraints = on")
    try:
        yield
    finally:
        base.execute("pragma foreign_keys = on")
        base.execute("pragma ignore_check_constraints = off")
        base.execute("pragma cache_size = -2000")


@contextlib.contextmanager
def loading(base: Base, plan: Plan) -> Iterator[None]:
    """Do without triggers, and without indexes, where the file is large."""
    base.execute(SQL["keep_going"])
    aside = base.execute(SQL["total_indexes"]).fetchall() if is_many(base, plan) else []
    with totals.bulk(base) if plan.rows >= SOME else contextlib.nullcontext():
        for name, _sql in aside:
            base.execute(f"drop index {name}")
        yield
    for _name, sql in aside:
        base.execute(sql)
    if plan.rows >= MANY:
        if not base.one(SQL["proof"], {"import": base.one(SQL["last_import"])}):
            raise AssertionError
        base.execute("pragma analysis_limit = 1000")
        base.execute("analyze")


def write(base: Base, statement: str, rows: Iterable[tuple[Any, ...]], count: int) -> None:
    """Write so many rows by a statement that inserts one, many of them at a time."""
    taken = iter(rows)
    flat = chain.from_iterable(islice(taken, count // TOGETHER * TOGETHER))
    together = zip(*[flat] * (TOGETHER * statement.count("?")), strict=True)
    base.executemany(_repeated(statement), together)
    base.executemany(statement, taken)


@functools.cache
def _repeated(statement: str) -> str:
    """Return the statement that inserts TOGETHER rows instead of one."""
    insert, _values, row = statement.rstrip(";\n ").rpartition("values")
    return f"{insert} values {', '.join([row] * TOGETHER)}"


def is_many(base: Base, plan: Plan) -> bool:
    """Say whether so many rows come that indexes are better made anew at the end."""
    return plan.rows > max(MANY, (base.one(SQL["height"]) or 0) // PART)


class Aside:
    """Indexes that are put aside while rows are written, and made again when they are needed."""

    def __init__(self, base: Base, *, many: bool, first: bool) -> None:
        """Put them aside where many rows come; `first` adds the index of references."""
        self.base = base
        found = base.execute(SQL["indexes"], {"first": first}).fetchall() if many else []
        self._made: dict[str, str] = dict(found)
        for name in self._made:
            base.execute(f"drop index {name}")

    def restore(self, start: str = "") -> None:
        """Make the indexes anew whose names begin like this."""
        self.base.execute(f"pragma cache_size = -{SMALL}")
        for name in [name for name in self._made if name.startswith(start)]:
            self.base.execute(self._made.pop(name))
