"""The reports on money and on coming back: their keys, formats, options and empty states."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from clientbase.table import Table, columns

if TYPE_CHECKING:
    from clientbase.db.connection import Base
    from shop import Shop

KEYS = {
    "abc": "item external_id name revenue share cumulative_share class",
    "xyz": "item external_id name revenue mean cv class abc",
    "cohorts": "cohort month size active retention revenue revenue_per_head unfinished",
    "concentration": "share_of_revenue clients clients_share",
    "repeat": "purchase clients share of_previous median_days p90_days",
    "products": (
        "product category quantity revenue share orders clients repeat_share revenue_before change"
    ),
}
TABLES = {
    "abc": {
        "classes": "class items items_share revenue share",
        "matrix": "abc xyz items revenue share",
    },
    "xyz": {
        "classes": "class items items_share revenue",
        "matrix": "abc xyz items revenue share",
    },
    "cohorts": {
        "sizes": "cohort size revenue revenue_per_head",
        "per_head": "cohort month revenue_per_head",
    },
    "concentration": {
        "top": "top clients revenue share",
        "first": "contact_id external_id name revenue share typical_revenue replaced_by",
        "curve": "clients clients_share revenue_share",
    },
    "repeat": {
        "gaps": "days gaps share",
        "months": (
            "month active new returning new_revenue returning_revenue repeat_revenue revenue unfinished"
        ),
    },
    "products": {
        "categories": "category products quantity revenue share",
        "together": "product with_product orders share lift",
    },
}
SALES = (
    ("Анна", "2026-09-01", "Food x2 @ 100", "Toy x1 @ 50"),
    ("Анна", "2026-10-01", "Food x1 @ 100", "Toy x1 @ 50"),
    ("Борис", "2026-10-02", "Food x1 @ 100", "Toy x2 @ 50"),
)
every_report = pytest.mark.parametrize("name", KEYS)


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Two clients, three sales of two products."""
    for who, day, *items in SALES:
        known = shop.rows("contact", "list")
        name = [who] if any(row["name"] == who for row in known) else ["--new", who]
        asked = [word for item in items for word in ("--item", item)]
        shop.ok("sale", "record", *name, *asked, "--on", day, "-q")
    return shop


@every_report
def test_rows_and_tables_have_the_promised_keys(name: str, busy: Shop) -> None:
    told = busy.envelope("report", name)
    assert (told["kind"], told["as_of"], told["currency"]) == (name, "2026-11-21", "RUB")
    assert list(told["rows"][0]) == KEYS[name].split()
    assert {key: list(rows[0]) for key, rows in told["tables"].items()} == {
        key: keys.split() for key, keys in TABLES[name].items()
    }
    for table, keys in TABLES[name].items():
        csv = busy.ok("report", name, "--table", table, "--format", "csv")
        assert csv.splitlines()[0].split(",") == keys.split()


@every_report
def test_every_format_an_option_and_a_past_day(name: str, busy: Shop) -> None:
    for form in ("table", "jsonl", "csv", "tsv", "html"):
        assert busy.ok("report", name, "--format", form)
    beside = busy.envelope("report", name, "--compare", "2026-09-15")
    assert "Beside it is how it was on 2026-09-15." in beside["notes"]
    assert any(key.endswith("_then") for key in beside["rows"][0])
    before = busy.envelope("report", name, "--as-of", "2026-08-31")
    assert (before["rows"], before["as_of"]) == ([], "2026-08-31")
    assert busy.run("report", name, "--as-of", "nonsense").code == 4
    assert busy.rows("report", name, "--summary") == []


@every_report
def test_an_empty_base_says_what_to_type(name: str, shop: Shop) -> None:
    out = shop.ok("report", name)
    assert "clientbase sale record" in out
    assert "nan" not in out.lower()
    told = shop.envelope("report", name)
    assert told["rows"] == []
    assert all(rows == [] for rows in told["tables"].values())


def test_clients_by_abc_and_xyz(busy: Shop) -> None:
    assert [list(row.values()) for row in busy.rows("report", "abc")] == [
        [1, None, "Анна", 400, pytest.approx(200 / 3), pytest.approx(200 / 3), "A"],
        [2, None, "Борис", 200, pytest.approx(100 / 3), 100, "A"],
    ]
    assert [list(row.values()) for row in busy.rows("report", "xyz")] == [
        [1, None, "Анна", 400, 30, None, None, "A"],
        [2, None, "Борис", 200, None, None, None, "A"],
    ]


def test_products_of_a_period(busy: Shop) -> None:
    days = ("--from", "2026-10-01", "--to", "2026-10-31")
    rows = busy.rows("report", "abc", "--by", "products", *days)
    assert [(row["name"], row["revenue"], row["class"]) for row in rows] == [
        ("Food", 200, "A"),
        ("Toy", 150, "A"),
    ]
    told = busy.envelope("report", "products", *days)
    assert told["rows"][0] == {
        "product": "Food",
        "category": None,
        "quantity": 2,
        "revenue": 200,
        "share": pytest.approx(100 * 200 / 350),
        "orders": 2,
        "clients": 2,
        "repeat_share": 0,
        "revenue_before": 200,
        "change": 0,
    }
    together = busy.rows("report", "products", "--table", "together")
    assert together == [
        {"product": "Food", "with_product": "Toy", "orders": 3, "share": 100, "lift": 1}
    ]
    one = busy.rows("report", "concentration", *days)
    assert one[0] == {"share_of_revenue": 50, "clients": 1, "clients_share": 50}


def test_what_can_not_be_is_refused_with_a_hint(busy: Shop) -> None:
    ran = busy.run("report", "abc", "--by", "[red]towns")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "error: [red]towns can't be sorted so\nhint: choose one of: clients, products\n"
    )
    ran = busy.run("report", "xyz", "--from", "2026-10-02", "--to", "2026-10-01")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "error: the period would begin on 2026-10-02 and end on 2026-10-01",
    )
    ran = busy.run("report", "products", "--segment", "регуляр\x1b[31m")
    assert (ran.code, ran.out) == (3, "")
    assert "\x1b" not in ran.err
    assert busy.run("report", "products", "--segment", "x" * 10_000).code == 3


def test_borders_are_settings_and_are_told(busy: Shop) -> None:
    busy.ok("set", "abc.a", "60", "-q")
    told = busy.envelope("report", "abc")
    assert [row["class"] for row in told["rows"]] == ["A", "B"]
    assert told["notes"][1].startswith("A while the share before an item is under 60%, B under 95%")
    ran = busy.run("set", "abc.b", "60")
    assert (ran.code, ran.err) == (
        4,
        "error: abc.a must be under abc.b\nhint: clientbase set shows what they are now\n",
    )


def test_a_danger_stands_first_and_is_also_told_beside_rows_alone(busy: Shop) -> None:
    red = (
        "RED: 2 clients make 80% of the revenue. To lose one of them would break the business; "
        "red is up to 3 (concentration.red)."
    )
    assert busy.envelope("report", "concentration")["notes"][0] == red
    ran = busy.run("report", "concentration", "--format", "csv")
    assert (ran.code, ran.err) == (0, f"{red}\n")
    assert ran.out.splitlines()[:2] == ["share_of_revenue,clients,clients_share", "50,1,50.0"]


def test_cohorts_on_paper(busy: Shop) -> None:
    assert busy.ok("report", "cohorts").splitlines()[:3] == [
        "cohort \\ month       0       1",
        "--------------  ------  ------",
        "2026-09         100,0%  100,0%",
    ]


def test_columns_of_a_grid_are_chosen_and_without_a_side_it_is_a_list(busy: Shop) -> None:
    sizes = [row["size"] for row in busy.rows("report", "cohorts")]
    listed = busy.ok("report", "cohorts", "--columns", "size").splitlines()
    assert listed[0].strip() == "size"
    assert [int(line) for line in listed[2 : 2 + len(sizes)]] == sizes
    sides = ["report", "cohorts", "--columns", "cohort,month,retention"]
    assert busy.ok(*sides).startswith("cohort \\ month")
    for chosen in ("abc", "abc,xyz", "items,revenue", "abc,xyz,revenue"):
        matrix = ["report", "abc", "--table", "matrix", "--columns", chosen]
        assert ("abc \\ xyz" in busy.ok(*matrix)) is (chosen == "abc,xyz,revenue")
        assert "<table" in busy.ok(*matrix, "--format", "html")


def test_a_limit_is_of_the_rows_that_are_drawn(busy: Shop) -> None:
    matrix = ["report", "abc", "--table", "matrix", "--limit", "2"]
    ran = busy.run(*matrix)
    sides = [line[:1] for line in ran.out.split("\n\n")[0].splitlines()[2:]]
    assert sides == ["A", " ", " ", "B", " ", " "]
    assert ran.err == "Shown: 2 of 3; --limit 0 shows all.\n"
    assert busy.run(*matrix[:-1], "3").err == ""
    # For machines a row is one cell of the grid, and so it is where a side is missing.
    assert len(busy.rows(*matrix)) == 2
    assert len(busy.ok(*matrix, "--columns", "abc,items").splitlines()) == 4


def test_a_grid_that_is_sorted_is_a_list(busy: Shop) -> None:
    rows = busy.rows("report", "abc", "--table", "matrix", "--sort", "-items")
    assert [row["items"] for row in rows] == sorted((row["items"] for row in rows), reverse=True)
    drawn = busy.ok("report", "abc", "--table", "matrix", "--sort", "-items").splitlines()
    assert drawn[0].split() == ["abc", "xyz", "items", "revenue", "share"]
    assert [line.split()[0] for line in drawn[2 : 2 + len(rows)]] == [row["abc"] for row in rows]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ("analysis.rfm.report", "report rfm"),
        ("analysis.page.report", "report page"),
        ("facts.moves.of_all", "segment moves"),
        ("facts.explaining.explain", "segment explain late 1"),
    ],
)
def test_a_sale_recorded_meanwhile_is_in_no_part_of_a_report(
    made: str, words: str, busy: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sales_twice(base: Base, *_args: object, **_options: object) -> Table:
        before = count(base)
        busy.ok("sale", "record", "1", "5")
        return Table("sales", columns("before", "after"), [(before, count(base))])

    def count(base: Base) -> int:
        return int(base.one("select count(*) from sale"))

    monkeypatch.setattr(f"clientbase.{made}", sales_twice)
    (row,) = busy.rows(*words.split())
    assert row["before"] == row["after"]
    with contextlib.closing(busy.connect()) as base:
        assert count(base) == row["after"] + 1
