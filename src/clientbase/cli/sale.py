"""`clientbase sale`: sales, refunds and voids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from clientbase.cli import who as completion
from clientbase.cli.command import Command, ListCommand, Noun
from clientbase.cli.options import ByChannel, Channel, Note, On, Texts, Unchecked
from clientbase.cli.session import Session, session
from clientbase.errors import Misuse
from clientbase.words import N_, _, ngettext

if TYPE_CHECKING:
    from clientbase.sales import sales as area
    from clientbase.table import Table

app = Noun()

Sale = Annotated[
    int, typer.Argument(metavar="SALE", help=N_("the number of a sale"), show_default=False)
]

# What `record` and `refund` take: scripts run them by the hundred, so each stands under a name.
Buyer = Annotated[
    str | None,
    typer.Argument(
        metavar="[WHO]",
        help=N_("a number, a phone, an e-mail, id:CODE or a name"),
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
    note: Note = None,
    new: New = None,
    phone: Phones = None,
    email: Emails = None,
    unchecked: Unchecked = False,
    walk_in: WalkIn = False,
    lead: Lead = None,
    keep_lead: KeepLead = False,
) -> None:
    """Record a sale. An open lead of the contact is won by it."""
    from clientbase.sales import sales

    run = session(ctx)
    named = sales.Buyer(None, new, tuple(phone or ()), tuple(email or ()), unchecked)
    buyer, paid = _buyer(who, amount, named, walk_in)
    details = (tuple(item or ()), discount, ref, channel, note, lead, keep_lead)
    sale = sales.NewSale(run.day(on), paid, *details)
    with run.writing() as base:
        done = sales.record(base, buyer, sale, run.today, run.act.who)
    run.show(done.table)
    run.say(*_recorded(run, done))


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
    from clientbase.sales import refunds

    run = session(ctx)
    words = [word for word in (sale, amount) if word is not None]
    number, paid = (None, _only_amount(words)) if who is not None else _sale_and_amount(words)
    new = refunds.NewRefund(run.day(on), paid, note)
    with run.writing() as base:
        table = refunds.refund(base, number, who, new, run.today)
    run.show(table)
    run.say(*_refunded(run, table))


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
    from clientbase.funnel.leads import Step
    from clientbase.sales import voiding

    run = session(ctx)
    numbers = tuple(refund or ())
    with run.writing() as base:
        done = voiding.void(base, sale, numbers, Step(run.today, run.act.who, reason))
    run.show(done.table)
    run.say(*_voided(sale, numbers, done.reopened))


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
        str | None, typer.Option(metavar="NAME", help=N_("with this product"))
    ] = None,
    channel: ByChannel = None,
    voided: Annotated[bool, typer.Option("--voided", help=N_("voided ones too"))] = False,
) -> None:
    """List sales, the latest first."""
    from clientbase.sales import sales

    run = session(ctx)
    days = (run.day(since) if since else None, run.day(until) if until else None)
    run.show(sales.listing(run.base, sales.Wish(*days, who, product, channel, voided)))


@app.verb("show", example="clientbase sale show 17")
def show(ctx: typer.Context, sale: Sale) -> None:
    """Show one sale with its lines and refunds."""
    from clientbase.sales import sales

    run = session(ctx)
    run.show(sales.card(run.base, sale))


def _below_zero(word: str) -> bool:
    return word[:1] == "-" and word[1:2].isdigit()


def _buyer(
    who: str | None, amount: str | None, named: area.Buyer, walk_in: bool
) -> tuple[area.Buyer, str | None]:
    """Return who bought and the amount typed: without WHO the only word is the amount."""
    from clientbase.sales.sales import Buyer

    words = [word for word in (who, amount) if word is not None]
    if walk_in and named.name is not None:
        raise Misuse(
            _("--walk-in and --new do not go together"),
            hint=_("--walk-in is a sale to nobody in the base"),
        )
    if named.name is None and (named.phones or named.emails):
        raise Misuse(
            _("--phone and --email are for a new contact"), hint=_("add --new with its name")
        )
    if walk_in or named.name is not None:
        return named, _only_amount(words)
    if not words:
        raise Misuse(
            _("it is not said who bought"),
            hint=_("type WHO and the amount, or --new NAME, or --walk-in for nobody"),
        )
    return Buyer(words[0]), words[1] if len(words) > 1 else None


def _only_amount(words: list[str]) -> str | None:
    if len(words) > 1:
        raise Misuse(
            _("too many words: {words}").format(words=" ".join(words)),
            hint=_("with --walk-in, --new or --who the only word is the amount"),
        )
    return words[0] if words else None


def _sale_and_amount(words: list[str]) -> tuple[int, str | None]:
    if not words:
        raise Misuse(
            _("it is not said what is given back"),
            hint=_("type the number of a sale, or --who WHO AMOUNT"),
        )
    if not (words[0].isascii() and words[0].isdigit()):
        raise Misuse(
            _("{text} is not the number of a sale").format(text=words[0]),
            hint=_("clientbase sale list shows their numbers; --who WHO AMOUNT needs none"),
        )
    # More digits than SQLite's numbers have can't be any sale's.
    return int(words[0][:18]), words[1] if len(words) > 1 else None


def _sum(run: Session, amount: int) -> str:
    from clientbase.db import settings
    from clientbase.money import screen

    return screen(amount, settings.decimals(run.base))


def _recorded(run: Session, done: area.Recorded) -> list[str]:
    """Say what was recorded, what it comes to, which lead it won, and what looks odd."""
    paid = _sum(run, done.amount) if done.amount else _("a gift")
    if done.name is None:
        sentence = _("Recorded sale {number}: {amount}.")
        return [sentence.format(number=done.sale_id, amount=paid)]
    said = [
        ngettext(
            "Recorded sale {number}: {name}, {amount} ({orders} order, {revenue} in all).",
            "Recorded sale {number}: {name}, {amount} ({orders} orders, {revenue} in all).",
            done.orders,
        ).format(
            number=done.sale_id,
            name=done.name,
            amount=paid,
            orders=done.orders,
            revenue=_sum(run, done.revenue),
        )
    ]
    if done.won is not None:
        said.append(_("Lead {number} is won.").format(number=done.won))
    if done.same:
        numbers = ", ".join(map(str, done.same))
        said.append(_("The same amount on the same day: sale {numbers}.").format(numbers=numbers))
    return said + completion.namesakes(done.namesakes)


def _refunded(run: Session, table: Table) -> list[str]:
    number, sale, contact, name, _day, amount, *_rest = next(iter(table.rows))
    del contact
    given = _sum(run, amount)
    if sale is None:
        sentence = _("Recorded refund {number}: {name}, {amount}.")
        return [sentence.format(number=number, name=name, amount=given)]
    sentence = _("Recorded refund {number}: {amount} of sale {sale}.")
    return [sentence.format(number=number, amount=given, sale=sale)]


def _voided(sale: int | None, refunds: tuple[int, ...], reopened: int | None) -> list[str]:
    said = [_("Refund {number} is void.").format(number=number) for number in refunds]
    if sale is not None:
        said.append(_("Sale {number} is void.").format(number=sale))
    if reopened is not None:
        said.append(_("Lead {number} is open again.").format(number=reopened))
    return said
