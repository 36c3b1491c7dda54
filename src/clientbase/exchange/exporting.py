"""Handing out contacts and sales in the columns that an import reads.

A contact goes out under its external id, where it has one, and under its number, `clientbase_id`:
a base that is new keeps the numbers, so that namesakes of whom nothing else is known stay two.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from clientbase.db.statements import statements
from clientbase.errors import Misuse
from clientbase.exchange import names
from clientbase.exchange.cells import Cache
from clientbase.facts import segments
from clientbase.people import attributes, fields
from clientbase.table import Column, Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.people.fields import Field
    from clientbase.table import Kind, Row

SQL = statements(__file__)

WHO = columns("client_id", "clientbase_id:id", "name", "kind", *attributes.WORK)
ABOUT = columns(
    "birthday:date",
    "sex",
    *attributes.ABOUT,
    "channel",
    "tags:list",
    "note",
    "referred_by_clientbase_id:id",
    "entered_on:date",
)
SALES = columns(
    "client_id",
    "clientbase_id:id",
    "name",
    "phone:phone",
    "email:email",
    "ref",
    "date:date",
    "product",
    "category",
    "quantity:number",
    "price",
    "amount:money",
    "channel",
    "note",
    "sale_discount:money",
    "sale_in_file",
    "refund_of",
)
BUYERS = 75_000  # contacts of a generation that are kept in mind

_KINDS: dict[str, Kind] = {
    "text": "text",
    "number": "number",
    "money": "money",
    "date": "date",
    "yes/no": "flag",
    "choice": "text",
}
_POINTS: dict[str, Kind] = {"phone": "phone", "email": "email"}
_HEADERS = {"other": "other_messenger"}
_NOBODY = (None,) * 5


class _Typed(float):
    """A number that is written as a person would type it, so that it can't be read in two ways."""

    def __str__(self) -> str:
        """Return it without an exponent, and never with three decimals, as thousands have."""
        from decimal import Decimal  # 2 ms for a case that is rare

        text = f"{Decimal(repr(self)):f}"
        return f"{text}0" if text[-4:-3] == "." else text


@dataclass(slots=True)
class Export:
    """A table to hand out, and what of it went out so far."""

    table: Table
    contacts: int = 0
    sales: int = 0
    refunds: int = 0
    voided: int = 0
    whole: bool = False

    def told(self) -> list[str]:
        """Return in sentences what went out; nothing where the reader had enough before the end."""
        if not self.whole:
            return []
        if self.table.kind == "contacts":
            count = self.contacts
            text = ngettext("Exported {count} contact.", "Exported {count} contacts.", count)
            return [Sentence(text, count=grouped(count))]
        one = ngettext("{count} sale", "{count} sales", self.sales)
        other = ngettext("{count} refund", "{count} refunds", self.refunds)
        said: list[str] = [
            Sentence(
                _("Exported {sales} and {refunds}."),
                sales=Sentence(one, count=grouped(self.sales)),
                refunds=Sentence(other, count=grouped(self.refunds)),
            )
        ]
        if self.voided:
            count = self.voided
            text = ngettext(
                "{count} voided one was left out.", "{count} voided ones were left out.", count
            )
            said.append(Sentence(text, count=grouped(count)))
        return said


@contextlib.contextmanager
def snapshot(base: Base) -> Iterator[Base]:
    """Hold the base as it is now, for as long as rows are read, whoever writes to it meanwhile."""
    base.execute(SQL["begin"])
    try:
        yield base
    finally:
        base.execute(SQL["end"])


def contacts(base: Base) -> Export:
    """Return every contact with all that is kept of it, by number, for the format of a table.

    There are as many columns of phones, e-mails and messengers as the base needs, and one of each
    custom field under its name.
    """
    own = fields.all_fields(base)
    most = {"phone": 1, "email": 1, **dict(base.execute(SQL["most_points"]).fetchall())}
    reach = [(kind, n) for kind in names.SEVERAL for n in range(1, most.get(kind, 0) + 1)]
    headers = (
        *WHO,
        *(Column(_header(*each), _POINTS.get(each[0], "text")) for each in reach),
        *ABOUT,
        *(Column(names.own(field.name), _KINDS[field.type]) for field in own),
    )
    export = Export(Table("contacts", headers, ()))
    export.table.rows = _contact_rows(base, export, reach, own)
    export.table.count = lambda: int(base.one(SQL["count_contacts"]))
    return export


def segment(base: Base, name: str, today: date, *, way: str | None = None) -> Export:
    """Return who is in a segment, as the list of contacts shows them.

    With a way: those who may be reached by it. Raises as `members` does.
    """
    export = Export(segments.members(base, name, today, way=way))

    def rows(found: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for row in found:
            export.contacts += 1
            yield row
        export.whole = True

    export.table.rows = rows(export.table.rows)
    return export


def sales(base: Base, since: date | None, until: date | None) -> Export:
    """Return the sales, then the refunds, of a period whose first and last day are included.

    Each line is a row, in the order in which they were recorded; what is void is left out. Raises
    Misuse where the period ends before it begins.
    """
    if since and until and since > until:
        raise Misuse(
            Sentence(
                _("the period ends on {until}, before it begins on {since}"),
                until=until,
                since=since,
            ),
            hint=_("--from is its first day, --to its last"),
        )
    days = {
        "since": since.isoformat() if since else "",
        "until": until.isoformat() if until else "9999",
    }
    export = Export(Table("sales", SALES, ()), voided=int(base.one(SQL["voided"], days)))
    export.table.rows = _sale_rows(base, export, days)
    return export


def _header(kind: str, number: int) -> str:
    name = _HEADERS.get(kind, kind)
    return name if number == 1 else f"{name}{number}"


class _Beside:
    """Rows of another statement, their first cell the contact, handed out as the contacts come."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, contact: int) -> list[tuple[Any, ...]]:
        """Return the rows of a contact, of a higher number at each call."""
        if self._next is None or self._next[0] != contact:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found


def _contact_rows(
    base: Base, export: Export, reach: Sequence[tuple[str, int]], own: Sequence[Field]
) -> Iterator[Row]:
    first = {kind: place for place, (kind, number) in enumerate(reach) if number == 1}
    places = {field.id: place for place, field in enumerate(own)}
    beside = (_Beside(base.execute(SQL[name])) for name in ("points", "tags", "values"))
    points, tags, values = beside
    for number, external_id, *core in base.execute(SQL["contacts"]):
        reached: list[str | None] = [None] * len(reach)
        free = first.copy()
        for _contact, point, text in points.of(number):
            reached[free[point]] = text
            free[point] += 1
        valued: list[Any] = [None] * len(own)
        for _contact, field, value in values.of(number):
            valued[places[field]] = _Typed(value) if type(value) is float else value
        tagged = [tag for _contact, tag in tags.of(number)] or None
        export.contacts += 1
        yield (
            external_id, number, *core[:4], *reached, *core[4:14], tagged, *core[14:], *valued,
        )  # fmt: skip
    export.whole = True


def _sale_rows(base: Base, export: Export, days: dict[str, str]) -> Iterator[Row]:
    buyer = Cache(_buyers(base), BUYERS).__getitem__
    for name in ("sales", "refunds"):
        count = 0
        for _number, group in groupby(base.execute(SQL[name], days), itemgetter(0)):
            lines = list(group)
            line = lines[0]
            who = buyer(line[1])
            if len(lines) == 1 and line[8] == line[14] and type(line[6]) is not float:
                yield who + line[2:14]
            else:
                yield from _rows_of(who, lines)
            count += 1
        setattr(export, name, count)
    export.whole = True


def _buyers(base: Base) -> Callable[[int | None], Row]:
    sql = SQL["buyer"]
    return lambda contact: base.execute(sql, {"contact": contact}).fetchone() or _NOBODY


def _rows_of(who: Row, lines: list[Row]) -> Iterator[Row]:
    """Yield the rows of a sale or a refund: its lines, and what they leave of the whole amount."""
    ref, day = lines[0][2:4]
    channel, note, discount, mark, refund_of, whole = lines[0][9:]
    rows: list[Row] = [
        (*line[4:6], _Typed(line[6]) if type(line[6]) is float else line[6], *line[7:9])
        for line in lines
    ]
    if rest := whole - sum(row[4] for row in rows):
        rows.append((None, None, None, None, rest))
    for row in rows:
        yield (*who, ref, day, *row, channel, note, discount, mark, refund_of)
        note = discount = None  # the first row says it
