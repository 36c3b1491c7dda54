"""The sales of an evening, that come as lines of standard input in the words of `sale record`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientbase.cli import lines, salewords
from clientbase.cli.saledraft import drafted
from clientbase.errors import ClientbaseError, Misuse, Refused
from clientbase.normal import shown
from clientbase.sales import many
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer

    from clientbase.cli.session import Session
    from clientbase.sales.sales import Buyer, NewSale


def record(run: Session, ctx: typer.Context) -> None:
    """Record the sales that come as lines of standard input, and show the lines that are wrong."""
    if ctx.params["amount"] is not None:
        raise Misuse(
            _("too many words: {words}").format(words=shown(f"- {ctx.params['amount']}")),
            hint=_("with - each line of standard input says who and how much"),
        )
    base = run.base  # where there is none, it is said before anything is typed
    read = lines.reader(ctx, but=("who", "amount", "dry_run"))
    typed = lines.typed(run, _("Type a sale a line, such as: 12 900; Ctrl-D ends."))
    drafts = [many.Draft(number, _draft_of(run, read, text)) for number, text in typed]
    dry_run = ctx.params["dry_run"]
    try:
        with run.writing(dry_run=dry_run):
            evening = many.record(base, drafts, run.today, run.act.who)
    except Refused as error:
        if error.table is not None:
            run.show(error.table)
            error.table = None
        raise
    run.show(evening.table)
    tell = salewords.rehearsed if dry_run else salewords.several
    run.say(*tell(evening.done))


def _draft_of(
    run: Session, read: Callable[[str], dict[str, Any]], text: str
) -> tuple[Buyer, NewSale] | ClientbaseError:
    """Return the sale of a line, or why it is none."""
    try:
        said = read(text)
        if said["who"] == "-":
            raise Misuse(_("- is nobody"), hint=_("type WHO, or --walk-in for nobody in the base"))
        return drafted(run, **said)
    except many.MENDABLE as error:
        return error
