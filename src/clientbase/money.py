"""Amounts of money as whole minor units: text to int, exact arithmetic, int to text."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from clientbase.errors import Refused
from clientbase.normal import shown
from clientbase.words import Number, _

if TYPE_CHECKING:
    from collections.abc import Callable

Mark = Literal[".", ","]

_FINE = 3  # decimals, as many digits as a group of thousands has

# An amount stays below this many minor units, and so within 15 digits.
LIMIT = 10**15

# Active codes of ISO 4217, list one, as published on 2026-01-01, without those that have no
# minor unit (metals, bond units, testing, "no currency"): nobody is paid in them.
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_FOUR_DECIMALS = "CLF UYW"
_TWO_DECIMALS = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD "
    "CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS "
    "GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD "
    "LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB "
    "PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
    "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW "
    "ZWG"
)
_DECIMALS = {
    code: places
    for places, codes in (
        (0, _NO_DECIMALS),
        (2, _TWO_DECIMALS),
        (3, _THREE_DECIMALS),
        (4, _FOUR_DECIMALS),
    )
    for code in codes.split()
}

# Signs and words beside amounts, letter case and a last dot aside, and the currencies that are
# written with them.
_DOLLARS = (
    "USD USN ARS AUD BBD BMD BND BRL BSD BZD CAD CLP COP CUP CVE DOP FJD GYD HKD JMD KYD LRD MOP "
    "MXN NAD NIO NZD SBD SGD SRD TOP TTD TWD UYU XCD"
)
_FRANCS = "CHF BIF CDF DJF GNF KMF RWF XAF XOF XPF"
SIGNS = {
    "₽": "RUB", **dict.fromkeys(("руб", "рублей", "рубль", "рубля", "р"), "RUB BYN"),
    "$": _DOLLARS, "us$": "USD", "c$": "CAD NIO", "ca$": "CAD", "a$": "AUD", "au$": "AUD",
    "nz$": "NZD", "hk$": "HKD", "r$": "BRL", **dict.fromkeys(("€", "euro", "евро"), "EUR"),
    "£": "GBP EGP FKP GIP LBP SDG SHP SSP SYP", "¥": "JPY CNY",
    "₸": "KZT", "тг": "KZT", "тенге": "KZT", "₴": "UAH", "грн": "UAH", "br": "BYN ETB",
    "₾": "GEL", "֏": "AMD", "₼": "AZN", "сом": "KGS", "сум": "UZS", "so'm": "UZS",
    "₺": "TRY", "₹": "INR", "rs": "INR LKR MUR NPR PKR SCR", "₪": "ILS", "₩": "KRW KPW",
    "₫": "VND", "฿": "THB", "₱": "PHP CUP", "₦": "NGN", "₡": "CRC", "₲": "PYG", "₵": "GHS",
    "₭": "LAK", "₮": "MNT", "rp": "IDR", "zł": "PLN", "kč": "CZK", "ft": "HUF",
    "kr": "DKK ISK NOK SEK", "lei": "RON MDL", "fr": _FRANCS, "sfr": "CHF",
}  # fmt: skip

# Everything around the number: brackets or a minus, and a currency sign on either side.
_DRESS = (
    r"(?P<open>\(?)(?P<minus>[+−-]?)(?P<before>[^()+−0-9-]*+)(?P<inner>[+−-]?+)\s*+"
    r"(?P<body>[0-9](?:.*[0-9])?)(?P<after>[^()0-9]*)(?P<close>\)?)"
)
_BODY = (
    r"(?P<minus>[−-]?)(?=[.,]?[0-9])"
    r"(?P<head>[1-9][0-9]{{0,2}}(?P<group>[{groups}])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*|[0-9]*)"
    r"(?:(?!(?P=group))(?P<mark>[{marks}])(?P<tail>[0-9]+))?"
)
_SPACES = " \u00a0\u2007\u2009\u202f"
_GROUPS = {"": f"{_SPACES}.,'’", ".": f"{_SPACES},'’", ",": f"{_SPACES}.'’"}
_MOST_DIGITS = 30  # before the value is known; int() itself gives up on thousands of digits


class Price(Number):
    """A price as it is kept (`18000.00`, perhaps finer than a coin); a screen dresses it."""

    __slots__ = ()


class Amount(NamedTuple):
    """An amount in a Sentence: whole minor units, the currency's decimals, perhaps its code."""

    minor: int
    decimals: int
    currency: str = ""
    group: str = ","

    def __str__(self) -> str:
        """Return it as a plain text has it: `1,200.00`, with the code `1,200.00 RUB`."""
        bare = screen(self.minor, self.decimals, group=self.group)
        return f"{bare} {self.currency}" if self.currency else bare


def decimals(currency: str) -> int:
    """Return how many decimals a currency has by ISO 4217; 2 for an unknown code."""
    return _DECIMALS.get(currency.upper(), 2)


def currency_known(code: str) -> bool:
    """Tell whether a code (three capitals) is an active ISO 4217 currency with a minor unit."""
    return code in _DECIMALS


def read(text: str, decimals: int, *, negative: bool = False, currency: str = "") -> int:
    """Return the typed amount in minor units; what is wrong or has two readings is Refused.

    `1200`, `1200.5`, `1 200,50`, `1,200.50` and `1'200.50` are read, with a currency sign too.
    A sign of another currency than `currency` is refused where that is given; so is an amount
    below zero unless `negative`.
    """
    value, scale = _exact(text, "", decimals, currency)
    amount = _minor((value, scale), decimals, text)
    if scale > decimals:
        # 1,2000 is more likely a slip than 1.20.
        raise _too_fine(amount, decimals, text)
    if amount < 0 and not negative:
        raise Refused(
            _("an amount cannot be negative: {text}").format(text=shown(text)), hint=_hint()
        )
    return amount


def reader(decimals: int, mark: Mark, *, currency: str = "") -> Callable[[str], int]:
    """Return a quick reader of a file's column whose decimal mark is known, in minor units.

    Amounts below zero and decimals that are zeros past the currency's own are read.
    """
    unit: int = 10**decimals
    longest = len(str(LIMIT)) - 2 - decimals  # as many digits are below LIMIT in any case
    point = -1 - decimals

    def amount(text: str) -> int:
        if text.isascii():
            digits = text.replace(mark, "", 1)
            if digits.isdigit() and len(digits) < longest:
                if len(digits) == len(text):
                    return int(text) * unit
                if decimals and len(text) > decimals and text[point] == mark:
                    return int(digits)
        return _minor(_exact(text, mark, decimals, currency), decimals, text)

    return amount


def times(
    quantity: str, price: str, decimals: int, mark: Mark | Literal[""] = "", *, currency: str = ""
) -> int:
    """Return quantity × price in minor units, exact until it is rounded half-even once.

    Either may be negative and have any number of decimals; an empty mark reads as people type.
    A price with a sign of another currency than `currency` is refused where that is given.
    """
    count, count_scale = _exact(quantity, mark, None, None)
    # Where money has three decimals, 1.250 is no thousand.
    each, each_scale = _exact(price, mark, decimals if decimals >= _FINE else None, currency)
    spare = count_scale + each_scale - decimals
    product = count * each
    amount = half_even(product, 10**spare) if spare > 0 else product * 10**-spare
    return _limited(amount, f"{shown(quantity)} × {shown(price)}")


def read_quantity(text: str, mark: Mark | Literal[""] = "") -> int | float:
    """Return a quantity, an int if it is whole; an empty mark reads it as people type it."""
    value, scale = _exact(text, mark, None, None)
    unit: int = 10**scale
    _limited(abs(value) // unit, text)
    return value // unit if value % unit == 0 else value / unit


def half_even(numerator: int, denominator: int) -> int:
    """Return numerator / denominator rounded to a whole, a half to the even neighbour."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))


def plain(minor: int, decimals: int) -> str:
    """Return an amount for machines, a JSON number too: `1200.00`, `-5.00`."""
    if not decimals:
        return str(minor)
    # A long list has a million of them: this takes a third of the time of `screen`.
    digits = str(abs(minor)).zfill(decimals + 1)
    sign = "-" if minor < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def screen(minor: int, decimals: int, *, group: str = ",", mark: str = ".") -> str:
    """Return an amount for people: `1,200.00`, or with other characters `1 200,00`."""
    whole, part = divmod(abs(minor), 10**decimals)
    sign = "-" if minor < 0 else ""
    digits = f"{whole:,}".replace(",", group)
    return f"{sign}{digits}{mark}{part:0{decimals}}" if decimals else f"{sign}{digits}"


@functools.cache
def _body(mark: Mark | Literal[""]) -> re.Pattern[str]:
    # Compiled when it is first used: most commands read no amount.
    return re.compile(_BODY.format(groups=_GROUPS[mark], marks=mark or ".,"))


def _exact(
    text: str, mark: Mark | Literal[""], places: int | None, currency: str | None
) -> tuple[int, int]:
    """Return digits and scale (12.50 is 1250, 2) of a number; None as currency allows no sign."""
    if mark and text.isascii():
        whole, point, part = text.partition(mark)
        digits = whole + part
        if digits.isdigit() and len(digits) <= _MOST_DIGITS and bool(point) == bool(part):
            return int(digits), len(part)
    found = _body(mark).fullmatch(text)
    minus = bool(found and found["minus"])
    if not found:
        minus, body = _undressed(text, currency)
        found = _body(mark).fullmatch(body)
    if not found:
        raise _refusal(text)
    head, group, tail = found["head"], found["group"] or "", found["tail"] or ""
    if not mark and not tail and group in {".", ","} and head.count(group) == 1:
        head, tail = _one_group(text, head, group, places)
    digits = head.replace(group, "") + tail
    value = int(digits) if len(digits) <= _MOST_DIGITS else _limited(LIMIT, text)
    return -value if minus else value, len(tail)


def _undressed(text: str, currency: str | None) -> tuple[bool, str]:
    """Return whether a number is negative, and its body without minus, brackets and sign."""
    dress = re.fullmatch(_DRESS, text.strip(), re.DOTALL)
    if not dress or bool(dress["open"]) != bool(dress["close"]):
        raise _refusal(text)
    signs = [dress["minus"], dress["inner"], dress["open"]]
    before, body = dress["before"], dress["body"]
    # $.50 is half a dollar, руб.50 is fifty roubles.
    if before[-1:] in {".", ","} and not before[-2:-1].isalpha():
        before, body = before[:-1], before[-1] + body
    if sum(map(bool, signs)) > 1 or not _signs_fit(text, [before, dress["after"]], currency):
        raise _refusal(text)
    return any(sign in {"-", "−", "("} for sign in signs), body


def _signs_fit(text: str, signs: list[str], currency: str | None) -> bool:
    for sign in filter(None, map(str.strip, signs)):
        word = sign.casefold()
        if word[-2:-1].isalpha():
            word = word.removesuffix(".")
        code = word.upper()
        codes = code if code in _DECIMALS else SIGNS.get(word)
        if codes is None or currency is None:
            return False
        if currency and currency not in codes.split():
            raise _foreign(text, codes, currency)
    return True


def _foreign(text: str, codes: str, currency: str) -> Refused:
    if " " in codes:
        sentence = _('"{text}" is not in {currency}, which the base keeps')
    else:
        sentence = _('"{text}" is in {code}, and the base keeps {currency}')
    return Refused(
        sentence.format(text=shown(text), code=codes, currency=currency),
        hint=_("type the amount in {currency}").format(currency=currency),
    )


def _one_group(text: str, head: str, group: str, places: int | None) -> tuple[str, str]:
    """Decide what one group of three after a comma or a dot is: thousands or decimals."""
    whole, tail = head.split(group)
    if places == 0:  # a currency without decimals: in Chile 1.234 is a thousand and more
        return whole + tail, ""
    if group == "." and places is not None and places >= len(tail):
        return whole, tail
    kept = tail + "0" if places is None else tail[:places]
    hint = _("write {whole} or {short}").format(
        whole=whole + tail, short=f"{whole}.{kept}" if kept else whole
    )
    if group == "." and places is not None:
        raise Refused(_too_many_decimals(text), hint=hint)
    raise Refused(_('"{text}" can be read in two ways').format(text=shown(text)), hint=hint)


def _minor(exact: tuple[int, int], places: int, text: str) -> int:
    value, scale = exact
    if scale <= places:
        return _limited(value * 10 ** (places - scale), text)
    amount, rest = divmod(abs(value), 10 ** (scale - places))
    if rest:
        raise _too_fine(amount, places, text)
    return _limited(-amount if value < 0 else amount, text)


def _too_fine(amount: int, places: int, text: str) -> Refused:
    hint = _("round it, for example to {short}").format(short=plain(amount, places))
    return Refused(_too_many_decimals(text), hint=hint)


def _limited(amount: int, text: str) -> int:
    if abs(amount) < LIMIT:
        return amount
    raise Refused(
        _("an amount has 15 digits at most: {text}").format(text=shown(text)), hint=_hint()
    )


def _too_many_decimals(text: str) -> str:
    return _('"{text}" has too many decimals').format(text=shown(text))


def _refusal(text: str) -> Refused:
    """Return why a text is no number."""
    typed = text.strip()
    if not typed:
        return Refused(_("no number was typed"), hint=_hint())
    if any(sign.isdigit() and not sign.isascii() for sign in text):
        sentence = _('"{text}" is not written with the digits 0 to 9')
    elif re.fullmatch(r"[+−-]?[0-9.,]+e[+−-]?[0-9]+", typed.casefold()):
        sentence = _('"{text}" is written with an exponent')
    elif re.fullmatch(f"[0-9]+(?:[{_GROUPS['']}][0-9]+)+", typed):
        sentence = _('the digits of "{text}" are not in groups of three')
    else:
        sentence = _('"{text}" is not a number')
    return Refused(sentence.format(text=shown(text)), hint=_hint())


def _hint() -> str:
    return _("type a number as 1200, 1200.50 or 1 200,50")
