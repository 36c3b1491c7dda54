"""Who a row speaks of: the cells about a person, read once for each distinct set of them."""

from __future__ import annotations

from string import ascii_letters
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.emails import email
from clientbase.errors import Refused
from clientbase.exchange import cells
from clientbase.exchange.fingerprints import fingerprint
from clientbase.normal import fold, refuse_control
from clientbase.people import points
from clientbase.people.attributes import LONGEST_NAME
from clientbase.people.points import Point
from clientbase.phones import phone, phones
from clientbase.spreadsheet import unguard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from clientbase.exchange.columns import Mapping

# What tells namesakes apart: does the row, or the contact, have a phone, an e-mail, an id.
PHONE, EMAIL, OWN_ID = 1, 2, 4
UNTOLD = "?"  # begins the key of a point by which nobody is recognised
_TELLS = {"phone": PHONE, "email": EMAIL}
# A cell that begins like this is guarded by nothing.
_PLAIN_STARTS = frozenset(" +(0123456789" + ascii_letters)


class Fault(NamedTuple):
    """A cell that is wrong: its field, its text, and why."""

    field: str
    value: str
    reason: str


class Person:
    """What a row says of somebody; without a name it is nobody.

    `contact` is the number in the base once it is known, and what was said is dropped then.
    `given` stands in the place of a name, `named` tells whether it is one, `mark` knows all that
    tells this person from others, `tells` counts what tells from namesakes, `keys` are what the
    points are found by, `said` is the text of the cells.
    """

    __slots__ = (
        "contact", "details", "faults", "given", "key", "keys", "mark", "name", "named", "number",
        "own_id", "points", "said", "tells", "unchecked",
    )  # fmt: skip

    def __init__(self) -> None:
        """Begin with nobody."""
        self.contact: int | None = None
        self.own_id: str | None = None
        self.name = self.given = ""
        self.named = False
        self.key = ""
        self.number: int | None = None
        self.points: tuple[Point, ...] = ()
        self.keys: tuple[str, ...] = ()
        self.details: dict[str, Any] | None = None
        self.mark = 0
        self.said = ""
        self.tells = 0
        self.faults: tuple[Fault, ...] = ()
        self.unchecked: tuple[Fault, ...] = ()

    def settle(self, contact: int) -> None:
        """Take the number of the contact; what was said is needed no more."""
        self.contact = contact
        self.points, self.keys, self.details, self.key, self.unchecked = (), (), None, "", ()

    def pairs(self) -> Iterable[tuple[Point, str]]:
        """Return the points with their keys, each once."""
        pairs = zip(self.points, self.keys, strict=True)
        return dict.fromkeys(pairs) if len(self.points) > 1 else pairs


def free_key(key: str) -> str:
    """Return the key of a phone or an e-mail among contacts without an external id."""
    return key[0].upper() + key[1:]


class Persons:
    """Reads the cells about a person of a row."""

    def __init__(self, mapping: Mapping, country: str, *, lenient: bool) -> None:
        """Take the columns and the country of phones; `lenient` keeps a wrong phone or e-mail.

        `faulty` tells whether a cell was ever wrong.
        """
        self.country = country
        self.lenient = lenient
        self.faulty = False
        name = cells.text(LONGEST_NAME)
        readers: dict[str, Callable[[str], str]] = {
            "client_id": cells.identifier,
            "name": name,
            "first_name": name,
            "last_name": name,
            "clientbase_id": cells.identifier,
        }
        self.texts = [(field, read) for field, read in readers.items() if field in mapping]
        self.points = [
            (each, kind) for kind in ("phone", "email") for each in mapping.several(kind)
        ]
        fields = [field for field, _reader in (*self.texts, *self.points)]
        self.places = [mapping.places[field] for field in fields]

    def read_joined(self, text: str) -> Person:
        """Read the cells, in the order of `places`, joined by U+001F.

        That sign in a cell makes cells too many, and the row is bad for it.
        """
        row = text.split("\x1f")
        if len(row) > len(self.places):
            refuse_control(text)
        person = self.read(row)
        person.said = text
        return person

    def read(self, row: Sequence[str]) -> Person:
        """Read the cells, in the order of `places`; what is wrong is in the person's faults."""
        person = Person()
        place = 0
        name = ""
        for field, read in self.texts:
            cell = row[place] if row else ""
            place += 1
            if cell:
                name = self._text(person, name, field, read, cell)
        for field, kind in self.points:
            cell = row[place] if row else ""
            place += 1
            if cell and not cell.isspace():
                try:
                    person.points += (self._point(kind, cell),)
                except Refused as error:
                    self._odd_point(person, kind, Fault(field, cell, error.message))
        self.finish(person, name)
        return person

    def _text(
        self, person: Person, name: str, field: str, read: Callable[[str], str], cell: str
    ) -> str:
        """Read an id, or a name or a part of it; return the name so far."""
        try:
            text = read(cell)
        except Refused as error:
            self._fault(person, Fault(field, cell, error.message))
            return name
        if field == "client_id":
            person.own_id = text or None
        elif field == "clientbase_id":
            person.number = int(text) if text.isdecimal() else None
        else:
            return f"{name} {text}" if name and text else name or text
        return name

    def _fault(self, person: Person, fault: Fault) -> None:
        person.faults = (*person.faults, fault)
        self.faulty = True

    def _point(self, kind: str, cell: str) -> Point:
        """Read a phone or an e-mail as `points.read` does; what is common is made at once."""
        if cell[0] not in _PLAIN_STARTS or not cell.isascii() or not cell.isprintable():
            return points.read(kind, unguard(cell), self.country)
        if kind == "email":
            address = email(cell)
            return Point(kind, address.typed, address.address, address.key)
        number = phone(cell, self.country)
        if number.extension or "  " in number.typed:
            return points.read(kind, cell, self.country)
        return Point(kind, number.typed, number.e164, number.e164)

    def _odd_point(self, person: Person, kind: str, fault: Fault) -> None:
        """Read several phones of a cell; keep what is wrong where that is wished."""
        cell = unguard(fault.value)
        try:
            if kind == "phone":
                found = [each.typed for each in phones(cell, self.country)]
                person.points += tuple(points.read(kind, one, self.country) for one in found)
                return
        except Refused:
            pass
        if not self.lenient:
            self._fault(person, fault)
            return
        try:
            person.points += (points.read(kind, cell, self.country, unchecked=True),)
            person.unchecked = (*person.unchecked, fault)
        except Refused as worse:
            self._fault(person, fault._replace(reason=worse.message))

    @staticmethod
    def finish(person: Person, name: str) -> None:
        """Name who has no name, and note what tells this person from others in a file.

        An id, a phone or an e-mail in the place of a name is none.
        """
        person.name = person.given = name
        person.named = bool(name) and name != person.own_id
        person.key = fold(name)
        tells = OWN_ID if person.own_id else 0
        keys = []
        for kind, typed, shown, canonical, extension, checked in person.points:
            if name in (typed, shown):
                person.named = False
            told = _TELLS.get(kind) if checked else None
            if told:
                tells |= told
                keys.append(f"{kind[0]}{canonical};{extension}")
            else:
                keys.append(f"{UNTOLD}{kind}{canonical};{extension}")
        person.keys = tuple(keys)
        person.mark = fingerprint("\x1e".join((person.own_id or "", person.key, *keys)))
        person.tells = tells
        if not name:
            telling = [point.shown for point in person.points if point.checked or point.tells]
            person.name = person.own_id or next(iter(telling), "")
            person.key = fold(person.name)


def same(one: Person, other: Person) -> bool:
    """Say whether two sets of cells, neither settled, may speak of one person.

    Ids decide where both have one; else nothing that both have may differ without something
    else that both have being equal.
    """
    if one.own_id and other.own_id:
        return one.own_id == other.own_id
    compared = [one.key == other.key] if one.named and other.named else []
    for kind in ("phone", "email"):
        mine = {point.canonical for point in one.points if point.kind == kind}
        theirs = {point.canonical for point in other.points if point.kind == kind}
        if mine and theirs:
            compared.append(bool(mine & theirs))
    return any(compared) or not compared
