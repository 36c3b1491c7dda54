"""What travels from an area to the renderer: columns that know their kind, and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Kind = Literal[
    "text",  # str
    "id",  # int, a row's number
    "number",  # int or float, shown as it is
    "money",  # int, whole minor units of the base's currency; a float is rounded half-even
    "date",  # str, YYYY-MM-DD (a birthday may be --MM-DD)
    "when",  # str, YYYY-MM-DD, a day about now: a terminal tells how far it is from `as_of`
    "percent",  # float, 50 is a half
    "share",  # float, 0 to 1, at least four decimals
    "flag",  # bool, or 0 and 1
    "phone",  # str
    "email",  # str
    "list",  # a list of str, or the JSON text of one
    "spark",  # a list of int, or the JSON text of one: drawn as a small curve
    "level",  # str, how bad it is: `red` and `amber` have their colour
]

# Kinds whose cells are numbers.
NUMBERS: frozenset[Kind] = frozenset({"id", "number", "money", "percent", "share"})

Row = tuple[Any, ...]


class Column(NamedTuple):
    """One column: its key (a promise in machine formats) and its kind."""

    name: str
    kind: Kind = "text"


class Pivot(NamedTuple):
    """How a long table is drawn on a screen as a grid.

    `down` and `across` name the columns whose values make the grid's sides, in the order in
    which they first appear; `cell` names the columns shown in each cell, a line each; `heat`
    names the column of numbers that colours the cells.
    """

    down: str
    across: str
    cell: tuple[str, ...]
    heat: str = ""

    def of(self, columns: Iterable[Column]) -> Pivot | Literal["list"]:
        """Return the grid of some of the columns: a list where a side is missing, or the cells."""
        names = {column.name for column in columns}
        cell = tuple(name for name in self.cell if name in names)
        if not cell or not names >= {self.down, self.across}:
            return "list"
        return self._replace(cell=cell, heat=self.heat if self.heat in names else "")

    def first(self, table: Table, count: int) -> tuple[list[Sequence[Any]], int]:
        """Return what stands in the first rows of the grid, and how many rows it has."""
        place = [column.name for column in table.columns].index(self.down)
        rows = list(table.rows)
        sides = list(dict.fromkeys(row[place] for row in rows))
        shown = set(sides[:count])
        return [row for row in rows if row[place] in shown], len(sides)


class Bars(NamedTuple):
    """A picture of a list: a bar beside each row.

    `by` names the column that says what a bar is of, `parts` the columns of numbers that make it,
    one behind another.
    """

    by: str
    parts: tuple[str, ...]


class Curve(NamedTuple):
    """A picture of a list: a line through its rows, from left to right.

    `across` and `up` name the columns of numbers.
    """

    across: str
    up: str


# How bad it is, and the colour that tells it.
Level = Literal["red", "amber"]
LEVELS: tuple[Level, ...] = get_args(Level)


class Alarm(NamedTuple):
    """What is to be seen before the rows, in the colour of its level; the words say it too."""

    level: Level
    text: str


class Table:
    """Columns, rows in the order of the columns, and what there is to say about them.

    `kind` names the table in the JSON envelope. `rows` may be consumed once. `layout` says how a
    screen shows it: a list of rows, a `card` (one row, a line a column, empty ones left out),
    `figures` (the first column names periods, and the others say the same of each; the first row is
    what the others are compared with), or a Pivot. `count` tells how many rows there are in all,
    where the area can say so without reading them. `essential` names the columns that a narrow
    screen shows before others, in this order, and the first so many that it `must` show, folded
    narrower if need be. `keys` name the columns that tell rows apart, by which those of two days
    are laid beside each other. A screen goes without columns of a list that are empty in every row,
    unless no key would be left, or `asked` tells that the reader chose the columns. `picture` is
    what is drawn of the rows, on a screen and on a page. `heads` names tables inside, of one row
    each, that the JSON envelope also holds as objects. `empty` is what a screen says when there
    are no rows. `title` is a heading, `about` the sentence under it. `alarm` stands before the
    rows, and first among the notes for machines. `aloud` are those of the sentences that are also
    told to who takes the rows alone.
    """

    def __init__(  # noqa: PLR0913 - what there is to say of a table, each by its name
        self,
        kind: str,
        columns: tuple[Column, ...],
        rows: Iterable[Sequence[Any]],
        notes: list[str] | None = None,
        *,
        tables: dict[str, Table] | None = None,
        as_of: str | None = None,
        layout: Literal["list", "card", "figures"] | Pivot = "list",
        count: Callable[[], int] | None = None,
        essential: tuple[str, ...] = (),
        must: int = 0,
        keys: tuple[str, ...] = (),
        asked: bool = False,
        picture: Bars | Curve | None = None,
        heads: tuple[str, ...] = (),
        empty: str = "",
        title: str = "",
        about: str = "",
        alarm: Alarm | None = None,
        aloud: list[str] | None = None,
    ) -> None:
        """Take what is told of it; written out, for a dataclass takes a millisecond to make."""
        self.kind = kind
        self.columns = columns
        self.rows = rows
        self.notes = [] if notes is None else notes
        self.tables = {} if tables is None else tables
        self.as_of = as_of
        self.layout = layout
        self.count = count
        self.essential = essential
        self.must = must
        self.keys = keys
        self.asked = asked
        self.picture = picture
        self.heads = heads
        self.empty = empty
        self.title = title
        self.about = about
        self.alarm = alarm
        self.aloud = [] if aloud is None else aloud

    def but(self, **changes: Any) -> Table:
        """Return the same table but for what is changed, by the names of the parts."""
        return Table(**{**vars(self), **changes})


def inside(table: Table) -> Iterator[tuple[str, Table]]:
    """Give the tables in a table, and those in them: `segments` in `rfm` is `rfm_segments`."""
    for name, sub in table.tables.items():
        yield name, sub
        for inner, below in inside(sub):
            yield f"{name}_{inner}", below


def columns(*specs: str) -> tuple[Column, ...]:
    """Make columns from `name` or `name:kind`."""
    made = []
    for spec in specs:
        name, _, kind = spec.partition(":")
        made.append(Column(name, kind or "text"))  # type: ignore[arg-type]  # kinds are literals in our own code, and a test walks them
    return tuple(made)
