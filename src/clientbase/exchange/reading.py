"""Reading the rows of a CSV file in any dress: what was found out about it, and its rows."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TextIO

from clientbase.errors import Refused
from clientbase.exchange import encoding
from clientbase.words import N_, Sentence, _, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clientbase.exchange.encoding import Encoding
    from clientbase.exchange.source import Pass, Source

DELIMITERS = (",", ";", "\t", "|")
BATCH = 1024  # rows that are worked on together: few enough for the processor's own memory
SAMPLE_CHARACTERS = 1 << 18
SAMPLE_ROWS = 300
HEAD = 40  # rows among which the header is looked for

# Follows the last line: where a quote is left open it ends up inside a cell.
_END = "\ue000end\ue000"
_BREAK = re.compile(r"\r\n|\r|\n")
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?[\r\n]*", re.IGNORECASE)
_DELIMITER_NAMES = {
    ",": N_("comma between cells"),
    ";": N_("semicolon between cells"),
    "\t": N_("tab between cells"),
    "|": N_("| between cells"),
}
_LINE_ENDS = {
    "\r\n": N_("lines end as in Windows (CRLF)"),
    "\n": N_("lines end with LF"),
    "\r": N_("lines end as on old Macs (CR)"),
}


class Batch(NamedTuple):
    """Rows that are worked on together, and in which line of the file each begins."""

    lines: Sequence[int]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Dress:
    """How a file is written: its encoding, what parts its cells and lines, and its header."""

    encoding: Encoding
    delimiter: str
    line_end: str
    header: tuple[str, ...]
    header_line: int

    def sentences(self) -> list[str]:
        """Return what was found, in words."""
        code = _("{name} ({why})").format(name=self.encoding.name, why=self.encoding.why)
        parts = [code, self.delimiter_name, _(_LINE_ENDS[self.line_end])]
        if self.header_line > 1:
            parts.append(_("header in line {line}").format(line=self.header_line))
        return parts

    @property
    def delimiter_name(self) -> str:
        """Return what parts the cells, in words."""
        named = _DELIMITER_NAMES.get(self.delimiter)
        return _(named) if named else _("{sign} between cells").format(sign=self.delimiter)


class Reader:
    """The rows below the header of a file, to be read from the beginning as often as needed."""

    def __init__(self, source: Source, dress: Dress) -> None:
        """Take an open file and how it is written."""
        self.source = source
        self.dress = dress
        self.progress: Callable[[int], None] | None = None
        self.position = 0

    def batches(self, *, quietly: bool = False) -> Iterator[Batch]:
        """Yield the rows below the header. Raises Refused where the file can't be read on.

        `position` is how many bytes were read; `progress` is told of them, unless `quietly`.
        """
        reading = self.source.reading()
        with _readable(self.source, self.dress.encoding):
            text = _text(reading, self.dress.encoding)
            above = self.dress.header_line
            for _line in islice(text, above):
                pass
            for batch in self._batches(text, above):
                self.position = reading.position
                if self.progress is not None and not quietly:
                    self.progress(reading.position)
                yield batch

    def _batches(self, text: TextIO, above: int) -> Iterator[Batch]:
        """Split lines where there is no quote in sight, which takes half of the time."""
        delimiter = self.dress.delimiter
        while lines := list(islice(text, BATCH)):
            if '"' in "".join(lines):
                yield from self._quoted(chain(lines, text, [_END]), above)
                return
            numbers = range(above + 1, above + 1 + len(lines))
            above += len(lines)
            yield Batch(numbers, [line.rstrip("\r\n").split(delimiter) for line in lines])

    def _quoted(self, text: Iterator[str], above: int) -> Iterator[Batch]:
        rows = csv.reader(text, delimiter=self.dress.delimiter)
        before = 0
        while taken := list(islice(rows, BATCH)):
            lines = _lines(above + before, above + rows.line_num, taken)
            before = rows.line_num
            if taken[-1] and taken[-1][-1].endswith(_END):
                if taken[-1] != [_END]:
                    raise self._open_quote(lines[-1])
                del taken[-1]
                lines = lines[:-1]
            if taken:
                yield Batch(lines, taken)

    def _open_quote(self, line: int) -> Refused:
        return Refused(
            _("{file}: a quote that opens in line {line} is never closed").format(
                file=self.source.name, line=line
            ),
            hint=_("close it, or write a quote inside a cell twice"),
        )


def look(
    source: Source, known: Callable[[Sequence[str]], int], country: str, asked: str | None
) -> Reader:
    """Find out how a file is written; `known` counts the headers in a row that mean something.

    Raises Refused where it is empty, damaged, or no text.
    """
    code = encoding.asked(asked) if asked else encoding.guess(source, country)
    with _readable(source, code):
        sample = _text(source.reading(), code).read(SAMPLE_CHARACTERS)
    if len(sample) == SAMPLE_CHARACTERS:  # the last line may be cut
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    if not _SEPARATOR.sub("", sample, count=1).strip(f"\ufeff \t\r\n{''.join(DELIMITERS)}"):
        raise Refused(
            _("{file} is empty").format(file=source.name), hint=_("name a file with rows in it")
        )
    return Reader(source, _dress(sample, code, known))


def _lines(before: int, after: int, rows: list[list[str]]) -> Sequence[int]:
    """Return the line in which each row begins: a cell may hold line breaks."""
    if after - before == len(rows):
        return range(before + 1, after + 1)
    lines = [before + 1]
    for row in rows[:-1]:
        lines.append(lines[-1] + 1 + sum(len(_BREAK.findall(cell)) for cell in row))
    return lines


def _text(reading: Pass, code: Encoding) -> TextIO:
    raw = io.BufferedReader(reading, encoding.CHUNK)
    return io.TextIOWrapper(raw, encoding=code.codec, newline="")


@contextlib.contextmanager
def _readable(source: Source, code: Encoding) -> Iterator[None]:
    """Word what goes wrong while a file is read."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise Refused(
            _("{file} is not {name} all through: {byte} is no letter of it").format(
                file=source.name, name=code.name, byte=f"0x{error.object[error.start]:02X}"
            ),
            hint=_("say what it is with --encoding, such as windows-1251"),
        ) from None
    except csv.Error:
        raise Refused(
            Sentence(
                _("{file} has a cell of more than {most} characters"),
                file=source.name,
                most=grouped(csv.field_size_limit()),
            ),
            hint=_("most likely a quote opens and is never closed"),
        ) from None


def _dress(sample: str, code: Encoding, known: Callable[[Sequence[str]], int]) -> Dress:
    said = _SEPARATOR.match(sample)
    delimiters = (said[1],) if said else DELIMITERS
    tables = {sign: _sampled(sample, sign) for sign in delimiters}
    chosen = max(delimiters, key=lambda sign: _fit(tables[sign], known))
    ends = {end: sample.count(end) for end in ("\r\n", "\n", "\r")}
    ends["\n"] -= ends["\r\n"]
    ends["\r"] -= ends["\r\n"]
    end = max(ends, key=lambda sign: ends[sign]) if any(ends.values()) else "\n"
    line, header = _header(tables[chosen], known)
    header = [header[0].removeprefix("\ufeff"), *header[1:]]
    return Dress(code, chosen, end, tuple(header), line)


def _sampled(sample: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the first rows that are not empty, each with the line in which it ends."""
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    with contextlib.suppress(csv.Error):
        for row in rows:
            if any(map(str.strip, row)) and not (len(row) == 1 and _SEPARATOR.fullmatch(row[0])):
                found.append((rows.line_num, row))
            if len(found) == SAMPLE_ROWS:
                break
    return found


def _fit(
    rows: list[tuple[int, list[str]]], known: Callable[[Sequence[str]], int]
) -> tuple[float, ...]:
    """Say how well a delimiter fits: headers that mean something, then rows of one width."""
    width, count = _usual(rows)
    meant = max((known(row) for _line, row in rows[:HEAD]), default=0)
    return meant, count / len(rows) if width > 1 else 0.0, width


def _usual(rows: list[tuple[int, list[str]]]) -> tuple[int, int]:
    widths = Counter(len(row) for _line, row in rows)
    return widths.most_common(1)[0] if widths else (0, 1)


def _header(
    rows: list[tuple[int, list[str]]], known: Callable[[Sequence[str]], int]
) -> tuple[int, list[str]]:
    """Return the header and the line in which it ends: titles may stand above it."""
    best = max(rows[:HEAD], key=lambda numbered: known(numbered[1]))
    if known(best[1]):
        return best
    width, _count = _usual(rows)
    return next(((line, row) for line, row in rows if len(row) == width and all(row)), rows[0])
