"""The canonical form of a phone: E.164, its extension, or the reason why it can't be one."""

from __future__ import annotations

import functools
import re
import unicodedata
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from clientbase.errors import Refused
from clientbase.normal import digits, refuse_control, shown, without_invisible
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberDesc


_new_tuple = tuple.__new__  # half the time of Phone(…), which an import calls a million times


class Phone(NamedTuple):
    """A right phone: what was typed, E.164 such as +79261234567, and the extension or ''."""

    typed: str
    e164: str
    extension: str


# Layout that the library steps over wherever it stands, and the full-width digits it reads.
_BARE = (
    {code: code for code in range(128)}
    | dict.fromkeys(map(ord, " -().\u00a0\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), None)
    | {0xFF0B: ord("+")}
    | {0xFF10 + digit: ord("0") + digit for digit in range(10)}
)
SHORTEST = 7  # digits of a part, where a slash divides two phones and not one
LONGEST = 200  # characters of a cell that may still hold phones

# Compiled when first used: a number in a common layout needs none of them.
_LETTER = r"[^\W\d_]"
_LABEL = (
    rf"(?<!{_LETTER})(?:доб(?:авочный)?|вн(?:утр(?:енний)?)?|e?xt(?:ensi(?:o|ó))?n?|anexo|int"
    r"|[xх#]|;ext=|,,)[.:]?[\s,-]*"
)
_EXTENSION = rf"(?is)(?P<number>.*\d\D*?)[\s,;(]*{_LABEL}(?P<extension>\d{{1,9}})\s*[)#]?"
_SEPARATOR = (
    rf"(?i)(?<!,)[,;|\n](?!,|ext=|\s*{_LABEL}\d)|\s(?:и|или|and|or)\s"
    r"|(?<=\d{10})\s+(?=\+|\d{10})"
)
_LOST = r"\d(?:[.,]\d+)?[EeЕе]\+?\d+"
_FLOAT = r"(\+?\d{7,})[.,]0{1,2}"
_AROUND = r"^[^\d+]+|\D+$"
_RUN_OF_O = rf"(?<!{_LETTER})[OoОоΟο]+(?!{_LETTER})"
_O_FOR_ZERO = rf"\d[\s().-]*{_RUN_OF_O}|{_RUN_OF_O}[\s().+-]*\d"
_GAP = rf"\d[\s().-]*(?:[_?*]|(?<!{_LETTER})[XxХх]+(?!{_LETTER}))"
_WORD_STUCK = rf"\d(?:{_LETTER}|[\s.-]*[A-Z]{{3}})"  # 0800 FLOWERS is one too


def country_known(code: str) -> bool:
    """Say whether two letters name a country whose phones can be checked, in any letter case."""
    import phonenumbers

    return code.upper() in phonenumbers.SUPPORTED_REGIONS


def phone(text: str, country: str) -> Phone:
    """Read one phone as it is dialled in a country (ISO 3166, two letters), or raise Refused.

    What is made of layout and prefixes is what phonenumbers makes of them; beyond it, words and
    the marks of spreadsheets around a number are taken off, and letters in it are refused.
    """
    return _quick(text, country) or _read(text, country)


def phones(text: str, country: str) -> list[Phone]:
    """Read every phone of a cell, in order; one wrong part makes the whole cell Refused."""
    found = _quick(text, country)
    if found:
        return [found]
    parts = _parts(_tidy(text, country))
    if len(parts) > 1:
        return [phone(part, country) for part in parts]
    return [_read(text, country)]


def _quick(text: str, country: str) -> Phone | None:
    """Read a common layout without the library, or return None."""
    code, fullmatch = _layouts(country)
    bare = text if text[1:].isdigit() else text.translate(_BARE)
    match = fullmatch(bare)
    if match is None or (text[-1] == "0" and re.search(_FLOAT, text)):
        return None
    return _new_tuple(Phone, (text.strip(), code + match["national"], ""))


@functools.lru_cache(maxsize=32)
def _layouts(country: str) -> tuple[str, Callable[[str], re.Match[str] | None]]:
    """Compile the bare spellings (+7…, 7…, 8…, …) that the library is sure to read alike.

    Each condition is one at which the library might go another way (Google's libphonenumber,
    `parse` and `isValidNumber`); a number that meets none of them is left to the library.
    """
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    meta = PhoneMetadata.metadata_for_region(country.upper(), None)
    if meta is None or meta.country_code is None:
        return "", re.compile(r"(?!)").fullmatch
    code = str(meta.country_code)
    family = [
        kin
        for region in COUNTRY_CODE_TO_REGION_CODE[meta.country_code]
        if (kin := PhoneMetadata.metadata_for_region(region, None))
    ]
    general = _pattern(meta.general_desc)
    foreign = rf"(?!{meta.international_prefix})" if meta.international_prefix else ""
    bare = rf"(?={code})(?!(?:{general})\Z){code}{_trunk(meta)}|"
    uncut = "".join({_uncut(meta): None, _uncut(family[0]): None})
    national = rf"(?=(?:{general})\Z){uncut}{_valid(meta, family)}"
    layouts = rf"(?:\+{code}|{foreign}(?:{bare}))(?P<national>{national})"
    return f"+{code}", re.compile(layouts, re.ASCII).fullmatch


def _trunk(meta: PhoneMetadata) -> str:
    """Match the national prefix exactly as far as the library would take it off."""
    prefix = meta.national_prefix_for_parsing
    if not prefix or meta.national_prefix_transform_rule:
        return ""
    exact = prefix if prefix.isdecimal() else f"(?=(?P<trunk>{prefix}))(?P=trunk)"
    return f"|(?!{meta.country_code}){exact}"


def _uncut(meta: PhoneMetadata) -> str:
    """Stop at a number from whose head the library would take a national prefix."""
    prefix = meta.national_prefix_for_parsing
    if not prefix:
        return ""
    if meta.national_prefix_transform_rule:
        return f"(?!{prefix})"
    return rf"(?!(?:{prefix})(?:{_pattern(meta.general_desc)})\Z)"


def _pattern(desc: PhoneNumberDesc | None) -> str:
    return (desc.national_number_pattern if desc else None) or "(?!)"


def _valid(meta: PhoneMetadata, family: list[PhoneMetadata]) -> str:
    """Match the country's own numbers; those of others with its code are left to the library."""
    earlier = family[: family.index(meta)]
    claimed = "".join(f"(?!{kin.leading_digits})" for kin in earlier if kin.leading_digits)
    own = f"(?={meta.leading_digits})" if meta.leading_digits else ""
    general = _lengths(meta.general_desc)
    kinds: dict[tuple[int, ...], dict[str, None]] = {}
    for desc in _descriptions(meta):
        lengths = tuple(length for length in _lengths(desc) or general if length in general)
        kinds.setdefault(lengths, {})[_pattern(desc)] = None
    return rf"{claimed}{own}(?:{'|'.join(starmap(_kind, kinds.items()))})"


def _kind(lengths: tuple[int, ...], patterns: dict[str, None]) -> str:
    whole = "|".join(rf"\d{{{length}}}" for length in lengths) or "(?!)"
    return rf"(?=(?:{whole})\Z)(?:{'|'.join(patterns)})"


def _lengths(desc: PhoneNumberDesc | None) -> tuple[int, ...]:
    return tuple(desc.possible_length) if desc else ()


def _descriptions(meta: PhoneMetadata) -> tuple[PhoneNumberDesc | None, ...]:
    return (
        meta.mobile,
        meta.fixed_line,
        meta.toll_free,
        meta.premium_rate,
        meta.shared_cost,
        meta.voip,
        meta.personal_number,
        meta.pager,
        meta.uan,
        meta.voicemail,
    )


def _read(text: str, country: str) -> Phone:
    """Read any spelling: take off what surrounds the number, then ask the library."""
    typed = _tidy(text, country)
    parts = _parts(typed)
    if len(parts) > 1:
        raise Refused(
            _("two phones: {first} and {second}; give each its own").format(
                first=shown(parts[0]), second=shown(parts[1])
            ),
            hint=_("write one phone in a place, and the next in another"),
        )
    bare, extension = _without_extension(_plain(parts[0] if parts else typed))
    core = _core(bare)
    reason = _fault(bare, core)
    if reason:
        raise _refused(typed, reason, country)
    found = _quick(core, country)
    return Phone(typed, found.e164 if found else _by_library(typed, core, country), extension)


def _tidy(text: str, country: str) -> str:
    """Take off what can't be seen, and refuse what can't hold a phone at all."""
    text = without_invisible(text).replace("\t", " ").strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text:
        raise Refused(_("there is no phone here, it is empty"), hint=_hint(country))
    if len(text) > LONGEST:
        raise _refused(text, _("it is too long"), country)
    refuse_control(text, lines=True)
    if "@" in text:
        raise _refused(text, _("it is an e-mail address"), country)
    if not digits(text):
        raise _refused(text, _("it has no digits"), country)
    if re.fullmatch(_LOST, text.strip(" '\"=")):
        hint = _("make the column text in the spreadsheet, and save the file again")
        raise _refused(text, _("digits lost by a spreadsheet"), country, hint=hint)
    return text


def _parts(text: str) -> list[str]:
    """Split a cell into what looks like one phone each."""
    if re.fullmatch(_FLOAT, text):
        return [text]
    pieces = text.split("/")
    if len(pieces) == 1 or any(len(digits(piece)) < SHORTEST for piece in pieces):
        pieces = re.split(_SEPARATOR, text)
    return [piece.strip() for piece in pieces if digits(piece)]


def _plain(text: str) -> str:
    """Even out the digits, dashes and spaces of other scripts."""
    return text if text.isascii() else "".join(map(_plain_sign, text))


def _plain_sign(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if sign == "\N{MINUS SIGN}" or unicodedata.category(sign) == "Pd":
        return "-"
    return unicodedata.normalize("NFKC", sign) if sign in "＋（）．／＊＃　\u00a0" else sign


def _without_extension(text: str) -> tuple[str, str]:
    match = re.fullmatch(_EXTENSION, text)
    return (match["number"], match["extension"]) if match else (text, "")


def _core(text: str) -> str:
    """Take off the words and marks around a number, and the zero that a spreadsheet added."""
    core = re.sub(_AROUND, "", text)
    match = re.fullmatch(_FLOAT, core)
    return match[1] if match else core


def _fault(text: str, core: str) -> str:
    """Say in words what is wrong with the signs of a number, or ''."""
    before, _middle, after = text.partition(core)
    letters = any(map(str.isalpha, core)) or re.search(_WORD_STUCK, text) or "#" in after
    checks = (
        (before.lstrip().startswith("*"), _("it is a code for the operator")),
        (re.search(_O_FOR_ZERO, text), _("the letter O stands in the place of a zero")),
        (re.search(_GAP, text), _("some of its digits are left out")),
        (letters, _("letters or signs stand among its digits")),
    )
    return next((reason for wrong, reason in checks if wrong), "")


def _by_library(typed: str, core: str, country: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(core, country.upper())
    except phonenumbers.NumberParseException as error:
        raise _refused(typed, _unreadable(error.error_type, core), country) from None
    if number.extension:
        raise _refused(typed, _("letters or signs stand among its digits"), country)
    if not phonenumbers.is_valid_number(number):
        raise _invalid(typed, core, number, country)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _unreadable(error_type: int, core: str) -> str:
    from phonenumbers import NumberParseException as Why

    if error_type == Why.INVALID_COUNTRY_CODE:
        return _("no country has the code that it starts with")
    if error_type == Why.TOO_LONG:
        return _("too many digits")
    if error_type == Why.NOT_A_NUMBER and len(digits(core)) >= SHORTEST:
        return _("letters or signs stand among its digits")
    return _("too few digits")


def _invalid(typed: str, core: str, number: PhoneNumber, country: str) -> Refused:
    """Tell too few digits from too many, and from numbers that nobody has."""
    from phonenumbers import PhoneNumberType, ValidationResult, region_code_for_country_code
    from phonenumbers import is_possible_number_for_type_with_reason as length_of

    abroad = _after_double_zero(core)
    if abroad:
        hint = _("type + in place of 00: {phone}").format(phone=abroad)
        return _refused(typed, _("it starts with 00"), country, hint=hint)
    region = region_code_for_country_code(number.country_code or 0)
    reasons = {
        ValidationResult.TOO_SHORT: _("too few digits"),
        ValidationResult.TOO_LONG: _("too many digits"),
        ValidationResult.IS_POSSIBLE_LOCAL_ONLY: _("too few digits, the area code is missing"),
        ValidationResult.INVALID_LENGTH: _("a wrong number of digits"),
    }
    length = length_of(number, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    unused = _("no such number is in use in {country}").format(country=region)
    return _refused(typed, reasons.get(length, unused), country)


def _after_double_zero(core: str) -> str:
    """Return E.164 of a right number that is typed with 00, where that is not dialled, or ''."""
    import phonenumbers

    if not core.startswith("00"):
        return ""
    try:
        number = phonenumbers.parse(f"+{core[2:]}")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _refused(typed: str, reason: str, country: str, *, hint: str = "") -> Refused:
    message = _("{text} is not a phone number: {reason}")
    return Refused(message.format(text=shown(typed), reason=reason), hint=hint or _hint(country))


@functools.lru_cache(maxsize=32)
def _hint(country: str) -> str:
    import phonenumbers

    number = phonenumbers.example_number_for_type(
        country.upper(), phonenumbers.PhoneNumberType.MOBILE
    )
    if number is None:
        return _("type + and the code of the country first")
    return _("a phone in {country} looks like {example}; one from abroad starts with +").format(
        country=country.upper(),
        example=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
    )
