"""How many columns of a terminal a text takes."""

from __future__ import annotations

import functools
import re
import unicodedata

NEW_LINE = "\n"
_SIMPLE = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f]*").fullmatch
_BEHIND_UNDERSCORES = re.compile("(?<=_)(?=.)")
_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_HANGUL_VOWELS = range(0x1160, 0x1200)


@functools.lru_cache(maxsize=4096)
def _character(character: str) -> int:
    code = ord(character)
    if code in _SKIN_TONES or code in _HANGUL_VOWELS:
        return 0
    if unicodedata.category(character) in {"Mn", "Me", "Cc", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _becomes_wide(character: str) -> bool:
    return _character(character) == 1 and (
        character in "#*0123456789" or unicodedata.category(character) in {"So", "Sm", "Po"}
    )


def display_width(text: str) -> int:
    """Count the columns of a text: wide characters take two, combining ones none."""
    if text.isascii() or _SIMPLE(text):
        return len(text)
    total, before = 0, ""
    for character in text:
        if character == _AS_EMOJI and before:
            total += _becomes_wide(before)
        elif before != _JOINER:
            total += _character(character)
        before = character
    return total


def folded(text: str, width: int) -> str:
    """Break lines at blanks, but never at no-break ones.

    A word wider than that is broken behind its underscores, or stays whole.
    """
    return "\n".join(_fold(line, width) for line in text.split("\n"))


def _fold(line: str, width: int) -> str:
    made, used = "", 0
    for number, word in enumerate(line.split(" ")):
        for place, piece in enumerate(_pieces(word, width)):
            between = " " if number and not place else ""
            wide = display_width(piece)
            fits = not (number or place) or used + len(between) + wide <= width
            made += f"{between if fits else NEW_LINE}{piece}"
            used = used + len(between) + wide if fits else wide
    return made


def _pieces(word: str, width: int) -> list[str]:
    """Return the parts of a word too wide for a line, each but the last with its underscore."""
    return [word] if display_width(word) <= width else _BEHIND_UNDERSCORES.split(word)
