"""Which column of a file fills which field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clientbase.errors import Misuse, Refused
from clientbase.exchange import names
from clientbase.nearest import meant
from clientbase.normal import fold, shown
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What a file must tell, one of each group.
_WHO = ("name", "client_id", "phone", "email", "last_name", "first_name", "organisation")
_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "sales": (("date",), ("amount", "price")),
    "contacts": (_WHO,),
}


NOWHERE = "-"  # the field of a column that is left aside


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the owner said about columns: (field, header) and (custom field, header)."""

    fields: tuple[tuple[str, str], ...] = ()
    custom: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where each field stands in a row, counted from 0, and what is left aside."""

    places: dict[str, int]
    custom: dict[str, int]
    headers: tuple[str, ...]
    aside: list[str] = field(default_factory=list)

    def __contains__(self, name: str) -> bool:
        """Return whether a field has a column."""
        return name in self.places

    def place(self, name: str) -> int:
        """Return where a field, or a custom field, stands in a row."""
        return self.places[name] if name in self.places else self.custom[name]

    def header(self, name: str) -> str:
        """Return the header of the column that fills a field, or '' where there is none."""
        known = name in self.places or name in self.custom
        return self.headers[self.place(name)] if known else ""

    def several(self, name: str) -> list[str]:
        """Return all fields of a family in their order, such as phone and phone2."""
        kin = [known for known in self.places if names.family(known) == name]
        return sorted(kin, key=lambda known: (len(known), known))

    def sentences(self) -> list[str]:
        """Return what fills what, in words."""
        pairs = {**self.places, **self.custom}
        filled = ", ".join(f"{name} = {self.headers[place]}" for name, place in pairs.items())
        told = [_("columns: {pairs}").format(pairs=filled)]
        if self.aside:
            told.append(_("left aside: {headers}").format(headers=", ".join(self.aside)))
        return told


def counter(kind: str, wishes: Wishes) -> Counter:
    """Return what counts the headers in a row that mean something."""
    said = {header for _field, header in (*wishes.fields, *wishes.custom)}
    return Counter(kind, said | {names.key(header) for header in said})


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts the headers in a row that a file of a kind may have, or that the owner named."""

    kind: str
    said: set[str]

    def __call__(self, row: Sequence[str]) -> int:
        """Return how many cells of a row are headers with a meaning."""
        return sum(map(self._means, row))

    def _means(self, cell: str) -> bool:
        if cell in self.said or names.key(cell) in self.said:
            return True
        return bool(cell.strip()) and bool(names.meaning(self.kind, cell))


def match(kind: str, headers: Sequence[str], wishes: Wishes, custom: Iterable[str] = ()) -> Mapping:
    """Find the column of each field: what the owner said first, then by the headers' names.

    `custom` are the names of the base's own fields, matched last. Raises Misuse for an unknown
    field, Refused for an unknown header and where a needed column is missing.
    """
    headers = tuple(header.strip() for header in headers)
    places: dict[str, int] = {}
    for name, header in wishes.fields:
        if name != NOWHERE:
            places[_free(_known_field(kind, name), places)] = _place(header, headers)
    nowhere = {_place(header, headers) for name, header in wishes.fields if name == NOWHERE}
    own = {name: _place(header, headers) for name, header in wishes.custom}
    taken = {*places.values(), *own.values(), *nowhere}
    _by_name(kind, headers, places, taken)
    _by_own_name([name for name in custom if name not in own], headers, own, taken)
    filling = taken - nowhere
    aside = [
        header or _numbered(place) for place, header in enumerate(headers) if place not in filling
    ]
    _check_needed(kind, places, headers)
    return Mapping(places, own, headers, aside)


def _by_name(kind: str, headers: Sequence[str], places: dict[str, int], taken: set[int]) -> None:
    """Match the headers that nobody spoke of; of two for one field the surer name wins."""
    found: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        name = names.meaning(kind, header)
        if name and place not in taken:
            found.setdefault(name, []).append(place)
    if "last_name" in found and "first_name" not in found and _only_first(found, headers):
        found["first_name"] = found.pop("name")
    for name, candidates in found.items():
        several = names.family(name) in names.SEVERAL
        if name in places and not several:
            continue
        keys = names.FIELDS[kind].get(name, [])
        candidates.sort(key=lambda place: _rank(keys, headers[place]))
        for place in candidates if several else candidates[:1]:
            places[_free(name, places)] = place
            taken.add(place)
    if "name" in places:  # a whole name says more than its parts
        for part in ("first_name", "last_name"):
            taken.discard(places.pop(part, -1))


def _by_own_name(
    custom: Sequence[str], headers: Sequence[str], own: dict[str, int], taken: set[int]
) -> None:
    """Match custom fields to headers as an export writes them, then to headers that are like."""
    for spell in (str, fold, names.key):
        places = {spell(headers[place]): place for place in reversed(range(len(headers)))}
        for name in custom:
            place = places.get(spell(names.own(name)), places.get(spell(name)))
            if place is not None and name not in own and place not in taken:
                own[name] = place
                taken.add(place)


def _only_first(found: dict[str, list[int]], headers: Sequence[str]) -> bool:
    """Beside a surname, a column called just a name holds the first name."""
    return [names.key(headers[place]) for place in found.get("name", ())] in (["имя"], ["name"])


def _rank(keys: list[str], header: str) -> int:
    return keys.index(names.key(header)) if names.key(header) in keys else len(keys)


def _free(name: str, places: dict[str, int]) -> str:
    """Return a field's name, the next number of it where there may be several."""
    kin = names.family(name)
    if name not in places:
        return name
    if kin not in names.SEVERAL:
        raise Misuse(
            _("{field} is mapped twice").format(field=name),
            hint=_("give each field one --map"),
        )
    return next(f"{kin}{n}" for n in range(2, len(places) + 3) if f"{kin}{n}" not in places)


def _known_field(kind: str, name: str) -> str:
    wanted = name.strip().lower()
    if wanted in names.FIELDS[kind]:
        return wanted
    kin = names.family(wanted)
    if kin != wanted and kin in names.FIELDS[kind]:
        return wanted
    known = list(names.FIELDS[kind])
    raise Misuse(
        _("a file of {kind} has no field {field}").format(kind=kind, field=shown(name)),
        hint=meant(wanted, known, _("the fields are: {names}").format(names=", ".join(known))),
    )


def _place(header: str, headers: Sequence[str]) -> int:
    if header in headers:
        return headers.index(header)
    keys = [names.key(known) for known in headers]
    if names.key(header) in keys:
        return keys.index(names.key(header))
    raise Refused(
        _("the file has no column {header}").format(header=shown(header)),
        hint=meant(header, headers, _seen(headers)),
    )


def _check_needed(kind: str, places: dict[str, int], headers: Sequence[str]) -> None:
    kin = {names.family(name) for name in places}
    missing = [group[0] for group in _NEEDED[kind] if not kin & set(group)]
    if kind == "sales" and "price" in kin and not kin & {"amount", "quantity"}:
        missing.append("quantity")
    if missing:
        raise Refused(
            _("no column for {fields}; {seen}").format(
                fields=_(" and ").join(missing), seen=_seen(headers)
            ),
            hint=_("say which column it is: --map {field}=HEADER").format(field=missing[0]),
        )


def _seen(headers: Sequence[str]) -> str:
    seen = ", ".join(shown(header) for header in headers if header)
    return _("the headers are: {headers}").format(headers=seen)


def _numbered(place: int) -> str:
    return _("column {number} without a header").format(number=place + 1)
