from __future__ import annotations

import csv
import io
import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clientbase.render import Look, chosen, write
from clientbase.spreadsheet import unguard
from clientbase.table import Table, columns

ROUBLES = Look(currency="RUB", country="RU", decimals=2)


def text_of(table: Table, form: str, **more: Any) -> str:
    stream = io.StringIO()
    write(table, form, stream, ROUBLES, **more)
    return stream.getvalue()


def every_kind() -> Table:
    specs = (
        "contact_id:id",
        "name",
        "orders:number",
        "revenue:money",
        "birthday:date",
        "churn:percent",
        "p_alive:share",
        "stop:flag",
        "phone:phone",
        "tags:list",
        "purchases:spark",
    )
    first = (1, 'O\'Brien, "J"', 2, 120000, "2026-11-21", 50.0, 0.5, 1, "+79161234567")
    rows = [
        (*first, '["a", "b"]', [0, 3]),
        (2, "=cmd|' /C calc'!A0", -1, -5, "--05-12", 1, 1, 0, "+7 (916) 1-2", ["=x"], "[1, 2]"),
        (3, "two\nlines\tand \\", 1.5, 12.5, None, None, None, None, "=1+1", None, None),
        (4, None, math.nan, math.nan, None, math.inf, math.nan, None, None, [], []),
    ]
    return Table("t", columns(*specs), iter(rows))


def test_csv_is_what_spreadsheets_and_shells_can_read() -> None:
    assert text_of(every_kind(), "csv") == (
        "contact_id,name,orders,revenue,birthday,churn,p_alive,stop,phone,tags,purchases\n"
        '1,"O\'Brien, ""J""",2,1200.00,2026-11-21,50.0,0.5000,yes,+79161234567,"a, b",0 3\n'
        "2,'=cmd|' /C calc'!A0,-1,-0.05,'--05-12,1,1.0000,no,+7 (916) 1-2,'=x,1 2\n"
        '3,"two\nlines\tand \\",1.5,0.12,,,,,\'=1+1,,\n'
        "4,,,,,,,,,,\n"
    )


def test_tsv_keeps_a_row_on_a_line() -> None:
    assert text_of(every_kind(), "tsv") == (
        "contact_id\tname\torders\trevenue\tbirthday\tchurn\tp_alive\tstop\tphone\ttags\tpurchases\n"
        '1\tO\'Brien, "J"\t2\t1200.00\t2026-11-21\t50.0\t0.5000\tyes\t+79161234567\ta, b\t0 3\n'
        "2\t'=cmd|' /C calc'!A0\t-1\t-0.05\t'--05-12\t1\t1.0000\tno\t+7 (916) 1-2\t'=x\t1 2\n"
        "3\ttwo\\nlines\\tand \\\\\t1.5\t0.12\t\t\t\t\t'=1+1\t\t\n"
        "4\t\t\t\t\t\t\t\t\t\t\n"
    )


def test_a_list_of_nothing_is_a_header() -> None:
    assert text_of(Table("t", columns("a", "b"), []), "csv") == "a,b\n"


def test_a_summary_is_the_first_table_inside() -> None:
    inner = Table("segments", columns("segment"), [("Champions",)])
    table = Table("rfm", columns("contact_id:id"), [(1,)], tables={"segments": inner})
    assert text_of(table, "csv", summary=True) == "segment\nChampions\n"
    assert text_of(chosen(table, "segments"), "csv") == "segment\nChampions\n"
    assert text_of(table, "csv") == "contact_id\n1\n"


def test_a_summary_without_tables_inside_is_a_header() -> None:
    assert text_of(Table("rfm", columns("a", "b"), [(1, 2)]), "tsv", summary=True) == "a\tb\n"


def test_keys_are_quoted_and_guarded_too() -> None:
    assert text_of(Table("t", columns("=a", 'b,"c"'), []), "csv") == '\'=a,"b,""c"""\n'


def test_an_empty_cell_alone_in_its_row_is_not_an_empty_line() -> None:
    assert text_of(Table("t", columns("name"), [(None,), ("x",)]), "csv") == 'name\n""\nx\n'


TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    st.sampled_from("'=+-@\t\r\n,\" 12\\")
)


@given(st.lists(st.tuples(TEXTS, TEXTS)))
def test_csv_gives_the_texts_back(rows: list[tuple[str, str]]) -> None:
    written = text_of(Table("t", columns("a", "b"), iter(rows)), "csv")
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert read[0] == ["a", "b"]
    assert [tuple(map(unguard, row)) for row in read[1:]] == rows


@given(st.lists(st.tuples(TEXTS)))
def test_csv_of_one_column_gives_the_texts_back(rows: list[tuple[str]]) -> None:
    written = text_of(Table("t", columns("a"), iter(rows)), "csv")
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert [tuple(map(unguard, row)) for row in read[1:]] == rows


def unescaped(cell: str) -> str:
    signs = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    parts = iter(cell)
    return "".join(signs[next(parts)] if sign == "\\" else sign for sign in parts)


@given(st.lists(st.tuples(TEXTS, TEXTS)))
def test_tsv_gives_the_texts_back(rows: list[tuple[str, str]]) -> None:
    written = text_of(Table("t", columns("a", "b"), iter(rows)), "tsv")
    lines = written.removesuffix("\n").split("\n")[1:]
    read = [tuple(unguard(unescaped(cell)) for cell in line.split("\t")) for line in lines]
    assert read == rows
