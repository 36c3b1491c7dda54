"""The canonical form of an e-mail address, or the reason why it can't be one."""

from __future__ import annotations

import re
from typing import NamedTuple

from clientbase.errors import Refused
from clientbase.normal import EDGES, refuse_control, shown
from clientbase.words import _


class Email(NamedTuple):
    """A right address: as typed, as it is written to, and the key that finds it again."""

    typed: str
    address: str
    key: str


LONGEST = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
_ATOM = r"[A-Za-z0-9_!#$%&'*+\-/=?^`{|}~]+"
_LABEL = r"(?!..--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# Names that are, or may become, reserved are left to the library, and so is Punycode.
_RESERVED = r"(?i:alt|arpa|example|home|internal|invalid|lan|local|localhost|onion|test)"
_PLAIN = re.compile(
    rf"({_ATOM}(?:\.{_ATOM})*)@((?:{_LABEL}\.)+(?!{_RESERVED}\Z)(?=.*[A-Za-z]\Z){_LABEL})"
)
# RFC 2142: the letter case of these boxes never matters.
_BOXES = {"abuse", "ftp", "hostmaster", "info", "marketing", "news", "noc", "postmaster"}
_BOXES |= {"sales", "security", "support", "usenet", "uucp", "webmaster", "www"}
_SEPARATOR = r"[\s,;|/]+"
_SITE = r"[^@\s]+\.[^@\s.\d][^@\s.]*"


def email(text: str) -> Email:
    """Read one address as email-validator does, without the network, or raise Refused."""
    typed = text.strip(EDGES)
    if len(typed) > LONGEST:
        raise _refused(typed)
    match = _PLAIN.fullmatch(typed)
    if match is None:
        return _by_library(typed)
    box, site = match.groups()
    if box.lower() in _BOXES:
        box = box.lower()
    address = f"{box}@{site.lower()}"
    return Email(typed, address, address.lower())


def emails(text: str) -> list[Email]:
    """Read every address of a cell, in order; one wrong part makes the whole cell Refused."""
    try:
        return [email(text)]
    except Refused:
        parts = _parts(text)
        if not parts[1:]:
            raise
    return [email(part) for part in parts]


def _parts(text: str) -> list[str]:
    """Split a cell into its addresses, or into nothing where a piece has no @."""
    parts = [part for part in re.split(_SEPARATOR, text.strip(EDGES)) if part]
    return parts if all("@" in part for part in parts) else []


def _by_library(typed: str) -> Email:
    from email_validator import EmailNotValidError, validate_email

    try:
        address = validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError:
        raise _refused(typed) from None
    return Email(typed, address, address.lower())


def _refused(typed: str) -> Refused:
    """Make the refusal of an address, or raise that of what is hidden in it."""
    if not typed:
        return Refused(_("there is no e-mail address here, it is empty"), hint=_hint())
    parts = _parts(typed)
    if len(parts) > 1:
        message = _("two e-mail addresses: {first} and {second}; give each its own")
        return Refused(
            message.format(first=shown(parts[0]), second=shown(parts[1])),
            hint=_("write one address in a place, and the next in another"),
        )
    refuse_control(typed)
    message = _("{text} is not an e-mail address: {reason}")
    return Refused(message.format(text=shown(typed), reason=_fault(typed)), hint=_hint())


def _hint() -> str:
    return _("an address looks like ivan@mail.ru, alone and without spaces")


def _fault(typed: str) -> str:
    """Say in words what is wrong with an address that the library refuses."""
    box, _at, site = typed.rpartition("@")
    checks = (
        ("@" not in typed, _("it has no @")),
        (set("<>") & set(typed), _("it stands in angle brackets")),
        (typed.lower().startswith("mailto:"), _("mailto: is a part of a link")),
        (any(map(str.isspace, typed)), _("it has a space inside")),
        ("@" in box, _("it has more than one @")),
        (not box, _("there is nothing before the @")),
        (not site, _("there is nothing after the @")),
        (len(typed.encode()) > LONGEST, _("it is too long")),
        (".." in typed, _("it has two dots in a row")),
        (typed.startswith(".") or box.endswith("."), _("its name starts or ends with a dot")),
        (site.startswith(".") or site.endswith("."), _("its site starts or ends with a dot")),
        ("." not in site, _("there is no dot after the @")),
        (not re.fullmatch(_SITE, site), _("what stands after the @ is not the name of a site")),
        (set('"\\()[],:;') & set(box), _("it has a sign that an address can't have")),
    )
    found = next((reason for wrong, reason in checks if wrong), "")
    return found or _("there is no such site on the Internet, or it has a sign that can't be")
