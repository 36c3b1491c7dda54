"""What the commands that drop something ask first, and say afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.errors import Misuse
from clientbase.normal import shown
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.people.readers import Dropped


def make_sure(name: str, would: str, hint: str, *, yes: bool) -> None:
    """Refuse to drop what is named without --yes; `would` says what would go."""
    if not yes:
        raise Misuse(would.format(name=shown(name)), hint=hint)


def dropped(done: Dropped, *, would: str, went: str, dry_run: bool) -> list[str]:
    """Say that a channel or a stage is gone, or would be, and which segments miss it.

    `would` and `went` say so where something goes to the heir.
    """
    if done.moved:
        told = would if dry_run else went
    else:
        told = _("{name} would be dropped.") if dry_run else _("{name} is dropped.")
    said = Sentence(told, name=done.name, count=grouped(done.moved), heir=done.heir)
    return [said, *missed(done.segments)]


def missed(segments: Sequence[str]) -> list[str]:
    """Say which segments name a channel, a stage or a product that is called so no more."""
    if not segments:
        return []
    sentence = ngettext(
        "A segment names it in its rule and finds it no more: {names}.",
        "Segments name it in their rules and find it no more: {names}.",
        len(segments),
    )
    return [sentence.format(names=", ".join(segments))]


def taken_along(count: int, *, dry_run: bool) -> str:
    """Say how many open reminders go with what is dropped."""
    if dry_run:
        told = ngettext(
            "It would take {count} open reminder along.",
            "It would take {count} open reminders along.",
            count,
        )
    else:
        told = ngettext(
            "It took {count} open reminder along.", "It took {count} open reminders along.", count
        )
    return Sentence(told, count=grouped(count))
