from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from clientbase.facts.card import card

if TYPE_CHECKING:
    from shop import Shop

TODAY = date(2026, 11, 21)


@pytest.fixture
def anna(shop: Shop) -> Shop:
    """A client with all that a card may show, and somebody else who must not show on it."""
    shop.ok("field", "add", "animal", "--type", "choice", "--choice", "dog", "--choice", "cat")
    shop.ok("field", "add", "paid", "--type", "money")
    shop.ok("contact", "add", "Иван")
    said = ("--phone", "8 926 123-45-67", "--email", "anna@mail.ru", "--messenger", "vk=anna")
    more = ("--birthday", "14.03.1985", "--field", "animal=dog", "--field", "paid=1200,5")
    core = ("--channel", "Сайт", "--referred-by", "1", "--tag", "club", "--manager", "olga")
    shop.ok("contact", "add", "Анна", *said, *more, *core)
    shop.ok("contact", "edit", "2", "--phone", "123", "--unchecked")
    base = shop.connect()
    base.execute("pragma query_only = off")
    base.executescript(HAPPENED)
    base.close()
    return shop


HAPPENED = """
insert into product (name, name_key) values
    ('Shampoo', 'shampoo'), ('Brush', 'brush'), ('Bowl', 'bowl'), ('Food', 'food');
insert into sale (contact_id, sold_on, amount, ref, note, voided_on, void_reason) values
    (2, '2026-10-05', 90000, 'A-1', 'gift', null, null),
    (2, '2026-10-31', 50000, null, null, null, null),
    (2, '2026-11-10', 70000, null, null, '2026-11-11', 'mistyped'),
    (2, '2024-11-30', 10000, null, null, null, null),
    (1, '2026-11-01', 1, null, null, null, null);
insert into sale_line (sale_id, product_id, quantity, price, amount) values
    (1, 1, 2, '450', 90000), (2, 1, 1, null, 1), (2, 2, 0.5, null, 1), (2, 3, 1, null, 1), (2, 4, 1, null, 1);
insert into refund (contact_id, sale_id, refunded_on, amount, note) values
    (2, 1, '2026-11-02', 10000, 'torn'), (1, null, '2026-11-02', 1, null);
insert into lead (contact_id, state, stage_id, temperature, channel_id, note, opened_on, closed_on, lost_reason) values
    (2, 'lost', 2, 'cold', 1, 'price?', '2026-09-01', '2026-09-20', 'price'),
    (2, 'open', 3, 'warm', null, null, '2026-11-15', null, null),
    (1, 'open', 1, 'cold', null, null, '2026-11-15', null, null);
insert into stage_move (lead_id, moved_on, from_stage_id, to_stage_id, to_state, to_temperature, reason, who, note) values
    (1, '2026-09-01', null, 1, 'open', 'cold', null, 'olga', null),
    (1, '2026-09-10', 1, 2, 'open', 'cold', null, 'olga', null),
    (1, '2026-09-20', 2, 2, 'lost', 'cold', 'price', 'olga', 'too dear'),
    (2, '2026-11-15', null, 1, 'open', 'cold', null, 'olga', null),
    (2, '2026-11-15', 1, 3, 'open', 'warm', null, 'olga', null);
insert into activity (contact_id, kind, direction, happened_on, what, who) values
    (2, 'call', 'in', '2026-11-15', 'asked for a brush', 'olga'), (1, 'note', null, '2026-11-15', 'x', 'olga');
insert into reminder (contact_id, due_on, listed_on, what, how, every, started_on) values
    (2, '2026-12-01', '2026-12-03', 'vaccine', null, '1y', '2026-12-01'),
    (2, '2026-11-25', '2026-11-25', 'call back', 'phone', null, null);
insert into reminder (contact_id, due_on, listed_on, what, state, closed_on) values
    (2, '2026-11-01', '2026-11-01', 'done', 'done', '2026-11-01');
"""


def test_all_about_a_contact_is_on_its_card(anna: Shop) -> None:
    table = card(anna.connect(), 2, TODAY)
    names = [column.name for column in table.columns]
    (row,) = table.rows
    assert {name: value for name, value in zip(names, row, strict=True) if value is not None} == {
        "contact_id": 2,
        "kind": "person",
        "name": "Анна",
        "birthday": "1985-03-14",
        "manager": "olga",
        "channel": "Сайт",
        "referred_by_id": 1,
        "referred_by": "Иван",
        "entered_on": "2026-11-21",
        "entered_by": "entry",
        "age": 41,
        "tags": '["club"]',
        "orders": 3,
        "revenue": 140000,
        "average_order": 140000 / 3,
        "first_sale_on": "2024-11-30",
        "last_sale_on": "2026-10-31",
        "days_since_sale": 21,
        "base": "vip",
        "frequency_class": "periodic",
        "value_class": "vip",
        "sleeping": False,
        "late": False,
        "purchases_by_month": [0] * 22 + [2, 0],
        "favourite_products": '["Shampoo","Bowl","Brush"]',
        "next_reminder_on": "2026-11-25",
        "next_reminder": "call back",
    }
    assert (table.kind, table.layout, table.as_of) == ("contact", "card", "2026-11-21")


def rows(table: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in table.rows]


def test_points_fields_leads_and_reminders_stand_beside(anna: Shop) -> None:
    tables = card(anna.connect(), 2, TODAY).tables
    assert list(tables) == [
        "points",
        "stops",
        "people",
        "fields",
        "things",
        "leads",
        "reminders",
        "referred",
        "history",
    ]
    assert rows(tables["points"]) == [
        ("phone", "+79261234567", "8 926 123-45-67", 1),
        ("phone", "123", "123", 0),
        ("email", "anna@mail.ru", "anna@mail.ru", 1),
        ("vk", "anna", "anna", 1),
    ]
    assert rows(tables["fields"]) == [("animal", "choice", "dog"), ("paid", "money", "1200.50")]
    assert rows(tables["leads"]) == [
        (2, "2026-11-15", "interested", "warm", None, None, None, None, None, None)
    ]
    assert rows(tables["reminders"]) == [
        (2, "2026-11-25", "call back", "phone", None),
        (1, "2026-12-03", "vaccine", None, "1y"),
    ]


def test_the_history_is_whole_and_in_the_order_of_time(anna: Shop) -> None:
    assert rows(card(anna.connect(), 2, TODAY).tables["history"]) == [
        ("2024-11-30", "sale", 4, None, 10000),
        ("2026-09-01", "enquiry", 1, "Сайт; price?", None),
        ("2026-09-10", "move", 1, "new → contacted", None),
        ("2026-09-20", "move", 1, "contacted → lost; price; too dear", None),
        ("2026-10-05", "sale", 1, "Shampoo × 2; A-1; gift", 90000),
        ("2026-10-31", "sale", 2, "Shampoo, Brush × 0.5, Bowl and 1 more", 50000),
        ("2026-11-02", "refund", 1, "torn", -10000),
        ("2026-11-10", "voided sale", 3, "mistyped", 70000),
        ("2026-11-15", "enquiry", 2, None, None),
        ("2026-11-15", "call", 1, "in; asked for a brush", None),
        ("2026-11-15", "move", 2, "new → interested", None),
    ]


def test_who_has_nothing_has_a_card_all_the_same(shop: Shop) -> None:
    shop.ok("contact", "add", "Иван")
    table = card(shop.connect(), 1, TODAY)
    names = [column.name for column in table.columns]
    (row,) = table.rows
    filled = {name for name, value in zip(names, row, strict=True) if value not in (None, "[]")}
    assert filled == {
        "contact_id",
        "kind",
        "name",
        "entered_on",
        "entered_by",
        "orders",
        "revenue",
        "base",
        "sleeping",
        "late",
    }
    assert {name: rows(sub) for name, sub in table.tables.items()} == {
        "points": [],
        "stops": [],
        "people": [],
        "fields": [],
        "things": [],
        "leads": [],
        "reminders": [],
        "referred": [],
        "history": [],
    }


def test_favourites_are_bought_most_often_and_then_for_most(shop: Shop) -> None:
    shop.ok("contact", "add", "Иван")
    shop.ok("contact", "add", "Анна")
    for who, *items in (
        ("1", "Brush @ 10", "Comb @ 20", "Comb @ 20", "Bowl @ 30", "Food @ 1"),
        ("1", "Food @ 1"),
        ("1", "Bowl @ 1000"),  # void
        ("2", "Brush @ 10"),
        ("2", "Brush @ 10"),
    ):
        shop.ok("sale", "record", who, *(word for item in items for word in ("--item", item)))
    shop.ok("sale", "void", "3", "--reason", "a slip")
    shop.ok("sale", "record", "1", "500")
    # Food twice; then once each, whatever the number of lines: Comb 40, Bowl 30, Brush 10.
    assert shop.rows("contact", "show", "1")[0]["favourite_products"] == ["Food", "Comb", "Bowl"]
    assert shop.rows("contact", "show", "2")[0]["favourite_products"] == ["Brush"]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [("2026-01-31", "2024-02", "2026-01"), ("2024-12-01", "2023-01", "2024-12")],
)
def test_the_picture_shows_the_last_24_months(shop: Shop, day: str, first: str, last: str) -> None:
    shop.ok("contact", "add", "Иван")
    base = shop.connect()
    base.execute("pragma query_only = off")
    before = f"{int(first[:4]) - (first[5:] == '01')}-{(int(first[5:]) - 2) % 12 + 1:02}-28"
    for sold_on in (before, f"{first}-01", f"{last}-01", f"{last}-01", f"{day[:4]}-12-31"):
        base.execute(
            "insert into sale (contact_id, sold_on, amount) values (1, ?, 100)", (sold_on,)
        )
    table = card(base, 1, date.fromisoformat(day))
    names = [column.name for column in table.columns]
    (row,) = table.rows
    months = dict(zip(names, row, strict=True))["purchases_by_month"]
    assert months == [1, *[0] * 22, 2]


def test_no_part_of_a_card_reads_a_table_whole(shop: Shop) -> None:
    from clientbase.facts import card as module
    from clientbase.facts import ties

    values = {"contact": 1, "since": "2024-12-01", "today": "2026-11-21"}
    base = shop.connect()
    steps = [
        step[3]
        for sql in (*module.SQL.values(), *ties.SQL.values())
        for step in base.execute(f"explain query plan {sql}", values)
    ]
    scans = [step for step in steps if step.startswith("SCAN") and "(subquery" not in step]
    assert set(scans) <= {"SCAN CONSTANT ROW"}
