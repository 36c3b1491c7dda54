"""`clientbase import`: what comes in, what is refused, and that a file comes in once."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from clientbase.exchange import bulk
from clientbase.exchange.saleswriter import SalesWriter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clientbase.db.connection import Base
    from clientbase.exchange.plan import Plan
    from shop import Ran, Shop


class Desk:
    """A shop, and files that are put before it."""

    def __init__(self, shop: Shop, folder: Path) -> None:
        self.shop = shop
        self.folder = folder

    def file(self, text: str, name: str = "file.csv") -> str:
        """Write a file and return its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8", newline="")
        return str(path)

    def run(self, kind: str, text: str, *options: str) -> Ran:
        """Import a text."""
        return self.shop.run("import", kind, self.file(text), *options)

    def counts(self, kind: str, text: str, *options: str) -> Any:
        """Import a text that must be taken, and return the counts that are not 0."""
        (row,) = self.shop.rows("import", kind, self.file(text), *options)
        return {name: count for name, count in row.items() if count}

    def bad(self, kind: str, text: str, *options: str) -> list[tuple[Any, ...]]:
        """Import a text that must be refused, and return the bad rows."""
        ran = self.run(kind, text, "--format", "jsonl", "-q", *options)
        assert ran.code == 4, ran
        assert self.all("select * from import") == []
        import json

        return [tuple(json.loads(line).values()) for line in ran.out.splitlines()]

    def all(self, sql: str) -> list[tuple[Any, ...]]:
        """Look into the base."""
        base = self.shop.connect()
        try:
            return base.execute(sql).fetchall()
        finally:
            base.close()


@pytest.fixture
def desk(shop: Shop, tmp_path: Path) -> Desk:
    """A new base, roubles and Russia, and files to import."""
    return Desk(shop, tmp_path)


SALES = "select ref, sold_on, amount, contact_id from sale order by id"
CONTACTS = "select id, external_id, name, entered_on, entered_by from contact order by id"
POINTS = "select contact_id, kind, shown, checked from contact_point order by id"

# ------------------------------------------------------------------ sales


def test_rows_of_one_reference_are_one_sale_with_lines(desk: Desk) -> None:
    text = """order_id,date,name,product,qty,price
1,2026-03-01,Иван,Шампунь,2,450
1,2026-03-01,Иван,Щётка,1,120.50
2,2026-03-02,Анна,Стрижка,1,1500
"""
    assert desk.counts("sales", text) == {
        "rows": 3,
        "sales": 2,
        "sales_amount": 2520.5,
        "lines": 3,
        "contacts_new": 2,
    }
    assert desk.all(SALES) == [("1", "2026-03-01", 102_050, 1), ("2", "2026-03-02", 150_000, 2)]
    assert desk.all(
        "select sale_id, name, quantity, price, amount from sale_line "
        "inner join product on product.id = product_id order by sale_line.id"
    ) == [
        (1, "Шампунь", 2.0, "450.00", 90_000),
        (1, "Щётка", 1.0, "120.50", 12_050),
        (2, "Стрижка", 1.0, "1500.00", 150_000),
    ]
    assert desk.all(CONTACTS) == [
        (1, None, "Иван", "2026-03-01", "import"),
        (2, None, "Анна", "2026-03-02", "import"),
    ]


def test_rows_of_one_reference_may_stand_apart(desk: Desk) -> None:
    text = """ref,date,name,product,amount
1,2026-03-01,Иван,Шампунь,10
2,2026-03-02,Анна,Стрижка,20
1,2026-03-01,Иван,Возврат,-40
3,2026-03-03,Олег,Щётка,30
2,2026-03-02,Анна,Щётка,5
"""
    counts = desk.counts("sales", text)
    assert (counts["sales"], counts["refunds"], counts["lines"]) == (2, 1, 5)
    assert desk.all(SALES) == [("2", "2026-03-02", 2_500, 2), ("3", "2026-03-03", 3_000, 3)]
    assert desk.all("select ref, amount, contact_id from refund") == [("1", 3_000, 1)]
    again = desk.counts("sales", text)
    assert again == {"rows": 5, "already_there": 3}


def test_one_sale_with_two_contacts_is_a_bad_row(desk: Desk) -> None:
    text = """ref,date,client_id,name,amount
1,2026-03-01,C1,Иван,10
1,2026-03-01,C2,Иван,20
2,2026-03-01,C2,Иван,20
2,2026-03-01,,,5
"""
    ran = desk.run("sales", text)
    assert ran.code == 4
    assert (
        ran.out
        == (
            "line  column     value  reason\n"
            "----  ---------  -----  --------------------------------------------\n"
            "   3  client_id  Иван   one sale with two contacts: Иван and Иван\n"
        )
        or "one sale with two contacts: Иван and Иван" in ran.out
    )
    assert ran.err.endswith(
        "error: 1 row of file.csv is bad, and nothing was imported\n"
        "hint: mend the file, or import the rest with --skip-bad\n"
    )
    assert desk.counts("sales", text, "--skip-bad")["sales"] == 1
    assert desk.all(SALES) == [("2", "2026-03-01", 2_500, 1)]


def test_one_sale_may_tell_of_its_contact_in_several_ways(desk: Desk) -> None:
    text = """ref,date,name,phone,email,amount
1,2026-03-01,Иван Петров,8 921 846 68 50,,10
1,2026-03-01,Иван,+7 (921) 846-68-50,,20
1,2026-03-01,,,ivan@mail.ru,30
1,2026-03-01,ИВАН ПЕТРОВ,,,40
"""
    assert desk.counts("sales", text)["sales"] == 1
    assert desk.all(SALES) == [("1", "2026-03-01", 10_000, 1)]


def test_equal_rows_of_a_sale_are_lines_where_there_are_products(desk: Desk) -> None:
    text = "ref,date,name,product,amount\n" + "1,2026-03-01,Иван,Щётка,10\n" * 3
    assert desk.counts("sales", text)["lines"] == 3
    assert desk.all(SALES) == [("1", "2026-03-01", 3_000, 1)]


def test_equal_rows_of_a_sale_without_products_are_taken_once_and_told(desk: Desk) -> None:
    text = "ref,date,name,amount\n" + "1,2026-03-01,Иван,10\n" * 3 + "1,2026-03-01,Иван,5\n"
    found = desk.shop.envelope("import", "sales", desk.file(text))
    assert found["rows"][0]["repeated"] == 2
    assert found["notes"] == ["2 rows repeat their sales in every cell: taken once"]
    assert desk.all(SALES) == [("1", "2026-03-01", 1_500, 1)]


def test_honest_equal_rows_without_a_reference_are_kept(desk: Desk) -> None:
    row = "2026-03-01,Иван,10\n"
    march = "date,name,amount\n" + row * 2
    assert desk.counts("sales", march)["sales"] == 2
    assert desk.counts("sales", march) == {"rows": 2, "already_there": 2}
    longer = march + row + "2026-04-01,Иван,10\n" + row
    assert desk.counts("sales", longer) == {
        "rows": 5,
        "sales": 3,
        "sales_amount": 30.0,
        "already_there": 2,
    }
    assert desk.counts("sales", longer) == {"rows": 5, "already_there": 5}
    assert len(desk.all("select distinct fingerprint from sale")) == 5


def test_a_row_is_known_again_in_another_dress(desk: Desk) -> None:
    desk.counts("sales", "date,name,phone,amount\n2026-03-01,Иван,8 921 846 68 50,1200.50\n")
    text = 'Имя;Сумма;Дата;Телефон;Город\n"иван";1 200,50;01.03.2026;+7(921)8466850;Тула\n'
    assert desk.counts("sales", text) == {"rows": 1, "already_there": 1}
    assert [command for (command,) in desk.all("select command from operation")] == [
        "init",
        "import sales",
    ]


def test_the_next_longer_export_adds_only_what_is_new(desk: Desk) -> None:
    march = "ref,date,name,amount\n1,2026-03-01,Иван,10\n2,2026-03-02,Анна,20\n"
    desk.counts("sales", march)
    found = desk.counts("sales", march + "3,2026-04-01,Иван,30\n")
    assert found == {"rows": 3, "sales": 1, "sales_amount": 30.0, "already_there": 2}
    assert desk.all("select import_id, ref from sale") == [(1, "1"), (1, "2"), (2, "3")]


def test_other_content_under_a_known_reference_is_told_and_not_taken(desk: Desk) -> None:
    desk.counts("sales", "ref,date,name,amount\n1,2026-03-01,Иван,10\n2,2026-03-02,Анна,20\n")
    text = "ref,date,name,amount\n1,2026-03-01,Иван,11\n2,2026-03-02,Иван,20\n3,2026-03-03,Олег,5\n"
    found = desk.shop.envelope("import", "sales", desk.file(text))
    assert found["rows"][0]["different"] == 2
    assert found["notes"] == [
        "2 references are in the base with other content, and were not changed: 1, 2"
    ]
    assert desk.all("select ref, amount from sale") == [("1", 1_000), ("2", 2_000), ("3", 500)]


def test_a_voided_sale_is_not_revived(desk: Desk) -> None:
    text = "ref,date,name,amount\n1,2026-03-01,Иван,10\n,2026-03-02,Иван,20\n"
    desk.counts("sales", text)
    for sale in ("1", "2"):
        desk.shop.ok("sale", "void", sale, "--reason", "typed twice", "-q")
    assert desk.counts("sales", text) == {"rows": 2, "already_there": 2}


def test_a_negative_amount_is_a_refund_tied_where_the_file_says_so(desk: Desk) -> None:
    text = """ref,date,name,amount,refund_of
1,2026-03-01,Иван,100,
R1,2026-03-05,Иван,-40,1
R2,2026-03-06,Иван,-10,
R3,2026-03-07,,-5,
"""
    found = desk.shop.envelope("import", "sales", desk.file(text))
    assert found["notes"] == ["1 refund without a contact"]
    assert desk.all("select ref, sale_id, amount, contact_id from refund") == [
        ("R1", 1, 4_000, 1),
        ("R2", None, 1_000, 1),
        ("R3", None, 500, None),
    ]
    assert desk.all("select orders, revenue from contact_total") == [(1, 5_000)]


def test_money_is_given_back_to_who_bought(desk: Desk) -> None:
    """Else what a client's sales come to would hang on the way in which it is counted."""
    text = """ref,date,name,amount,refund_of
1,2026-03-01,Иван,100,
2,2026-03-01,,100,
R1,2026-03-05,,-40,1
R2,2026-03-06,Анна,-10,1
R3,2026-03-06,Анна,-10,2
"""
    desk.counts("sales", text)
    assert desk.all("select ref, sale_id, contact_id from refund") == [
        ("R1", 1, 1),
        ("R2", None, 2),
        ("R3", None, 2),
    ]


def test_gifts_walk_ins_and_write_offs_are_told(desk: Desk) -> None:
    text = """ref,date,name,product,quantity,price
1,2026-03-01,Иван,Пробник,1,0
2,2026-03-01,,Шампунь,1,450
3,2026-03-01,,Списано,-5,0
4,2026-03-01,Иван,Скидка,1,-50
5,2026-03-01,Иван,Возврат,-1,0
"""
    found = desk.shop.envelope("import", "sales", desk.file(text))
    assert {name: count for name, count in found["rows"][0].items() if count} == {
        "rows": 5,
        "sales": 2,
        "sales_amount": 450.0,
        "refunds": 1,
        "refunds_amount": 50.0,
        "lines": 3,
        "contacts_new": 1,
        "walk_ins": 1,
        "gifts": 1,
        "write_offs": 2,
    }
    assert found["notes"] == [
        "1 sale without a contact: in the totals of the shop and in no client's",
        "1 sale of amount 0 (a gift): recorded, counted as an order",
        "1 row with a price below zero: taken as money given back",
        "2 rows of negative quantities at price 0 (write-offs) left out",
    ]


def test_titles_totals_and_empty_rows_are_no_sales(desk: Desk) -> None:
    text = (
        "Отчёт о продажах за март\n\nДата;Клиент;Сумма\n01.03.2026;Иван;10,50\n;;\n"
        "02.03.2026;Итого Групп;5,00\nИтого;;15,50\nВсего: 2\n"
    )
    ran = desk.run("sales", text, "--format", "json")
    assert ran.err == (
        "file.csv: UTF-8 (all of it reads as UTF-8); semicolon between cells; "
        "lines end with LF; header in line 3; day first; decimal comma (10,50 in line 4)\n"
        "columns: date = Дата, name = Клиент, amount = Сумма\n"
        "Imported 2 sales, 2 new contacts.\n"
    )
    assert '"lines 7, 8 hold totals: left out"' in ran.out
    assert desk.all(SALES) == [(None, "2026-03-01", 1_050, 1), (None, "2026-03-02", 500, 2)]


def test_a_guard_of_spreadsheets_is_taken_off(desk: Desk) -> None:
    desk.counts(
        "sales", "date,name,amount\n2026-03-01,'=cmd|' /C calc'!A0,'-5\n2026-03-01,'=1+1,5\n"
    )
    assert desk.all("select name from contact order by id") == [("=cmd|' /C calc'!A0",), ("=1+1",)]
    assert desk.all("select amount from refund") == [(500,)]


@pytest.mark.parametrize(
    "name", ["weird [/] name", "[red]x[/red]", "O'Brien; drop table contact;--"]
)
def test_strange_names_are_names(desk: Desk, name: str) -> None:
    desk.counts("sales", f"date,name,amount\n2026-03-01,{name},5\n")
    assert desk.all("select name from contact") == [(name,)]


def test_a_sale_wins_the_open_lead_of_its_contact(desk: Desk) -> None:
    desk.shop.ok("lead", "add", "Иван", "--phone", "+79218466850", "-q")
    text = "date,phone,amount\n2026-11-20,89218466850,5\n2026-11-21,89218466850,7\n"
    found = desk.shop.envelope("import", "sales", desk.file(text))
    assert found["rows"][0]["leads_won"] == 1
    assert found["notes"] == ["1 open lead is won by these sales"]
    assert desk.all("select state, sale_id, closed_on from lead") == [("won", 2, "2026-11-21")]


# ------------------------------------------------------------------ who it was


def test_a_contact_is_known_by_id_then_phone_then_email_then_name(desk: Desk) -> None:
    text = """date,client_id,name,phone,email,amount
2026-03-01,C1,Иван,8 921 846 68 50,ivan@mail.ru,1
2026-03-02,C1,Совсем Другой,,,2
2026-03-03,,,+79218466850,,3
2026-03-04,,,,IVAN@MAIL.RU,4
2026-03-05,,иван,,,5
2026-03-06,C2,Иван,,,6
2026-03-07,,Иван,8 921 846 68 51,,7
"""
    desk.counts("sales", text)
    assert [row[3] for row in desk.all(SALES)] == [1, 1, 1, 1, 1, 2, 2]
    assert desk.all(CONTACTS) == [
        (1, "C1", "Иван", "2026-03-01", "import"),
        (2, "C2", "Иван", "2026-03-06", "import"),
    ]


def test_a_name_does_not_join_who_are_told_apart_by_phone_or_email(desk: Desk) -> None:
    text = """date,name,phone,email,amount
2026-03-01,Иван,8 921 846 68 50,,1
2026-03-02,Иван,8 921 846 68 51,,2
2026-03-03,Иван,8 921 846 68 50,a@mail.ru,3
2026-03-04,Иван,,b@mail.ru,4
"""
    desk.counts("sales", text)
    assert [row[3] for row in desk.all(SALES)] == [1, 2, 1, 2]
    assert desk.all(POINTS) == [
        (1, "phone", "+79218466850", 1),
        (2, "phone", "+79218466851", 1),
        (1, "email", "a@mail.ru", 1),
        (2, "email", "b@mail.ru", 1),
    ]


def test_a_name_of_several_contacts_is_told(desk: Desk) -> None:
    text = """date,name,phone,amount
2026-03-01,Иван,8 921 846 68 50,1
2026-03-02,Иван,8 921 846 68 51,2
2026-03-03,Иван,,3
"""
    found = desk.shop.envelope("import", "sales", desk.file(text))
    assert found["notes"] == ["1 name alone fits several contacts: the oldest of them was taken"]
    assert [row[3] for row in desk.all(SALES)] == [1, 2, 1]


def test_two_ids_are_never_one_contact(desk: Desk) -> None:
    text = "date,client_id,name,phone,amount\n" + "".join(
        f"2026-03-0{n},C{n},Иван,8 921 846 68 50,{n}\n" for n in (1, 2)
    )
    desk.counts("sales", text)
    assert [row[3] for row in desk.all(SALES)] == [1, 2]
    assert desk.counts("sales", text) == {"rows": 2, "already_there": 2}


def test_what_is_empty_is_filled_and_nothing_else_is_changed(desk: Desk) -> None:
    desk.shop.ok("contact", "add", "Иван", "--phone", "+79218466850", "--city", "Тула", "-q")
    text = """date,client_id,name,phone,email,amount
2026-03-01,C1,Иван Иваныч,8 921 846 68 50,ivan@mail.ru,1
"""
    assert desk.counts("sales", text)["contacts_filled"] == 1
    assert desk.all("select external_id, name, city from contact") == [("C1", "Иван", "Тула")]
    assert desk.all(POINTS) == [(1, "phone", "+79218466850", 1), (1, "email", "ivan@mail.ru", 1)]


def test_who_has_no_name_is_called_by_what_is_known_until_a_name_comes(desk: Desk) -> None:
    desk.counts(
        "sales", "date,client_id,phone,amount\n2026-03-01,C1,,1\n2026-03-01,,89218466850,2\n"
    )
    assert desk.all("select name from contact order by id") == [("C1",), ("+79218466850",)]
    text = (
        "date,client_id,name,phone,amount\n2026-03-02,C1,Иван,,3\n2026-03-02,,Анна,89218466850,4\n"
    )
    desk.counts("sales", text)
    assert desk.all("select name, name_key from contact order by id") == [
        ("Иван", "иван"),
        ("Анна", "анна"),
    ]


def test_a_wrong_phone_in_sales_is_kept_marked_and_told(desk: Desk) -> None:
    text = "date,name,phone,email,amount\n2026-03-01,Иван,8 921 846,ivan@mail,1\n"
    found = desk.shop.envelope("import", "sales", desk.file(text))
    assert found["rows"][0]["unchecked"] == 2
    assert found["notes"] == ["2 wrong phones or e-mails kept, marked unchecked"]
    assert found["tables"]["unchecked"] == [
        {
            "line": 2,
            "column": "phone",
            "value": "8 921 846",
            "reason": "8 921 846 is not a phone number: too few digits, the area code is missing",
        },
        {
            "line": 2,
            "column": "email",
            "value": "ivan@mail",
            "reason": "ivan@mail is not an e-mail address: there is no dot after the @",
        },
    ]
    assert desk.all(POINTS) == [(1, "phone", "8 921 846", 0), (1, "email", "ivan@mail", 0)]


def test_a_useless_phone_alone_makes_nobody(desk: Desk) -> None:
    counts = desk.counts("sales", "date,phone,amount\n2026-03-01,нет,1\n2026-03-01,-,2\n")
    assert counts["walk_ins"] == 2
    assert desk.all(CONTACTS) == []


def test_a_contact_enters_on_the_day_of_the_first_sale_whatever_the_order(desk: Desk) -> None:
    text = "date,name,amount\n2026-03-05,Иван,1\n2025-01-02,Иван,-2\n2026-03-07,Иван,3\n"
    desk.counts("sales", text)
    assert desk.all(CONTACTS) == [(1, None, "Иван", "2025-01-02", "import")]


# ------------------------------------------------------------------ bad rows


def test_every_bad_cell_is_told_with_its_line_column_value_and_reason(desk: Desk) -> None:
    text = (
        "date,name,phone,quantity,price,amount\n"
        "2026-03-01,Иван,,1,10,10\n"
        "30.02.2026,Иван,,1,10,10\n"
        "2026-11-22,Иван,,2,10,20.01\n"
        "2026-03-01,И\u202eван,,1,10,10\n"
        "2026-03-01,Иван,,1\n"
        "2026-03-01,Иван,,1,10,10,7\n"
        "2026-03-01,Иван,,x,,12.345\n"
        ",,,,,\n"
        "2026-03-01,Иван,,,,\n"
    )
    assert desk.bad("sales", text) == [
        (3, "date", "30.02.2026", "30 February does not exist"),
        (4, "date", "2026-11-22", "2026-11-22 is in the future"),
        (4, "amount", "20.01", "quantity × price is 2 × 10, not 20.01"),
        (5, "name", "И�ван", "И�ван holds a control character that can't be seen (U+202E)"),
        (6, "", "2026-03-01 | Иван |  | 1", "the row has 4 cells, the header 6"),
        (7, "", "2026-03-01 | Иван |  | 1 | 10 | 10 | 7", "the row has 7 cells, the header 6"),
        (8, "amount", "12.345", '"12.345" has too many decimals'),
        (8, "quantity", "x", '"x" is not a number'),
        (10, "amount", "", "there is no amount"),
    ]
    found = desk.shop.envelope("import", "sales", desk.file(text), "--skip-bad")
    assert {n: c for n, c in found["rows"][0].items() if c} == {
        "rows": 8,
        "sales": 1,
        "sales_amount": 10.0,
        "contacts_new": 1,
        "bad": 7,
    }
    assert len(found["tables"]["bad"]) == 9


def test_bad_rows_in_a_table_and_what_to_do(desk: Desk) -> None:
    ran = desk.run("sales", "date,name,amount\n2026-03-01,Иван,test\n", "-q")
    assert (ran.code, ran.out, ran.err) == (
        4,
        (
            "line  column  value  reason\n"
            "----  ------  -----  ----------------------\n"
            '   2  amount  test   "test" is not a number\n'
        ),
        (
            "error: 1 row of file.csv is bad, and nothing was imported\n"
            "hint: mend the file, or import the rest with --skip-bad\n"
        ),
    )
    assert desk.all("select command from operation") == [("init",)]


def test_a_dry_run_shows_everything_and_writes_nothing(desk: Desk) -> None:
    text = "ref,date,name,product,amount\n1,01.03.2026,Иван,Щётка,10\n2,01.03.2026,Анна,,x\n"
    ran = desk.run("sales", text, "--dry-run", "--skip-bad", "--format", "json")
    import json

    found = json.loads(ran.out)
    assert found["tables"] == {
        "first": [
            {
                "line": 2,
                "ref": "1",
                "date": "2026-03-01",
                "name": "Иван",
                "product": "Щётка",
                "amount": 10.0,
            }
        ],
        "bad": [{"line": 3, "column": "amount", "value": "x", "reason": '"x" is not a number'}],
    }
    assert ran.err.endswith(
        "Would import 1 sale, 1 new contact; nothing was written.\n1 bad row was left out.\n"
    )
    refused = desk.run("sales", text, "--dry-run", "--format", "json")
    assert (refused.code, json.loads(refused.out)) == (4, found)
    assert desk.all("select command from operation") == [("init",)]
    assert desk.all(CONTACTS) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "file.csv is empty"),
        ("date,name,amount\n", "file.csv has a header and no rows"),
        (
            "when,who\n2026-03-01,Иван\n",
            "no column for date and amount; the headers are: when, who",
        ),
        ("date,name,amount\n2026-03-01,Ив\0ан,5\n", "file.csv is no text: line 2 has a NUL byte"),
        (
            "date,amount\n03/04/2026,5\n05/06/2026,6\n",
            "03/04/2026 in line 2: nothing in date tells days from months",
        ),
        (
            'date,amount\n2026-01-01,"5\n',
            "file.csv: a quote that opens in line 2 is never closed",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_a_hint(
    desk: Desk, text: str, sentence: str
) -> None:
    ran = desk.run("sales", text, "-q")
    error, hint = ran.err.splitlines()
    assert (ran.code, ran.out, error) == (4, "", f"error: {sentence}")
    assert hint.startswith("hint: ")
    assert desk.all("select command from operation") == [("init",)]


def test_a_file_that_is_not_there_or_is_a_folder(desk: Desk) -> None:
    for name in ("nothing.csv", "."):
        ran = desk.shop.run("import", "sales", str(desk.folder / name))
        assert ran.code == 6
        assert ran.err.endswith("hint: name a CSV file, or - for standard input\n")


def test_an_amount_that_is_not_quantity_times_price_is_the_only_thing_wrong(desk: Desk) -> None:
    text = "date,quantity,price,amount\n2026-03-01,2,10,20\n2026-03-01,2,10,20.01\n"
    reason = "quantity × price is 2 × 10, not 20.01"
    assert desk.bad("sales", text) == [(3, "amount", "20.01", reason)]
    assert desk.counts("sales", text, "--skip-bad")["sales_amount"] == 20.0


def test_amounts_in_another_currency_are_bad_rows(desk: Desk) -> None:
    text = (
        "date,quantity,price,amount,sale_discount\n2026-03-01,,,$100,\n2026-03-01,2,£5,,\n"
        "2026-03-01,,,7 ₽,$1\n2026-03-01,1,8 руб.,8 RUB,\n"
    )
    assert desk.bad("sales", text) == [
        (2, "amount", "$100", '"$100" is not in RUB, which the base keeps'),
        (3, "price", "£5", '"£5" is not in RUB, which the base keeps'),
        (4, "sale_discount", "$1", '"$1" is not in RUB, which the base keeps'),
    ]
    assert desk.counts("sales", text, "--skip-bad")["sales_amount"] == 8.0


def test_the_order_of_days_can_be_said(desk: Desk) -> None:
    text = "date,amount\n03/04/2026,5\n"
    desk.counts("sales", text, "--dates", "mdy")
    desk.counts("sales", text, "--dates", "dmy")
    assert desk.all("select sold_on from sale") == [("2026-03-04",), ("2026-04-03",)]
    assert desk.run("sales", text, "--dates", "ymd").err == (
        "error: --dates can't be ymd\nhint: give --dates dmy or mdy\n"
    )


def test_the_order_of_days_is_told_by_the_last_row_of_a_long_file(desk: Desk) -> None:
    rows = "2026-03-01,1\n" * 9_000 + "03/04/2026,2\n" * 3
    assert desk.run("sales", f"date,amount\n{rows}", "-q").code == 4
    desk.counts("sales", f"date,amount\n{rows}25/04/2026,3\n")
    days = desk.all("select sold_on, count(*) from sale where amount > 100 group by sold_on")
    assert days == [("2026-04-03", 3), ("2026-04-25", 1)]


def test_the_decimal_mark_is_told_by_the_last_row_of_a_long_file(desk: Desk) -> None:
    rows = "2026-03-01;1\n" * 9_000
    desk.counts("sales", f"date;amount\n{rows}2026-03-02;1.200\n2026-03-03;2,50\n")
    sold = desk.all("select sold_on, amount from sale where amount <> 100 order by id")
    assert sold == [("2026-03-02", 120_000), ("2026-03-03", 250)]


# ------------------------------------------------------------------ contacts


def test_contacts_come_in_with_all_that_is_said_of_them(desk: Desk) -> None:
    desk.shop.ok("field", "add", "pet", "-q")
    desk.shop.ok("field", "add", "next_visit", "--type", "date", "-q")
    desk.shop.ok("field", "add", "debt", "--type", "money", "-q")
    text = """Код клиента;Имя;Телефон;Телефон 2;Почта;День рождения;Пол;Город;Теги;Комментарий;Pet;Next visit;debt;telegram;Канал
C1;Иван;8 921 846 68 50;8 921 846 68 51;ivan@mail.ru;14.03.1985;м;Тула;vip, club;"звонить
утром";Рекс;01.12.2026;1 200,50;@ivan;сайт
C2;Анна;;;;14.03;ж;;;;;;;;
"""
    assert desk.counts("contacts", text) == {"rows": 2, "contacts_new": 2}
    assert desk.all(
        "select external_id, contact.name, birthday, sex, city, note, entered_on, channel.name "
        "from contact left join channel on channel.id = channel_id order by contact.id"
    ) == [
        ("C1", "Иван", "1985-03-14", "male", "Тула", "звонить\nутром", "2026-11-21", "сайт"),
        ("C2", "Анна", "--03-14", "female", None, None, "2026-11-21", None),
    ]
    assert desk.all(POINTS) == [
        (1, "phone", "+79218466850", 1),
        (1, "phone", "+79218466851", 1),
        (1, "email", "ivan@mail.ru", 1),
        (1, "telegram", "ivan", 1),
    ]
    assert desk.all(
        "select field.name, value from field_value inner join field on field.id = field_id "
        "where contact_id = 1 order by field.id"
    ) == [("pet", "Рекс"), ("next_visit", "2026-12-01"), ("debt", 120_050)]
    tags = (
        "select contact_id, name from contact_tag inner join tag on tag.id = tag_id order by name"
    )
    assert desk.all(tags) == [(1, "club"), (1, "vip")]
    assert desk.counts("contacts", text) == {"rows": 2, "already_there": 2}
    assert desk.all("select count(*) from operation where command = 'import contacts'") == [(1,)]


def test_two_rows_of_one_contact_become_one(desk: Desk) -> None:
    text = "name,phone,email,city\nИван,89218466850,,\nИван,,i@mail.ru,Тула\nИ. И.,+79218466850,,Орёл\n"
    assert desk.counts("contacts", text) == {"rows": 3, "contacts_new": 1, "repeated": 2}
    assert desk.all("select name, city from contact") == [("Иван", "Тула")]
    assert desk.counts("contacts", text) == {"rows": 3, "already_there": 3}


def test_a_contact_of_the_base_is_filled_where_it_is_empty(desk: Desk) -> None:
    desk.shop.ok("contact", "add", "Иван", "--phone", "+79218466850", "--city", "Тула", "-q")
    text = "name,phone,city,region,birthday,tags\nИван Петров,89218466850,Орёл,Юг,1985-03-14,vip\n"
    assert desk.counts("contacts", text) == {"rows": 1, "contacts_filled": 1}
    assert desk.all("select name, city, region, birthday from contact") == [
        ("Иван", "Тула", "Юг", "1985-03-14")
    ]
    assert desk.counts("contacts", text) == {"rows": 1, "already_there": 1}


def test_an_organisation_without_a_person_is_a_contact(desk: Desk) -> None:
    desk.counts("contacts", "name,organisation,phone\n,ООО Ромашка,89218466850\nИван,ООО Лютик,\n")
    assert desk.all("select kind, name, organisation from contact order by id") == [
        ("organisation", "ООО Ромашка", None),
        ("person", "Иван", "ООО Лютик"),
    ]


def test_bad_cells_of_contacts_are_told(desk: Desk) -> None:
    desk.shop.ok("field", "add", "next_visit", "--type", "date", "-q")
    text = (
        "name,phone,email,birthday,sex,kind,tags,next_visit,telegram,vk\n"
        "Иван,123,ivan@mail,30.02.1985,woman,robot,-bad,soon,a b,x\n"
        "Анна,,,31.12.2026,?,,,,,\n"
        ",,,,,,,,, \n"
        ",,,,,person,,,,\n"
        "Олег,8 921 846 68 50 / 8 921 846 68 51,,,,,,,,\n"
    )
    assert desk.bad("contacts", text) == [
        (2, "phone", "123", "123 is not a phone number: too few digits"),
        (
            2,
            "email",
            "ivan@mail",
            "ivan@mail is not an e-mail address: there is no dot after the @",
        ),
        (2, "kind", "robot", "robot is neither a person nor an organisation"),
        (2, "birthday", "30.02.1985", "30 February does not exist"),
        (2, "telegram", "a b", "a b is not a name in telegram"),
        (2, "tags", "-bad", '"-bad" can\'t be a tag'),
        (2, "next_visit", "soon", "soon is not a day"),
        (3, "birthday", "31.12.2026", "2026-12-31 is in the future"),
        (5, "name", "person", "there is nobody in this row"),
    ]
    counts = desk.counts("contacts", text, "--skip-bad")
    assert counts == {"rows": 4, "contacts_new": 1, "bad": 3}
    assert [row[2] for row in desk.all(POINTS)] == ["+79218466850", "+79218466851"]


def test_wrong_phones_of_contacts_are_kept_where_it_is_said(desk: Desk) -> None:
    text = "name,phone,telegram\nИван,123,a b\n"
    found = desk.shop.envelope("import", "contacts", desk.file(text), "--unchecked")
    assert found["rows"][0]["unchecked"] == 2
    assert desk.all(POINTS) == [(1, "phone", "123", 0), (1, "telegram", "a b", 0)]
    assert desk.counts("contacts", text, "--unchecked") == {"rows": 1, "already_there": 1}


# ------------------------------------------------------------------ nothing is half done


BIG = "ref,date,name,phone,amount\n" + "".join(
    f"{n},2026-03-01,Клиент {n},+7921{n:07},{n}.50\n" for n in range(1, 30_001)
)


def test_ctrl_c_in_the_middle_writes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _stop_in_the_middle(monkeypatch, KeyboardInterrupt())
    ran = desk.run("sales", BIG, "-q")
    assert (ran.code, ran.out, ran.err) == (
        130,
        "",
        "Stopped: what was not finished was not written.\n",
    )
    _nothing_is_there(desk)


def test_a_full_disk_writes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = bulk.prepared

    @contextlib.contextmanager
    def cramped(base: Base, plan: Plan) -> Iterator[None]:
        with real(base, plan):
            base.execute(f"pragma max_page_count = {base.one('pragma page_count') + 20}")
            yield

    monkeypatch.setattr(bulk, "prepared", cramped)
    ran = desk.run("sales", BIG, "-q")
    assert (ran.code, ran.out, ran.err) == (
        6,
        "",
        (
            f"error: the disk is full, and nothing was written to {desk.shop.path}\n"
            "hint: free some space and run the same command again\n"
        ),
    )
    _nothing_is_there(desk)


def test_a_killed_import_writes_nothing(desk: Desk) -> None:
    program = (
        "import os, signal, sys\n"
        "from clientbase.cli.boundary import main\n"
        "from clientbase.exchange.saleswriter import SalesWriter\n"
        "write = SalesWriter._write_lines\n"
        "def die(*args):\n"
        "    write(*args)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "SalesWriter._write_lines = die\n"
        "main(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", program, "import", "sales", desk.file(BIG), "-q"]
    ended = subprocess.run(command, env=dict(os.environ), capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    _nothing_is_there(desk)
    assert desk.counts("sales", BIG)["sales"] == 30_000


def _stop_in_the_middle(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    real = SalesWriter.write_plain
    calls: list[int] = []

    def stop(self: SalesWriter, block: Any) -> bool:
        calls.append(len(block.lines))
        if len(calls) == 3:
            raise error
        return real(self, block)

    monkeypatch.setattr(SalesWriter, "write_plain", stop)


def _nothing_is_there(desk: Desk) -> None:
    for table in ("sale", "contact", "contact_point", "contact_total", "import"):
        assert desk.all(f"select count(*) from {table}") == [(0,)]
    assert desk.all("select command from operation") == [("init",)]
    assert desk.all("pragma integrity_check") == [("ok",)]
    names = desk.all("select name from sqlite_schema where type = 'index' and sql is not null")
    assert ("sale_contact",) in names
    assert ("sale_ref",) in names
    triggers = desk.all("select count(*) from sqlite_schema where name like '%_total_%'")
    assert triggers == [(6 + 4,)]
