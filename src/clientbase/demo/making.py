"""The invented shop: a little more than two years, written day by day as its owner would."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from clientbase.demo import shop
from clientbase.facts import segments
from clientbase.followup import reminders, steps
from clientbase.funnel import enquiry, leads, reasons, stages
from clientbase.money import plain
from clientbase.people import activities, contacts, leaving, spending, stops, things
from clientbase.sales import products, refunds, sales

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from clientbase.db.connection import Base

SEED = 20_261_121
CONTACTS = 320
DAYS = 770  # twelve whole months, and the year before them
OPEN, LOST = 26, 34  # enquiries that are open now, and that came to nothing
SETTLED = 4  # contacts of whom something out of the ordinary is known
DECIMALS = 2


class Event(NamedTuple):
    """Something that happens on a day; of one day in the order of `place`."""

    day: date
    place: int
    act: Callable[[], object]


@dataclass(eq=False, slots=True)
class Client:
    """Somebody of the shop; `contact` is the number in the base once there is one."""

    number: int
    name: str
    animal: str
    manager: str
    contact: int = 0
    lead: int = 0
    bought: list[int] = field(default_factory=list)

    @property
    def phone(self) -> str:
        """A number that is kept for fiction."""
        area = shop.AREAS[self.number % len(shop.AREAS)]
        return f"({area}) 555-0{100 + self.number // len(shop.AREAS)}"


class Maker:
    """Writes the shop's life into a base inside its transaction."""

    def __init__(self, base: Base, today: date, who: str) -> None:
        """Take a new base with its stages, the day on which all ends, and who did it."""
        self.base = base
        self.today = today
        self.who = who
        self.first_day = today - timedelta(days=DAYS)
        self.chance = random.Random(SEED)  # noqa: S311 - lifelike, not secret
        # Apart from the first, so that what came later draws the same people and purchases.
        self.later_chance = random.Random(SEED + 1)  # noqa: S311 - as above
        self.stages = [stage.name for stage in stages.all_stages(base)]
        self.known: list[Client] = []

    def make(self) -> None:
        """Let everything happen in the order of time."""
        clients = [self._client(number) for number in range(CONTACTS)]
        events = [event for client in clients for event in self._life(client)]
        for event in sorted(events, key=lambda event: event[:2]):
            event.act()
        for goods in shop.GOODS:
            lasts = f"{goods.lasts}d" if goods.lasts else ""
            products.edit(self.base, goods.name, products.Said(None, goods.category, lasts))
        for name, rule in shop.SEGMENTS:
            segments.define(self.base, name, rule, self.today)
        self._plan(clients[:OPEN])
        self._detour(clients[:OPEN], clients[OPEN : OPEN + LOST])
        self._spend()
        self._settle(self.known[:: CONTACTS // SETTLED])

    def _often(self, share: float) -> bool:
        """Say yes in such a share of all cases."""
        return self.chance.random() < share

    def _client(self, number: int) -> Client:
        chance = self.chance
        name = f"{chance.choice(shop.FIRST)} {chance.choice(shop.LAST)}"
        animal = chance.choices(shop.ANIMALS, shop.ANIMAL_SHARES)[0]
        return Client(number, name, animal, chance.choice(shop.MANAGERS))

    def _life(self, client: Client) -> Iterator[Event]:
        """Yield the enquiry that brings somebody in, and what comes of it."""
        if client.number < OPEN:
            yield from self._open(client)
        elif client.number < OPEN + LOST:
            yield from self._lost(client)
        else:
            yield from self._buying(client)

    def _open(self, client: Client) -> Iterator[Event]:
        """Somebody got in touch lately and is on the way to a purchase."""
        stage = client.number % len(self.stages)
        age = stage * 6 + self.chance.randrange(1 + 3 * stage, 8 + 4 * stage)
        day = self.today - timedelta(days=age)
        yield Event(day, client.number, partial(self._enquire, client, day))
        for step in range(1, stage + 1):
            moved = day + timedelta(days=step * age // (stage + 2))
            yield Event(moved, client.number, partial(self._advance, client, moved))

    def _lost(self, client: Client) -> Iterator[Event]:
        """Somebody got in touch and did not buy."""
        day = self.first_day + timedelta(days=self.chance.randrange(DAYS - 60))
        yield Event(day, client.number, partial(self._enquire, client, day))
        if self._often(0.5):
            moved = day + timedelta(days=self.chance.randrange(1, 9))
            yield Event(moved, client.number, partial(self._advance, client, moved))
        lost = day + timedelta(days=self.chance.randrange(10, 50))
        yield Event(lost, client.number, partial(self._lose, client, lost))

    def _buying(self, client: Client) -> Iterator[Event]:
        """Somebody got in touch and bought, once or again and again."""
        chance = self.chance
        _share, gap, visits = chance.choices(shop.HABITS, [habit[0] for habit in shop.HABITS])[0]
        day = self.first_day + timedelta(days=int(DAYS * chance.random() ** 1.4))
        yield Event(day, client.number, partial(self._enquire, client, day))
        asked, visit = day, 0
        day += timedelta(days=chance.randrange(6))
        yield from self._courting(client, asked, min(day, self.today))
        while day <= self.today and (visits == 0 or visit < visits):
            yield Event(day, client.number, partial(self._sell, client, day))
            if self._often(0.08):
                said, direction = chance.choice(shop.CALLS)
                call = activities.NewActivity(said, day, "call", direction)
                yield Event(day, client.number, partial(self._log, client, call))
            visit += 1
            day += timedelta(days=max(1, round(chance.gauss(gap or 1, (gap or 1) / 5))))

    def _courting(self, client: Client, asked: date, bought: date) -> Iterator[Event]:
        """Lead somebody on towards the first purchase, on days up to it."""
        count = self.later_chance.randrange(len(self.stages))
        for day in sorted(self.later_chance.choices(range((bought - asked).days + 1), k=count)):
            moved = asked + timedelta(days=day)
            yield Event(moved, client.number, partial(self._advance, client, moved))

    def _enquire(self, client: Client, day: date) -> None:
        chance = self.chance
        channel = chance.choices(shop.CHANNELS, shop.CHANNEL_SHARES)[0]
        wants, worth = chance.choice(shop.WISHES)
        is_open = client.number < OPEN
        new = leads.NewLead(
            day,
            channel=channel,
            manager=client.manager,
            wants=wants if is_open or self._often(0.3) else None,
            expects=plain(worth, DECIMALS) if is_open else None,
        )
        email = f"{client.name.replace(' ', '.')}{client.number}@example.com".lower()
        emails = (email,) if self._often(0.7) else ()
        caller = enquiry.Caller(client.name, (client.phone,), emails)
        answer = enquiry.enquire(self.base, caller, new, day, self.who)
        client.contact, client.lead = answer.contact_id, answer.lead_id
        self._describe(client, channel, day)
        self.known.append(client)

    def _describe(self, client: Client, channel: str, day: date) -> None:
        """Write down what the shop learns of somebody: city, birthday, who sent them, pets."""
        chance = self.chance
        born = self.today - timedelta(days=chance.randrange(7_500, 26_000))
        sender = chance.choice(self.known) if channel == "referral" and self.known else None
        said = contacts.NewContact(
            None,
            city=chance.choice(shop.CITIES),
            birthday=born.isoformat() if self._often(0.6) else None,
            manager=client.manager,
            referred_by=str(sender.contact) if sender else None,
            tags=("club",) if self._often(0.2) else (),
        )
        contacts.edit(self.base, client.contact, contacts.Changes(said), day)
        for _pet in range(chance.choices((1, 2), (4, 1))[0]):
            self._add_pet(client, day)

    def _advance(self, client: Client, day: date) -> None:
        step = leads.Step(day, self.who)
        leads.advance(self.base, client.lead, None, step, day)

    def _lose(self, client: Client, day: date) -> None:
        reason = reasons.read(self.chance.choice(shop.REASONS), None)
        leads.lose(self.base, client.lead, reason, leads.Step(day, self.who), day)

    def _sell(self, client: Client, day: date) -> None:
        chance = self.chance
        wanted = [goods for goods in shop.GOODS if goods.animal == client.animal]
        basket = chance.sample(wanted, min(len(wanted), chance.choices((1, 2, 3), (6, 3, 1))[0]))
        items = [
            f"{goods.name} x{chance.choices((1, 2), (8, 1))[0]} @ {plain(goods.price, DECIMALS)}"
            for goods in basket
        ]
        promo = shop.PROMO if self._often(0.05) else None
        new = sales.NewSale(day, items=tuple(items), promo=promo)
        done = sales.record(self.base, sales.Buyer(f"no:{client.contact}"), new, day, self.who)
        client.bought.append(done.sale_id)
        if self._often(0.02):
            back = refunds.NewRefund(day, None, shop.BACK)
            refunds.refund_sale(self.base, done.sale_id, back, day)

    def _log(self, client: Client, call: activities.NewActivity) -> None:
        activities.log(self.base, client.contact, call, call.happened_on, self.who)

    def _plan(self, clients: Iterable[Client]) -> None:
        """Write down what is to be done next, for most of the open leads."""
        for client in clients:
            if self._often(0.6):
                due_on = self.today + timedelta(days=self.chance.randrange(7))
                step = steps.NextStep(self.chance.choice(shop.STEPS), due_on)
                steps.plan(self.base, client.lead, step, self.today)

    def _detour(self, on_the_way: Sequence[Client], lost: Sequence[Client]) -> None:
        """Let leads skip a stage, go back and be opened again."""
        step = leads.Step(self.today, self.who)
        # They stand at the stages in turn.
        leads.advance(self.base, on_the_way[0].lead, self.stages[2], step, self.today)
        at_the_end = on_the_way[len(self.stages) - 1]
        leads.back(self.base, at_the_end.lead, self.stages[1], step, self.today)
        leads.reopen(self.base, lost[0].lead, None, step, self.today)

    def _spend(self) -> None:
        """Write down what the channels cost, month by month."""
        month = self.first_day.replace(day=1)
        while month <= self.today:
            for channel, cents in shop.SPENDING:
                amount = plain(round(cents * self.later_chance.uniform(0.7, 1.3)), DECIMALS)
                spending.put(self.base, channel, amount, f"{month:%Y-%m}", self.today)
            month = (month + timedelta(31)).replace(day=1)

    def _settle(self, clients: Sequence[Client]) -> None:
        """Let some moved away, some wish for no mail, and one call be missed."""
        moved, mailed, called, *_rest = [client.contact for client in clients]
        leaving.leave(self.base, [moved], shop.MOVED, self.today, self.today)
        stops.stop(self.base, [mailed], ["email"], self.today)
        missed = self.today - timedelta(days=3)
        new = reminders.NewReminder(shop.MISSED, missed, how="phone")
        reminders.add(self.base, called, new)

    def _add_pet(self, client: Client, day: date) -> None:
        """Give somebody a pet, whose vaccination is a year after the last one."""
        chance = self.chance
        born = day - timedelta(days=chance.randrange(90, 3_500))
        said = [
            ("animal", client.animal),
            ("breed", chance.choice(shop.BREEDS[client.animal])),
            ("born", born.isoformat()),
        ]
        if client.animal != "bird" and self._often(0.5):
            vaccinated = self.today + timedelta(days=chance.randrange(-4, 361))
            said.append(("next_vaccination", vaccinated.isoformat()))
        new = things.NewThing("pet", chance.choice(shop.PETS), tuple(said))
        things.add(self.base, client.contact, new, self.today)
