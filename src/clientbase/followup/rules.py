"""Rules of reminders: birthdays and date fields, each year or once, some days before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase.clock import Span
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, NotFound, Refused
from clientbase.followup import occurrences
from clientbase.followup.reminders import LONGEST, known_way
from clientbase.normal import clean_text, fold, shown
from clientbase.people import fields
from clientbase.table import Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base

SQL = statements(__file__)

LONGEST_NAME = 60
FURTHEST = 365  # days before
LONGEST_LISTED = 364  # days after: a yearly day gives way to the next one
COLUMNS = columns(
    "rule_id:id",
    "name",
    "source",
    "field",
    "of",
    "repeats",
    "every",
    "days_before:number",
    "expires_after:number",
    "what",
    "how",
    "asked:flag",
    "made_on:date",
    "open:number",
)
# Days after which nobody needs to be told of a birthday that was missed.
EXPIRY = 14
SOON = 30
NEVER = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Source:
    """Which day a rule looks at: birthdays, or the date field of this name; each year or once.

    The field is of contacts, or of a kind of things. Not said, birthdays come each year and
    fields once.
    """

    birthday: bool = False
    field: str | None = None
    yearly: bool | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What the owner said of a rule: None is not said.

    `days_before` and `expires_after` are days; `what` is to be done, `how` as in reminders. By
    `every` the date of the field moves on when that is done; NEVER takes it back. What the clients
    `asked` for is listed though they do not wish to be reached otherwise.
    """

    name: str | None = None
    days_before: int | None = None
    expires_after: int | None = None
    what: str | None = None
    how: str | None = None
    every: Span | None = None
    asked: bool | None = None


class Made(NamedTuple):
    """A new rule's number and name, and what it makes due today and in the SOON days after it."""

    rule_id: int
    name: str
    coming: occurrences.Coming


def add(base: Base, source: Source, said: Said, today: date) -> Made:
    """Make a rule, and tell how much it makes due.

    What comes each year is looked for from today on; what comes once is due though its day is
    past, as far as it has not expired.
    Yearly it expires EXPIRY days after its day if not said otherwise, once never. Raises Conflict
    where the name is taken, NotFound for an unknown field or kind, Refused for a field that is no
    date, Misuse for a source, days, a way or an `every` that can't be.
    """
    _check_source(source)
    name = _free_name(base, said.name or "")
    field = None if source.field is None else _date_field(base, source.field, source.of)
    yearly = source.birthday if source.yearly is None else source.yearly
    kept = {
        "days_before": 0,
        "expires_after": EXPIRY if yearly else None,
        "what": name if field else _("wish a happy birthday"),
        "how": None,
        "every": None,
        "asked": False,
        "repeats": "yearly" if yearly else "once",
    }
    values = _changed(kept, said) | {
        "name": name,
        "name_key": fold(name),
        "source": "field" if field else "birthday",
        "field": field.id if field else None,
        "repeats": kept["repeats"],
        "made_on": today.isoformat(),
    }
    rule_id = int(base.one(SQL["add"], values))
    return Made(rule_id, name, occurrences.coming(base, rule_id, today, SOON))


def edit(base: Base, name: str, said: Said) -> int:
    """Change what is said of a rule (its source and rhythm stay) and return its number.

    Open reminders that it made say so at once. Raises as `add` does, and NotFound.
    """
    rule_id = number(base, name)
    row = base.execute(SQL["listing"], {"rule": rule_id}).fetchone()
    kept = dict(zip((column.name for column in COLUMNS), row, strict=True))
    renamed = kept["name"] if said.name is None else _free_name(base, said.name, rule_id)
    values = _changed(kept, said) | {"id": rule_id, "name": renamed, "name_key": fold(renamed)}
    base.execute(SQL["edit"], values)
    base.execute(SQL["reword"], values)
    return rule_id


def drop(base: Base, name: str, today: date, *, sure: bool = False) -> tuple[Table, int]:
    """Drop a rule with the open reminders it made; return what it was and how many went.

    Those put off stay. Raises NotFound, and Misuse where reminders would go and nobody is `sure`.
    """
    rule_id = number(base, name)
    was = listing(base, rule_id)
    base.execute(SQL["drop"], {"id": rule_id, "today": today.isoformat()})
    gone = base.execute(SQL["drop_open"], {"id": rule_id}).rowcount
    if gone and not sure:
        told = ngettext(
            "{name} would take {count} open reminder along",
            "{name} would take {count} open reminders along",
            gone,
        )
        raise Misuse(
            Sentence(told, name=shown(name), count=grouped(gone)),
            hint=_("--yes does it, --dry-run only shows the rule"),
        )
    return was, gone


def listing(base: Base, rule_id: int | None = None) -> Table:
    """Return the rules, or one of them, dropped or not, with their open reminders counted."""
    rows = base.execute(SQL["listing"], {"rule": rule_id}).fetchall()
    return Table(
        "reminder_rules",
        COLUMNS,
        rows,
        essential=("name", "source", "field", "days_before", "what", "open"),
        empty=_("There are no rules yet."),
    )


def number(base: Base, name: str) -> int:
    """Return the number of the rule of a name, in any letter case. Raises NotFound."""
    found = known(base, name)
    if found is not None:
        return found
    from clientbase.nearest import meant

    names = [text for _rule_id, text in base.execute(SQL["all"])]
    raise NotFound(
        _("there is no rule {name}").format(name=shown(name)),
        hint=meant(name, names, _("clientbase remind rule list shows them all")),
    )


def known(base: Base, name: str) -> int | None:
    """Return the number of the rule of a name, in any letter case, or None."""
    found = (number for number, text in base.execute(SQL["all"]) if fold(text) == fold(name))
    return next(found, None)


def _check_source(source: Source) -> None:
    if source.birthday == (source.field is not None):
        raise Misuse(
            _("it is not clear which day the rule looks at"),
            hint=_("give one of --birthday and --field NAME"),
        )
    if source.birthday and source.of is not None:
        raise Misuse(
            _("only contacts have birthdays of their own"),
            hint=_("such as: --field born --of pet --yearly"),
        )
    if source.birthday and source.yearly is False:
        raise Misuse(_("a birthday comes each year"), hint=_("leave --once out"))


def _changed(kept: dict[str, Any], said: Said) -> dict[str, Any]:
    before, expiry = said.days_before, said.expires_after
    return {
        "days_before": kept["days_before"] if before is None else _before(before),
        "expires_after": kept["expires_after"] if expiry is None else _expiry(expiry),
        "what": kept["what"] if said.what is None else _what(said.what),
        "how": known_way(said.how) or kept["how"],
        "every": _every(said.every, kept),
        "asked": kept["asked"] if said.asked is None else said.asked,
    }


def _every(every: Span | None, kept: dict[str, Any]) -> str | None:
    if every is None or every == NEVER:
        return kept["every"] if every is None else None
    if kept["repeats"] == "yearly":
        raise Misuse(
            _("what comes each year does not move on"),
            hint=_("leave --every out, or take a field whose date comes once"),
        )
    return every.text()


def _free_name(base: Base, text: str, rule_id: int | None = None) -> str:
    name = clean_text(text, limit=LONGEST_NAME, required=True)
    taken = [other for other, known in base.execute(SQL["all"]) if fold(known) == fold(name)]
    if taken and taken != [rule_id]:
        raise Conflict(
            _("the rule {name} is there already").format(name=name),
            hint=_("choose another name, or see: clientbase remind rule list"),
        )
    return name


def _date_field(base: Base, name: str, of: str | None) -> fields.Field:
    kind = fields.of_kind(base, of)
    other = fields.elsewhere(base, name) if kind is None else None
    if other is not None:
        raise NotFound(
            _("contacts have no field {name}").format(name=shown(name)),
            hint=_("{kind} has one: add --of {kind}").format(kind=other.name),
        )
    field = fields.named(base, name, kind)
    if field.type != "date":
        raise Refused(
            _("the field {name} is no date: its type is {type}").format(
                name=field.name, type=field.type
            ),
            hint=_("make one with: clientbase field add NAME --type date"),
        )
    return field


def _what(text: str) -> str:
    return clean_text(text, limit=LONGEST, required=True)


def _before(days: int) -> int:
    return _days("--before", days, 0, FURTHEST)


def _expiry(days: int) -> int:
    return _days("--expires", days, 1, LONGEST_LISTED)


def _days(option: str, days: int, least: int, most: int) -> int:
    if least <= days <= most:
        return days
    raise Misuse(
        _("{option} can't be {days}").format(option=option, days=days),
        hint=_("give a number of days from {least} to {most}").format(least=least, most=most),
    )
