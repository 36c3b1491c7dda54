"""Packs: what a kind of business begins with, put into a base; twice is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase import clock
from clientbase.db import settings
from clientbase.errors import Misuse
from clientbase.followup import rules
from clientbase.funnel import stages
from clientbase.normal import fold, shown
from clientbase.people import channels, fields, kinds
from clientbase.table import Table, columns
from clientbase.words import N_, _

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base

COLUMNS = columns("what", "name", "of", "made:flag")


class Field(NamedTuple):
    """A custom field of contacts, or of a kind of things."""

    name: str
    type: str = "text"
    of: str | None = None
    choices: tuple[str, ...] = ()


class Stage(NamedTuple):
    """A stage of the funnel and the one it stands behind."""

    name: str
    temperature: str
    after: str


class Rule(NamedTuple):
    """A rule of reminders: its name, and what it looks at, or birthdays where that is nothing."""

    name: str
    what: str
    before: int
    field: str | None = None
    of: str | None = None
    yearly: bool | None = None
    every: str | None = None
    expires: int | None = None


class Pack(NamedTuple):
    """What one kind of business needs."""

    kinds: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    stages: tuple[Stage, ...] = ()
    channels: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()


_BIRTHDAYS = Rule(N_("birthdays"), N_("wish a happy birthday"), 0)
_PRICE_LEVELS = (N_("retail"), N_("wholesale"), N_("special"))
PACKS: dict[str, Pack] = {
    "pets": Pack(
        kinds=(N_("pet"),),
        fields=(
            Field(N_("animal"), of="pet"),
            Field(N_("breed"), of="pet"),
            Field(N_("born"), "date", "pet"),
            Field(N_("next_vaccination"), "date", "pet"),
            Field(N_("food_until"), "date", "pet"),
        ),
        stages=(Stage(N_("booked"), "hot", "agreed"),),
        channels=(N_("walk-in"), N_("site"), N_("referral"), N_("instagram")),
        rules=(
            _BIRTHDAYS,
            Rule(N_("vaccination"), N_("vaccination"), 7, "next_vaccination", "pet", every="12m"),
            # Food that ran out a month ago was bought elsewhere.
            Rule(
                N_("food runs out"), N_("offer the usual food"), 3, "food_until", "pet", expires=30
            ),
            Rule(N_("pet's birthday"), N_("congratulate"), 0, "born", "pet", yearly=True),
        ),
    ),
    "salon": Pack(
        fields=(
            Field(
                N_("skin_type"), "choice", None, (N_("dry"), N_("oily"), N_("mixed"), N_("normal"))
            ),
            Field(N_("hair_type"), "choice", None, (N_("straight"), N_("wavy"), N_("curly"))),
            Field(N_("favourite_master")),
        ),
        stages=(Stage(N_("booked"), "hot", "agreed"),),
        channels=(N_("walk-in"), N_("instagram"), N_("referral"), N_("site")),
        rules=(_BIRTHDAYS,),
    ),
    "service": Pack(
        kinds=(N_("unit"),),
        fields=(
            Field(N_("model"), of="unit"),
            Field(N_("installed_on"), "date", "unit"),
            Field(N_("next_service_on"), "date", "unit"),
        ),
        stages=(Stage(N_("visit"), "warm", "interested"),),
        channels=(N_("site"), N_("referral"), N_("advertisement"), N_("cold call")),
        rules=(
            Rule(
                N_("service"),
                N_("offer the yearly service"),
                14,
                "next_service_on",
                "unit",
                every="12m",
            ),
        ),
    ),
    "wholesale": Pack(
        fields=(
            Field(N_("price_group"), "choice", None, _PRICE_LEVELS),
            Field(N_("contract")),
        ),
        stages=(Stage(N_("contract"), "hot", "offer"),),
        channels=(N_("exhibition"), N_("cold call"), N_("referral"), N_("site")),
        rules=(_BIRTHDAYS,),
    ),
}


def apply(base: Base, name: str, today: date) -> Table:
    """Put into a base what a pack brings and the base lacks; return all of it.

    What is there under the same name stays as it is. Raises Misuse for an unknown pack.
    """
    pack = PACKS[known(name)]
    rows = [
        *((_("kind of things"), _(kind), None, _add_kind(base, _(kind))) for kind in pack.kinds),
        *(
            (_("field"), _(field.name), _(field.of) if field.of else None, _add_field(base, field))
            for field in pack.fields
        ),
        *((_("stage"), _(stage.name), None, _add_stage(base, stage)) for stage in pack.stages),
        *((_("channel"), _(each), None, _add_channel(base, _(each))) for each in pack.channels),
        *(
            (
                _("reminder rule"),
                _(rule.name),
                _(rule.of) if rule.of else None,
                _add_rule(base, rule, today),
            )
            for rule in pack.rules
        ),
    ]
    settings.store(base, "pack", name)
    return Table("pack", COLUMNS, rows)


def known(name: str) -> str:
    """Return the name of a pack. Raises Misuse where there is none of it."""
    if name in PACKS:
        return name
    raise Misuse(
        _("there is no pack {name}").format(name=shown(name)),
        hint=_("choose one of: {names}").format(names=", ".join(PACKS)),
    )


def _add_kind(base: Base, name: str) -> bool:
    if fold(name) in {fold(kind.name) for kind in kinds.all_kinds(base)}:
        return False
    kinds.add(base, name)
    return True


def _add_field(base: Base, field: Field) -> bool:
    of = _(field.of) if field.of else None
    known = fields.all_fields(base, fields.of_kind(base, of))
    if fold(_(field.name)) in {fold(each.name) for each in known}:
        return False
    choices = [_(choice) for choice in field.choices]
    fields.add(base, _(field.name), field.type, of=of, choices=choices)
    return True


def _add_stage(base: Base, stage: Stage) -> bool:
    """Add a stage behind the one that it follows, or last where that one is not there."""
    names = {fold(name) for name in stages.names(base)}
    if fold(_(stage.name)) in names:
        return False
    after = _(stage.after) if fold(_(stage.after)) in names else None
    stages.add(base, _(stage.name), stages.Spot(after), stage.temperature)
    return True


def _add_channel(base: Base, name: str) -> bool:
    made = channels.known(base, name) is None
    channels.channel_id(base, name)
    return made


def _add_rule(base: Base, rule: Rule, today: date) -> bool:
    if rules.known(base, _(rule.name)):
        return False
    source = rules.Source(
        birthday=rule.field is None,
        field=_(rule.field) if rule.field else None,
        of=_(rule.of) if rule.of else None,
        yearly=rule.yearly,
    )
    every = clock.read_span(rule.every) if rule.every else None
    said = rules.Said(
        _(rule.name),
        days_before=rule.before,
        expires_after=rule.expires,
        what=_(rule.what),
        every=every,
    )
    rules.add(base, source, said, today)
    return True
