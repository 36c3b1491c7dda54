"""What is typed about an enquiry, made fit to be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase import clock
from clientbase.db import settings
from clientbase.errors import Refused
from clientbase.normal import LONGEST_REMARK, optional_text
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base

LONGEST_WANTS = 300
LONGEST_NAME = 100
EMPTY: dict[str, Any] = dict.fromkeys(
    ("wants", "expects", "expected_by", "channel_id", "manager", "note")
)


class Said(NamedTuple):
    """What was typed about an enquiry: None is not said, empty text is nothing.

    `wants` is what they want, `expects` the amount that it may bring, `by` the day until which.
    """

    wants: str | None = None
    expects: str | None = None
    by: str | None = None
    channel: str | None = None
    manager: str | None = None
    note: str | None = None


def read(base: Base, said: Said, today: date) -> dict[str, Any]:
    """Return the columns of what was said. Raises Refused for what can't be kept."""
    row: dict[str, Any] = {}
    if said.wants is not None:
        row["wants"] = optional_text(said.wants, limit=LONGEST_WANTS)
    if said.expects is not None:
        row["expects"] = amount(base, said.expects)
    if said.by is not None:
        row["expected_by"] = day(base, said.by, today)
    if said.channel is not None:
        row["channel_id"] = _channel(base, said.channel.strip())
    if said.manager is not None:
        row["manager"] = optional_text(said.manager, limit=LONGEST_NAME)
    if said.note is not None:
        row["note"] = note(said.note)
    return row


def note(text: str | None) -> str | None:
    """Return a note as it is kept, or None for an empty one. Raises Refused."""
    return optional_text(text, limit=LONGEST_REMARK, lines=True)


def amount(base: Base, text: str) -> int | None:
    """Return a typed amount in minor units, None for an empty text. Raises Refused."""
    return settings.amount(base, text) if text.strip() else None


def day(base: Base, text: str, today: date) -> str | None:
    """Return a typed day, in doubt one to come, None for an empty text. Raises Refused."""
    if not text.strip():
        return None
    return clock.read_day(text, today, settings.get(base, "country")).isoformat()


def check_expected(expected_by: str | None, opened_on: str) -> None:
    """Refuse an enquiry that is expected to be settled before it was made."""
    if expected_by is not None and expected_by < opened_on:
        raise Refused(
            Sentence(
                _("{by} is before the enquiry of {day}"),
                by=clock.Day(expected_by),
                day=clock.Day(opened_on),
            ),
            hint=_("--by is the day until which the sale is expected"),
        )


def _channel(base: Base, name: str) -> int | None:
    if not name:
        return None
    from clientbase.people import channels

    return channels.channel_id(base, name)
