"""`clientbase report sleeping` and `report base`: their keys, formats and options."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from shop import Shop

SLEEPING = (
    "contact_id external_id name phone state call_by last_sale_on days_since_sale rhythm_days "
    "days_over orders revenue bought"
)
BASE = (
    "base contacts share revenue revenue_share contacts_month_ago share_month_ago "
    "revenue_month_ago contacts_year_ago share_year_ago revenue_year_ago"
)


@pytest.fixture
def quiet(shop: Shop) -> Shop:
    """Anna is late by her rhythm of 20 days, Boris sleeps, Vera bought today."""
    for name, phone in (("Anna", "+79261234567"), ("Boris", "+79261234568"), ("Vera", "")):
        shop.ok("contact", "add", name, *(["--phone", phone] if phone else []), "--quiet")
    for name, day in (
        *(("Anna", f"2026-{month}") for month in ("08-20", "09-09", "09-29", "10-19")),
        ("Boris", "2025-03-01"),
        ("Vera", "2026-11-21"),
    ):
        shop.ok("sale", "record", name, "--item", "Soap @ 100", "--on", day, "--quiet")
    return shop


def test_the_quiet_are_listed_with_the_promised_keys(quiet: Shop) -> None:
    told = quiet.envelope("report", "sleeping")
    assert " ".join(told["rows"][0]) == SLEEPING
    anna = ("Anna", "+79261234567", "late", "2026-12-18", "2026-10-19", 33, 20, 3, 4, 400)
    boris = (
        "Boris",
        "+79261234568",
        "sleeping",
        "2028-11-19",
        "2025-03-01",
        630,
        None,
        265,
        1,
        100,
    )
    assert [list(row.values())[2:] for row in told["rows"]] == [
        [*anna, ["Soap"]],
        [*boris, ["Soap"]],
    ]
    assert {name: list(rows[0]) if rows else [] for name, rows in told["tables"].items()} == {
        "states": ["state", "clients", "share", "revenue", "revenue_share"],
        "left": [],
    }
    assert (
        told["notes"][-1]
        == "With 3 clients the base is small: one more sale may change all of this."
    )


def test_only_who_can_be_reached_and_who_fell_asleep_lately(quiet: Shop) -> None:
    quiet.ok("contact", "stop", "Anna", "sms", "--quiet")
    assert [row["name"] for row in quiet.rows("report", "sleeping", "--for", "sms")] == ["Boris"]
    lately = quiet.rows("report", "sleeping", "--from", "2026-10-01")
    assert [row["name"] for row in lately] == ["Anna"]
    assert quiet.run("report", "sleeping", "--for", "pigeon").code == 2
    assert quiet.run("report", "sleeping", "--from", "soon").code == 4
    (then, now) = quiet.rows("report", "sleeping", "--compare", "2026-10-25", "--sort", "name")
    assert (then["name"], then["state"], then["state_then"]) == ("Anna", "late", None)
    assert (now["name"], now["state"], now["state_then"]) == ("Boris", "sleeping", "sleeping")


def test_reasons_of_leaving_are_counted(quiet: Shop) -> None:
    quiet.ok("contact", "left", "Boris", "--reason", "moved away", "--quiet")
    csv = quiet.ok("report", "sleeping", "--table", "left", "--format", "csv")
    assert csv.splitlines() == [
        "reason,contacts,share,revenue,last_left_on",
        "moved away,1,100.0,100.00,2026-11-21",
    ]
    assert [row["name"] for row in quiet.rows("report", "sleeping")] == ["Anna"]


def test_an_empty_base_has_nobody_quiet(shop: Shop) -> None:
    assert shop.rows("report", "sleeping") == []
    assert ("No clients yet; a sale makes them: clientbase sale record WHO AMOUNT") in shop.ok(
        "report", "sleeping"
    ).splitlines()


def test_kinds_of_base_have_the_promised_keys(quiet: Shop) -> None:
    rows = quiet.rows("report", "base")
    assert " ".join(rows[0]) == BASE
    assert {row["base"]: (row["contacts"], row["contacts_month_ago"]) for row in rows} == {
        **dict.fromkeys(("vip", "partner", "active", "potential", "dead"), (0, 0)),
        "regular": (1, 1),
        "working": (2, 1),
    }
    then = quiet.rows("report", "base", "--as-of", "2025-04-01")
    assert sum(row["contacts"] for row in then) == 1
    beside = quiet.rows("report", "base", "--compare", "2025-04-01")
    assert sum(row["contacts_then"] for row in beside) == 1
    out = quiet.ok("report", "base", "--summary")
    assert out.startswith("As of 21.11.2026, a month before (21.10.2026)")


def test_an_empty_base_has_no_kinds(shop: Shop) -> None:
    assert shop.rows("report", "base") == []
    assert "Nobody is in the base yet" in shop.ok("report", "base")
