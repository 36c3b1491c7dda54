"""`clientbase lead add --json`: what a site's form sends is written down, all of it or nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clientbase.exchange import forms

if TYPE_CHECKING:
    from pathlib import Path

    from shop import Ran, Shop


def send(shop: Shop, text: str, *options: str) -> Ran:
    """Send a text to standard input."""
    return shop.run("lead", "add", "--json", "-", *options, stdin=text)


def sent(shop: Shop, text: str, *options: str) -> list[dict[str, Any]]:
    """Send a text that must be taken, and return the rows of the leads."""
    ran = send(shop, text, *options, "--format", "json")
    assert ran.code == 0, ran
    rows: list[dict[str, Any]] = json.loads(ran.out)["rows"]
    return rows


def refused(shop: Shop, text: str, *options: str) -> tuple[int, str, str]:
    """Send a text that must not be taken: the exit code, what is wrong, and the hint."""
    ran = send(shop, text, *options)
    assert ran.out == ""
    assert shop.rows("lead", "list", "--state", "all") == []
    assert shop.rows("contact", "list") == []
    said = ran.err.splitlines()
    return ran.code, said[0].removeprefix("error: "), said[-1].removeprefix("hint: ")


def test_a_form_says_all_that_is_known(shop: Shop) -> None:
    row = sent(
        shop,
        """{"Name": "Anna  Orlova", "PHONE": 89261234567, "e-mail": "anna@example.com",
            "channel": "site", "message": "please ring\\nafter six", "wants": "two\\nunits",
            "expects": 1200.50, "by": "2026-12-01", "manager": "Olga", "date": "2026-11-20",
            "utm_source": "ads", "consent": true, "page": null, "sizes": [1, {"hall": 2}]}""",
    )[0]
    said = (
        "name", "phone", "channel", "wants", "expects", "expected_by", "manager", "opened_on", "note"
    )  # fmt: skip
    assert [row[name] for name in said] == [
        "Anna Orlova", "+79261234567", "site", "two units", 1200.5, "2026-12-01", "Olga",
        "2026-11-20", "please ring\nafter six\nutm_source: ads\nconsent: yes\nsizes: 1, hall: 2",
    ]  # fmt: skip
    assert shop.rows("contact", "list")[0]["email"] == "anna@example.com"


def test_a_form_may_speak_russian(shop: Shop) -> None:
    text = """{"Имя": "Анна", "ТЕЛЕФОН": "8 926 123-45-67", "Почта": "anna@example.com",
               "канал": "сайт", "Сообщение": "перезвоните"}"""
    row = sent(shop, text)[0]
    assert (row["name"], row["phone"], row["channel"], row["note"]) == (
        "Анна", "+79261234567", "сайт", "перезвоните",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '[{"name": "Anna"}, {"name": "Boris"}]',
        '{"name": "Anna"}\n{"name": "Boris"}\n',
        '\ufeff{\n  "name": "Anna"\n}\n\n{\n  "name": "Boris"\n}',
        '[{"name": "Anna"}]\n[{"name": "Boris"}]',
    ],
)
def test_objects_come_in_an_array_or_one_after_another(shop: Shop, text: str) -> None:
    assert [row["name"] for row in sent(shop, text)] == ["Anna", "Boris"]


def test_a_file_is_read_too(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    file.write_text('{"phone": ["89261234567", "89261234568"], "name": ""}', encoding="utf-8")
    assert [row["name"] for row in shop.rows("lead", "add", "--json", str(file))] == ["89261234567"]
    points = shop.envelope("contact", "show", "1")["tables"]["points"]
    assert [point["value"] for point in points] == ["+79261234567", "+79261234568"]


def test_who_comes_back_is_told(shop: Shop) -> None:
    shop.ok("lead", "add", "Anna", "--phone", "89261234567", "--on", "2026-03-01")
    shop.ok("sale", "record", "--new", "Boris", "--phone", "89261234568", "100")
    ran = send(shop, '{"phone": "+7 926 123-45-67", "name": "Annie"}')
    assert ran.err == (
        "Lead 2, Anna (contact 1): came back without buying (1 enquiry, on 01.03.2026).\n"
        "Another lead of this contact is open: 1.\n"
    )
    ran = send(shop, '[{"phone": "89261234567"}, {"phone": "89261234568"}, {"name": "Vera"}]', "-q")
    assert (ran.code, ran.err) == (0, "")
    ran = send(shop, '[{"phone": "89261234567"}, {"phone": "89261234568"}, {"name": "Gleb"}]')
    assert ran.err == "Enquiries: 3. New: 1; came back: 1; bought before: 1.\n"


@pytest.mark.parametrize("text", ["", " \n", "[]"])
def test_nothing_sent_is_nothing_written(shop: Shop, text: str) -> None:
    ran = send(shop, text)
    assert (ran.code, ran.err) == (0, "It holds no enquiry: nothing was written.\n")
    assert sent(shop, text) == []
    assert shop.rows("lead", "list") == []


def test_options_hold_for_what_a_form_does_not_say(shop: Shop) -> None:
    rows = sent(
        shop, '[{"name": "Anna"}, {"name": "Boris", "channel": "ads", "date": "20.11.2026 10:15"}]',
        "--channel", "site", "--stage", "contacted", "--dated", "2026-11-19", "--next", "ring back",
        "--on", "tomorrow",
    )  # fmt: skip
    said = ("channel", "stage", "opened_on", "next_step", "next_step_on")
    assert [[row[name] for name in said] for row in rows] == [
        ["site", "contacted", "2026-11-19", "ring back", "2026-11-22"],
        ["ads", "contacted", "2026-11-20", "ring back", "2026-11-22"],
    ]


@pytest.mark.parametrize(
    ("text", "sentence", "hint"),
    [
        (
            '[{"name": "Anna"}, {"name": "B", "phone": "12"}]',
            "item 2, key phone: 12 is not a phone number: too few digits",
            None,
        ),
        (
            '{"name": "Anna", "e-mail": "anna@"}',
            "item 1, key e-mail: ",
            None,
        ),
        (
            '[{"name": "Anna"}, {"note": "x", "name": " ", "phone": []}]',
            "item 2: it is not said who got in touch",
            "give a name, a phone or an email",
        ),
        (
            '{"name": "Anna", "имя": "Вера"}',
            "item 1, key имя: name says that already",
            None,
        ),
        (
            '{"name": ["Anna"]}',
            "item 1, key name: a text or a number is needed here",
            None,
        ),
        (
            '{"name": "Anna", "expects": "much"}',
            'item 1, key expects: "much" is not a number',
            None,
        ),
        ('{"name": "Anna", "expects": NaN}', 'item 1, key expects: "NaN" is not a number', None),
        (
            '{"name": "Anna", "expects": true}',
            "item 1, key expects: a text or a number is needed here",
            None,
        ),
        (
            '{"name": "Anna", "date": "2026-11-22"}',
            "item 1, key date: 22.11.2026 is still to come",
            "give a day until 21.11.2026",
        ),
        (
            '{"name": "Anna", "date": "31.02.2026"}',
            "item 1, key date: 31 February does not exist",
            None,
        ),
        (
            '[{"name": "Anna", "by": "2026-11-01"}]',
            "item 1: 01.11.2026 is before the enquiry of 21.11.2026",
            None,
        ),
        (
            '{"name": "a\\u001b]0;x"}',
            "item 1, key name: a�]0;x holds a control character that can't be seen (U+001B)",
            None,
        ),
        ('{"name": "\\ud800"}', "item 1, key name: � holds a control character", None),
        (
            json.dumps({"name": "x" * 10_000}),
            "item 1, key name: the text has 10000 characters, 500 are the most",
            None,
        ),
        (
            json.dumps({"name": "Anna", "message": "x" * 10_000}),
            "item 1, key message: the text has 10000 characters, 2000 are the most",
            None,
        ),
        (
            '{"name": "Anna",\n "phone": }',
            "standard input is no JSON from line 2, column 11 on",
            'send {"name": "Anna", "phone": "..."}, an array of such, or one a line',
        ),
        ("name=Anna", "standard input is no JSON from line 1, column 1 on", None),
        ('[{"name": "Anna"}, "Boris"]', "item 2 is no object", None),
        ("[" * 100_000, "lists and objects lie too deep inside each other", None),
        (
            '{"name": "Anna", "x": ' + "[" * 20 + "]" * 20 + "}",
            "item 1, key x: lists and objects lie too deep inside each other",
            None,
        ),
        (
            json.dumps([{"name": "A"}] * (forms.MOST_ITEMS + 1)),
            "standard input holds 10,001 enquiries, 10,000 are the most",
            "send them in several parts",
        ),
        (
            " " * (forms.MOST_BYTES + 1),
            "standard input has more than 5 MB",
            "send them in several parts",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    shop: Shop, text: str, sentence: str, hint: str | None
) -> None:
    code, said, told = refused(shop, text)
    assert code == 4
    assert said.startswith(sentence)
    assert hint is None or told == hint


def test_all_that_is_wrong_is_listed(shop: Shop) -> None:
    ran = send(shop, '[{"phone": "12", "date": "x"}, {"name": "Anna"}, {"expects": "1.234,5.6"}]')
    assert (ran.code, ran.out) == (4, "")
    lines = ran.err.splitlines()
    assert lines[0] == "error: 4 values are wrong"
    assert [line.split()[:3] for line in lines[3:7]] == [
        ["1", "date", "x"],
        ["1", "phone", "12"],
        ["3", "expects", "1.234,5.6"],
        ["3", "it", "is"],
    ]
    assert lines[7] == "hint: mend them and send all once more: nothing was written"


def test_a_wrong_phone_is_kept_when_told_so(shop: Shop) -> None:
    rows = sent(shop, '{"name": "Anna", "phone": "12"}', "--unchecked")
    assert [row["phone"] for row in rows] == ["12"]


def test_bytes_that_are_no_utf_8_are_refused(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    file.write_bytes('{"name": "Анна"}'.encode("cp1251"))
    ran = shop.run("lead", "add", "--json", str(file))
    assert (ran.code, ran.err) == (
        4,
        "error: form.json is not UTF-8: byte 11 can't be read\nhint: JSON is sent as UTF-8\n",
    )
    ran = shop.run("lead", "add", "--json", str(tmp_path / "none.json"))
    assert ran.code == 6
    assert ran.err.endswith("hint: name a file of JSON, or - for standard input\n")


@pytest.mark.parametrize("option", ["Anna", "--phone=89261234567", "--email=a@b.com", "--who=1"])
def test_the_form_alone_says_who_it_is(shop: Shop, option: str) -> None:
    ran = send(shop, '{"name": "Boris"}', option)
    assert (ran.code, ran.err) == (
        2,
        (
            "error: with --json it is the form that says who got in touch\n"
            "hint: leave NAME, --phone, --email and --who out\n"
        ),
    )


def test_what_collides_with_the_base_is_told_with_its_place(shop: Shop) -> None:
    for name in ("Anna", "Boris"):
        shop.ok("contact", "add", name, "--phone", "89261234567", "--manager", "Olga", "--anyway")
    shop.ok("contact", "add", "Vera", "--phone", "89261234568", "--manager", "Olga")
    ran = send(shop, '[{"name": "Dina"}, {"phone": "89261234567"}]')
    lines = ran.err.splitlines()
    assert (ran.code, lines[0], lines[-1]) == (
        5,
        "error: item 2: several contacts have +79261234567",
        "hint: take it out, and write it down with: clientbase lead add --who NUMBER",
    )
    form = '{"phone": "89261234568", "manager": "Ivan"}'
    ran = send(shop, form)
    assert (ran.code, ran.err) == (
        5,
        (
            "error: item 1: Vera is looked after by Olga\n"
            "hint: --anyway takes such clients over; nothing was written\n"
        ),
    )
    assert shop.rows("lead", "list") == []
    assert [(row["contact_id"], row["manager"]) for row in sent(shop, form, "--anyway")] == [
        (3, "Ivan")
    ]
