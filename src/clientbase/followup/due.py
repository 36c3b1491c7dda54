"""What is to be done on a day: reminders typed by hand and made by rules, in one list."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.followup import reasons
from clientbase.people import managers, stops, ways
from clientbase.people.naming import about
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clientbase.db.connection import Base
    from clientbase.followup.occurrences import Occurrence
    from clientbase.table import Row

SQL = statements(__file__)

COLUMNS = columns(
    "reminder_id:id",
    "due_on:when",
    "days_overdue:number",
    "contact_id:id",
    "name",
    "thing",
    "phone:phone",
    "email:email",
    "how",
    "hours",
    "what",
    "why",
    "words",
    "worth:money",
)
# The number to say that it is done, whom to call, what for, when and why: a narrow screen shows
# them all. How, the hours and for how much come after them.
ESSENTIAL = (
    "reminder_id", "name", "phone", "what", "due_on", "why", "how", "hours", "worth",
)  # fmt: skip
MUST = 6


class _Found(NamedTuple):
    reminder_id: int | None
    due_on: str
    contact_id: int
    name: str
    thing: str | None
    phone: str | None
    email: str | None
    how: str | None
    preferred: str | None
    hours: str | None
    what: str
    worth: int
    manager: str | None
    happens_on: str
    every: str | None
    source: str | None
    repeats: str | None
    named: str | None
    origin: str | None
    by_hand: bool
    held: bool
    lead_id: int | None
    stage: str | None
    lost: bool
    asked: bool


def listing(
    base: Base, day: date, today: date, *, manager: str | None = None, mailed: bool = False
) -> Table:
    """Return what is to be done on a day and what was missed by then, the most overdue first.

    On a day to come it is the list of that day as things stand now: what rules will make until
    then has no number yet. With `manager`, in any letter case: that manager's contacts and leads
    alone. Raises NotFound for one whom no contact and no lead knows.

    Rules bother nobody too often. Of what they list for one contact the strongest is shown, and
    its reason names the others: the strongest is due first, on one day a birthday before a field,
    then by the older rule. For `contact.pause` days after it is done the contact's others are
    held back, and a note counts them, unless the contact has an open lead. What was typed or
    put off by hand is always shown and hides nothing. A pause of 0 shows each by itself.

    Left out, and counted in a note, is what would reach those who have left, or by a way that they
    have stopped, unless they asked for it themselves.

    A list that is `mailed` says nothing at all where nothing is to be done: a mail would come of
    it each morning.
    """
    pause = settings.get(base, "contact.pause")
    found = _found(base, *_open(base, day, today), day=day, pause=pause)
    if manager is not None:
        spelled = managers.spellings(base, manager)
        found = [each for each in found if each.manager in spelled]
    willing = _willing(base, found)
    shown = [each for each in willing if not each.held]
    table = _table(_gathered(shown) if pause else [[each] for each in shown], day)
    if mailed and not shown:
        return table
    held, silent = len(willing) - len(shown), len(found) - len(willing)
    aloud = [reasons.left_out(silent)] if silent else []
    notes = [reasons.held(held, pause)] if held else []
    empty = _("Nothing is due.") if notes or aloud else ""
    return table.but(notes=[*notes, *aloud], aloud=aloud, empty=empty)


def written(base: Base, ids: Sequence[int], today: date) -> Table:
    """Return reminders by number, open or closed, in that order, each by itself."""
    found = {each.reminder_id: each for each in _found(base, ids, day=today)}
    return _table([[found[number]] for number in ids], today)


def _open(base: Base, day: date, today: date) -> tuple[set[int], list[Occurrence]]:
    """Return what is listed by a day: numbers, and occurrences that have none yet."""
    ids = {number for (number,) in base.execute(SQL["listed"], {"day": day.isoformat()})}
    ahead: list[Occurrence] = []
    if day > today:
        from clientbase.followup import occurrences

        for each in occurrences.drift(base, day):
            if each.reminder_id is None:
                ahead.append(each)
            else:
                ids.discard(each.reminder_id)
    return ids, ahead


def _found(
    base: Base,
    ids: Iterable[int],
    ahead: Sequence[Occurrence] = (),
    *,
    day: date,
    pause: int = 0,
) -> list[_Found]:
    unnumbered = [(each.rule_id, each.contact_id, each.thing_id, each.due_on) for each in ahead]
    items = {"ids": json.dumps(list(ids)), "ahead": json.dumps(unnumbered)}
    values = {**items, "day": day.isoformat(), "pause": pause}
    return [_Found(*row) for row in base.execute(SQL["rows"], values)]


def _willing(base: Base, found: Sequence[_Found]) -> list[_Found]:
    """Leave those who may be reached so; how they like it counts until they have stopped it."""
    said = stops.silent(base, ((each.contact_id, each.how) for each in found))
    liked = stops.silent(
        base, ((each.contact_id, ways.known(each.preferred or "")) for each in found)
    )
    return [
        each._replace(preferred=None) if place in liked else each
        for place, each in enumerate(found)
        if each.asked or place not in said
    ]


def _gathered(found: Iterable[_Found]) -> list[list[_Found]]:
    """Put behind the strongest of what rules made for a contact the others it is to name."""
    rows: list[list[_Found]] = []
    strongest: dict[int, list[_Found]] = {}
    for each in found:
        if each.by_hand:
            rows.append([each])
        elif each.contact_id in strongest:
            strongest[each.contact_id].append(each)
        else:
            strongest[each.contact_id] = [each]
            rows.append(strongest[each.contact_id])
    return rows


def _table(groups: Iterable[Sequence[_Found]], day: date) -> Table:
    rows = [_cells(shown, _told(shown, named, day), day) for shown, *named in groups]
    return Table("reminders", COLUMNS, rows, as_of=day.isoformat(), essential=ESSENTIAL, must=MUST)


def _cells(each: _Found, why: str, day: date) -> Row:
    return (
        each.reminder_id,
        each.due_on,
        max(0, (day - date.fromisoformat(each.due_on)).days),
        each.contact_id,
        each.name,
        each.thing,
        each.phone,
        each.email,
        each.how or each.preferred,
        each.hours,
        about(each.thing, each.what),
        why,
        None,  # the words of scripts have their place in this list
        each.worth,
    )


def _told(shown: _Found, named: Sequence[_Found], day: date) -> str:
    """Return why one is shown, and what else there would be to say."""
    told = [_why(shown, day)]
    for each in named:
        why = _why(each, day)
        # Two rules may look at one day: what the second asks for tells them apart.
        told.append(about(each.thing, each.what if why in told else why))
    return reasons.also(told[0], told[1:])


def _why(each: _Found, day: date) -> str:
    if each.lead_id is not None and each.stage is not None:
        if each.lost:
            return reasons.lost(each.lead_id)
        return reasons.next_step(each.lead_id, each.stage)
    if each.source is None:
        return reasons.typed(each.every)
    happens_on = date.fromisoformat(each.happens_on)
    if each.source == "birthday":
        return reasons.birthday(happens_on, day, each.origin)
    since = each.origin if each.repeats == "yearly" else None
    return reasons.named_day(each.named or "", happens_on, day, since)
