"""New, came back, came back as a buyer: what the kind of an enquiry is derived from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientbase.db import founding
from clientbase.db.journal import Act, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clientbase.db.connection import Base

ACT = Act("test", "olga", "2026-11-21T09:00:00Z")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    made = founding.found(tmp_path / "b.db", founding.Plan("RUB", "RU", ()), ACT)
    yield made
    made.close()


def contact(base: Base, day: str, by: str) -> None:
    base.execute(
        "insert into contact (name, name_key, entered_on, entered_by) values ('A', 'a', ?, ?)",
        (day, by),
    )


def lead(base: Base, day: str, mark: int = 0) -> None:
    base.execute(
        "insert into lead (contact_id, stage_id, temperature, opened_on, sale_mark) "
        "values (1, 1, 'cold', ?, ?)",
        (day, mark),
    )


def sale(base: Base, day: str, *, void: bool = False) -> None:
    base.execute(
        "insert into sale (contact_id, sold_on, amount, voided_on) values (1, ?, 100, ?)",
        (day, day if void else None),
    )


def kinds(base: Base) -> list[str]:
    return [kind for (kind,) in base.execute("select kind from enquiry order by lead_id")]


def test_the_enquiry_that_brought_the_contact_is_new_and_the_next_is_not(base: Base) -> None:
    with write(base, ACT):
        contact(base, "2026-05-01", "lead")
        lead(base, "2026-05-01")
        lead(base, "2026-05-01")
        lead(base, "2026-06-01")
    assert kinds(base) == ["new", "repeat", "repeat"]


def test_an_enquiry_written_down_late_is_judged_by_its_own_day(base: Base) -> None:
    with write(base, ACT):
        contact(base, "2026-05-01", "lead")
        lead(base, "2026-05-01")
        lead(base, "2026-04-01")
    assert kinds(base) == ["repeat", "new"]


@pytest.mark.parametrize("by", ["entry", "import", "sale"])
def test_who_was_in_the_base_by_other_ways_comes_back(base: Base, by: str) -> None:
    with write(base, ACT):
        contact(base, "2026-05-01", by)
        lead(base, "2026-05-01")
    assert kinds(base) == ["repeat"]


def test_who_was_entered_after_the_enquiry_was_new_then(base: Base) -> None:
    with write(base, ACT):
        contact(base, "2026-05-02", "import")
        lead(base, "2026-05-01")
    assert kinds(base) == ["new"]


def test_a_sale_of_an_earlier_day_makes_a_buyer(base: Base) -> None:
    with write(base, ACT):
        contact(base, "2026-05-01", "lead")
        lead(base, "2026-05-01")
        sale(base, "2026-05-03")
        lead(base, "2026-05-02", mark=1)
        lead(base, "2026-05-04", mark=1)
    assert kinds(base) == ["new", "repeat", "repeat-buyer"]


def test_a_sale_of_the_same_day_counts_if_it_was_recorded_before(base: Base) -> None:
    with write(base, ACT):
        contact(base, "2026-05-01", "entry")
        sale(base, "2026-05-04")
        lead(base, "2026-05-04", mark=1)
        lead(base, "2026-05-04", mark=0)
    assert kinds(base) == ["repeat-buyer", "repeat"]


def test_a_voided_sale_makes_no_buyer(base: Base) -> None:
    with write(base, ACT):
        contact(base, "2026-05-01", "entry")
        sale(base, "2026-05-02", void=True)
        lead(base, "2026-05-04", mark=1)
    assert kinds(base) == ["repeat"]
