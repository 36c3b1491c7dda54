"""What the rows of a file of contacts say: each cell read, each wrong one told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientbase import clock, messengers
from clientbase.db import settings
from clientbase.errors import Refused
from clientbase.exchange import cells
from clientbase.exchange.cells import Bad, Cache
from clientbase.exchange.persons import Fault, Person, Persons
from clientbase.exchange.problems import Problem
from clientbase.exchange.rows import Rows
from clientbase.normal import LONGEST_NOTE, clean_text, fold, shown
from clientbase.people import attributes, fields, points, tags
from clientbase.people.contacts import NewContact
from clientbase.spreadsheet import unguard
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clientbase.db.connection import Base
    from clientbase.exchange.plan import Plan
    from clientbase.exchange.problems import Problems
    from clientbase.exchange.reading import Batch

# Attributes that the rules of people read; the others need what was found out about the file.
_ATTRIBUTES = (*attributes.WORK, *attributes.ABOUT, "channel", "note")
_PERSONS = frozenset({"person", "человек", "физлицо", "физическое лицо"})
_ORGANISATIONS = frozenset(
    {
        "organisation",
        "organization",
        "company",
        "организация",
        "компания",
        "юрлицо",
        "юридическое лицо",
    }
)
_PARTS = re.compile(f"[{''.join(tags.APART)}\n]")
_YEARLESS = re.compile(r"--\d{2}-\d{2}|\d{1,2}[-./]\d{1,2}\.?")


@dataclass(slots=True)
class Entry:
    """One good row: who it speaks of, and what is kept beside the contact's own row."""

    line: int
    person: Person
    tags: tuple[str, ...]
    values: list[tuple[int, Any]]
    referred_by: int | None


class ContactRows:
    """Reads rows of contacts."""

    def __init__(self, base: Base, plan: Plan, problems: Problems) -> None:
        """Take the base, what was found out about the file, and where wrong cells go."""
        self.base = base
        self.plan = plan
        self.mapping = plan.mapping
        self.problems = problems
        self.rows = Rows(plan.mapping, problems, "")
        self.persons = Persons(plan.mapping, plan.country, lenient=plan.wish.unchecked)
        self.other_sexes = 0
        own = {field.name: field for field in fields.all_fields(base)}
        self.custom = [(own[name], place) for name, place in plan.mapping.custom.items()]
        self.messengers = [
            (name, kind) for kind in messengers.KINDS for name in plan.mapping.several(kind)
        ]
        readers: dict[str, Callable[[str], dict[str, Any]]] = {
            **{name: self._attribute(name) for name in _ATTRIBUTES},
            "kind": lambda cell: {"kind": _kind(cell)},
            "birthday": lambda cell: {"birthday": self._birthday(cell)},
            "sex": self._sex,
            "entered_on": lambda cell: {"entered_on": plan.days.past(cell)},
        }
        self.readers = {
            name: Cache(read, 5_000) for name, read in readers.items() if name in plan.mapping
        }

    def read(self, batch: Batch) -> Iterator[Entry]:
        """Yield what the good rows of a batch say."""
        lines, rows = self.rows.even(batch)
        for line, row in zip(lines, rows, strict=True):
            entry, faults = self._read(line, row)
            if not faults:
                yield entry
            elif not self.rows.aside(line, row):
                for field, value, reason in faults:
                    header = self.mapping.header(field)
                    self.problems.add(Problem(line, header, value, reason))

    def _read(self, line: int, row: Sequence[str]) -> tuple[Entry, list[Fault]]:
        places = self.mapping.places
        person = self.persons.read([row[place] for place in self.persons.places])
        faults = list(person.faults)
        details: dict[str, Any] = {"entered_on": self.plan.today.isoformat()}
        for name, cache in self.readers.items():
            cell = row[places[name]]
            if cell and not cell.isspace():
                found = cache[cell]
                if type(found) is Bad:
                    faults.append(Fault(name, cell, found.reason))
                else:
                    details |= found
        person.details = details
        for name, kind in self.messengers:
            self._messenger(person, kind, name, row[places[name]], faults)
        self._name(person, row, faults)
        entry = Entry(line, person, self._tags(row, faults), [], self._referrer(row))
        entry.values = self._values(row, faults)
        return entry, faults

    def _name(self, person: Person, row: Sequence[str], faults: list[Fault]) -> None:
        """Call an organisation by its name; who has no name at all is nobody."""
        organisation = (person.details or {}).get("organisation")
        if not person.given and organisation:
            self.persons.finish(person, organisation)
            person.details = {**(person.details or {}), "kind": "organisation"}
            del person.details["organisation"], person.details["organisation_key"]
        elif person.points:
            self.persons.finish(person, person.given)
        if not person.name and not faults:
            said = " | ".join(filter(None, row))
            faults.append(Fault("name", said, _("there is nobody in this row")))

    def _attribute(self, name: str) -> Callable[[str], dict[str, Any]]:
        values = NewContact(None)._asdict()
        one_line = cells.text(LONGEST_NOTE)

        def read(cell: str) -> dict[str, Any]:
            text = unguard(cell) if name == "note" else one_line(cell)
            said = NewContact(**{**values, name: text})
            return attributes.read(self.base, said, self.plan.today)

        return read

    def _birthday(self, cell: str) -> str:
        text = unguard(cell).strip()
        if _YEARLESS.fullmatch(text):
            return clock.read_birthday(text.rstrip("."), self.plan.today, self.plan.country)
        return self.plan.days.past(cell)

    def _sex(self, cell: str) -> dict[str, Any]:
        """Read a sex; what the base has no word for is left empty, and told."""
        try:
            said = NewContact(None, sex=clean_text(unguard(cell)))
            return attributes.read(self.base, said, self.plan.today)
        except Refused:
            self.other_sexes += 1
            return {}

    def _messenger(
        self, person: Person, kind: str, name: str, cell: str, faults: list[Fault]
    ) -> None:
        if not cell or cell.isspace():
            return
        try:
            unchecked = self.plan.wish.unchecked
            found = points.read(kind, unguard(cell), self.plan.country, unchecked=unchecked)
            person.points += (found,)
        except Refused as error:
            faults.append(Fault(name, cell, error.message))

    def _tags(self, row: Sequence[str], faults: list[Fault]) -> tuple[str, ...]:
        if "tags" not in self.mapping:
            return ()
        cell = row[self.mapping.places["tags"]]
        try:
            said = filter(str.strip, _PARTS.split(unguard(cell)))
            return tuple(tags.checked(part) for part in said)
        except Refused as error:
            faults.append(Fault("tags", cell, error.message))
            return ()

    def _referrer(self, row: Sequence[str]) -> int | None:
        if "referred_by" not in self.mapping:
            return None
        cell = row[self.mapping.places["referred_by"]]
        return int(cell) if cell.isdecimal() else None

    def _values(self, row: Sequence[str], faults: list[Fault]) -> list[tuple[int, Any]]:
        found = []
        for field, place in self.custom:
            cell = row[place]
            if not cell or cell.isspace():
                continue
            try:
                found.append((field.id, self._value(field, cell)))
            except Refused as error:
                faults.append(Fault(field.name, cell, error.message))
        return found

    def _value(self, field: fields.Field, cell: str) -> Any:
        """Read a value of a custom field as the file writes days and numbers."""
        if field.type == "date":
            return self.plan.days.any(cell)
        if field.type == "number":
            return self.plan.numbers.quantity(cell)
        if field.type == "money":
            return self.plan.numbers.amount(cell)
        text = unguard(cell)
        currency = settings.get(self.base, "currency")
        return fields.read_value(field, text, self.plan.today, self.plan.country, currency)


def _kind(cell: str) -> str:
    word = fold(cell)
    if word in _PERSONS:
        return "person"
    if word in _ORGANISATIONS:
        return "organisation"
    raise Refused(_("{text} is neither a person nor an organisation").format(text=shown(cell)))
