"""Recognising contacts by what a file says of them, filling what is empty, entering the new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from clientbase.db.statements import statements
from clientbase.exchange import bulk
from clientbase.exchange.persons import UNTOLD, free_key
from clientbase.normal import fold
from clientbase.people.attributes import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.exchange.persons import Person
    from clientbase.people.points import Point

    Beside = Callable[[int], bool]

SQL = statements(__file__)

# Keys of contacts that are kept in mind: beyond, the base is asked.
MOST = 300_000
FLUSH = 5_000
# What namesakes may have whom a row that tells so much leaves untold.
_FITTING = [[has for has in range(8) if not has & tells] for tells in range(8)]


def _all(_contact: int) -> bool:
    """Say of any contact that it has all: nothing more is told."""
    return True


class Said(NamedTuple):
    """Whether a file may bring names and external ids, and what indexes phones and e-mails."""

    names: bool
    ids: bool
    index_points: Callable[[], None]


class Registry:
    """The contacts of the base and those that an import brings, found by the same keys.

    A contact is recognised by external id, then phone, then e-mail, and by name only where
    neither phone nor e-mail nor id tells otherwise; of several the oldest.
    """

    def __init__(self, base: Base, import_id: int, said: Said) -> None:
        """Take the base in its transaction, the number of this import, and what the file is."""
        self.base = base
        self.import_id = import_id
        self.ids = said.ids
        self._index_points: Callable[[], None] | None = said.index_points
        self.new = 0
        self.filled = 0
        self.unchecked = 0
        self.doubtful = 0
        self.anothers = 0
        for name in ("make_newcomer", "forget_newcomers"):
            base.execute(SQL[name])
        self.top = int(base.one(SQL["highest"]) or 0)
        self.first_new = self.top + 1
        # While all contacts are in mind, who is not found there is new.
        self.whole = not base.one(bulk.SQL["any_contact"])
        self.keep_numbers = self.top == 0
        self._known: dict[str, int] = {}
        # Names in mind: of all while `whole`, else of those who wait to be written.
        self._names: dict[str, list[int]] = {}
        self._waiting: set[int] = set()
        self._newcomers: list[dict[str, Any]] = []
        self._plain: list[tuple[Any, ...]] = []
        self._points: list[tuple[Any, ...]] = []
        # New contacts that are called by their id, phone or e-mail until a name comes.
        self._nameless: set[int] | None = set() if said.names else None

    def resolve(self, person: Person, beside: Beside = _all) -> int:
        """Return the contact that a row speaks of: found, and filled where it was empty, or new.

        `beside` says whether a contact has what the row tells that is kept elsewhere.
        """
        contact = self.find(person, beside)
        if contact is None:
            contact = self._enter(person)
        else:
            self._fill(contact, person)
        if len(self._known) + len(self._names) > MOST:
            self.forget()
        return contact

    def find(self, person: Person, beside: Beside = _all) -> int | None:
        """Return the contact that a row speaks of, or None where it is not in the base."""
        own = person.own_id
        if own:
            found = self._ask(f"i{own}", "by_own_id", {"key": own})
            if found is not None:
                return found
        if person.number:
            found = self._by_number(person)
            if found is not None or self.keep_numbers:
                return found
        for point, key in zip(person.points, person.keys, strict=True):
            found = self._by_point(point, key, own)
            if found is not None:
                return found
        if not person.named and not person.tells:
            found = self._by_untold(person, beside)
            if found is not None:
                return found
        return self._by_name(person, beside) if person.key and person.name != own else None

    def _by_number(self, person: Person) -> int | None:
        """Return the contact of a number in a file that was handed out by a base like this one.

        Into an empty base the numbers come as they are. Elsewhere one is believed only where the
        name goes with it, and one of the phones and e-mails, if there are any.
        """
        found = self._known.get(f"#{person.number}")
        if found is not None or (self.keep_numbers and self.whole):
            return found
        self._see(person.number)
        values = {"number": person.number, "key": person.key}
        found = cast("int | None", self.base.one(SQL["by_number"], values))
        if found is None or self.keep_numbers or not person.points:
            return found
        has = (self._has(found, point) for point in person.points)
        return found if any(has) else None

    def _by_point(self, point: Point, key: str, own: str | None) -> int | None:
        if key[0] == UNTOLD:
            return None
        if own:
            key = free_key(key)
        found = self._known.get(key)
        if found is not None or self.whole:
            return found
        values = {"key": point.canonical, "extension": point.extension, "own_id": own}
        return self._ask(key, f"by_{point.kind}", values)

    def _ask(self, key: str, statement: str, values: dict[str, Any]) -> int | None:
        found = self._known.get(key)
        if found is None and not self.whole:
            found = cast("int | None", self.base.one(SQL[statement], values))
            if found is not None:
                self._known[key] = found
        return found

    def _by_untold(self, person: Person, beside: Beside) -> int | None:
        """Return who has what is all that is said of somebody: a messenger, a wrong phone."""
        for point, key in person.pairs():
            found = self._having(point, key)
            if found:
                return self._chosen(found, person, beside, min(found))
        return None

    def _having(self, point: Point, key: str) -> list[int]:
        """Return all who have a phone, an e-mail or a messenger."""
        if self.whole and key not in self._known:
            return []
        self.flush()
        self._see(None)
        return [contact for (contact,) in self.base.execute(SQL["with_point"], point._asdict())]

    def _by_name(self, person: Person, beside: Beside) -> int | None:
        fits: list[int] = []
        for has in _FITTING[person.tells]:
            fits += self._names.get(f"{has}{person.key}", ())[:2]
        count = len(fits)
        if not self.whole:
            values = {"key": person.key, "tells": person.tells}
            found, more = self.base.execute(SQL["by_name"], values).fetchone()
            count += more
            fits += [found] if more else []
        self.doubtful += count > 1
        if count > 1 and not person.tells and (person.points or person.details):
            able = self._namesakes(person)
            return self._chosen(able, person, beside, min(fits))
        return min(fits, default=None)

    def _namesakes(self, person: Person) -> list[int]:
        """Return those of a person's namesakes who may have all that is told."""
        key = person.key
        if person.points:
            having = self._having(person.points[0], person.keys[0])
            return [contact for contact in having if fold(self._row(contact)["name"]) == key]
        if self.whole:
            return [each for has in _FITTING[0] for each in self._names.get(f"{has}{key}", ())]
        self.flush()
        return [contact for (contact,) in self.base.execute(SQL["namesakes"], {"key": key})]

    def _chosen(self, able: list[int], person: Person, beside: Beside, oldest: int) -> int:
        """Return the oldest who has all that the row tells, else the oldest.

        What entered somebody must not go to an older namesake the next time.
        """
        has_all = (each for each in sorted(able) if self._has_all(each, person) and beside(each))
        return next(has_all, oldest)

    def _has_all(self, contact: int, person: Person) -> bool:
        has_points = all(self._has(contact, point) for point in person.points)
        return has_points and not self._empty(contact, person)

    def _enter(self, person: Person) -> int:
        contact = self.top + 1
        if self.keep_numbers and person.number:
            contact = person.number
            self._known[f"#{contact}"] = contact
        self.top = max(self.top, contact)
        if person.details is None:
            self._plain.append((contact, person.own_id, person.name, person.key, person.tells))
        else:
            row = {**EMPTY, "entered_on": None, **person.details, "id": contact}
            row |= {"external_id": person.own_id, "name": person.name, "name_key": person.key}
            row["tells"] = person.tells
            self._newcomers.append(row)
        self.new += 1
        self._waiting.add(contact)
        if person.own_id:
            self._known[f"i{person.own_id}"] = contact
        if self._nameless is not None and not person.named:
            self._nameless.add(contact)
        self._names.setdefault(f"{person.tells}{person.key}", []).append(contact)
        for point, key in person.pairs():
            self._add(contact, point, key, free=not person.own_id)
        if len(self._newcomers) + len(self._plain) >= FLUSH:
            self.flush()
        return contact

    def _add(self, contact: int, point: Point, key: str, *, free: bool) -> None:
        self._points.append((contact, *point, self.import_id))
        self._waiting.add(contact)
        self._known.setdefault(key, contact)
        if free and self.ids and key[0] != UNTOLD:
            self._known.setdefault(free_key(key), contact)
        self.unchecked += not point.checked

    def _fill(self, contact: int, person: Person) -> None:
        """Fill what the contact lacks: points of its own, and what is empty of its row."""
        lacks = [pair for pair in person.pairs() if self._lacks(contact, *pair)]
        empty = self._empty(contact, person)
        if not lacks and not empty:
            return
        self.filled += contact < self.first_new
        if not self.whole:
            self._see(contact)
        before = self._state(contact) if self.whole else None
        free = not (empty.get("external_id") or self._row(contact)["external_id"])
        for point, key in lacks:
            self._add(contact, point, key, free=free)
        if empty:
            self._fill_row(contact, empty)
        if contact >= self.first_new:
            self._see(contact)
            self.base.execute(SQL["tell"], {"contact": contact})
        if before:
            self._move(contact, before)
        if "external_id" in empty:
            self._bind(contact, empty["external_id"])
        if "name" in empty and self._nameless:
            self._nameless.discard(contact)

    def _fill_row(self, contact: int, empty: dict[str, Any]) -> None:
        self.flush()
        if contact >= self.first_new:
            self.base.execute(SQL["add_newcomer"], self._row(contact) | empty)
        else:
            blank = dict.fromkeys((*EMPTY, "name", "name_key"))
            self.base.execute(SQL["fill_contact"], {**blank, **empty, "contact": contact})

    def _lacks(self, contact: int, point: Point, key: str) -> bool:
        told = key[0] != UNTOLD
        owner = self._known.get(key) if told else None
        if owner == contact or self._has(contact, point):
            return False
        # What is another's already would make two contacts answer to it.
        anothers = told and (owner is not None or self._has(None, point))
        self.anothers += anothers
        return not anothers

    def _has(self, contact: int | None, point: Point) -> bool:
        """Say whether a contact, or any at all, has a phone, an e-mail or a messenger."""
        self._see(contact)
        return bool(self.base.one(SQL["has_point"], {**point._asdict(), "contact": contact}))

    def _empty(self, contact: int, person: Person) -> dict[str, Any]:
        """Return what the person brings that the contact's row lacks."""
        bound = not person.own_id or self._known.get(f"i{person.own_id}") == contact
        called = not person.named or self._is_named(contact)
        if bound and called and not person.details:
            return {}
        row = self._row(contact)
        said = {**(person.details or {}), "external_id": person.own_id}
        empty = {name: text for name, text in said.items() if text and not row.get(name, text)}
        if "organisation" in empty:
            empty["organisation_key"] = (person.details or {})["organisation_key"]
        if not called and row["name"] != person.name and self._for_want(contact, row):
            empty |= {"name": person.name, "name_key": person.key}
        return empty

    def _is_named(self, contact: int) -> bool:
        return contact >= self.first_new and contact not in (self._nameless or ())

    def _row(self, contact: int) -> dict[str, Any]:
        self._see(contact)
        table = "newcomer" if contact >= self.first_new else "contact"
        cursor = self.base.execute(SQL[f"read_{table}"], {"contact": contact})
        names = [name for name, *_rest in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))

    def _for_want(self, contact: int, row: dict[str, Any]) -> bool:
        """Say whether a contact is called by its id, its phone or its e-mail for want of a name."""
        if row["name"] == row["external_id"]:
            return True
        if not any(map(str.isdigit, row["name"])) and "@" not in row["name"]:
            return False
        return bool(self.base.one(SQL["shown_as"], {"contact": contact, "name": row["name"]}))

    def _state(self, contact: int) -> tuple[int, str] | None:
        """Return what a contact in mind is kept under: what it has, and its name."""
        self._see(contact)
        row = self.base.execute(SQL["state"], {"contact": contact}).fetchone()
        return None if row is None else (int(row[0]), str(row[1]))

    def _move(self, contact: int, before: tuple[int, str]) -> None:
        """Keep a contact's name under what it has now."""
        after = self._state(contact)
        if after is not None and after != before:
            self._names["{}{}".format(*before)].remove(contact)
            kept = self._names.setdefault("{}{}".format(*after), [])
            kept.append(contact)
            kept.sort()

    def _bind(self, contact: int, own: str) -> None:
        """With an id of its own a contact is free for other ids no more."""
        self._see(contact)
        self._known[f"i{own}"] = contact
        for kind, canonical, extension in self.base.execute(SQL["keys"], {"contact": contact}):
            key = free_key(f"{kind[0]}{canonical};{extension}")
            if self._known.get(key) == contact:
                del self._known[key]

    def forget(self) -> None:
        """Keep no contacts in mind any more: from now on the base is asked."""
        self.flush()
        self._known.clear()
        self._names.clear()
        if self.whole:
            self.whole = False
            self._see(None)
            self.base.execute(SQL["make_newcomer_names"])
            self.base.execute(SQL["make_newcomer_ids"])

    def drop(self) -> None:
        """Give back the memory, at the end, when nobody is asked for any more."""
        self.flush()
        self._known, self._names = {}, {}

    def _see(self, contact: int | None) -> None:
        """Make what was written of a contact quick to look into."""
        if contact in self._waiting:
            self.flush()
        if self._index_points is not None:
            self._index_points()
            self._index_points = None

    def flush(self) -> None:
        """Write what waits, so that statements see it."""
        if self._newcomers:
            self.base.executemany(SQL["add_newcomer"], self._newcomers)
            self._newcomers.clear()
        if self._plain:
            self.base.executemany(SQL["add_plain_newcomer"], self._plain)
            self._plain.clear()
        if self._points:
            bulk.write(self.base, SQL["add_point"], self._points, len(self._points))
            self._points.clear()
        self._waiting.clear()
        if not self.whole:
            self._names.clear()

    def close(self, today: date) -> None:
        """Make the new contacts contacts, once all their sales are written."""
        self.flush()
        values = {"import": self.import_id, "today": today.isoformat()}
        self.base.execute(SQL["enter"], values)
        self.base.execute(SQL["forget_newcomers"])
