"""The canonical form of text that a person typed: what is kept, what is searched, what is shown."""

from __future__ import annotations

import re
import unicodedata

from clientbase.errors import Refused
from clientbase.words import _, ngettext

SHOWN = 60  # characters of a refused value that a sentence repeats
# How long a note may be: what is said of somebody, or what they said; a remark on what was done
# with a lead or a sale; and a reason, in one line.
LONGEST_NOTE = 10_000
LONGEST_REMARK = 2_000
LONGEST_REASON = 500

# Signs that can't be seen and change what is: controls, direction overrides, hidden tags, halves
# of a pair. The joiners U+200C and U+200D are letters of some scripts and part of emoji.
_HIDDEN = (
    "\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
)
_CONTROL = f"[{_HIDDEN}]"
_CONTROL_IN_LINES = f"(?![\t\n])[{_HIDDEN}]"
_INVISIBLE = "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
_HALVES = "[\ud800-\udfff]"  # what is typed and is no UTF-8: the base can neither keep nor find it
_LINE_END = "\r\n?|[\u2028\u2029]"
EDGES = " \t\n\r\u00a0\u1680\u202f\u205f\u3000\u200b\u2060\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)  # white space, and what has no width at all

_PLAIN = "[ -~А-Яа-яЁё]*"
# Marks above, below and through a letter; a breve over и is a letter of its own.
_MARK = (
    "(?<!и)\u0306|[\u0300-\u0305\u0307-\u036f\u0483-\u0487"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
)


def fold(text: str) -> str:
    """Make the key that text is searched and compared by: case, ё, marks and spacing evened out."""
    if not text.isascii():
        text = _folded(text)
    return " ".join(text.lower().split())


def _folded(text: str) -> str:
    if re.fullmatch(_PLAIN, text):
        return text.lower().replace("ё", "е")
    text = re.sub(_HALVES, "\ufffd", without_invisible(text))
    text = unicodedata.normalize("NFKD", text).casefold()
    text = unicodedata.normalize("NFKD", text)
    bare = re.sub(_MARK, "", text)
    return unicodedata.normalize("NFKC", bare if bare.strip() else text)


def digits(text: str) -> str:
    """Keep the decimal digits of a text, those of any script as 0 to 9."""
    if text.isascii():
        return "".join(filter(str.isdigit, text))
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


def clean_text(text: str, *, limit: int = 500, required: bool = False, lines: bool = False) -> str:
    """Make what a person typed fit to be kept, or raise Refused.

    Composes the signs (NFC) and squeezes white space: at the ends, and inside too unless `lines`
    allows line breaks and tabs. Control, direction and hidden signs are refused, and so is text
    of more than `limit` characters, of joiners alone, or of none where it is `required`.
    """
    if not text.isprintable():
        text = _without_control(text, lines=lines)
    text = unicodedata.normalize("NFC", text)
    text = text.strip() if lines else " ".join(text.split())
    if len(text) > limit:
        raise Refused(_too_long(len(text), limit), hint=_("make it shorter"))
    if required and not text:
        raise Refused(_("a text is needed here, and it is empty"), hint=_("type some letters"))
    if not (text.isascii() or fold(text)):  # joiners with nothing to join
        raise Refused(_("the text holds nothing that can be seen"), hint=_("type some letters"))
    return text


def optional_text(text: str | None, *, limit: int = 500, lines: bool = False) -> str | None:
    """Make text that may be left out fit to be kept, as `clean_text` does; nothing is None."""
    return clean_text(text, limit=limit, lines=lines) or None if text else None


def _without_control(text: str, *, lines: bool) -> str:
    text = text.strip(EDGES)
    if lines:
        text = re.sub(_LINE_END, "\n", text)
    refuse_control(text, lines=lines)
    return text


def refuse_control(text: str, *, lines: bool = False) -> None:
    """Raise Refused where a text holds a sign that can't be seen, naming the first one."""
    found = re.search(_CONTROL_IN_LINES if lines else _CONTROL, text)
    if found is None:
        return
    if found[0] in "\n\r\t\u2028\u2029":
        raise Refused(
            _("{text} has a line break or a tab inside").format(text=shown(text)),
            hint=_("write it in one line"),
        )
    raise Refused(
        _("{text} holds a control character that can't be seen (U+{code:04X})").format(
            text=shown(text), code=ord(found[0])
        ),
        hint=_("type it anew instead of copying it"),
    )


def _too_long(length: int, limit: int) -> str:
    return ngettext(
        "the text has {length} characters, {limit} is the most",
        "the text has {length} characters, {limit} are the most",
        limit,
    ).format(length=length, limit=limit)


def without_invisible(text: str) -> str:
    """Take off the signs that come with text copied from a phone or a page and print nothing."""
    return text if text.isascii() else re.sub(_INVISIBLE, "", text)


def visible(text: str, *, lines: bool = False) -> str:
    """Make text fit for a screen: signs that can't be seen become U+FFFD, so nothing is hidden.

    Line breaks and tabs become spaces, unless `lines` keeps them.
    """
    if text.isprintable():
        return text
    text = re.sub(_LINE_END, "\n", text)
    if not lines:
        text = text.replace("\n", " ").replace("\t", " ")
    return re.sub(_CONTROL_IN_LINES if lines else _CONTROL, "\ufffd", text)


def shown(text: str, limit: int = SHOWN) -> str:
    """Quote a refused value in a sentence: visible, and cut where it is long."""
    text = visible(text[: limit + 1]).strip()
    return f"{text[:limit]}…" if len(text) > limit else text
