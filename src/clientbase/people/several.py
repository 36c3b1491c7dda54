"""Several contacts at once: WHO lines, or a list as our own commands print it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.errors import Ambiguous, ClientbaseError, Misuse, Refused
from clientbase.normal import shown
from clientbase.people.resolving import SURE, resolve
from clientbase.spreadsheet import unguard
from clientbase.table import Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clientbase.db.connection import Base

# The columns by which a list with a header may name somebody, the surest first, and what stands
# before their values.
_COLUMNS = {
    "contact_id": SURE,
    "clientbase_id": SURE,
    "external_id": "id:",
    "client_id": "id:",
    "phone": "",
    "email": "",
    "name": "",
}
_DELIMITERS = "\t,;"


class Line(NamedTuple):
    """One WHO and the line, from 1, in which it stands."""

    number: int
    who: str


class Named(NamedTuple):
    """Contacts in the order in which they were named, each with the line that named it first.

    `many` tells that they came as lines, if only one.
    """

    lines: dict[int, int]
    many: bool = True

    @property
    def contacts(self) -> list[int]:
        """The contacts alone."""
        return list(self.lines)

    def each(self, act: Callable[[int], Any]) -> None:
        """Do something with each contact; what is wrong with one is told with its line."""
        for contact, line in self.lines.items():
            try:
                act(contact)
            except ClientbaseError as error:
                if self.many:
                    error.message = Sentence(
                        _("line {line}, contact {contact}: {message}"),
                        line=line,
                        contact=contact,
                        message=error.message,
                    )
                raise


def one(base: Base, who: str) -> Named:
    """Return the one contact that WHO means. Raises as `resolve` does."""
    return Named({resolve(base, who): 1}, many=False)


def named(base: Base, text: str) -> Named:
    """Return the contacts that a text names, a WHO a line, each once; empty lines are passed.

    The text may be CSV, TSV or JSON lines with a header or keys that our own lists have. A part
    of a name is not enough here. Raises Refused, with every line that names nobody or several.
    """
    found: dict[int, int] = {}
    wrong: list[tuple[int, str, str]] = []
    count = 0
    for line in read(text):
        count += 1
        try:
            found.setdefault(resolve(base, line.who, exact=True), line.number)
        except ClientbaseError as error:
            wrong.append((line.number, shown(line.who), _reason(error)))
    if wrong:
        raise _unusable(wrong, count)
    return Named(found)


def read(text: str) -> list[Line]:
    """Return the WHO of each line. Raises Refused where there is not a single line."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise Refused(
            _("nobody is named on standard input: it is empty"),
            hint=_("give a WHO a line, or a list: clientbase contact list --format csv | ..."),
        )
    first = text.strip().partition("\n")[0].strip()
    if first.startswith("{"):
        return list(_from_json(text))
    for delimiter in _DELIMITERS:
        place = _place([cell.strip('" ').lower() for cell in first.split(delimiter)])
        if place:
            return list(_from_columns(text, delimiter, *place))
    lines = enumerate(text.split("\n"), start=1)
    return [Line(number, who) for number, line in lines if (who := line.partition("\t")[0].strip())]


def _place(header: list[str]) -> tuple[int, str] | None:
    """Return at which place a header has the surest of the columns, and what goes before it."""
    for name, before in _COLUMNS.items():
        if name in header:
            return header.index(name), before
    return None


def _from_columns(text: str, delimiter: str, place: int, before: str) -> Iterator[Line]:
    import csv
    from io import StringIO

    # A lone column may be of a CSV, whose cells are quoted where they hold a comma.
    escaped = delimiter == "\t" and delimiter in text
    reader = csv.reader(
        StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_NONE if escaped else csv.QUOTE_MINIMAL,
    )
    begins = 1
    header = True
    try:
        for cells in reader:
            number, begins = begins, reader.line_num + 1
            if header or not any(cell.strip() for cell in cells):
                header = header and not cells
                continue
            value = unguard(cells[place]).strip() if place < len(cells) else ""
            yield Line(number, before + value if value else "")
    except csv.Error as error:
        raise _unreadable(reader.line_num, error) from error


def _from_json(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _unreadable(number, error) from error
        place = _place(list(row)) if isinstance(row, dict) else None
        if place is None:
            raise _unreadable(number, _("it has no contact_id"))
        value = list(row.values())[place[0]]
        yield Line(number, "" if value is None else f"{place[1]}{value}")


def _reason(error: ClientbaseError) -> str:
    if not isinstance(error, Ambiguous) or error.table is None:
        return error.message
    numbers = ", ".join(str(row[0]) for row in error.table.rows)
    return f"{error.message}: {numbers}"


def _unreadable(line: int, reason: object) -> Misuse:
    return Misuse(
        _("line {line} of standard input can't be read: {reason}").format(line=line, reason=reason),
        hint=_("give a WHO a line, or one of --format csv, tsv and jsonl of a list"),
    )


def _unusable(wrong: list[tuple[int, str, str]], count: int) -> Refused:
    told = ngettext(
        "{wrong} of {count} line can't be used; nothing is changed",
        "{wrong} of {count} lines can't be used; nothing is changed",
        count,
    )
    return Refused(
        Sentence(told, wrong=grouped(len(wrong)), count=grouped(count)),
        hint=_("mend or leave out these lines; look with: clientbase contact find TEXT"),
        table=Table("bad_lines", columns("line:number", "who", "reason"), wrong),
    )
