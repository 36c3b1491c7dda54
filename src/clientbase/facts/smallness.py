"""What is said of few clients, contacts or leads; nothing of none, or of many."""

from __future__ import annotations

from clientbase.words import Sentence, grouped, ngettext

SMALL = 50  # clients, contacts or leads: fewer are few


def notes(count: int) -> list[str]:
    """Say that few clients make figures that one of them can change."""
    told = ngettext(
        "With {count} client the base is small: one more sale may change all of this.",
        "With {count} clients the base is small: one more sale may change all of this.",
        count,
    )
    return _of_few(count, told)


def of_contacts(count: int) -> list[str]:
    """Say that there are few contacts."""
    told = ngettext(
        "With {count} contact shares say little.", "With {count} contacts shares say little.", count
    )
    return _of_few(count, told)


def of_leads(count: int) -> list[str]:
    """Say that there are few leads."""
    told = ngettext(
        "There is only {count} lead: percents may be chance.",
        "There are only {count} leads: percents may be chance.",
        count,
    )
    return _of_few(count, told)


def _of_few(count: int, told: str) -> list[str]:
    return [Sentence(told, count=grouped(count))] if 0 < count < SMALL else []
