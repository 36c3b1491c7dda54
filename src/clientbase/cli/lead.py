"""`clientbase lead`: enquiries and their way through the funnel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientbase.cli import who as completion
from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.options import ByChannel, ByManager, Channel, Note, Texts, Unchecked
from clientbase.cli.session import session
from clientbase.errors import Misuse
from clientbase.words import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from clientbase.cli.nextstep import Typed
    from clientbase.cli.session import Session
    from clientbase.db.connection import Base
    from clientbase.followup.steps import Asked, Done, Edit

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
Target = Annotated[
    str | None,
    typer.Argument(metavar="[STAGE]", autocompletion=completion.stages, show_default=False),
]
AtStage = Annotated[
    str | None,
    typer.Option(
        "--stage", metavar="STAGE", help=N_("at this stage"), autocompletion=completion.stages
    ),
]
FirstStage = Annotated[
    str | None,
    typer.Option(
        "--stage",
        metavar="STAGE",
        help=N_("the first one if not said"),
        autocompletion=completion.stages,
    ),
]
Degree = Annotated[str | None, typer.Option(metavar="T", help=N_("cold, warm or hot"))]
Manager = Annotated[str | None, typer.Option(metavar="NAME", help=N_("who looks after it"))]
Wants = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("what they want"))]
Expects = Annotated[str | None, typer.Option(metavar="AMOUNT", help=N_("what it may bring"))]
By = Annotated[str | None, typer.Option(metavar="DAY", help=N_("until when the sale is expected"))]
Next = Annotated[
    str | None, typer.Option("--next", metavar="TEXT", help=N_("what is to be done next"))
]
On = Annotated[
    str | None,
    typer.Option(metavar="DAY", help=N_("with --next its day, else the day it happened")),
]
Dated = Annotated[
    str | None, typer.Option(metavar="DAY", help=N_("the day it happened; today if not said"))
]
Again = Annotated[
    str | None, typer.Option(metavar="SPAN", help=N_("ask once more so long after, such as 6m"))
]
Who = Annotated[
    str | None,
    typer.Option(
        metavar="WHO",
        help=N_("a contact in the base, where it is known who it is"),
        autocompletion=completion.names,
    ),
]
Anyway = Annotated[
    bool,
    typer.Option(
        "--anyway",
        help=N_("though the phone is another contact's, or another manager looks after it"),
    ),
]
Json = Annotated[
    str | None,
    typer.Option(
        "--json", metavar="FILE", help=N_("what a site's form sends; - is standard input")
    ),
]
LONGEST_IDLE = 36_500


@app.verb(
    "add",
    example='clientbase lead add "Anna Orlova" --phone "+7 912 345-67-89" --channel site\n'
    'clientbase lead add --who 12 --wants "two units" --expects 900 --next "call" --on fri',
)
def add(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", show_default=False)] = None,
    phone: Annotated[Texts, typer.Option(metavar="P", help=N_("again for each"))] = None,
    email: Annotated[Texts, typer.Option(metavar="E", help=N_("again for each"))] = None,
    who: Who = None,
    channel: Channel = None,
    manager: Manager = None,
    wants: Wants = None,
    expects: Expects = None,
    by: By = None,
    note: Note = None,
    next_: Next = None,
    on: On = None,
    dated: Dated = None,
    stage: FirstStage = None,
    json: Json = None,
    unchecked: Unchecked = False,
    anyway: Anyway = False,
) -> None:
    """Write an enquiry down, and say at once who it is.

    A known phone or e-mail attaches it to its contact; a new one makes the contact.
    """
    from clientbase.cli import enquiring, nextstep
    from clientbase.funnel.enquiry import Caller
    from clientbase.funnel.leads import NewLead

    run = session(ctx)
    typed = nextstep.Typed(next_, on, dated)
    day, then = nextstep.happened(run, typed), nextstep.planned_for(run, typed)
    new = NewLead(day, stage, channel, manager, note, wants, expects, nextstep.until(run, by))
    caller = Caller(name, tuple(phone or ()), tuple(email or ()), who, unchecked, anyway, anyway)
    if json is None:
        enquiring.write_down(run, caller, new, then)
    else:
        enquiring.write_forms(run, json, caller, new, then)


@app.verb("list", kind=ListCommand, example="clientbase lead list --temperature hot --idle 7")
def list_(
    ctx: typer.Context,
    state: Annotated[
        str, typer.Option(metavar="STATE", help=N_("open, won, lost or all"))
    ] = "open",
    stage: AtStage = None,
    temperature: Degree = None,
    channel: ByChannel = None,
    manager: ByManager = None,
    idle: Annotated[
        int | None,
        typer.Option(
            min=0, max=LONGEST_IDLE, metavar="N", help=N_("no move and no talk for N days")
        ),
    ] = None,
    no_next_step: Annotated[
        bool, typer.Option("--no-next-step", help=N_("open, and nothing is to be done next"))
    ] = False,
) -> None:
    """List leads, the oldest first: the open ones, if not said otherwise."""
    from clientbase.funnel import listing

    run = session(ctx)
    wish = listing.Wish(state, stage, temperature, channel, manager, idle, no_next_step)
    run.show(listing.listing(run.base, wish, run.today))


@app.verb("show", example="clientbase lead show 3")
def show(ctx: typer.Context, lead: Lead) -> None:
    """Show one lead and its way through the funnel."""
    from clientbase.funnel import listing

    run = session(ctx)
    run.show(listing.card(run.base, lead, run.today))


@app.verb("advance", example='clientbase lead advance 3 --next "call about the offer" --on fri')
def advance(
    ctx: typer.Context,
    lead: Lead,
    stage: Target = None,
    next_: Next = None,
    on: On = None,
    dated: Dated = None,
    note: Note = None,
) -> None:
    """Move a lead to the next stage, or to a named later one."""
    from clientbase.cli import nextstep
    from clientbase.followup import steps

    run = session(ctx)
    asked = nextstep.asked(run, stage, note, nextstep.Typed(next_, on, dated))
    done = _moved(run, lead, asked, steps.advance)
    told = _("Lead {number} is now {stage}.").format(number=lead, stage=done.stage)
    run.say(told, *nextstep.told(run, done.planned))


@app.verb("back", example='clientbase lead back 4 --note "wants another offer"')
def back(
    ctx: typer.Context,
    lead: Lead,
    stage: Target = None,
    next_: Next = None,
    on: On = None,
    dated: Dated = None,
    note: Note = None,
) -> None:
    """Move a lead back to the stage before, or to a named earlier one."""
    from clientbase.cli import nextstep
    from clientbase.followup import steps

    run = session(ctx)
    asked = nextstep.asked(run, stage, note, nextstep.Typed(next_, on, dated))
    done = _moved(run, lead, asked, steps.back)
    told = _("Lead {number} is back at {stage}.").format(number=lead, stage=done.stage)
    run.say(told, *nextstep.told(run, done.planned))


@app.verb("lose", example="clientbase lead lose 5 --reason price --again 6m")
def lose(
    ctx: typer.Context,
    lead: Lead,
    reason: Reason = None,
    again: Again = None,
    on: On = None,
    dated: Dated = None,
    note: Note = None,
) -> None:
    """Close a lead as lost, and keep the reason."""
    from clientbase import clock
    from clientbase.cli import nextstep, telling
    from clientbase.followup import steps
    from clientbase.funnel import leads, reasons

    run = session(ctx)
    why = reasons.read(reason, note)
    span = None if again is None else clock.read_span(again)
    day = nextstep.happened(run, nextstep.Typed(None, on, dated))
    step = leads.Step(day, run.act.who, note)
    with run.writing() as base:
        done = steps.lose(base, lead, why, step, span, run.today)
    run.show(done.table)
    told = _("Lead {number} is lost: {reason}.").format(number=lead, reason=why)
    run.say(told, *telling.skipped(done.skipped), *nextstep.told(run, done.planned))


@app.verb("reopen", example="clientbase lead reopen 2")
def reopen(
    ctx: typer.Context,
    lead: Lead,
    stage: Target = None,
    next_: Next = None,
    on: On = None,
    dated: Dated = None,
    note: Note = None,
) -> None:
    """Open a lost lead again where it stood, or at a named stage.

    A lead that was won is open again when its sale is voided.
    """
    from clientbase.cli import nextstep, telling
    from clientbase.followup import steps

    run = session(ctx)
    asked = nextstep.asked(run, stage, note, nextstep.Typed(next_, on, dated))
    done = _moved(run, lead, asked, steps.reopen)
    run.say(_("Lead {number} is open again, at {stage}.").format(number=lead, stage=done.stage))
    if done.dropped is not None:
        told = _("{dropped} is dropped; it is at {stage}.")
        run.say(told.format(dropped=done.dropped, stage=done.stage))
    run.say(*_asked_no_more(done.skipped), *nextstep.told(run, done.planned))
    if done.planned is None:
        run.say(telling.stepless(lead))


@app.verb("edit", example="clientbase lead edit 3 --expects 1200 --temperature hot --note ''")
def edit(
    ctx: typer.Context,
    lead: Lead,
    wants: Wants = None,
    expects: Expects = None,
    by: By = None,
    channel: Channel = None,
    manager: Manager = None,
    note: Note = None,
    temperature: Degree = None,
    next_: Next = None,
    on: Annotated[
        str | None, typer.Option(metavar="DAY", help=N_("the day of the next step"))
    ] = None,
    dated: Annotated[
        str | None, typer.Option(metavar="DAY", help=N_("the day of the new temperature"))
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help=N_("though another manager looks after the contact"))
    ] = False,
) -> None:
    """Change what is known of a lead; empty text clears: --wants ''."""
    from clientbase.cli import nextstep
    from clientbase.followup import steps
    from clientbase.funnel.attributes import Said

    run = session(ctx)
    said = Said(wants, expects, nextstep.until(run, by), channel, manager, note)
    change, typed = steps.Edit(said, temperature, anyway), nextstep.Typed(next_, on, dated)
    _check_change(change, typed)
    asked = nextstep.asked(run, None, None, typed)
    with run.writing() as base:
        done = steps.edit(base, lead, change, asked, run.today)
    run.show(done.table)
    run.say(_("Lead {number} is changed.").format(number=lead), *nextstep.told(run, done.planned))


def _moved(
    run: Session, lead: int, asked: Asked, way: Callable[[Base, int, Asked, date], Done]
) -> Done:
    """Move a lead one way or the other, and show it."""
    with run.writing() as base:
        done = way(base, lead, asked, run.today)
    run.show(done.table)
    return done


def _asked_no_more(reminders: Sequence[int]) -> list[str]:
    """Say which reminders to ask once more are skipped, for the lead is open again."""
    if not reminders:
        return []
    sentence = ngettext(
        "To ask once more is not needed now: reminder {numbers} is skipped.",
        "To ask once more is not needed now: reminders {numbers} are skipped.",
        len(reminders),
    )
    return [sentence.format(numbers=", ".join(map(str, reminders)))]


def _check_change(change: Edit, typed: Typed) -> None:
    """Refuse an edit that says nothing, and days that belong to nothing."""
    if typed.on is not None and typed.what is None:
        raise Misuse(
            _("--on is the day of the next step, and there is none"),
            hint=_("add --next TEXT, or leave --on out"),
        )
    if typed.dated is not None and change.temperature is None:
        raise Misuse(
            _("--dated is the day of a new temperature, and there is none"),
            hint=_("add --temperature T, or leave --dated out"),
        )
    said = (*change.said, change.temperature, typed.what)
    if all(text is None for text in said):
        raise Misuse(
            _("it is not said what to change"),
            hint=_("clientbase lead edit --help shows what can be"),
        )
