"""`clientbase channel spend`: what a channel cost, written down, listed and put right."""

from __future__ import annotations

import pytest

from shop import Shop, refused


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Two channels, one of them paid for in two months."""
    shop.ok("channel", "add", "site")
    shop.ok("channel", "add", "flyer")
    shop.ok("channel", "spend", "Site", "15 000", "--month", "2026-10")
    shop.ok("channel", "spend", "site", "1200.50")
    return shop


def rows(shop: Shop, *args: str) -> list[tuple[str, str, float]]:
    """Return what was spent."""
    found = shop.rows("channel", "spend", *args)
    assert all(list(row) == ["channel", "month", "spending"] for row in found)
    return [tuple(row.values()) for row in found]


def test_spending_is_kept_by_month_and_listed_the_latest_first(busy: Shop) -> None:
    busy.ok("channel", "spend", "flyer", "300", "--month", "10.2026")
    october = [("flyer", "2026-10", 300), ("site", "2026-10", 15000)]
    assert rows(busy) == [("site", "2026-11", 1200.5), *october]
    assert rows(busy, "SITE") == [("site", "2026-11", 1200.5), ("site", "2026-10", 15000)]


def test_another_amount_takes_the_place_and_what_stood_there_is_told(busy: Shop) -> None:
    ran = busy.run("channel", "spend", "site", "900", "--month", "2026-10")
    assert ran.code == 0
    assert ran.err == ("site cost 900,00 ₽ in 2026-10; 15 000,00 ₽ stood there before.\n")
    assert rows(busy, "site")[1] == ("site", "2026-10", 900)
    base = busy.connect()
    kept = base.execute(
        "select json_extract(before, '$.amount') from change "
        "where table_name = 'channel_spending' and kind = 'update'"
    ).fetchall()
    base.close()
    assert kept == [(1_500_000,)]
    assert rows(busy, "site", "0") == [("site", "2026-11", 0)]


def test_nothing_spent_is_said(shop: Shop) -> None:
    assert shop.ok("channel", "spend") == (
        "Nothing was spent yet; write it down with: clientbase channel spend CHANNEL AMOUNT\n"
    )


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        (["syte", "5"], 3, "error: there is no channel syte"),
        (["сайт"], 3, "error: there is no channel сайт"),
        (["site\x1b[2J", "5"], 3, "error: there is no channel site"),
        (["x" * 10_000, "5"], 3, "error: there is no channel xxx"),
        (["[/]", "5"], 3, "error: there is no channel [/]"),
        (["site", "much"], 4, "error: "),
        (["site", "-5"], 2, "error: "),
        (["site", "5", "--month", "2026-13"], 4, "error: 2026-13 is no month"),
        (["site", "5", "--month", "oct"], 4, "error: oct is no month"),
        (["site", "5", "--month", "9" * 10_000], 4, "error: 999"),
        (["site", "5", "--month", "2026-12"], 4, "error: 2026-12 has not begun: today is"),
        (
            ["site", "--month", "2026-10"],
            2,
            "error: it is not said what the channel cost in 2026-10",
        ),
    ],
)
def test_a_mistake_is_refused_and_nothing_written(
    busy: Shop, line: list[str], code: int, sentence: str
) -> None:
    ran = refused(busy, "channel", "spend", *line)
    assert (ran.code, ran.err.startswith(sentence)) == (code, True), ran.err
    assert "\x1b" not in ran.err


def test_spending_goes_to_the_heir_of_a_dropped_channel(busy: Shop) -> None:
    busy.ok("channel", "spend", "flyer", "300", "--month", "2026-10")
    busy.ok("channel", "spend", "flyer", "40", "--month", "2026-09")
    ran = refused(busy, "channel", "drop", "flyer")
    assert (ran.code, ran.err) == (
        5,
        "error: money was spent on flyer\nhint: say which channel it goes to: --to CHANNEL\n",
    )
    busy.ok("channel", "drop", "flyer", "--to", "site")
    assert rows(busy) == [
        ("site", "2026-11", 1200.5),
        ("site", "2026-10", 15300),
        ("site", "2026-09", 40),
    ]


def test_a_stage_has_its_own_days_of_idleness_or_those_of_the_setting(shop: Shop) -> None:
    assert shop.rows("stage", "edit", "offer", "--idle", "3")[0]["idle_after"] == 3
    shop.ok("set", "idle.after", "2w")
    assert [row["idle_after"] for row in shop.rows("stage", "list")] == [14, 14, 14, 3, 14]
    assert shop.rows("stage", "edit", "offer", "--idle", "0")[0]["idle_after"] == 14
    assert refused(shop, "stage", "edit", "offer", "--idle", "-1").code == 4
    assert refused(shop, "stage", "edit", "offer", "--idle", "40000").code == 4
    assert refused(shop, "stage", "edit", "offer").code == 2
