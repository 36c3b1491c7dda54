"""`clientbase report channels` and `report managers`: keys, options, what is said of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from shop import Shop

CHANNELS = [
    *("channel", "leads", "new", "repeat", "repeat_buyer", "won", "conversion", "revenue"),
    *("spending", "cost_per_lead", "cost_per_client", "new_share", "repeat_share"),
    *("repeat_buyer_share", "lost", "open", "junk", "sales", "clients", "new_clients"),
    "return_on_spending",
]
MANAGERS = [
    *("manager", "leads", "won", "lost", "open", "conversion", "sales", "revenue"),
    *("average_order", "clients", "new_clients", "repeat_clients", "repeat_share", "junk"),
]


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Anna came by the site and bought by phone later; Boris came by a flyer, sent by Anna."""
    shop.ok("lead", "add", "Anna", "--dated", "2026-09-01", "--channel", "site", "--manager", "Ira")
    shop.ok("sale", "record", "1", "500", "--on", "2026-09-05")
    shop.ok("sale", "record", "1", "300", "--on", "2026-10-05", "--channel", "phone")
    shop.ok("lead", "add", "Boris", "--dated", "2026-10-01", "--channel", "flyer")
    shop.ok("contact", "edit", "2", "--referred-by", "1")
    shop.ok("lead", "lose", "2", "--reason", "price", "--dated", "2026-10-03")
    shop.ok("lead", "add", "--who", "2", "--dated", "2026-11-02", "--channel", "site")
    shop.ok("sale", "record", "2", "90", "--on", "2026-11-05", "--promo", "MAY", "--discount", "10")
    shop.ok("sale", "record", "--walk-in", "40", "--on", "2026-11-06")
    shop.ok("channel", "spend", "site", "100.01", "--month", "2026-09")
    shop.ok("channel", "spend", "site", "50", "--month", "2026-11")
    shop.ok("channel", "spend", "flyer", "30", "--month", "2026-10")
    return shop


def test_a_row_a_channel_with_the_promised_keys(busy: Shop) -> None:
    rows = busy.rows("report", "channels")
    assert [list(row) for row in rows] == [CHANNELS] * 4
    assert [list(row.values()) for row in rows] == [
        # Both clients' first sales were won by leads from the site; 890 of 150.01 is 593%.
        [
            *("site", 2, 1, 1, 0, 2, 100, 890, 150.01, 75, 75, 50, 50, 0, 0, 0, 0, 3, 2, 2),
            pytest.approx(100 * 89000 / 15001),
        ],
        ["flyer", 1, 1, 0, 0, 0, 0, 0, 30, 30, None, 100, 0, 0, 1, 0, 0, 0, 0, 0, 0],
        ["phone", 0, 0, 0, 0, 0, None, 0, *([None] * 6), 0, 0, 0, 0, 0, 0, None],
        [None, 0, 0, 0, 0, 0, None, 40, *([None] * 6), 0, 0, 0, 1, 0, 0, None],
    ]


def test_the_last_sale_may_be_credited(busy: Shop) -> None:
    rows = busy.rows("report", "channels", "--credit", "last")
    assert {row["channel"]: (row["revenue"], row["clients"]) for row in rows} == {
        "phone": (800, 1),
        "site": (90, 1),
        "flyer": (0, 0),
        None: (40, 0),
    }


def test_days_bound_leads_money_and_months(busy: Shop) -> None:
    rows = busy.rows("report", "channels", "--from", "2026-10-02", "--to", "2026-11-05")
    site = next(row for row in rows if row["channel"] == "site")
    assert (site["leads"], site["revenue"], site["spending"]) == (1, 390, 50)
    assert (site["clients"], site["new_clients"], site["cost_per_client"]) == (2, 1, 50)
    notes = busy.envelope("report", "channels", "--from", "2026-10-02")["notes"]
    told = "Spending is kept by months; one that the days begin or end in counts whole."
    assert told in notes
    assert told not in busy.envelope("report", "channels", "--to", "2026-10-31")["notes"]


def test_the_tables_of_the_report(busy: Shop) -> None:
    tables = busy.envelope("report", "channels", "--summary")["tables"]
    assert tables["spending"] == [
        {"month": "2026-11", "channel": "site", "spending": 50},
        {"month": "2026-10", "channel": "flyer", "spending": 30},
        {"month": "2026-09", "channel": "site", "spending": 100.01},
    ]
    assert [list(row.items()) for row in tables["referrers"]] == [
        [
            *(("contact_id", 1), ("external_id", None), ("name", "Anna")),
            *(("people", 1), ("clients", 1), ("revenue", 90)),
        ]
    ]
    assert tables["promo"] == [
        {"promo": "MAY", "sales": 1, "revenue": 90, "discount": 10, "clients": 1, "new_clients": 1}
    ]


def test_a_row_a_manager(busy: Shop) -> None:
    told = busy.envelope("report", "managers")
    assert [list(row) for row in told["rows"]] == [MANAGERS] * 2
    assert [list(row.values()) for row in told["rows"]] == [
        ["Ira", 1, 1, 0, 0, 100, 2, 800, 400, 1, 1, 1, 100, 0],
        [None, 2, 1, 1, 0, 50, 1, 90, 90, 1, 1, 0, 0, 0],
    ]
    assert "The line without a name is what nobody looks after." in told["notes"]
    assert busy.rows("report", "managers", "--as-of", "2026-09-04")[0]["leads"] == 1


def test_two_days_side_by_side(busy: Shop) -> None:
    rows = busy.rows("report", "channels", "--compare", "2026-10-31")
    site = next(row for row in rows if row["channel"] == "site")
    assert (site["leads"], site["leads_then"]) == (2, 1)
    assert busy.rows("report", "managers", "--compare", "2026-10-31")[0]["revenue_then"] == 800


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        (["channels", "--credit", "second"], 2, "error: second is no sale to credit\n"),
        (["channels", "--from", "2026-11-02", "--to", "2026-11-01"], 2, "error: the period would"),
        (["managers", "--from", "2026-11-02", "--to", "2026-11-01"], 2, "error: the period would"),
        (["managers", "--as-of", "\x1b[2J"], 4, "error: "),
        (["channels", "--credit", "x" * 10_000], 2, "error: xxx"),
    ],
)
def test_a_mistake_is_one_sentence(busy: Shop, line: list[str], code: int, sentence: str) -> None:
    ran = busy.run("report", *line)
    assert (ran.code, ran.out, ran.err.startswith(sentence)) == (code, "", True), ran.err
    assert "\x1b" not in ran.err


def test_an_empty_base_says_what_to_type(shop: Shop) -> None:
    assert shop.rows("report", "channels") == shop.rows("report", "managers") == []
    assert shop.ok("report", "channels") == (
        "No channels yet; a lead brings one: clientbase lead add NAME --channel C\n"
    )
    assert shop.ok("report", "managers") == (
        "Nobody looks after a lead or a client yet: clientbase contact edit WHO --manager NAME\n"
    )


def test_money_given_back_lowers_the_month_in_which_it_was_given(shop: Shop) -> None:
    shop.ok("sale", "record", "--new", "Anna", "100", "--channel", "site", "--on", "2026-10-03")
    shop.ok("sale", "refund", "1", "100")

    def site(*args: str) -> tuple[object, ...]:
        row = shop.rows("report", "channels", *args)[0]
        return row["revenue"], row["sales"], row["clients"], row["conversion"]

    assert site() == (0, 0, 0, None)
    assert site("--from", "2026-11-01") == (-100, 0, 0, None)
    assert site("--as-of", "2026-10-31") == (100, 1, 1, None)


def test_of_one_day_the_sale_that_was_recorded_first_is_the_first(shop: Shop) -> None:
    shop.ok("sale", "record", "--new", "Anna", "100", "--channel", "site", "--promo", "MAY")
    shop.ok("sale", "record", "1", "50", "--channel", "flyer", "--promo", "JUNE")

    def revenue(*args: str) -> dict[str, int]:
        return {row["channel"]: row["revenue"] for row in shop.rows("report", "channels", *args)}

    assert revenue() == {"site": 150, "flyer": 0}
    assert revenue("--credit", "last") == {"flyer": 150, "site": 0}
    promo = shop.envelope("report", "channels")["tables"]["promo"]
    assert [(row["promo"], row["clients"], row["new_clients"]) for row in promo] == [
        ("MAY", 1, 1),
        ("JUNE", 1, 0),
    ]


def test_who_bought_before_the_days_has_come_back(busy: Shop) -> None:
    row = busy.rows("report", "managers", "--from", "2026-10-01")[0]
    assert (row["sales"], row["clients"], row["new_clients"], row["repeat_share"]) == (1, 1, 0, 100)
