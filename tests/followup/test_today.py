"""`clientbase today`: the owner's morning screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from shop import Shop

TABLES = {
    "new_leads": "lead_id contact_id name phone kind channel opened_on wants",
    "leads": "lead_id contact_id name phone stage temperature expects why",
    "no_next_step": "lead_id contact_id name phone stage temperature days_idle",
    "sales": "period from to sales revenue change",
    "asleep": "contact_id name phone last_sale_on days_since_sale rhythm_days revenue",
}


def tables(shop: Shop, *args: str) -> Any:
    return shop.envelope("today", "--most", "0", *args)["tables"]


def lead(shop: Shop, name: str, opened: str, *args: str) -> int:
    rows = shop.rows("lead", "add", name, "--on", opened, *args)
    return int(rows[0]["lead_id"])


def test_every_table_has_its_keys(shop: Shop) -> None:
    lead(shop, "Anna", "2026-11-20", "--channel", "site")
    shop.ok("sale", "record", "--new", "Boris", "100", "--on", "2025-11-20", "-q")
    shop.ok("remind", "add", "Anna", "call", "--on", "today", "-q")
    envelope = shop.envelope("today")
    assert envelope["kind"] == "today"
    assert [row["what"] for row in envelope["rows"]] == ["call"]
    assert list(envelope["rows"][0]) == list(shop.rows("remind", "due")[0])
    found = {name: " ".join(table[0]) for name, table in envelope["tables"].items()}
    assert found == TABLES


def test_an_empty_base_has_an_empty_morning(shop: Shop) -> None:
    envelope = shop.envelope("today")
    assert envelope["rows"] == []
    empty = {name: rows for name, rows in envelope["tables"].items() if name != "sales"}
    assert not any(empty.values())
    assert [row["sales"] for row in envelope["tables"]["sales"]] == [0, 0, 0]
    assert "Nothing is due today." in shop.ok("today")


def test_leads_are_ranked_by_nearness_warmth_idleness_and_money(shop: Shop) -> None:
    far = lead(shop, "Far", "2026-11-01", "--expects", "90000")
    idle = lead(shop, "Idle", "2026-11-02", "--stage", "offer")
    small = lead(shop, "Small", "2026-11-10", "--stage", "offer", "--expects", "10")
    large = lead(shop, "Large", "2026-11-10", "--stage", "offer", "--expects", "500")
    hot = lead(shop, "Hot", "2026-11-12", "--stage", "offer")
    shop.ok("lead", "edit", str(hot), "--temperature", "hot", "-q")
    near = lead(shop, "Near", "2026-11-21", "--stage", "agreed")
    ranked = tables(shop)["leads"]
    assert [row["lead_id"] for row in ranked] == [near, hot, idle, large, small, far]
    assert [row["why"] for row in ranked[1:]][1] == "1 stage left, idle for 19 days, no next step"
    assert ranked[0]["why"] == "the last stage, no next step"


def test_a_next_step_takes_a_lead_off_the_list_of_those_without(shop: Shop) -> None:
    one = lead(shop, "Anna", "2026-11-01")
    two = lead(shop, "Boris", "2026-11-02")
    assert [row["lead_id"] for row in tables(shop)["no_next_step"]] == [one, two]
    shop.ok("lead", "edit", str(one), "--next", "call about the offer", "--on", "+2d", "-q")
    found = tables(shop)
    assert [row["lead_id"] for row in found["no_next_step"]] == [two]
    assert [row["why"] for row in found["leads"]] == [
        "4 stages left, idle for 20 days",
        "4 stages left, idle for 19 days, no next step",
    ]


def test_a_lead_is_new_for_seven_days(shop: Shop) -> None:
    lead(shop, "Old", "2026-11-14")
    week = lead(shop, "Week", "2026-11-15")
    fresh = lead(shop, "Fresh", "2026-11-21")
    lost = lead(shop, "Lost", "2026-11-20")
    shop.ok("lead", "lose", str(lost), "--reason", "price", "-q")
    assert [row["lead_id"] for row in tables(shop)["new_leads"]] == [week, fresh]


@pytest.mark.parametrize(
    ("day", "periods"),
    [
        (
            "2026-11-21",
            [
                ("2026-11-01", "2026-11-21"),
                ("2026-10-01", "2026-10-21"),
                ("2025-11-01", "2025-11-21"),
            ],
        ),
        (
            "2024-03-31",
            [
                ("2024-03-01", "2024-03-31"),
                ("2024-02-01", "2024-02-29"),
                ("2023-03-01", "2023-03-31"),
            ],
        ),
        (
            "2024-02-29",
            [
                ("2024-02-01", "2024-02-29"),
                ("2024-01-01", "2024-01-29"),
                ("2023-02-01", "2023-02-28"),
            ],
        ),
        (
            "2026-01-01",
            [
                ("2026-01-01", "2026-01-01"),
                ("2025-12-01", "2025-12-01"),
                ("2025-01-01", "2025-01-01"),
            ],
        ),
    ],
)
def test_the_month_stands_beside_the_same_days(
    shop: Shop, day: str, periods: list[tuple[str, str]]
) -> None:
    shop.day(day)
    found = tables(shop)["sales"]
    assert [(row["from"], row["to"]) for row in found] == periods


def test_the_months_money_is_sales_less_refunds_of_these_days(shop: Shop) -> None:
    def sale(amount: str, day: str) -> str:
        row = shop.rows("sale", "record", "--walk-in", amount, "--on", day)[0]
        return str(row["sale_id"])

    for amount, day in (
        ("100", "2026-11-01"), ("200", "2026-11-21"), ("1000", "2026-10-22"),
        ("150", "2026-10-01"), ("100", "2026-10-21"), ("500", "2025-11-21"),
        ("7", "2025-11-22"),
    ):  # fmt: skip
        sale(amount, day)
    shop.ok("sale", "void", sale("55", "2026-11-05"), "--reason", "twice", "-q")
    back = sale("80", "2026-10-31")
    shop.ok("sale", "refund", back, "50", "--on", "2026-11-03", "-q")
    rows = tables(shop)["sales"]
    assert [(row["period"], row["sales"], row["revenue"]) for row in rows] == [
        ("this month", 2, 250.0),
        ("last month", 2, 250.0),
        ("last year", 1, 500.0),
    ]
    assert [row["change"] for row in rows] == [None, 0.0, -50.0]


def test_who_fell_asleep_this_week_is_told(shop: Shop) -> None:
    # Asleep after 365 days of quiet: the first day of sleep is the 366th.
    for name, day in (
        ("awake", "2025-11-21"), ("first day", "2025-11-20"),
        ("seventh day", "2025-11-14"), ("eighth day", "2025-11-13"),
    ):  # fmt: skip
        shop.ok("sale", "record", "--new", name, "100", "--on", day, "-q")
    # A rhythm of 30 days: asleep after 3 of them. The last sale is 92 days ago.
    shop.ok("sale", "record", "--new", "monthly", "100", "--on", "2026-06-22", "-q")
    for day in ("2026-07-22", "2026-08-21"):
        shop.ok("sale", "record", "monthly", "100", "--on", day, "-q")
    # A rhythm of 10 days, asleep only after 60: the last sale is 61 days ago.
    shop.ok("sale", "record", "--new", "often", "400", "--on", "2026-09-01", "-q")
    for day in ("2026-09-11", "2026-09-21"):
        shop.ok("sale", "record", "often", "400", "--on", day, "-q")
    found = tables(shop)["asleep"]
    assert [(row["name"], row["days_since_sale"]) for row in found] == [
        ("often", 61),
        ("monthly", 92),
        ("first day", 366),
        ("seventh day", 372),
    ]
    days = {row["name"]: row for row in shop.rows("contact", "list", "--where", "days_asleep > 0")}
    assert set(days) == {"often", "monthly", "first day", "seventh day", "eighth day"}
    assert set(days) == {row["name"] for row in shop.rows("segment", "run", "sleeping")}


def test_who_has_left_does_not_fall_asleep(shop: Shop) -> None:
    shop.ok("sale", "record", "--new", "gone", "900", "--on", "2025-11-20", "-q")
    assert [row["name"] for row in tables(shop)["asleep"]] == ["gone"]
    shop.ok("contact", "left", "gone", "--reason", "moved away", "--on", "2026-01-10", "-q")
    assert tables(shop)["asleep"] == []


def test_a_manager_sees_their_own(shop: Shop) -> None:
    shop.ok("contact", "add", "Anna", "--manager", "Olga", "-q")
    lead(shop, "Anna", "2026-11-20", "--who", "Anna")
    lead(shop, "Boris", "2026-11-20", "--manager", "Igor")
    shop.ok("remind", "add", "Anna", "call", "--on", "today", "-q")
    shop.ok("remind", "add", "Boris", "write", "--on", "today", "-q")
    envelope = shop.envelope("today", "--manager", "olga")
    assert [row["what"] for row in envelope["rows"]] == ["call"]
    assert [row["name"] for row in envelope["tables"]["leads"]] == ["Anna"]
    assert shop.run("today", "--manager", "nobody").code == 3


def test_long_tables_are_cut_and_say_so(shop: Shop) -> None:
    for number in range(7):
        lead(shop, f"Anna {number}", "2026-11-20")
    assert len(shop.envelope("today")["tables"]["leads"]) == 5
    assert "5 of 7 rows; --most 0 shows all" in shop.ok("today")
    assert len(shop.envelope("today", "--most", "2")["tables"]["leads"]) == 2
    assert len(tables(shop)["leads"]) == 7


def test_what_rules_make_due_is_listed_with_its_number(shop: Shop) -> None:
    shop.ok("contact", "add", "Anna", "--birthday", "1990-11-21", "-q")
    shop.ok("remind", "rule", "add", "greetings", "--birthday", "-q")
    rows = shop.rows("today")
    assert [(row["name"], row["reminder_id"]) for row in rows] == [("Anna", 1)]
    assert shop.rows("today") == rows
