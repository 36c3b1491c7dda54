"""A table made ready for a screen: words for its columns, texts for its cells."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from clientbase.render import cells
from clientbase.table import Pivot
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clientbase.render.look import Look
    from clientbase.table import Column, Kind, Table

MANY_COLUMNS = 8
HEAT_LEVELS = 5


@dataclass(eq=False, repr=False, slots=True)
class Block:
    """Texts by column, with what is needed to align, fold and colour them.

    In a grid the first `sides` columns say what a row is; each row of the picture takes as many
    rows here as `down` has kinds; and `heat` tells how hot (1 to 5) the cell at a row and a
    column is. `roomy` are the texts of a column of a list where there is room for both a day and
    how far it is. `essential` are the keys that a narrow screen shows first, and
    `must` how many of them it shows though texts are folded narrower for it.
    """

    form: Literal["list", "card", "grid"]
    keys: list[str]
    heads: list[str]
    kinds: list[Kind]
    texts: list[list[str]]
    sides: int = 0
    down: tuple[Kind, ...] = ()
    heat: dict[tuple[int, int], int] = field(default_factory=dict)
    roomy: dict[int, list[str]] = field(default_factory=dict)
    essential: tuple[str, ...] = ()
    must: int = 0

    def kind(self, row: int, column: int) -> Kind:
        """Return the kind of one cell."""
        if self.down and column >= self.sides:
            return self.down[row % len(self.down)]
        return self.kinds[column]

    def right(self, column: int) -> bool:
        """Tell whether a column is aligned to the right."""
        if self.down and column >= self.sides:
            return cells.RIGHT.issuperset(self.down)
        return self.kinds[column] in cells.RIGHT


@dataclass(eq=False, repr=False, slots=True)
class Section:
    """A heading, a block or a sentence in its place, and notes; a table inside has a name."""

    name: str = ""
    title: str = ""
    block: Block | None = None
    said: str = ""
    notes: list[str] = field(default_factory=list)


def sections(table: Table, look: Look, *, summary: bool = False) -> list[Section]:
    """Return what a screen shows of a table and of the tables in it: nothing when all is empty.

    With `summary` the rows of the table itself are left out.
    """
    rows = [] if summary else list(table.rows)
    look = replace(look, today=table.as_of or look.today)
    say = look.dress.text
    main = Section(title=cells.clean(say(table.title)))
    if rows:
        main.block = _block(table, rows, look)
    elif not summary:
        main.said = cells.clean(say(table.empty))
    below = [part for name, sub in table.tables.items() for part in _below(name, sub, look)]
    if not (rows or summary or main.said or below):
        return []
    if isinstance(table.layout, Pivot) and rows and len(table.layout.cell) == 1:
        main.notes.append(_in_each_cell(table.layout))
    main.notes += [cells.clean_lines(say(note)) for note in table.notes]
    return [main, *below]


def _below(name: str, table: Table, look: Look) -> list[Section]:
    parts = sections(table, look)
    if not parts or (parts[0].block is None and len(parts) == 1):
        return []
    parts[0].name = name
    parts[0].title = parts[0].title or cells.human(name)
    return parts


def _in_each_cell(pivot: Pivot) -> str:
    return _("In each cell: {name}.").format(name=cells.human(pivot.cell[0]))


def _block(table: Table, rows: list[Sequence[Any]], look: Look) -> Block:
    if isinstance(table.layout, Pivot):
        return _Grid(table.columns, rows, table.layout, look).block()
    values = list(zip(*rows, strict=True))
    texts = [
        list(map(_writer(column, table.layout, look), cells_of))
        for column, cells_of in zip(table.columns, values, strict=True)
    ]
    keys = [column.name for column in table.columns]
    roomy = _days_told(table, values, texts, look) if look.rich and look.today else {}
    shown = list(range(len(texts)))
    if table.layout == "list" and len(texts) > MANY_COLUMNS:
        shown = [i for i in shown if any(texts[i])] or [0]
    return Block(
        form=table.layout,
        keys=[keys[i] for i in shown],
        heads=[
            _heading(keys[i], keys)
            if i in roomy and table.layout == "list"
            else cells.human(keys[i])
            for i in shown
        ],
        kinds=[table.columns[i].kind for i in shown],
        texts=[texts[i] for i in shown],
        roomy={place: roomy[i] for place, i in enumerate(shown) if i in roomy},
        essential=table.essential,
        must=table.must,
    )


def _heading(key: str, keys: Sequence[str]) -> str:
    """Return what stands above `in 3 days`: `due`, not `due on`."""
    short = key.removesuffix("_on")
    return cells.human(key if short in keys else short)


def _writer(column: Column, layout: str, look: Look) -> Callable[[Any], str]:
    if layout != "card":
        return cells.screen_cell(column.kind, look)
    write = cells.screen_cell(column.kind, look, alone=True)
    if column.kind != "text":
        return write
    say = look.dress.text
    return lambda value: cells.clean_lines(say(value)) if isinstance(value, str) else write(value)


def _days_told(
    table: Table, values: list[tuple[Any, ...]], texts: list[list[str]], look: Look
) -> dict[int, list[str]]:
    """Tell in the texts how far the days about now are: on a card beside them, else alone.

    Return what such a column of a list may show where there is room: both.
    """
    found = {}
    for place, column in enumerate(table.columns):
        if column.kind == "when":
            told = list(map(cells.distance(look), values[place]))
            both = [
                f"{day} ({far})" if far else day
                for day, far in zip(texts[place], told, strict=True)
            ]
            texts[place] = both if table.layout == "card" else told
            found[place] = both
    return found


class _Grid:
    """A long table folded into a grid: each row of it is one cell of the picture."""

    def __init__(
        self, columns: Sequence[Column], rows: list[Sequence[Any]], pivot: Pivot, look: Look
    ) -> None:
        self.at = {column.name: i for i, column in enumerate(columns)}
        self.pivot, self.columns = pivot, columns
        down, across = self.at[pivot.down], self.at[pivot.across]
        self.found = {(row[down], row[across]): row for row in rows}
        self.lefts = list(dict.fromkeys(row[down] for row in rows))
        self.tops = list(dict.fromkeys(row[across] for row in rows))
        self.write = {column.name: cells.screen_cell(column.kind, look) for column in columns}

    def block(self) -> Block:
        pivot = self.pivot
        sides = self._sides()
        corner = f"{cells.human(pivot.down)} \\ {cells.human(pivot.across)}"
        heads = [corner, *[""] * (len(sides) - 1), *map(self.write[pivot.across], self.tops)]
        kinds: list[Kind] = ["text"] * len(heads)
        return Block(
            form="grid",
            keys=heads,
            heads=heads,
            kinds=kinds,
            texts=[*sides, *map(self._column, self.tops)],
            sides=len(sides),
            down=tuple(self.columns[self.at[name]].kind for name in pivot.cell),
            heat=self._heat(len(sides)) if pivot.heat else {},
        )

    def _sides(self) -> list[list[str]]:
        words = [cells.human(name) for name in self.pivot.cell]
        rest = [""] * (len(words) - 1)
        names = map(self.write[self.pivot.down], self.lefts)
        labels = [text for name in names for text in (name, *rest)]
        return [labels, words * len(self.lefts)] if rest else [labels]

    def _column(self, top: Any) -> list[str]:
        rows = [self.found.get((left, top)) for left in self.lefts]
        return [
            "" if row is None else self.write[name](row[self.at[name]])
            for row in rows
            for name in self.pivot.cell
        ]

    def _heat(self, sides: int) -> dict[tuple[int, int], int]:
        hot, tall = self.at[self.pivot.heat], len(self.pivot.cell)
        warm = {place: row[hot] for place, row in self.found.items() if _positive(row[hot])}
        most = max(warm.values(), default=0)
        return {
            (x * tall + line, y + sides): math.ceil(warm[left, top] / most * HEAT_LEVELS)
            for x, left in enumerate(self.lefts)
            for y, top in enumerate(self.tops)
            for line in range(tall)
            if (left, top) in warm
        }


def _positive(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value) and value > 0
