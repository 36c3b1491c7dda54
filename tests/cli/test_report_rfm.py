"""`clientbase report rfm`: its keys, its formats, its options."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from shop import Shop

KEYS = "contact_id external_id name last_sale_on recency_days orders revenue r f m rfm segment"
SALES = (
    ("Анна", "5000", "2026-11-20"),
    ("Анна", "7000", "2026-10-01"),
    ("Анна", "100", "2026-09-01"),
    ("Борис", "900", "2026-06-01"),
    ("Вера", "50", "2025-01-10"),
)


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Three clients, and somebody who has not bought."""
    base = shop.connect()
    base.execute("pragma query_only = off")
    for number, name in enumerate(("Анна", "Борис", "Вера", "Глеб"), start=1):
        base.execute(
            "insert into contact (id, name, name_key, entered_on, entered_by) values (?, ?, ?, '2026-11-01', 'entry')",
            (number, name, name.lower()),
        )
    for name, amount, day in SALES:
        base.execute(
            "insert into sale (contact_id, sold_on, amount) select id, ?, ? from contact where name = ?",
            (day, int(amount) * 100, name),
        )
    base.close()
    return shop


def test_rows_have_the_promised_keys_the_best_first(busy: Shop) -> None:
    told = busy.envelope("report", "rfm")
    assert list(told["rows"][0]) == KEYS.split()
    assert [list(row.values()) for row in told["rows"]] == [
        [1, None, "Анна", "2026-11-20", 1, 3, 12100, 5, 5, 5, 555, "Champions"],
        [2, None, "Борис", "2026-06-01", 173, 1, 900, 3, 1, 3, 313, "About To Sleep"],
        [3, None, "Вера", "2025-01-10", 680, 1, 50, 1, 1, 1, 111, "Hibernating"],
    ]
    assert (told["kind"], told["as_of"], told["currency"]) == ("rfm", "2026-11-21", "RUB")
    assert list(told["tables"]) == ["segments", "grid", "advice"]


def test_the_tables_have_the_promised_keys(busy: Shop) -> None:
    told = busy.envelope("report", "rfm", "--summary")
    tables = told["tables"]
    assert told["rows"] == []
    assert [list(tables[name][0]) for name in tables] == [
        ["segment", "clients", "revenue", "share"],
        ["r", "f", "segment", "clients", "revenue"],
        ["segment", "what_to_do"],
    ]
    assert tables["segments"][0] == {
        "segment": "Champions",
        "clients": 1,
        "revenue": 12100,
        "share": pytest.approx(100 * 12100 / 13050),
    }
    assert sum(row["clients"] for row in tables["segments"]) == 3
    assert sum(row["clients"] for row in tables["grid"]) == 3
    assert len(tables["grid"]) == 25


def test_segments_alone_as_csv(busy: Shop) -> None:
    assert busy.ok("report", "rfm", "--format", "csv", "--table", "segments").splitlines() == [
        "segment,clients,revenue,share",
        f"Champions,1,12100.00,{100 * 1_210_000 / 1_305_000}",
        "Loyal Customers,0,0.00,0.0",
        "Potential Loyalist,0,0.00,0.0",
        "New Customers,0,0.00,0.0",
        "Promising,0,0.00,0.0",
        "Need Attention,0,0.00,0.0",
        f"About To Sleep,1,900.00,{100 * 90_000 / 1_305_000}",
        "At Risk,0,0.00,0.0",
        "Can't Lose Them,0,0.00,0.0",
        f"Hibernating,1,50.00,{100 * 5_000 / 1_305_000}",
    ]


def test_a_past_day_knows_only_what_was_then(busy: Shop) -> None:
    rows = busy.rows("report", "rfm", "--as-of", "2026-09-15", "--bins", "3")
    assert [list(row.values()) for row in rows] == [
        [1, None, "Анна", "2026-09-01", 14, 1, 100, 3, 1, 2, 312, None],
        [2, None, "Борис", "2026-06-01", 106, 1, 900, 2, 1, 3, 213, None],
        [3, None, "Вера", "2025-01-10", 613, 1, 50, 1, 1, 1, 111, None],
    ]


def test_the_grid_stands_beside_how_it_was(busy: Shop) -> None:
    busy.ok("set", "rfm.frequency", "1,2,3,4")
    words = ("report", "rfm", "--table", "grid", "--compare", "2026-09-15")
    rows = busy.rows(*words)
    assert len(rows) == 25
    assert list(rows[0]) == [
        "r",
        "f",
        "segment",
        *("clients", "clients_then"),
        "revenue",
        "revenue_then",
    ]
    assert sum(row["clients"] for row in rows) == sum(row["clients_then"] for row in rows) == 3
    # Анна's first sale, and those of Борис and Вера.
    assert sum(row["revenue_then"] for row in rows) == 1050
    assert busy.ok(*words).startswith("r \\ f")


def test_a_picture_on_paper(busy: Shop) -> None:
    busy.ok("set", "rfm.frequency", "1,2,3,4")
    out = busy.ok("report", "rfm", "--summary").splitlines()
    assert out[:6] == [
        "Scores go from 1 to 5; 5 is best: bought lately, often, for much.",
        "Cuts of recency in days: 69,8; 138,6; 274,4; 477,2 (quantiles of the clients).",
        "Cuts of orders: 1; 2; 3; 4 (fixed in the settings).",
        "Cuts of revenue: 390,00; 730,00; 3 140,00; 7 620,00 (quantiles of the clients).",
        (
            "With 3 clients quantiles part people by chance. Fixed cuts serve better: "
            "clientbase set rfm.recency 30,90,180,365"
        ),
        "",
    ]
    at = out.index("grid")
    assert out[at : at + 6] == [
        "grid",
        "r \\ f           1               2                   3                   4                5",
        "-----  -------  --------------  ------------------  ------------------  ---------------  ---------------",
        "5      segment  New Customers   Potential Loyalist  Potential Loyalist  Champions        Champions",
        "       clients  0               0                   1                   0                0",
        "       revenue  0,00            0,00                12 100,00           0,00             0,00",
    ]


def test_cuts_that_do_not_fit_and_bins_out_of_reach(busy: Shop) -> None:
    busy.ok("set", "rfm.recency", "30,90")
    ran = busy.run("report", "rfm")
    assert (ran.code, ran.out, ran.err) == (
        4,
        "",
        (
            "error: 5 scores take 4 cuts, and rfm.recency has 2\n"
            "hint: set others, or go back to quantiles: clientbase set rfm.recency --default\n"
        ),
    )
    assert busy.run("report", "rfm", "--bins", "3").code == 0
    assert busy.run("report", "rfm", "--bins", "6").code == 2


def test_a_picked_table_is_what_the_options_of_a_list_shape(busy: Shop) -> None:
    ran = busy.run("report", "rfm", "--table", "segments", "--sort", "-clients", "--limit", "1")
    assert (ran.code, ran.err) == (0, "Shown: 1 of 10; --limit 0 shows all.\n")
    rows = busy.rows("report", "rfm", "--table", "segments", "--columns", "segment", "--summary")
    assert [row.keys() for row in rows] == [{"segment"}] * 10
    assert busy.rows("report", "rfm", "--table", "rfm", "--summary") == []


def test_an_empty_base_says_so(shop: Shop) -> None:
    assert shop.rows("report", "rfm") == []
    assert ("No clients yet; a sale makes them: clientbase sale record WHO AMOUNT") in shop.ok(
        "report", "rfm"
    ).splitlines()
