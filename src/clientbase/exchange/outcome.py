"""What an import comes to: its counts, its notes, and its bad rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientbase.errors import Refused
from clientbase.exchange.bulk import SQL
from clientbase.table import Table
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.db.connection import Base
    from clientbase.exchange.plan import Plan
    from clientbase.exchange.problems import Problems
    from clientbase.exchange.registry import Registry
    from clientbase.table import Column

FIRST = 5  # rows that a dry run shows as they are understood


def note_import(base: Base, import_id: int, plan: Plan, rows: int) -> None:
    """Write down which file brought the rows that bear the number."""
    values = {
        "id": import_id,
        "kind": plan.kind,
        "file": plan.reader.source.name,
        "today": plan.today.isoformat(),
        "rows": rows,
    }
    base.execute(SQL["add_import"], values)


def table(keys: tuple[Column, ...], row: Sequence[Any], notes: list[str]) -> Table:
    """Return one row of counts with what there is to say about it."""
    return Table("import", keys, [tuple(row)], notes, layout="card")


def common_notes(totals: list[int], registry: Registry) -> list[str]:
    """Return in words what any import may leave out or doubt."""
    notes: list[str] = []
    unchecked, doubtful = registry.unchecked, registry.doubtful
    if doubtful:
        text = ngettext(
            "{count} name alone fits several contacts: the oldest of them was taken",
            "{count} names alone fit several contacts: the oldest of them was taken each time",
            doubtful,
        )
        notes.append(Sentence(text, count=grouped(doubtful)))
    if totals:
        lines = ", ".join(map(str, sorted(totals)[:FIRST])) + (", …" if len(totals) > FIRST else "")
        text = ngettext(
            "line {lines} holds totals: left out",
            "lines {lines} hold totals: left out",
            len(totals),
        )
        notes.append(text.format(lines=lines))
    if registry.anothers:
        text = ngettext(
            "{count} phone or e-mail is another contact's already: not given to a second one",
            "{count} phones or e-mails are other contacts' already: not given to a second one",
            registry.anothers,
        )
        notes.append(Sentence(text, count=grouped(registry.anothers)))
    if unchecked:
        text = ngettext(
            "{count} wrong phone or e-mail kept, marked unchecked",
            "{count} wrong phones or e-mails kept, marked unchecked",
            unchecked,
        )
        notes.append(Sentence(text, count=grouped(unchecked)))
    return notes


def settled(plan: Plan, counts: Table, problems: Problems, beside: dict[str, Table]) -> Table:
    """Return the counts with the tables beside them, the bad rows among them.

    Raises Refused, with what is to be shown, where rows are bad and not to be skipped.
    """
    wish, bad = plan.wish, problems.rows
    tables = {name: shown for name, shown in beside.items() if wish.dry_run or name != "first"}
    if bad:
        tables["bad"] = problems.table()
    counts.tables = tables
    if not bad or wish.skip_bad:
        return counts
    shown = counts if wish.dry_run else problems.table()
    told = ngettext(
        "{count} row of {file} is bad, and nothing was imported",
        "{count} rows of {file} are bad, and nothing was imported",
        bad,
    )
    raise Refused(
        Sentence(told, count=grouped(bad), file=plan.reader.source.name),
        hint=_("mend the file, or import the rest with --skip-bad"),
        table=shown,
    )
