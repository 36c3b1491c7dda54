"""WHO on the command line, and what TAB offers for it and for other names in the base."""

from __future__ import annotations

import os
import re
import sqlite3
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from clientbase.cli.session import Session
from clientbase.errors import ClientbaseError
from clientbase.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clientbase.db.connection import Base

T = TypeVar("T")


def names(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the names of contacts that begin so."""
    from clientbase.people.names import beginning

    return _quoted(_from_base(ctx, lambda base: beginning(base, incomplete)) if incomplete else [])


def things(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the names of things that begin so, each with whose it is."""
    from clientbase.people.things import names as beginning

    return _quoted(_from_base(ctx, lambda base: beginning(base, incomplete)) if incomplete else [])


def products(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the names of products that begin so."""
    from clientbase.sales.products import beginning

    found = _from_base(ctx, lambda base: beginning(base, incomplete))
    return _quoted([(name, "") for name in found])


def fields(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    """Offer the names of custom fields, each with the = that its value follows."""
    from clientbase.people.fields import all_fields

    del args
    found = _from_base(ctx, lambda base: [f"{field.name}=" for field in all_fields(base)])
    return _begun(found, incomplete)


def field_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the names of custom fields, of contacts and of things."""
    found = [*fields(ctx, [], incomplete), *thing_fields(ctx, [], incomplete)]
    return [name.removesuffix("=") for name in dict.fromkeys(found)]


def thing_fields(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    """Offer the names of the fields of things, each with the = that its value follows."""
    from clientbase.people.fields import all_fields
    from clientbase.people.kinds import all_kinds

    del args
    found = _from_base(
        ctx,
        lambda base: [
            f"{field.name}=" for kind in all_kinds(base) for field in all_fields(base, kind)
        ],
    )
    return _begun(list(dict.fromkeys(found)), incomplete)


def kinds(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    """Offer the kinds of things."""
    from clientbase.people.kinds import all_kinds

    del args
    return _begun(_from_base(ctx, lambda base: [kind.name for kind in all_kinds(base)]), incomplete)


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
    from clientbase.people import managers as area

    del args
    return _begun(_from_base(ctx, area.names), incomplete)


def channels(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    """Offer the channels."""
    from clientbase.people import channels as area

    del args
    return _begun(_from_base(ctx, area.names), incomplete)


def stages(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    """Offer the stages of the funnel."""
    from clientbase.funnel import stages as area

    del args
    return _begun(_from_base(ctx, area.names), incomplete)


def segment_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the segments, built in and the owner's own."""
    from clientbase.facts import segments

    return _begun(_from_base(ctx, segments.names), incomplete)


def organisations(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    """Offer where people work."""
    from clientbase.people import choosing

    del args
    found = _from_base(ctx, lambda base: choosing.organisations(base, incomplete))
    return _begun(found, incomplete)


def missing(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    """Offer what contacts may lack, custom fields too."""
    from clientbase.people.choosing import MISSING

    own = [name.removesuffix("=") for name in fields(ctx, args, incomplete)]
    return [*_begun(MISSING, incomplete), *own]


def ways(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    """Offer the ways to reach somebody."""
    from clientbase.people.ways import WAYS

    del ctx, args
    return _begun(WAYS, incomplete)


Who = Annotated[
    str,
    typer.Argument(
        metavar="WHO",
        help=N_("a number, a phone, an e-mail, id:CODE or a name"),
        autocompletion=names,
        show_default=False,
    ),
]
Whoever = Annotated[
    str,
    typer.Argument(
        metavar="WHO",
        help=N_("a number, a phone, an e-mail, id:CODE or a name; - reads a WHO a line"),
        autocompletion=names,
        show_default=False,
    ),
]


def _quoted(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Quote names for bash, which the other shells do by themselves.

    A name in bash is offered while its first word is typed: bash hands over the rest without its
    quotes, and would lose them.
    """
    if os.environ.get("_CLIENTBASE_COMPLETE") != "complete_bash":
        return found
    return [(re.sub(r"([^\w@%+=:,./-])", r"\\\1", name), about) for name, about in found]


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
