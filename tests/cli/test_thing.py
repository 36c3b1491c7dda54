"""`clientbase thing`, and what other commands know of things, as the owner types it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shop import Ran, Shop

KEYS = ["thing_id", "contact_id", "name", "kind", "thing", "fields", "note", "entered_on"]


@pytest.fixture
def vet(shop: Shop) -> Shop:
    """Anna with the dog Rex, Борис with the cat Мурка; a kind with four fields."""
    shop.ok("contact", "add", "Anna", "--phone", "8 916 123-45-67", "-q")
    shop.ok("contact", "add", "Борис", "-q")
    shop.ok("thing", "kinds", "add", "pet", "-q")
    animal = ("animal", "--type", "choice", "--choice", "dog", "--choice", "cat")
    shop.ok("field", "add", *animal, "--of", "pet", "--required", "-q")
    for name, kind in (("born", "date"), ("next_vaccination", "date"), ("price", "money")):
        shop.ok("field", "add", name, "--type", kind, "--of", "pet", "-q")
    rex = (
        "--field",
        "animal=dog",
        "--field",
        "next_vaccination=25.11.2026",
        "--field",
        "price=10,5",
    )
    shop.ok("thing", "add", "1", "pet", "Rex", *rex, "--note", "bites", "-q")
    shop.ok("thing", "add", "2", "pet", "Мурка", "--field", "animal=cat", "-q")
    return shop


def row(*cells: Any) -> dict[str, Any]:
    return dict(zip(KEYS, cells, strict=True))


REX = row(
    1,
    1,
    "Anna",
    "pet",
    "Rex",
    ["animal=dog", "next_vaccination=2026-11-25", "price=10.50"],
    "bites",
    "2026-11-21",
)
MURKA = row(2, 2, "Борис", "pet", "Мурка", ["animal=cat"], None, "2026-11-21")


def operations(shop: Shop) -> list[str]:
    base = shop.connect()
    found = [name for (name,) in base.execute("select command from operation order by id")]
    base.close()
    return found


def test_an_empty_base_says_what_to_type(shop: Shop) -> None:
    assert shop.run("thing", "list") == Ran(
        0, "There are no things yet; add one with: clientbase thing add WHO KIND NAME\n", ""
    )
    assert shop.run("thing", "kinds", "list") == Ran(
        0,
        "There are no kinds of things yet; make one with: clientbase thing kinds add KIND\n",
        "",
    )
    assert (
        shop.run("thing", "kinds", "list", "--format", "csv").out == "kind_id,kind,fields,things\n"
    )
    assert shop.run("thing", "list", "--format", "csv").out == ",".join(KEYS) + "\n"
    shop.ok("contact", "add", "Anna", "-q")
    assert shop.run("thing", "add", "1", "pet", "Rex") == Ran(
        3,
        "",
        "error: there is no kind of things pet\n"
        "hint: make it with: clientbase thing kinds add KIND\n",
    )
    assert shop.run("thing", "list", "--who", "1").out == "There are none.\n"


def test_kinds_are_made_listed_and_dropped(vet: Shop) -> None:
    ran = vet.run("thing", "kinds", "add", "Unit")
    assert ran == Ran(
        0,
        "kind id  kind  things\n-------  ----  ------\n      2  Unit       0\n",
        "Give it fields with: clientbase field add NAME --of Unit\n",
    )
    held = ["animal", "born", "next_vaccination", "price"]
    pet = {"kind_id": 1, "kind": "pet", "fields": held, "things": 2}
    unit = {"kind_id": 2, "kind": "Unit", "fields": [], "things": 0}
    assert vet.rows("thing", "kinds", "list") == [pet, unit]
    vet.ok("field", "add", "model", "--of", "unit", "-q")
    assert vet.run("thing", "kinds", "drop", "unit") == Ran(
        2,
        "",
        "error: unit would be dropped\nhint: --yes does it, --dry-run only says what would go\n",
    )
    assert vet.run("thing", "kinds", "drop", "unit", "--dry-run").err == (
        "It would take 1 field along.\n"
    )
    ran = vet.run("thing", "kinds", "drop", "unit", "--yes", "--format", "json")
    assert json.loads(ran.out)["rows"] == [{**unit, "fields": ["model"]}]
    assert ran.err == "The kind Unit is dropped.\nIt took 1 field along.\n"
    assert vet.rows("thing", "kinds", "list") == [pet]
    assert vet.run("thing", "kinds", "drop", "pet", "--yes") == Ran(
        5,
        "",
        "error: 2 things are of the kind pet\nhint: see: clientbase thing list --kind pet\n",
    )


def test_things_are_added_and_listed(vet: Shop) -> None:
    assert vet.rows("thing", "list") == [REX, MURKA]
    assert vet.rows("thing", "list", "--who", "борис") == [MURKA]
    assert vet.rows("thing", "list", "--kind", "PET", "--limit", "1") == [REX]
    assert vet.rows("thing", "list", "--sort", "-thing", "--columns", "thing") == [
        {"thing": "Мурка"},
        {"thing": "Rex"},
    ]
    ran = vet.run("thing", "add", "Anna", "pet", "rex", "--field", "animal=CAT", "--format", "json")
    rex = row(3, 1, "Anna", "pet", "rex", ["animal=cat"], None, "2026-11-21")
    assert json.loads(ran.out)["rows"] == [rex]
    assert ran.err == ("Thing 3 is in the base.\nThe contact has more that is called so: 1.\n")


def test_a_list_that_is_cut_tells_how_many_there_are(vet: Shop) -> None:
    assert vet.run("thing", "list", "-n", "1", "--format", "csv").err == (
        "Shown: 1 of 2; --limit 0 shows all.\n"
    )


def test_a_thing_is_changed_and_given_to_somebody_else(vet: Shop) -> None:
    more = ("--field", "born=2023-04-01", "--field", "price=", "--note", "", "--name", "Max")
    ran = vet.run("thing", "edit", "rex", *more, "--to", "Борис", "--format", "json")
    held = ["animal=dog", "born=2023-04-01", "next_vaccination=2026-11-25"]
    assert json.loads(ran.out)["rows"] == [
        {**REX, "contact_id": 2, "name": "Борис", "thing": "Max", "fields": held, "note": None}
    ]
    assert ran.err == "Thing 1 belongs to contact 2 now.\n"
    assert vet.run("thing", "edit", "1", "--name", "Rex").err == "Thing 1 is changed.\n"
    vet.ok("thing", "edit", "1", "--name", "Max", "-q")
    assert [each["thing"] for each in vet.rows("thing", "list", "--who", "2")] == ["Max", "Мурка"]


def test_a_thing_is_dropped_when_it_is_really_meant(vet: Shop) -> None:
    vet.ok("remind", "add", "1", "cut the claws", "--on", "fri", "--thing", "Rex", "-q")
    before = operations(vet)
    assert vet.run("thing", "drop", "Rex") == Ran(
        2,
        "",
        "error: Rex would be dropped\nhint: --yes does it, --dry-run only says what would go\n",
    )
    assert vet.run("thing", "drop", "Rex", "--dry-run").err == ("It would skip reminder 1.\n")
    assert operations(vet) == before
    ran = vet.run("thing", "drop", "rex", "--yes", "--format", "json")
    assert json.loads(ran.out)["rows"] == [REX]
    assert ran.err == "Thing 1 is dropped.\nSkipped with it: reminder 1.\n"
    assert vet.rows("thing", "list") == [MURKA]
    assert vet.rows("remind", "due", "--on", "fri") == []
    assert vet.run("thing", "drop", "2", "--yes", "-q").err == ""


def test_several_of_one_name_are_listed_and_nothing_is_done(vet: Shop) -> None:
    vet.ok("thing", "add", "2", "pet", "REX", "--field", "animal=dog", "-q")
    assert vet.run("thing", "drop", "Rex", "--yes") == Ran(
        5,
        "",
        "error: 2 things are called Rex\n"
        "thing id  thing  kind  contact id  name\n"
        "--------  -----  ----  ----------  -----\n"
        "       1  Rex    pet            1  Anna\n"
        "       3  REX    pet            2  Борис\n"
        "hint: type the number of the one you mean\n",
    )
    assert len(vet.rows("thing", "list")) == 3


def test_the_card_shows_things_and_what_is_to_be_done_for_them(vet: Shop) -> None:
    vet.ok("remind", "add", "1", "cut the claws", "--on", "2026-11-27", "--thing", "1", "-q")
    envelope = vet.envelope("contact", "show", "Anna")
    keys = ("thing_id", "kind", "thing", "fields", "note")
    assert envelope["tables"]["things"] == [{key: REX[key] for key in keys}]
    assert envelope["tables"]["fields"] == []
    assert envelope["rows"][0]["next_reminder"] == "Rex: cut the claws"
    assert [each["what"] for each in envelope["tables"]["reminders"]] == ["Rex: cut the claws"]


def test_a_contact_is_found_by_its_thing(vet: Shop) -> None:
    assert [each["name"] for each in vet.rows("contact", "find", "rex")] == ["Anna"]
    assert [each["name"] for each in vet.rows("contact", "find", "мур")] == ["Борис"]
    assert vet.run("contact", "show", "Rex").code == 3


def test_a_rule_over_a_date_of_things_names_them(vet: Shop) -> None:
    ran = vet.run(
        *("remind", "rule", "add", "vaccination", "--field", "next_vaccination", "--of", "pet"),
        *("--before", "1w", "--every", "12m", "--format", "json"),
    )
    assert json.loads(ran.out)["rows"] == [
        {
            "rule_id": 1,
            "name": "vaccination",
            "source": "field",
            "field": "next_vaccination",
            "of": "pet",
            "repeats": "once",
            "every": "1y",
            "days_before": 7,
            "expires_after": None,
            "what": "vaccination",
            "how": None,
            "asked": False,
            "made_on": "2026-11-21",
            "open": 0,
        }
    ]
    assert ran.err == "vaccination: 1 due today, 0 in the next 30 days.\n"
    (due,) = vet.rows("remind", "due")
    assert (due["thing"], due["what"], due["why"]) == (
        "Rex",
        "Rex: vaccination",
        "next_vaccination in 4 days",
    )
    assert vet.run("field", "drop", "next_vaccination", "--of", "pet", "--yes").code == 5
    ran = vet.run("remind", "done", "1", "--quiet", "--format", "json")
    assert vet.rows("thing", "list")[0]["fields"][1] == "next_vaccination=2027-11-21"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("done", "1"), "2027-11-22, counted from today"),
        (("done", "1", "--next", "2027-03-01"), "2027-03-01"),
        (("skip", "1"), "2027-11-25, counted from 2026-11-25"),
    ],
)
def test_it_is_said_to_which_day_a_date_moves_on(
    vet: Shop, words: tuple[str, ...], told: str
) -> None:
    rule = ("vaccination", "--field", "next_vaccination", "--of", "pet", "--before", "7")
    vet.ok("remind", "rule", "add", *rule, "--every", "12m", "-q")
    vet.day("2026-11-22")
    vet.ok("remind", "due")
    vet.ok("set", "country", "US", "-q")
    said = vet.run("remind", *words).err.splitlines()
    verb = "done" if words[0] == "done" else "skipped"
    american = {"2027-11-22": "11/22/2027", "2027-03-01": "03/01/2027", "2027-11-25": "11/25/2027"}
    for iso, day in {**american, "2026-11-25": "11/25/2026"}.items():
        told = told.replace(iso, day)
    assert said == [
        f"Reminder 1 is {verb}.",
        f"next_vaccination of Rex moves on to {told}.",
    ]


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("remind add 2 call --on fri --thing Rex", 3, "contact 2 has no thing called Rex"),
        (
            "remind rule add x --field next_vaccination",
            3,
            "contacts have no field next_vaccination",
        ),
        (
            "remind rule add x --field animal --of pet",
            4,
            "the field animal is no date: its type is choice",
        ),
        ("remind rule add x --birthday --before 1m", 4, "months are not all of one length: 1m"),
        ("remind rule add x --birthday --before -1", 2, "--before can't be -1"),
        ("remind rule add x --birthday --before soon", 4, '"soon" is not a span of time'),
        ("remind rule add x --birthday --every 1y", 2, "what comes each year does not move on"),
        ("remind rule edit x --every 0d", 4, "a span of time must be longer than nothing: 0d"),
        ("thing add 9 pet Rex --field animal=dog", 3, "there is no contact 9"),
        ("thing add 1 pets Rex", 3, "there is no kind of things pets"),
        ("thing add 1 pet Rex --field animal", 2, "--field takes NAME=VALUE, not animal"),
        ("thing add 1 pet Rex --field animal=cow", 4, 'animal: "cow" is not one of the choices'),
        ("thing add 1 pet", 2, "NAME is missing"),
        ("thing edit 9 --name x", 3, "there is no thing 9"),
        ("thing edit 1 --to 9", 3, "there is no contact 9"),
        ("thing edit 1 --field animal=", 4, "the field animal is required"),
        ("thing list --kind pets", 3, "there is no kind of things pets"),
        ("field add born --of pet", 5, "the field born is there already"),
        ("field add x --of pets", 3, "there is no kind of things pets"),
        ("field list --of pets", 3, "there is no kind of things pets"),
        ("field drop age --of pet --yes", 3, "pet has no field age"),
        ("thing kinds add contact", 4, "a kind of things can't be called contact"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(
    vet: Shop, line: str, code: int, told: str
) -> None:
    before = operations(vet)
    ran = vet.run(*line.split())
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (code, "", f"error: {told}")
    assert ran.err.splitlines()[1].startswith("hint: ")
    assert operations(vet) == before


@pytest.mark.parametrize("name", ["\x1b]0;gotcha", "a\nb", "", "x" * 10_000, "\u202e"])
def test_a_name_that_can_not_be_kept_is_refused(vet: Shop, name: str) -> None:
    for words in (("add", "1", "pet", name, "--field", "animal=dog"), ("kinds", "add", name)):
        ran = vet.run("thing", *words)
        assert (ran.code, ran.out) == (4, "")
        assert "\x1b" not in ran.err


@pytest.mark.parametrize("name", ["weird [/] name", "=cmd|x", "Кличка Ёж", "-Rex", "<b>"])
def test_an_odd_name_is_kept_and_shown(vet: Shop, name: str) -> None:
    add = ("thing", "add", "--field", "animal=dog", "--format", "json", "--", "1", "pet", name)
    assert json.loads(vet.ok(*add))["rows"][0]["thing"] == name
    for format_ in ("table", "csv", "html", "tsv", "jsonl"):
        assert vet.run("thing", "list", "--format", format_).code == 0
    found = vet.ok("contact", "find", "--format", "json", "--", name)
    assert [each["contact_id"] for each in json.loads(found)["rows"]] == [1]


def complete(shop: Shop, monkeypatch: pytest.MonkeyPatch, line: str) -> list[str]:
    monkeypatch.setenv("_CLIENTBASE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    ran = shop.run()
    assert (ran.code, ran.err) == (0, "")
    return ran.out.split("\n")[:-1]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("clientbase thing add An", ["Anna"]),
        ("clientbase thing add 1 p", ["pet"]),
        ("clientbase thing add 1 pet Rex --field n", ["next_vaccination="]),
        ("clientbase thing edit r", ["rex"]),
        ("clientbase thing drop М", ["Мурка"]),
        ("clientbase thing list --kind p", ["pet"]),
        ("clientbase thing edit 1 --to Б", ["Борис"]),
        ("clientbase field drop b", ["born"]),
        ("clientbase field add x --of p", ["pet"]),
        ("clientbase remind add 1 x --on fri --thing R", ["Rex"]),
        ("clientbase remind rule add x --field n", ["next_vaccination"]),
        ("clientbase remind rule add x --of ", ["pet"]),
        ("clientbase thing edit ", [""]),
    ],
)
def test_names_are_offered_for_completion(
    vet: Shop, monkeypatch: pytest.MonkeyPatch, line: str, offered: list[str]
) -> None:
    assert complete(vet, monkeypatch, line) == offered


def test_an_export_of_contacts_knows_their_own_fields_alone(vet: Shop) -> None:
    vet.ok("field", "add", "weight", "--type", "number", "-q")
    vet.ok("contact", "edit", "1", "--field", "weight=80", "-q")
    weights = [each["weight"] for each in vet.rows("export", "contacts")]
    assert weights == [80, None]


def test_a_kind_is_told_by_the_name_that_is_kept(shop: Shop) -> None:
    assert shop.run("thing", "kinds", "add", " \u200bКот  \u200b").err == (
        "Give it fields with: clientbase field add NAME --of Кот\n"
    )
    assert shop.run("thing", "kinds", "drop", "КОТ", "--yes").err == "The kind Кот is dropped.\n"
