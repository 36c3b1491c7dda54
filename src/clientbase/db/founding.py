"""What a new base begins with: its currency, its country, and five stages of the funnel."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.db import settings
from clientbase.db.connection import create
from clientbase.db.journal import Act, write
from clientbase.db.statements import statements
from clientbase.normal import fold
from clientbase.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clientbase.db.connection import Base

SQL = statements(__file__)

STAGES = (
    (N_("new"), "cold"),
    (N_("contacted"), "cold"),
    (N_("interested"), "warm"),
    (N_("offer"), "warm"),
    (N_("agreed"), "hot"),
)

# The currency that a country pays with (CLDR 48, supplemental data, of countries with a
# locale of their own on common systems).
_CURRENCIES = {
    "EUR": "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK ME XK",
    "USD": "US EC SV PA PR",
    "GBP": "GB",
    "CHF": "CH LI",
    "AED": "AE",
    "AMD": "AM",
    "ARS": "AR",
    "AUD": "AU",
    "AZN": "AZ",
    "BRL": "BR",
    "BYN": "BY",
    "CAD": "CA",
    "CLP": "CL",
    "CNY": "CN",
    "COP": "CO",
    "CZK": "CZ",
    "DKK": "DK",
    "EGP": "EG",
    "GEL": "GE",
    "HKD": "HK",
    "HUF": "HU",
    "IDR": "ID",
    "ILS": "IL",
    "INR": "IN",
    "ISK": "IS",
    "JPY": "JP",
    "KGS": "KG",
    "KRW": "KR",
    "KWD": "KW",
    "KZT": "KZ",
    "MDL": "MD",
    "MXN": "MX",
    "MYR": "MY",
    "NOK": "NO",
    "NZD": "NZ",
    "PEN": "PE",
    "PHP": "PH",
    "PLN": "PL",
    "RON": "RO",
    "RSD": "RS",
    "RUB": "RU",
    "SAR": "SA",
    "SEK": "SE",
    "SGD": "SG",
    "THB": "TH",
    "TJS": "TJ",
    "TRY": "TR",
    "TWD": "TW",
    "UAH": "UA",
    "UZS": "UZ",
    "VND": "VN",
    "ZAR": "ZA",
}
_BY_COUNTRY = {
    country: currency for currency, list_ in _CURRENCIES.items() for country in list_.split()
}


class Plan(NamedTuple):
    """The currency and country of a base to be, and what was assumed, said aloud."""

    currency: str
    country: str
    assumptions: tuple[str, ...]


def plan(currency: str | None, country: str | None, machine: str) -> Plan:
    """Decide on currency and country from what was said and the machine's locale (`ru_RU.UTF-8`).

    Raises Refused for a code that is none.
    """
    said: list[str] = []
    if country is None:
        country = _country_of(machine) or "US"
        said.append(_("The country is taken to be {country}.").format(country=country))
    country = settings.canonical("country", country, "")
    if currency is None:
        currency = _BY_COUNTRY.get(country, "USD")
        said.append(_("The currency is taken to be {currency}.").format(currency=currency))
    currency = settings.canonical("currency", currency, "")
    if said:
        said.append(_("Other ones: clientbase set country CODE, clientbase set currency CODE"))
    return Plan(currency, country, tuple(said))


def found(
    path: Path, chosen: Plan, act: Act, furnish: Callable[[Base], object] | None = None
) -> Base:
    """Make the base at `path` with the five stages to begin with, and what `furnish` puts in.

    All of it is one operation; where `furnish` fails nothing is left. Raises as `create` does.
    """
    base = create(path)
    try:
        with write(base, act):
            _begin(base, chosen)
            if furnish is not None:
                furnish(base)
    except BaseException:
        base.close()
        remove(path)
        raise
    return base


def remove(path: Path) -> None:
    """Remove the file of a base that nobody has open, with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _begin(base: Base, chosen: Plan) -> None:
    settings.store(base, "currency", chosen.currency)
    settings.store(base, "country", chosen.country)
    for position, (name, temperature) in enumerate(STAGES, start=1):
        values = {"position": position, "name": _(name), "name_key": fold(_(name))}
        base.execute(SQL["stage"], {**values, "temperature": temperature})


def _country_of(machine: str) -> str:
    territory = machine.partition(".")[0].partition("@")[0].partition("_")[2]
    return territory if len(territory) == len("RU") and territory.isalpha() else ""
