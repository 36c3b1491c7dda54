"""The canonical form of a name in a messenger."""

from __future__ import annotations

import re
from typing import Final

from clientbase.errors import Misuse, Refused
from clientbase.normal import clean_text, shown
from clientbase.words import _

KINDS: Final = (
    "telegram",
    "whatsapp",
    "viber",
    "instagram",
    "vk",
    "facebook",
    "skype",
    "other",
)
BY_PHONE: Final = ("whatsapp", "viber")  # they know people by their phones
_LONGEST = 100
_SITE = (
    r"(?i)(?:https?://)?(?:(?:www|m)\.)?"
    r"(?:t\.me|telegram\.me|instagram\.com|vk\.com|vk\.ru|facebook\.com|fb\.com)/|skype:"
)
_PHONE_LINK = r"(?i).*(?:wa\.me/|[?&]phone=|[?&]number=)(?:\+|%2B)?"


def messenger(kind: str, text: str, country: str) -> str:
    """Return the name that tells one user of a messenger from the others, or raise Refused.

    WhatsApp and Viber know people by their phones: E.164, the country is that of `phone`.
    Elsewhere it is the name in small letters, without @ and without the site before it.
    """
    if kind not in KINDS:
        raise Misuse(
            _("there is no messenger called {kind}").format(kind=shown(kind)),
            hint=_("one of: {kinds}").format(kinds=", ".join(KINDS)),
        )
    name = clean_text(text, limit=_LONGEST, required=True)
    if kind == "other":
        return name
    name = re.sub(_SITE, "", name, count=1)
    # A name in Telegram begins with a letter, so that digits are the phone behind it.
    if kind in BY_PHONE or (kind == "telegram" and name[:1] in "+0123456789"):
        from clientbase.phones import phone  # 4 ms, and the kinds alone do without

        return phone(re.split("[?&]", re.sub(_PHONE_LINK, "+", name))[0], country).e164
    if not name.startswith("profile.php?id="):
        name = name.split("?")[0]
    name = name.strip("/@").casefold()
    if not name or " " in name or "/" in name:
        raise Refused(
            _("{text} is not a name in {kind}").format(text=shown(text), kind=kind),
            hint=_("type it as it stands after the @, without spaces"),
        )
    return name
