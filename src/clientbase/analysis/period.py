"""The days that a report is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.errors import Misuse
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from datetime import date


class Period(NamedTuple):
    """From a first to a last day, both included; None is no bound."""

    first: date | None = None
    last: date | None = None

    def until(self, today: date) -> Period:
        """Return the period as far as it is known on a day: what came later does not count.

        Raises Misuse where it ends before it begins.
        """
        last = today if self.last is None else min(self.last, today)
        if self.first is not None and self.first > last:
            raise Misuse(
                _("the period would begin on {first} and end on {last}").format(
                    first=self.first, last=last
                ),
                hint=_("--from is the first day, --to the last, both included"),
            )
        return Period(self.first, last)

    def values(self) -> dict[str, str]:
        """Return the parameters `first` and `last` of a statement, ISO days."""
        return {
            "first": "0001-01-01" if self.first is None else self.first.isoformat(),
            "last": "9999-12-31" if self.last is None else self.last.isoformat(),
        }

    def note(self) -> str:
        """Say which days these are."""
        if self.first is None:
            return Sentence(_("Everything up to {last}."), last=self.last)
        return Sentence(_("From {first} to {last}."), first=self.first, last=self.last)
