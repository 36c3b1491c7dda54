"""`clientbase demo`: an invented shop, made fresh around today, and what to try on it."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from clientbase.cli.report import app
from clientbase.db.journal import Act
from clientbase.demo import shop as invented
from clientbase.demo.base import make
from shop import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from shop import Shop


ACT = Act("demo", "olga", "2026-11-21T08:00:00Z")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base of the invented shop, made once."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    make(path, date.fromisoformat(TODAY), ACT).close()
    return path


@pytest.fixture
def demo(nowhere: Shop, made: Path) -> Shop:
    """A copy of it to work with."""
    shutil.copy(made, nowhere.path)
    return nowhere


def test_it_is_lifelike(demo: Shop) -> None:
    base = demo.connect()
    one = base.one
    assert one("select count(*) from contact") > 300
    assert one("select count(*) from thing") > 300
    assert one("select count(*) from sale") > 1_000
    assert one("select count(*) from refund") > 5
    assert one("select count(*) from sale where promo is not null") > 10
    stages = one("select count(*) from stage")
    assert one("select count(distinct stage_id) from lead where state = 'open'") == stages
    assert one("select count(distinct lost_reason) from lead where state = 'lost'") >= 4
    assert one("select count(*) from contact where birthday is not null") > 100
    for how in ("came_back", "skipped", "reopened"):
        assert sum(row[how] for row in demo.rows("report", "funnel")) > 0
    assert {row["month"] for row in demo.rows("channel", "spend")} >= {"2025-11", "2026-11"}
    assert one("select count(*) from contact_stop") == 1
    assert one("select count(*) from contact where left_on is not null") == 1


def test_its_years_end_today(demo: Shop) -> None:
    base = demo.connect()
    first, last = base.execute("select min(sold_on), max(sold_on) from sale").fetchone()
    assert "2024-10-12" <= first < "2024-11-21"
    assert "2026-11-14" < last <= "2026-11-21"
    assert base.one("select min(entered_on) from contact") >= "2024-10-12"
    assert (
        base.one(
            "select count(*) from sale join contact on contact.id = contact_id "
            "where sold_on < entered_on"
        )
        == 0
    )


def test_it_holds_nobody_real(demo: Shop) -> None:
    base = demo.connect()
    points = base.execute("select kind, canonical from contact_point").fetchall()
    assert all("55501" in text for kind, text in points if kind == "phone")
    assert all(text.endswith("@example.com") for kind, text in points if kind == "email")
    assert {kind for kind, _text in points} == {"phone", "email"}


def test_it_is_the_same_each_time_and_made_anew(demo: Shop) -> None:
    def rows() -> list[object]:
        base = demo.connect()
        found = base.execute("select contact_id, sold_on, amount from sale order by id").fetchall()
        base.close()
        return found

    before = rows()
    demo.ok("--db", str(demo.path), "contact", "add", "Somebody", "-q")
    ran = demo.run("--db", str(demo.path), "demo")
    assert (ran.code, "1 thing done to it since" in ran.err) == (2, True)
    assert demo.rows("contact", "find", "Somebody")
    demo.ok("--db", str(demo.path), "demo", "--yes", "-q")
    assert rows() == before
    assert demo.run("contact", "show", "Somebody").code == 3


def test_what_it_says_to_try_works_in_order(demo: Shop, tmp_path: Path) -> None:
    rows = demo.rows("--db", str(demo.path), "demo")
    assert [row["step"] for row in rows] == list(range(1, len(invented.TOUR) + 1))
    for row in rows:
        program, *words = shlex.split(re.sub(r"-o (\S+)", rf"-o {tmp_path}/\1", row["command"]))
        assert program == "clientbase"
        ran = demo.run(*words)
        assert ran.code == 0, (row, ran)
        assert ran.out or row["command"].endswith(("sales.csv", "base.html"))


def test_the_lead_of_the_tour_is_nobody_of_the_shop(demo: Shop) -> None:
    tried = next(words for words, _about in invented.TOUR if words.startswith("lead add"))
    ran = demo.run(*shlex.split(tried))
    assert (ran.code, ran.err.split(": ")[-1]) == (0, "new.\n")


def test_an_owners_base_is_left_alone(shop: Shop) -> None:
    shop.ok("contact", "add", "Anna", "-q")
    ran = shop.run("--db", str(shop.path), "demo")
    assert ran.code == 5
    assert "was not made by demo" in ran.err
    assert shop.rows("contact", "list")[0]["name"] == "Anna"


def test_it_stands_beside_the_owners_base(shop: Shop) -> None:
    ran = shop.run("demo")
    assert ran.code == 0
    made = shop.path.with_name("demo.db")
    assert str(made) in ran.err
    assert made.exists()
    assert shop.rows("contact", "list") == []


def test_what_is_no_base_is_left_alone(nowhere: Shop) -> None:
    nowhere.path.write_text("a letter")
    ran = nowhere.run("--db", str(nowhere.path), "demo")
    assert ran.code == 6
    assert nowhere.path.read_text() == "a letter"


def test_the_page_of_the_month_shows_every_report(demo: Shop) -> None:
    tables = demo.envelope("report", "page")["tables"]
    # XYZ stands beside ABC; the months and the matrix are no reports of their own.
    assert {*app.apart} - {"xyz", "page"} <= {*tables}
    assert {"months", "matrix", "abc_matrix"} <= {*tables}
