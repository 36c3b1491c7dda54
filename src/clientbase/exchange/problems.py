"""What is wrong with a file's rows: every cell of it, however many there are."""

from __future__ import annotations

import json
import tempfile
import weakref
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from clientbase.normal import visible
from clientbase.table import Table, columns

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = 1 << 20  # bytes of problems that are kept in memory
LONGEST = 200
COLUMNS = columns("line:number", "column", "value", "reason")


class Problem(NamedTuple):
    """A cell that is wrong: its line in the file, its column's header, its text, and why."""

    line: int
    column: str
    value: str
    reason: str


class Problems:
    """The problems of one import, on the disk where they are many."""

    def __init__(self) -> None:
        """Begin with none."""
        self.count = 0
        self._rows = 0
        self._last = 0
        self._latest: list[Problem] = []
        self._kept = tempfile.SpooledTemporaryFile(KEPT, "w+", encoding="utf-8")  # noqa: SIM115 - it lives as long as the problems
        weakref.finalize(self, self._kept.close)

    def add(self, problem: Problem) -> None:
        """Keep one more."""
        self._latest.append(problem)
        self.count += 1

    @property
    def rows(self) -> int:
        """How many rows have a problem."""
        self.settle()
        return self._rows

    def settle(self) -> None:
        """Put what was added since the last time in the order of the lines."""
        for problem in sorted(self._latest, key=itemgetter(0)):
            value = visible(problem.value)
            if len(value) > LONGEST:
                value = value[:LONGEST] + "…"
            json.dump(problem._replace(value=value), self._kept, ensure_ascii=False)
            self._kept.write("\n")
            self._rows += problem.line != self._last
            self._last = problem.line
        self._latest.clear()

    def table(self) -> Table:
        """Return them as a table, by the lines of the file."""
        self.settle()
        return Table("import", COLUMNS, self._read(), count=lambda: self.count)

    def _read(self) -> Iterator[tuple[int, str, str, str]]:
        self._kept.seek(0)
        for text in self._kept:
            yield tuple(json.loads(text))
        self._kept.seek(0, 2)
