"""A table made ready for a screen: words for its columns, texts for its cells."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from clientbase.render import cells
from clientbase.render.figures import DAYS, Figure, figures
from clientbase.render.pictures import BarChart, Plot, bar_chart, plot
from clientbase.table import NUMBERS, Column, Pivot
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from clientbase.render.look import Look
    from clientbase.table import Alarm, Kind, Table

HEAT_LEVELS = 5


@dataclass(eq=False, repr=False, slots=True)
class Block:
    """Texts by column, with what is needed to align, fold and colour them.

    In a grid the first `sides` columns say what a row is; each row of the picture takes as many
    rows here as `down` has kinds; and `heat` tells how hot (1 to 5) the cell at a row and a
    column is. `roomy` are the texts of a column of a list where there is room for both a day and
    how far it is. `tight` are the texts of a grid where room is scarce. `essential` are the keys
    that a narrow screen shows first, and `must` how many of them it shows though texts are folded
    narrower for it. `bars` are drawn beside the rows. `unfolded` is a grid as the list that it is
    made of, for where it does not fit.
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
    tight: list[list[str]] = field(default_factory=list)
    essential: tuple[str, ...] = ()
    must: int = 0
    bars: BarChart | None = None
    unfolded: Block | None = None

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
    """A heading, a block or a sentence in its place, a line drawn of it, and notes.

    A table inside has a name, and is as deep as it is inside. `figures` are what a block of
    figures holds. The alarm stands before the block. `in_cells` says what a grid holds.
    """

    name: str = ""
    title: str = ""
    about: str = ""
    depth: int = 0
    alarm: Alarm | None = None
    block: Block | None = None
    figures: list[Figure] = field(default_factory=list)
    plot: Plot | None = None
    said: str = ""
    in_cells: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def below(self) -> list[str]:
        """What stands below: the notes, and before them what is in a grid's cells."""
        grid = self.block is not None and self.block.form == "grid" and self.in_cells
        return [self.in_cells, *self.notes] if grid else self.notes


def sections(table: Table, look: Look, *, summary: bool = False) -> list[Section]:
    """Return what a screen shows of a table and of the tables in it: nothing when all is empty.

    With `summary` the rows of the table itself are left out.
    """
    rows = [] if summary else list(table.rows)
    look = look.but(today=table.as_of or look.today)
    say = look.dress.text
    main = Section(title=cells.clean(say(table.title)), about=cells.clean(say(table.about)))
    if table.alarm:
        main.alarm = table.alarm._replace(text=cells.clean_lines(say(table.alarm.text)))
    if rows:
        main.block = _block(table, rows, look)
        main.plot = plot(table, rows, look)
        if table.layout == "figures":
            main.figures = figures(table, rows, look)
            main.block = _compared(main.figures)
    elif not summary:
        main.said = cells.clean(say(table.empty))
    below = [part for name, sub in table.tables.items() for part in _below(name, sub, look)]
    if not (rows or summary or main.said or below):
        return []
    if isinstance(table.layout, Pivot) and rows:
        main.in_cells = _in_each_cell(table, table.layout)
    main.notes = [cells.clean_lines(say(note)) for note in table.notes]
    return [main, *below]


def for_screen(parts: Iterable[Section], *, options: bool = True) -> list[Section]:
    """Leave of a table inside that is drawn as a line the line alone, which says what it holds."""
    found = list(parts)
    for part in found:
        if part.depth and part.plot and part.block:
            part.block = None
            if options:
                told = _("The numbers behind the line: --table {name}.").format(name=part.name)
                part.notes = [*part.notes, told]
    return found


def _below(name: str, table: Table, look: Look) -> list[Section]:
    parts = sections(table, look)
    if not parts or (parts[0].block is None and len(parts) == 1 and not parts[0].about):
        return []
    parts[0].title = parts[0].title or cells.human(name)
    for part in parts:
        part.name = f"{name}_{part.name}" if part.name else name
        part.depth += 1
    return parts


def _in_each_cell(table: Table, pivot: Pivot) -> str:
    """Say what is in the cells, where words beside them do not."""
    tight = _tight(table)
    if len(pivot.cell) > 1 and not tight:
        return ""
    told = _("In each cell: {name}.")
    if tight == "percent":
        told = _("In each cell: {name}, in percent.")
    elif tight == "money":
        told = _("In each cell: {name}; without decimals where room is scarce.")
    return told.format(name=", ".join(map(cells.human, pivot.cell)))


def _tight(table: Table) -> Kind | None:
    """Return what a grid has in its cells where it is percents alone, or money: it can be short."""
    pivot = table.layout
    if not isinstance(pivot, Pivot):
        return None
    kinds = {column.kind for column in table.columns if column.name in pivot.cell}
    return kinds.pop() if kinds in ({"percent"}, {"money"}) else None


def _block(table: Table, rows: list[Sequence[Any]], look: Look) -> Block:
    if isinstance(table.layout, Pivot):
        return _Grid(table, rows, table.layout, look).block(_tight(table))
    values = list(zip(*rows, strict=True))
    texts = [
        _texts(column, cells_of, table.layout, look)
        for column, cells_of in zip(table.columns, values, strict=True)
    ]
    keys = [column.name for column in table.columns]
    roomy = _days_told(table, values, texts, look) if look.rich and look.today else {}
    shown = list(range(len(texts)))
    if table.layout == "list" and not table.asked:
        shown = _filled(texts, [place for place in shown if keys[place] in table.keys])
    left = {keys[i] for i in shown}
    return Block(
        form="card" if table.layout == "card" else "list",
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
        must=len([key for key in table.essential[: table.must] if key in left]),
        bars=bar_chart(table, rows, look) if table.layout == "list" else None,
    )


def _compared(found: Sequence[Figure]) -> Block:
    """Return figures as a grid: a line for each, and a column for each period."""
    heads, texts = ["", found[0].period], [[f.name for f in found], [f.now for f in found]]
    for place, other in enumerate(found[0].others):
        heads += [other[0], _("change")]
        texts += [[f.others[place][1] for f in found], [f.others[place][2] for f in found]]
    return Block(
        form="grid",
        keys=heads,
        heads=heads,
        kinds=["text"] * len(heads),
        texts=texts,
        sides=1,
        # Days stand to the right as well, above the figures of these days.
        down=tuple("number" if figure.kind in DAYS else figure.kind for figure in found),
    )


def _heading(key: str, keys: Sequence[str]) -> str:
    """Return what stands above `in 3 days`: `due`, not `due on`."""
    short = key.removesuffix("_on")
    return cells.human(key if short in keys else short)


def _filled(texts: Sequence[Sequence[str]], keys: Sequence[int]) -> list[int]:
    """Return which columns have any text, with the keys where none of these has."""
    filled = [place for place, column in enumerate(texts) if any(column)]
    if not any(place in filled for place in keys):
        filled = sorted({*filled, *keys})
    return filled or [0]


def _texts(column: Column, values: Sequence[Any], layout: str, look: Look) -> list[str]:
    """Return the cells of a column: its numbers one under another have the same decimals."""
    if column.kind == "number" and layout != "card":
        return cells.numbers(values, look.dress.mark)
    return list(map(_writer(column, layout, look), values))


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

    def __init__(self, table: Table, rows: list[Sequence[Any]], pivot: Pivot, look: Look) -> None:
        at = {column.name: place for place, column in enumerate(table.columns)}
        values = list(zip(*rows, strict=True))
        self.pivot = pivot
        self.whole = cells.whole_amount(look.decimals)
        self.values = {name: values[place] for name, place in at.items()}
        self.kinds = {column.name: column.kind for column in table.columns}
        self.texts = {
            name: _texts(table.columns[at[name]], self.values[name], "grid", look)
            for name in (pivot.down, pivot.across, *pivot.cell)
        }
        pairs = zip(self.values[pivot.down], self.values[pivot.across], strict=True)
        self.found = {pair: row for row, pair in enumerate(pairs)}
        self.lefts = dict(zip(self.values[pivot.down], self.texts[pivot.down], strict=True))
        self.tops = dict(zip(self.values[pivot.across], self.texts[pivot.across], strict=True))

    def block(self, tight: Kind | None = None) -> Block:
        """Return the picture; of percents or money, `tight`, also as short as may be."""
        pivot = self.pivot
        sides = self._sides()
        corner = f"{cells.human(pivot.down)} \\ {cells.human(pivot.across)}"
        heads = [corner, *[""] * (len(sides) - 1), *self.tops.values()]
        kinds: list[Kind] = ["text"] * len(heads)
        block = Block(
            form="grid",
            keys=heads,
            heads=heads,
            kinds=kinds,
            texts=[*sides, *self._columns(self.texts)],
            sides=len(sides),
            down=tuple(self.kinds[name] for name in pivot.cell),
            heat=self._heat(len(sides)) if pivot.heat else {},
        )
        if tight:
            write = cells.whole_percent if tight == "percent" else self.whole
            short = {name: list(map(write, self.values[name])) for name in pivot.cell}
            block.tight = [*sides, *self._columns(short)]
        else:
            block.unfolded = self._unfolded()
        return block

    def _unfolded(self) -> Block | None:
        """Return the cells that hold anything as a list, if any does."""
        names = [self.pivot.down, self.pivot.across, *self.pivot.cell]
        figures = [name for name in self.pivot.cell if self.kinds[name] in NUMBERS]
        held = [self.values[name] for name in figures or self.pivot.cell]
        told = [row for row, cell in enumerate(zip(*held, strict=True)) if any(cell)]
        if not told:
            return None
        return Block(
            form="list",
            keys=names,
            heads=list(map(cells.human, names)),
            kinds=[self.kinds[name] for name in names],
            texts=[[self.texts[name][row] for row in told] for name in names],
            essential=tuple(names),
        )

    def _sides(self) -> list[list[str]]:
        words = [cells.human(name) for name in self.pivot.cell]
        rest = [""] * (len(words) - 1)
        labels = [text for name in self.lefts.values() for text in (name, *rest)]
        return [labels, words * len(self.lefts)] if rest else [labels]

    def _columns(self, texts: Mapping[str, Sequence[str]]) -> list[list[str]]:
        return [
            [
                "" if row is None else texts[name][row]
                for row in (self.found.get((left, top)) for left in self.lefts)
                for name in self.pivot.cell
            ]
            for top in self.tops
        ]

    def _heat(self, sides: int) -> dict[tuple[int, int], int]:
        hot, tall = self.values[self.pivot.heat], len(self.pivot.cell)
        warm = {pair: hot[row] for pair, row in self.found.items() if _positive(hot[row])}
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
