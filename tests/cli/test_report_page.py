"""`clientbase report page`: its keys, its formats, its options, and other reports as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from shop import Shop

KEYS = "period from to revenue orders clients new_clients average_order"


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Three sales to two clients."""
    shop.ok("contact", "add", "Анна <b>")
    shop.ok("contact", "add", "Борис")
    shop.ok("sale", "record", "1", "1000", "--on", "2026-11-20")
    shop.ok("sale", "record", "1", "500.50", "--on", "2026-10-20")
    shop.ok("sale", "record", "2", "300", "--on", "2026-10-25")
    return shop


def test_rows_are_the_month_and_two_others(busy: Shop) -> None:
    told = busy.envelope("report", "page", "--months", "2")
    assert list(told["rows"][0]) == KEYS.split()
    assert [list(row.values()) for row in told["rows"]] == [
        ["this month", "2026-11-01", "2026-11-21", 1000, 1, 1, 0, 1000],
        ["month before", "2026-10-01", "2026-10-21", 500.5, 1, 1, 1, 500.5],
        ["year before", "2025-11-01", "2025-11-21", 0, 0, 0, 0, None],
    ]
    assert (told["kind"], told["as_of"]) == ("page", "2026-11-21")
    assert list(told["tables"])[:3] == ["months", "concentration", "concentration_curve"]
    assert told["tables"]["months"] == [
        {
            "month": "2026-10",
            "revenue": 800.5,
            "orders": 2,
            "clients": 2,
            "new_clients": 2,
            "average_order": 400.25,
        },
        {
            "month": "2026-11",
            "revenue": 1000,
            "orders": 1,
            "clients": 1,
            "new_clients": 0,
            "average_order": 1000,
        },
    ]


def test_a_table_of_it_alone(busy: Shop) -> None:
    out = busy.ok("report", "page", "--table", "rfm_segments", "--format", "csv")
    assert out.splitlines()[0] == "segment,clients,revenue,share"
    ran = busy.run("report", "page", "--table", "segments")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "error: there is no table segments here")


def test_a_person_reads_the_same_as_tables(busy: Shop) -> None:
    lines = busy.ok("report", "page", "--title", "Ноябрь").splitlines()
    assert lines[:4] == [
        "Ноябрь",
        "               this month  month before   change  year before  change",
        "-------------  ----------  ------------  -------  -----------  ------",
        "from           01.11.2026    01.10.2026            01.11.2025",
    ]
    assert lines[5] == "revenue        1 000,00 ₽      500,50 ₽   +99,8%       0,00 ₽"
    assert "sales by month" in lines
    at = next(n for n, line in enumerate(lines) if line.startswith("2026-11"))
    assert lines[at].endswith("█" * 24)
    assert lines[at + 1] == "█ revenue"


def test_the_page_is_written_whole(busy: Shop, tmp_path: Path) -> None:
    file = tmp_path / "base.html"
    busy.ok("report", "page", "-o", str(file), "--title", "<R & D>")
    text = file.read_text(encoding="utf-8")
    assert "<title>&lt;R &amp; D&gt;</title>" in text
    assert text.count("<section") == 13
    assert '<dd class="now">1\u00a0000,00\u00a0₽</dd>' in text
    assert text.endswith("</html>\n")


def test_a_past_day_knows_only_what_was_then(busy: Shop) -> None:
    (now, *_) = busy.rows("report", "page", "--as-of", "2026-10-31")
    assert list(now.values())[1:] == ["2026-10-01", "2026-10-31", 800.5, 2, 2, 2, 400.25]


def test_another_day_stands_beside_every_report(busy: Shop, tmp_path: Path) -> None:
    then = ("--compare", "2026-10-31")
    busy.ok("sale", "refund", "2", "--on", "2026-11-05", "-q")  # all of it, after that day
    told = busy.envelope("report", "page", *then)
    as_of = busy.rows("report", "page", "--as-of", "2026-10-31")[0]
    assert told["rows"][3] | {"period": as_of["period"]} == as_of
    assert [row["from"] for row in told["rows"]] == [
        *("2026-11-01", "2026-10-01", "2025-11-01", "2026-10-01"),
    ]
    (abc,) = (row for row in told["tables"]["abc"] if row["item"] == 1)
    alone = busy.rows("report", "abc", "--as-of", "2026-10-31")
    assert abc["revenue_then"] == next(row["revenue"] for row in alone if row["item"] == 1)
    assert {"month", "revenue"} <= told["tables"]["months"][0].keys()
    assert "revenue_then" not in told["tables"]["months"][0]
    pictures = []
    for file, words in (("now.html", ()), ("both.html", then)):
        busy.ok("report", "page", "-o", str(tmp_path / file), *words)
        pictures.append((tmp_path / file).read_text(encoding="utf-8").count("<svg"))
    assert pictures[0] == pictures[1] > 0


@pytest.mark.parametrize("form", ["table", "html", "json", "csv"])
def test_columns_without_the_period_are_a_list(form: str, busy: Shop) -> None:
    told = busy.ok("report", "page", "--columns", "clients,from", "--format", form)
    assert "None" not in told
    if form == "table":
        assert told.splitlines()[1].split() == ["clients", "from"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--title", ""], 4),
        (["--title", "x" * 10_000], 4),
        (["--title", "\x1b[0m"], 4),
        (["--months", "0"], 2),
        (["--months", "61"], 2),
        (["--as-of", "soon"], 4),
        (["--compare", "soon"], 4),
    ],
)
def test_bad_words_are_refused(words: list[str], code: int, busy: Shop) -> None:
    ran = busy.run("report", "page", *words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("error: ")
    assert "\x1b" not in ran.err


def test_an_empty_base_makes_a_page_that_says_what_to_type(shop: Shop) -> None:
    text = shop.ok("report", "page", "--format", "html")
    assert "clientbase import sales FILE" in text
    assert '<dd class="now">0</dd>' in text


def test_a_long_list_of_a_report_is_cut_on_a_page_and_told(shop: Shop) -> None:
    base = shop.connect()
    base.execute("pragma query_only = off")
    base.executemany(
        "insert into contact (id, name, name_key, entered_on, entered_by) values (?, ?, ?, '2026-11-01', 'entry')",
        [(n, f"Client {n}", f"client {n}") for n in range(1, 61)],
    )
    base.execute(
        "insert into sale (contact_id, sold_on, amount) select id, '2026-11-01', 100 from contact"
    )
    base.close()
    ran = shop.run("report", "rfm", "--format", "html")
    told = "Shown: 50 of 60; --limit 0 shows all."
    assert (ran.code, ran.err) == (0, f"{told}\n")
    assert ran.out.count("<td>Client") + ran.out.count('<td class="short">Client') == 50
    assert f'<p class="note">{told}</p>' in ran.out
    assert shop.ok("report", "rfm", "--format", "html", "--limit", "0").count("Client ") == 60
    assert shop.ok("contact", "list", "--format", "html").count("Client ") == 60
    assert len(shop.rows("report", "rfm")) == 60
