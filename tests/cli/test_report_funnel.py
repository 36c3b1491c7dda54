"""`clientbase report funnel`: its keys, its options, what is idle, and what is said of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from shop import Shop

KEYS = [
    *("stage", "temperature", "entered", "now", "advanced", "lost", "to_next", "to_won"),
    *("median_days", "p90_days", "came_back", "skipped", "reopened", "won", "open", "junk"),
    *("stage_id", "dropped_on"),
]


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Six leads: bought, lost, junk, come back, opened again, idle."""
    shop.ok("lead", "add", "Anna", "--dated", "2026-11-01", "--channel", "site", "--manager", "Ira")
    shop.ok("lead", "advance", "1", "--dated", "2026-11-03")
    shop.ok("sale", "record", "1", "500", "--on", "2026-11-07")
    shop.ok("lead", "add", "Boris", "--dated", "2026-11-02", "--channel", "site")
    shop.ok("lead", "lose", "2", "--reason", "price", "--dated", "2026-11-05")
    shop.ok("lead", "add", "Vera", "--dated", "2026-11-02")
    shop.ok("lead", "lose", "3", "--reason", "junk", "--dated", "2026-11-05")
    shop.ok("lead", "add", "Galina", "--dated", "2026-11-02", "--expects", "700")
    shop.ok("lead", "advance", "4", "offer", "--dated", "2026-11-04")
    shop.ok("lead", "back", "4", "contacted", "--dated", "2026-11-10")
    shop.ok("lead", "add", "Dina", "--dated", "2026-11-02", "--expects", "300")
    shop.ok("lead", "lose", "5", "--reason", "delay", "--dated", "2026-11-12")
    shop.ok("lead", "reopen", "5", "contacted", "--dated", "2026-11-14")
    return shop


def test_a_row_a_stage_with_the_promised_keys(busy: Shop) -> None:
    told = busy.envelope("report", "funnel")
    assert [list(row) for row in told["rows"]] == [KEYS] * 5
    short = [list(row.values())[:16] for row in told["rows"]]
    # Days in new: 2 (Anna), 3 (Boris), 2 (Galina), 10 (Dina); in contacted: 4 (Anna).
    assert short == [
        ["new", "cold", 4, 0, 3, 1, 75, 50, 2.5, pytest.approx(7.9), 0, 0, 0, 1, 2, 1],
        ["contacted", "cold", 3, 2, 2, 0, 100, 100, 4, 4, 1, 0, 1, 1, 2, 0],
        ["interested", "warm", 2, 0, 2, 0, 100, 100, None, None, 0, 2, 0, 1, 1, 0],
        ["offer", "warm", 2, 0, 1, 0, 100, 100, 6, 6, 0, 1, 0, 1, 1, 0],
        ["agreed", "hot", 1, 0, 1, 0, 100, 100, None, None, 0, 1, 0, 1, 0, 0],
    ]
    assert (told["kind"], told["as_of"]) == ("funnel", "2026-11-21")


def test_the_tables_of_the_report(busy: Shop) -> None:
    tables = busy.envelope("report", "funnel", "--summary")["tables"]
    values = {name: [list(row.values()) for row in rows] for name, rows in tables.items()}
    assert values["outcomes"] == [
        ["won", 1, 25, 50],
        ["lost", 1, 25, None],
        ["open", 2, 50, None],
        ["junk", 1, None, None],
    ]
    assert values["temperatures"] == [
        ["cold", 2, 100, 1000],
        ["warm", 0, 0, None],
        ["hot", 0, 0, None],
    ]
    assert values["distance"][:2] == [
        ["new", 4, 0, None, 1, 6, 6],
        ["contacted", 3, 2, 1000, 1, 4, 4],
    ]
    assert values["lost_reasons"] == [["price", 1, 100, None], ["junk", 1, None, None]]
    assert list(tables["idle"][0]) == [
        *("lead_id", "contact_id", "name", "stage", "temperature", "days_idle", "idle_after"),
        "level",
    ]
    assert values["idle"] == [
        [4, 4, "Galina", "contacted", "cold", 11, 7, "red"],
        [5, 5, "Dina", "contacted", "cold", 7, 7, "amber"],
    ]


def test_a_talk_ends_idleness(busy: Shop) -> None:
    busy.ok("contact", "log", "4", "called", "--on", "2026-11-20")
    table = ("report", "funnel", "--table", "idle", "--format", "csv")
    for days in ((), ("--to", "2026-11-19")):
        idle = busy.ok(*table, *days).splitlines()
        assert [line.split(",")[0] for line in idle] == ["lead_id", "5"]


def test_the_leads_are_chosen_by_days_channel_and_manager(busy: Shop) -> None:
    def came(*args: str) -> int:
        return int(busy.rows("report", "funnel", *args)[0]["entered"])

    assert came("--from", "2026-11-02") == 3
    assert came("--to", "2026-11-01") == 1
    assert came("--channel", "SITE") == 2
    assert came("--manager", "ira") == 1
    assert came("--as-of", "2026-11-04") == 5
    assert busy.rows("report", "funnel", "--to", "2026-10-01") == []
    assert "No leads like that." in busy.ok("report", "funnel", "--to", "2026-10-01")


def test_two_days_side_by_side(busy: Shop) -> None:
    row = busy.rows("report", "funnel", "--compare", "2026-11-04")[0]
    assert (row["entered"], row["entered_then"], row["advanced"], row["advanced_then"]) == (
        4,
        5,
        3,
        2,
    )


def test_a_screen_says_what_the_figures_are(busy: Shop) -> None:
    out = busy.ok("report", "funnel").splitlines()
    assert "Everything up to 21.11.2026." in out
    assert "1 lead was junk; it is counted apart and in no other figure." in out
    assert "Only 2 leads are decided: percents and days may be chance." in out


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        (["--channel", "syte"], 3, "error: there is no channel syte\n"),
        (["--manager", "Irra\x1b[2J"], 3, "error: nobody called Irra"),
        (["--from", "2026-11-02", "--to", "2026-11-01"], 2, "error: the period would begin"),
        (["--from", "x" * 10_000], 4, "error: "),
        (["--table", "nothing"], 2, "error: "),
    ],
)
def test_a_mistake_is_one_sentence(busy: Shop, line: list[str], code: int, sentence: str) -> None:
    ran = busy.run("report", "funnel", *line)
    assert (ran.code, ran.out, ran.err.startswith(sentence)) == (code, "", True), ran.err
    assert "\x1b" not in ran.err


def test_an_empty_base_says_what_to_type(shop: Shop) -> None:
    assert shop.rows("report", "funnel") == []
    assert shop.ok("report", "funnel") == (
        "No leads yet; write one down with: clientbase lead add NAME --phone P\n"
    )
