"""Voiding: a sale or a refund that was recorded by mistake stays, and counts no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.clock import Day
from clientbase.db.connection import LARGEST
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, NotFound
from clientbase.funnel import leads
from clientbase.normal import LONGEST_REASON, clean_text, shown
from clientbase.sales import refunds, sales
from clientbase.words import Sentence, _

if TYPE_CHECKING:
    from clientbase.db.connection import Base
    from clientbase.funnel.leads import Step
    from clientbase.table import Table

SQL = statements(__file__)


class Voided(NamedTuple):
    """What was voided, and the lead that is open again, if the sale had won one."""

    table: Table
    reopened: int | None


def void(base: Base, sale_id: int | None, refund_ids: tuple[int, ...], step: Step) -> Voided:
    """Void a sale, or refunds, or both, on the day of the step, its note being the reason.

    The lead that the sale won is open again. Raises NotFound; Misuse where nothing is named;
    Conflict for what is voided already, for a sale that refunds hang on, and where more would
    have been given back to the contact than it paid.
    """
    reason = clean_text(step.note or "", limit=LONGEST_REASON)
    if not reason:
        raise Misuse(
            _("it is not said why it is void"), hint=_("add --reason and say it in your words")
        )
    if sale_id is None and not refund_ids:
        raise Misuse(
            _("it is not said what to void"),
            hint=_("type the number of a sale, or --refund with the number of a refund"),
        )
    marks = {"day": step.day.isoformat(), "reason": reason}
    whose = [_owner(base, "refund", number) for number in refund_ids]
    if sale_id is not None:
        whose.append(_owner(base, "sale", sale_id))
    too = _("void the refunds without a sale too: clientbase contact show {contact}")
    reopened = None
    with refunds.guarded(base, whose, too):
        for number in refund_ids:
            base.execute(SQL["void_refund"], {"id": number, **marks})
        if sale_id is not None:
            _refuse_hanging(base, sale_id)
            base.execute(SQL["void_sale"], {"id": sale_id, **marks})
            reopened = leads.reopen_won_by(base, sale_id, step._replace(note=reason))
    shown = refunds.rows(base, refund_ids) if sale_id is None else sales.row_of(base, sale_id)
    return Voided(shown, reopened)


def _owner(base: Base, table: str, number: int) -> int | None:
    row = base.execute(SQL[table], {"id": min(number, LARGEST)}).fetchone()
    if row is None and table == "sale":
        raise sales.no_sale(number)
    if row is None:
        raise NotFound(
            _("there is no refund {number}").format(number=shown(str(number))),
            hint=_("clientbase sale show SALE shows its refunds and their numbers"),
        )
    if row[2] is not None:
        sentence = (
            _("sale {number} was voided on {day} already")
            if table == "sale"
            else _("refund {number} was voided on {day} already")
        )
        raise Conflict(
            Sentence(sentence, number=number, day=Day(row[2])),
            hint=_("nothing is left to be done"),
        )
    contact: int | None = row[1]
    return contact


def _refuse_hanging(base: Base, sale_id: int) -> None:
    hanging = [number for (number,) in base.execute(SQL["refunds"], {"sale": sale_id})]
    if hanging:
        raise Conflict(
            _("money of sale {number} was given back").format(number=sale_id),
            hint=_("void that too: {options}").format(
                options=" ".join(f"--refund {number}" for number in hanging)
            ),
            table=refunds.rows(base, hanging),
        )
