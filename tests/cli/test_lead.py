"""`clientbase lead`: who got in touch is told at once, and every move is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop import refused, talk

if TYPE_CHECKING:
    from shop import Shop

KEYS = [
    "lead_id",
    "contact_id",
    "name",
    "phone",
    "kind",
    "stage",
    "temperature",
    "state",
    "wants",
    "expects",
    "expected_by",
    "next_step",
    "next_step_on",
    "channel",
    "manager",
    "opened_on",
    "moved_on",
    "days_idle",
    "closed_on",
    "lost_reason",
    "lost_note",
    "sale_id",
    "note",
]


def add(shop: Shop, *args: str) -> str:
    return talk(shop, "lead", "add", *args)


def test_a_new_enquiry_makes_the_contact(shop: Shop) -> None:
    ran = shop.run(
        "lead", "add", "Anna", "--phone", "8 926 123-45-67", "--email", "anna@example.com",
        "--channel", "site", "--manager", "Olga", "--note", "asks for Friday",
        "--format", "json",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "Lead 1, Anna (contact 1): new.\n")
    assert shop.rows("lead", "list") == [
        dict(
            zip(
                KEYS,
                [
                    1, 1, "Anna", "+79261234567", "new", "new", "cold", "open", None, None, None,
                    None, None, "site", "Olga", "2026-11-21", "2026-11-21", 0, None, None, None,
                    None, "asks for Friday",
                ],
                strict=True,
            )
        )
    ]  # fmt: skip
    assert shop.rows("lead", "show", "1") == shop.rows("lead", "list")
    contact = shop.rows("contact", "list")[0]
    assert (contact["name"], contact["channel"], contact["manager"]) == ("Anna", "site", "Olga")
    assert (contact["phone"], contact["email"]) == ("+79261234567", "anna@example.com")


def test_the_table_shows_the_row_that_was_written(shop: Shop) -> None:
    assert shop.ok("lead", "add", "Anna", "--on", "2026-11-01", "--stage", "offer") == (
        "lead id  contact id  name  kind  stage  temperature  state  opened on   moved on    "
        "days idle\n"
        "-------  ----------  ----  ----  -----  -----------  -----  ----------  ----------  "
        "---------\n"
        "      1           1  Anna  new   offer  warm         open   01.11.2026  01.11.2026  "
        "       20\n"
    )


def test_without_a_name_the_contact_is_called_by_its_phone_until_it_has_one(shop: Shop) -> None:
    assert add(shop, "--phone", "8 926 123-45-67") == (
        "Lead 1, 8 926 123-45-67 (contact 1): new.\n"
    )
    assert add(shop, "Anna", "--phone", "+79261234567") == (
        "Lead 2, Anna (contact 1): came back without buying (1 enquiry, on 21.11.2026).\n"
        "Another lead of this contact is open: 1.\n"
    )
    assert add(shop, "--email", "boris@example.com") == (
        "Lead 3, boris@example.com (contact 2): new.\n"
    )


def test_a_known_phone_attaches_whatever_the_name_and_new_points_are_kept(shop: Shop) -> None:
    add(shop, "Anna", "--phone", "89261234567", "--on", "2026-03-01")
    shop.ok("lead", "lose", "1", "--reason", "delay")
    assert add(
        shop, "Ivan", "--phone", "+7 926 123 45 67", "--email", "anna@example.com",
    ) == (
        "Lead 2, Anna (contact 1): came back without buying (1 enquiry, on 01.03.2026).\n"
        "In the base it is Anna, not Ivan; another person: --anyway.\n"
    )  # fmt: skip
    assert add(shop, "--email", "ANNA@example.com") == (
        "Lead 3, Anna (contact 1): came back without buying (2 enquiries, last on 21.11.2026).\n"
        "Another lead of this contact is open: 2.\n"
    )
    assert add(shop, "Ivan", "--phone", "89261234567", "--anyway") == (
        "Lead 4, Ivan (contact 2): new.\n"
    )


def test_a_buyer_who_comes_back_is_told_with_the_classes(shop: Shop) -> None:
    shop.ok(
        "sale", "record", "--new", "Anna", "--phone", "89261234567", "100", "--on", "2026-01-10"
    )
    assert add(shop, "--phone", "89261234567") == (
        "Lead 1, Anna (contact 1): came back after 1 purchase, on 10.01.2026: one-time, standard.\n"
    )
    for day in ("2026-02-10", "2026-03-01"):
        shop.ok("sale", "record", "1", "100", "--on", day, "--keep-lead")
    assert add(shop, "--who", "anna") == (
        "Lead 2, Anna (contact 1): came back after 3 purchases, last on 01.03.2026: "
        "periodic, standard.\n"
        "Another lead of this contact is open: 1.\n"
    )
    assert [row["kind"] for row in shop.rows("lead", "list")] == ["repeat-buyer", "repeat-buyer"]


def test_who_was_entered_before_is_told_since_when(shop: Shop) -> None:
    shop.day("2026-05-01")
    shop.ok("contact", "add", "Anna", "--phone", "89261234567")
    shop.day("2026-11-21")
    assert add(shop, "--phone", "89261234567") == (
        "Lead 1, Anna (contact 1): in the base since 01.05.2026, never bought.\n"
    )


def test_a_phone_of_several_is_asked_about(shop: Shop) -> None:
    add(shop, "Anna", "--phone", "89261234567")
    add(shop, "Boris", "--phone", "89261234567", "--anyway")
    ran = refused(shop, "lead", "add", "--phone", "89261234567")
    assert (ran.code, ran.err) == (
        5,
        (
            "error: several contacts have +79261234567\n"
            "contact id  name   phone\n"
            "----------  -----  ------------\n"
            "         1  Anna   +79261234567\n"
            "         2  Boris  +79261234567\n"
            "hint: add --who with the number of the one you mean\n"
        ),
    )
    assert add(shop, "--phone", "89261234567", "--who", "2") == (
        "Lead 3, Boris (contact 2): came back without buying (1 enquiry, on 21.11.2026).\n"
        "Another lead of this contact is open: 2.\n"
    )


def test_a_phone_of_somebody_else_is_not_given_to_who_is_named(shop: Shop) -> None:
    add(shop, "Anna", "--phone", "89261234567")
    add(shop, "Boris")
    ran = refused(shop, "lead", "add", "--phone", "89261234567", "--who", "2")
    assert (ran.code, ran.err) == (
        5,
        (
            "error: +79261234567 is contact 1's, not contact 2's\n"
            "contact id  name   phone\n"
            "----------  -----  ------------\n"
            "         1  Anna   +79261234567\n"
            "         2  Boris\n"
            "hint: --who 1, or --anyway where both have it\n"
        ),
    )
    assert add(shop, "--phone", "89261234567", "--who", "2", "--anyway").startswith("Lead 3, Boris")


def test_namesakes_are_told(shop: Shop) -> None:
    add(shop, "Anna")
    assert add(shop, "ANNA") == ("Lead 2, ANNA (contact 2): new.\nContacts of the same name: 1.\n")


def test_a_wrong_phone_is_kept_when_told_so(shop: Shop) -> None:
    assert refused(shop, "lead", "add", "Anna", "--phone", "12").code == 4
    assert add(shop, "Anna", "--phone", "12", "--unchecked") == "Lead 1, Anna (contact 1): new.\n"


@pytest.mark.parametrize("name", ["weird [/] name", "[red]x[/red]", "=cmd|' /C calc'!A0"])
def test_an_odd_name_is_a_name(shop: Shop, name: str) -> None:
    assert add(shop, name) == f"Lead 1, {name} (contact 1): new.\n"
    assert [row["name"] for row in shop.rows("lead", "list")] == [name]


@pytest.mark.parametrize(
    ("line", "code", "sentence", "hint"),
    [
        (
            ["add"],
            2,
            "it is not said who got in touch",
            "type a name, --phone, --email, or --who for a contact in the base",
        ),
        (
            ["add", "Ann", "--on", "2026-11-22"],
            4,
            "22.11.2026 is still to come",
            "leave --on out for today, or give a day until 21.11.2026",
        ),
        (
            ["add", "Ann", "--on", "30.02.2026"],
            4,
            "30 February does not exist",
            "type 2026-03-01, 01.03.2026, 01.03, today, yesterday, fri, +3d or in 6 months",
        ),
        (["add", "Ann", "--stage", "ofer"], 3, "there is no stage ofer", "did you mean offer?"),
        (
            ["add", "Ann", "--stage", "xyz"],
            3,
            "there is no stage xyz",
            "the stages are: new, contacted, interested, offer, agreed",
        ),
        (
            ["add", "Ann", "--who", "99"],
            3,
            "there is no contact 99",
            "look with: clientbase contact find TEXT; new ones: clientbase contact add NAME",
        ),
        (
            ["advance", "9"],
            3,
            "there is no lead 9",
            "clientbase lead list --state all shows their numbers",
        ),
        (
            ["advance", "99999999999999999999"],
            3,
            "there is no lead 99999999999999999999",
            "clientbase lead list --state all shows their numbers",
        ),
        (
            ["advance", "2"],
            5,
            "lead 2 is lost",
            (
                "clientbase lead reopen 2 opens it again; a new enquiry is "
                "clientbase lead add --who 1"
            ),
        ),
        (["advance", "1", "oferr"], 3, "there is no stage oferr", "did you mean offer?"),
        (
            ["advance", "1", "new"],
            5,
            "lead 1 is at interested, past new",
            "clientbase lead back 1 new moves it back",
        ),
        (
            ["advance", "1", "INTERESTED"],
            5,
            "lead 1 is at interested already",
            "the stages ahead of it: offer, agreed",
        ),
        (
            ["advance", "1", "--on", "2026-11-09"],
            4,
            "lead 1 was moved on 10.11.2026 already, after 09.11.2026",
            "give a day from 10.11.2026 on",
        ),
        (
            ["advance", "1", "--on", "tomorrow"],
            4,
            "22.11.2026 is still to come",
            "leave --on out for today, or give a day until 21.11.2026",
        ),
        (
            ["advance", "3"],
            5,
            "lead 3 is at agreed, the last stage",
            "a sale wins it: clientbase sale record 1 AMOUNT",
        ),
        (
            ["advance", "3", "agreed"],
            5,
            "lead 3 is at agreed already",
            "a sale wins it: clientbase sale record 1 AMOUNT",
        ),
        (
            ["advance", "3", "offer"],
            5,
            "lead 3 is at agreed, past offer",
            "clientbase lead back 3 offer moves it back",
        ),
        (
            ["lose", "1"],
            2,
            "it is not said why it was lost",
            "add --reason with one of: price, no-need, competitor, no-answer, delay, junk, other",
        ),
        (
            ["lose", "1", "--reason", "prise"],
            4,
            "prise is not one of the reasons",
            "did you mean price? In your own words: --reason other --note TEXT",
        ),
        (
            ["lose", "1", "--reason", "zzz"],
            4,
            "zzz is not one of the reasons",
            (
                "the reasons are: price, no-need, competitor, no-answer, delay, junk, other. "
                "In your own words: --reason other --note TEXT"
            ),
        ),
        (
            ["lose", "1", "--reason", "other", "--note", " "],
            2,
            "the reason other needs a note",
            "say it in your words: --note TEXT",
        ),
        (
            ["lose", "2", "--reason", "price"],
            5,
            "lead 2 is lost",
            (
                "clientbase lead reopen 2 opens it again; a new enquiry is "
                "clientbase lead add --who 1"
            ),
        ),
        (
            ["list", "--state", "opened"],
            2,
            "opened is no state of a lead",
            "choose one of: open, won, lost, all",
        ),
        (
            ["list", "--temperature", "tepid"],
            2,
            "tepid is no temperature",
            "choose one of: cold, warm, hot",
        ),
        (["list", "--stage", "aggreed"], 3, "there is no stage aggreed", "did you mean agreed?"),
        (["list", "--channel", "syte"], 3, "there is no channel syte", "did you mean site?"),
        (
            ["list", "--manager", "Ogla"],
            3,
            "nobody called Ogla looks after anybody",
            "did you mean Olga?",
        ),
        (
            ["show", "9"],
            3,
            "there is no lead 9",
            "clientbase lead list --state all shows their numbers",
        ),
    ],
)
def test_a_mistake_is_one_sentence_with_a_hint(
    shop: Shop, line: list[str], code: int, sentence: str, hint: str
) -> None:
    shop.ok("lead", "add", "Anna", "--on", "2026-11-01", "--channel", "site", "--manager", "Olga")
    shop.ok("lead", "advance", "1", "interested", "--on", "2026-11-10")
    shop.ok("lead", "add", "--who", "1")
    shop.ok("lead", "lose", "2", "--reason", "price")
    shop.ok("lead", "add", "--who", "1", "--stage", "agreed")
    ran = refused(shop, "lead", *line)
    assert (ran.code, ran.err) == (code, f"error: {sentence}\nhint: {hint}\n")


def test_a_lead_is_moved_on_and_lost_and_each_move_is_kept(shop: Shop) -> None:
    add(shop, "Anna", "--on", "2026-11-01")
    assert talk(shop, "lead", "advance", "1", "--on", "2026-11-03", "--note", "called") == (
        "Lead 1 is now contacted.\n"
    )
    assert talk(shop, "lead", "advance", "1", "Offer") == "Lead 1 is now offer.\n"
    assert talk(shop, "lead", "lose", "1", "--reason", "No need") == ("Lead 1 is lost: no-need.\n")
    assert shop.ok("lead", "show", "1") == (
        "lead id       1\n"
        "contact id    1\n"
        "name          Anna\n"
        "kind          new\n"
        "stage         offer\n"
        "temperature   warm\n"
        "state         lost\n"
        "opened on     01.11.2026\n"
        "moved on      21.11.2026\n"
        "closed on     21.11.2026\n"
        "lost reason   no-need\n"
        "\n"
        "moves\n"
        "moved on    from stage  to stage   state  temperature  reason   who   note\n"
        "----------  ----------  ---------  -----  -----------  -------  ----  ------\n"
        "01.11.2026              new        open   cold                  olga\n"
        "03.11.2026  new         contacted  open   cold                  olga  called\n"
        "21.11.2026  contacted   offer      open   warm                  olga\n"
        "21.11.2026  offer       offer      lost   warm         no-need  olga\n"
    )


def test_a_lost_lead_keeps_its_note(shop: Shop) -> None:
    add(shop, "Anna")
    rows = shop.rows("lead", "lose", "1", "--reason", "other", "--note", "moved away")
    assert [(row["state"], row["lost_reason"], row["lost_note"]) for row in rows] == [
        ("lost", "other", "moved away")
    ]


@pytest.fixture
def several(shop: Shop) -> Shop:
    """Five leads: three open, one lost, one won."""
    lines = [
        ("add", "Anna", "--on", "2026-11-01", "--channel", "site", "--manager", "Олег"),
        ("add", "Boris", "--on", "2026-11-11", "--channel", "ads", "--stage", "offer"),
        ("add", "Vera", "--on", "2026-11-19", "--channel", "Site", "--stage", "agreed"),
        ("add", "Gleb", "--on", "2026-11-02"),
        ("lose", "4", "--reason", "junk"),
        ("add", "Dina", "--on", "2026-11-03"),
    ]
    for line in lines:
        shop.ok("lead", *line)
    shop.ok("sale", "record", "Dina", "100")
    shop.ok("contact", "log", "2", "spoke", "--kind", "call", "--on", "2026-11-15")
    return shop


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [1, 2, 3]),
        (["--state", "all"], [1, 4, 5, 2, 3]),
        (["--state", "lost"], [4]),
        (["--state", "won"], [5]),
        (["--stage", "OFFER"], [2]),
        (["--temperature", "hot"], [3]),
        (["--channel", "SITE"], [1, 3]),
        (["--manager", "ОЛЕГ"], [1]),
        (["--idle", "0"], [1, 2, 3]),
        (["--idle", "6"], [1, 2]),
        (["--idle", "7"], [1]),
        (["--idle", "21"], []),
        (["--idle", "2", "--state", "all"], [1, 2, 3]),
        (["--channel", "site", "--temperature", "cold"], [1]),
    ],
)
def test_leads_are_listed_by_what_is_asked(
    several: Shop, options: list[str], expected: list[int]
) -> None:
    assert [row["lead_id"] for row in several.rows("lead", "list", *options)] == expected


def test_a_talk_with_the_contact_ends_the_idling(several: Shop) -> None:
    rows = several.rows("lead", "list", "--state", "all")
    assert {row["lead_id"]: row["days_idle"] for row in rows} == {
        1: 20, 2: 6, 3: 2, 4: None, 5: None,
    }  # fmt: skip


def test_a_list_is_cut_with_the_number_of_all(several: Shop) -> None:
    ran = several.run(
        "lead", "list", "--limit", "2", "--columns", "lead_id,name", "--format", "csv"
    )
    assert (ran.code, ran.out) == (0, "lead_id,name\n1,Anna\n2,Boris\n")
    assert ran.err == "Shown: 2 of 3; --limit 0 shows all.\n"


def test_names_that_nothing_is_like_yet_are_explained(shop: Shop) -> None:
    assert shop.run("lead", "list", "--manager", "Olga").err == (
        "error: nobody called Olga looks after anybody\n"
        "hint: contacts get one with: clientbase contact edit WHO --manager NAME\n"
    )
    assert shop.run("lead", "list", "--channel", "site").err == (
        "error: there is no channel site\n"
        "hint: enquiries bring them in: clientbase lead add --channel NAME\n"
    )


def test_an_empty_list_is_said(shop: Shop) -> None:
    assert shop.ok("lead", "list") == (
        "No leads yet; write one down with: clientbase lead add NAME --phone P\n"
    )
    assert shop.envelope("lead", "list")["rows"] == []
    assert shop.ok("lead", "list", "--state", "lost") == "No leads like that.\n"
    add(shop, "Anna", "--stage", "offer")
    shop.ok("lead", "lose", "1", "--reason", "price")
    assert shop.ok("lead", "list") == "No leads like that.\n"
