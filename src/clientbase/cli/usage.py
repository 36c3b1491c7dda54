"""Typer's usage errors in the reader's words.

They are known by their names: their classes lie where Typer keeps what is its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clientbase.errors import Misuse
from clientbase.normal import shown
from clientbase.words import _

if TYPE_CHECKING:
    from typer.exceptions import TyperException


def worded(error: TyperException) -> Misuse:
    """Return a usage error of Typer's as ours."""
    context = getattr(error, "ctx", None)
    where = context.command_path if context is not None else "clientbase"
    hint = _("{command} --help shows how it is used").format(command=where)
    word = _WORDS.get(type(error).__name__, _other)
    return word(error, where, hint)


def _no_such_option(error: Any, where: str, hint: str) -> Misuse:
    near = ", ".join(sorted(error.possibilities or []))
    return Misuse(
        _("{command} has no option {name}").format(command=where, name=shown(error.option_name)),
        hint=_("did you mean {options}?").format(options=near) if near else hint,
    )


def _missing(error: Any, where: str, hint: str) -> Misuse:
    del where
    return Misuse(_("{name} is missing").format(name=_name(error)), hint=hint)


def _not_fitting(error: Any, where: str, hint: str) -> Misuse:
    del where
    sentence = _("{name} does not fit: {reason}")
    return Misuse(sentence.format(name=_name(error), reason=_short(error.message)), hint=hint)


def _without_value(error: Any, where: str, hint: str) -> Misuse:
    del where
    return Misuse(_("{name} needs a value").format(name=error.option_name), hint=hint)


def _other(error: Any, where: str, hint: str) -> Misuse:
    del where
    if "unexpected" in error.message:
        extra = error.message.partition("(s) (")[2].removesuffix(")")
        return Misuse(_("too many words: {words}").format(words=shown(extra)), hint=hint)
    return Misuse(_short(error.format_message()), hint=hint)


def _short(message: str) -> str:
    """Cut what was typed where a sentence of Typer's repeats it whole."""
    in_quotes = r"(?s)(?P<quote>['\"])(?P<typed>.{60,})(?P=quote)"
    message = re.sub(in_quotes, lambda found: f"'{shown(found['typed'])}'", message)
    return re.sub(r"\S{70,}", lambda found: shown(found[0]), message)


def _name(error: Any) -> str:
    if error.param.param_type_name == "argument":
        return str(error.param.make_metavar(error.ctx))
    return str(max(error.param.opts, key=len))


_WORDS = {
    "NoSuchOption": _no_such_option,
    "MissingParameter": _missing,
    "BadParameter": _not_fitting,
    "BadOptionUsage": _without_value,
}
