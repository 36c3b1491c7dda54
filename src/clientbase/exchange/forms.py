"""Enquiries as a site's form sends them: JSON with a few keys that we know, and any others."""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from clientbase import clock
from clientbase.db import settings
from clientbase.errors import Ambiguous, ClientbaseError, FileTrouble, Refused
from clientbase.exchange import source
from clientbase.followup import steps
from clientbase.funnel import attributes, listing
from clientbase.funnel.enquiry import Caller
from clientbase.funnel.managers import LookedAfter
from clientbase.normal import clean_text, fold, shown
from clientbase.people import channels, points
from clientbase.people.attributes import LONGEST_NAME
from clientbase.table import Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.followup.steps import NextStep
    from clientbase.funnel.enquiry import Answer
    from clientbase.funnel.leads import NewLead

MOST_BYTES = 5_000_000
MOST_ITEMS = 10_000
DEEPEST = 10  # lists and objects inside each other

# What a key means, letter case, blanks and dashes aside. All others go into the note.
_KEYS = {
    "name": "name",
    "имя": "name",
    "phone": "phone",
    "телефон": "phone",
    "email": "email",
    "почта": "email",
    "channel": "channel",
    "канал": "channel",
    "message": "note",
    "сообщение": "note",
    "note": "note",
    "wants": "wants",
    "expects": "expects",
    "by": "by",
    "manager": "manager",
    "date": "date",
}
# Of these one form may bring several.
_SEVERAL = frozenset({"phone", "email", "note"})
_WHO = frozenset({"name", "phone", "email"})
_MOMENT = r"(.*\d)[T ]\d{1,2}:\d\d.*"  # a day with an hour behind it
_PROBLEMS = columns("item:number", "key", "value", "reason")


class Asked(NamedTuple):
    """What holds for enquiries that don't say it themselves, and what comes next for each.

    `unchecked` keeps wrong phones and e-mails, `taken_over` lets a manager take another's client.
    """

    new: NewLead
    then: NextStep | None = None
    unchecked: bool = False
    taken_over: bool = False


class Written(NamedTuple):
    """The leads that were written down, and what was known of each contact before."""

    table: Table
    answers: list[Answer]


class Fields(tuple[tuple[str, Any], ...]):
    """A JSON object: its keys and values in their order, the same key twice too."""

    __slots__ = ()


class _Problem(NamedTuple):
    item: int
    key: str
    value: str
    error: ClientbaseError

    def sentence(self) -> str:
        reason = self.error.message
        if not self.key:
            return Sentence(_("item {item}: {reason}"), item=self.item, reason=reason)
        told = _("item {item}, key {key}: {reason}")
        return Sentence(told, item=self.item, key=shown(self.key), reason=reason)


class _Form:
    """One enquiry: what it says by its meaning, and what is wrong with it."""

    def __init__(self, item: int, fields: Fields) -> None:
        """Sort what was sent."""
        self.item = item
        self.named = False
        self.said: dict[str, list[tuple[str, str]]] = {}
        self.problems: list[_Problem] = []
        for key, value in fields:
            self._take(key, value)

    def wrong(self, key: str, value: str, error: ClientbaseError) -> None:
        """Keep what is wrong with a value."""
        self.problems.append(_Problem(self.item, key, value, error))

    def read(self, meaning: str, reader: Callable[[str], Any]) -> Any:
        """Return what is said of something, None where nothing is or it is wrong."""
        texts = [text for _key, text in self.said.get(meaning, ())]
        if not texts:
            return None
        return self._checked(self.said[meaning][0][0], "\n".join(texts), reader)

    def each(self, meaning: str, check: Callable[[str], Any]) -> tuple[str, ...]:
        """Return all that is said of something as it was typed, after it was checked."""
        for key, text in self.said.get(meaning, ()):
            self._checked(key, text, check)
        return tuple(text for _key, text in self.said.get(meaning, ()))

    def _checked(self, key: str, text: str, reader: Callable[[str], Any]) -> Any:
        try:
            return reader(text)
        except ClientbaseError as error:
            self.wrong(key, text, error)
            return None

    def _take(self, key: str, value: Any) -> None:
        meaning = _KEYS.get(re.sub(r"[\s_-]+", "", fold(key)))
        if meaning is None:
            text = self._checked(key, "", lambda _text: _plain(value))
            if text:
                self.said.setdefault("note", []).append((key, f"{key.strip()}: {text}"))
            return
        for each in value if isinstance(value, list) and meaning in _SEVERAL else [value]:
            self._keep(meaning, key, each)

    def _keep(self, meaning: str, key: str, value: Any) -> None:
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        self.named = self.named or meaning in _WHO
        if not isinstance(value, str):
            self.wrong(key, "", Refused(_("a text or a number is needed here")))
            return
        kept = self.said.setdefault(meaning, [])
        if kept and meaning not in _SEVERAL:
            told = _("{first} says that already").format(first=shown(kept[0][0]))
            self.wrong(key, value, Refused(told))
        kept.append((key, value))


def read(name: str, stdin: IO[bytes] | None) -> list[Fields]:
    """Read JSON from a file, or from standard input where its name is `-`, as its objects.

    One object, an array of them, or one after another (JSON Lines). Raises FileTrouble where it
    can't be read, Refused for what is no JSON, no object, or too much.
    """
    try:
        with source.opened(name, stdin) as opened:
            if opened.size > MOST_BYTES:
                told = _("{file} has more than {most} MB")
                raise _too_much(told.format(file=opened.name, most=MOST_BYTES // 1_000_000))
            opened.file.seek(0)
            text = _decoded(opened.file.read(), opened.name)
    except FileTrouble as error:
        hint = _("name a file of JSON, or - for standard input")
        raise FileTrouble(error.message, hint=hint) from error
    items = list(_objects(text, opened.name))
    if len(items) > MOST_ITEMS:
        told = _("{file} holds {count} enquiries, {most} are the most")
        count, most = grouped(len(items)), grouped(MOST_ITEMS)
        raise _too_much(Sentence(told, file=opened.name, count=count, most=most))
    return items


def enquire(base: Base, items: Sequence[Fields], asked: Asked, today: date, who: str) -> Written:
    """Write enquiries down, all of them or none.

    Raises Refused for wrong values, with their places; and as `steps.enquire` does, with the
    place of the enquiry.
    """
    forms = [_Form(number, fields) for number, fields in enumerate(items, start=1)]
    understood = [_understood(base, form, asked, today) for form in forms]
    _refuse([problem for form in forms for problem in form.problems])
    answers = []
    for form, (caller, new) in zip(forms, understood, strict=True):
        try:
            answer, _planned = steps.enquire(base, caller, new, asked.then, today, who)
        except ClientbaseError as error:
            raise _placed(form.item, error) from error
        answers.append(answer)
    leads = [answer.lead_id for answer in answers]
    return Written(listing.written(base, leads, today), answers)


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("{file} is not UTF-8: byte {place} can't be read").format(
                file=name, place=grouped(error.start + 1)
            ),
            hint=_("JSON is sent as UTF-8"),
        ) from error


def _objects(text: str, name: str) -> Iterator[Fields]:
    """Yield the objects of a text, of arrays too, with numbers as they are written."""
    decoder = json.JSONDecoder(
        object_pairs_hook=Fields, parse_int=str, parse_float=str, parse_constant=str
    )
    place, number = _past_blanks(text, 0), 0
    while place < len(text):
        try:
            value, place = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            raise _no_json(name, error) from error
        except RecursionError as error:
            raise _too_deep() from error
        for item in value if isinstance(value, list) else [value]:
            number += 1
            if not isinstance(item, Fields):
                raise Refused(_("item {item} is no object").format(item=number), hint=_hint_json())
            yield item
        place = _past_blanks(text, place)


def _past_blanks(text: str, place: int) -> int:
    found = re.compile(r"\s*").match(text, place)
    return found.end() if found else place


def _understood(base: Base, form: _Form, asked: Asked, today: date) -> tuple[Caller, NewLead]:
    """Return who gets in touch and what is said; what is wrong is kept in the form."""
    country = settings.get(base, "country")

    def check_point(kind: str) -> Callable[[str], Any]:
        return lambda text: points.read(kind, text, country, unchecked=asked.unchecked)

    def read_expects(text: str) -> str:
        attributes.amount(base, text)
        return text

    said = {
        "day": form.read("date", lambda text: _past_day(text, today, country)),
        "channel": form.read("channel", _line(channels.LONGEST)),
        "manager": form.read("manager", _line(attributes.LONGEST_NAME)),
        "note": form.read("note", attributes.note),
        "wants": form.read("wants", _line(attributes.LONGEST_WANTS)),
        "expects": form.read("expects", read_expects),
        "by": form.read("by", lambda text: attributes.day(base, _bare_day(text), today)),
    }
    caller = Caller(
        form.read("name", _line(LONGEST_NAME)),
        form.each("phone", check_point("phone")),
        form.each("email", check_point("email")),
        unchecked=asked.unchecked,
        taken_over=asked.taken_over,
    )
    if not form.named:
        form.wrong("", "", _nobody())
    return caller, asked.new._replace(**{key: text for key, text in said.items() if text})


def _line(limit: int) -> Callable[[str], str]:
    """Return a reader of a text of one line: a form may have folded it."""
    return lambda text: clean_text(" ".join(text.split()), limit=limit)


def _bare_day(text: str) -> str:
    """Return a day without the hour that a form sends with it."""
    found = re.fullmatch(_MOMENT, text.strip())
    return found[1] if found else text


def _past_day(text: str, today: date, country: str) -> date:
    day = clock.read_day(_bare_day(text), today, country, lean="past")
    hint = Sentence(_("give a day until {today}"), today=today)
    clock.check_past(day, today, hint=hint)
    return day


def _plain(value: Any, depth: int = 0) -> str:
    """Return a value of a key that we don't know as a text for the note."""
    if depth > DEEPEST:
        raise _too_deep()
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Fields):
        inner = ((key, _plain(each, depth + 1)) for key, each in value)
        return ", ".join(f"{key}: {text}" for key, text in inner if text)
    if isinstance(value, list):
        return ", ".join(filter(None, (_plain(each, depth + 1) for each in value)))
    return str(value).strip()


def _refuse(problems: Sequence[_Problem]) -> None:
    """Raise Refused where something is wrong: in a sentence, or as a table where it is more."""
    if len(problems) == 1:
        raise Refused(problems[0].sentence(), hint=problems[0].error.hint)
    if problems:
        rows = [
            (problem.item, problem.key or None, problem.value or None, problem.error.message)
            for problem in problems
        ]
        told = ngettext("{count} value is wrong", "{count} values are wrong", len(rows))
        raise Refused(
            Sentence(told, count=grouped(len(rows))),
            hint=_("mend them and send all once more: nothing was written"),
            table=Table("problems", _PROBLEMS, rows),
        )


def _placed(item: int, error: ClientbaseError) -> ClientbaseError:
    """Return an error with the place of the enquiry that it is about."""
    hint = error.hint
    if isinstance(error, LookedAfter):
        hint = _("--anyway takes such clients over; nothing was written")
    elif isinstance(error, Ambiguous):
        hint = _("take it out, and write it down with: clientbase lead add --who NUMBER")
    message = _Problem(item, "", "", error).sentence()
    return type(error)(message, hint=hint, table=error.table)


def _nobody() -> Refused:
    return Refused(_("it is not said who got in touch"), hint=_("give a name, a phone or an email"))


def _too_much(message: str) -> Refused:
    return Refused(message, hint=_("send them in several parts"))


def _too_deep() -> Refused:
    return Refused(_("lists and objects lie too deep inside each other"), hint=_hint_json())


def _no_json(name: str, error: json.JSONDecodeError) -> Refused:
    told = _("{file} is no JSON from line {line}, column {column} on")
    return Refused(told.format(file=name, line=error.lineno, column=error.colno), hint=_hint_json())


def _hint_json() -> str:
    return _('send {"name": "Anna", "phone": "..."}, an array of such, or one a line')
