"""Contacts: people and organisations, one row for life from the first contact on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.db.statements import statements
from clientbase.errors import Conflict
from clientbase.normal import shown
from clientbase.people import attributes, points
from clientbase.people.resolving import candidates, resolve
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from clientbase.db.connection import Base

# `resolve` is a part of what this module offers.
__all__ = ["Changes", "NewContact", "add", "edit", "find", "namesakes", "owners", "resolve"]

SQL = statements(__file__)


class NewContact(NamedTuple):
    """What the owner typed about a contact: None is not said, empty text is nothing.

    `kind` is `person` or `organisation`; `birthday` a day, its year perhaps unknown; `referred_by`
    is a WHO; messengers are (kind, name), fields (name, value).
    """

    name: str | None
    kind: str | None = None
    organisation: str | None = None
    post: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    messengers: tuple[tuple[str, str], ...] = ()
    birthday: str | None = None
    sex: str | None = None
    city: str | None = None
    region: str | None = None
    address: str | None = None
    occupation: str | None = None
    preferred_channel: str | None = None
    hours: str | None = None
    manager: str | None = None
    channel: str | None = None
    referred_by: str | None = None
    external_id: str | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


class Changes(NamedTuple):
    """What to change of a contact: what is said from now on, and points (kind, text) to drop."""

    said: NewContact
    drops: tuple[tuple[str, str], ...] = ()


def add(
    base: Base,
    new: NewContact,
    today: date,
    *,
    entered_by: str = "entry",
    unchecked: bool = False,
    anyway: bool = False,
) -> int:
    """Enter a contact and return its number.

    Raises Refused for a value that is wrong (a wrong phone or e-mail is kept when `unchecked`)
    and Conflict, with the candidates, where somebody has the phone, e-mail or external id
    already; with `anyway` only the last of these counts. Required fields bind those who type a
    contact (`entry`), not what a lead, a sale or an import brings along.
    """
    row = {**attributes.EMPTY, **attributes.read(base, new, today)}
    found = points.read_all(base, new.phones, new.emails, new.messengers, unchecked=unchecked)
    if entered_by == "entry":
        from clientbase.people import fields

        fields.check_required(base, new.fields)
    _refuse_taken(base, row["external_id"], None)
    if not anyway:
        _refuse_known(base, found, None)
    row |= {"entered_on": today.isoformat(), "entered_by": entered_by}
    contact = int(base.one(SQL["add"], row))
    points.add(base, contact, found)
    _attach(base, contact, new, today)
    return contact


def edit(
    base: Base,
    contact_id: int,
    changes: Changes,
    today: date,
    *,
    unchecked: bool = False,
    anyway: bool = False,
) -> int:
    """Change what is said of a contact: points and tags are added, empty text clears the rest.

    The people of an organisation go with its new name; returned is how many did. Raises as `add`
    does, and NotFound for a point to drop that the contact has not.
    """
    said = changes.said
    before = _row(base, contact_id)
    row = {**before, **attributes.read(base, said, today)}
    attributes.check_referrer(contact_id, row["referred_by_id"])
    found = points.read_all(base, said.phones, said.emails, said.messengers, unchecked=unchecked)
    _refuse_taken(base, row["external_id"], contact_id)
    if not anyway:
        _refuse_known(base, found, contact_id)
    if row != before:
        base.execute(SQL["edit"], {**row, "contact": contact_id})
    renamed = _rename(base, contact_id, before, row)
    for kind, text in changes.drops:
        points.drop(base, contact_id, kind, text)
    points.add(base, contact_id, found)
    _attach(base, contact_id, said, today)
    return renamed


def find(base: Base, text: str) -> list[int]:
    """Return the contacts with this text in what is known about them, the best hits first."""
    from clientbase.people import finding

    return finding.find(base, text)


def owners(
    base: Base, phones: Iterable[str], emails: Iterable[str], *, unchecked: bool = False
) -> list[int]:
    """Return the contacts that have one of the phones or e-mails typed, the oldest first.

    A wrong phone or e-mail is Refused, or compared as it is typed when `unchecked`.
    """
    return points.owners(base, points.read_all(base, phones, emails, unchecked=unchecked))


def namesakes(base: Base, contact_id: int) -> list[int]:
    """Return the other contacts of the same name, the oldest first."""
    return [other for (other,) in base.execute(SQL["namesakes"], {"contact": contact_id})]


def _rename(base: Base, contact_id: int, before: dict[str, Any], row: dict[str, Any]) -> int:
    """Give the people of an organisation its new name; those of two of one name keep the old."""
    if before["kind"] != "organisation" or row["name"] == before["name"]:
        return 0
    values = {"contact": contact_id, "old": before["name_key"]}
    if base.one(SQL["other_organisation"], values):
        return 0
    values |= {"name": row["name"], "key": row["name_key"]}
    return base.execute(SQL["rename_organisation"], values).rowcount


def _attach(base: Base, contact_id: int, said: NewContact, today: date) -> None:
    if said.tags:
        from clientbase.people import tags

        tags.put(base, contact_id, said.tags)
    if said.fields:
        from clientbase.people import fields

        fields.set_values(base, contact_id, said.fields, today)


def _row(base: Base, contact_id: int) -> dict[str, Any]:
    cursor = base.execute(SQL["read"], {"contact": contact_id})
    names = [name for name, *_rest in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


def _refuse_taken(base: Base, external_id: str | None, contact_id: int | None) -> None:
    owner = base.one(SQL["external_id_owner"], {"external_id": external_id})
    if owner not in {None, contact_id}:
        raise Conflict(
            _("the external id {text} is another contact's").format(text=shown(str(external_id))),
            hint=_("clientbase contact show {contact} shows whose it is").format(contact=owner),
            table=candidates(base, [owner]),
        )


def _refuse_known(base: Base, found: list[points.Point], contact_id: int | None) -> None:
    for point in found:
        others = [owner for owner in points.owners(base, [point]) if owner != contact_id]
        if others:
            table = candidates(base, others)
            contact, name, *_rest = next(iter(table.rows))
            raise Conflict(
                _("{point} is in the base already: contact {contact}, {name}").format(
                    point=point.shown, contact=contact, name=name
                ),
                hint=_("see clientbase contact show {contact}, or add --anyway to go on").format(
                    contact=contact
                ),
                table=table,
            )
