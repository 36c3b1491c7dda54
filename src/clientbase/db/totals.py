"""`contact_total`, the one derived table: triggers keep it, bulk loading rebuilds it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from clientbase.db.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.db.connection import Base

SQL = statements(__file__)


def install(base: Base) -> None:
    """Make the triggers that keep a contact's totals right with each sale and refund.

    A new sale is added to what is there, for an evening may bring thousands to one contact; what
    is changed or taken back makes the totals of its contact anew.
    """
    added = SQL["add_sale"].replace(":", "new.")
    base.execute(f"create trigger sale_total_insert after insert on sale begin {added} end")
    for table in ("sale", "refund"):
        for word, rows in (("insert", "new"), ("update", "old new"), ("delete", "old")):
            if (table, word) == ("sale", "insert"):
                continue
            body = " ".join(_renewal(f"{row}.contact_id") for row in rows.split())
            base.execute(
                f"create trigger {table}_total_{word} after {word} on {table} begin {body} end"
            )


def _renewal(contact: str) -> str:
    """Return what makes one contact's totals anew; a sale of nobody renews nothing."""
    return (SQL["drop_one"] + SQL["add_one"]).replace(":contact", contact)


@contextlib.contextmanager
def bulk(base: Base) -> Iterator[None]:
    """Do without the triggers inside an open transaction, and make all totals anew at its end."""
    for statement in SQL["drop_triggers"].split(";"):
        base.execute(statement)
    yield
    rebuild(base)
    install(base)


def rebuild(base: Base) -> None:
    """Make all totals anew from the sales and refunds."""
    base.execute(SQL["clear"])
    base.execute(SQL["rebuild"])
    for (contact,) in base.execute(SQL["whole_refunds"]).fetchall():
        base.execute(SQL["drop_one"], {"contact": contact})
        base.execute(SQL["add_one"], {"contact": contact})
