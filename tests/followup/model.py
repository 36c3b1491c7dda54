"""What `remind due` is to list, said again in plain days and sets that know nothing of SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

YEARS = range(2019, 2041)
OF_THINGS = 3  # the field that things have

# Whose a date is: a contact by its number, a thing by its number with a minus.
Owner = int
Key = tuple[int, Owner, date]  # the rule, whose, and the day


@dataclass(frozen=True)
class Rule:
    """A rule as the model knows it; `field` is None for birthdays.

    `every` is by how many months the date moves on when it is done, for what comes once.
    """

    field: int | None
    yearly: bool
    before: int
    expires: int | None
    made_on: date
    every: int | None = None


@dataclass
class Kept:
    """What the model remembers of an occurrence."""

    listed_on: date
    contact: int
    number: int = 0
    closed: bool = False
    snoozed: bool = False
    done_on: date | None = None


@dataclass
class Model:
    """Contacts by number with their birthdays and fields, rules by number, what was listed.

    `typed` are open reminders typed by hand: whose they are, by number. `things` tells whose each
    thing is, by its number; dropped ones are not there.
    """

    pause: int = 0
    leads: set[int] = field(default_factory=set)
    typed: dict[int, int] = field(default_factory=dict)
    rules: dict[int, Rule] = field(default_factory=dict)
    birthdays: dict[int, str | None] = field(default_factory=dict)
    things: dict[int, int] = field(default_factory=dict)
    values: dict[tuple[int, Owner], date] = field(default_factory=dict)
    kept: dict[Key, Kept] = field(default_factory=dict)

    def contact(self, owner: Owner) -> int:
        """Return the contact that a date is of now."""
        return owner if owner > 0 else self.things[-owner]

    def move(self, thing: int, contact: int) -> None:
        """Give a thing to another contact; what is open goes with it."""
        self.things[thing] = contact
        for (_rule, owner, _day), each in self.kept.items():
            if owner == -thing and not each.closed:
                each.contact = contact

    def drop(self, thing: int) -> None:
        """Drop a thing; what is open for it goes, or is skipped where it was put off by hand."""
        del self.things[thing]
        self.values = {key: day for key, day in self.values.items() if key[1] != -thing}
        gone = [key for key, each in self.kept.items() if key[1] == -thing and not each.closed]
        for key in gone:
            if self.kept[key].snoozed:
                self.kept[key].closed = True
            else:
                del self.kept[key]

    def deal(self, key: Key, today: date, *, done: bool) -> None:
        """Let a listed one be done or skipped; where its rule says so, the date moves on."""
        each, rule = self.kept[key], self.rules[key[0]]
        each.closed, each.done_on = True, today if done else None
        if rule.every is None or rule.field is None:
            return
        if self.values.get((rule.field, key[1])) != key[2]:
            return
        times = 1
        begins = today if done else key[2]
        while begins + relativedelta(months=rule.every * times) <= today:
            times += 1
        self.values[rule.field, key[1]] = begins + relativedelta(months=rule.every * times)

    def days(self, rule: Rule) -> set[tuple[Owner, date]]:
        """Return every day that a rule could ever mean, with whose it is."""
        if rule.field is None:
            return {
                (contact, day)
                for contact, born in self.birthdays.items()
                if born
                for year in YEARS
                if born.startswith("--") or year > int(born[:4])
                for day in [in_year(int(born[-5:-3]), int(born[-2:]), year)]
            }
        dates = [(owner, day) for (f, owner), day in self.values.items() if f == rule.field]
        if not rule.yearly:
            return set(dates)
        anniversaries = {
            (owner, in_year(day.month, day.day, year)) for owner, day in dates for year in YEARS
        }
        return {(owner, day) for owner, day in anniversaries if day >= dict(dates)[owner]}

    def yields(self, today: date) -> set[Key]:
        """Return what the rules mean to be listed on a day, whatever was done about it."""
        return {
            (number, owner, day)
            for number, rule in self.rules.items()
            for owner, day in self.days(rule)
            if (day >= rule.made_on or not rule.yearly)
            and day - timedelta(rule.before) <= today
            and self.lasts(rule, self.contact(owner), day, today)
        }

    def pauses(self, contact: int) -> set[date]:
        """Return every day on which rules are silent about a contact without an open lead."""
        return {
            each.done_on + timedelta(n)
            for each in self.kept.values()
            if each.contact == contact and each.done_on
            for n in range(self.pause)
        }

    def lasts(self, rule: Rule, contact: int, day: date, today: date) -> bool:
        """Tell whether an occurrence has not expired by a day."""
        if rule.expires is None:
            return True
        counted_from, longest = day, timedelta(rule.expires)
        if not rule.yearly:
            for silent in sorted(self.pauses(contact)):
                if silent <= counted_from + longest:
                    counted_from = max(counted_from, silent + timedelta(1))
        return today <= counted_from + longest

    def visit(self, today: date) -> None:
        """Let what has come be kept, and forget what no rule yields and nobody touched."""
        now = self.yields(today)
        for key in now:
            listed_on = key[2] - timedelta(self.rules[key[0]].before)
            self.kept.setdefault(key, Kept(listed_on, self.contact(key[1])))
        for key, each in list(self.kept.items()):
            if key not in now and not each.closed and not each.snoozed:
                del self.kept[key]

    def listed(self, today: date) -> set[Key]:
        """Return what is open on a day, be it shown, named or held back."""
        return {k for k, each in self.kept.items() if not each.closed and each.listed_on <= today}

    def held(self, today: date) -> set[Key]:
        """Return what the pause holds back on a day."""
        return {
            key
            for key in self.listed(today)
            if not self.kept[key].snoozed
            and self.kept[key].contact not in self.leads
            and today in self.pauses(self.kept[key].contact)
        }

    def shown(self, today: date) -> dict[Key, str]:
        """Return what is shown on a day, and why."""
        left = sorted(self.listed(today) - self.held(today), key=self.weakness)
        told = {key: [self.why(key, today)] for key in left if self.by_itself(key)}
        for key in (each for each in left if not self.by_itself(each)):
            contact = self.kept[key].contact
            found = (k for k in told if self.kept[k].contact == contact and not self.by_itself(k))
            first, why = next(found, None), self.why(key, today)
            if first is None:
                told[key] = [why]
            else:
                what = f"rule {key[0]}" if why in told[first] else why
                told[first].append(what if key[1] > 0 else f"T{-key[1]}: {what}")
        return {
            key: "; also: ".join(filter(None, [whys[0], "; ".join(whys[1:])]))
            for key, whys in told.items()
        }

    def by_itself(self, key: Key) -> bool:
        """Tell whether a reminder is shown whatever else there is."""
        return self.kept[key].snoozed or not self.pause

    def weakness(self, key: Key) -> tuple[date, bool, int, int]:
        """Return what sorts the strongest first."""
        return (key[2], self.rules[key[0]].field is not None, key[0], -key[1])

    def why(self, key: Key, today: date) -> str:
        """Return why one reminder is there, as it is worded in English."""
        rule, owner, day = self.rules[key[0]], key[1], key[2]
        name = "birthday" if rule.field is None else f"field {rule.field}"
        away = (day - today).days
        plural = "" if abs(away) == 1 else "s"
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}
        far = f"in {away} day{plural}" if away > 0 else f"{-away} day{plural} ago"
        told = f"{name} {near.get(away, far)}"
        if rule.field is None:
            age = whole_years(self.birthdays[owner] or "--", day)
            return told if age is None else f"{told}, {'turns' if away >= 0 else 'turned'} {age}"
        began = self.values.get((rule.field, owner))
        years = whole_years(began.isoformat(), day) if rule.yearly and began else None
        return f"{told}, {years} year{'' if years == 1 else 's'}" if years else told


def whole_years(since: str, day: date) -> int | None:
    """Return the whole years between two days, the first with a year and before the second."""
    if since.startswith("--"):
        return None
    first = date.fromisoformat(since)
    years = day.year - first.year - (day < in_year(first.month, first.day, day.year))
    return None if years < 0 else years


def in_year(month: int, day: int, year: int) -> date:
    """Return a day in a year; 29 February is the 28th where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)
