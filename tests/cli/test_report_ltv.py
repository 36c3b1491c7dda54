"""`clientbase report ltv`: its keys, its formats, its options."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from shop import Shop

MORE = "orders average_order first_sale_on last_sale_on channel segment arpa churn arpa_churn"
KEYS = f"contact_id external_id name revenue {MORE}"
FORETOLD = "frequency recency t monetary_value p_alive expected_purchases expected_value clv"
AHEAD = f"contact_id external_id name revenue {FORETOLD} {MORE}"


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Two clients: one stays, one has been lost."""
    base = shop.connect()
    base.execute("pragma query_only = off")
    base.execute("insert into channel (id, name, name_key) values (1, 'site', 'site')")
    for number, name in enumerate(("Anna", "weird [/] name"), start=1):
        base.execute(
            "insert into contact (id, name, name_key, channel_id, entered_on, entered_by) values (?, ?, ?, ?, '2024-01-01', 'entry')",
            (number, name, name.lower(), 1 if number == 1 else None),
        )
    for month in (
        "2025-01",
        "2025-04",
        *(f"2025-{n}" for n in range(10, 13)),
        *(f"2026-{n:02}" for n in range(1, 12)),
    ):
        base.execute(
            "insert into sale (contact_id, sold_on, amount) values (1, ? || '-10', 10000)", (month,)
        )
    base.execute("insert into sale (contact_id, sold_on, amount) values (2, '2025-12-20', 60000)")
    base.close()
    return shop


def test_rows_have_the_promised_keys_the_dearest_first(busy: Shop) -> None:
    told = busy.envelope("report", "ltv", "--churn-after", "90d")
    assert (told["kind"], told["as_of"]) == ("ltv", "2026-11-21")
    assert list(told["rows"][0]) == KEYS.split()
    # Anna began twelve months as active and stayed, the other began three and was lost.
    assert [list(row.values())[3:] for row in told["rows"]] == [
        [
            1600,
            16,
            100,
            "2025-01-10",
            "2026-11-10",
            "site",
            "regular-economy",
            100,
            pytest.approx(100 / 15),
            1500,
        ],
        [
            600,
            1,
            600,
            "2025-12-20",
            "2025-12-20",
            None,
            "one-time-vip",
            200,
            pytest.approx(100 / 15),
            3000,
        ],
    ]
    tables = told["tables"]
    assert list(tables) == ["figures", "channels", "months", "segments"]
    assert tables["figures"] == [
        {
            "clients": 2,
            "revenue": 2200,
            "revenue_per_client": 1100,
            "arpa": 120,
            "churn": pytest.approx(100 / 15),
            "arpa_churn": 1800,
        }
    ]
    assert [row["channel"] for row in tables["channels"]] == ["site", None]
    assert tables["channels"][0]["arpa_churn"] is None  # nobody of this channel was lost
    assert [row["month"] for row in tables["months"]] == ["2025-01", "2025-12"]
    assert [row["segment"] for row in tables["segments"]] == ["one-time-vip", "regular-economy"]


def test_a_forecast_brings_its_keys_and_parameters(busy: Shop) -> None:
    told = busy.envelope("report", "ltv", "--forecast")
    assert list(told["rows"][0]) == AHEAD.split()
    assert list(told["tables"]["params"][0])[:7] == ["r", "alpha", "a", "b", "p", "q", "v"]
    assert told["tables"]["params"][0]["repeat_clients"] == 1
    assert told["params"] == told["tables"]["params"][0]
    assert list(told)[:6] == ["clientbase", "kind", "as_of", "currency", "params", "rows"]
    assert "params" not in busy.envelope("report", "ltv")
    row = next(row for row in told["rows"] if row["contact_id"] == 1)
    assert (row["frequency"], row["recency"], row["t"]) == (15, 669 / 7, 680 / 7)
    assert (row["monetary_value"], row["p_alive"]) == (100, None)
    assert any("No finite BG/NBD model" in note for note in told["notes"])


def test_training_up_to_a_day_adds_what_came_after(busy: Shop) -> None:
    told = busy.envelope("report", "ltv", "--train-to", "2026-09-30")
    keys = AHEAD.split()
    keys.insert(12, "holdout_purchases")
    assert list(told["rows"][0]) == keys
    found = {row["contact_id"]: row for row in told["rows"]}
    assert (found[1]["frequency"], found[1]["holdout_purchases"], found[1]["revenue"]) == (
        13,
        2,
        1600,
    )
    assert found[2]["holdout_purchases"] == 0
    assert list(told["tables"]) == [
        "figures",
        "channels",
        "months",
        "segments",
        "params",
        "holdout",
    ]
    assert list(told["tables"]["holdout"][0].values())[:3] == ["0", 1, 0]
    late = busy.envelope("report", "ltv", "--train-to", "2025-11-01")
    assert [row["contact_id"] for row in late["rows"]] == [1]
    assert "1 client came after that day and is left out of the list." in late["notes"]


def test_what_can_not_be_is_refused(busy: Shop) -> None:
    assert busy.run("report", "ltv", "--churn-after", "0").code == 4
    assert busy.run("report", "ltv", "--months", "0").code == 2
    assert busy.run("report", "ltv", "--train-to", "x" * 10_000).code == 4
    ran = busy.run("report", "ltv", "--train-to", "2026-11-21")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "error: 2026-11-21 is not before 2026-11-21: nothing is left to check the forecast by\n"
        "hint: let it learn up to an earlier day: --train-to DAY\n"
    )


def test_it_goes_back_in_time_and_beside_another_day(busy: Shop) -> None:
    rows = busy.rows("report", "ltv", "--as-of", "2025-11-30")
    assert [(row["contact_id"], row["revenue"]) for row in rows] == [(1, 400)]
    beside = busy.rows("report", "ltv", "--compare", "2025-11-30")
    assert [(row["revenue"], row["revenue_then"]) for row in beside] == [(1600, 400), (600, None)]


def test_tables_alone_as_csv(busy: Shop) -> None:
    out = busy.ok("report", "ltv", "--churn-after", "90", "--format", "csv", "--table", "channels")
    churn = 100 / 3
    assert out.splitlines() == [
        "channel,clients,revenue,revenue_per_client,arpa,churn,arpa_churn",
        "site,1,1600.00,1600.00,100.00,0.0,",
        f",1,600.00,600.00,200.00,{churn},600.00",
    ]


def test_an_empty_base_says_so(shop: Shop) -> None:
    assert shop.rows("report", "ltv", "--forecast") == []
    assert ("No clients yet; a sale makes them: clientbase sale record WHO AMOUNT") in shop.ok(
        "report", "ltv"
    ).splitlines()
