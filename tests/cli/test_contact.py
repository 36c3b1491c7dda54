"""`clientbase contact`, as the owner types it."""

from __future__ import annotations

import json
import shlex
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop import Ran, Shop

if TYPE_CHECKING:
    from pathlib import Path

KEYS = ["contact_id", "external_id", "name", "organisation", "phone", "email", "city", "manager"]
KEYS += ["channel", "tags", "orders", "revenue", "average_order", "last_sale_on"]
KEYS += ["days_since_sale", "base", "frequency_class", "value_class"]


@pytest.fixture
def people(shop: Shop) -> Shop:
    """Ivan and Anna."""
    ivan = '"Иван Петров" --phone "8 926 123-45-67" --email ivan@mail.ru --tag club --city Пермь'
    shop.ok("contact", "add", *shlex.split(ivan), "--manager", "olga", "--channel", "Сайт", "-q")
    shop.ok("contact", "add", "Анна", "--organisation", "ООО Ёлка", "--id", "C2", "-q")
    return shop


def test_a_contact_that_is_entered_is_shown_as_a_row_of_the_list(shop: Shop) -> None:
    ran = shop.run(
        "contact", "add", "Иван Петров", "--phone", "8 926 123-45-67", "--tag", "b", "--tag", "a"
    )
    assert ran == Ran(
        0,
        "contact id  name         phone         tags  orders  revenue  base\n"
        "----------  -----------  ------------  ----  ------  -------  ---------\n"
        "         1  Иван Петров  +79261234567  a, b       0     0,00  potential\n",
        "Contact 1 is in the base.\n",
    )


@pytest.mark.parametrize(
    "words",
    [
        ("add", "Ольга"),
        ("find", "иван"),
        ("list",),
        ("edit", "1", "--city", "Казань"),
        ("tag", "1", "+vip", "-club"),
    ],
)
def test_rows_of_contacts_have_the_same_keys(people: Shop, words: tuple[str, ...]) -> None:
    envelope = people.envelope("contact", *words)
    assert envelope["kind"] == "contacts"
    assert {tuple(row) for row in envelope["rows"]} == {tuple(KEYS)}


def test_everything_that_can_be_said_is_on_the_card(people: Shop) -> None:
    people.ok("field", "add", "weight", "--type", "number", "-q")
    said = {
        "--organisation": "ООО Ромашка",
        "--post": "директор",
        "--sex": "ж",
        "--city": "Казань",
        "--region": "Татарстан",
        "--address": "ул. Баумана, 1",
        "--occupation": "повар",
        "--preferred-channel": "telegram",
        "--hours": "10-18",
        "--manager": "olga",
        "--channel": "Instagram",
        "--referred-by": "Иван Петров",
        "--id": "C0001",
        "--note": "a note",
        "--birthday": "14.03",
        "--messenger": "telegram=@Olga_K",
        "--field": "weight=4,5",
        "--phone": "(343) 123-45-67",
    }
    people.ok(
        "contact", "add", "Ольга", "--company", *(word for pair in said.items() for word in pair)
    )
    envelope = people.envelope("contact", "show", "3")
    (row,) = envelope["rows"]
    assert {key: value for key, value in row.items() if value not in (None, [])} == {
        "contact_id": 3,
        "external_id": "C0001",
        "kind": "organisation",
        "name": "Ольга",
        "organisation": "ООО Ромашка",
        "post": "директор",
        "birthday": "--03-14",
        "sex": "female",
        "city": "Казань",
        "region": "Татарстан",
        "address": "ул. Баумана, 1",
        "occupation": "повар",
        "preferred_channel": "telegram",
        "hours": "10-18",
        "manager": "olga",
        "channel": "Instagram",
        "referred_by_id": 1,
        "referred_by": "Иван Петров",
        "note": "a note",
        "entered_on": "2026-11-21",
        "entered_by": "entry",
        "orders": 0,
        "revenue": 0,
        "base": "potential",
        "sleeping": False,
        "late": False,
    }
    assert envelope["tables"] == {
        "points": [
            {
                "kind": "phone",
                "value": "+73431234567",
                "typed": "(343) 123-45-67",
                "checked": True,
            },
            {"kind": "telegram", "value": "olga_k", "typed": "@Olga_K", "checked": True},
        ],
        "stops": [],
        "people": [],
        "fields": [{"field": "weight", "type": "number", "value": "4.5"}],
        "things": [],
        "leads": [],
        "reminders": [],
        "referred": [],
        "history": [],
    }


def test_the_card_is_one_screen(people: Shop) -> None:
    people.ok("contact", "edit", "1", "--phone", "123", "--unchecked", "-q")
    people.ok("contact", "log", "1", "asked for the price", "--kind", "call", "--in", "-q")
    assert people.ok("contact", "show", "иван") == (
        "contact id          1\n"
        "kind                person\n"
        "name                Иван Петров\n"
        "city                Пермь\n"
        "manager             olga\n"
        "channel             Сайт\n"
        "entered on          21.11.2026\n"
        "entered by          entry\n"
        "tags                club\n"
        "orders              0\n"
        "revenue             0,00 ₽\n"
        "base                potential\n"
        "sleeping            no\n"
        "late                no\n"
        "\n"
        "points\n"
        "kind   value         typed            checked\n"
        "-----  ------------  ---------------  -------\n"
        "phone  +79261234567  8 926 123-45-67  yes\n"
        "phone  123           123              no\n"
        "email  ivan@mail.ru  ivan@mail.ru     yes\n"
        "\n"
        "history\n"
        "happened on  event  number  details\n"
        "-----------  -----  ------  -----------------------\n"
        "21.11.2026   call        1  in; asked for the price\n"
    )


def test_whose_phone_it_is_already_is_told(people: Shop) -> None:
    assert people.run("contact", "add", "Пётр", "--phone", "+7 926 1234567") == Ran(
        5,
        "",
        "error: +79261234567 is in the base already: contact 1, Иван Петров\n"
        "contact id  name         phone         city\n"
        "----------  -----------  ------------  -----\n"
        "         1  Иван Петров  +79261234567  Пермь\n"
        "hint: see clientbase contact show 1, or add --anyway to go on\n",
    )
    ran = people.run("contact", "add", "Пётр", "--phone", "+79261234567", "--anyway", "-q")
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ('"" ', 4, "a contact needs a name"),
        ("\x01\x02", 4, "�� holds a control character that can't be seen (U+0001)"),
        ("a" * 10_000, 4, "the text has 10000 characters, 500 are the most"),
        ("A --phone 123", 4, "123 is not a phone number: too few digits"),
        ("A --email a@b", 4, "a@b is not an e-mail address: there is no dot after the @"),
        ("A --birthday 30.02", 4, "30 February does not exist"),
        ("A --messenger ivan", 2, "--messenger takes NAME=VALUE, not ivan"),
        ("A --messenger icq=1", 2, "there is no messenger called icq"),
        ("A --field =1", 2, "--field takes NAME=VALUE, not =1"),
        ("A --field x=1", 3, "there is no field x"),
        ("A --referred-by Б", 3, "nobody is found by Б"),
    ],
)
def test_what_is_wrong_ends_in_one_sentence_and_nothing_is_written(
    shop: Shop, words: str, code: int, sentence: str
) -> None:
    ran = shop.run("contact", "add", *shlex.split(words))
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (code, "", f"error: {sentence}")
    assert shop.rows("contact", "list") == []


def test_a_wrong_phone_is_kept_when_it_is_told_to_be(shop: Shop) -> None:
    shop.ok("contact", "add", "A", "--phone", "123", "--email", "a@", "--unchecked", "-q")
    (row,) = shop.rows("contact", "list")
    assert (row["phone"], row["email"]) == ("123", "a@")
    points = shop.envelope("contact", "show", "1")["tables"]["points"]
    assert [point["checked"] for point in points] == [False, False]


def test_namesakes_are_mentioned(people: Shop) -> None:
    for _ in range(5):
        people.ok("contact", "add", "анна", "-q")
    assert people.run("contact", "add", "АННА").err == (
        "Contact 8 is in the base.\nContacts of the same name: 2, 3, 4, 5, 6 and 1 more.\n"
    )


@pytest.mark.parametrize(
    "name", ["weird [/] name", "[red]x[/red]", "=cmd|x", "O'Brien; drop table contact;--"]
)
def test_odd_names_are_shown_as_typed(shop: Shop, name: str) -> None:
    assert shop.rows("contact", "add", name)[0]["name"] == name
    assert f" {name} " in shop.ok("contact", "list")


@pytest.mark.parametrize(
    ("text", "found"),
    [("ПЕТР", [1]), ("123", [1]), ("елка", [2]), ("mail", [1]), ("CLUB", [1]), ("C2", [2])],
)
def test_contacts_are_found(people: Shop, text: str, found: list[int]) -> None:
    assert [row["contact_id"] for row in people.rows("contact", "find", text)] == found


def test_the_best_hits_come_first_however_many_there_are(shop: Shop) -> None:
    base = shop.connect()
    base.execute("pragma query_only = off")
    base.execute(
        "insert into contact (name, name_key, entered_on, entered_by) "
        "select 'Марианна ' || value, 'марианна ' || printf('%04d', value), '2026-11-21', 'import' "
        "from (with recursive n(value) as (select 1 union all select value + 1 from n limit 700) "
        "select value from n)"
    )
    base.close()
    shop.ok("contact", "add", "Анна", "-q")
    found = [row["contact_id"] for row in shop.rows("contact", "find", "анна")]
    assert found == [701, *range(1, 701)]
    ran = shop.run("contact", "find", "анна", "--limit", "2", "--columns", "contact_id,name")
    assert ran == Ran(
        0,
        "contact id  name\n----------  ----------\n       701  Анна\n         1  Марианна 1\n",
        "Shown: 2 of 701; --limit 0 shows all.\n",
    )


def test_nobody_found_is_no_failure(people: Shop) -> None:
    ran = people.run("contact", "find", "nobody", "--format", "json")
    assert (ran.code, json.loads(ran.out)["rows"]) == (0, [])
    assert ran.err == "Nobody is found; enter them with: clientbase contact add NAME\n"


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ("", [2, 1]),
        ("--tag CLUB", [1]),
        ("--manager OLGA --channel сайт", [1]),
        ("""--where "organisation = 'ооо ёлка'" """, [2]),
        ("""--tag club --where "orders > 0" """, []),
    ],
)
def test_the_list_is_chosen_from(people: Shop, options: str, found: list[int]) -> None:
    rows = people.rows("contact", "list", *shlex.split(options))
    assert [row["contact_id"] for row in rows] == found


def test_an_unknown_manager_gets_the_nearest(people: Shop) -> None:
    assert people.run("contact", "list", "--manager", "Olg") == Ran(
        3, "", "error: nobody called Olg looks after anybody\nhint: did you mean olga?\n"
    )


def test_an_edit_says_what_it_did(people: Shop) -> None:
    ran = people.run(
        "contact",
        "edit",
        "иван петров",
        "--name",
        "Иван Сидоров",
        "--person",
        "--city",
        "",
        "--drop-phone",
        "+79261234567",
        "--phone",
        "8 905 111 22 33",
        "--messenger",
        "vk=ivan",
        "--tag",
        "vip",
    )
    assert ran == Ran(
        0,
        "contact id  name          phone         email         manager  channel  tags       orders  revenue  base\n"
        "----------  ------------  ------------  ------------  -------  -------  ---------  ------  -------  ---------\n"
        "         1  Иван Сидоров  +79051112233  ivan@mail.ru  olga     Сайт     club, vip       0     0,00  potential\n",
        "Contact 1 is changed.\n",
    )
    people.ok("contact", "edit", "1", "--drop-messenger", "vk=ivan", "--drop-email", "IVAN@mail.ru")
    points = people.envelope("contact", "show", "1")["tables"]["points"]
    assert [point["value"] for point in points] == ["+79051112233"]


def test_a_minus_before_a_tag_is_no_option(people: Shop) -> None:
    (row,) = people.rows("contact", "tag", "1", "+vip", "-club", "old")
    assert row["tags"] == ["old", "vip"]
    people.ok("contact", "tag", "1", "-old", "--", "-vip")
    assert people.rows("contact", "list")[-1]["tags"] == []


def test_options_of_one_letter_stay_options_beside_tags(people: Shop, tmp_path: Path) -> None:
    target = tmp_path / "row.json"
    assert people.run("contact", "tag", "1", "-club", "-o", str(target), "-q") == Ran(0, "", "")
    assert json.loads(target.read_text(encoding="utf-8"))["rows"][0]["tags"] == []


def test_tags_are_listed(people: Shop) -> None:
    people.ok("contact", "tag", "2", "club", "азбука", "-q")
    assert people.rows("contact", "tags") == [
        {"tag": "club", "contacts": 2},
        {"tag": "азбука", "contacts": 1},
    ]


def test_what_was_said_is_written_down(people: Shop) -> None:
    words = ("contact", "log", "иван", "asked for\nthe price", "--kind", "call", "--in")
    assert people.rows(*words, "--on", "yesterday") == [
        {
            "activity_id": 1,
            "contact_id": 1,
            "name": "Иван Петров",
            "lead_id": None,
            "kind": "call",
            "direction": "in",
            "happened_on": "2026-11-20",
            "what": "asked for\nthe price",
            "who": "olga",
        }
    ]
    ran = people.run("contact", "log", "1", "x", "--out", "--format", "csv")
    assert ran == Ran(
        0,
        "activity_id,contact_id,name,lead_id,kind,direction,happened_on,what,who\n"
        "2,1,Иван Петров,,note,out,2026-11-21,x,olga\n",
        "Written down for contact 1.\n",
    )


@pytest.mark.parametrize(
    "words", [("show", "Ольга"), ("log", "9", "x"), ("tag", "9", "x"), ("edit", "9")]
)
def test_who_is_unknown_is_not_found(people: Shop, words: tuple[str, ...]) -> None:
    assert people.run("contact", *words).code == 3


def test_several_who_answer_are_listed(people: Shop) -> None:
    people.ok("contact", "add", "Иван Сидоров", "-q")
    assert people.run("contact", "show", "Иван") == Ran(
        5,
        "",
        "error: 2 contacts answer to Иван\n"
        "contact id  name          phone         city\n"
        "----------  ------------  ------------  -----\n"
        "         1  Иван Петров   +79261234567  Пермь\n"
        "         3  Иван Сидоров\n"
        "hint: type the number of the one you mean\n",
    )


def _has_more_than_marks(text: str) -> bool:
    """Tell whether something is left of a text when its accents are taken off."""
    signs = unicodedata.normalize("NFKD", text)
    return any(not (unicodedata.combining(sign) or sign.isspace()) for sign in signs)


TYPED = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30).filter(
    _has_more_than_marks
)


@given(name=TYPED.filter(lambda text: not text.startswith("-")), city=TYPED)
def test_what_is_typed_is_shown(shop: Shop, name: str, city: str) -> None:
    (row,) = shop.rows("contact", "add", name, f"--city={city}")
    (card,) = shop.rows("contact", "show", str(row["contact_id"]))
    expected = [unicodedata.normalize("NFC", text) for text in (name, city)]
    assert [row["name"], row["city"]] == expected
    assert [card["name"], card["city"]] == expected


def complete(shop: Shop, monkeypatch: pytest.MonkeyPatch, shell: str, line: str) -> list[str]:
    monkeypatch.setenv("_CLIENTBASE_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
    ran = shop.run()
    assert (ran.code, ran.err) == (0, "")
    return ran.out.split("\n")[:-1]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("clientbase contact show ив", ["иван\\ Петров"]),
        ("clientbase contact show АН", ["АНна"]),
        ("clientbase contact show ", [""]),
        ("clientbase contact show x", [""]),
        ("clientbase contact edit 1 --manager o", ["olga"]),
        ("clientbase contact add A --channel С", ["Сайт"]),
        ("clientbase contact add A --tag c", ["club"]),
        ("clientbase contact add A --field w", ["weight="]),
        ("clientbase contact tag 1 +c", ["+club"]),
        ("clientbase contact stop 1 te", ["telegram"]),
        ("clientbase contact list --for vi", ["visit", "viber"]),
        ("clientbase contact list --missing ci", ["city"]),
        ("clientbase contact list --missing we", ["weight"]),
        ("clientbase contact list --organisation ООО", ["ООО Ёлка"]),
        ("clientbase contact tag 1 c", [""]),
        ("clientbase field drop w", ["weight"]),
        ("clientbase lead advance 1 a", ["agreed"]),
        ("clientbase lead list --stage of", ["offer"]),
        ("clientbase stage drop new --to in", ["interested"]),
        ("clientbase channel drop С", ["Сайт"]),
        ("clientbase --db /nowhere/base.db contact show a", [""]),
    ],
)
def test_names_are_offered_for_completion(
    people: Shop, monkeypatch: pytest.MonkeyPatch, line: str, offered: list[str]
) -> None:
    people.ok("field", "add", "weight", "-q")
    assert complete(people, monkeypatch, "bash", line) == offered


def test_other_shells_quote_names_themselves(people: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    line = "clientbase contact show ив"
    assert complete(people, monkeypatch, "zsh", line) == [
        """_arguments '*: :(("иван Петров":"Пермь"))'"""
    ]
