"""Contact points: phones, e-mails and messenger names, as typed and in canonical form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.errors import NotFound, Refused
from clientbase.normal import clean_text, digits, fold, shown
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clientbase.db.connection import Base

SQL = statements(__file__)

LONGEST = 200
# Messengers that know people by their phones.
BY_PHONE = frozenset({"phone", "whatsapp", "viber"})
# A wrong phone tells people apart by no fewer digits than this.
TELLING = 5


class Point(NamedTuple):
    """One way to reach a contact: as typed, as shown, and the key it is found by."""

    kind: str
    typed: str
    shown: str
    canonical: str
    extension: str = ""
    checked: int = 1

    @property
    def tells(self) -> bool:
        """Whether two contacts with this point are likely one."""
        if self.kind in BY_PHONE:
            return bool(self.checked) or len(digits(self.canonical)) >= TELLING
        return self.kind == "email" and "@" in self.canonical


def read(kind: str, text: str, country: str, *, unchecked: bool = False) -> Point:
    """Read one point that was typed; a wrong one is Refused, or kept as typed if `unchecked`.

    `kind` is `phone`, `email` or a messenger's; an unknown one is Misuse.
    """
    try:
        return _read(kind, text, country)
    except Refused:
        if not unchecked:
            raise
    typed = clean_text(text, limit=LONGEST, required=True)
    key = (digits(typed) if kind in BY_PHONE else "") or fold(typed)
    return Point(kind, typed, typed, key or typed, checked=0)


def read_all(
    base: Base,
    phones: Iterable[str] = (),
    emails: Iterable[str] = (),
    messengers: Iterable[tuple[str, str]] = (),
    *,
    unchecked: bool = False,
) -> list[Point]:
    """Read all that was typed, phones first, in the base's country; raises as `read` does."""
    country = settings.get(base, "country")
    typed = [*(("phone", text) for text in phones), *(("email", text) for text in emails)]
    return [read(kind, text, country, unchecked=unchecked) for kind, text in (*typed, *messengers)]


def owners(base: Base, points: Iterable[Point]) -> list[int]:
    """Return the contacts that have one of the phones or e-mails, the oldest first."""
    found: set[int] = set()
    for point in points:
        if point.tells:
            found.update(_owners_of(base, point))
    return sorted(found)


def with_phone(base: Base, canonical: str, extension: str = "") -> list[int]:
    """Return the contacts with a phone, the oldest first; no extension stands for any."""
    values = {"canonical": canonical, "extension": extension or None}
    return [contact for (contact,) in base.execute(SQL["phone_owners"], values)]


def with_email(base: Base, canonical: str) -> list[int]:
    """Return the contacts with an e-mail address, the oldest first."""
    values = {"canonical": canonical}
    return [contact for (contact,) in base.execute(SQL["email_owners"], values)]


def add(base: Base, contact_id: int, points: Iterable[Point]) -> None:
    """Give a contact points; what it has already stays as it is."""
    for point in points:
        values = {"contact": contact_id, **point._asdict()}
        if not base.one(SQL["has"], values):
            base.execute(SQL["add"], values)


def drop(base: Base, contact_id: int, kind: str, text: str) -> None:
    """Take a point away from a contact, whatever its spelling. Raises NotFound."""
    point = read(kind, text, settings.get(base, "country"), unchecked=True)
    rows = base.execute(SQL["of_contact"], {"contact": contact_id}).fetchall()
    rows = [row for row in rows if row[1] == kind]
    match = [row[0] for row in rows if _answers(row, point)]
    if not match:
        raise NotFound(
            _("this contact has no {kind} {text}").format(kind=_(kind), text=shown(text)),
            hint=_has(rows),
        )
    for point_id in match:
        base.execute(SQL["drop"], {"id": point_id})


def _read(kind: str, text: str, country: str) -> Point:
    if kind == "phone":
        from clientbase.phones import phone

        number = phone(text, country)
        ending = f" ext. {number.extension}" if number.extension else ""
        typed = clean_text(number.typed, limit=LONGEST)
        return Point(kind, typed, number.e164 + ending, number.e164, number.extension)
    if kind == "email":
        from clientbase.emails import email

        address = email(text)
        return Point(kind, clean_text(address.typed), address.address, address.key)
    from clientbase.messengers import messenger

    name = messenger(kind, text, country)
    return Point(kind, clean_text(text), name, fold(name) if kind == "other" else name)


def _owners_of(base: Base, point: Point) -> list[int]:
    if point.kind == "email":
        return with_email(base, point.canonical)
    # Behind one phone with two extensions sit two people.
    values = {"canonical": point.canonical, "extension": point.extension}
    return [contact for (contact,) in base.execute(SQL["phone_owners"], values)]


def _answers(row: Sequence[str], point: Point) -> bool:
    _id, _kind, typed, visible, canonical, extension, _checked = row
    same = canonical == point.canonical and extension == point.extension
    return same or point.typed in {typed, visible}


def _has(rows: Sequence[Sequence[str]]) -> str:
    has = ", ".join(row[3] for row in rows)
    return _("it has {points}").format(points=has) if has else _("it has none of this kind")
