"""`clientbase report quality`: what it counts, and that its commands list just that."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from shop import Shop

KEYS = "check what count of share command"
WANTED = {
    "contacts_without_phone": (2, 4),
    "contacts_without_email": (3, 4),
    "contacts_without_birthday": (3, 4),
    "contacts_without_channel": (3, 4),
    "contacts_without_manager": (3, 4),
    "contacts_unreachable": (1, 4),
    "contacts_unchecked": (1, 4),
    "contacts_without_pet's name": (3, 4),
    "sales_without_contact": (1, 4),
    "first_sales_without_lead": (1, 2),
    "leads_without_next_step": (1, 2),
}


@pytest.fixture
def careless(shop: Shop) -> Shop:
    """Four contacts, four sales, one of nobody, and two leads, one without a next step."""
    shop.ok("field", "add", "breed", "--quiet")
    for line in (
        "contact add Anna --phone +79261234567 --email anna@gmail.com --birthday 1990-05-01",
        "contact edit Anna --channel site --manager Olga --field breed=pug",
        "contact add Boris --phone 12 --unchecked",
        "contact add Vera --messenger telegram=vera_v",
        "contact add Gleb",
        "sale record Anna 100 --on 2026-11-02",
        "sale record Anna 100 --on 2026-11-03",
        "lead add --who Boris --dated 2026-11-03",
        "sale record Boris 100 --on 2026-11-04",
        "sale record --walk-in 100 --on 2026-11-04",
        "lead add --who Vera --dated 2026-11-05",
        "lead add --who Anna --dated 2026-11-05 --next call --on +3d",
    ):
        shop.ok(*shlex.split(line), "--quiet")
    base = shop.connect()
    base.execute("pragma query_only = off")
    base.execute("update field set required = 1, name = 'pet''s name', name_key = 'pet''s name'")
    base.execute("update contact set entered_on = '2026-11-01'")
    base.close()
    return shop


def test_each_command_lists_what_is_counted(careless: Shop) -> None:
    rows = careless.rows("report", "quality")
    assert " ".join(rows[0]) == KEYS
    counted = {row["check"]: (row["count"], row["of"]) for row in rows}
    del counted["days_without_entry"]  # has a test of its own
    assert counted == WANTED
    for row in rows:
        program, *words = shlex.split(row["command"])
        assert program == "clientbase"
        assert len(careless.rows(*words)) == row["count"], row["command"]
        if row["of"]:
            assert row["share"] == pytest.approx(100 * row["count"] / row["of"])


def test_the_percent_is_the_mean_of_what_is_in_order(careless: Shop) -> None:
    told = careless.envelope("report", "quality", "--summary")
    (watch,) = told["tables"]["watch"]
    rows = [row for row in careless.rows("report", "quality") if row["of"]]
    mean = sum(100 - row["share"] for row in rows) / len(rows)
    assert watch == {
        "measure": "in_order",
        "percent": pytest.approx(mean),
        "checks": len(rows),
    }
    assert told["notes"][0] == (
        f"To watch: {mean:.1f}% is in order, which is the mean of {len(rows)} checks."
    )


def test_each_field_is_told_with_the_command_that_lists_who_lacks_it(careless: Shop) -> None:
    careless.ok("thing", "kinds", "add", "pet", "--quiet")
    careless.ok("field", "add", "born", "--of", "pet", "--type", "date", "--quiet")
    careless.ok("thing", "add", "Anna", "pet", "Rex", "--field", "born=2020-01-01", "--quiet")
    careless.ok("thing", "add", "Anna", "pet", "Max", "--quiet")
    rows = careless.envelope("report", "quality")["tables"]["fields"]
    assert " ".join(rows[0]) == "field of filled total share"
    filled = {(row["of"], row["field"]): (row["filled"], row["total"]) for row in rows}
    assert filled["contact", "phone"] == (2, 4)
    assert filled["contact", "tags"] == (0, 4)
    assert filled["contact", "pet's name"] == (1, 4)
    assert filled["pet", "born"] == (1, 2)
    for row in rows:
        if row["of"] == "contact":
            listed = careless.rows("contact", "list", "--missing", row["field"])
            assert len(listed) == row["total"] - row["filled"]


def test_working_days_without_an_entry_are_those_of_worked_weekdays(shop: Shop) -> None:
    # Mondays to Wednesdays of four weeks, from Monday 26 October on; 10 November is missing.
    shop.ok("contact", "add", "Anna", "--quiet")
    base = shop.connect()
    base.execute("pragma query_only = off")
    base.execute("update contact set entered_on = '2026-10-26'")
    for day in (26, 27, 28, 33, 34, 35, 40, 42, 47, 48, 49):
        text = f"2026-10-{day}" if day < 32 else f"2026-11-{day - 31:02}"
        base.execute("insert into sale (contact_id, sold_on, amount) values (1, ?, 100)", (text,))
    base.close()
    told = shop.envelope("report", "quality")
    assert told["tables"]["days"] == [{"day": "2026-11-10", "weekday": "tuesday"}]
    (days,) = (row for row in told["rows"] if row["check"] == "days_without_entry")
    assert (days["count"], days["of"]) == (1, 12)
    shop.ok("set", "quality.days", "7", "--quiet")
    assert shop.envelope("report", "quality")["tables"]["days"] == []


def test_a_past_day_knows_only_what_was_then(careless: Shop) -> None:
    rows = careless.rows("report", "quality", "--as-of", "2026-11-03")
    counted = {row["check"]: (row["count"], row["of"]) for row in rows}
    assert counted["sales_without_contact"] == (0, 2)
    assert counted["first_sales_without_lead"] == (1, 1)
    assert counted["leads_without_next_step"] == (1, 1)
    before = careless.rows("report", "quality", "--compare", "2026-11-03")
    (sales,) = (row for row in before if row["check"] == "sales_without_contact")
    assert (sales["of"], sales["of_then"], sales["count_then"]) == (4, 2, 0)


def test_an_empty_base_says_so(shop: Shop) -> None:
    told = shop.envelope("report", "quality")
    assert (told["rows"], told["tables"]["watch"]) == ([], [])
    assert "There is nothing in the base yet" in shop.ok("report", "quality")


def test_the_lists_that_it_points_to_go_with_the_other_filters(careless: Shop) -> None:
    def names(*words: str) -> list[str]:
        return [row["name"] for row in careless.rows(*words)]

    assert names("contact", "list", "--unchecked") == ["Boris"]
    assert names("contact", "list", "--unchecked", "--missing", "phone") == []
    assert names("sale", "list", "--no-lead") == ["Anna"]
    assert names("sale", "list", "--no-lead", "--who", "Boris") == []
    assert names("sale", "list", "--nobody", "--from", "2026-11-05") == []
    assert names("lead", "list", "--no-next-step", "--state", "all") == ["Vera"]
