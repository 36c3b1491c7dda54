"""Make the sample shop: contacts.csv and sales.csv beside this file.

A pet shop with a grooming table, invented: two years of sales up to 2026-11-20. Phones are of
the 555-01xx range, e-mails of example.com: neither can belong to anybody. The same every time.
"""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from clientbase.demo import shop

HERE = Path(__file__).parent
FIRST_DAY, LAST_DAY = date(2024, 11, 20), date(2026, 11, 20)
CONTACTS = 420


def main() -> None:
    """Write both files."""
    chance = random.Random(20261121)  # noqa: S311 - a sample, not a secret
    people = [_person(number, chance) for number in range(1, CONTACTS + 1)]
    sales = sorted(
        (row for person in people for row in _sales(person, chance)),
        key=lambda row: (row["date"], row["client_id"]),
    )
    _write("contacts.csv", people)
    _write("sales.csv", _with_refs(sales))


def _person(number: int, chance: random.Random) -> dict[str, object]:
    first, last = chance.choice(shop.FIRST), chance.choice(shop.LAST)
    area, line = shop.AREAS[number % len(shop.AREAS)], 100 + number // len(shop.AREAS)
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
    tags = ["club"] if chance.random() < 0.2 else []
    return {
        "client_id": f"C{number:04}",
        "name": f"{first} {last}",
        "phone": f"({area}) 555-0{line}",
        "email": f"{first}.{last}{number}@example.com".lower() if chance.random() < 0.7 else "",
        "city": chance.choice(shop.CITIES),
        "birthday": born.isoformat() if chance.random() < 0.6 else "",
        "channel": chance.choices(shop.CHANNELS, shop.CHANNEL_SHARES)[0],
        "tags": ", ".join(tags),
        "animal": chance.choices(shop.ANIMALS, shop.ANIMAL_SHARES)[0],
    }


def _sales(person: dict[str, object], chance: random.Random) -> list[dict[str, object]]:
    if chance.random() < 0.12:  # asked, and never bought
        return []
    _, gap, visits = chance.choices(shop.HABITS, [habit[0] for habit in shop.HABITS])[0]
    span = (LAST_DAY - FIRST_DAY).days
    day = FIRST_DAY + timedelta(days=int(span * chance.random() ** 1.4))
    rows: list[dict[str, object]] = []
    visit = 0
    while day <= LAST_DAY and (visits == 0 or visit < visits):
        rows += _visit(person, day, chance)
        visit += 1
        day += timedelta(days=max(1, round(chance.gauss(gap or 1, (gap or 1) / 5))))
    return rows


def _visit(person: dict[str, object], day: date, chance: random.Random) -> list[dict[str, object]]:
    wanted = [goods for goods in shop.GOODS if goods.animal == person["animal"]]
    basket = chance.sample(wanted, min(len(wanted), chance.choices((1, 2, 3), (6, 3, 1))[0]))
    return [
        {
            "ref": "",
            "date": day.isoformat(),
            "client_id": person["client_id"],
            "name": person["name"],
            "product": product,
            "category": category,
            "quantity": quantity,
            "price": f"{price / 100:.2f}",
            "amount": f"{price * quantity / 100:.2f}",
        }
        for product, category, price, *_ in basket
        for quantity in [chance.choices((1, 2), (8, 1))[0]]
    ]


def _with_refs(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Give each row its receipt: what one client bought on one day is one."""
    known: dict[tuple[object, object], str] = {}
    for row in rows:
        key = (row["date"], row["client_id"])
        row["ref"] = known.setdefault(key, f"R{len(known) + 1:05}")
    return rows


def _write(name: str, rows: list[dict[str, object]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
