"""Make a file of sales like those of real shops, the same each time: `generate.py ROWS FILE`.

A tenth as many clients as lines. Names in Cyrillic and Latin letters, phones in many layouts
(half of the clients are typed in more than one), e-mails for most, four years of days, amounts
spread as amounts are, and clients who buy as unequally as clients do.
"""

from __future__ import annotations

import csv
import random
import sys
from datetime import date, timedelta
from pathlib import Path

SEED = 20_261_121
LAST = date(2026, 11, 20)
DAYS = 4 * 365

FIRST = (
    "Иван Пётр Мария Анна Ольга Сергей Дмитрий Елена Наталья Алексей Юлия Андрей Ирина Михаил "
    "Татьяна Артём Светлана Николай Екатерина Павел John Mary Peter Anna James Linda Robert "
    "Susan"
)
LAST_NAMES = (
    "Иванов Петров Сидоров Кузнецов Смирнов Попов Васильев Соколов Михайлов Новиков Фёдоров "
    "Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Smith Johnson "
    "Brown Taylor Miller Wilson Moore Clark Lewis Walker Hall Young King Wright Hill Scott "
    "Green Adams"
)
SITES = ("mail.ru", "yandex.ru", "gmail.com", "bk.ru", "example.com.ru", "inbox.ru")
PRODUCTS = [
    f"{what} {size}"
    for what in ("Корм", "Шампунь", "Стрижка", "Filter", "Service")
    for size in range(1, 61)
]
CODES = ("901", "903", "905", "910", "912", "916", "921", "926", "950", "964", "985", "999")
LAYOUTS = (
    "+7{c}{a}{b}{d}",
    "8{c}{a}{b}{d}",
    "7{c}{a}{b}{d}",
    "{c}{a}{b}{d}",
    "+7 {c} {a}-{b}-{d}",
    "+7 ({c}) {a}-{b}-{d}",
    "8 ({c}) {a}-{b}-{d}",
    "8({c}){a}{b}{d}",
    "8-{c}-{a}-{b}-{d}",
    "8 {c} {a} {b} {d}",
    "{c} {a} {b} {d}",
    "{c}-{a}-{b}-{d}",
    "+7.{c}.{a}.{b}.{d}",
    "+7-{c}-{a}-{b}-{d}",
    "8 {c} {a}-{b}-{d}",
    "+7\u00a0{c}\u00a0{a}-{b}-{d}",
    "7 ({c}) {a} {b} {d}",
    " +7 {c} {a}{b}{d} ",
)


def client(number: int, chance: random.Random) -> tuple[str, list[str], str]:
    """Return the name, the spellings of the phone, and the e-mail of one client."""
    name = f"{chance.choice(FIRST.split())} {chance.choice(LAST_NAMES.split())}"
    parts = {
        "c": CODES[number % len(CODES)],
        "a": f"{number // 10_000 % 900 + 100:03}",
        "b": f"{number // 100 % 100:02}",
        "d": f"{number % 100:02}",
    }
    spellings = chance.sample(LAYOUTS, chance.choice((1, 2)))
    phones = [layout.format(**parts) for layout in spellings]
    email = f"client{number}@{chance.choice(SITES)}" if chance.random() < 0.85 else ""
    return name, phones, email


def main(rows: int, file: Path) -> None:
    """Write so many lines of sales."""
    chance = random.Random(SEED)  # noqa: S311 - the same numbers each time are the point
    clients = [client(number, chance) for number in range(max(1, rows // 10))]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("order_id", "date", "name", "phone", "email", "product", "amount"))
        for number in range(1, rows + 1):
            which = min(
                int(chance.paretovariate(1.16) * 0.4 * chance.random() * len(clients) / 4),
                len(clients) - 1,
            )
            if number <= len(clients):
                which = number - 1  # each buys at least once
            name, phones, email = clients[which]
            day = LAST - timedelta(days=chance.randrange(DAYS))
            amount = f"{chance.lognormvariate(7, 0.9):.2f}"
            writer.writerow(
                (number, day, name, chance.choice(phones), email, chance.choice(PRODUCTS), amount)
            )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
