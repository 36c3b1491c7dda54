"""What can be said about a contact on the command line: one list of options for add and edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer.core import TyperOption

from clientbase.cli import who
from clientbase.cli.command import Command, listing_options
from clientbase.errors import Misuse
from clientbase.normal import shown
from clientbase.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import typer

    from clientbase.people.contacts import NewContact

# Option, metavar, help. The name of the option is the name of the attribute, but for --id.
TEXTS = (
    ("organisation", "TEXT", N_("the organisation they work for")),
    ("post", "TEXT", N_("their post there")),
    ("birthday", "DAY", N_("14.03.1985, or 14.03 if the year is unknown")),
    ("sex", "SEX", N_("female or male")),
    ("city", "TEXT", N_("city")),
    ("region", "TEXT", N_("region")),
    ("address", "TEXT", N_("address")),
    ("occupation", "TEXT", N_("what they do")),
    ("preferred-channel", "TEXT", N_("how they like to be reached")),
    ("hours", "TEXT", N_("when they like to be called")),
    ("manager", "NAME", N_("who looks after them")),
    ("channel", "NAME", N_("where they first came from")),
    ("referred-by", "WHO", N_("who sent them")),
    ("id", "CODE", N_("their id in another program")),
    ("note", "TEXT", N_("a note")),
)
MANY = (
    ("phone", "P", N_("a phone; again for each")),
    ("email", "E", N_("an e-mail address; again for each")),
    ("messenger", "KIND=NAME", N_("such as telegram=@ivan; again for each")),
    ("tag", "TAG", N_("a tag; again for each")),
    ("field", "NAME=VALUE", N_("a custom field; again for each")),
)
_OFFERED = {
    "manager": who.managers,
    "channel": who.channels,
    "tag": who.tags,
    "field": who.fields,
}
_SAID = "clientbase.said"


class ContactCommand(Command):
    """A command that says things about a contact."""

    def more(self) -> Sequence[TyperOption]:
        """Return the options of all attributes."""
        return [
            *(_option(name, metavar, text, multiple=True) for name, metavar, text in MANY),
            *(_option(name, metavar, text) for name, metavar, text in TEXTS),
            _kind(),
        ]


class ContactsCommand(ContactCommand):
    """A command that says things about one contact or several."""

    def more(self) -> Sequence[TyperOption]:
        """Return the options of all attributes, and those of a list."""
        return [*super().more(), *listing_options()]


def said(ctx: typer.Context, name: str | None) -> NewContact:
    """Return what was said about a contact, None being what was not.

    Raises Misuse for a pair without its =.
    """
    from clientbase.people.contacts import NewContact

    typed = dict(ctx.meta.get(_SAID, {}))
    many = {option: tuple(typed.pop(option, None) or ()) for option, _m, _h in MANY}
    company = typed.pop("company", None)
    return NewContact(
        name=name,
        kind=None if company is None else "organisation" if company else "person",
        phones=many["phone"],
        emails=many["email"],
        messengers=pairs("--messenger", many["messenger"]),
        tags=many["tag"],
        fields=pairs("--field", many["field"]),
        **typed,
    )


def pairs(option: str, texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Split NAME=VALUE of an option that may be given many times. Raises Misuse."""
    made = []
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise Misuse(
                _("{option} takes NAME=VALUE, not {text}").format(option=option, text=shown(text)),
                hint=_("put it in quotes where the value has spaces"),
            )
        made.append((name.strip(), value))
    return tuple(made)


def _option(name: str, metavar: str, text: str, *, multiple: bool = False) -> TyperOption:
    return TyperOption(
        param_decls=["external_id", "--id"] if name == "id" else [f"--{name}"],
        help=text,
        metavar=metavar,
        multiple=multiple,
        expose_value=False,
        callback=_keep,
        autocompletion=_OFFERED.get(name),
    )


def _kind() -> TyperOption:
    return TyperOption(
        param_decls=["--company/--person"],
        help=N_("an organisation or a person"),
        is_flag=True,
        default=None,
        expose_value=False,
        callback=_keep,
    )


def _keep(ctx: Any, param: Any, value: Any) -> Any:
    """Keep what was said beside the context, out of the parameters of the command."""
    ctx.meta.setdefault(_SAID, {})[param.name] = value
    return value
