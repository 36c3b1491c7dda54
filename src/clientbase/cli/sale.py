"""`clientbase sale`: sales, refunds and voids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from clientbase.cli import who as completion
from clientbase.cli.command import Command, ListCommand, Noun
from clientbase.cli.options import ByChannel, Channel, DryRun, Note, On, Texts, Unchecked
from clientbase.cli.session import session
from clientbase.words import N_, Sentence, _, ngettext

if TYPE_CHECKING:
    from clientbase.cli.session import Session
    from clientbase.sales import sales as area

app = Noun()

Sale = Annotated[
    int, typer.Argument(metavar="SALE", help=N_("the number of a sale"), show_default=False)
]

# What `record` and `refund` take: scripts run them by the hundred, so each stands under a name.
Buyer = Annotated[
    str | None,
    typer.Argument(
        metavar="[WHO]",
        help=N_("a number, a phone, an e-mail, id:CODE or a name; - reads a sale a line"),
        autocompletion=completion.names,
        show_default=False,
    ),
]
Paid = Annotated[
    str | None,
    typer.Argument(
        metavar="[AMOUNT]", help=N_("what was paid; items say it too"), show_default=False
    ),
]
Items = Annotated[
    Texts, typer.Option("--item", metavar="ITEM", help=N_('"Shampoo x2 @ 450", again for each'))
]
Discount = Annotated[str | None, typer.Option(metavar="D", help=N_("what was taken off the items"))]
Ref = Annotated[
    str | None, typer.Option(metavar="R", help=N_("the number of a receipt or an invoice"))
]
Promo = Annotated[str | None, typer.Option(metavar="CODE", help=N_("the promo code, one word"))]
New = Annotated[
    str | None, typer.Option(metavar="NAME", help=N_("to a new contact, in place of WHO"))
]
Phones = Annotated[
    Texts, typer.Option("--phone", metavar="P", help=N_("of the new contact, again for each"))
]
Emails = Annotated[
    Texts, typer.Option("--email", metavar="E", help=N_("of the new contact, again for each"))
]
MaybeSale = Annotated[
    str | None,
    typer.Argument(metavar="[SALE]", help=N_("the number of a sale"), show_default=False),
]
Back = Annotated[
    str | None,
    typer.Argument(metavar="[AMOUNT]", help=N_("all that is left if not said"), show_default=False),
]
ToWhom = Annotated[
    str | None,
    typer.Option(
        "--who",
        metavar="WHO",
        help=N_("to a contact without naming the sale, in place of SALE"),
        autocompletion=completion.names,
    ),
]
WalkIn = Annotated[
    bool, typer.Option("--walk-in", help=N_("to nobody in the base, in place of WHO"))
]
Lead = Annotated[
    int | None, typer.Option(metavar="N", help=N_("the lead that it wins, of several"))
]
KeepLead = Annotated[bool, typer.Option("--keep-lead", help=N_("leave the contact's lead open"))]


class AmountCommand(Command):
    """A command one of whose words is an amount, which may be typed below zero by mistake."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Let `-5` be a word, so that it is refused as an amount and not as an option."""
        valued = {
            name
            for param in self.params
            if not getattr(param, "is_flag", False)
            for name in param.opts
        }
        words = [
            f"\N{MINUS SIGN}{word[1:]}" if _below_zero(word) and before not in valued else word
            for before, word in zip(["", *args], args, strict=False)
        ]
        return super().parse_args(ctx, words)


@app.verb(
    "record",
    kind=AmountCommand,
    example='clientbase sale record 12 --item "Shampoo x2 @ 450" --item "Brush @ 300"',
)
def record(
    ctx: typer.Context,
    who: Buyer = None,
    amount: Paid = None,
    on: On = None,
    item: Items = None,
    discount: Discount = None,
    ref: Ref = None,
    channel: Channel = None,
    promo: Promo = None,
    note: Note = None,
    new: New = None,
    phone: Phones = None,
    email: Emails = None,
    unchecked: Unchecked = False,
    walk_in: WalkIn = False,
    lead: Lead = None,
    keep_lead: KeepLead = False,
    dry_run: DryRun = False,
) -> None:
    """Record a sale. An open lead of the contact is won by it.

    With - in place of WHO each line of standard input is a sale, in the same words, and what is
    said beside the - holds for every line: all are recorded or none.
    """
    run = session(ctx)
    if who == "-":
        from clientbase.cli import salelines

        salelines.record(run, ctx)
        return
    from clientbase.cli.saledraft import drafted
    from clientbase.sales import sales

    buyer, sale = drafted(
        run,
        who=who,
        amount=amount,
        on=on,
        item=item,
        discount=discount,
        ref=ref,
        channel=channel,
        promo=promo,
        note=note,
        new=new,
        phone=phone,
        email=email,
        unchecked=unchecked,
        walk_in=walk_in,
        lead=lead,
        keep_lead=keep_lead,
    )
    with run.writing(dry_run=dry_run) as base:
        done = sales.record(base, buyer, sale, run.today, run.act.who)
    run.show(done.table)
    run.say(*_recorded(run, done, dry_run))


@app.verb("edit", example="clientbase sale edit 17 --on 2026-11-20 --note 'paid by card'")
def edit(
    ctx: typer.Context,
    sale: Sale,
    amount: Annotated[str | None, typer.Option(metavar="A", help=N_("what was paid"))] = None,
    on: Annotated[str | None, typer.Option(metavar="DAY", help=N_("the day it happened"))] = None,
    who: Annotated[
        str | None,
        typer.Option(metavar="WHO", help=N_("to another contact"), autocompletion=completion.names),
    ] = None,
    walk_in: Annotated[bool, typer.Option("--walk-in", help=N_("to nobody in the base"))] = False,
    item: Annotated[
        Texts, typer.Option(metavar="ITEM", help=N_("in place of all items, again for each"))
    ] = None,
    discount: Discount = None,
    ref: Ref = None,
    channel: Channel = None,
    promo: Promo = None,
    note: Note = None,
    lead: Lead = None,
    keep_lead: KeepLead = False,
) -> None:
    """Put right what was recorded of a sale: a wrong amount is no refund.

    Empty text clears: --note ''. The journal keeps what was.
    """
    from clientbase.cli import salewords
    from clientbase.sales import editing

    run = session(ctx)
    said = editing.Said(
        day=None if on is None else run.day(on),
        who=salewords.another(who, walk_in),
        amount=amount,
        items=tuple(item or ()),
        discount=discount,
        ref=ref,
        channel=channel,
        promo=promo,
        note=note,
        lead=lead,
        keep_lead=keep_lead,
    )
    with run.writing() as base:
        done = editing.edit(base, sale, said, run.today, run.act.who)
    run.show(done.table)
    run.say(*salewords.edited(run, sale, done))


@app.verb("refund", kind=AmountCommand, example="clientbase sale refund 17 20")
def refund(
    ctx: typer.Context,
    sale: MaybeSale = None,
    amount: Back = None,
    who: ToWhom = None,
    on: On = None,
    note: Note = None,
) -> None:
    """Give money back, of a sale whole or in part, or to a contact."""
    from clientbase.cli import saledraft, salewords
    from clientbase.sales import refunds

    run = session(ctx)
    words = [word for word in (sale, amount) if word is not None]
    if who is None:
        number, paid = salewords.sale_and_amount(words)
    else:
        number, paid = None, saledraft.only_amount(words)
    new = refunds.NewRefund(run.day(on), paid, note)
    with run.writing() as base:
        table = refunds.refund(base, number, who, new, run.today)
    run.show(table)
    run.say(*salewords.refunded(run, table))


@app.verb("void", example='clientbase sale void 17 --reason "recorded twice"')
def void(
    ctx: typer.Context,
    sale: Annotated[
        int | None,
        typer.Argument(metavar="[SALE]", help=N_("the number of a sale"), show_default=False),
    ] = None,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("why it was a mistake"), show_default=False)
    ] = "",
    refund: Annotated[
        list[int] | None,
        typer.Option(metavar="N", help=N_("the number of a refund to void, again for each")),
    ] = None,
) -> None:
    """Void a sale or a refund that was recorded by mistake. It stays in the base, marked.

    The lead that the sale won is open again.
    """
    from clientbase.cli import salewords
    from clientbase.funnel.leads import Step
    from clientbase.sales import voiding

    run = session(ctx)
    numbers = tuple(refund or ())
    with run.writing() as base:
        done = voiding.void(base, sale, numbers, Step(run.today, run.act.who, reason))
    run.show(done.table)
    run.say(*salewords.voided(sale, numbers, done.reopened))


@app.verb("list", kind=ListCommand, example="clientbase sale list --from 2026-01-01 --who 12")
def list_(
    ctx: typer.Context,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help=N_("from this day on"))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help=N_("until this day, it included"))
    ] = None,
    who: Annotated[
        str | None,
        typer.Option(metavar="WHO", help=N_("to this contact"), autocompletion=completion.names),
    ] = None,
    product: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help=N_("with this product"), autocompletion=completion.products
        ),
    ] = None,
    channel: ByChannel = None,
    promo: Annotated[
        str | None, typer.Option(metavar="CODE", help=N_("with this promo code"))
    ] = None,
    voided: Annotated[bool, typer.Option("--voided", help=N_("voided ones too"))] = False,
    nobody: Annotated[bool, typer.Option("--nobody", help=N_("without a contact"))] = False,
    no_lead: Annotated[
        bool, typer.Option("--no-lead", help=N_("first ones of contacts who had no lead before"))
    ] = False,
) -> None:
    """List sales, the latest first."""
    from clientbase.sales import listing

    run = session(ctx)
    wish = listing.Wish(
        since=run.day(since) if since else None,
        until=run.day(until) if until else None,
        who=who,
        product=product,
        channel=channel,
        promo=promo,
        voided=voided,
        nobodys=nobody,
        leadless=no_lead,
    )
    run.show(listing.listing(run.base, wish))


@app.verb("show", example="clientbase sale show 17")
def show(ctx: typer.Context, sale: Sale) -> None:
    """Show one sale with its lines and refunds."""
    from clientbase.sales import listing

    run = session(ctx)
    run.show(listing.card(run.base, sale))


def _below_zero(word: str) -> bool:
    return word[:1] == "-" and word[1:2].isdigit()


def _recorded(run: Session, done: area.Recorded, dry_run: bool) -> list[str]:
    """Say what was recorded, what it comes to, which lead it won, and what looks odd."""
    if dry_run:
        from clientbase.cli.salewords import rehearsed

        return rehearsed([done])
    from clientbase.cli import telling

    paid = done.amount if done.amount.minor else _("a gift")
    if done.name is None:
        sentence = _("Recorded sale {number}: {amount}.")
        return [Sentence(sentence, number=done.sale_id, amount=paid)]
    told = ngettext(
        "Recorded sale {number}: {name}, {amount} ({orders} order, {revenue} in all).",
        "Recorded sale {number}: {name}, {amount} ({orders} orders, {revenue} in all).",
        done.orders,
    )
    sums = {"amount": paid, "orders": done.orders, "revenue": done.revenue}
    said: list[str] = [Sentence(told, number=done.sale_id, name=done.name, **sums)]
    if done.won is not None:
        said.append(_("Lead {number} is won.").format(number=done.won))
    said.extend(telling.skipped(done.skipped))
    if done.same:
        from clientbase.sales import sales

        count = sales.count_same(run.base, done.sale_id)
        told = _("The same amount on the same day: sale {numbers}.")
        said.append(Sentence(told, numbers=telling.listed(done.same, count)))
    return said + telling.namesakes(done.namesakes)
