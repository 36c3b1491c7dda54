"""Lines of standard input, each with the words of a command."""

from __future__ import annotations

import copy
import shlex
from typing import TYPE_CHECKING, Any

from typer.exceptions import TyperException

from clientbase.cli import stdin
from clientbase.cli.usage import worded
from clientbase.errors import Misuse, Refused
from clientbase.normal import shown
from clientbase.words import Sentence, _, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import typer

    from clientbase.cli.session import Session

MOST = 10_000
LONGEST = 1 << 16  # bytes of one line


def typed(run: Session, invitation: str) -> list[tuple[int, str]]:
    """Return the lines of standard input that say something, each with its number.

    Who sits at a terminal is told what is waited for. Raises FileTrouble where nothing can be
    read, Refused for what is no text and for more than anybody types.
    """
    stream = stdin.invited(run, invitation, _("send the lines with: < FILE, or a pipe"))
    found = []
    lines = iter(lambda: stream.readline(LONGEST + 1), b"")
    for number, line in enumerate(lines, 1):
        text = _text(number, line).strip()
        if text and not text.startswith("#"):
            found.append((number, text))
        if len(found) > MOST:
            raise Refused(
                Sentence(_("there are more than {most} lines"), most=grouped(MOST)),
                hint=_("send fewer at a time; a whole past comes in with: clientbase import"),
            )
    return found


def reader(ctx: typer.Context, but: Collection[str]) -> Callable[[str], dict[str, Any]]:
    """Return what reads a line as the command of `ctx` reads its words, into its parameters.

    What is said beside the `-` holds for each line that does not say otherwise, `but` for these
    parameters; options among them, and those that every command has, are for no line. The reader
    raises Misuse and Refused.
    """
    command = copy.copy(ctx.command)
    command.params = [
        param
        for param in command.params
        if param.expose_value and (param.param_type_name == "argument" or param.name not in but)
    ]
    command.add_help_option = False
    elsewhere = _options(ctx) - {name for param in command.params for name in param.opts}
    beside = {name: value for name, value in ctx.params.items() if value and name not in but}

    def read(text: str) -> dict[str, Any]:
        try:
            return command.make_context(ctx.command_path, words(text), default_map=beside).params
        except TyperException as error:
            name = getattr(error, "option_name", None)
            raise _not_here(name) if name in elsewhere else worded(error) from error

    return read


def _options(ctx: Any) -> set[str]:
    """Return the options of the command and of those above it: of the program too."""
    above: set[str] = _options(ctx.parent) if ctx.parent else set()
    return above.union(*(param.opts for param in ctx.command.get_params(ctx)))


def _not_here(name: str) -> Misuse:
    return Misuse(
        _("{name} has no place in a line").format(name=shown(name)),
        hint=_("it is for all lines together: type it with the command itself"),
    )


def words(text: str) -> list[str]:
    """Split a line into words as a shell does, up to a comment. Raises Refused."""
    try:
        return shlex.split(text[: _end(text)])
    except ValueError as error:
        raise Refused(
            _("a quote is opened and not closed"),
            hint=_("close it; an apostrophe is typed with a backslash before it"),
        ) from error


def _end(text: str) -> int:
    """Return where the comment of a line begins: at a word's first sign, outside of quotes."""
    quote, begins, escaped = "", True, False
    for place, sign in enumerate(text):
        if escaped:
            escaped = False
        elif quote:
            escaped = sign == "\\" and quote == '"'
            quote = "" if sign == quote else quote
        elif sign == "#" and begins:
            return place
        else:
            escaped = sign == "\\"
            quote = sign if sign in "'\"" else ""
            begins = sign.isspace()
            continue
        begins = False
    return len(text)


def _text(number: int, line: bytes) -> str:
    if len(line) > LONGEST:
        raise Refused(
            Sentence(_("line {number} is longer than any sale"), number=number),
            hint=_("end each line where the next one begins"),
        )
    return stdin.text(line, "utf-8-sig" if number == 1 else "utf-8", number)
