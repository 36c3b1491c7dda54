"""What commands of several nouns say when they are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW = 5  # contacts or reminders that a sentence tells by their numbers


def namesakes(others: Sequence[int]) -> list[str]:
    """Say which other contacts have the same name, the first few by their numbers."""
    if not others:
        return []
    return [Sentence(_("Contacts of the same name: {numbers}."), numbers=listed(others))]


def listed(numbers: Sequence[int], count: int | None = None) -> str:
    """Return the first few of some numbers, and how many there are beside them.

    `count` tells how many there are where `numbers` are not all of them.
    """
    named = ", ".join(map(str, numbers[:FEW]))
    rest = (len(numbers) if count is None else count) - len(numbers[:FEW])
    if rest <= 0:
        return named
    return Sentence(_("{named} and {rest} more"), named=named, rest=grouped(rest))


def stepless(lead: int) -> str:
    """Say that nothing is planned for a lead that is open again: closing it skipped that."""
    told = _("It has no next step; plan one: clientbase lead edit {number} --next TEXT --on DAY")
    return told.format(number=lead)


def skipped(reminders: Sequence[int]) -> list[str]:
    """Say which reminders a lead that is closed needs no more."""
    if not reminders:
        return []
    sentence = ngettext(
        "Its next step is skipped: reminder {numbers}.",
        "Its next steps are skipped: reminders {numbers}.",
        len(reminders),
    )
    return [sentence.format(numbers=", ".join(map(str, reminders)))]
