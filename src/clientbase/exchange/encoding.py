"""Finding out how the bytes of a file become letters, and saying why."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientbase.errors import Misuse, Refused
from clientbase.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.exchange.source import Source

# Bytes that are read at a time, and how many a guess is made from.
CHUNK = 1 << 20
SAMPLE = 1 << 18
# From what share on words are taken for words.
LIKELY = 0.5

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What begins like this is no text.
_BINARY = (
    (b"PK\x03\x04", N_("it is a workbook or an archive"), N_("save the sheet as CSV first")),
    (
        b"\xd0\xcf\x11\xe0",
        N_("it is a workbook of an old Excel"),
        N_("save the sheet as CSV first"),
    ),
    (b"\x1f\x8b", N_("it is packed with gzip"), N_("unpack it first: gunzip FILE")),
    (b"%PDF", N_("it is a PDF"), N_("ask for the same data as CSV")),
    (b"SQLite format 3", N_("it is a database"), N_("hand its table out as CSV first")),
    (b"\x89PNG", N_("it is a picture"), N_("name a CSV file")),
    (b"\xff\xd8\xff", N_("it is a picture"), N_("name a CSV file")),
)

# Code pages of one byte a letter, and the letters that their words are made of.
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "mac_cyrillic")
_COMMON = frozenset("оеаинтсрвлкмдпуяыьг")
# How much better another code page must be than the one that Windows uses.
USUAL = 0.02
_PUNCTUATION = "\u00a0№«»—–…“”„’"
# So a word begins whose capital was read as a sign: `Сумма` turns into `—умма`.
_BEHEADED = re.compile("[\u00a0№»—–…”’][а-яё]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_CYRILLIC_WORD = re.compile("[А-ЯЁЄІЇҐЎ]?[а-яёєіїґў]+|[А-ЯЁЄІЇҐЎ]+")
# Countries whose old files are in windows-1251 where nothing in the file itself tells.
_CYRILLIC_LANDS = frozenset(("BG", "BY", "KG", "KZ", "MK", "MN", "RS", "RU", "TJ", "UA", "UZ"))
_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "ascii": "ASCII",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "koi8-r": "KOI8-R",
    "cp866": "CP866",
    "mac_cyrillic": "Mac Cyrillic",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32": "UTF-32",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """The name that Python knows it by, and the reason why it is taken."""

    codec: str
    why: str

    @property
    def name(self) -> str:
        """Return the name that people know it by."""
        return _NAMES.get(self.codec, self.codec)


def asked(name: str) -> Encoding:
    """Return the encoding that was asked for by name. Raises Misuse for an unknown one."""
    try:
        codec = codecs.lookup(name)
    except LookupError:
        codec = None
    if codec is None or not codec._is_text_encoding:  # noqa: SLF001 - the one way to tell text codecs from base64
        raise Misuse(
            _("there is no encoding {name}").format(name=name),
            hint=_("give one such as utf-8, windows-1251, koi8-r or utf-16"),
        )
    # A mark at the beginning is no part of the first header.
    return Encoding("utf-8-sig" if codec.name == "utf-8" else codec.name, _("as you said"))


def guess(source: Source, country: str) -> Encoding:
    """Find out the encoding of a file, reading all of it.

    Raises Refused for what is empty, damaged, or no text.
    """
    head = next(_chunks(source, SAMPLE), b"")
    _refuse_binary(head, source.name)
    found = _by_mark(head) or _by_zeros(head, source.name)
    return found or _by_letters(source, head, country)


def _refuse_binary(head: bytes, name: str) -> None:
    if not head.strip():
        raise Refused(_("{file} is empty").format(file=name), hint=_("name a file with rows in it"))
    for start, what, hint in _BINARY:
        if head.startswith(start):
            message = _("{file} is no CSV file: {what}").format(file=name, what=_(what))
            raise Refused(message, hint=_(hint))


def _by_mark(head: bytes) -> Encoding | None:
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return Encoding(codec, _("it begins with the mark of it"))
    return None


def _by_zeros(head: bytes, name: str) -> Encoding | None:
    """Tell UTF-16 without a mark from a file that is damaged or no text at all."""
    if b"\0" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(codec, "replace")
    plain = sum((sign.isprintable() and sign < "\u0600") or sign in "\r\n\t" for sign in text)
    if "\0" not in text and plain > 0.95 * len(text):
        return Encoding(codec, _("every second byte is empty"))
    line = head[: head.index(0)].count(b"\n") + 1
    raise Refused(
        _("{file} is no text: line {line} has a NUL byte").format(file=name, line=line),
        hint=_("save it again as CSV, or unpack it first"),
    )


def _chunks(source: Source, size: int = CHUNK) -> Iterator[bytes]:
    reading = io.BufferedReader(source.reading(), size)
    while chunk := reading.read(size):
        yield chunk


def _by_letters(source: Source, head: bytes, country: str) -> Encoding:
    """Read the file to its end as UTF-8; where it is none, weigh the code pages."""
    decode = codecs.getincrementaldecoder("utf-8")().decode
    line, plain = 1, True
    try:
        for chunk in _chunks(source):
            if 0 in chunk:
                raise _has_zero(source.name, line + chunk[: chunk.index(0)].count(b"\n"))
            decode(chunk)
            plain = plain and chunk.isascii()
            line += chunk.count(b"\n")
        decode(b"", final=True)
    except UnicodeDecodeError as error:
        line += error.object[: error.start].count(b"\n")
        return _not_utf8(source, head, country, line)
    if plain:
        return Encoding("utf-8", _("it has English letters alone"))
    return Encoding("utf-8", _("all of it reads as UTF-8"))


def _has_zero(name: str, line: int) -> Refused:
    return Refused(
        _("{file} is damaged: line {line} has a NUL byte").format(file=name, line=line),
        hint=_("save it again as CSV from the program that it comes from"),
    )


def _not_utf8(source: Source, head: bytes, country: str, line: int) -> Encoding:
    sample = _telling(source, head)
    whole = sum(sign > "\x7f" and sign != "\ufffd" for sign in sample.decode("utf-8", "replace"))
    broken = sample.decode("utf-8", "replace").count("\ufffd")
    if whole > 10 * broken:
        raise Refused(
            _("{file} is damaged: line {line} is no UTF-8, though others are").format(
                file=source.name, line=line
            ),
            hint=_("save it again as UTF-8, or say what it is with --encoding"),
        )
    return _code_page(sample, country)


def _telling(source: Source, head: bytes) -> bytes:
    """Return a sample of the lines that hold more than English letters."""
    if not head.isascii():
        return head
    kept: list[bytes] = []
    size = 0
    for text in io.BufferedReader(source.reading(), CHUNK):
        if not text.isascii():
            kept.append(text)
            size += len(text)
            if size > SAMPLE:
                break
    return b"".join(kept)


def _code_page(sample: bytes, country: str) -> Encoding:
    """Choose the code page under which the words of a sample look like words."""
    scores = {codec: _score(sample, codec) for codec in _CYRILLIC}
    scores["cp1251"] += USUAL
    best = max(scores, key=lambda codec: scores[codec])
    western = _western(sample)
    if scores[best] > LIKELY and scores[best] > western:
        return Encoding(best, _("its words are Russian that way"))
    if western > LIKELY:
        return Encoding("cp1252", _("its words are Western European that way"))
    if country in _CYRILLIC_LANDS:
        return Encoding(
            "cp1251", _("it is no UTF-8, and usual in {country}").format(country=country)
        )
    return Encoding("cp1252", _("it is no UTF-8, and usual elsewhere"))


def _score(sample: bytes, codec: str) -> float:
    """Return from 0 to 1 how much a sample looks like Russian under a code page."""
    text = sample.decode(codec, "replace")
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    letters = sum(map(len, words))
    if not letters:
        return 0.0
    # A letter read under the wrong code page may be no letter: `имя` turns into `им€`.
    strange = sum(not (sign.isascii() or sign.isalpha() or sign in _PUNCTUATION) for sign in text)
    strange += len(_BEHEADED.findall(text))
    well: float = sum(len(word) for word in words if _CYRILLIC_WORD.fullmatch(word))
    common = sum(sign in _COMMON for word in words for sign in word.lower())
    small = sum(sign.islower() for word in words for sign in word)
    looks: float = 0.5 + 0.5 * common / letters + 0.05 * small / letters
    return well / (letters + strange) * looks / 1.05


def _western(sample: bytes) -> float:
    """Return from 0 to 1 how much a sample looks like English letters with a few of others."""
    words = [w for w in _WORD.findall(sample.decode("cp1252", "replace")) if not w.isascii()]
    foreign = sum(sign > "\x7f" for word in words for sign in word)
    letters = sum(map(len, words))
    return 1 - foreign / letters if letters else 0.0
