"""What an import of sales tells about rows that are out of the ordinary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.words import Sentence, grouped, ngettext

if TYPE_CHECKING:
    from clientbase.exchange.bills import Bills
    from clientbase.exchange.known import Known
    from clientbase.exchange.saleswriter import SalesWriter


def recorded(writer: SalesWriter, below_zero: int) -> list[str]:
    """Return in words which unusual sales and refunds were recorded."""
    done = writer.done
    texts = [
        (
            done.walk_ins,
            ngettext(
                "{count} sale without a contact: in the totals of the shop and in no client's",
                "{count} sales without a contact: in the totals of the shop and in no client's",
                done.walk_ins,
            ),
        ),
        (
            done.refunds_of_nobody,
            ngettext(
                "{count} refund without a contact",
                "{count} refunds without a contact",
                done.refunds_of_nobody,
            ),
        ),
        (
            done.gifts,
            ngettext(
                "{count} sale of amount 0 (a gift): recorded, counted as an order",
                "{count} sales of amount 0 (gifts): recorded, counted as orders",
                done.gifts,
            ),
        ),
        (
            below_zero,
            ngettext(
                "{count} row with a price below zero: taken as money given back",
                "{count} rows with a price below zero: taken as money given back",
                below_zero,
            ),
        ),
    ]
    return _counted(texts)


def left_out(bills: Bills) -> list[str]:
    """Return in words which rows made no sale of their own."""
    texts = [
        (
            bills.write_offs,
            ngettext(
                "{count} row of a negative quantity at price 0 (a write-off) left out",
                "{count} rows of negative quantities at price 0 (write-offs) left out",
                bills.write_offs,
            ),
        ),
        (
            bills.repeated,
            ngettext(
                "{count} row repeats its sale in every cell: taken once",
                "{count} rows repeat their sales in every cell: taken once",
                bills.repeated,
            ),
        ),
        (
            bills.several_days,
            ngettext(
                "{count} row has another day than its sale: the earliest counts",
                "{count} rows have other days than their sales: the earliest counts",
                bills.several_days,
            ),
        ),
    ]
    return _counted(texts)


def known(found: Known, won: int, skipped: int) -> list[str]:
    """Return in words what the base knew already, and what was won and skipped of leads."""
    different = ngettext(
        "{count} reference is in the base with other content, and was not changed: {refs}",
        "{count} references are in the base with other content, and were not changed: {refs}",
        found.different,
    )
    texts = [
        (
            found.count,
            ngettext(
                "{count} sale or refund was in the base already",
                "{count} sales and refunds were in the base already",
                found.count,
            ),
        ),
        (found.different, different),
        (
            won,
            ngettext(
                "{count} open lead is won by these sales",
                "{count} open leads are won by these sales",
                won,
            ),
        ),
        (
            skipped,
            ngettext(
                "{count} next step of these leads is skipped",
                "{count} next steps of these leads are skipped",
                skipped,
            ),
        ),
    ]
    return _counted(texts, refs=", ".join(found.examples))


def _counted(texts: list[tuple[int, str]], refs: str = "") -> list[str]:
    return [Sentence(text, count=grouped(count), refs=refs) for count, text in texts if count]
