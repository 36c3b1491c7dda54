"""`clientbase stage`: the funnel is arranged anew, and its history stays whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from shop import dump

if TYPE_CHECKING:
    from shop import Shop

KEYS = ["stage_id", "position", "name", "temperature", "open_leads", "idle_after"]


def names(shop: Shop) -> list[str]:
    """Return the stages in their order, and check that they are counted from 1."""
    rows = shop.rows("stage", "list")
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    return [row["name"] for row in rows]


def moves(shop: Shop, lead: int = 1) -> list[list[Any]]:
    """Return the way of a lead: from, to, state, temperature."""
    rows = shop.envelope("lead", "show", str(lead))["tables"]["moves"]
    return [list(row.values())[1:5] for row in rows]


def test_the_stages_are_listed_with_their_open_leads(shop: Shop) -> None:
    for stage in ("new", "offer", "offer", "agreed"):
        shop.ok("lead", "add", "Anna", "--stage", stage)
    shop.ok("lead", "lose", "4", "--reason", "price")
    assert shop.rows("stage", "list") == [
        dict(zip(KEYS, row, strict=True))
        for row in (
            (1, 1, "new", "cold", 1, 7),
            (2, 2, "contacted", "cold", 0, 7),
            (3, 3, "interested", "warm", 0, 7),
            (4, 4, "offer", "warm", 2, 7),
            (5, 5, "agreed", "hot", 0, 7),
        )
    ]
    assert shop.ok("stage", "list", "--limit", "2") == (
        "stage id  position  name       temperature  open leads  idle after\n"
        "--------  --------  ---------  -----------  ----------  ----------\n"
        "       1         1  new        cold                  1           7\n"
        "       2         2  contacted  cold                  0           7\n"
    )


def test_a_stage_is_added_where_it_is_wanted(shop: Shop) -> None:
    added = shop.rows("stage", "add", "visit", "--after", "OFFER", "--temperature", "Hot")
    assert added == [dict(zip(KEYS, (6, 5, "visit", "hot", 0, 7), strict=True))]
    assert shop.rows("stage", "add", "paid")[0]["temperature"] == "hot"
    assert shop.rows("stage", "add", "heard of", "--first")[0]["temperature"] == "cold"
    assert names(shop) == [
        "heard of", "new", "contacted", "interested", "offer", "visit", "agreed", "paid",
    ]  # fmt: skip
    shop.ok("lead", "add", "Anna")
    shop.ok("lead", "advance", "1", "visit")
    assert moves(shop) == [
        [None, "heard of", "open", "cold"],
        ["heard of", "visit", "open", "hot"],
    ]


def test_a_renamed_stage_keeps_its_history(shop: Shop) -> None:
    shop.ok("lead", "add", "Anna")
    shop.ok("lead", "advance", "1", "offer")
    shop.ok("lead", "advance", "1")
    assert shop.rows("stage", "rename", "offer", "offer sent")[0]["stage_id"] == 4
    assert [move[1] for move in moves(shop)] == ["new", "offer sent", "agreed"]
    shop.ok("stage", "rename", "Offer Sent", "OFFER SENT")
    shop.ok("lead", "back", "1", "offer sent")
    assert shop.run("lead", "advance", "1", "offer").code == 3


def test_a_stage_is_moved_and_leads_stay(shop: Shop) -> None:
    shop.ok("lead", "add", "Anna", "--stage", "offer")
    assert [row["name"] for row in shop.rows("stage", "move", "offer", "--first")] == [
        "offer", "new", "contacted", "interested", "agreed",
    ]  # fmt: skip
    shop.ok("lead", "advance", "1")
    assert moves(shop)[-1][:2] == ["offer", "new"]
    shop.ok("stage", "move", "offer", "--after", "agreed")
    shop.ok("stage", "move", "offer", "--after", "agreed")
    assert names(shop) == ["new", "contacted", "interested", "agreed", "offer"]


def test_a_stage_brings_another_temperature_from_now_on(shop: Shop) -> None:
    shop.ok("lead", "add", "Anna", "--stage", "offer")
    shop.ok("lead", "add", "Boris")
    assert shop.rows("stage", "edit", "offer", "--temperature", "hot")[0]["temperature"] == "hot"
    shop.ok("lead", "advance", "2", "offer")
    assert [row["temperature"] for row in shop.rows("lead", "list")] == ["warm", "hot"]


@pytest.fixture
def waiting(shop: Shop) -> Shop:
    """Two open leads at the offer, a lost one, and one that passed it."""
    for _lead in range(3):
        shop.ok("lead", "add", "Anna", "--stage", "offer", "--on", "2026-11-01")
    shop.ok("lead", "lose", "3", "--reason", "price", "--on", "2026-11-02")
    shop.ok("lead", "add", "Boris", "--stage", "offer", "--on", "2026-11-01")
    shop.ok("lead", "advance", "4", "--on", "2026-11-03")
    return shop


def test_a_dropped_stage_leaves_its_open_leads_to_an_heir(waiting: Shop) -> None:
    before = dump(waiting)
    ran = waiting.run("stage", "drop", "offer", "--to", "contacted", "--dry-run")
    assert (ran.code, ran.err) == (
        0,
        "offer would be dropped; 2 open leads would go to contacted.\n",
    )
    assert dump(waiting) == before
    ran = waiting.run("stage", "drop", "offer", "--to", "contacted")
    assert (ran.code, ran.err) == (0, "offer is dropped; 2 open leads went to contacted.\n")
    assert names(waiting) == ["new", "contacted", "interested", "agreed"]
    assert moves(waiting, 1) == [
        [None, "offer", "open", "warm"],
        ["offer", "contacted", "open", "cold"],
    ]
    assert moves(waiting, 3)[-1] == ["offer", "offer", "lost", "warm"]
    assert moves(waiting, 4)[-1] == ["offer", "agreed", "open", "hot"]
    assert [row["moved_on"] for row in waiting.rows("lead", "list")] == [
        "2026-11-21", "2026-11-21", "2026-11-03",
    ]  # fmt: skip
    assert waiting.run("lead", "advance", "1", "offer").code == 3
    assert waiting.run("stage", "drop", "interested").err == "interested is dropped.\n"
    waiting.ok("stage", "add", "offer", "--after", "new")
    assert names(waiting) == ["new", "offer", "contacted", "agreed"]


def test_a_lead_is_opened_again_near_its_dropped_stage(waiting: Shop) -> None:
    waiting.ok("lead", "add", "Vera", "--stage", "offer")
    waiting.ok("sale", "record", "Vera", "100")
    waiting.ok("stage", "drop", "offer", "--to", "new")
    waiting.ok("lead", "reopen", "3")
    assert moves(waiting, 3)[-1] == ["offer", "interested", "open", "warm"]
    waiting.ok("sale", "void", "1", "--reason", "a slip")
    assert moves(waiting, 5)[-1] == ["offer", "interested", "open", "warm"]


def test_segments_that_name_a_stage_are_told(shop: Shop) -> None:
    shop.ok("segment", "define", "promised", "stage = 'Offer' and orders > 1")
    shop.ok("segment", "define", "elsewhere", "city = 'offer'")
    shop.ok("segment", "define", "others", "stage = 'agreed'")
    assert shop.run("stage", "rename", "offer", "OFFER").err == ""
    assert shop.run("stage", "rename", "offer", "bid").err == (
        "A segment names it in its rule and finds it no more: promised.\n"
    )


@pytest.mark.parametrize(
    ("line", "code", "sentence", "hint"),
    [
        (["add", " "], 4, "a text is needed here, and it is empty", "type some letters"),
        (["add", "OFFER"], 5, "there is a stage OFFER already", None),
        (
            ["add", "Won"],
            4,
            "Won is an end of the funnel, not a stage of it",
            "a sale wins a lead, and clientbase lead lose closes it as lost",
        ),
        (["add", "x" * 61], 4, "the text has 61 characters, 60 are the most", "make it shorter"),
        (
            ["add", "a\x1bb"],
            4,
            "a�b holds a control character that can't be seen (U+001B)",
            "type it anew instead of copying it",
        ),
        (["add", "visit", "--after", "ofer"], 3, "there is no stage ofer", "did you mean offer?"),
        (
            ["add", "visit", "--after", "offer", "--first"],
            2,
            "--first and --after do not go together",
            "give one of the two",
        ),
        (
            ["add", "visit", "--temperature", "tepid"],
            2,
            "tepid is no temperature",
            "choose one of: cold, warm, hot",
        ),
        (["rename", "ofer", "bid"], 3, "there is no stage ofer", "did you mean offer?"),
        (["rename", "offer", "new"], 5, "there is a stage new already", None),
        (["rename", "offer", "lost"], 4, "lost is an end of the funnel, not a stage of it", None),
        (
            ["move", "offer"],
            2,
            "it is not said where offer goes",
            "add --after STAGE, or --first",
        ),
        (
            ["move", "offer", "--after", "offer"],
            2,
            "offer can't stand behind itself",
            "name another stage: --after STAGE",
        ),
        (
            ["edit", "offer"],
            2,
            "it is not said what to change of offer",
            "add --temperature T or --idle DAYS; a name is changed by: clientbase stage rename OLD NEW",
        ),
        (
            ["drop", "new"],
            5,
            "1 open lead is at new",
            "say where to move them: --to STAGE",
        ),
        (
            ["drop", "new", "--to", "NEW"],
            2,
            "new can't be its own heir",
            "name another stage: --to STAGE",
        ),
        (["drop", "new", "--to", "zzz"], 3, "there is no stage zzz", None),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(
    shop: Shop, line: list[str], code: int, sentence: str, hint: str | None
) -> None:
    shop.ok("lead", "add", "Anna")
    before = dump(shop)
    ran = shop.run("stage", *line)
    assert dump(shop) == before
    said, told = (*ran.err.splitlines(), "")[:2]
    assert (ran.code, ran.out, said) == (code, "", f"error: {sentence}")
    assert hint is None or told == f"hint: {hint}"


def test_the_only_stage_stays(shop: Shop) -> None:
    for name in ("contacted", "interested", "offer", "agreed"):
        shop.ok("stage", "drop", name)
    ran = shop.run("stage", "drop", "new")
    assert (ran.code, ran.err) == (
        5,
        (
            "error: new is the only stage, and leads need one\n"
            "hint: make another one first: clientbase stage add NAME\n"
        ),
    )


@pytest.mark.parametrize("name", ["Предложение", "weird [/] stage", "=1+1", "it's 5%"])
def test_an_odd_name_is_a_name(shop: Shop, name: str) -> None:
    assert shop.rows("stage", "add", name)[0]["name"] == name
    shop.ok("lead", "add", "Anna")
    shop.ok("lead", "advance", "1", name.upper())
    assert shop.rows("lead", "list")[0]["stage"] == name
