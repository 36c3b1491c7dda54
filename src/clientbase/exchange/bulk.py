"""Loading many rows at once: what slows it down is put aside and made anew at the end."""

from __future__ import annotations

import contextlib
from itertools import chain
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


@contextlib.contextmanager
def prepared(base: Base, plan: Plan) -> Iterator[None]:
    """Make a base ready for an import, before its transaction begins, and as it was after it."""
    base.execute("pragma cache_size = -49152")
    if plan.rows >= MANY:
        base.execute("pragma foreign_keys = off")
    try:
        yield
    finally:
        base.execute("pragma foreign_keys = on")
        base.execute("pragma cache_size = -2000")


@contextlib.contextmanager
def loading(base: Base, plan: Plan) -> Iterator[None]:
    """Do without triggers, and without indexes, where the file is large."""
    base.execute(SQL["keep_going"])
    with totals.bulk(base) if plan.rows >= SOME else contextlib.nullcontext():
        yield
    if plan.rows >= MANY:
        if not base.one(SQL["proof"], {"import": base.one(SQL["last_import"])}):
            raise AssertionError
        base.execute("pragma analysis_limit = 1000")
        base.execute("analyze")


def by_tens(base: Base, ten: str, one: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows, ten in a statement, which takes half of the time, and what is left one by one."""
    values = list(chain.from_iterable(rows))
    width = one.count("?")
    end = len(values) // (10 * width) * 10 * width
    flat = iter(values[:end])
    base.executemany(ten, zip(*[flat] * (10 * width), strict=True))
    flat = iter(values[end:])
    base.executemany(one, zip(*[flat] * width, strict=True))


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
        for name in [name for name in self._made if name.startswith(start)]:
            self.base.execute(self._made.pop(name))
