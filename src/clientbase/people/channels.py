"""Channels: where contacts and enquiries come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, NotFound
from clientbase.normal import clean_text, fold, shown
from clientbase.people import readers
from clientbase.people.readers import Dropped, Renamed
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)

LONGEST = 100
# What goes over to the heir of a dropped channel; spending of one month adds up.
_HAND_OVER = (
    "hand_over_contacts",
    "hand_over_leads",
    "hand_over_sales",
    "add_up_spending",
    "forget_added_spending",
    "hand_over_spending",
)
# What rules of segments call it.
FACTS = ("channel", "first_channel")
COLUMNS = columns("channel_id:id", "name", "contacts:number", "leads:number", "sales:number")


def channel_id(base: Base, name: str) -> int:
    """Return the channel of a name, in any letter case; a new name makes a new channel.

    Raises Refused for a name that can't be kept.
    """
    name = clean_text(name, limit=LONGEST, required=True)
    found = known(base, name)
    if found is None:
        found = int(base.one(SQL["add"], {"name": name, "key": fold(name)}))
    return found


def known(base: Base, name: str) -> int | None:
    """Return the channel of a name, in any letter case, or None."""
    found: int | None = base.one(SQL["known"], {"key": fold(name)})
    return found


def named(base: Base, text: str) -> int:
    """Return the channel of a name, in any letter case. Raises NotFound with the nearest name."""
    found = known(base, text)
    if found is not None:
        return found
    from clientbase.nearest import meant

    known_names = names(base)
    if known_names:
        otherwise = _("the channels are: {names}").format(names=", ".join(known_names))
    else:
        otherwise = _("enquiries bring them in: clientbase lead add --channel NAME")
    raise NotFound(
        _("there is no channel {name}").format(name=shown(text)),
        hint=meant(text, known_names, otherwise),
    )


def names(base: Base) -> list[str]:
    """Return the names of all channels, in the order of the alphabet."""
    return [name for (name,) in base.execute(SQL["names"])]


def listing(base: Base, channel: int | None = None) -> Table:
    """Return all channels in the order of the alphabet, or one, with what came by each."""
    empty = _("No channels yet; make one with: clientbase channel add NAME")
    rows = base.execute(SQL["listing" if channel is None else "one"], {"channel": channel})
    return Table("channels", COLUMNS, rows.fetchall(), empty=empty)


def add(base: Base, name: str) -> Table:
    """Make a channel and return its row.

    Raises Refused for a name that can't be kept, Conflict for one that is taken.
    """
    name = _free_name(base, name)
    return listing(base, int(base.one(SQL["add"], {"name": name, "key": fold(name)})))


def rename(base: Base, old: str, new: str) -> Renamed:
    """Give a channel another name. Raises as `add` does, and NotFound."""
    channel = named(base, old)
    name = _free_name(base, new, channel)
    base.execute(SQL["rename"], {"channel": channel, "name": name, "key": fold(name)})
    missed = [] if fold(old) == fold(name) else readers.segments(base, FACTS, old)
    return Renamed(listing(base, channel), missed)


def drop(base: Base, name: str, heir: str | None) -> Dropped:
    """Drop a channel; all that came by it goes over to the heir, needed where there is any.

    Raises NotFound, Conflict where the heir is missing, Misuse where a channel would be its own.
    """
    channel = named(base, name)
    table = listing(base, channel)
    _number, called, *counts = next(iter(table.rows))
    target = named(base, heir) if heir else None
    if target == channel:
        raise Misuse(
            _("{name} can't be its own heir").format(name=called),
            hint=_("name another channel: --to CHANNEL"),
        )
    if any(counts) and target is None:
        raise Conflict(
            _("contacts, leads or sales came by {name}").format(name=called),
            hint=_("say which channel they are to have: --to CHANNEL"),
            table=table,
        )
    if target is None and base.one(SQL["paid_for"], {"channel": channel}):
        raise Conflict(
            _("money was spent on {name}").format(name=called),
            hint=_("say which channel it goes to: --to CHANNEL"),
        )
    values = {"channel": channel, "heir": target}
    for statement in _HAND_OVER:
        base.execute(SQL[statement], values)
    base.execute(SQL["drop"], values)
    heir_name = None if target is None else base.one(SQL["name"], {"channel": target})
    missed = readers.segments(base, FACTS, called)
    return Dropped(table, called, sum(counts), heir_name, missed)


def _free_name(base: Base, text: str, channel: int | None = None) -> str:
    name = clean_text(text, limit=LONGEST, required=True)
    if known(base, name) not in {None, channel}:
        if channel is None:
            hint = _("clientbase channel list shows them all")
        else:
            hint = _("two become one with: clientbase channel drop NAME --to HEIR")
        raise Conflict(_("there is a channel {name} already").format(name=name), hint=hint)
    return name
