"""The rows of a file before they are read: those of another width, empty ones and totals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clientbase.exchange.problems import Problem
from clientbase.normal import fold
from clientbase.words import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.exchange.columns import Mapping
    from clientbase.exchange.problems import Problems
    from clientbase.exchange.reading import Batch

_TOTAL = re.compile(r"(?:итог|итого|всего|total|totals|grand total|subtotal|sum)\b")


class Rows:
    """Sees to it that each row has as many cells as the header."""

    def __init__(self, mapping: Mapping, problems: Problems, day: str) -> None:
        """Take the columns, where wrong rows go, and the field that a row of totals lacks."""
        self.width = len(mapping.headers)
        self.problems = problems
        self.day = mapping.places.get(day)
        self.count = 0
        self.totals: list[int] = []

    def even(self, batch: Batch) -> Batch:
        """Return the rows that are as wide as the header; what is wrong with others is told."""
        self.count += len(batch.rows)
        if set(map(len, batch.rows)) == {self.width}:
            return batch
        lines, rows = [], []
        for line, row in zip(batch.lines, batch.rows, strict=True):
            fitting = self._fitting(line, row)
            if fitting is not None:
                lines.append(line)
                rows.append(fitting)
        return type(batch)(lines, rows)

    def _fitting(self, line: int, row: list[str]) -> list[str] | None:
        if len(row) == self.width:
            return row
        if not any(row[self.width :]) and len(row) > self.width:
            return row[: self.width]
        if not self.aside(line, row):
            self.problems.add(Problem(line, "", " | ".join(row), self._uneven(len(row))))
        return None

    def aside(self, line: int, row: Sequence[str]) -> bool:
        """Say whether a row is empty or one of totals, which are no rows of the table."""
        place = next((place for place, cell in enumerate(row) if cell.strip()), None)
        if place is None:
            self.count -= 1
            return True
        day = "" if self.day in {None, place} else "".join(row[self.day :][:1])
        if day.strip() or not _TOTAL.match(fold(row[place])):
            return False
        self.count -= 1
        self.totals.append(line)
        return True

    def _uneven(self, width: int) -> str:
        has = ngettext("the row has {count} cell", "the row has {count} cells", width)
        return _("{has}, the header {width}").format(has=has.format(count=width), width=self.width)
