"""What is said of few clients, contacts or leads; nothing of none, or of many."""

from __future__ import annotations

from clientbase.words import Sentence, grouped, ngettext

SMALL = 50  # clients, contacts or leads: fewer are few


def notes(count: int) -> list[str]:
    """Say that few clients make figures that one of them can change."""
    if not 0 < count < SMALL:
        return []
    told = ngettext(
        "With {count} client the base is small: one more sale may change all of this.",
        "With {count} clients the base is small: one more sale may change all of this.",
        count,
    )
    return [Sentence(told, count=grouped(count))]


def of_contacts(count: int) -> list[str]:
    """Say that there are few contacts."""
    if not 0 < count < SMALL:
        return []
    told = ngettext(
        "With {count} contact shares say little.", "With {count} contacts shares say little.", count
    )
    return [Sentence(told, count=grouped(count))]


def of_leads(count: int) -> list[str]:
    """Say that there are few leads."""
    if not 0 < count < SMALL:
        return []
    told = ngettext(
        "There is only {count} lead: percents may be chance.",
        "There are only {count} leads: percents may be chance.",
        count,
    )
    return [Sentence(told, count=grouped(count))]
