"""Several contacts at once: WHO lines, or a list as our own commands print it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.errors import Ambiguous, ClientbaseError, Misuse, NotFound, Refused
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
    """One WHO and the line, from 1, in which it stands.

    `before` tells what its column holds, in the way of WHO: `id:` or `no:`.
    """

    number: int
    who: str
    before: str = ""


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

    The text may be CSV, TSV, JSON or JSON lines, with a header or keys that our own lists have. A
    part of a name is not enough here. Raises Refused, with every line that names nobody or several.
    """
    found: dict[int, int] = {}
    wrong: list[tuple[int, str, str]] = []
    count = 0
    for line in read(text):
        count += 1
        try:
            found.setdefault(_contact(base, line), line.number)
        except ClientbaseError as error:
            wrong.append((line.number, shown(line.who), _reason(error)))
    if wrong:
        raise _unusable(wrong, count)
    return Named(found)


def _contact(base: Base, line: Line) -> int:
    if line.before == SURE and not line.who.isdecimal():
        raise NotFound(_("there is no contact {number}").format(number=shown(line.who)))
    return resolve(base, line.before + line.who if line.who else "", exact=True)


def read(text: str) -> list[Line]:
    """Return the WHO of each line. Raises Refused where there is not a single line."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise Refused(
            _("nobody is named on standard input: it is empty"),
            hint=_("give a WHO a line, or a list: clientbase contact list --format csv | ..."),
        )
    first = text.strip().partition("\n")[0].strip()
    if first.startswith(("{", "[")):
        rows = _in_one_piece(text)
        if rows is not None:
            return [_line_of(number, row) for number, row in rows]
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
            yield Line(number, value, before if value else "")
    except csv.Error as error:
        told = _("it is far too long, or no line of a table")
        raise _unreadable(reader.line_num, told) from error


def _from_json(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _unreadable(number, _("it is no JSON object")) from error
        yield _line_of(number, row)


def _line_of(number: int, row: Any) -> Line:
    """Return whom an object names."""
    place = _place(list(row)) if isinstance(row, dict) else None
    if place is None:
        raise _unreadable(number, _("it has no contact_id"))
    value = list(row.values())[place[0]]
    return Line(number, "" if value is None else f"{value}", place[1])


def _in_one_piece(text: str) -> list[tuple[int, Any]] | None:
    """Return the rows of our --format json, or of an array, each with the line it begins in.

    None for what is no JSON in one piece, such as JSON lines. Raises Refused for JSON of another
    kind, unless it is one line.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return None
    begins = re.search(r'"rows"\s*:\s*\[' if isinstance(whole, dict) else r"\[", text)
    rows = whole.get("rows") if isinstance(whole, dict) else whole
    if begins is None or not isinstance(rows, list):
        if "\n" not in text.strip():
            return None
        raise Refused(
            _("this is one JSON object, and it has no rows"),
            hint=_("give a WHO a line, or one of --format csv, tsv and jsonl of a list"),
        )
    found: list[tuple[int, Any]] = []
    decoder, place, line = json.JSONDecoder(), begins.end(), 1 + text.count("\n", 0, begins.end())
    for _row in rows:
        while text[place] in ", \t\r\n":
            line += text[place] == "\n"
            place += 1
        row, end = decoder.raw_decode(text, place)
        found.append((line, row))
        line += text.count("\n", place, end)
        place = end
    return found


def _reason(error: ClientbaseError) -> str:
    if not isinstance(error, Ambiguous) or error.table is None:
        return error.message
    numbers = ", ".join(str(row[0]) for row in error.table.rows)
    return f"{error.message}: {numbers}"


def _unreadable(line: int, reason: str) -> Misuse:
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
