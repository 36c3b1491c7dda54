"""Occurrences of rules, against a plain model that knows nothing of SQL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from clientbase.db import settings
from clientbase.db.journal import Act, write
from clientbase.followup import due, occurrences, reminders
from clientbase.people import things
from followup.model import OF_THINGS, Key, Model, Owner, Rule, in_year

if TYPE_CHECKING:
    from clientbase.db.connection import Base
    from shop import Shop

ACT = Act("test", "olga", "2026-01-01T00:00:00Z")


@dataclass(frozen=True)
class Story:
    """What the owner does, step by step, from a day on."""

    begins: date
    steps: list[tuple[int, str, int, date]]


EDGES = [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2023, 2, 28)]
EDGES += [date(2024, 12, 31), date(2025, 1, 1), date(2025, 2, 28), date(2025, 3, 1)]
NEAR = st.one_of(st.sampled_from(EDGES), st.dates(date(2023, 1, 1), date(2025, 12, 31)))
# As far from the edges as rules look ahead, so that their borders are met.
SHIFTED = st.builds(
    lambda day, days: day + timedelta(days), st.sampled_from(EDGES), st.sampled_from([1, 3, 4, 41])
)
LONG_AGO = st.one_of(
    st.just(date(1988, 2, 29)),
    (NEAR | SHIFTED).map(lambda day: in_year(day.month, day.day, 1990)),
    st.dates(date(1950, 1, 1), date(2025, 12, 31)),
)
BIRTHDAYS = st.one_of(
    st.none(), LONG_AGO.map(date.isoformat), SHIFTED.map(lambda day: f"--{day:%m-%d}")
)
RULES = st.builds(
    Rule,
    field=st.sampled_from([None, 1, 2, OF_THINGS, OF_THINGS]),
    yearly=st.booleans(),
    before=st.sampled_from([0, 1, 3, 40, 365]),
    expires=st.sampled_from([None, 1, 14, 364]),
    made_on=NEAR,
    every=st.sampled_from([None, None, 1, 12]),
)
STEPS = st.tuples(
    st.sampled_from([0, 1, 1, 2, 5, 13, 14, 15, 28, 90, 365]),
    st.sampled_from(
        [
            *("", "done", "done", "skip", "snooze", "birthday", "value", "clear", "type", "call"),
            *("lead", "move", "drop"),
        ]
    ),
    st.integers(0, 50),
    NEAR,
)


def enter(base: Base, model: Model, people: list[Any], rules: list[Rule]) -> None:
    """Put contacts, their dates and the rules into the base and into the model."""
    settings.store(base, "contact.pause", str(model.pause))
    base.execute("insert into thing_kind (id, name, name_key) values (1, 'pet', 'pet')")
    for number in (1, 2, OF_THINGS):
        sql = "insert into field (id, thing_kind_id, name, name_key, type) values (?, ?, ?, ?, 'date')"
        kind = 1 if number == OF_THINGS else None
        base.execute(sql, (number, kind, f"field {number}", f"field {number}"))
    for born, *days, of_things in people:
        contact = base.one(
            "insert into contact (name, name_key, birthday, entered_on, entered_by) "
            "values ('A', 'a', ?, '2023-01-01', 'entry') returning id",
            (born,),
        )
        model.birthdays[contact] = born
        for number, day in zip((1, 2), days, strict=True):
            if day is not None:
                put(base, model, number, contact, day)
        for day in of_things:
            number = len(model.things) + 1
            base.execute(
                "insert into thing (contact_id, kind_id, name, name_key, entered_on) "
                "values (?, 1, ?, ?, '2023-01-01')",
                (contact, f"T{number}", f"t{number}"),
            )
            model.things[number] = contact
            if day is not None:
                put(base, model, OF_THINGS, -number, day)
    for rule in rules:
        yearly = rule.yearly or rule.field is None
        every = None if yearly else rule.every
        rule_id = base.one(
            "insert into reminder_rule (name, name_key, source, field_id, repeats, days_before, "
            "expires_after, what, every, made_on) values "
            "(:name, :name, :source, :field, :repeats, :before, :expires, :name, :every, :made_on) "
            "returning id",
            {
                "name": f"rule {len(model.rules) + 1}",
                "source": "birthday" if rule.field is None else "field",
                "field": rule.field,
                "repeats": "yearly" if yearly else "once",
                "before": rule.before,
                "expires": rule.expires,
                "every": every and f"{every}m",
                "made_on": rule.made_on.isoformat(),
            },
        )
        model.rules[rule_id] = replace(rule, yearly=yearly, every=every)


def put(base: Base, model: Model, number: int, owner: Owner, day: date | None) -> None:
    """Set a date field, or clear it, in the base and in the model."""
    if day is None:
        del model.values[number, owner]
        sql = "delete from field_value where field_id = ? and coalesce(-thing_id, contact_id) = ?"
        base.execute(sql, (number, owner))
        return
    base.execute(
        "insert into field_value (field_id, contact_id, thing_id, value) values (?, ?, ?, ?) "
        "on conflict (contact_id, field_id, coalesce(thing_id, 0)) do update set value = excluded.value",
        (number, model.contact(owner), -owner if owner < 0 else None, day.isoformat()),
    )
    model.values[number, owner] = day


def meddle(base: Base, model: Model, today: date, step: tuple[Any, ...]) -> None:
    """Let the owner do something: work on a reminder, or correct what is kept."""
    _gap, act, which, day = step
    listed, contacts = sorted(model.listed(today)), sorted(model.birthdays)
    contact = contacts[which % len(contacts)]
    if act in {"done", "skip", "snooze"} and listed:
        deal(base, model, today, listed[which % len(listed)], step)
    elif act == "type":
        new = reminders.NewReminder("call", today)
        model.typed[reminders.add(base, contact, new)] = contact
    elif act == "call" and model.typed:
        number = sorted(model.typed)[which % len(model.typed)]
        del model.typed[number]
        reminders.done(base, [number], today, "olga")
    elif act == "lead":
        talk(base, model, contact, today)
    elif act == "birthday":
        model.birthdays[contact] = day.isoformat()
        sql = "update contact set birthday = ? where id = ?"
        base.execute(sql, (day.isoformat(), contact))
    elif act in {"move", "drop"} and model.things:
        thing = sorted(model.things)[which % len(model.things)]
        part(base, model, today, thing, contact if act == "move" else None)
    elif act in {"value", "clear"} and model.values:
        number, owner = sorted(model.values)[which % len(model.values)]
        put(base, model, number, owner, day if act == "value" else None)


def deal(base: Base, model: Model, today: date, key: Key, step: tuple[Any, ...]) -> None:
    """Let something listed be done, skipped or put off."""
    _gap, act, which, _day = step
    each = model.kept[key]
    if act == "snooze":
        each.listed_on, each.snoozed = today + timedelta(1 + which), True
        reminders.snooze(base, [each.number], today, to=each.listed_on, by=None)
        return
    model.deal(key, today, done=act == "done")
    if act == "done":
        reminders.done(base, [each.number], today, "olga")
    else:
        reminders.skip(base, [each.number], today)


def part(base: Base, model: Model, today: date, thing: int, contact: int | None) -> None:
    """Let a thing go to a contact, or be dropped."""
    if contact is None:
        model.drop(thing)
        things.drop(base, thing, today)
    else:
        model.move(thing, contact)
        things.edit(base, thing, things.Changes(to=contact), today)


def talk(base: Base, model: Model, contact: int, today: date) -> None:
    """Let a contact have an open lead, or lose it."""
    if contact in model.leads:
        model.leads.remove(contact)
        sql = "update lead set state = 'lost', closed_on = ?, lost_reason = 'price' where contact_id = ?"
    else:
        model.leads.add(contact)
        sql = (
            "insert into lead (stage_id, temperature, opened_on, contact_id) "
            "values (1, 'cold', ?, ?)"
        )
    base.execute(sql, (today.isoformat(), contact))


def compare(base: Base, model: Model, today: date) -> None:
    """Hold what the base lists on a day against the model, numbers and all."""
    table = due.listing(base, today, today)
    rows = list(table.rows)
    typed = {row[0]: row[3] for row in rows if row[0] in model.typed}
    assert typed == model.typed
    keys, whys = {}, {}
    kept = all_keys(base)
    assert len(set(kept.values())) == len(kept)
    assert set(kept.values()) == model.kept.keys()
    for row in (each for each in rows if each[0] not in typed):
        key = kept[row[0]]
        keys[key], whys[key] = row[0], row[11]
        each = model.kept[key]
        shown = max(key[2], each.listed_on)
        assert (row[1], row[3]) == (shown.isoformat(), each.contact)
        assert row[2] == max(0, (today - shown).days)
        assert row[5] == (None if key[1] > 0 else f"T{-key[1]}")
        assert row[10] == (f"rule {key[0]}" if key[1] > 0 else f"T{-key[1]}: rule {key[0]}")
    assert len(keys) + len(typed) == len(rows)
    assert whys == model.shown(today)
    held = len(model.held(today))
    verb, days = (
        "is" if held == 1 else "are",
        "1 day" if model.pause == 1 else f"{model.pause} days",
    )
    note = f"{held} more {verb} held back by contact.pause ({days})."
    assert table.notes == ([note] if held else [])
    number_all(base, model, today)


def number_all(base: Base, model: Model, today: date) -> None:
    """Take down the numbers of what is open, shown or not."""
    sql = "select id from reminder where state = 'open' and listed_on <= ?"
    listed = {number for (number,) in base.execute(sql, (today.isoformat(),))}
    keys = {key: number for number, key in all_keys(base).items() if number in listed}
    assert keys.keys() == model.listed(today)
    for key, number in keys.items():
        # A number is for life, and nobody else's.
        assert model.kept[key].number in {0, number}
        model.kept[key].number = number


def all_keys(base: Base) -> dict[int, Key]:
    """Return what is kept of rules by number, open or closed."""
    sql = (
        "select id, rule_id, coalesce(-thing_id, contact_id), due_on "
        "from reminder where rule_id is not null"
    )
    return {
        number: (rule, owner, date.fromisoformat(day))
        for number, rule, owner, day in base.execute(sql)
    }


PEOPLE = st.lists(
    st.tuples(
        BIRTHDAYS,
        st.none() | SHIFTED | LONG_AGO,
        st.none() | NEAR,
        st.lists(st.none() | NEAR | SHIFTED | LONG_AGO, max_size=2),
    ),
    min_size=1,
    max_size=5,
)


def live(shop: Shop, model: Model, people: list[Any], rules: list[Rule], story: Story) -> None:
    """Let a story happen in a base and in the model, and compare them day by day."""
    base, today = shop.connect(), story.begins
    with write(base, ACT, dry_run=True):
        enter(base, model, people, rules)
        for step in story.steps:
            today += timedelta(step[0])
            occurrences.bring(base, today)
            model.visit(today)
            assert not occurrences.pending(base, today)
            compare(base, model, today)
            before = base.total_changes
            occurrences.bring(base, today)  # cron ran twice
            assert base.total_changes == before
            meddle(base, model, today, step)
    base.close()


@given(
    people=PEOPLE,
    rules=st.lists(RULES, max_size=4),
    pause=st.sampled_from([0, 1, 14, 14, 40]),
    story=st.builds(Story, NEAR, st.lists(STEPS, min_size=1, max_size=14)),
)
def test_each_occurrence_is_listed_from_its_day_until_it_is_done_or_expires(
    shop: Shop, people: list[Any], rules: list[Rule], pause: int, story: Story
) -> None:
    live(shop, Model(pause=pause), people, rules, story)


# A few weeks in which a contact is told something again and again.
BUSY = date(2025, 6, 1)
SOON = st.integers(0, 30).map(lambda days: BUSY + timedelta(days))


@given(
    people=st.lists(
        st.tuples(SOON.map(lambda day: f"--{day:%m-%d}"), SOON, SOON, st.lists(SOON, max_size=2)),
        min_size=1,
        max_size=2,
    ),
    rules=st.lists(
        st.builds(
            Rule,
            field=st.sampled_from([1, 1, 2, OF_THINGS, None]),
            yearly=st.just(value=False),
            before=st.integers(0, 4),
            expires=st.sampled_from([1, 2, 3, 3, 6, None]),
            made_on=st.sampled_from([BUSY, BUSY, BUSY + timedelta(9)]),
        ),
        min_size=2,
        max_size=4,
    ),
    pause=st.sampled_from([1, 3, 5, 14]),
    story=st.builds(
        Story,
        st.just(BUSY),
        st.lists(
            st.tuples(
                st.integers(0, 6),
                st.sampled_from(["", "done", "done", "value", "type", "call", "move"]),
                st.integers(0, 5),
                SOON,
            ),
            min_size=4,
            max_size=20,
        ),
    ),
)
def test_what_comes_once_does_not_expire_in_a_pause(
    shop: Shop, people: list[Any], rules: list[Rule], pause: int, story: Story
) -> None:
    live(shop, Model(pause=pause), people, rules, story)


def test_two_pauses_make_no_second_occurrence(shop: Shop) -> None:
    base, model = shop.connect(), Model(pause=14)
    service = Rule(1, yearly=False, before=0, expires=3, made_on=BUSY)
    with write(base, ACT, dry_run=True):
        enter(base, model, [(None, BUSY, None, [])], [service, replace(service, field=2)])
        for days in (2, 10):
            done_on = (BUSY + timedelta(days)).isoformat()
            base.execute(
                "insert into reminder (contact_id, rule_id, due_on, listed_on, what, state, closed_on) "
                "values (1, 2, :day, :day, 'x', 'done', :day)",
                {"day": done_on},
            )
        found = occurrences.drift(base, BUSY + timedelta(15))
    base.close()
    assert found == [(None, 1, 1, None, "2025-06-01", "2025-06-01")]


@given(
    people=PEOPLE,
    rules=st.lists(RULES, min_size=1, max_size=4),
    done=st.sets(st.integers(0, 9)),
    today=NEAR,
    ahead=st.integers(1, 500) | st.integers(1, 20),
)
def test_the_list_of_a_day_to_come_is_what_that_day_will_list(
    shop: Shop, people: list[Any], rules: list[Rule], done: set[int], today: date, ahead: int
) -> None:
    base, model, later = shop.connect(), Model(pause=14), today + timedelta(ahead)
    with write(base, ACT, dry_run=True):
        enter(base, model, people, rules)
        occurrences.bring(base, today)
        new = base.one("select coalesce(max(id), 0) from reminder")
        numbers = [row[0] for row in due.listing(base, today, today).rows]
        reminders.done(base, [numbers[n] for n in done if n < len(numbers)], today, "olga")
        ahead_of_it = due.listing(base, later, today)
        foreseen = list(ahead_of_it.rows)
        occurrences.bring(base, later)
        on_the_day = due.listing(base, later, later)
        came = list(on_the_day.rows)
    base.close()
    assert ahead_of_it.notes == on_the_day.notes
    assert sorted(tuple(row[1:]) for row in foreseen) == sorted(tuple(row[1:]) for row in came)
    unnumbered = [row for row in foreseen if row[0] is None]
    assert len(unnumbered) == sum(row[0] > new for row in came)


@given(people=PEOPLE, rules=st.lists(RULES, min_size=1, max_size=1), days=st.integers(1, 60))
def test_a_new_rule_tells_how_much_it_makes_due(
    shop: Shop, people: list[Any], rules: list[Rule], days: int
) -> None:
    base, model, today = shop.connect(), Model(), rules[0].made_on
    with write(base, ACT, dry_run=True):
        enter(base, model, people, rules)
        (number,) = model.rules
        told = occurrences.coming(base, number, today, days)
    base.close()
    now = model.yields(today)
    past = {key for key in now if key[2] < today}
    soon = {key for n in range(1, days + 1) for key in model.yields(today + timedelta(n))} - now
    assert told == (len(now), len(past), len(soon))
