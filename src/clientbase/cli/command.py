"""How every command is built: its common options, its help, and the example at its end."""

from __future__ import annotations

import functools
import inspect
import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from clientbase.errors import FileTrouble, Misuse
from clientbase.normal import shown
from clientbase.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from typer.models import CommandInfo

FORMAT_NAMES = ("table", "json", "jsonl", "csv", "tsv", "html")
# Endings of files that no format is: a table under such a name opens in nothing.
_FOREIGN = frozenset(
    str.split(".xlsx .xls .xlsm .ods .pdf .doc .docx .odt .png .svg .xml .zip .gz .db .sqlite")
)


def _take(ctx: typer.Context, param: Any, value: Any) -> Any:
    """Put what a common option asks for into the session, out of the command's sight.

    A format, a place or a limit that can't be is refused here, before anything is written.
    """
    if value is not None and ctx.obj is not None and not ctx.resilient_parsing:
        if param.name == "format":
            _check_format(value)
        if param.name == "output":
            _check_place(Path(value), ctx.obj.path)
        if param.name == "limit":
            _check_limit(value)
        setattr(ctx.obj.wish, param.name, value)
    return value


def _check_format(name: str) -> None:
    if name not in FORMAT_NAMES:
        raise Misuse(
            _("there is no format {name}").format(name=shown(name)),
            hint=_("choose one of: {names}").format(names=", ".join(FORMAT_NAMES)),
        )


def _check_place(path: Path, base: Path) -> None:
    # `resolve` fails where links go round. Beside the base lies what is not in it yet.
    own = {os.path.realpath(base) + end for end in ("", "-wal", "-shm", "-journal")}
    if os.path.realpath(path) in own:
        raise FileTrouble(
            _("{file} is the base itself").format(file=path),
            hint=_("name another file with -o FILE"),
        )
    if path.suffix.lower() in _FOREIGN:
        import shlex

        csv, html = (shlex.quote(str(path.with_suffix(end))) for end in (".csv", ".html"))
        raise Misuse(
            _("{ending} files can't be written").format(ending=shown(path.suffix)),
            hint=_("for a spreadsheet: -o {csv}, for print: -o {html}").format(csv=csv, html=html),
        )
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise FileTrouble(
            _("{file} can't be written").format(file=path),
            hint=_("name another file with -o FILE"),
        )


def _check_limit(count: int) -> None:
    if count < 0:
        raise Misuse(
            _("a list can't have {count} rows").format(count=count),
            hint=_("give a number above zero, or 0 for all"),
        )


def _formats(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    del ctx, args
    return [name for name in FORMAT_NAMES if name.startswith(incomplete)]


def _option(*names: str, text: str, **settings: Any) -> TyperOption:
    return TyperOption(
        param_decls=list(names), help=text, expose_value=False, callback=_take, **settings
    )


COMMON = [
    _option(
        "--format",
        text=N_("how to show it: table, json, jsonl, csv, tsv or html"),
        metavar="FORMAT",
        autocompletion=_formats,
    ),
    _option(
        "--output",
        "-o",
        text=N_("write to this file; its ending picks the format"),
        metavar="FILE",
    ),
    _option("--quiet", "-q", text=N_("no talk beside the data"), is_flag=True, default=False),
]


# A command that is no list need not pay for them.
@functools.cache
def listing_options() -> list[TyperOption]:
    """Return the options of a list."""
    return [
        _option(
            "--limit",
            "-n",
            text=N_("how many rows; 0 is all (on a terminal 50 if not said)"),
            type=int,
            metavar="N",
        ),
        _option("--sort", text=N_("sort by this column; -COLUMN downwards"), metavar="COLUMN"),
        _option("--columns", text=N_("show these columns alone: a,b,c"), metavar="NAMES"),
    ]


@functools.cache
def report_options() -> list[TyperOption]:
    """Return the options of a report of several tables."""
    return [
        *listing_options(),
        _option("--table", text=N_("for csv and tsv: which table of the report"), metavar="NAME"),
        _option("--summary", text=N_("leave the list out"), is_flag=True, default=False),
    ]


class Command(TyperCommand):
    """A command that writes rows: it takes every format, and its help ends with an example."""

    is_report = False

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Add the common options behind the command's own."""
        super().__init__(*args, **settings)
        self.params = [*self.params, *self.more(), *COMMON]

    def more(self) -> Sequence[TyperOption]:
        """Return the options of this kind of command, before those that all have."""
        return ()

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help in the reader's language."""
        for param in self.params:
            if getattr(param, "help", None):
                param.help = _(param.help)  # type: ignore[attr-defined]  # both kinds of parameters have one
        self.help = _(self.help) if self.help else None
        super().format_help(ctx, formatter)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the example as it is typed, never folded."""
        del ctx
        if self.epilog:
            formatter.write(f"\n{_('Example:')}\n")
            for line in self.epilog.splitlines():
                formatter.write(f"  {line}\n")

    def invoke(self, ctx: Any) -> Any:
        """Tell the session which command runs, then run it."""
        ctx.obj.command = ctx.command_path.partition(" ")[2]
        ctx.obj.is_report = self.is_report
        return super().invoke(ctx)


class ListCommand(Command):
    """A command that shows a list."""

    def more(self) -> Sequence[TyperOption]:
        """Return the options of a list."""
        return listing_options()


class ReportCommand(Command):
    """A command that shows a report of one or more tables."""

    def more(self) -> Sequence[TyperOption]:
        """Return the options of a report."""
        return report_options()

    is_report = True


class Noun(typer.Typer):
    """The verbs of a noun, and nouns inside it: built one at a time, when they are typed."""

    def __init__(self) -> None:
        """Begin with no verb, and with no noun inside."""
        super().__init__()
        self.subs: dict[str, tuple[Noun, str]] = {}
        self.apart: dict[str, tuple[str, str]] = {}

    def sub(self, name: str, app: Noun, about: str) -> None:
        """Register a noun inside this one (`remind rule`), with the sentence about it."""
        self.subs[name] = (app, about)

    def verb(
        self, name: str, *, example: str, kind: type[Command] = Command
    ) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Register a function as a verb, with the example that its help ends with."""
        return self.command(name, cls=kind, epilog=example)

    def verb_apart(self, name: str, module: str, about: str) -> None:
        """Register a verb that has a module of its own, imported when it is typed."""
        self.apart[name] = (module, about)

    def info_of(self, name: str) -> CommandInfo | None:
        """Return what was registered under a name."""
        if name in self.apart:
            app: Noun = import_module(self.apart[name][0]).app
            return app.info_of(name)
        return next((info for info in self.registered_commands if info.name == name), None)


class NounGroup(TyperGroup):
    """A noun on the command line.

    It builds only the verb that was typed: ten verbs with all their options take longer to build
    than to run.
    """

    def __init__(self, name: str, app: Noun, about: str) -> None:
        """Take the noun's name, its verbs, and the sentence about it."""
        super().__init__(name=name, help=about, no_args_is_help=True, rich_markup_mode=None)
        self.app = app

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the verbs' names in the order in which they were registered, then the nouns'."""
        del ctx
        verbs = (str(info.name) for info in self.app.registered_commands)
        return [*verbs, *self.app.apart, *self.app.subs]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build the verb, or return None where there is none of this name."""
        del ctx
        if cmd_name in self.app.subs:
            return NounGroup(cmd_name, *self.app.subs[cmd_name])
        info = self.app.info_of(cmd_name)
        return None if info is None else build(info)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the verb; a misspelt one gets the nearest."""
        return resolve(self, ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the verbs with the first sentence of each."""
        del ctx
        infos = self.app.registered_commands
        rows = [(str(info.name), first_sentence(info)) for info in infos]
        rows += [(name, _(about)) for name, (_module, about) in self.app.apart.items()]
        rows += [(name, _(about)) for name, (_app, about) in self.app.subs.items()]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help in the reader's language."""
        self.help = _(self.help) if self.help else None
        super().format_help(ctx, formatter)


def build(info: CommandInfo) -> Any:
    """Build one command from what was registered."""
    from typer.main import get_command_from_info

    return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)


def first_sentence(info: CommandInfo) -> str:
    """Return the first sentence of a command's help, translated."""
    doc = inspect.getdoc(info.callback) or ""
    return _(doc).split("\n\n")[0].replace("\n", " ")


def resolve(group: TyperGroup, ctx: Any, args: list[str]) -> Any:
    """Find the subcommand that was typed. Raises Misuse, with the nearest name as its hint."""
    name = args[0]
    command = group.get_command(ctx, name)
    if command is not None or ctx.resilient_parsing:
        return (name if command else None), command, args[1:]
    from clientbase.nearest import nearest

    near = nearest(name, group.list_commands(ctx))
    where = ctx.command_path
    hint = _("did you mean: {command}").format(command=f"{where} {near}") if near else ""
    raise Misuse(
        _("there is no command {name}").format(name=f"{where} {shown(name)}"),
        hint=hint or _("{command} --help lists them").format(command=where),
    )
