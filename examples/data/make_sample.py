"""Make the sample shop: contacts.csv and sales.csv beside this file.

A pet shop with a grooming table, invented: two years of sales up to 2026-11-20. Phones are of
the 555-01xx range, e-mails of example.com: neither can belong to anybody. The same every time.
"""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
FIRST_DAY, LAST_DAY = date(2024, 11, 20), date(2026, 11, 20)
CONTACTS = 420

FIRST = """Ada Agnes Alice Amber Anna Anton Arthur Beatrice Ben Bruno Carla Cecil Chloe Clara
Daniel Diana Dora Edgar Edith Elena Eli Emma Ernest Esther Eva Felix Flora Frank Frida George
Gloria Grace Hannah Harold Hazel Helen Henry Hugo Ida Irene Iris Ivan Jack Jane Jonas Julia Karl
Kate Laura Leo Lily Louis Lucy Mara Marta Max Mia Mila Nadia Nina Nora Olga Oscar Otto Paula Peter
Rita Rosa Ruth Sam Sara Simon Sofia Stella Theo Tina Vera Victor Walter Zoe""".split()
LAST = """Abbott Adler Archer Baker Barlow Becker Bell Bishop Blake Boyd Brandt Brooks Burke Carver
Chapman Clarke Cole Conrad Cooper Crane Cross Dale Dawson Dean Drake Eaton Ellis Farrow Fischer
Fletcher Foster Frost Gale Garner Gibson Grant Gray Hale Harper Hart Hayes Hill Holt Horn Hunt
Ingram Jarvis Keller Kemp King Lambert Lane Lang Lowe Marsh Mason Mercer Miller Moss Nash Newman
Nolan North Page Parker Penn Pike Porter Price Quinn Reed Rhodes Rowe Shaw Sharp Stone Summers
Thorn Turner Vance Wade Walsh Ward Webb West Wolf Wood York""".split()
CITIES = ("New York", "Brooklyn", "Queens", "Hoboken", "Yonkers")
CHANNELS = ("walk-in", "site", "referral", "instagram", "flyer")
AREAS = ("212", "646", "718", "917", "347")

# Product, category, price in cents, which animal buys it.
GOODS = (
    ("Dry food 10 kg", "food", 5490, "dog"),
    ("Dry food 2 kg", "food", 1890, "dog"),
    ("Cat food 4 kg", "food", 3290, "cat"),
    ("Wet food, 12 cans", "food", 1990, "cat"),
    ("Cat litter 10 l", "care", 1290, "cat"),
    ("Shampoo", "care", 1150, "dog"),
    ("Grooming", "service", 6500, "dog"),
    ("Claw trimming", "service", 1800, "cat"),
    ("Leash", "things", 2400, "dog"),
    ("Scratching post", "things", 4900, "cat"),
    ("Bird seed 1 kg", "food", 790, "bird"),
    ("Cage", "things", 8900, "bird"),
)

# How a client buys: share of all, days between visits, visits before they stop (0: never).
HABITS = (
    ("once", 0.38, 0, 1),
    ("now and then", 0.27, 150, 3),
    ("monthly", 0.20, 31, 0),
    ("stopped", 0.15, 45, 5),
)


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
    first, last = chance.choice(FIRST), chance.choice(LAST)
    area, line = AREAS[number % len(AREAS)], 100 + number // len(AREAS)
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
    tags = ["club"] if chance.random() < 0.2 else []
    return {
        "client_id": f"C{number:04}",
        "name": f"{first} {last}",
        "phone": f"({area}) 555-0{line}",
        "email": f"{first}.{last}{number}@example.com".lower() if chance.random() < 0.7 else "",
        "city": chance.choice(CITIES),
        "birthday": born.isoformat() if chance.random() < 0.6 else "",
        "channel": chance.choices(CHANNELS, (5, 3, 3, 2, 1))[0],
        "tags": ", ".join(tags),
        "animal": chance.choices(("dog", "cat", "bird"), (5, 4, 1))[0],
    }


def _sales(person: dict[str, object], chance: random.Random) -> list[dict[str, object]]:
    if chance.random() < 0.12:  # asked, and never bought
        return []
    _, _, gap, visits = chance.choices(HABITS, [habit[1] for habit in HABITS])[0]
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
    wanted = [goods for goods in GOODS if goods[3] == person["animal"]]
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
        for product, category, price, _ in basket
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
