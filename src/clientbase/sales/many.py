"""The sales of an evening: recorded together, all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.errors import ClientbaseError, Conflict, Misuse, NotFound, Refused
from clientbase.sales import sales
from clientbase.table import Table, columns
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from clientbase.db.connection import Base
    from clientbase.sales.sales import Buyer, NewSale, Recorded

# What is wrong with a line, and not with the base or the machine.
MENDABLE = (Conflict, Misuse, NotFound, Refused)

COLUMNS = columns("line:number", "reason", "hint")
FEW = 5  # candidates that a reason names


class Draft(NamedTuple):
    """A line: who buys what, or why it can't be read."""

    line: int
    sale: tuple[Buyer, NewSale] | ClientbaseError


class Evening(NamedTuple):
    """Sales that were recorded together: their rows, and each of them."""

    table: Table
    done: list[Recorded]


def record(base: Base, drafts: Iterable[Draft], today: date, who: str) -> Evening:
    """Record a sale a line, in their order.

    Raises Refused where lines are wrong, with the number of each and the reason in its table.
    """
    done: list[Recorded] = []
    bad: list[tuple[int, str, str]] = []
    for draft in drafts:
        try:
            done.append(_recorded(base, draft, today, who))
        except MENDABLE as error:
            bad.append((draft.line, _reason(error), error.hint))
    if bad:
        raise Refused(
            Sentence(
                ngettext(
                    "{count} line is wrong, and nothing was recorded",
                    "{count} lines are wrong, and nothing was recorded",
                    len(bad),
                ),
                count=grouped(len(bad)),
            ),
            hint=_("mend what is wrong, and send all lines again"),
            table=Table("lines", COLUMNS, bad),
        )
    rows = [row for each in done for row in each.table.rows]
    return Evening(Table("sales", sales.COLUMNS, rows, essential=sales.ESSENTIAL), done)


def _recorded(base: Base, draft: Draft, today: date, who: str) -> Recorded:
    """Record the sale of a line; of one that is wrong nothing stays, so that the rest is tried."""
    if isinstance(draft.sale, ClientbaseError):
        raise draft.sale
    buyer, new = draft.sale
    base.execute("savepoint line")
    try:
        return sales.record(base, buyer, new, today, who)
    except MENDABLE:
        base.execute("rollback to line")
        raise
    finally:
        base.execute("release line")


def _reason(error: ClientbaseError) -> str:
    """Return what is wrong, with the numbers of those who may be meant."""
    rows = [] if error.table is None else list(error.table.rows)
    if not rows:
        return error.message
    numbers = ", ".join(str(row[0]) for row in rows[:FEW]) + (", …" if len(rows) > FEW else "")
    return f"{error.message}: {numbers}"
