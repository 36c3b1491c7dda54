"""Days of birthdays that need no second look, and how the base is read for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from clientbase.db.journal import Act, write
from clientbase.followup import occurrences, reminders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.db.connection import Base
    from shop import Shop

ACT = Act("test", "olga", "2026-11-21T00:00:00Z")
TODAY = date(2026, 11, 21)


# Enough of them that SQLite counts on their number.
MANY = """
with recursive one (day) as (
    select '1990-01-01' union all select date(day, '+1 day') from one where day < '2003-12-31'
)
insert into contact (name, name_key, entered_on, entered_by, birthday)
select 'Vera', 'vera', '2026-01-01', 'import', day from one
"""


@pytest.fixture
def base(shop: Shop) -> Iterator[Base]:
    """Two rules, three days and one day before, over Anna's and Boris's birthdays."""
    shop.ok("contact", "add", "Anna", "--birthday", "1986-11-22", "-q")
    shop.ok("contact", "add", "Boris", "--birthday", "--11-22", "-q")
    shop.ok("remind", "rule", "add", "early", "--birthday", "--before", "3", "-q")
    shop.ok("remind", "rule", "add", "late", "--birthday", "--before", "1", "-q")
    base = shop.connect()
    with write(base, ACT):
        occurrences.bring(base, TODAY)
        yield base
    base.close()


def drift(base: Base) -> list[tuple[int, int, str]]:
    """Return what would be brought, and with a minus what would vanish: rule, contact, day."""
    return [
        (each.rule_id if each.reminder_id is None else -each.rule_id, each.contact_id, each.due_on)
        for each in occurrences.drift(base, TODAY)
    ]


def born(base: Base, contact: int, day: str | None) -> None:
    """Change a birthday."""
    base.execute("update contact set birthday = ? where id = ?", (day, contact))


def test_what_was_brought_is_not_brought_again(base: Base) -> None:
    assert base.one("select count(*) from reminder") == 4
    assert drift(base) == []


def test_two_birthdays_that_change_places_are_both_seen(base: Base) -> None:
    with_vera = "insert into contact (id, name, name_key, entered_on, entered_by, birthday)"
    base.execute(f"{with_vera} values (3, 'Vera', 'vera', '2026-01-01', 'entry', '--11-25')")
    done = base.one("select id from reminder where rule_id = 1 and contact_id = 1")
    reminders.done(base, [done], TODAY, "olga")
    born(base, 1, "1986-11-25")
    born(base, 3, "1990-11-22")
    # As many as before have this birthday: Vera in Anna's place, whose first reminder is done.
    assert drift(base) == [(1, 3, "2026-11-22"), (-2, 1, "2026-11-22"), (2, 3, "2026-11-22")]


def test_a_birthday_that_is_put_right_moves_its_reminders(base: Base) -> None:
    born(base, 2, "--11-21")
    assert drift(base) == [
        (1, 2, "2026-11-21"),
        (2, 2, "2026-11-21"),
        (-1, 2, "2026-11-22"),
        (-2, 2, "2026-11-22"),
    ]
    born(base, 2, None)
    assert drift(base) == [(-1, 2, "2026-11-22"), (-2, 2, "2026-11-22")]


def test_the_day_of_birth_itself_is_no_birthday(base: Base) -> None:
    born(base, 2, "2026-11-22")
    assert drift(base) == [(-1, 2, "2026-11-22"), (-2, 2, "2026-11-22")]
    born(base, 2, "2025-11-22")
    assert drift(base) == []


def test_no_table_that_grows_is_read_whole(base: Base) -> None:
    base.execute(MANY)
    occurrences.bring(base, TODAY)
    base.execute("analyze")
    values = {"day": "2026-11-21", "since": "2026-11-21", "rule": None, "pause": 14}
    plan = base.execute(f"explain query plan {occurrences.SQL['drift']}", values)
    steps = [step[3] for step in plan]
    whole = [step for step in steps if step.startswith(("SCAN contact", "SCAN reminder"))]
    assert [step for step in whole if "rule" not in step] == [
        "SCAN reminder USING INDEX reminder_listed"  # what is open, and no more
    ]
    of_contacts = [step for step in steps if step.startswith("SEARCH contact")]
    assert len(of_contacts) == 2
    assert all("INDEX contact_birthday" in step for step in of_contacts)
