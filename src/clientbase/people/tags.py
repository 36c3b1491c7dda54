"""Tags: short words put on contacts, told apart in any letter case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.errors import Misuse, NotFound, Refused
from clientbase.normal import clean_text, fold, shown
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientbase.db.connection import Base

SQL = statements(__file__)

LONGEST = 60
MINUS = ("-", "\N{MINUS SIGN}")
APART = frozenset(",;|")  # what stands between the tags of a file


def put(base: Base, contact_id: int, names: Iterable[str]) -> None:
    """Put tags on a contact; a new name makes a new tag. Raises Refused for what is no tag."""
    for text in names:
        tag = _tag_id(base, text)
        if base.one(SQL["has"], {"contact": contact_id, "tag": tag}) is None:
            base.execute(SQL["put"], {"contact": contact_id, "tag": tag})


def take(base: Base, contact_id: int, names: Iterable[str], *, one_of_many: bool = False) -> None:
    """Take tags off a contact. Raises NotFound for one that it has not.

    Where it is `one_of_many` that are to be without, it may be so already.
    """
    for text in names:
        tag = named(base, text) if one_of_many else base.one(SQL["known"], {"key": fold(text)})
        has = base.one(SQL["has"], {"contact": contact_id, "tag": tag})
        if has is None and one_of_many:
            continue
        if has is None:
            raise NotFound(
                _("this contact has no tag {tag}").format(tag=shown(text)),
                hint=_hint_of(base, contact_id),
            )
        base.execute(SQL["take"], {"id": has})


def change(base: Base, contact_id: int, words: Iterable[str], *, one_of_many: bool = False) -> None:
    """Put on (`club`, `+club`) and take off (`-old`, also with a real minus) tags of a contact."""
    words = list(words)
    if not words:
        raise Misuse(_("no tag is named"), hint=_("type +club to put it on, -club to take it off"))
    for word in words:
        if word.startswith(MINUS):
            take(base, contact_id, [word[1:]], one_of_many=one_of_many)
        else:
            put(base, contact_id, [word.removeprefix("+")])


def of_contact(base: Base, contact_id: int) -> list[str]:
    """Return the tags of a contact, in the order of the alphabet."""
    return [name for (name,) in base.execute(SQL["of_contact"], {"contact": contact_id})]


def named(base: Base, name: str) -> int:
    """Return the tag of a name, in any letter case. Raises NotFound with the nearest name."""
    found: int | None = base.one(SQL["known"], {"key": fold(name)})
    if found is None:
        from clientbase.nearest import meant

        raise NotFound(
            _("there is no tag {name}").format(name=shown(name)),
            hint=meant(name, names(base), _("clientbase contact tags lists them all")),
        )
    return found


def checked(text: str) -> str:
    """Return the name of a tag as it is kept. Raises Refused for what is no tag."""
    name = clean_text(text, limit=LONGEST)
    if not fold(name) or name.startswith(("+", *MINUS)) or not APART.isdisjoint(name):
        raise Refused(
            _('"{text}" can\'t be a tag').format(text=shown(text)),
            hint=_("a tag is a word or a few, without , ; or | and with no + or - in front"),
        )
    return name


def listing(base: Base) -> Table:
    """Return all tags in use, with how many contacts have each."""
    rows = base.execute(SQL["listing"])
    empty = _("No contact has a tag yet; put one on with: clientbase contact tag WHO +TAG")
    return Table("tags", columns("tag", "contacts:number"), rows, empty=empty)


def names(base: Base) -> list[str]:
    """Return all tags in use, in the order of the alphabet."""
    return [name for name, _count in base.execute(SQL["listing"])]


def _tag_id(base: Base, text: str) -> int:
    name = checked(text)
    found: int | None = base.one(SQL["known"], {"key": fold(name)})
    if found is None:
        found = int(base.one(SQL["make"], {"name": name, "key": fold(name)}))
    return found


def _hint_of(base: Base, contact_id: int) -> str:
    has = ", ".join(of_contact(base, contact_id))
    return _("it has {tags}").format(tags=has) if has else _("it has no tags at all")
