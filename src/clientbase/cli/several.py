"""One contact, or several whose WHO come by standard input: changed in one go, then shown."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientbase.cli import stdin
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.cli.session import Session
    from clientbase.db.connection import Base
    from clientbase.people.several import Named
    from clientbase.table import Table


@dataclass(slots=True)
class Change:
    """A change of some contacts: inside `base`'s one transaction, `table` is what it is to show.

    No table is the rows of the contacts.
    """

    base: Base
    named: Named
    dry_run: bool
    table: Table | None = None

    @property
    def contacts(self) -> list[int]:
        """Whom it changes."""
        return self.named.contacts

    @property
    def many(self) -> bool:
        """Whether they came by standard input."""
        return self.named.many

    def told(self, one: str) -> list[str]:
        """Return what was done: a sentence about the one contact, or how many they are."""
        count = len(self.contacts)
        if not count:
            return [_("Nobody is named; nothing is changed.")]
        if self.dry_run:
            text = ngettext(
                "{count} contact would be changed.", "{count} contacts would be changed.", count
            )
            return [Sentence(text, count=grouped(count))]
        if self.many:
            text = ngettext("{count} contact is changed.", "{count} contacts are changed.", count)
            return [Sentence(text, count=grouped(count))]
        return [one.format(contact=self.contacts[0])] if one else []


@contextlib.contextmanager
def changing(run: Session, who: str, *, dry_run: bool = False) -> Iterator[Change]:
    """Open the one transaction of a command on those named by WHO, and show what it came to.

    A dry run shows the same rows, and takes everything back.
    """
    from clientbase.people import several

    text = _typed(run) if who == stdin.NAME else None  # before the lock, which others wait for
    with run.writing(dry_run=dry_run) as base:
        named = several.one(base, who) if text is None else several.named(base, text)
        change = Change(base, named, dry_run)
        yield change
        if dry_run:
            change.table = _read(change.table or _rows(run, change))
    run.show(change.table or _rows(run, change))


def _rows(run: Session, change: Change) -> Table:
    from clientbase.facts import listing

    return listing.contacts(run.base, run.today, ids=change.contacts)


def _read(table: Table) -> Table:
    return table.but(rows=list(table.rows), count=None)


def _typed(run: Session) -> str:
    hint = _("name one contact, or give their list in a pipe")
    return stdin.text(stdin.invited(run, _("Type a WHO a line; Ctrl-D ends."), hint).read())
