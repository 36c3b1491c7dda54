"""Settings of the base: every threshold, its kind, its default and what it is for."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from clientbase import clock, money
from clientbase.db.statements import statements
from clientbase.errors import Conflict, Misuse, NotFound, Refused
from clientbase.normal import shown
from clientbase.table import Table, columns
from clientbase.words import N_, _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)

# A hundred years of days: more is a slip of the finger.
LONGEST = 36_500
LONGEST_MONTHS = 1_200
MOST_ORDERS = 1_000
# How many times the own rhythm somebody may be quiet, kept in hundredths.
HUNDREDTHS = 100
LONGEST_RHYTHM = 100
LONGEST_NUMBER = 9  # digits: a longer one fits nowhere
WITHOUT_DEFAULT = frozenset({"currency", "country"})


class Spec(NamedTuple):
    """A setting: how its text is read, its default text, and a sentence about it.

    `least` and `most` are the ends of what a number of days, months or orders may be.
    """

    kind: str
    default: str
    about: str
    choices: tuple[str, ...] = ()
    least: int = 1
    most: int = LONGEST


# Money, and cuts of money, are kept in minor units, `times` in hundredths. An empty default
# means: not set.
SPECS: dict[str, Spec] = {
    "currency": Spec("currency", "", N_("the currency of all amounts, an ISO 4217 code")),
    "country": Spec("country", "", N_("the country of phones and dates, two letters")),
    "pack": Spec(
        "choice",
        "",
        N_("what was put into the base for your kind of business"),
        ("pets", "salon", "service", "wholesale"),
    ),
    "dead.after": Spec("days", "730", N_("days of silence after which a contact is dead")),
    "active.after": Spec(
        "days", "90", N_("days since the first order after which a periodic client is active")
    ),
    "partner.after": Spec(
        "months",
        "24",
        N_("months since the first order after which a regular client is a partner"),
        most=LONGEST_MONTHS,
    ),
    "sleeping.after": Spec("days", "365", N_("days of quiet after which a client is sleeping")),
    "sleeping.rhythm": Spec(
        "times", "300", N_("times the own rhythm after which a client is sleeping")
    ),
    "sleeping.least": Spec(
        "days", "60", N_("days of quiet up to which the own rhythm makes nobody sleeping"), least=0
    ),
    "late.rhythm": Spec("times", "150", N_("times the own rhythm after which a client is late")),
    "late.least": Spec("days", "14", N_("days of quiet up to which nobody is late"), least=0),
    "late.share": Spec(
        "percent", "90", N_("percent of the own gaps that a late client's quiet exceeds"), most=100
    ),
    "churn.after": Spec(
        "days",
        "",
        N_("days without a purchase after which a client is lost; not set: sleeping.after"),
    ),
    "frequency.periodic": Spec(
        "orders", "2", N_("orders from which a client is periodic"), least=2, most=MOST_ORDERS
    ),
    "frequency.regular": Spec(
        "orders", "4", N_("orders from which a client is regular"), least=2, most=MOST_ORDERS
    ),
    "frequency.window": Spec(
        "months",
        "0",
        N_("months in which orders count for the frequency class; 0 is ever"),
        least=0,
        most=LONGEST_MONTHS,
    ),
    "value.low": Spec("money", "", N_("average order under which a client is economy")),
    "value.high": Spec("money", "", N_("average order over which a client is vip")),
    "value.by": Spec(
        "choice",
        "average",
        N_("what the value class is taken by: average or median order"),
        ("average", "median"),
    ),
    "rfm.recency": Spec("cuts", "", N_("fixed cuts of recency in days, such as 30,90,180,365")),
    "rfm.frequency": Spec("cuts", "", N_("fixed cuts of the number of orders, such as 1,2,4,8")),
    "rfm.monetary": Spec("money_cuts", "", N_("fixed cuts of revenue, such as 100,500,1000,5000")),
    "idle.after": Spec(
        "days", "7", N_("days without a move or a talk after which an open lead is idle")
    ),
    "quality.days": Spec(
        "days", "90", N_("days in which report quality looks for working days without an entry")
    ),
    "abc.a": Spec("percent", "80", N_("percent of the sum before an A, at most"), most=100),
    "abc.b": Spec("percent", "95", N_("percent of the sum before a B, at most"), most=100),
    "xyz.x": Spec("percent", "30", N_("variation in percent up to which an item is X"), most=1_000),
    "xyz.y": Spec("percent", "50", N_("variation in percent up to which an item is Y"), most=1_000),
    "xyz.months": Spec("number", "6", N_("whole months for a product's letter of XYZ")),
    "xyz.days": Spec("number", "4", N_("days of purchase for a client's letter of XYZ"), least=2),
    "concentration.red": Spec(
        "number", "3", N_("clients with 80% of the revenue: danger"), least=0
    ),
    "concentration.amber": Spec(
        "number", "5", N_("clients with 80% of the revenue: risk"), least=0
    ),
    "products.together": Spec("orders", "3", N_("orders from which two products go together")),
    "contact.pause": Spec(
        "days", "14", N_("days in which rules bother a contact but once; 0 is no pause"), least=0
    ),
}


def read(base: Base) -> dict[str, Any]:
    """Return every setting by its key.

    A value is an int (days, months, orders, percent, minor units, hundredths of a rhythm), a
    str, a tuple of ints (cuts), or None where it is not set.
    """
    found = base.cache.get("settings")
    if found is None:
        texts = dict(base.execute(SQL["all"]).fetchall())
        found = {key: _value(spec, texts.get(key, spec.default)) for key, spec in SPECS.items()}
        base.cache["settings"] = found
    return dict(found)


def get(base: Base, key: str) -> Any:
    """Return one setting as `read` does."""
    return read(base)[key]


def decimals(base: Base) -> int:
    """Return how many decimals the base's currency has."""
    return money.decimals(get(base, "currency"))


def amount(base: Base, text: str) -> int:
    """Return an amount that was typed, in minor units of the base's currency. Raises Refused."""
    return money.read(text, decimals(base), currency=get(base, "currency"))


def listing(base: Base, key: str | None = None) -> Table:
    """Return the settings, or one of them, with what each is for. Raises NotFound."""
    keys = [_known(key)] if key else list(SPECS)
    values = read(base)
    digits = money.decimals(values["currency"])
    rows = [(name, _shown(name, values[name], digits), _(SPECS[name].about)) for name in keys]
    return Table("settings", columns("key", "value", "about"), rows)


def put(base: Base, key: str, text: str) -> Table:
    """Set one setting from what was typed and return it.

    Raises NotFound for an unknown key, Misuse for an empty value, Refused for one that does not
    fit, Conflict where the currency would change under recorded amounts.
    """
    spec = SPECS[_known(key)]
    if not text.strip():
        raise Misuse(_("{key} can't be empty").format(key=key), hint=_hint_empty(key, spec))
    if key == "currency" and base.one(SQL["money_recorded"]):
        raise Conflict(
            _("amounts are recorded in {currency} already").format(currency=get(base, "currency")),
            hint=_("start another base for another currency: clientbase --db FILE init"),
        )
    stored = canonical(key, text, "" if spec.kind == "currency" else get(base, "currency"))
    _check_order(base, key, stored)
    store(base, key, stored)
    return listing(base, key)


def reset(base: Base, key: str) -> Table:
    """Take one setting back to its default and return it.

    Raises NotFound, and Refused for the currency and the country, which have none, and where it
    would not fit to the others.
    """
    spec = SPECS[_known(key)]
    if spec.kind in WITHOUT_DEFAULT:
        raise Refused(_("{key} has no default").format(key=key), hint=_hint_empty(key, spec))
    _check_order(base, key, spec.default)
    base.execute(SQL["drop"], {"key": key})
    base.cache.clear()
    return listing(base, key)


def _hint_empty(key: str, spec: Spec) -> str:
    if spec.kind in WITHOUT_DEFAULT:
        return _("give it a value: clientbase set {key} VALUE").format(key=key)
    return _("clientbase set {key} --default puts it back").format(key=key)


def store(base: Base, key: str, stored: str) -> None:
    """Keep the canonical text of a setting; the currency brings its scale for the public views."""
    values = {key: stored}
    if key == "currency":
        values["scale"] = str(10 ** money.decimals(stored))
    for name, value in values.items():
        base.execute(SQL["change"], {"key": name, "value": value})
        base.execute(SQL["put"], {"key": name, "value": value})
    base.cache.clear()


def canonical(key: str, text: str, currency: str) -> str:
    """Return a typed value as it is stored. Raises Refused where it does not fit."""
    spec, text = SPECS[key], text.strip()
    if spec.kind == "currency":
        return _currency(text)
    if spec.kind == "country":
        return _country(text)
    if spec.kind == "choice":
        return _choice(key, spec, text)
    if spec.kind == "money":
        return str(money.read(text, money.decimals(currency), currency=currency))
    if spec.kind in {"cuts", "money_cuts"}:
        return _cuts(key, spec, text, currency)
    return _times(key, text) if spec.kind == "times" else _count(key, spec, text)


def _value(spec: Spec, text: str) -> Any:
    if text == "":
        return "" if spec.kind in WITHOUT_DEFAULT else None
    if spec.kind in {"cuts", "money_cuts"}:
        return tuple(int(cut) for cut in text.split(","))
    return text if spec.kind in {"currency", "country", "choice"} else int(text)


def times(hundredths: int) -> str:
    """Return how many times the own rhythm as it is typed: 3, 1.5."""
    return f"{hundredths / HUNDREDTHS:g}"


def _shown(key: str, value: Any, digits: int) -> str | None:
    kind = SPECS[key].kind
    if value is None:
        return None
    if kind == "money":
        return money.plain(value, digits)
    if kind == "times":
        return times(value)
    if kind == "money_cuts":
        return ",".join(money.plain(cut, digits) for cut in value)
    return ",".join(str(cut) for cut in value) if kind == "cuts" else str(value)


def _known(key: str) -> str:
    if key in SPECS:
        return key
    from clientbase.nearest import meant

    raise NotFound(
        _("there is no setting {key}").format(key=shown(key)),
        hint=meant(key, SPECS, _("clientbase set shows them all")),
    )


def _currency(text: str) -> str:
    code = text.upper()
    if not money.currency_known(code):
        raise Refused(
            _("{text} is no currency").format(text=shown(text)),
            hint=_("give its ISO code, such as RUB, EUR, USD or KZT"),
        )
    return code


def _country(text: str) -> str:
    from clientbase import phones

    code = text.upper()
    if not phones.country_known(code):
        raise Refused(
            _("{text} is no country").format(text=shown(text)),
            hint=_("give its two letters, such as RU, DE, US or KZ"),
        )
    return code


def _choice(key: str, spec: Spec, text: str) -> str:
    if text not in spec.choices:
        raise Refused(
            _("{key} can't be {text}").format(key=key, text=shown(text)),
            hint=_("choose one of: {choices}").format(choices=", ".join(spec.choices)),
        )
    return text


def _count(key: str, spec: Spec, text: str) -> str:
    number = _number(spec, text)
    if number is None or not spec.least <= number <= spec.most:
        raise Refused(
            _("{key} can't be {text}").format(key=key, text=shown(text)),
            hint=_("give a whole number from {least} to {most}").format(
                least=spec.least, most=spec.most
            ),
        )
    return str(number)


def _number(spec: Spec, text: str) -> int | None:
    """Read a number, or a span of days for days and of months for months: 90d, 2y."""
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= LONGEST_NUMBER else None
    if spec.kind not in {"days", "months"}:
        return None
    try:
        span = clock.read_span(text)
    except Refused:
        return None
    own, other = (span.days, span.months) if spec.kind == "days" else (span.months, span.days)
    return None if other else own


def _times(key: str, text: str) -> str:
    found = re.fullmatch(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?", text)
    hundredths = int(found[1]) * HUNDREDTHS + int((found[2] or "").ljust(2, "0")) if found else 0
    if not 0 < hundredths <= LONGEST_RHYTHM * HUNDREDTHS:
        raise Refused(
            _("{key} can't be {text}").format(key=key, text=shown(text)),
            hint=_("give a number over 0 and up to {most}, such as 1.5").format(
                most=LONGEST_RHYTHM
            ),
        )
    return str(hundredths)


def _cuts(key: str, spec: Spec, text: str, currency: str) -> str:
    digits = money.decimals(currency) if spec.kind == "money_cuts" else 0
    cuts = [money.read(part, digits, currency=currency) for part in text.split(",")]
    if any(after <= before for before, after in pairwise(cuts)):
        raise Refused(
            _("the cuts of {key} must rise").format(key=key),
            hint=_("write them from the smallest up, such as 30,90,180,365"),
        )
    return ",".join(str(cut) for cut in cuts)


# Borders of which one must not be over the other, and whether they may be equal.
_PAIRS = (
    ("value.low", "value.high", True),
    ("frequency.periodic", "frequency.regular", False),
    ("abc.a", "abc.b", False),
    ("xyz.x", "xyz.y", False),
    ("concentration.red", "concentration.amber", True),
)


def _check_order(base: Base, key: str, stored: str) -> None:
    """Refuse a border that would lie on the wrong side of the one it goes with."""
    values = {**read(base), key: _value(SPECS[key], stored)}
    for low, high, may_be_equal in _PAIRS:
        under, over = values[low], values[high]
        if key not in {low, high} or None in {under, over} or under < over:
            continue
        if under == over and may_be_equal:
            continue
        message = (
            _("{low} can't be over {high}") if may_be_equal else _("{low} must be under {high}")
        )
        raise Refused(
            message.format(low=low, high=high), hint=_("clientbase set shows what they are now")
        )
