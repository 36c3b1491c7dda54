"""What leads are wanted for and what comes next: `--wants`, `--next`, back, edit, reopen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from shop import dump, talk
from shop import refused as shop_refused

if TYPE_CHECKING:
    from shop import Ran, Shop


def lead(shop: Shop, number: int = 1) -> Any:
    """Return one lead as the JSON of `lead show` has it."""
    return shop.rows("lead", "show", str(number))[0]


def moves(shop: Shop, number: int = 1) -> list[list[Any]]:
    """Return the way of a lead: day, from, to, state, temperature."""
    rows = shop.envelope("lead", "show", str(number))["tables"]["moves"]
    return [list(row.values())[:5] for row in rows]


@pytest.fixture
def anna(shop: Shop) -> Shop:
    """A lead of three weeks ago, with all that may be said of it."""
    shop.ok(
        "lead", "add", "Anna", "--wants", "two units", "--expects", "90 000,50", "--by", "31.12",
        "--next", "call about the visit", "--on", "mon", "--dated", "2026-11-01",
    )  # fmt: skip
    return shop


def test_what_is_wanted_is_kept_and_shown(anna: Shop) -> None:
    row = anna.rows("lead", "list")[0]
    said = ("wants", "expects", "expected_by", "next_step", "next_step_on", "opened_on")
    assert [row[name] for name in said] == [
        "two units", 90000.5, "2026-12-31", "call about the visit", "2026-11-23", "2026-11-01",
    ]  # fmt: skip
    assert lead(anna) == row
    leads = anna.envelope("contact", "show", "Anna")["tables"]["leads"]
    assert [(row["wants"], row["expects"], row["expected_by"]) for row in leads] == [
        ("two units", 90000.5, "2026-12-31")
    ]


@pytest.mark.parametrize("text", ["два блока, срочно", "weird [/] wish", "=1+1", "it's 5%"])
def test_an_odd_wish_is_a_wish(shop: Shop, text: str) -> None:
    shop.ok("lead", "add", "Anna", "--wants", text, "--next", text, "--on", "today")
    assert (lead(shop)["wants"], lead(shop)["next_step"]) == (text, text)
    assert shop.rows("remind", "due")[0]["what"] == text
    assert text in shop.ok("lead", "list")


def test_leads_are_sorted_by_what_they_may_bring(shop: Shop) -> None:
    for name, expects in (("Anna", "500"), ("Boris", "1000000"), ("Vera", "70")):
        shop.ok("lead", "add", name, "--expects", expects)
    shop.ok("lead", "add", "Gleb")
    for wish, names in (
        ("expects", ["Vera", "Anna", "Boris", "Gleb"]),
        ("-expects", ["Boris", "Anna", "Vera", "Gleb"]),
    ):
        assert [row["name"] for row in shop.rows("lead", "list", "--sort", wish)] == names


def test_a_day_until_which_is_a_day_to_come(shop: Shop) -> None:
    shop.ok("lead", "add", "Anna", "--by", "fri")
    shop.ok("lead", "add", "Boris", "--by", "+2w", "--on", "2026-10-01")
    assert [lead(shop, number)["expected_by"] for number in (1, 2)] == ["2026-11-27", "2026-12-05"]


def test_the_next_step_is_a_reminder_of_the_lead(anna: Shop) -> None:
    assert anna.rows("remind", "due") == []
    anna.day("2026-11-24")
    due = anna.rows("remind", "due")[0]
    assert (due["what"], due["why"], due["due_on"], due["days_overdue"]) == (
        "call about the visit", "next step of lead 1 (new)", "2026-11-23", 1,
    )  # fmt: skip
    said = talk(anna, "lead", "advance", "1", "offer", "--next", "call about the offer", "--on",
                "fri", "--dated", "yesterday")  # fmt: skip
    assert said == "Lead 1 is now offer.\nReminder 2 comes in 3 days, on 27.11.2026.\n"
    assert moves(anna)[-1] == ["2026-11-23", "new", "offer", "open", "warm"]
    assert [row["why"] for row in anna.rows("remind", "due", "--on", "+9d")] == [
        "next step of lead 1 (offer)"
    ] * 2
    # A new step replaces nothing: the earlier one is the next.
    assert lead(anna)["next_step"] == "call about the visit"


def test_a_step_that_is_done_asks_for_the_next_one(anna: Shop) -> None:
    anna.ok("lead", "edit", "1", "--next", "measure", "--on", "today")
    assert talk(anna, "remind", "done", "2") == "Reminder 2 is done.\n"
    assert talk(anna, "remind", "done", "1", "--note", "agreed on Friday") == (
        "Reminder 1 is done.\n"
        "Lead 1 has no next step now: clientbase lead advance 1 --next TEXT --on DAY\n"
    )
    assert [row["lead_id"] for row in activities(anna)] == [1, 1]
    assert lead(anna)["next_step"] is None


def activities(shop: Shop) -> list[dict[str, Any]]:
    """Return what was written down of contacts."""
    base = shop.connect()
    found = base.execute("select lead_id, what from activity order by id").fetchall()
    base.close()
    return [dict(zip(("lead_id", "what"), row, strict=True)) for row in found]


def test_a_step_that_comes_again_stays_with_its_lead(anna: Shop) -> None:
    assert talk(anna, "remind", "done", "1", "--next", "+3d") == (
        "Reminder 1 is done.\nReminder 2 comes in 3 days, on 24.11.2026.\n"
    )
    assert lead(anna)["next_step_on"] == "2026-11-24"
    anna.ok("remind", "snooze", "2", "--by", "1w")
    assert lead(anna)["next_step_on"] == "2026-12-01"


def test_the_next_step_comes_in_spite_of_the_pause(anna: Shop) -> None:
    anna.ok("contact", "edit", "Anna", "--birthday", "21.11")
    anna.ok("remind", "rule", "add", "birthdays", "--birthday", "-q")
    number = anna.rows("remind", "due")[0]["reminder_id"]
    anna.ok("remind", "done", str(number))
    anna.day("2026-11-23")
    assert [row["what"] for row in anna.rows("remind", "due")] == ["call about the visit"]


@pytest.mark.parametrize("way", ["lost", "won"])
def test_a_closed_lead_needs_no_next_step(anna: Shop, way: str) -> None:
    anna.ok("lead", "edit", "1", "--next", "measure", "--on", "+9d")
    if way == "lost":
        said = talk(anna, "lead", "lose", "1", "--reason", "price")
        assert said == "Lead 1 is lost: price.\nIts next steps are skipped: reminders 1, 2.\n"
    else:
        said = talk(anna, "sale", "record", "Anna", "90000")
        assert said.endswith("Lead 1 is won.\nIts next steps are skipped: reminders 1, 2.\n")
    assert anna.rows("remind", "due", "--on", "+1y") == []
    assert lead(anna)["next_step"] is None


def test_an_import_tells_how_many_steps_it_skipped(anna: Shop) -> None:
    anna.ok("contact", "edit", "Anna", "--phone", "89261234567")
    file = anna.path.with_name("sales.csv")
    file.write_text("date,phone,amount\n2026-11-20,89261234567,500\n", encoding="utf-8")
    assert anna.envelope("import", "sales", str(file))["notes"] == [
        "1 open lead is won by these sales", "1 next step of these leads is skipped",
    ]  # fmt: skip
    assert lead(anna)["state"] == "won"


def test_a_step_is_listed_for_who_looks_after_its_lead(anna: Shop) -> None:
    anna.ok("contact", "edit", "Anna", "--manager", "Olga")
    anna.ok("lead", "edit", "1", "--manager", "Ivan", "--anyway")
    due = ("remind", "due", "--on", "+9d", "--manager")
    assert [len(anna.rows(*due, name)) for name in ("ivan", "olga")] == [1, 0]


def test_a_lost_lead_is_asked_once_more(anna: Shop) -> None:
    said = talk(
        anna, "lead", "lose", "1", "--reason", "price", "--on", "2026-11-10", "--again", "6m"
    )
    assert said.splitlines()[-1] == "Reminder 2 comes in 170 days, on 10.05.2027."
    row = anna.rows("remind", "due", "--on", "2027-05-10")[0]
    assert (row["what"], row["why"]) == (
        "ask once more: two units (lost: price)", "lead 1 was lost",
    )  # fmt: skip
    anna.ok("lead", "add", "--who", "1", "-q")
    anna.ok("lead", "lose", "2", "--reason", "delay", "--again", "2w")
    assert anna.rows("remind", "due", "--on", "+2w")[0]["what"] == "ask once more (lost: delay)"
    anna.ok("lead", "add", "--who", "1", "--on", "2026-01-10", "-q")
    said = talk(
        anna, "lead", "lose", "3", "--reason", "delay", "--on", "2026-01-31", "--again", "1m"
    )
    assert said.splitlines()[-1] == "Reminder 4 is missed already: 28.02.2026 is past."


def test_a_lead_goes_back_with_its_reason(anna: Shop) -> None:
    anna.ok("lead", "advance", "1", "agreed", "--on", "2026-11-10")
    assert talk(anna, "lead", "back", "1", "--note", "wants it cheaper", "--on", "2026-11-12") == (
        "Lead 1 is back at offer.\n"
    )
    assert talk(anna, "lead", "back", "1", "CONTACTED", "--next", "call", "--on", "tomorrow") == (
        "Lead 1 is back at contacted.\nReminder 2 comes tomorrow.\n"
    )
    assert moves(anna)[2:] == [
        ["2026-11-12", "agreed", "offer", "open", "warm"],
        ["2026-11-21", "offer", "contacted", "open", "cold"],
    ]
    notes = anna.envelope("lead", "show", "1")["tables"]["moves"]
    assert [move["note"] for move in notes] == [None, None, "wants it cheaper", None]


def test_a_lost_lead_is_opened_again_where_it_stood(anna: Shop) -> None:
    anna.ok("lead", "advance", "1", "offer", "--on", "2026-11-10")
    anna.ok("lead", "edit", "1", "--temperature", "hot", "--dated", "2026-11-11")
    anna.ok("lead", "lose", "1", "--reason", "delay", "--note", "next year", "--on", "2026-11-12")
    assert talk(anna, "lead", "reopen", "1", "--next", "call", "--on", "+1d") == (
        "Lead 1 is open again, at offer.\nReminder 2 comes tomorrow.\n"
    )
    assert moves(anna)[1:] == [
        ["2026-11-10", "new", "offer", "open", "warm"],
        ["2026-11-11", "offer", "offer", "open", "hot"],
        ["2026-11-12", "offer", "offer", "lost", "hot"],
        ["2026-11-21", "offer", "offer", "open", "hot"],
    ]
    row = lead(anna)
    assert (row["closed_on"], row["lost_reason"], row["lost_note"]) == (None, None, None)
    # What was given as the reason then is kept with the move.
    assert anna.envelope("lead", "show", "1")["tables"]["moves"][3]["reason"] == "delay"
    history = anna.envelope("contact", "show", "1")["tables"]["history"]
    assert [row["details"] for row in history] == [
        "two units", "new → offer", "offer: hot", "offer → lost; delay; next year", "lost → offer",
    ]  # fmt: skip


def states(shop: Shop) -> list[tuple[str, int | None]]:
    """Return the state and the lead of each reminder."""
    base = shop.connect()
    found = base.execute("select state, lead_id from reminder order by id").fetchall()
    base.close()
    return found


def test_who_is_open_again_is_not_asked_once_more(anna: Shop) -> None:
    anna.ok("lead", "lose", "1", "--reason", "price", "--again", "2w")
    # A lost lead has no next step, though it is asked once more.
    assert lead(anna)["next_step"] is None
    assert talk(anna, "lead", "reopen", "1") == (
        "Lead 1 is open again, at new.\n"
        "To ask once more is not needed now: reminder 2 is skipped.\n"
        "It has no next step; plan one: clientbase lead edit 1 --next TEXT --on DAY\n"
    )
    assert states(anna) == [("skipped", 1), ("skipped", 1)]
    anna.ok("lead", "lose", "1", "--reason", "price", "--again", "2w")
    said = talk(anna, "lead", "reopen", "1", "--next", "call", "--on", "fri")
    assert said.splitlines()[1:] == [
        "To ask once more is not needed now: reminder 3 is skipped.",
        "Reminder 4 comes in 6 days, on 27.11.2026.",
    ]
    assert states(anna)[2:] == [("skipped", 1), ("open", 1)]


def test_another_lead_does_not_keep_from_asking_once_more(anna: Shop) -> None:
    anna.ok("lead", "lose", "1", "--reason", "price", "--again", "2w")
    anna.ok("lead", "add", "--who", "1")
    anna.ok("lead", "lose", "2", "--reason", "delay")
    anna.ok("lead", "reopen", "2")
    anna.ok("sale", "record", "1", "500")
    assert states(anna) == [("skipped", 1), ("open", 1)]
    due = anna.rows("remind", "due", "--on", "+2w")
    assert [(row["reminder_id"], row["why"]) for row in due] == [(2, "lead 1 was lost")]
    # A lost lead is not told to want a next step.
    assert talk(anna, "remind", "done", "2") == "Reminder 2 is done.\n"


def test_a_lead_of_a_dropped_stage_tells_where_it_is_now(anna: Shop) -> None:
    anna.ok("lead", "advance", "1", "contacted")
    anna.ok("lead", "lose", "1", "--reason", "price")
    anna.ok("stage", "drop", "contacted")
    assert talk(anna, "lead", "reopen", "1").splitlines()[:2] == [
        "Lead 1 is open again, at new.",
        "contacted is dropped; it is at new.",
    ]
    anna.ok("lead", "lose", "1", "--reason", "price")
    # It stood at new then, and a stage that is named is where they want it.
    assert "dropped" not in talk(anna, "lead", "reopen", "1")
    anna.ok("lead", "lose", "1", "--reason", "price")
    assert "dropped" not in talk(anna, "lead", "reopen", "1", "offer")


def test_what_happened_to_a_lead_on_one_day_is_told_in_its_order(shop: Shop) -> None:
    shop.ok("lead", "add", "Anna", "--stage", "offer")
    shop.ok("lead", "lose", "1", "--reason", "price")
    shop.ok("lead", "reopen", "1", "agreed")
    shop.ok("lead", "back", "1")
    shop.ok("sale", "record", "1", "500")
    history = shop.envelope("contact", "show", "1")["tables"]["history"]
    assert [row["details"] for row in history] == [
        None, None, "offer → lost; price", "lost → agreed", "agreed → offer", "offer → won",
    ]  # fmt: skip
    assert [row["event"] for row in history] == [
        "enquiry", "sale", "move", "move", "move", "move",
    ]  # fmt: skip


def test_a_won_lead_is_opened_again_by_voiding_its_sale(anna: Shop) -> None:
    anna.ok("sale", "record", "Anna", "500")
    ran = anna.run("lead", "reopen", "1")
    assert (ran.code, ran.err) == (
        5,
        (
            "error: lead 1 is won by sale 1\n"
            "hint: a sale recorded by mistake is voided, and that opens the lead again: "
            "clientbase sale void 1 --reason TEXT\n"
        ),
    )
    assert talk(anna, "sale", "void", "1", "--reason", "a slip").endswith(
        "Lead 1 is open again.\n"
        "It has no next step; plan one: clientbase lead edit 1 --next TEXT --on DAY\n"
    )
    assert lead(anna)["state"] == "open"


def test_a_lead_is_edited_and_empty_text_clears(anna: Shop) -> None:
    assert talk(
        anna, "lead", "edit", "1", "--wants", "three units", "--expects", "120000", "--by", "+1m",
        "--channel", "Site", "--manager", "Olga", "--note", "ring twice",
    ) == "Lead 1 is changed.\n"  # fmt: skip
    row = lead(anna)
    said = ("wants", "expects", "expected_by", "channel", "manager", "note")
    assert [row[name] for name in said] == [
        "three units", 120000, "2026-12-21", "Site", "Olga", "ring twice",
    ]  # fmt: skip
    empty = [word for name in ("wants", "expects", "by", "channel", "manager", "note")
             for word in (f"--{name}", "")]  # fmt: skip
    anna.ok("lead", "edit", "1", *empty)
    assert [lead(anna)[name] for name in said] == [None] * 6
    assert len(moves(anna)) == 1
    anna.ok("lead", "lose", "1", "--reason", "price")
    anna.ok("lead", "edit", "1", "--wants", "closed ones too")
    assert lead(anna)["wants"] == "closed ones too"


def test_a_temperature_by_hand_is_a_move(anna: Shop) -> None:
    anna.ok("lead", "edit", "1", "--temperature", "Hot")
    anna.ok("lead", "edit", "1", "--temperature", "hot", "--note", "again")
    assert moves(anna) == [
        ["2026-11-01", None, "new", "open", "cold"],
        ["2026-11-21", "new", "new", "open", "hot"],
    ]
    anna.ok("lead", "advance", "1")
    assert moves(anna)[-1][2:] == ["contacted", "open", "cold"]


@pytest.mark.parametrize(
    ("line", "code", "sentence", "hint"),
    [
        (
            ["add", "Vera", "--next", "call"],
            2,
            "it is not said when the next step is due",
            "add --on with its day, such as: --on tomorrow",
        ),
        (
            ["advance", "1", "--next", "call", "--on", "2026-11-20"],
            4,
            "20.11.2026 is past: --on is the day of the next step",
            "--dated is for the day when it happened",
        ),
        (
            ["advance", "1", "--next", " ", "--on", "mon"],
            4,
            "a text is needed here, and it is empty",
            "type some letters",
        ),
        (
            ["advance", "1", "--on", "2026-11-20", "--dated", "2026-11-20"],
            2,
            "without --next both --on and --dated are the day it happened",
            "give one of the two, or --next TEXT with its day: --on DAY",
        ),
        (
            ["back", "1", "--dated", "tomorrow"],
            4,
            "22.11.2026 is still to come",
            "leave --dated out for today, or give a day until 21.11.2026",
        ),
        (
            ["add", "Vera", "--by", "2026-11-01"],
            4,
            "01.11.2026 is before the enquiry of 21.11.2026",
            "--by is the day until which the sale is expected",
        ),
        (
            ["edit", "1", "--by", "2026-10-01"],
            4,
            "01.10.2026 is before the enquiry of 01.11.2026",
            "--by is the day until which the sale is expected",
        ),
        (
            ["add", "Vera", "--expects", "much"],
            4,
            '"much" is not a number',
            None,
        ),
        (
            ["add", "Vera", "--wants", "x" * 10_000],
            4,
            "the text has 10000 characters, 300 are the most",
            "make it shorter",
        ),
        (
            ["edit", "1", "--wants", "a\x1b[31mb"],
            4,
            "a�[31mb holds a control character that can't be seen (U+001B)",
            "type it anew instead of copying it",
        ),
        (
            ["edit", "1", "--temperature", ""],
            2,
            "no temperature is named",
            "choose one of: cold, warm, hot",
        ),
        (["edit", "9", "--wants", "x"], 3, "there is no lead 9", None),
        (
            ["edit", "1"],
            2,
            "it is not said what to change",
            "clientbase lead edit --help shows what can be",
        ),
        (
            ["edit", "1", "--wants", "x", "--on", "fri"],
            2,
            "--on is the day of the next step, and there is none",
            "add --next TEXT, or leave --on out",
        ),
        (
            ["edit", "1", "--wants", "x", "--dated", "2026-11-02"],
            2,
            "--dated is the day of a new temperature, and there is none",
            "add --temperature T, or leave --dated out",
        ),
        (
            ["edit", "2", "--temperature", "hot"],
            5,
            "lead 2 is lost",
            None,
        ),
        (["edit", "2", "--next", "call", "--on", "fri"], 5, "lead 2 is lost", None),
        (
            ["back", "1"],
            5,
            "lead 1 is at new, the first stage",
            "clientbase lead lose 1 --reason R closes it",
        ),
        (
            ["back", "3", "agreed"],
            5,
            "lead 3 is at interested, before agreed",
            "the stages behind it: new, contacted",
        ),
        (
            ["back", "3", "interested"],
            5,
            "lead 3 is at interested already",
            "the stages behind it: new, contacted",
        ),
        (["back", "2"], 5, "lead 2 is lost", None),
        (
            ["reopen", "1"],
            5,
            "lead 1 is open, at new",
            (
                "clientbase lead advance 1 moves it on, "
                "clientbase lead edit 1 changes what is said of it"
            ),
        ),
        (
            ["reopen", "3"],
            5,
            "lead 3 is open, at interested",
            "clientbase lead back 3 moves it back",
        ),
        (["reopen", "2", "ofer"], 3, "there is no stage ofer", "did you mean offer?"),
        (
            ["reopen", "2", "--on", "2026-11-19"],
            4,
            "lead 2 was moved on 20.11.2026 already, after 19.11.2026",
            "give a day from 20.11.2026 on",
        ),
        (
            ["lose", "1", "--reason", "price", "--again", "soon"],
            4,
            '"soon" is not a span of time',
            "type 30d, 2w, 6m (months) or 1y",
        ),
        (
            ["lose", "1", "--reason", "price", "--again", "300y"],
            4,
            "a span of time cannot be longer than 200 years: 300y",
            None,
        ),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(
    anna: Shop, line: list[str], code: int, sentence: str, hint: str | None
) -> None:
    anna.ok("lead", "add", "Boris", "--on", "2026-11-20")
    anna.ok("lead", "lose", "2", "--reason", "price", "--on", "2026-11-20")
    anna.ok("lead", "add", "Gleb", "--stage", "interested")
    before = dump(anna)
    ran = anna.run("lead", *line)
    assert dump(anna) == before
    said, told = (*ran.err.splitlines(), "")[:2]
    assert (ran.code, ran.out, said) == (code, "", f"error: {sentence}")
    assert hint is None or told == f"hint: {hint}"


@pytest.fixture
def looked_after(shop: Shop) -> Shop:
    """Anna is Olga's, Boris is nobody's."""
    shop.ok("contact", "add", "Anna", "--phone", "89261234567", "--manager", "Olga")
    shop.ok("contact", "add", "Boris", "--phone", "89261234568")
    return shop


def refused(shop: Shop, *line: str) -> Ran:
    return shop_refused(shop, "lead", *line)


def test_another_managers_client_is_named(looked_after: Shop) -> None:
    shop = looked_after
    ran = refused(shop, "add", "--phone", "89261234567", "--manager", "Ivan")
    assert (ran.code, ran.err) == (
        5,
        (
            "error: Anna is looked after by Olga\n"
            "hint: to take the enquiry all the same: --who 1 --anyway\n"
        ),
    )
    shop.ok("lead", "add", "--phone", "89261234567")
    shop.ok("lead", "add", "--phone", "89261234567", "--manager", "OLGA")
    shop.ok("lead", "add", "--phone", "89261234568", "--manager", "Ivan")
    shop.ok("lead", "add", "--who", "1", "--anyway", "--manager", "Ivan")
    assert [row["manager"] for row in shop.rows("lead", "list")] == ["Olga", "OLGA", "Ivan", "Ivan"]
    assert [row["name"] for row in shop.rows("contact", "list")] == ["Anna", "Boris"]
    ran = refused(shop, "edit", "1", "--manager", "Ivan")
    assert (ran.code, ran.err) == (
        5,
        "error: Anna is looked after by Olga\nhint: --anyway takes it over all the same\n",
    )
    shop.ok("lead", "edit", "1", "--manager", "Ivan", "--anyway")
    assert lead(shop)["manager"] == "Ivan"
