"""Importing a file of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientbase.exchange import contactsimport, salesimport
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from clientbase.db.connection import Base
    from clientbase.exchange.plan import Plan
    from clientbase.table import Table

_KINDS = {"sales": salesimport.run, "contacts": contactsimport.run}


def run(base: Base, plan: Plan, who: str) -> Table:
    """Import a file inside the transaction and return the counts, one row of them.

    Raises Refused, with the table of what is to be shown, where rows are bad.
    """
    return _KINDS[plan.kind](base, plan, who)


def told(table: Table, plan: Plan) -> list[str]:
    """Return in sentences what was imported."""
    row: dict[str, Any] = {
        column.name: value
        for column, value in zip(table.columns, next(iter(table.rows)), strict=True)
    }
    said: list[str]
    parts: list[Sentence] = []
    if plan.kind == "sales":
        text = ngettext("{count} sale", "{count} sales", row["sales"])
        parts.append(Sentence(text, count=grouped(row["sales"])))
        if row["refunds"]:
            text = ngettext("{count} refund", "{count} refunds", row["refunds"])
            parts.append(Sentence(text, count=grouped(row["refunds"])))
    new = row["contacts_new"]
    text = ngettext("{count} new contact", "{count} new contacts", new)
    parts.append(Sentence(text, count=grouped(new)))
    if plan.wish.dry_run:
        said = [Sentence(_("Would import {what}; nothing was written."), what=parts)]
    else:
        said = [Sentence(_("Imported {what}."), what=parts)]
    if row["bad"]:
        text = ngettext(
            "{count} bad row was left out.", "{count} bad rows were left out.", row["bad"]
        )
        said.append(Sentence(text, count=grouped(row["bad"])))
    return said
