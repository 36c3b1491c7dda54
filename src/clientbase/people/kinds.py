"""Kinds of things: what belongs to contacts and is served, such as pets, children, units."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.db.statements import statements
from clientbase.errors import Conflict, NotFound, Refused
from clientbase.normal import clean_text, fold, shown
from clientbase.people import readers
from clientbase.table import Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)

LONGEST_NAME = 60
# What the fields of contacts are said to be of.
CONTACT = "contact"
COLUMNS = columns("kind_id:id", "kind", "fields:list", "things:number")


class Kind(NamedTuple):
    """A kind of things."""

    id: int
    name: str


def all_kinds(base: Base) -> list[Kind]:
    """Return the kinds, in the order in which they were made."""
    return [Kind(*row) for row in base.execute(SQL["all"])]


def named(base: Base, name: str) -> Kind:
    """Return the kind of a name, in any letter case. Raises NotFound with the nearest one."""
    known = all_kinds(base)
    for kind in known:
        if fold(kind.name) == fold(name):
            return kind
    from clientbase.nearest import meant

    otherwise = _("make it with: clientbase thing kinds add KIND")
    if known:
        names = ", ".join(kind.name for kind in known)
        otherwise = _("the kinds are: {names}; another one: clientbase thing kinds add KIND")
        otherwise = otherwise.format(names=names)
    raise NotFound(
        _("there is no kind of things {name}").format(name=shown(name)),
        hint=meant(name, (kind.name for kind in known), otherwise),
    )


def listing(base: Base, kind_id: int | None = None) -> Table:
    """Return the kinds, or one of them, with their fields and how many things are of each."""
    rows = base.execute(SQL["listing"], {"kind": kind_id}).fetchall()
    empty = _("There are no kinds of things yet; make one with: clientbase thing kinds add KIND")
    return Table("thing_kinds", COLUMNS, rows, empty=empty)


def add(base: Base, name: str) -> Table:
    """Make a kind and return it. Raises Refused for a name that can't be, Conflict for a known."""
    name = clean_text(name, limit=LONGEST_NAME, required=True)
    if fold(name) == CONTACT:
        raise Refused(
            _("a kind of things can't be called {name}").format(name=name),
            hint=_("choose another name, such as pet"),
        )
    taken = [kind.name for kind in all_kinds(base) if fold(kind.name) == fold(name)]
    if taken:
        raise Conflict(
            _("the kind {name} is there already").format(name=taken[0]),
            hint=_("see: clientbase thing kinds list"),
        )
    return listing(base, int(base.one(SQL["add"], {"name": name, "name_key": fold(name)})))


def drop(base: Base, name: str) -> tuple[Table, int]:
    """Drop a kind with its fields; return what it was and how many fields went.

    Raises NotFound, and Conflict where there is a thing of it, or where a rule or a segment reads
    it.
    """
    kind = named(base, name)
    was = listing(base, kind.id)
    _refuse_filled(base, kind)
    readers.refuse_kind(base, kind)
    gone = base.execute(SQL["drop_fields"], {"kind": kind.id}).rowcount
    base.execute(SQL["drop"], {"kind": kind.id})
    base.cache.pop("fields", None)
    return was, gone


def _refuse_filled(base: Base, kind: Kind) -> None:
    kept, dropped = base.execute(SQL["things"], {"kind": kind.id}).fetchone()
    if kept:
        told = ngettext(
            "{count} thing is of the kind {name}", "{count} things are of the kind {name}", kept
        )
        raise Conflict(
            Sentence(told, count=grouped(kept), name=kind.name),
            hint=_("see: clientbase thing list --kind {name}").format(name=kind.name),
        )
    if dropped:
        raise Conflict(
            _("things that were dropped are of the kind {name}").format(name=kind.name),
            hint=_("it stays for the sake of what was done for them"),
        )
