"""What one run of the program knows: the base, the day, who, and where the output goes."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, TextIO, cast

from clientbase import clock
from clientbase.cli.output import Unwritten, hush, replacing, unwritable, width
from clientbase.errors import Misuse
from clientbase.normal import shown
from clientbase.words import Sentence, _, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    import typer

    from clientbase.db.connection import Base
    from clientbase.db.journal import Act
    from clientbase.render import Look
    from clientbase.table import Table

# How many rows a list shows on a terminal where nobody said.
SCREENFUL = 50
# Formats in which notes have no place.
ROWS_ALONE = frozenset({"jsonl", "csv", "tsv"})
# Formats that draw a grid; in the others a row is one cell of it.
GRIDS = frozenset({"table", "html"})


class Wish:
    """What the common options of a command ask for."""

    format: str | None = None
    output: str | None = None
    quiet: bool = False
    limit: int | None = None
    sort: str | None = None
    columns: str | None = None
    table: str = ""
    summary: bool = False


class Session:
    """One run of the program. `db` is what was typed after --db.

    `kept` tells that something was written to the base for good, and `unshown` why the output of
    that could not be written: what is said beside it is said all the same.
    """

    command: str = ""
    kept: bool = False
    unshown: Unwritten | None = None
    is_report: bool = False

    def __init__(self, db: str | None = None) -> None:
        """Begin with nothing wished and no base opened."""
        self.db = db
        self.wish = Wish()
        self._base: Base | None = None

    @property
    def path(self) -> Path:
        """Where the base is: --db, $CLIENTBASE_DB, else the platform's folder for data."""
        asked = os.environ.get("CLIENTBASE_DB") if self.db is None else self.db or os.curdir
        if asked:
            return Path(asked)
        import platformdirs

        return Path(platformdirs.user_data_dir("clientbase", appauthor=False)) / "clientbase.db"

    @property
    def base(self) -> Base:
        """The base, opened when it is first needed."""
        if self._base is None:
            from clientbase.db.connection import connect

            self._base = connect(self.path)
            self._base.on_wait = self._say_waiting
        return self._base

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with the base, as far as it was opened at all."""
        from clientbase.db.trouble import sound

        return self._base is None or sound(self._base)

    def adopt(self, base: Base) -> None:
        """Go on with a base that was made just now."""
        self._base, self.kept = base, True

    @property
    def today(self) -> date:
        """The day, as the machine or $CLIENTBASE_TODAY has it."""
        return clock.today(os.environ)

    @property
    def country(self) -> str:
        """The country of the base, by which phones and dates are read."""
        from clientbase.db import settings

        return str(settings.get(self.base, "country"))

    def day(self, text: str | None, *, lean: clock.Lean = "past") -> date:
        """Read a day that was typed; nothing typed is today."""
        if text is None:
            return self.today
        return clock.read_day(text, self.today, self.country, lean=lean)

    @property
    def act(self) -> Act:
        """Who does what and when, for the journal."""
        from clientbase.db.journal import Act

        return Act(self.command, who(), clock.now())

    @contextlib.contextmanager
    def writing(self, *, dry_run: bool = False, derived: bool = False) -> Iterator[Base]:
        """Open the one transaction of this command; a dry run takes everything back.

        What is `derived` from what was there nobody asked to be kept.
        """
        from clientbase.db import journal

        with journal.write(self.base, self.act, dry_run=dry_run) as operation:
            yield self.base
        self.kept = self.kept or (not derived and journal.kept(self.base, operation))

    @contextlib.contextmanager
    def reading(self) -> Iterator[Base]:
        """Read the base as it is now: who writes beside it changes no part of a report."""
        self.base.snapshot()
        try:
            yield self.base
        finally:
            self.base.rollback()
            self.base.cache.clear()  # what was kept of that moment

    def close(self) -> None:
        """Close the base, which brings the rows from its log into the file."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def say(self, *sentences: str) -> None:
        """Talk to the person, beside the data: on standard error, unless told to be quiet."""
        if not self.wish.quiet or self.unshown:
            talk(*map(self.worded, sentences))

    def worded(self, text: str) -> str:
        """Return a text as a person reads it: what is in a Sentence as the country writes it."""
        if text.__class__ is not Sentence:
            return text
        from clientbase.country import dress

        currency, country = self._money_and_country()
        return dress(country, currency).text(text)

    def _say_waiting(self) -> None:
        self.say(_("Another command is writing to the base; waiting for it to end."))

    def show(self, table: Table) -> None:
        """Write a table in the wished format to standard output or to the wished file.

        Where that fails behind something that is kept, the command goes on to say what it did,
        and ends with the reason.
        """
        shaped = self._shape(self._picked(table))
        try:
            self._put(shaped)
        except Unwritten as error:
            if not self.kept:
                raise
            self.unshown = error
        if self.format in ROWS_ALONE:
            self.say(*([shaped.alarm.text] if shaped.alarm else []), *shaped.aloud)

    def _put(self, table: Table) -> None:
        if self.wish.output in (None, "-"):
            self._print(table)
            return
        with replacing(Path(str(self.wish.output))) as stream:
            self._write(table, stream)

    def _print(self, table: Table) -> None:
        if sys.stdout is None:  # started with its standard output closed
            raise unwritable(_("it is closed"))
        try:
            self._write(table, sys.stdout)
            sys.stdout.flush()
        except BrokenPipeError:  # `| head` has seen enough
            hush()
        except OSError as error:
            hush()
            raise unwritable(str(error.strerror)) from error

    def _write(self, table: Table, stream: IO[str]) -> None:
        from clientbase import render

        render.write(
            table,
            self.format,
            cast("TextIO", stream),
            self.look(stream),
            summary=self.wish.summary,
        )

    @property
    def format(self) -> str:
        """The wished format: asked for by name, by the file's ending, or a table."""
        from clientbase.render import EXTENSIONS

        ending = Path(self.wish.output or "").suffix.lower()
        return self.wish.format or EXTENSIONS.get(ending, "table")

    @property
    def unwatched(self) -> bool:
        """Whether what a person shall read goes to no terminal: cron mails what it gets."""
        return self.format == "table" and not self._on_terminal()

    def _on_terminal(self) -> bool:
        return (
            self.format == "table"
            and self.wish.output in (None, "-")
            and sys.stdout is not None
            and sys.stdout.isatty()
        )

    def look(self, stream: IO[str]) -> Look:
        """Return what the renderer has to know to write to a stream."""
        from clientbase.render import Look

        terminal = self._on_terminal() and stream is sys.stdout
        plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
        currency, country = self._money_and_country()
        return Look(
            currency=currency,
            country=country,
            width=width(stream) if terminal else None,
            rich=terminal,
            colour=terminal and not plain,
            today=self.today.isoformat() if terminal else "",
        )

    def look_beside(self) -> Look:
        """Return what the renderer has to know to write a table that goes with an error."""
        look = self.look(sys.stderr)
        if sys.stderr is None or not sys.stderr.isatty():
            return look
        return look.but(rich=True, width=width(sys.stderr), options=False)

    def _money_and_country(self) -> tuple[str, str]:
        if self._base is None:
            return "", ""
        from clientbase.db import settings

        values = settings.read(self._base)
        return values["currency"], values["country"]

    def _picked(self, table: Table) -> Table:
        """Return the table that --table names; a summary is of the whole report alone."""
        if not self.wish.table:
            return table
        from clientbase.render import chosen

        self.wish.summary = self.wish.summary and self.wish.table == table.kind
        return chosen(table, self.wish.table)

    def _shape(self, table: Table) -> Table:
        """Sort, cut and choose columns as the options of a list wish."""
        seen = self._on_terminal() or (self.is_report and self.format == "html")
        if seen and table.tables and self.wish.limit is None:
            table = table.but(tables={n: _short(n, t) for n, t in table.tables.items()})
        if self.wish.summary:  # the list is left out, and need not be read
            return table
        shaped = table
        if self.wish.sort:
            shaped = _sorted(shaped, self.wish.sort)
        limit = self.wish.limit
        if limit is None and seen and table.layout == "list":
            limit = SCREENFUL
        if self.wish.columns:
            shaped = _chosen(shaped, self.wish.columns)
        return self._cut(shaped, limit) if limit else shaped

    def _cut(self, table: Table, limit: int) -> Table:
        if self.format in GRIDS and not isinstance(table.layout, str):
            shown, total = table.layout.first(table, limit)
        else:
            rows = iter(table.rows)
            shown = list(itertools.islice(rows, min(limit, sys.maxsize)))
            total = len(shown)
            if total == limit:
                total = table.count() if table.count else limit + sum(1 for _row in rows)
        if total > limit:
            told = Sentence(
                _("Shown: {shown} of {total}; --limit 0 shows all."),
                shown=grouped(limit),
                total=grouped(total),
            )
            self.say(told)
            if self.format == "html":
                table = table.but(notes=[told, *table.notes])
        return table.but(rows=shown, count=None)


def _short(name: str, table: Table) -> Table:
    """Return a table inside of another with the first of its rows, where a screen shows a list."""
    from clientbase.table import Curve

    if table.tables:
        inner = {n: _short(f"{name}_{n}", t) for n, t in table.tables.items()}
        table = table.but(tables=inner)
    if table.layout != "list" or isinstance(table.picture, Curve):
        return table
    rows = list(table.rows)
    if len(rows) > SCREENFUL:
        told = _("Shown: {shown} of {total}; --table {name} --limit 0 shows all.")
        counts = {"shown": grouped(SCREENFUL), "total": grouped(len(rows))}
        table = table.but(notes=[Sentence(told, name=name, **counts), *table.notes])
    return table.but(rows=rows[:SCREENFUL])


def session(ctx: typer.Context) -> Session:
    """Return the session of this run."""
    return cast("Session", ctx.obj)


def who() -> str:
    """Return who runs the program: $CLIENTBASE_USER, else the login name."""
    asked = os.environ.get("CLIENTBASE_USER") or os.environ.get("LOGNAME")
    if asked:
        return asked
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def talk(*sentences: str) -> None:
    """Write sentences to standard error; nobody listening is no trouble."""
    from clientbase.normal import visible

    if sys.stderr is None:  # started with its standard error closed
        return
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write("".join(f"{visible(sentence)}\n" for sentence in sentences))
        sys.stderr.flush()


def _index(table: Table, name: str) -> int:
    names = [column.name for column in table.columns]
    if name in names:
        return names.index(name)
    raise Misuse(
        _("there is no column {name} here").format(name=shown(name)),
        hint=_("the columns are: {names}").format(names=", ".join(names)),
    )


def _sorted(table: Table, wish: str) -> Table:
    """Sort by a column, downwards with a minus before its name; empty cells come last."""
    from clientbase.normal import fold

    place = _index(table, wish.lstrip("-"))

    def key(row: Sequence[object]) -> tuple[str, float]:
        value = row[place]
        return ("", value) if isinstance(value, int | float) else (fold(str(value)), 0.0)

    rows = list(table.rows)
    filled = [row for row in rows if row[place] is not None]
    empty = [row for row in rows if row[place] is None]
    filled.sort(key=key, reverse=wish.startswith("-"))
    # A grid has its own order: sorted by something else its sides would be out of theirs.
    layout = table.layout if isinstance(table.layout, str) else "list"
    return table.but(rows=filled + empty, layout=layout)


def _chosen(table: Table, wish: str) -> Table:
    places = [_index(table, name.strip()) for name in wish.split(",")]
    chosen = tuple(table.columns[place] for place in places)
    rows = (tuple(row[place] for place in places) for row in table.rows)
    layout = table.layout if isinstance(table.layout, str) else table.layout.of(chosen)
    if layout == "figures" and places[0]:  # without the names of the periods they are a list
        layout = "list"
    return table.but(columns=chosen, rows=rows, layout=layout, asked=True)
