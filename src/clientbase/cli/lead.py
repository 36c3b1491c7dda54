"""`clientbase lead`: enquiries and their way through the funnel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.cli import who as completion
from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.options import Anyway, ByChannel, ByManager, Channel, Note, On, Texts, Unchecked
from clientbase.cli.session import Session, session
from clientbase.words import N_, _, ngettext

if TYPE_CHECKING:
    from clientbase.funnel.enquiry import Answer

app = Noun()

Lead = Annotated[
    int, typer.Argument(metavar="LEAD", help=N_("the number of a lead"), show_default=False)
]
Reason = Annotated[
    str | None,
    typer.Option(
        metavar="REASON",
        help=N_("price, no-need, competitor, no-answer, delay, junk, or other with a note"),
    ),
]
Target = Annotated[str | None, typer.Argument(metavar="[STAGE]", show_default=False)]
LONGEST_IDLE = 36_500


@app.verb(
    "add", example='clientbase lead add "Anna Orlova" --phone "+7 912 345-67-89" --channel site'
)
def add(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", show_default=False)] = None,
    phone: Annotated[Texts, typer.Option(metavar="P", help=N_("again for each"))] = None,
    email: Annotated[Texts, typer.Option(metavar="E", help=N_("again for each"))] = None,
    who: Annotated[
        str | None,
        typer.Option(
            metavar="WHO",
            help=N_("a contact in the base, where it is known who it is"),
            autocompletion=completion.names,
        ),
    ] = None,
    channel: Channel = None,
    manager: Annotated[
        str | None, typer.Option(metavar="NAME", help=N_("who looks after it"))
    ] = None,
    note: Note = None,
    on: On = None,
    stage: Annotated[
        str | None, typer.Option(metavar="STAGE", help=N_("the first one if not said"))
    ] = None,
    unchecked: Unchecked = False,
    anyway: Anyway = False,
) -> None:
    """Write an enquiry down, and say at once who it is.

    A known phone or e-mail attaches it to its contact; a new one makes the contact.
    """
    from clientbase.funnel.enquiry import Caller, enquire
    from clientbase.funnel.leads import NewLead

    run = session(ctx)
    caller = Caller(name, tuple(phone or ()), tuple(email or ()), who, unchecked, anyway)
    new = NewLead(run.day(on), stage, channel, manager, note)
    with run.writing() as base:
        answer = enquire(base, caller, new, run.today, run.act.who)
    run.show(answer.table)
    run.say(*_answers(run, caller.name, answer))


@app.verb("list", kind=ListCommand, example="clientbase lead list --temperature hot --idle 7")
def list_(
    ctx: typer.Context,
    state: Annotated[
        str, typer.Option(metavar="STATE", help=N_("open, won, lost or all"))
    ] = "open",
    stage: Annotated[str | None, typer.Option(metavar="STAGE", help=N_("at this stage"))] = None,
    temperature: Annotated[
        str | None, typer.Option(metavar="T", help=N_("cold, warm or hot"))
    ] = None,
    channel: ByChannel = None,
    manager: ByManager = None,
    idle: Annotated[
        int | None,
        typer.Option(
            min=0, max=LONGEST_IDLE, metavar="N", help=N_("no move and no talk for N days")
        ),
    ] = None,
) -> None:
    """List leads, the oldest first: the open ones, if not said otherwise."""
    from clientbase.funnel import leads

    run = session(ctx)
    wish = leads.Wish(state, stage, temperature, channel, manager, idle)
    run.show(leads.listing(run.base, wish, run.today))


@app.verb("show", example="clientbase lead show 3")
def show(ctx: typer.Context, lead: Lead) -> None:
    """Show one lead and its way through the funnel."""
    from clientbase.funnel import leads

    run = session(ctx)
    run.show(leads.card(run.base, lead, run.today))


@app.verb("advance", example="clientbase lead advance 3")
def advance(
    ctx: typer.Context,
    lead: Lead,
    stage: Target = None,
    on: On = None,
    note: Note = None,
) -> None:
    """Move a lead to the next stage, or to a named later one."""
    from clientbase.funnel import leads

    run = session(ctx)
    step = leads.Step(run.day(on), run.act.who, note)
    with run.writing() as base:
        moved = leads.advance(base, lead, stage, step, run.today)
    run.show(moved.table)
    run.say(_("Lead {number} is now {stage}.").format(number=lead, stage=moved.stage))


@app.verb("lose", example="clientbase lead lose 5 --reason price")
def lose(
    ctx: typer.Context,
    lead: Lead,
    reason: Reason = None,
    on: On = None,
    note: Note = None,
) -> None:
    """Close a lead as lost, and keep the reason."""
    from clientbase.funnel import leads, reasons

    run = session(ctx)
    why = reasons.read(reason, note)
    step = leads.Step(run.day(on), run.act.who, note)
    with run.writing() as base:
        table = leads.lose(base, lead, why, step, run.today)
    run.show(table)
    run.say(_("Lead {number} is lost: {reason}.").format(number=lead, reason=why))


def _answers(run: Session, typed: str | None, answer: Answer) -> list[str]:
    """Say who got in touch, what else is open, and who else may be meant."""
    said = [
        _("Lead {number}, {name} (contact {contact}): {kind}.").format(
            number=answer.lead_id,
            name=answer.name,
            contact=answer.contact_id,
            kind=_kind(run, answer),
        )
    ]
    if answer.others:
        numbers = ", ".join(map(str, answer.others))
        said.append(
            ngettext(
                "Another lead of this contact is open: {numbers}.",
                "Other leads of this contact are open: {numbers}.",
                len(answer.others),
            ).format(numbers=numbers)
        )
    if answer.renamed:
        said.append(
            _("In the base it is {name}, not {typed}; another person: --anyway.").format(
                name=answer.name, typed=typed
            )
        )
    return said + completion.namesakes(answer.namesakes)


def _kind(run: Session, answer: Answer) -> str:
    if answer.kind == "repeat-buyer":
        from clientbase.facts.standing import standing

        now = standing(run.base, answer.contact_id, run.today)
        sentence = ngettext(
            "came back after {count} purchase, on {day}: {classes}",
            "came back after {count} purchases, last on {day}: {classes}",
            answer.sales,
        )
        classes = ", ".join(filter(None, (now.frequency_class, now.value_class)))
        text = sentence.format(count=answer.sales, day=answer.last_sale_on, classes=classes)
        return text.removesuffix(": ")
    if answer.kind == "new":
        return _("new")
    if answer.enquiries:
        return ngettext(
            "came back without buying ({count} enquiry, on {day})",
            "came back without buying ({count} enquiries, last on {day})",
            answer.enquiries,
        ).format(count=answer.enquiries, day=answer.last_enquiry_on)
    return _("in the base since {day}, never bought").format(day=answer.entered_on)
