"""WHO on the command line, and what TAB offers for it and for other names in the base."""

from __future__ import annotations

import os
import re
import sqlite3
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from clientbase.cli.session import Session
from clientbase.errors import ClientbaseError
from clientbase.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from clientbase.db.connection import Base

T = TypeVar("T")

FEW = 5  # namesakes that are told by their numbers


def names(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the names of contacts that begin so."""
    from clientbase.people.names import beginning

    found = _from_base(ctx, lambda base: beginning(base, incomplete)) if incomplete else []
    if os.environ.get("_CLIENTBASE_COMPLETE") != "complete_bash":
        return found
    # The other shells quote by themselves. A name in bash is offered while its first word is
    # typed: bash hands over the rest without its quotes, and would lose them.
    return [(re.sub(r"([^\w@%+=:,./-])", r"\\\1", name), city) for name, city in found]


def fields(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    """Offer the names of custom fields, each with the = that its value follows."""
    from clientbase.people.fields import all_fields

    del args
    found = _from_base(ctx, lambda base: [f"{field.name}=" for field in all_fields(base)])
    return _begun(found, incomplete)


def field_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the names of custom fields."""
    return [name.removesuffix("=") for name in fields(ctx, [], incomplete)]


def tags(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    """Offer the tags in use."""
    from clientbase.people import tags as area

    del args
    return _begun(_from_base(ctx, area.names), incomplete)


def signed_tags(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the tags in use behind the sign that was typed."""
    sign = incomplete[:1] if incomplete[:1] in {"+", "-"} else "+"
    return [sign + tag for tag in tags(ctx, [], incomplete[1:])]


def managers(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    """Offer who looks after somebody."""
    from clientbase.people import choosing

    del args
    return _begun(_from_base(ctx, choosing.managers), incomplete)


def channels(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    """Offer the channels."""
    from clientbase.people import channels as area

    del args
    return _begun(_from_base(ctx, area.names), incomplete)


def segment_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the segments, built in and the owner's own."""
    from clientbase.facts import segments

    return _begun(_from_base(ctx, segments.names), incomplete)


Who = Annotated[
    str,
    typer.Argument(
        metavar="WHO",
        help=N_("a number, a phone, an e-mail, id:CODE or a name"),
        autocompletion=names,
        show_default=False,
    ),
]


def namesakes(others: Sequence[int]) -> list[str]:
    """Say which other contacts have the same name, the first few by their numbers."""
    if not others:
        return []
    numbers, rest = ", ".join(map(str, others[:FEW])), len(others) - FEW
    if rest > 0:
        numbers = _("{named} and {rest} more").format(named=numbers, rest=f"{rest:,}")
    return [_("Contacts of the same name: {numbers}.").format(numbers=numbers)]


def _from_base(ctx: Any, ask: Callable[[Base], list[T]]) -> list[T]:
    """Ask the base of this command line; where that fails there is nothing to offer."""
    run = Session(db=ctx.find_root().params.get("db"))
    try:
        return ask(run.base)
    except (ClientbaseError, sqlite3.Error, OSError):
        return []
    finally:
        run.close()


def _begun(names: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]
