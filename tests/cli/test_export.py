"""`clientbase export`, as the owner types it."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from shop import Ran, Shop

if TYPE_CHECKING:
    from pathlib import Path

CONTACT_KEYS = (
    "client_id,clientbase_id,name,kind,organisation,post,phone,phone2,email,birthday,sex,city,"
    "region,address,occupation,preferred_channel,hours,manager,channel,tags,note,"
    "referred_by_clientbase_id,entered_on,animal"
)
SALE_KEYS = (
    "client_id,clientbase_id,name,phone,email,ref,date,product,category,quantity,price,amount,"
    "channel,note,sale_discount,sale_in_file,refund_of"
)


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    """Two contacts, three sales (one void, one to nobody) and a refund."""
    shop.ok("field", "add", "animal")
    shop.ok(
        "contact", "add", "Анна", "--phone", "8 921 555-01-02", "--phone", "8 921 555-01-03",
        "--tag", "club", "--tag", "vip", "--birthday", "14.03", "--id", "C1", "--field", "animal=кот",
    )  # fmt: skip
    shop.ok("contact", "add", "=cmd|x", "--email", "x@example.com", "--referred-by", "1")
    shop.ok("sale", "record", "1", "--item", "Shampoo x2 @ 450", "--item", "Comb @ 50.50",
            "--discount", "0.50", "--on", "2026-11-01", "--note", "cash")  # fmt: skip
    shop.ok("sale", "record", "--walk-in", "20", "--ref", "A-7", "--on", "2026-11-02")
    shop.ok("sale", "record", "2", "99")
    shop.ok("sale", "void", "3", "--reason", "mistyped")
    shop.ok("sale", "refund", "1", "50", "--on", "2026-11-03")
    return shop


def test_contacts_go_out_as_csv_with_as_many_phones_as_are_needed(stocked: Shop) -> None:
    assert stocked.run("export", "contacts") == Ran(
        0,
        f"{CONTACT_KEYS}\n"
        'C1,1,Анна,person,,,+79215550102,+79215550103,,\'--03-14,,,,,,,,,,"club, vip",,,2026-11-21,кот\n'
        ",2,'=cmd|x,person,,,,,x@example.com,,,,,,,,,,,,,1,2026-11-21,\n",
        "Exported 2 contacts.\n",
    )


def counted(text: str) -> str:
    """Put numbers in the place of marks, which are another draw in every base."""
    for number, mark in enumerate(dict.fromkeys(re.findall(r"\bs[0-9a-f]{16}\b", text)), start=1):
        text = text.replace(mark, str(number))
    return text


def test_sales_go_out_a_row_a_line_and_refunds_below_zero(stocked: Shop) -> None:
    ran = stocked.run("export", "sales")
    assert counted(ran.out) == (
        f"{SALE_KEYS}\n"
        "C1,1,Анна,+79215550102,,,2026-11-01,Shampoo,,2,450.00,900.00,,cash,0.50,1,\n"
        "C1,1,Анна,+79215550102,,,2026-11-01,Comb,,1,50.50,50.50,,,,1,\n"
        ",,,,,A-7,2026-11-02,,,,,20.00,,,,2,\n"
        "C1,1,Анна,+79215550102,,,2026-11-03,,,,,-50.00,,,,3,#1\n"
    )
    assert (ran.code, ran.err) == (
        0,
        "Exported 2 sales and 1 refund.\n1 voided one was left out.\n",
    )


@pytest.mark.parametrize(
    ("days", "dates"),
    [
        (("--from", "2026-11-02"), ["2026-11-02", "2026-11-03"]),
        (("--to", "2026-11-02"), ["2026-11-01", "2026-11-01", "2026-11-02"]),
        (("--from", "2026-11-02", "--to", "2026-11-02"), ["2026-11-02"]),
    ],
)
def test_both_days_of_a_period_are_included(
    stocked: Shop, days: tuple[str, ...], dates: list[str]
) -> None:
    rows = csv.DictReader(io.StringIO(stocked.ok("export", "sales", *days)))
    assert [row["date"] for row in rows] == dates


def test_a_period_that_ends_before_it_begins_is_refused(stocked: Shop) -> None:
    ran = stocked.run("export", "sales", "--from", "2026-11-02", "--to", "2026-11-01")
    assert ran == Ran(
        2,
        "",
        "error: the period ends on 01.11.2026, before it begins on 02.11.2026\n"
        "hint: --from is its first day, --to its last\n",
    )


def test_a_segment_goes_out_as_the_list_of_contacts(stocked: Shop) -> None:
    ran = stocked.run("export", "segment", "one-time")
    assert ran.out == stocked.ok("segment", "run", "one-time", "--format", "csv")
    assert (ran.code, ran.err) == (0, "Exported 1 contact.\n")


def test_the_format_is_what_was_said_or_what_the_ending_of_the_file_says(
    stocked: Shop, tmp_path: Path
) -> None:
    rows = stocked.rows("export", "sales")
    assert [row["amount"] for row in rows] == [900.00, 50.50, 20.00, -50.00]
    for name, start in (("a.json", "{\n"), ("a.jsonl", '{"client_id"'), ("a.dat", SALE_KEYS)):
        file = tmp_path / name
        assert stocked.ok("export", "sales", "-q", "-o", str(file)) == ""
        assert file.read_text(encoding="utf-8").startswith(start)
    said = tmp_path / "b.csv"
    stocked.ok("export", "sales", "--format", "json", "-o", str(said))
    assert json.loads(said.read_text(encoding="utf-8"))["rows"] == rows


def test_an_empty_base_hands_out_headers(shop: Shop) -> None:
    assert shop.run("export", "sales") == Ran(
        0, f"{SALE_KEYS}\n", "Exported 0 sales and 0 refunds.\n"
    )
    assert shop.run("export", "contacts") == Ran(
        0,
        CONTACT_KEYS.replace("phone2,", "").removesuffix(",animal") + "\n",
        "Exported 0 contacts.\n",
    )


def test_what_was_cut_short_is_not_called_exported(stocked: Shop) -> None:
    ran = stocked.run("export", "contacts", "--limit", "1", "--columns", "name")
    assert ran == Ran(0, "name\nАнна\n", "Shown: 1 of 2; --limit 0 shows all.\n")


def test_namesakes_of_whom_nothing_else_is_known_stay_two(shop: Shop, tmp_path: Path) -> None:
    for _n in range(2):
        shop.ok("contact", "add", "Анна")
    shop.ok("sale", "record", "2", "100")
    files = {kind: str(tmp_path / f"{kind}.csv") for kind in ("contacts", "sales")}
    for kind, file in files.items():
        shop.ok("export", kind, "-o", file)
    other = ("--db", str(tmp_path / "other.db"))
    shop.ok(*other, "init", "--currency", "RUB", "--country", "RU")
    for kind, file in files.items():
        shop.ok(*other, "import", kind, file)
    told = [
        (row["contact_id"], row["name"], row["orders"])
        for row in shop.rows(*other, "contact", "list")
    ]
    assert sorted(told) == [(1, "Анна", 0), (2, "Анна", 1)]


def test_an_unknown_segment_is_not_found(stocked: Shop) -> None:
    ran = stocked.run("export", "segment", "regulr")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "error: there is no segment regulr\nhint: did you mean regular?\n"


@pytest.mark.parametrize(("ref", "named"), [("A-7", "A-7"), ("#1", "#1"), (None, "#1")])
def test_a_refund_of_a_sale_before_the_period_names_it_by_its_reference_or_mark(
    shop: Shop, ref: str | None, named: str
) -> None:
    told = ("--ref", ref) if ref else ()
    shop.ok("sale", "record", "--walk-in", "20", "--on", "2026-11-01", *told)
    shop.ok("sale", "refund", "1", "5", "--on", "2026-11-03")
    text = shop.ok("export", "sales", "--columns", "refund_of,amount", "--from", "2026-11-02")
    assert counted(text) == f"refund_of,amount\n{named},-5.00\n"


def test_a_segment_for_a_way_leaves_out_whom_one_may_not_reach(shop: Shop) -> None:
    shop.ok("contact", "add", "Анна", "--phone", "8 926 123-45-61", "-q")
    shop.ok("contact", "add", "Иван", "--phone", "8 926 123-45-62", "-q")
    shop.ok("contact", "add", "Пётр", "-q")
    shop.ok("contact", "stop", "1", "sms", "-q")
    words = ("export", "segment", "base:potential", "--columns", "name")
    ran = shop.run(*words, "--for", "sms")
    told = "Left out for sms: 2 contacts (1 does not wish it, 1 without a phone)."
    assert (ran.code, ran.out, ran.err) == (0, "name\nИван\n", f"{told}\nExported 1 contact.\n")
    assert shop.envelope(*words, "--for", "sms")["notes"][-1] == told
    ran = shop.run(*words)
    assert ran.out == "name\nАнна\nИван\nПётр\n"
    assert ran.err == (
        "1 of them has left or does not wish to be reached, wholly or by some way; "
        "--for WAY leaves out who can't be.\nExported 3 contacts.\n"
    )
    assert shop.run(*words, "--for", "fon").code == 2
