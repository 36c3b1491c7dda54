"""A file in any dress is read back as the table that was written, and a bad one is refused."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import FileTrouble, Misuse, Refused
from exchange.dress import read, written

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ["Дата", "Клиент", "Сумма", "Товар"]
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp1251": "cp1251",
}
# What a code page of one byte a letter can hold, too.
LETTERS = "абвгдежзиклмнопрстуфхцчшщыьэюяАБВГД АБВ abcxyz 0123456789.-"
WORDS = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
CELLS = st.one_of(
    WORDS,
    st.just(""),
    st.tuples(WORDS, st.sampled_from([",", ";", "\t", "|", '"', "\n", "\r\n"]), WORDS).map("".join),
)
ROWS = st.lists(
    st.tuples(st.dates().map(str), CELLS, st.integers(0, 10**6).map(str), CELLS).map(list),
    min_size=3,
    max_size=12,
)


@given(
    rows=ROWS,
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(sorted(ENCODINGS)),
    quoted=st.booleans(),
    titles=st.integers(0, 2),
)
def test_a_table_in_any_dress_is_read_back(  # noqa: PLR0913 - a dress has as many parts
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    delimiter: str,
    end: str,
    encoding: str,
    *,
    quoted: bool,
    titles: int,
) -> None:
    if encoding == "cp1251":  # told by words that look like words, without capitals inside
        rows = [[cell.lower() for cell in row] for row in rows]
    file = tmp_path_factory.mktemp("dress") / "file.csv"
    above = ["Продажи за год" + end, end][:titles]
    text = "".join(above) + written([HEADER, *rows], delimiter, end, quoted=quoted)
    file.write_bytes(text.encode(encoding))
    found = read(file)
    assert found.rows == rows
    assert list(found.dress.header) == HEADER
    assert found.dress.delimiter == delimiter
    assert found.dress.header_line == titles + 1


@given(rows=ROWS)
def test_each_row_knows_the_line_in_which_it_begins(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    file = tmp_path_factory.mktemp("lines") / "file.csv"
    file.write_text(written([HEADER, *rows]), encoding="utf-8", newline="")
    begin, expected = 2, []
    for row in rows:
        expected.append(begin)
        begin += written([row]).count("\n")
    assert read(file).lines == expected


def test_more_rows_than_are_worked_on_together_keep_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    rows = [["2026-01-01", f"{n}", "5", 'a\n"b"' if n % 1000 == 0 else "c"] for n in range(10_000)]
    file.write_text(written([HEADER, *rows]), encoding="utf-8", newline="")
    found = read(file)
    assert found.rows == rows
    assert (found.lines[0], found.lines[999], found.lines[-1]) == (2, 1002, 2 + 9_999 + 10)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16 LE"),
        ("utf-16-be", "UTF-16 BE"),
        ("utf-32", "UTF-32"),
        ("cp1251", "windows-1251"),
        ("koi8-r", "KOI8-R"),
        ("cp866", "CP866"),
        ("mac_cyrillic", "Mac Cyrillic"),
    ],
)
@pytest.mark.parametrize("name_of", ["Иванова Мария", "ПЕТРОВ ИВАН", "Семён Чехов"])
def test_russian_names_are_told_in_each_encoding(
    tmp_path: Path, encoding: str, name: str, name_of: str
) -> None:
    file = tmp_path / "file.csv"
    rows = [[f"0{n}.12.2026", name_of, "1200,50", "Стрижка"] for n in range(1, 8)]
    file.write_bytes(written([HEADER, *rows], ";", "\r\n").encode(encoding))
    found = read(file)
    assert (found.dress.encoding.name, found.rows) == (name, rows)


@pytest.mark.parametrize("name_of", ["José Müller", "Zoë Grünwald-Strauß", "Ægir Ågård"])
def test_western_names_are_windows_1252(tmp_path: Path, name_of: str) -> None:
    file = tmp_path / "file.csv"
    rows = [["2026-12-01", name_of, "12.50"]]
    file.write_bytes(written([["date", "name", "amount"], *rows]).encode("cp1252"))
    found = read(file, "DE")
    assert (found.dress.encoding.name, found.rows) == ("windows-1252", rows)


@pytest.mark.parametrize(("country", "name"), [("RU", "windows-1251"), ("GB", "windows-1252")])
def test_the_country_decides_where_nothing_in_the_file_does(
    tmp_path: Path, country: str, name: str
) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(b"date,name,amount\n2026-12-01,Smith,1\xa0200\n")
    found = read(file, country)
    assert (found.dress.encoding.name, found.rows[0][2]) == (name, "1\u00a0200")


def test_russian_far_down_in_a_long_file_is_found(tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    plain = ["2026-12-01", "Smith", "1200", "Filter"] * 1
    rows = [plain] * 30_000 + [["2026-12-01", "Иванова Мария", "5", "Стрижка"]] * 5
    header = ["date", "name", "amount", "product"]
    file.write_bytes(written([header, *rows]).encode("cp1251"))
    found = read(file, "US")
    assert (found.dress.encoding.name, found.rows == rows) == ("windows-1251", True)


def test_excel_says_its_separator_in_the_first_line(tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.write_text(
        "sep=|\r\ndate|name|amount\r\n2026-12-01|a,b;c|5\r\n", encoding="utf-8", newline=""
    )
    found = read(file)
    assert (found.dress.delimiter, found.rows) == ("|", [["2026-12-01", "a,b;c", "5"]])


def test_an_encoding_that_is_asked_for_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes("\ufeffdate,name,amount\n2026-12-01,Иван,5\n".encode())
    assert read(file, asked="utf-8").dress.header == ("date", "name", "amount")
    with pytest.raises(Misuse, match="there is no encoding klingon"):
        read(file, asked="klingon")
    with pytest.raises(Misuse, match="there is no encoding base64"):
        read(file, asked="base64")
    with pytest.raises(
        Refused, match=r"file.csv is not ASCII all through: 0xEF is no letter of it"
    ):
        read(file, asked="ascii")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "file.csv is empty"),
        (b" \r\n\r\n", "file.csv is empty"),
        (b";;;\n;;;\n", "file.csv is empty"),
        (b"\xef\xbb\xbf", "file.csv is empty"),
        (b"sep=;\r\n", "file.csv is empty"),
        (
            gzip.compress(b"date,amount\n", mtime=0),
            "file.csv is no CSV file: it is packed with gzip",
        ),
        (b"PK\x03\x04rest", "file.csv is no CSV file: it is a workbook or an archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x01", "file.csv is no CSV file: it is a picture"),
        (b"date,amount\n2026-12-01,\x005\n", "file.csv is no text: line 2 has a NUL byte"),
        (bytes(range(256)) * 4, "file.csv is no text: line 1 has a NUL byte"),
        (
            b"date,amount\n" + b"2026-12-01,5\n" * 30_000 + b"2026-12-01,\x005\n",
            "file.csv is damaged: line 30002 has a NUL byte",
        ),
        (
            b"date,name\n" + "2026-12-01,Иван Петров\n".encode() * 9 + b"2026,\xff\n",
            "file.csv is damaged: line 11 is no UTF-8, though others are",
        ),
        (
            b'date,name\n2026-12-01,Ivan\n2026-12-01,"Ivan\n2026-12-01,Ivan\n',
            "file.csv: a quote that opens in line 3 is never closed",
        ),
        (
            b'date,name\n2026-12-01,"' + b"a" * 200_000 + b'"\n',
            "file.csv has a cell of more than 131,072 characters",
        ),
    ],
)
def test_what_is_no_csv_is_refused_in_one_sentence(
    tmp_path: Path, data: bytes, sentence: str
) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(data)
    with pytest.raises(Refused) as caught:
        read(file)
    assert caught.value.message == sentence
    assert caught.value.hint


def test_a_file_that_is_not_there_or_a_folder_is_a_trouble_of_files(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="No such file or directory"):
        read(tmp_path / "nothing.csv")
    with pytest.raises(FileTrouble, match="Is a directory"):
        read(tmp_path)


def test_a_short_file_of_windows_is_not_taken_for_another(tmp_path: Path) -> None:
    """`я` is 255 there, which other code pages read as a sign and not as a letter."""
    file = tmp_path / "file.csv"
    rows = [["имя", "телефон", "дата"], ["Яна", "8 921 846-68-50", "01.10.2026"]]
    file.write_bytes(written(rows, ";", "\r\n").encode("cp1251"))
    found = read(file)
    assert (found.dress.encoding.name, found.rows) == ("windows-1251", rows[1:])
