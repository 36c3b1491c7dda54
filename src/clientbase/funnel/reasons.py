"""Why enquiries are lost: a short list, so that reasons can be counted."""

from __future__ import annotations

from clientbase.errors import Misuse, Refused
from clientbase.nearest import meant
from clientbase.normal import fold, shown
from clientbase.words import _

# `junk` was never an enquiry (spam, a wrong number) and is counted apart.
REASONS = ("price", "no-need", "competitor", "no-answer", "delay", "junk", "other")


def read(text: str | None, note: str | None) -> str:
    """Return the reason that was typed, in any letter case, with a space or a dash.

    Raises Misuse where there is none, or none but `other` and no note; Refused for a text that
    is not in the list.
    """
    names = ", ".join(REASONS)
    if text is None:
        raise Misuse(
            _("it is not said why it was lost"),
            hint=_("add --reason with one of: {names}").format(names=names),
        )
    reason = fold(text.replace("_", " ").replace("-", " ")).replace(" ", "-")
    if reason not in REASONS:
        raise Refused(
            _("{text} is not one of the reasons").format(text=shown(text)),
            hint=_own_words(reason),
        )
    if reason == "other" and not (note or "").strip():
        raise Misuse(
            _("the reason other needs a note"), hint=_("say it in your words: --note TEXT")
        )
    return reason


def _own_words(reason: str) -> str:
    listed = _("the reasons are: {names}.").format(names=", ".join(REASONS))
    hint = meant(reason, REASONS, listed)
    return _("{hint} In your own words: --reason other --note TEXT").format(hint=hint)
