"""Several contacts at once, named by standard input."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from shop import Ran, Shop

if TYPE_CHECKING:
    from collections.abc import Sequence

KEYS = ["contact_id", "external_id", "name", "organisation", "phone", "email", "city", "manager"]
KEYS += ["channel", "tags", "orders", "revenue", "average_order", "last_sale_on"]
KEYS += ["days_since_sale", "base", "frequency_class", "value_class"]


@pytest.fixture
def people(shop: Shop) -> Shop:
    """Анна, Иван and Пётр."""
    for name, phone in (("Анна", "61"), ("Иван", "62"), ("Пётр", "63")):
        shop.ok("contact", "add", name, "--phone", f"8 926 123-45-{phone}", "-q")
    return shop


def rows(shop: Shop, *words: str, stdin: str) -> Any:
    return json.loads(shop.ok("contact", *words, "--format", "json", "-q", stdin=stdin))["rows"]


def cells(shop: Shop, column: str) -> dict[int, Any]:
    return {row["contact_id"]: row[column] for row in shop.rows("contact", "list")}


def test_tags_are_put_on_all_who_are_named(people: Shop) -> None:
    shown = rows(people, "tag", "-", "+club", stdin="1\n8 926 123-45-62\nПЁТР\n1\n")
    assert {tuple(row) for row in shown} == {tuple(KEYS)}
    assert [(row["contact_id"], row["tags"]) for row in shown] == [
        (1, ["club"]),
        (2, ["club"]),
        (3, ["club"]),
    ]
    assert people.run("contact", "tag", "-", "-club", "+vip", stdin="2\n1").err == (
        "2 contacts are changed.\n"
    )
    assert cells(people, "tags") == {1: ["vip"], 2: ["vip"], 3: ["club"]}


@pytest.mark.parametrize("format_", ["csv", "tsv", "jsonl", "json"])
@pytest.mark.parametrize("columns", ["contact_id", "contact_id,name", "name,contact_id", "phone"])
def test_a_list_of_ours_goes_into_the_next_command(
    people: Shop, format_: str, columns: str
) -> None:
    people.ok("contact", "edit", "3", "--id", "1", "-q")
    listed = people.ok(
        "contact", "list", "--where", "name <> 'иван'", "--columns", columns, "--format", format_
    )
    people.ok("contact", "tag", "-", "+club", stdin=listed)
    assert cells(people, "tags") == {1: ["club"], 2: [], 3: ["club"]}


def test_an_empty_list_changes_nobody(people: Shop) -> None:
    listed = people.ok("contact", "list", "--where", "orders > 9", "--format", "csv")
    assert people.run("contact", "tag", "-", "+club", stdin=listed) == Ran(
        0, "Nobody.\n", "Nobody is named; nothing is changed.\n"
    )
    assert people.run("contact", "tag", "-", "+club") == Ran(
        4,
        "",
        "error: nobody is named on standard input: it is empty\n"
        "hint: give a WHO a line, or a list: clientbase contact list --format csv | ...\n",
    )


def test_all_or_nothing(people: Shop) -> None:
    people.ok("contact", "add", "анна", "-q")
    assert people.run("contact", "edit", "-", "--city", "Пермь", stdin="2\nАнна\n\n77\n") == Ran(
        4,
        "",
        "error: 2 of 3 lines can't be used; nothing is changed\n"
        "line  who   reason\n"
        "----  ----  -------------------------------\n"
        "   2  Анна  2 contacts answer to Анна: 1, 4\n"
        "   4  77    there is no contact 77\n"
        "hint: mend or leave out these lines; look with: clientbase contact find TEXT\n",
    )
    assert set(cells(people, "city").values()) == {None}


def test_what_can_not_be_done_to_one_is_done_to_none(people: Shop) -> None:
    ran = people.run("contact", "edit", "-", "--phone", "8 926 123-45-65", stdin="1\n2\n")
    assert (ran.code, ran.out) == (5, "")
    assert ran.err.splitlines()[0] == (
        "error: line 2, contact 2: +79261234565 is in the base already: contact 1, Анна"
    )
    assert people.envelope("contact", "show", "1")["tables"]["points"][1:] == []


@pytest.mark.parametrize(
    ("words", "column", "value"),
    [
        (("edit", "-", "--city", "Пермь"), "city", "Пермь"),
        (("edit", "-", "--tag", "a", "--manager", "olga"), "manager", "olga"),
        (("tag", "-", "+a"), "tags", ["a"]),
    ],
)
def test_a_dry_run_shows_what_would_be_and_changes_nothing(
    people: Shop, words: Sequence[str], column: str, value: object
) -> None:
    before = people.rows("contact", "list")
    ran = people.run("contact", *words, "--dry-run", "--format", "json", stdin="1\n2\n")
    assert (ran.code, ran.err) == (0, "2 contacts would be changed.\n")
    assert [row[column] for row in json.loads(ran.out)["rows"]] == [value, value]
    assert people.rows("contact", "list") == before
    ran = people.run("contact", *(words[0], "1", *words[2:]), "--dry-run")
    assert ran.err == "1 contact would be changed.\n"


def test_something_is_written_down_for_all_who_are_named(people: Shop) -> None:
    words = ("log", "-", "sent the price list", "--kind", "email", "--out")
    shown = rows(people, *words, stdin="3\n1\n")
    assert [(row["activity_id"], row["contact_id"], row["what"]) for row in shown] == [
        (1, 3, "sent the price list"),
        (2, 1, "sent the price list"),
    ]
    ran = people.run("contact", *words, "--dry-run", stdin="2")
    assert (ran.code, ran.err) == (0, "1 contact would be changed.\n")
    assert people.envelope("contact", "show", "2")["tables"]["history"] == []


def test_people_are_stopped_allowed_and_left_together(people: Shop) -> None:
    assert people.run("contact", "stop", "-", "phone", stdin="1\n2").err == (
        "2 contacts are changed.\n"
    )
    assert people.rows("contact", "list", "--for", "phone")[0]["contact_id"] == 3
    people.ok("contact", "allow", "-", stdin="1\n2")
    people.ok("contact", "left", "-", "--reason", "closed", stdin="1\n3")
    assert [row["contact_id"] for row in people.rows("contact", "list", "--for", "sms")] == [2]
    people.ok("contact", "left", "-", "--back", stdin="1\n2\n3")
    assert len(people.rows("contact", "list", "--for", "sms")) == 3


@pytest.mark.parametrize("stdin", ["\x1b[2J\n", "\ud800", "1\x00\n", "a" * 10_000, "<b>x</b>", "ё"])
def test_odd_input_ends_in_a_table_of_lines(people: Shop, stdin: str) -> None:
    people_in = stdin.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    ran = people.run("contact", "tag", "-", "+club", stdin=people_in)
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("error: 1 of 1 line can't be used; nothing is changed\nline  who")
    assert "\x1b" not in ran.err
    assert "\x00" not in ran.err


def test_standard_input_that_is_closed_can_not_be_used(
    people: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    from clientbase.cli.boundary import main

    err = io.StringIO()
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setattr("sys.stderr", err)
    assert main(["--db", str(people.path), "contact", "tag", "-", "+club"]) == 6
    assert err.getvalue() == (
        "error: standard input is closed\nhint: name one contact, or give their list in a pipe\n"
    )


def test_twenty_thousand_lines_are_quick(shop: Shop) -> None:
    base = shop.connect()
    base.execute("pragma query_only = off")
    base.execute(
        "insert into contact (name, name_key, entered_on, entered_by) "
        "select 'Имя ' || value, 'имя ' || value, '2026-11-21', 'import' "
        "from (with recursive n(value) as (select 1 union all select value + 1 from n limit 20000) select value from n)"
    )
    base.close()
    numbers = "\n".join(map(str, range(1, 20_001)))
    names = "\n".join(f"Имя {number}x" for number in range(1, 20_001))
    began = time.process_time()
    ran = shop.run("contact", "tag", "-", "+club", "--columns", "contact_id", stdin=numbers)
    assert (ran.code, ran.err) == (0, "20 000 contacts are changed.\n")
    wrong = shop.run("contact", "tag", "-", "-club", stdin=names)
    assert (wrong.code, len(wrong.err.splitlines())) == (4, 20_004)
    # Two commands; a reading of the whole base for each line would take minutes.
    assert time.process_time() - began < 10
    assert shop.rows("contact", "tags") == [{"tag": "club", "contacts": 20_000}]
