"""The report on the quality of the base: what is missing or wrong, and how to list it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.analysis.shares import percent
from clientbase.db import settings
from clientbase.db.statements import statements
from clientbase.facts.reading import read
from clientbase.people.choosing import MISSING
from clientbase.table import Bars, Table, columns
from clientbase.words import N_, Number, Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientbase.db.connection import Base
    from clientbase.table import Row

SQL = statements(__file__)

COLUMNS = columns("check", "what", "count:number", "of:number", "share:percent", "command")
FIELDS = columns("field", "of", "filled:number", "total:number", "share:percent")
DAYS = columns("day:date", "weekday")
WATCH = columns("measure", "percent:percent", "checks:number")
PROGRAM = "clientbase"
# Weekdays by their number, Monday is 0.
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# What contacts should have; the other attributes are looked at in the table of the fields.
_WANTED = {
    "phone": N_("contacts without a phone"),
    "email": N_("contacts without an e-mail address"),
    "birthday": N_("contacts without a birthday"),
    "channel": N_("contacts without the channel that brought them"),
    "manager": N_("contacts whom nobody looks after"),
}
_LACKING = ("contact", "list", "--missing")


class _Check(NamedTuple):
    """Something that is wrong so often, of how many, and the words of the command that lists it."""

    name: str
    what: str
    wrong: int
    of: int
    words: tuple[str, ...]

    def row(self) -> Row:
        """Return it as the report shows it."""
        share = percent(self.wrong, self.of)
        return self.name, self.what, self.wrong, self.of, share, _typed(*self.words)


def report(base: Base, today: date) -> Table:
    """Return what is missing or wrong as of a day, each with the command that lists it.

    With tables of how full each field is, of the working days without an entry, and of the
    percent to watch. The commands list how it is today.
    """
    contacts = _contacts(base, today)
    fields = read(base, ("contact_id",), today, SQL["fields"]).fetchall()
    missed, worked = _days(base, today)
    checks = [
        *_of_contacts(contacts, fields),
        *_of_deeds(base, today),
        _Check(
            "days_without_entry",
            _("working days on which nothing was entered"),
            len(missed),
            worked,
            ("report", "quality", "--table", "days"),
        ),
    ]
    rows = [check.row() for check in checks]
    table = Table("quality", COLUMNS, rows if any(check.of for check in checks) else [])
    table.as_of = today.isoformat()
    table.keys = ("check", "what", "command")
    table.essential = ("what", "count", "share", "command")
    table.empty = _("There is nothing in the base yet; begin with: clientbase lead add NAME")
    in_order, counted = _percent(checks)
    table.notes = _notes(base, in_order, counted)
    table.tables["watch"] = _watch(in_order, counted)
    table.tables["fields"] = _fields(contacts, fields)
    table.tables["days"] = Table(
        "days",
        DAYS,
        [(day.isoformat(), _WEEKDAYS[day.weekday()]) for day in missed],
        title=_("Working days without an entry"),
        empty=_("None."),
    )
    return table


def _contacts(base: Base, today: date) -> dict[str, int]:
    cursor = read(base, ("contact_id",), today, SQL["contacts"])
    names = [column[0] for column in cursor.description]
    return {name: count or 0 for name, count in zip(names, cursor.fetchone(), strict=True)}


def _of_contacts(counts: dict[str, int], fields: Iterable[Any]) -> list[_Check]:
    contacts = counts["contacts"]
    found = [
        _Check(
            f"contacts_without_{name}",
            _(what),
            counts[f"no_{name}"],
            contacts,
            (*_LACKING, name),
        )
        for name, what in _WANTED.items()
    ]
    told = _("contacts whom one can't reach: no phone, no e-mail, no messenger")
    no_point = (*_LACKING, "phone", "--missing", "email", "--missing", "messenger")
    found.append(_Check("contacts_unreachable", told, counts["unreachable"], contacts, no_point))
    told = _("contacts with a phone or e-mail that was kept though it is wrong")
    kept = ("contact", "list", "--unchecked")
    found.append(_Check("contacts_unchecked", told, counts["unchecked"], contacts, kept))
    for name, kind, required, _things, filled in fields:
        if required and kind is None:
            code = f"contacts_without_{name}"
            told = _("contacts without the field {name}, which is required").format(name=name)
            found.append(_Check(code, told, contacts - filled, contacts, (*_LACKING, name)))
    return found


def _of_deeds(base: Base, today: date) -> list[_Check]:
    values = {"today": today.isoformat()}
    sales, nobodys = base.execute(SQL["sales"], values).fetchone()
    first, leadless = base.execute(SQL["first_sales"], values).fetchone()
    leads, stepless = base.execute(SQL["leads"], values).fetchone()
    return [
        _Check(
            "sales_without_contact",
            _("sales without a contact"),
            nobodys,
            sales,
            ("sale", "list", "--nobody"),
        ),
        _Check(
            "first_sales_without_lead",
            _("first sales before which there was no lead"),
            leadless,
            first,
            ("sale", "list", "--no-lead"),
        ),
        _Check(
            "leads_without_next_step",
            _("open leads without a next step"),
            stepless,
            leads,
            ("lead", "list", "--no-next-step"),
        ),
    ]


def _days(base: Base, today: date) -> tuple[list[date], int]:
    """Return the working days without an entry, and how many working days there were.

    A weekday is worked if half of such days had an entry. The day itself is not over yet.
    """
    begins = base.one(SQL["begins"])
    last = today - timedelta(1)
    first = today - timedelta(settings.get(base, "quality.days"))
    if begins is None or date.fromisoformat(begins) > last:
        return [], 0
    first = max(first, date.fromisoformat(begins))
    values = {"first": first.isoformat(), "last": last.isoformat()}
    entered = {date.fromisoformat(day) for (day,) in base.execute(SQL["days"], values)}
    whole = [first + timedelta(n) for n in range((last - first).days + 1)]
    worked = []
    for weekday in range(len(_WEEKDAYS)):
        such = [day for day in whole if day.weekday() == weekday]
        if such and 2 * len(entered.intersection(such)) >= len(such):
            worked += such
    return sorted(set(worked) - entered), len(worked)


def _percent(checks: Iterable[_Check]) -> tuple[float | None, int]:
    """Return the mean share of what is in order, and of how many checks it is."""
    fine = [100 - 100 * check.wrong / check.of for check in checks if check.of]
    return (sum(fine) / len(fine) if fine else None), len(fine)


def _watch(percent: float | None, counted: int) -> Table:
    rows = [] if percent is None else [("in_order", percent, counted)]
    title = _("The percent to watch")
    return Table("watch", WATCH, rows, title=title, keys=("measure",))


def _fields(counts: dict[str, int], fields: Iterable[Any]) -> Table:
    total = counts["contacts"]
    rows: list[tuple[str, str, int, int]] = [
        (name, "contact", total - counts[f"no_{name}"], total) for name in MISSING
    ]
    for name, kind, _required, things, filled in fields:
        rows.append((name, kind or "contact", filled, total if kind is None else things))
    told = [(*row, percent(row[2], row[3])) for row in rows if row[3]]
    table = Table("fields", FIELDS, told, title=_("How full each field is"))
    table.keys, table.picture = ("field", "of"), Bars("field", ("share",))
    if told:
        table.notes = [_("Who lacks one: clientbase contact list --missing FIELD.")]
    if any(kind for _name, kind, *_rest in fields):
        table.notes.append(
            _("What of a kind lacks one: clientbase thing list --kind KIND --missing FIELD.")
        )
    return table


def _typed(*words: str) -> str:
    import shlex

    return shlex.join((PROGRAM, *words))


def _notes(base: Base, percent: float | None, counted: int) -> list[str]:
    days = settings.get(base, "quality.days")
    told = ngettext(
        "Working days of the last {days} day: weekdays of which half had an entry at least.",
        "Working days of the last {days} days: weekdays of which half had an entry at least.",
        days,
    )
    found: list[str] = [Sentence(told, days=grouped(days))]
    found.append(_("The commands list how it is today."))
    if percent is None:
        return found
    told = ngettext(
        "To watch: {percent}% is in order, which is the mean of {count} check.",
        "To watch: {percent}% is in order, which is the mean of {count} checks.",
        counted,
    )
    return [Sentence(told, percent=Number(f"{percent:.1f}"), count=grouped(counted)), *found]
