"""Enquiries written down, typed or sent by a form, and what is said at once about who it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.cli import nextstep, stdin, telling
from clientbase.clock import Day
from clientbase.errors import Misuse
from clientbase.words import Sentence, _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.cli.session import Session
    from clientbase.followup.steps import NextStep
    from clientbase.funnel.enquiry import Answer, Caller
    from clientbase.funnel.leads import NewLead


def write_down(run: Session, caller: Caller, new: NewLead, then: NextStep | None) -> None:
    """Write one enquiry down, and say who it is."""
    from clientbase.followup import steps

    with run.writing() as base:
        answer, planned = steps.enquire(base, caller, new, then, run.today, run.act.who)
    run.show(answer.table)
    run.say(*_answers(run, caller.name, answer), *nextstep.told(run, planned))


def write_forms(
    run: Session, file: str, caller: Caller, new: NewLead, then: NextStep | None
) -> None:
    """Write down what a site's form sent, all of it or nothing, and say who they are."""
    if caller.name or caller.phones or caller.emails or caller.who:
        raise Misuse(
            _("with --json it is the form that says who got in touch"),
            hint=_("leave NAME, --phone, --email and --who out"),
        )
    from clientbase.exchange import forms

    items = forms.read(file, stdin.meant(file))
    asked = forms.Asked(new, then, caller.unchecked, caller.taken_over)
    with run.writing() as base:
        written = forms.enquire(base, items, asked, run.today, run.act.who)
    run.show(written.table)
    run.say(*_summary(run, written.answers))


def _summary(run: Session, answers: Sequence[Answer]) -> list[str]:
    """Say who one is as if it were typed; of more, how many are new and how many came back."""
    if not answers:
        return [_("It holds no enquiry: nothing was written.")]
    if len(answers) == 1:
        return _answers(run, None, answers[0])
    kinds = [answer.kind for answer in answers]
    return [
        Sentence(
            _("Enquiries: {count}. New: {new}; came back: {repeat}; bought before: {buyers}."),
            count=grouped(len(kinds)),
            new=grouped(kinds.count("new")),
            repeat=grouped(kinds.count("repeat")),
            buyers=grouped(kinds.count("repeat-buyer")),
        )
    ]


def _answers(run: Session, typed: str | None, answer: Answer) -> list[str]:
    """Say who got in touch, what else is open, and who else may be meant."""
    if run.wish.quiet:  # what nobody hears need not be worked out
        return []
    said: list[str] = [
        Sentence(
            _("Lead {number}, {name} (contact {contact}): {kind}."),
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
    if answer.renamed and typed is not None:
        said.append(
            _("In the base it is {name}, not {typed}; another person: --anyway.").format(
                name=answer.name, typed=typed
            )
        )
    return said + telling.namesakes(answer.namesakes)


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
        if not classes:
            sentence = sentence.removesuffix(": {classes}")
        day = Day(answer.last_sale_on or "")
        return Sentence(sentence, count=answer.sales, day=day, classes=classes)
    if answer.kind == "new":
        return _("new")
    if answer.enquiries:
        told = ngettext(
            "came back without buying ({count} enquiry, on {day})",
            "came back without buying ({count} enquiries, last on {day})",
            answer.enquiries,
        )
        return Sentence(told, count=answer.enquiries, day=Day(answer.last_enquiry_on or ""))
    return Sentence(_("in the base since {day}, never bought"), day=Day(answer.entered_on))
