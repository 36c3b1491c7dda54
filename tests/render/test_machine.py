from __future__ import annotations

import datetime as dt
import io
import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import Misuse
from clientbase.render import Look, chosen, write
from clientbase.table import Table, columns

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUBLES = Look(currency="RUB", country="RU", decimals=2)


def text_of(table: Table, form: str, look: Look = ROUBLES, **more: Any) -> str:
    stream = io.StringIO()
    write(table, form, stream, look, **more)
    return stream.getvalue()


def every_kind() -> Table:
    specs = (
        "contact_id:id",
        "name",
        "orders:number",
        "revenue:money",
        "last_sale_on:date",
        "churn:percent",
        "p_alive:share",
        "stop:flag",
        "phone:phone",
        "email:email",
        "tags:list",
        "purchases:spark",
    )
    rows = [
        (
            1,
            "weird [/] name",
            2,
            120050,
            "2026-11-21",
            50.0,
            0.5,
            1,
            "+79161234567",
            "a@example.com",
            '["vip", "ещё"]',
            [0, 3, 1],
        ),
        (2, 'О"Брайен\n\x1b]0;x\x07', 0, -5, None, 33.3, 1 / 3, False, None, None, [], "[]"),
        (3, "山田", None, None, "--05-12", None, None, None, None, None, None, None),
    ]
    return Table("contacts", columns(*specs), iter(rows))


def report() -> Table:
    segments = Table(
        "rfm_segments",
        columns("segment", "clients:number", "share:percent"),
        [("Champions", 12, 75.0), ("At Risk", 4, 25.0)],
        notes=["Borders of the segments are quantiles."],
    )
    empty = Table("rfm_grid", columns("r:number", "f:number"), [])
    return Table(
        "rfm",
        columns("contact_id:id", "revenue:money"),
        [(1, 500)],
        notes=["2 contacts have refunds only."],
        tables={"segments": segments, "grid": empty},
        as_of="2026-11-21",
    )


def test_json_is_one_envelope_with_a_row_a_line() -> None:
    assert (
        text_of(every_kind(), "json") == r"""{
  "clientbase": 1,
  "kind": "contacts",
  "as_of": null,
  "currency": "RUB",
  "rows": [
    {"contact_id": 1, "name": "weird [/] name", "orders": 2, "revenue": 1200.50, """
        r""""last_sale_on": "2026-11-21", "churn": 50.0, "p_alive": 0.5000, "stop": true, """
        r""""phone": "+79161234567", "email": "a@example.com", "tags": ["vip", "ещё"], """
        r""""purchases": [0, 3, 1]},
    {"contact_id": 2, "name": "О\"Брайен\n\u001b]0;x\u0007", "orders": 0, "revenue": -0.05, """
        r""""last_sale_on": null, "churn": 33.3, "p_alive": 0.3333333333333333, "stop": false, """
        r""""phone": null, "email": null, "tags": [], "purchases": []},
    {"contact_id": 3, "name": "山田", "orders": null, "revenue": null, """
        r""""last_sale_on": "--05-12", "churn": null, "p_alive": null, "stop": null, """
        r""""phone": null, "email": null, "tags": null, "purchases": null}
  ],
  "notes": []
}
"""
    )


def test_json_of_a_report_holds_its_other_tables_and_all_notes() -> None:
    assert (
        text_of(report(), "json")
        == """{
  "clientbase": 1,
  "kind": "rfm",
  "as_of": "2026-11-21",
  "currency": "RUB",
  "rows": [
    {"contact_id": 1, "revenue": 5.00}
  ],
  "notes": [
    "2 contacts have refunds only.",
    "Borders of the segments are quantiles."
  ],
  "tables": {
    "segments": [
      {"segment": "Champions", "clients": 12, "share": 75.0},
      {"segment": "At Risk", "clients": 4, "share": 25.0}
    ],
    "grid": []
  }
}
"""
    )


def nested() -> Table:
    """A page with a report in it."""
    return Table(
        "page", columns("period"), [("now",)], tables={"rfm": report()}, as_of="2026-11-21"
    )


def test_tables_in_tables_stand_beside_them_under_both_names() -> None:
    found = json.loads(text_of(nested(), "json"))
    assert list(found["tables"]) == ["rfm", "rfm_segments", "rfm_grid"]
    assert found["tables"]["rfm_segments"][0]["segment"] == "Champions"
    assert found["notes"] == [
        "2 contacts have refunds only.",
        "Borders of the segments are quantiles.",
    ]
    picked = chosen(nested(), "rfm_segments")
    assert text_of(picked, "csv").splitlines()[0] == "segment,clients,share"
    assert picked.as_of == "2026-11-21"
    assert text_of(chosen(nested(), "rfm"), "csv") == "contact_id,revenue\n1,5.00\n"


def test_a_summary_in_json_keeps_the_key_of_the_rows() -> None:
    found = json.loads(text_of(report(), "json", summary=True))
    assert list(found) == ["clientbase", "kind", "as_of", "currency", "rows", "notes", "tables"]
    assert found["rows"] == []
    assert found["tables"]["segments"][0]["segment"] == "Champions"


def test_json_of_a_picked_table_is_an_envelope_of_that_table() -> None:
    assert json.loads(text_of(chosen(report(), "segments"), "json")) == {
        "clientbase": 1,
        "kind": "rfm_segments",
        "as_of": "2026-11-21",
        "currency": "RUB",
        "rows": [
            {"segment": "Champions", "clients": 12, "share": 75.0},
            {"segment": "At Risk", "clients": 4, "share": 25.0},
        ],
        "notes": ["Borders of the segments are quantiles."],
    }


def test_a_table_can_be_picked_by_its_own_kind() -> None:
    assert text_of(chosen(report(), "rfm"), "jsonl") == '{"contact_id": 1, "revenue": 5.00}\n'
    assert text_of(chosen(report(), "rfm"), "jsonl", summary=True) == ""


def test_an_unknown_table_is_refused_and_the_known_ones_named() -> None:
    with pytest.raises(Misuse) as refusal:
        text_of(chosen(report(), "segment"), "csv")
    assert refusal.value.message == "there is no table segment here"
    assert refusal.value.hint == "--table takes one of: rfm, segments, grid"


def test_json_lines_are_an_object_a_line() -> None:
    assert text_of(chosen(report(), "segments"), "jsonl") == (
        '{"segment": "Champions", "clients": 12, "share": 75.0}\n'
        '{"segment": "At Risk", "clients": 4, "share": 25.0}\n'
    )
    assert text_of(report(), "jsonl", summary=True) == text_of(
        chosen(report(), "segments"), "jsonl"
    )
    assert text_of(chosen(report(), "grid"), "jsonl") == ""


@pytest.mark.parametrize(
    ("currency", "decimals", "minor", "written"),
    [
        ("RUB", 2, 120050, "1200.50"),
        ("JPY", 0, 5, "5"),
        ("KWD", 3, -1, "-0.001"),
        ("RUB", 2, 12.5, "0.12"),
        ("RUB", 2, 13.5, "0.14"),
        ("RUB", 2, math.nan, "null"),
        ("RUB", 2, math.inf, "null"),
        ("RUB", 2, "unknown", '"unknown"'),
    ],
)
def test_amounts_are_numbers_with_the_decimals_of_the_currency(
    currency: str, decimals: int, minor: float, written: str
) -> None:
    table = Table("t", columns("worth:money"), [(minor,)])
    look = Look(currency=currency, decimals=decimals)
    assert text_of(table, "jsonl", look) == f'{{"worth": {written}}}\n'


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.5, "0.5000"),
        (1, "1.0000"),
        (0, "0.0000"),
        (0.123456, "0.123456"),
        (1e-07, "0.0000001"),
        (math.nan, "null"),
    ],
)
def test_shares_have_four_decimals_at_least(share: float, written: str) -> None:
    table = Table("t", columns("score:share"), [(share,)])
    assert text_of(table, "jsonl") == f'{{"score": {written}}}\n'


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("kind", ["number", "percent", "share", "money"])
def test_what_is_no_finite_number_is_null(kind: str, value: float) -> None:
    assert text_of(Table("t", columns(f"x:{kind}"), [(value,)]), "jsonl") == '{"x": null}\n'


def test_signs_that_drive_a_terminal_are_escaped_but_not_lost() -> None:
    name = "a\x9b31m\x7f\u202eb"
    line = text_of(Table("t", columns("name"), [(name,)]), "jsonl")
    assert line == '{"name": "a\\u009b31m\\u007f\\u202eb"}\n'
    assert json.loads(line) == {"name": name}


def test_half_characters_are_replaced() -> None:
    line = text_of(Table("t", columns("name"), [("a\udcffb",)]), "jsonl")
    assert line == '{"name": "a�b"}\n'


def test_no_currency_is_null() -> None:
    found = json.loads(text_of(Table("version", columns("version"), [("1",)]), "json", Look()))
    assert found["currency"] is None


def test_a_percent_sign_in_a_key_is_kept() -> None:
    assert text_of(Table("t", columns("50%"), [("x",)]), "jsonl") == '{"50%": "x"}\n'


def test_rows_are_written_as_they_come() -> None:
    stream = io.StringIO()
    written_before_the_last_row = []

    def rows() -> Iterator[tuple[int]]:
        for number in range(5_000):
            if number == 4_999:
                written_before_the_last_row.append(stream.getvalue().count("\n"))
            yield (number,)

    write(Table("t", columns("n:number"), rows()), "jsonl", stream, ROUBLES)
    assert written_before_the_last_row == [4_000]
    assert stream.getvalue().count("\n") == 5_000


def test_json_of_many_rows_is_whole() -> None:
    table = Table("t", columns("n:number"), ((n,) for n in range(2_500)))
    assert json.loads(text_of(table, "json"))["rows"] == [{"n": n} for n in range(2_500)]


class BrokenBaseError(Exception):
    """What goes wrong while the rows are read."""


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "table", "html"])
def test_trouble_in_the_middle_of_the_rows_is_not_hidden(form: str) -> None:
    def rows() -> Iterator[tuple[int]]:
        yield (1,)
        raise BrokenBaseError

    with pytest.raises(BrokenBaseError):
        text_of(Table("t", columns("n:number"), rows()), form)


def test_a_row_that_does_not_fit_the_columns_is_our_fault_and_not_hidden() -> None:
    with pytest.raises(ValueError, match="zip"):
        text_of(Table("t", columns("a", "b"), [("x",)]), "csv")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(),
        st.none() | TEXTS,
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.none() | st.floats(0, 1),
        st.none() | st.booleans(),
        st.none() | st.lists(TEXTS),
        st.none() | st.lists(st.integers()),
        st.none() | st.integers(-(10**14), 10**14),
    )
)


@given(ROWS)
def test_json_gives_the_rows_back(rows: list[tuple[Any, ...]]) -> None:
    specs = ("a:id", "b", "c:number", "d:share", "e:flag", "f:list", "g:spark", "h:money")
    look = Look(currency="JPY", decimals=0)
    found = json.loads(text_of(Table("t", columns(*specs), iter(rows)), "json", look))
    assert [tuple(row.values()) for row in found["rows"]] == rows
    lines = text_of(Table("t", columns(*specs), iter(rows)), "jsonl", look).split("\n")[:-1]
    assert [tuple(json.loads(line).values()) for line in lines] == rows


def test_a_value_that_json_has_no_word_for_becomes_text() -> None:
    table = Table("t", columns("on:date"), [(dt.date(2026, 11, 21),)])
    assert text_of(table, "jsonl") == '{"on": "2026-11-21"}\n'


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1251", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_is_json_in_every_encoding_of_a_terminal(form: str, encoding: str) -> None:
    name = "Ёлка é 山 \U0001f600 \U0001f468\u200d\U0001f469 half \ud83d."
    table = Table("t", columns("name"), [(name,)], ["\U0001f600"])
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding, errors="backslashreplace", newline="") as stream:
        write(table, form, stream, ROUBLES)
        stream.flush()
        text = raw.getvalue().decode(encoding)
    found = json.loads(text)
    row = found["rows"][0] if form == "json" else found
    assert row == {"name": name.replace("\ud83d.", "\ufffd.")}
    if encoding == "ascii":
        assert r"\u0401\u043b\u043a\u0430 \u00e9 \u5c71 \ud83d\ude00 \ud83d\udc68" in text
