"""`clientbase report portrait`: its keys, its formats, bad names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from shop import Shop

KEYS = "attribute value contacts share base_share index known base_contacts z"


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Six who bought, from Kazan, and six who did not, from Omsk."""
    base = shop.connect()
    base.execute("pragma query_only = off")
    for number in range(1, 13):
        base.execute(
            "insert into contact (id, name, name_key, city, entered_on, entered_by) values (?, ?, ?, ?, '2026-01-01', 'entry')",
            (number, f"P{number}", f"p{number}", "Kazan" if number <= 6 else "Omsk [/]"),
        )
    for number in range(1, 7):
        base.execute(
            "insert into sale (contact_id, sold_on, amount) values (?, '2026-11-20', 9900)",
            (number,),
        )
    base.close()
    return shop


def test_rows_have_the_promised_keys_what_stands_out_first(busy: Shop) -> None:
    told = busy.envelope("report", "portrait", "one-time")
    assert (told["kind"], list(told["rows"][0])) == ("portrait", KEYS.split())
    # 3 of 6 would be from Kazan by lot: 3 / sqrt(6 x 0.5 x 0.5 x 6 / 11) is 3.32.
    assert [list(row.values()) for row in told["rows"]] == [
        ["city", "Kazan", 6, 100, 50, 200, 6, 6, 3.32],
        ["kind", "person", 6, 100, 100, 100, 6, 12, None],
        ["value_class", "standard", 6, 100, 100, 100, 6, 6, None],
        ["weekday", "friday", 6, 100, 100, 100, 6, 6, None],
    ]
    assert told["tables"]["typical"][1] == {
        "of": "segment",
        "contacts": 6,
        "clients": 6,
        "typical_order": 99,
        "orders": 1,
        "revenue": 99,
        "days_since_sale": 1,
    }


def test_a_past_day_and_a_table_alone(busy: Shop) -> None:
    assert busy.rows("report", "portrait", "one-time", "--as-of", "2026-11-19") == []
    out = busy.ok("report", "portrait", "one-time", "--format", "csv", "--table", "typical")
    assert out.splitlines() == [
        "of,contacts,clients,typical_order,orders,revenue,days_since_sale",
        "base,12,6,99.00,1.0,99.00,1.0",
        "segment,6,6,99.00,1.0,99.00,1.0",
    ]


def test_an_empty_segment_and_an_unknown_one(busy: Shop) -> None:
    out = busy.ok("report", "portrait", "sleeping")
    assert out.splitlines()[0] == (
        "Nobody is in sleeping on 21.11.2026. How many are in each: clientbase segment list"
    )
    ran = busy.run("report", "portrait", "slepping")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "error: there is no segment slepping\nhint: did you mean sleeping?\n"
    assert busy.run("report", "portrait", "\x1b[31m" + "я" * 10_000).code == 3
    assert busy.run("report", "portrait").code == 2
