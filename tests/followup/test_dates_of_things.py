"""Reminders of things: whose they are, what is known of them, and how their dates move on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from clientbase import clock
from clientbase.clock import Span
from clientbase.db import settings
from clientbase.db.journal import Act, write
from clientbase.errors import Misuse, NotFound
from clientbase.followup import due, occurrences, reminders, rules
from clientbase.followup.rules import Said, Source
from clientbase.people import contacts, fields, kinds, things
from clientbase.people.contacts import NewContact
from clientbase.people.things import Changes, NewThing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientbase.db.connection import Base
    from shop import Shop

ACT = Act("test", "olga", "2026-11-21T09:00:00Z")
TODAY = date(2026, 11, 21)


@pytest.fixture
def vet(shop: Shop) -> Iterator[Base]:
    """Anna with Rex and Bella, Boris with nothing; both pets are due on 25 November."""
    base = shop.connect()
    with write(base, ACT, dry_run=True):
        settings.store(base, "contact.pause", "0")
        for name in ("Anna", "Boris"):
            contacts.add(base, NewContact(name), TODAY)
        kinds.add(base, "pet")
        fields.add(base, "next_vaccination", "date", of="pet")
        for name in ("Rex", "Bella"):
            new = NewThing("pet", name, (("next_vaccination", "2026-11-25"),))
            things.add(base, 1, new, TODAY)
        yield base
    base.close()


def rule(base: Base, name: str = "vaccination", every: Span | None = None) -> int:
    source = Source(field="next_vaccination", of="pet")
    return rules.add(base, source, Said(name, 7, every=every), TODAY).rule_id


def listed(base: Base, day: date = TODAY) -> list[tuple[str, str | None, str]]:
    """Return what is listed on a day, brought to it: name, thing, what."""
    occurrences.bring(base, day)
    return [(row[4], row[5], row[10]) for row in due.listing(base, day, day).rows]


def dates(base: Base) -> list[str]:
    return [day for (day,) in base.execute("select value from field_value order by thing_id")]


REX, BELLA = ("Anna", "Rex", "Rex: vaccination"), ("Anna", "Bella", "Bella: vaccination")


def test_two_things_due_on_one_day_are_two_and_each_goes_alone(vet: Base) -> None:
    rule(vet)
    assert listed(vet) == [REX, BELLA]
    things.edit(vet, 1, Changes(fields=(("next_vaccination", ""),)), TODAY)
    assert listed(vet) == [BELLA]
    things.drop(vet, 2, TODAY)
    assert listed(vet) == []


def test_with_a_thing_what_rules_made_goes_and_what_hands_touched_is_skipped(vet: Base) -> None:
    rule(vet)
    listed(vet)
    reminders.snooze(vet, [2], TODAY, to=date(2026, 11, 24), by=None)
    typed = reminders.add(vet, 1, reminders.NewReminder("claws", TODAY, thing_id=2))
    assert things.drop(vet, 1, TODAY)[1:] == ([], 1)
    assert things.drop(vet, 2, TODAY)[1:] == ([2, typed], 0)
    assert vet.execute("select id, state, closed_on from reminder").fetchall() == [
        (2, "skipped", "2026-11-21"),
        (typed, "skipped", "2026-11-21"),
    ]
    before = vet.execute(
        "select table_name, kind, json_extract(before, '$.state') from change where row_id = ?",
        (typed,),
    )
    assert ("reminder", "update", "open") in before.fetchall()
    for day in (TODAY, date(2026, 11, 25), date(2027, 11, 25)):
        assert listed(vet, day) == []


def test_what_was_done_for_a_thing_is_not_due_again_when_it_is_somebody_elses(vet: Base) -> None:
    rule(vet)
    listed(vet)
    reminders.done(vet, [1], TODAY, "olga")
    for number in (1, 2):
        things.edit(vet, number, Changes(to=2), TODAY)
    assert listed(vet) == [("Boris", "Bella", "Bella: vaccination")]
    assert vet.one("select count(*) from reminder") == 2


def test_done_moves_the_date_on_from_the_day_it_was_done(vet: Base) -> None:
    rule(vet, every=Span(0, 12))
    listed(vet)
    later = date(2026, 11, 30)
    (closed,) = reminders.done(vet, [1], later, "olga")
    assert closed.moved == ("next_vaccination", "Rex", "2027-11-30", "2026-11-30")
    assert dates(vet) == ["2027-11-30", "2026-11-25"]
    assert listed(vet, later) == [BELLA]
    assert listed(vet, date(2027, 11, 22)) == [BELLA]
    assert listed(vet, date(2027, 11, 23)) == [BELLA, REX]


def test_skip_moves_the_date_on_from_its_own_day(vet: Base) -> None:
    rule(vet, every=Span(0, 12))
    listed(vet)
    (closed,) = reminders.skip(vet, [2], date(2028, 1, 1))
    assert closed.moved == ("next_vaccination", "Bella", "2028-11-25", "2026-11-25")
    assert dates(vet) == ["2026-11-25", "2028-11-25"]


def test_a_date_at_a_month_end_is_counted_from_the_day_that_stands_there(vet: Base) -> None:
    rule(vet, every=Span(0, 1))
    things.edit(vet, 1, Changes(fields=(("next_vaccination", "2027-01-31"),)), TODAY)
    came = []
    for day in (date(2027, 1, 31), date(2027, 2, 28)):
        occurrences.bring(vet, day)
        number = vet.one("select id from reminder where thing_id = 1 and state = 'open'")
        (closed,) = reminders.skip(vet, [number], day)
        assert closed.moved is not None
        came.append((closed.moved.since, closed.moved.day))
    assert came == [("2027-01-31", "2027-02-28"), ("2027-02-28", "2027-03-28")]


def test_a_day_that_is_said_is_the_new_date(vet: Base) -> None:
    rule(vet, every=Span(0, 12))
    listed(vet)
    (closed,) = reminders.done(vet, [1], TODAY, "olga", next_on=date(2027, 5, 1))
    assert closed.moved == ("next_vaccination", "Rex", "2027-05-01", None)
    assert closed.next_id is None
    assert dates(vet) == ["2027-05-01", "2026-11-25"]


def test_without_a_span_a_date_stays_and_a_day_that_is_said_makes_a_reminder(vet: Base) -> None:
    rule(vet)
    listed(vet)
    (closed,) = reminders.done(vet, [1], TODAY, "olga", next_on=date(2027, 5, 1))
    assert (closed.moved, closed.next_on) == (None, "2027-05-01")
    assert vet.one("select thing_id from reminder where id = ?", (closed.next_id,)) == 1
    assert dates(vet) == ["2026-11-25", "2026-11-25"]


def test_a_date_that_was_changed_meanwhile_is_left_as_it_is(vet: Base) -> None:
    rule(vet, every=Span(0, 12))
    listed(vet)
    things.edit(vet, 1, Changes(fields=(("next_vaccination", "2027-02-01"),)), TODAY)
    things.edit(vet, 2, Changes(fields=(("next_vaccination", ""),)), TODAY)
    closed = reminders.done(vet, [1, 2], TODAY, "olga")
    assert [each.moved for each in closed] == [None, None]
    assert dates(vet) == ["2027-02-01"]


def test_the_dates_of_contacts_move_on_too(vet: Base) -> None:
    fields.add(vet, "next_service", "date")
    fields.set_values(vet, 2, [("next_service", "2026-11-21")], TODAY)
    said = Said("service", every=Span(0, 6))
    rules.add(vet, Source(field="next_service"), said, TODAY)
    assert listed(vet) == [("Boris", None, "service")]
    (closed,) = reminders.done(vet, [1], TODAY, "olga")
    assert closed.moved == ("next_service", "Boris", "2027-05-21", "2026-11-21")


def test_what_was_done_is_written_down_with_the_name_of_the_thing(vet: Base) -> None:
    rule(vet)
    listed(vet)
    reminders.done(vet, [1], TODAY, "olga", note="all well")
    assert vet.execute("select contact_id, what from activity").fetchall() == [
        (1, "Rex: vaccination: all well")
    ]


def test_a_recurring_reminder_of_a_thing_comes_again_for_it(vet: Base) -> None:
    new = reminders.NewReminder("claws", TODAY, Span(0, 2), thing_id=2)
    number = reminders.add(vet, 1, new)
    reminders.done(vet, [number], TODAY, "olga")
    assert listed(vet, date(2027, 1, 21)) == [("Anna", "Bella", "Bella: claws")]


def test_birthdays_of_things_come_each_year(vet: Base) -> None:
    fields.add(vet, "born", "date", of="pet")
    things.edit(vet, 1, Changes(fields=(("born", "2024-02-29"),)), TODAY)
    said = Said("birthdays", what="congratulate")
    rules.add(vet, Source(field="born", of="pet", yearly=True), said, TODAY)
    day = date(2027, 2, 28)
    occurrences.bring(vet, day)
    (row,) = due.listing(vet, day, day).rows
    assert (row[1], row[5], row[10], row[11]) == (
        "2027-02-28",
        "Rex",
        "Rex: congratulate",
        "born today, 3 years",
    )


@pytest.mark.parametrize(
    ("source", "said", "error", "told"),
    [
        (
            Source(birthday=True, of="pet"),
            Said("x"),
            Misuse,
            "only contacts have birthdays of their own",
        ),
        (Source(of="pet"), Said("x"), Misuse, "it is not clear which day the rule looks at"),
        (
            Source(field="next_vaccination"),
            Said("x"),
            NotFound,
            "contacts have no field next_vaccination",
        ),
        (Source(field="zzz"), Said("x"), NotFound, "there is no field zzz"),
        (
            Source(field="next_vaccination", of="pte"),
            Said("x"),
            NotFound,
            "there is no kind of things pte",
        ),
        (
            Source(field="next_vacination", of="pet"),
            Said("x"),
            NotFound,
            "pet has no field next_vacination",
        ),
        (
            Source(birthday=True),
            Said("x", every=Span(0, 12)),
            Misuse,
            "what comes each year does not move on",
        ),
        (
            Source(field="next_vaccination", of="pet", yearly=True),
            Said("x", every=Span(0, 12)),
            Misuse,
            "what comes each year does not move on",
        ),
    ],
)
def test_a_rule_that_can_not_be_is_refused(
    vet: Base, source: Source, said: Said, error: type[Exception], told: str
) -> None:
    with pytest.raises(error) as caught:
        rules.add(vet, source, said, TODAY)
    assert str(caught.value) == told


def test_a_rule_may_learn_to_move_dates_on_and_forget_it(vet: Base) -> None:
    rule(vet)
    seen = []
    for every in (Span(0, 12), None, rules.NEVER):
        rules.edit(vet, "vaccination", Said(every=every))
        seen.append(vet.one("select every from reminder_rule"))
    assert seen == ["1y", "1y", None]
    with pytest.raises(Misuse):
        rules.add(vet, Source(birthday=True), Said("wishes", every=Span(7, 0)), TODAY)


DAYS = st.one_of(
    st.sampled_from([date(2024, 2, 29), date(2025, 1, 31), date(2024, 12, 31), date(2025, 3, 30)]),
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
)


@given(
    day=DAYS,
    gone=st.integers(-7, 500),
    months=st.sampled_from([0, 1, 3, 6, 12]),
    days=st.sampled_from([0, 1, 14, 30]),
    skipped=st.booleans(),
)
def test_a_date_moves_on_to_a_day_that_lies_ahead(
    shop: Shop,
    day: date,
    gone: int,
    months: int,
    days: int,
    skipped: bool,  # noqa: FBT001 - drawn
) -> None:
    if not months and not days:
        return
    base, today = shop.connect(), day + timedelta(gone)
    with write(base, ACT, dry_run=True):
        contacts.add(base, NewContact("Anna"), day)
        kinds.add(base, "pet")
        fields.add(base, "next", "date", of="pet")
        things.add(base, 1, NewThing("pet", "Rex", (("next", day.isoformat()),)), day)
        made = min(day, today)
        said = Said("rule", 7, every=Span(days, months))
        rules.add(base, Source(field="next", of="pet"), said, made)
        occurrences.bring(base, today)
        act = reminders.skip(base, [1], today) if skipped else reminders.done(base, [1], today, "o")
        kept = base.one("select value from field_value")
    base.close()
    times, begins = 1, day if skipped else today
    while (ahead := begins + relativedelta(months=months * times, days=days * times)) <= max(
        today, begins
    ):
        times += 1
    assert act[0].moved is not None
    assert (kept, act[0].moved.day) == (ahead.isoformat(), ahead.isoformat())
    assert kept > today.isoformat()
    if not skipped:
        assert kept == clock.add(today, Span(days, months)).isoformat()
