"""The top of the command tree: nouns by name, each imported only when it is typed."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from clientbase.cli.command import Noun, NounGroup, build, resolve
from clientbase.cli.session import session
from clientbase.words import N_, _

# Name on the command line, module, and a sentence. A lone verb's module holds one command of
# the same name; a test imports them all and compares.
NOUNS: dict[str, tuple[str, str]] = {
    "lead": ("lead", N_("Enquiries and their way through the funnel.")),
    "stage": ("stage", N_("The stages of the funnel, in their order.")),
    "channel": ("channel", N_("Where contacts, leads and sales come from.")),
    "contact": ("contact", N_("People and organisations, from the first contact on.")),
    "thing": ("thing", N_("What belongs to contacts: pets, children, units.")),
    "field": ("field", N_("Custom fields of contacts and of things.")),
    "sale": ("sale", N_("Sales, refunds and voids.")),
    "product": ("product", N_("What is sold: categories, and how long it lasts.")),
    "segment": ("segment", N_("Groups of clients by rules over the facts about them.")),
    "report": ("report", N_("What the base knows, as of a day.")),
    "remind": ("remind", N_("What is to be done, for whom, on which day.")),
    "import": ("import_", N_("Bring in a file of contacts or sales.")),
    "export": ("export", N_("Hand out contacts, sales or a segment as a file.")),
}
VERBS: dict[str, tuple[str, str]] = {
    "init": ("init", N_("Make a new base.")),
    "demo": ("demo", N_("Make the base of an invented shop, fresh around today.")),
    "today": ("today", N_("Show what is to be done today, the leads, the month's sales.")),
    "set": ("set_", N_("Show the settings of the base, or change one.")),
}


class Root(TyperGroup):
    """The whole program: help and completion import no noun, a command imports its own alone."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return all names, the lone verbs first."""
        del ctx
        return [*VERBS, *NOUNS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import and build what was typed, or return None where there is none of this name."""
        del ctx
        if cmd_name in NOUNS:
            module, about = NOUNS[cmd_name]
            return NounGroup(cmd_name, _app(module), about)
        if cmd_name in VERBS:
            info = _app(VERBS[cmd_name][0]).info_of(cmd_name)
            return None if info is None else build(info)
        return None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the noun or verb; a misspelt one gets the nearest."""
        return resolve(self, ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List everything with its sentence."""
        del ctx
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(about)) for name, (_m, about) in _entries()])

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Offer names and options without importing anything."""
        from typer._click.shell_completion import (
            CompletionItem,
        )

        items = [
            CompletionItem(name, help=_(about))
            for name, (_m, about) in _entries()
            if name.startswith(incomplete)
        ]
        # TyperGroup's own version would build every command; its parent offers the options.
        return [*items, *super(TyperGroup, self).shell_complete(ctx, incomplete)]


def _entries() -> list[tuple[str, tuple[str, str]]]:
    return [*VERBS.items(), *NOUNS.items()]


def _app(module: str) -> Noun:
    app: Noun = import_module(f"clientbase.cli.{module}").app
    return app


def _version(asked: bool) -> None:
    if asked:
        from clientbase import __version__

        typer.echo(f"clientbase {__version__}")
        raise typer.Exit


def _start(
    ctx: typer.Context,
    db: Annotated[
        str | None, typer.Option("--db", metavar="FILE", help=N_("the base to work with"))
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_version, help=N_("say which it is")),
    ] = False,
) -> None:
    """Keep the client base of a small business, in one file."""
    del version
    session(ctx).db = db


def tree() -> Any:
    """Build the top of the tree."""
    app = typer.Typer(
        cls=Root,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    )
    app.callback()(_start)
    return typer.main.get_command(app)
