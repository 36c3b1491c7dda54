"""What is to be done, on a narrow screen."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

from clientbase.followup import due
from clientbase.render import Look, write

if TYPE_CHECKING:
    from shop import Shop

TODAY = date(2026, 11, 21)


def test_80_columns_show_whom_to_call_what_for_when_and_why(shop: Shop) -> None:
    shop.ok("field", "add", "next_vaccination", "--type", "date", "-q")
    card = ("contact", "add", "Konstantin Abramov", "--phone", "+79161234567", "-q")
    shop.ok(*card, "--hours", "10-12", "--field", "next_vaccination=2026-11-09")
    rule = ("--field", "next_vaccination", "--how", "phone", "--what", "ask about vaccination")
    shop.ok("remind", "rule", "add", "vaccination", *rule, "-q")
    shop.ok("remind", "due")
    base = shop.connect()
    table = due.listing(base, TODAY, TODAY)
    base.close()
    out = io.StringIO()
    look = Look("USD", "US", 2, width=80, rich=True, today=TODAY.isoformat())
    write(table, "table", out, look)
    lines = out.getvalue().splitlines()
    rows = [line.strip("│").split("│") for line in lines if line.startswith("│")]
    seen = {" ".join(" ".join(parts).split()) for parts in zip(*rows, strict=True)}
    assert seen == {
        "reminder id 1",
        "due 12 days ago",
        "name Konstantin Abramov",
        "phone +79161234567",
        "what ask about vaccination",
        "why next_ vaccination 12 days ago",
    }
    assert {len(line) for line in lines if line.startswith("│")} == {80}
