"""The facts that rules may use: name, kind, and a sentence about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from clientbase.facts import compose, letters, rfm
from clientbase.funnel.stages import TEMPERATURES
from clientbase.table import Table, columns
from clientbase.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.db.connection import Base
    from clientbase.people.fields import Field
    from clientbase.people.kinds import Kind

FactKind = Literal["text", "number", "money", "date", "yes/no", "list"]

FREQUENCY = ("one-time", "periodic", "regular")
VALUE = ("economy", "standard", "vip")
# The nine cells of both, the dearest first, as they are called.
CELLS = tuple(f"{often}-{dear}" for dear in reversed(VALUE) for often in FREQUENCY)
BASES = ("dead", "potential", "vip", "partner", "regular", "active", "working")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: its kind, a sentence, and the values it may have where they are few.

    `source` is the name it is composed by where that is another.
    """

    name: str
    kind: FactKind
    about: str
    choices: tuple[str, ...] = ()
    source: str = ""

    @property
    def part(self) -> str:
        """The name under which the fact is composed."""
        return self.source or self.name


_ALL = (
    Fact("contact_id", "number", N_("the contact's number")),
    Fact("external_id", "text", N_("the contact's number in another system")),
    Fact("name", "text", N_("the name")),
    Fact("kind", "text", N_("person or organisation"), ("person", "organisation")),
    Fact("organisation", "text", N_("where the contact works")),
    Fact("post", "text", N_("what the contact is there")),
    Fact("city", "text", N_("the city")),
    Fact("region", "text", N_("the region")),
    Fact("address", "text", N_("the address")),
    Fact("sex", "text", N_("female or male"), ("female", "male")),
    Fact("occupation", "text", N_("the occupation")),
    Fact("manager", "text", N_("who in the business looks after the contact")),
    Fact("channel", "text", N_("the channel of the first enquiry")),
    Fact("first_channel", "text", N_("that channel, else of the first enquiry or sale")),
    Fact("preferred_channel", "text", N_("how the contact likes to be reached")),
    Fact("note", "text", N_("the note on the contact")),
    Fact("tags", "list", N_("the tags, for has(tags, 'club') alone"), (), "tag_keys"),
    Fact("phone", "text", N_("the first phone")),
    Fact("email", "text", N_("the first e-mail address")),
    Fact("has_phone", "yes/no", N_("whether there is a phone")),
    Fact("has_email", "yes/no", N_("whether there is an e-mail address")),
    Fact("birthday", "date", N_("the birthday, --MM-DD where its year is unknown")),
    Fact("age", "number", N_("whole years, where the year of birth is known")),
    Fact("next_birthday", "date", N_("the next birthday, today's included")),
    Fact("days_to_birthday", "number", N_("days until the next birthday, 0 is today")),
    Fact("entered_on", "date", N_("the day of the first contact")),
    Fact("days_since_entry", "number", N_("days since the first contact")),
    Fact("left", "yes/no", N_("whether the contact has left and is not back")),
    Fact("orders", "number", N_("sales that were not wholly refunded")),
    Fact("revenue", "money", N_("sales minus refunds")),
    Fact("ltv", "money", N_("lifetime value: what a client has brought so far, no forecast")),
    Fact("average_order", "money", N_("revenue per order")),
    Fact("median_order", "money", N_("the median of the orders, refunds taken off")),
    Fact("first_sale_on", "date", N_("the day of the first order")),
    Fact("last_sale_on", "date", N_("the day of the last order")),
    Fact("days_since_sale", "number", N_("days since the last order")),
    Fact("days_since_first_sale", "number", N_("days since the first order")),
    Fact("orders_in_window", "number", N_("orders within frequency.window months")),
    Fact("frequency_class", "text", N_("one-time, periodic or regular; clients alone"), FREQUENCY),
    Fact("value_class", "text", N_("economy, standard or vip; clients alone"), VALUE),
    Fact("base", "text", N_("the kind of base that the contact is in"), BASES),
    Fact("rhythm_days", "number", N_("the median gap between days of purchase, from 3 days on")),
    Fact("long_gap_days", "number", N_("the gap that late.share % of the own gaps do not exceed")),
    Fact("sleeping", "yes/no", N_("quiet for longer than sleeping.after or the own rhythm allows")),
    Fact("days_asleep", "number", N_("days for which the client has been sleeping")),
    Fact("late", "yes/no", N_("not sleeping, but quiet for longer than the own rhythm allows")),
    Fact("days_late", "number", N_("days for which the client has been late")),
    Fact("abc", "text", N_("A, B or C by revenue; clients alone"), letters.ABC),
    Fact("xyz", "text", N_("X, Y or Z by how much the own gaps vary"), letters.XYZ),
    Fact("gap_cv", "number", N_("by how many percent the own gaps vary")),
    Fact("rfm_r", "number", N_("the score of recency, 5 is best")),
    Fact("rfm_f", "number", N_("the score of frequency, 5 is best")),
    Fact("rfm_m", "number", N_("the score of money, 5 is best")),
    Fact("r", "number", N_("the same as rfm_r"), (), "rfm_r"),
    Fact("f", "number", N_("the same as rfm_f"), (), "rfm_f"),
    Fact("m", "number", N_("the same as rfm_m"), (), "rfm_m"),
    Fact("rfm", "number", N_("the three scores as one number, 555 is best")),
    Fact("rfm_segment", "text", N_("the segment by R and F, such as 'Champions'"), rfm.SEGMENTS),
    Fact("open_leads", "number", N_("enquiries that are open")),
    Fact("last_enquiry_on", "date", N_("the day of the last enquiry")),
    Fact("days_since_enquiry", "number", N_("days since the last enquiry")),
    Fact("temperature", "text", N_("of the hottest open lead: cold, warm or hot"), TEMPERATURES),
    Fact("stage", "text", N_("the stage of the hottest open lead")),
    Fact("last_activity_on", "date", N_("the day of the last talk, in or out")),
    Fact("days_since_activity", "number", N_("days since the last talk, in or out")),
    Fact("last_incoming_on", "date", N_("the day on which the contact last spoke to us")),
    Fact("days_since_incoming", "number", N_("days since the contact last spoke to us")),
    Fact("last_sign_on", "date", N_("the last of sale, enquiry, word from the contact and entry")),
    Fact("days_silent", "number", N_("days since that last sign")),
    Fact("awaited", "yes/no", N_("whether an open reminder or a dated service lies ahead")),
)
FACTS = {fact.name: fact for fact in _ALL}
KINDS: dict[str, FactKind] = {
    "text": "text",
    "choice": "text",
    "number": "number",
    "money": "money",
    "date": "date",
    "yes/no": "yes/no",
}


def known(base: Base) -> dict[str, Fact]:
    """Return the facts that rules may use, custom fields too, by their folded names."""
    from clientbase.normal import fold
    from clientbase.people.fields import all_fields

    of_fields = {
        fold(field.name): Fact(
            field.name,
            KINDS[field.type],
            N_("a field of yours"),
            field.choices,
            compose.field_fact(field.id),
        )
        for field in all_fields(base)
    }
    return FACTS | {name: fact for name, fact in of_fields.items() if name not in FACTS}


def listing(base: Base) -> Table:
    """Return what rules may use: name, kind and a sentence each."""
    bought = Fact(
        "has_bought('PRODUCT')", "yes/no", N_("whether they bought a product of this name")
    )
    found = [*known(base).values(), bought, *_of_things(base)]
    rows = [(fact.name, fact.kind, _(fact.about)) for fact in found]
    return Table("facts", columns("name", "kind", "about"), rows)


def asking(kind: Kind, field: Field | None = None) -> str:
    """Return how a rule asks for things of a kind, or for a value of one of their fields."""
    names = [kind.name] if field is None else [kind.name, field.name]
    quoted = ["'" + name.replace("'", "''") + "'" for name in names]
    return f"has_thing({', '.join(quoted if field is None else [*quoted, 'VALUE'])})"


def _of_things(base: Base) -> Iterator[Fact]:
    from clientbase.people import fields, kinds

    for kind in kinds.all_kinds(base):
        yield Fact(asking(kind), "yes/no", N_("whether they have a thing of this kind"))
        for field in fields.all_fields(base, kind):
            about = N_("whether they have one where this field is VALUE")
            yield Fact(asking(kind, field), KINDS[field.type], about)
