"""How each country writes days, numbers and amounts of money: the dress that screens show.

From Unicode CLDR 47 (read through Babel 2.18), by the official language that most people of a
country use; in Kyrgyzstan by Russian. Taken are the order of a day and the sign between, the
signs in a number, and on which side of an amount its currency stands. Days and months have two
digits and years four, so that columns align. Countries that put the year first write ISO days.
Digits go in threes everywhere, for that is how `money.read` knows them.
"""

from __future__ import annotations

import functools
import re
from datetime import date
from typing import TYPE_CHECKING

from clientbase import money
from clientbase.clock import MONTH_FIRST, Day
from clientbase.words import Number, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    Key = TypeVar("Key")

NO_BREAK = "\u00a0"

# The sign between day, month and year, where the day comes first.
_DAY_FIRST = {
    ".": "AL AM AT AZ BA BG BV BY CH CZ DE DK EE FI FO GE HR IL IS KG KZ LI LV MD ME MK NO PL RO "
    "RS RU SI SJ SK TM TR UA XK",
    "-": "AW BQ CL CW MV NL SN SR",
    "/": "AD AE AG AI AO AR AU BB BD BE BF BH BI BJ BL BM BN BO BR BS BW BZ CC CD CF CG CI CK CM "
    "CO CR CU CV CX CY DG DJ DM DO DZ EA EC EG EH ER ES ET FJ FK FM FR GA GB GD GF GG GH GI GM GN "
    "GP GQ GR GS GT GW GY HK HN HT IC ID IE IM IN IO IQ IT JE JM JO KE KH KI KM KN KW KY LA LB LC "
    "LR LU LY MA MC MF ML MM MO MQ MR MS MT MU MW MX MY MZ NA NC NE NF NG NI NR NU NZ OM PE PF PG "
    "PK PM PN PS PT PW QA RE SA SB SC SD SG SH SL SM SO SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL "
    "TN TO TT TV TZ UG UY UZ VA VC VE VG VN VU WF WS YE YT ZM",
}
# Between thousands, and before decimals; all other countries write 1,234.50.
_NUMBERS = {
    (".", ","): "AD AR AT AW AZ BA BE BI BN BO BQ BR CF CL CO CY DE DK DZ EA EC ES FO GL GQ GR HR "
    "IC ID IS IT LA LB LU LY MA MD ME MK MR NL RO RS RW SI SM SN SR TN TR UY VA VE VN",
    (" ", ","): "AL AM AO AX BF BG BJ BL BV BY CD CG CI CM CR CV CZ DJ EE FI FR GA GE GF GN GP GW "
    "HT HU KG KZ LT LV MC MF ML MQ MU MZ NC NE NO PF PL PM PT RE RU SC SE SJ SK ST TF TG TJ TL TM "
    "UA UZ WF XK YT ZA",
    ("’", "."): "CH LI",
}
# Where the currency comes first, without and with a blank behind its sign; else it comes last.
_SIGN_FIRST = (
    "AG AI AR AS AU BB BM BO BS BT BW BZ CA CC CF CK CL CN CO CR CU CX DG DM DO EC ER ET FJ FK FM "
    "GB GD GG GH GI GL GM GS GT GU GY HK HN ID IE IM IN IO JE JM JP KI KN KP KR KY LA LC LK LR LS "
    "MH MO MP MS MT MW MX MY NA NF NG NI NR NU NZ PA PH PK PN PR PW SB SG SH SL SO SS SV SX SZ TC "
    "TH TK TR TT TV TW UM US VC VE VG VI VU WS ZA ZM ZW"
)
_SIGN_FIRST_APART = "AF AT AW BE BN BQ BR CH CW IR KE LI MG MN MV NL NP PE PY RW SN SR TO TZ UG UY"
# The signs that `money.read` knows. Several currencies share some of them: each has its sign at
# home, and abroad its code; where no other is at home, $ is the dollar of the United States and
# £ the pound of the United Kingdom.
_SIGNS = {
    "AMD": "֏", "AZN": "₼", "BRL": "R$", "CRC": "₡", "CZK": "Kč", "EUR": "€", "GBP": "£",
    "GEL": "₾", "HKD": "HK$", "HUF": "Ft", "IDR": "Rp", "ILS": "₪", "INR": "₹", "KGS": "сом",
    "KRW": "₩", "KZT": "₸", "LAK": "₭", "MNT": "₮", "NGN": "₦", "PHP": "₱", "PLN": "zł",
    "PYG": "₲", "RUB": "₽", "THB": "฿", "TRY": "₺", "UAH": "₴", "USD": "$", "VND": "₫",
}  # fmt: skip
_AT_HOME = {
    "$": {
        "ARS": "AR", "AUD": "AU CC CX KI NF NR TV", "BBD": "BB", "BMD": "BM", "BND": "BN",
        "BSD": "BS", "BZD": "BZ", "CAD": "CA", "CLP": "CL", "COP": "CO", "CUP": "CU",
        "FJD": "FJ", "GYD": "GY", "JMD": "JM", "KYD": "KY", "LRD": "LR", "MXN": "MX",
        "NAD": "NA", "NZD": "CK NU NZ PN TK", "SBD": "SB", "SGD": "SG", "SRD": "SR",
        "TTD": "TT", "TWD": "TW", "UYU": "UY", "XCD": "AG AI DM GD KN LC MS VC",
    },
    "£": {"FKP": "FK", "GIP": "GI", "SHP": "SH", "SSP": "SS"},
    "¥": {"CNY": "CN", "JPY": "JP"},
    "kr": {"DKK": "DK FO GL", "ISK": "IS", "NOK": "BV NO SJ", "SEK": "AX SE"},
    "Br": {"BYN": "BY"},
    "Rs": {"MUR": "MU", "PKR": "PK"},
}  # fmt: skip
_THREE = 3  # decimals after a comma look like thousands: 12,500


class Dress:
    """How a country writes days, numbers, and amounts of one currency, with which blanks.

    Without a country: ISO days, 1,234.50. What is written in a dress, `clock.read_day`,
    `clock.read_birthday` and `money.read` can read again.
    """

    __slots__ = ("day", "decimals", "group", "last", "mark", "sign", "space", "together")

    def __init__(self, country: str, currency: str, space: str = " ") -> None:
        """Find out how the country does it; `space` is a blank, or NO_BREAK."""
        self.day = _day(country)
        self.decimals = money.decimals(currency)
        self.sign = _sign(currency, country)
        self.space = space
        self.group, self.mark = _number(country, self.decimals, space)
        self.together = country in _SIGN_FIRST.split() and self.sign != currency
        self.last = country not in f"{_SIGN_FIRST} {_SIGN_FIRST_APART}".split()

    def number(self, plain: str) -> str:
        """Write a number that is given as 1,234.5."""
        return plain.translate({ord(","): self.group, ord("."): self.mark})

    def price(self, plain: str) -> str:
        """Write a price that is given as 18000.00, so that it reads but one way if typed again."""
        whole, point, part = plain.partition(".")
        if len(part) == _THREE != self.decimals:
            part += "0"
        if part or self.group not in {",", "."}:
            whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole)
        return self.number(whole + point + part)

    def amount(self, minor: int) -> str:
        """Write an amount that stands alone: with its currency."""
        bare = money.screen(abs(minor), self.decimals, group=self.group, mark=self.mark)
        minus = "-" if minor < 0 else ""
        if not self.sign:
            return minus + bare
        if self.last:
            return f"{minus}{bare}{self.space}{self.sign}"
        return f"{minus}{self.sign}{'' if self.together else self.space}{bare}"

    def word(self, value: object) -> object:
        """Write a value of a Sentence as the country does; what is none of its own stays."""
        if isinstance(value, Sentence):
            return value.worded(self.word)
        if isinstance(value, Day | date):
            return self.day(str(value))
        if isinstance(value, money.Amount):
            return self.amount(value.minor)
        if isinstance(value, Number):
            write = self.price if isinstance(value, money.Price) else self.number
            return write(value)
        if isinstance(value, list):
            numbers = any(isinstance(each, Number | money.Amount) for each in value)
            between = "; " if numbers and self.mark == "," else ", "
            return between.join(str(self.word(each)) for each in value)
        return value

    def text(self, text: str) -> str:
        """Return a text as the country writes it where it is a Sentence, else as it is."""
        return text.worded(self.word) if text.__class__ is Sentence else text


@functools.lru_cache(maxsize=8)
def dress(country: str, currency: str, space: str = " ") -> Dress:
    """Return how a country writes, each made once."""
    return Dress(country, currency, space)


def year_first(country: str) -> bool:
    """Tell whether a country writes the year first, as ISO does; an unknown one does."""
    return country not in MONTH_FIRST and not _among(country, _DAY_FIRST)


def _among(country: str, lists: Mapping[Key, str]) -> Key | None:
    """Return the key of the list in which a country stands."""
    return next((key for key, codes in lists.items() if country in codes.split()), None)


def _day(country: str) -> Callable[[str], str]:
    """Return what writes ISO days, and birthdays without their year, as a country does."""
    between = "/" if country in MONTH_FIRST else _among(country, _DAY_FIRST)
    order = _month_first if country in MONTH_FIRST else _day_first

    def write(iso: str) -> str:
        if iso[:2] == "--":
            if between:
                return order("", iso[2:4], iso[5:], between)
            return iso[2:] if country else iso
        if between and iso[4:5] == "-" == iso[7:8]:
            return order(between + iso[:4], iso[5:7], iso[8:], between)
        return iso

    return write


def _day_first(year: str, month: str, day: str, between: str) -> str:
    return f"{day}{between}{month}{year}"


def _month_first(year: str, month: str, day: str, between: str) -> str:
    return f"{month}{between}{day}{year}"


def _number(country: str, decimals: int, space: str) -> tuple[str, str]:
    """Return what stands between thousands, and before decimals."""
    group, mark = _among(country, _NUMBERS) or (",", ".")
    if mark == "," and decimals == _THREE:
        return ",", "."
    return space if group == " " else group, mark


def _sign(currency: str, country: str) -> str:
    for sign, homes in _AT_HOME.items():
        if country in homes.get(currency, "").split():
            return sign
    sign = _SIGNS.get(currency, currency)
    return currency if _among(country, _AT_HOME.get(sign, {})) else sign
