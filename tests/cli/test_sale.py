"""`clientbase sale`: sales, refunds and voids, as the owner types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop import refused
from shop import talk as shop_talk

if TYPE_CHECKING:
    from shop import Shop

KEYS = [
    "sale_id",
    "contact_id",
    "name",
    "sold_on",
    "amount",
    "discount",
    "refunded",
    "ref",
    "channel",
    "promo",
    "items",
    "note",
    "lead_id",
    "voided_on",
]
REFUND_KEYS = [
    "refund_id",
    "sale_id",
    "contact_id",
    "name",
    "refunded_on",
    "amount",
    "ref",
    "note",
    "voided_on",
]


def talk(shop: Shop, *args: str) -> str:
    """Run a command that must succeed, and return what it says."""
    return shop_talk(shop, "sale", *args)


def record(shop: Shop, *args: str) -> str:
    return talk(shop, "record", *args)


def listed(shop: Shop, *args: str) -> list[int]:
    return [row["sale_id"] for row in shop.rows("sale", "list", *args)]


@pytest.fixture
def anna(shop: Shop) -> Shop:
    """A base with one contact who has an open lead of 1 November."""
    shop.ok("lead", "add", "Anna", "--phone", "89261234567", "--on", "2026-11-01")
    return shop


def test_a_sale_wins_the_open_lead_and_says_so(anna: Shop) -> None:
    assert record(anna, "Anna", "2 500", "--on", "2026-11-20") == (
        "Recorded sale 1: Anna, 2 500,00 ₽ (1 order, 2 500,00 ₽ in all).\nLead 1 is won.\n"
    )
    assert anna.rows("lead", "list", "--state", "won")[0] | {"phone": ""} == {
        "lead_id": 1,
        "contact_id": 1,
        "name": "Anna",
        "phone": "",
        "kind": "new",
        "stage": "new",
        "temperature": "cold",
        "state": "won",
        "wants": None,
        "expects": None,
        "expected_by": None,
        "next_step": None,
        "next_step_on": None,
        "channel": None,
        "manager": None,
        "opened_on": "2026-11-01",
        "moved_on": "2026-11-20",
        "days_idle": None,
        "closed_on": "2026-11-20",
        "lost_reason": None,
        "lost_note": None,
        "sale_id": 1,
        "note": None,
    }


def test_the_row_that_was_written_is_returned(anna: Shop) -> None:
    rows = anna.rows(
        "sale", "record", "89261234567", "--item", "Shampoo x2 @ 450", "--item", "Towel 50x70 @ 300",
        "--discount", "100", "--ref", "INV-7", "--channel", "shop", "--note", "by card",
    )  # fmt: skip
    expected = [
        1, 1, "Anna", "2026-11-21", 1100.0, 100.0, 0.0, "INV-7", "shop", None,
        ["Shampoo x2", "Towel 50x70"], "by card", 1, None,
    ]  # fmt: skip
    assert rows == [dict(zip(KEYS, expected, strict=True))]
    assert anna.rows("sale", "list") == rows
    shown = anna.envelope("sale", "show", "1")
    assert shown["rows"] == [{**rows[0], "void_reason": None}]
    assert shown["tables"] == {
        "lines": [
            {"product": "Shampoo", "quantity": 2.0, "price": "450.00", "amount": 900.0},
            {"product": "Towel 50x70", "quantity": 1.0, "price": "300.00", "amount": 300.0},
        ],
        "refunds": [],
    }


def test_the_amount_and_the_items_may_both_be_told(anna: Shop) -> None:
    item = ("--item", "Shampoo x2 @ 450")
    assert record(anna, "1", "800", *item, "--discount", "100").startswith(
        "Recorded sale 1: Anna, 8"
    )
    assert record(anna, "1", "900", *item).startswith("Recorded sale 2: Anna, 900,00 ₽")
    assert record(anna, "1", "50", "--item", "Brush").startswith("Recorded sale 3: Anna, 50,00 ₽")


def test_a_sale_before_the_lead_leaves_it_open(anna: Shop) -> None:
    assert record(anna, "1", "100", "--on", "2026-10-31") == (
        "Recorded sale 1: Anna, 100,00 ₽ (1 order, 100,00 ₽ in all).\n"
    )
    assert record(anna, "1", "100", "--keep-lead") == (
        "Recorded sale 2: Anna, 100,00 ₽ (2 orders, 200,00 ₽ in all).\n"
    )
    assert [row["lead_id"] for row in anna.rows("lead", "list")] == [1]


def test_a_lead_that_was_moved_after_the_sale_is_won_on_the_day_of_that_move(anna: Shop) -> None:
    anna.ok("lead", "advance", "1", "offer", "--on", "2026-11-10")
    record(anna, "1", "100", "--on", "2026-11-05")
    won = anna.rows("lead", "list", "--state", "won")[0]
    assert (won["closed_on"], won["moved_on"]) == ("2026-11-10", "2026-11-10")


def test_of_several_open_leads_one_is_named(anna: Shop) -> None:
    anna.ok("lead", "add", "--who", "1", "--note", "a second wish")
    ran = refused(anna, "sale", "record", "1", "100")
    assert (ran.code, ran.err) == (
        5,
        (
            "error: contact 1 has several open leads\n"
            "lead id  stage  opened on   note\n"
            "-------  -----  ----------  -------------\n"
            "      1  new    01.11.2026\n"
            "      2  new    21.11.2026  a second wish\n"
            "hint: add --lead with the number of the one it wins, or --keep-lead for none\n"
        ),
    )
    assert record(anna, "1", "100", "--on", "2026-11-20").endswith("Lead 1 is won.\n")
    anna.ok("lead", "add", "--who", "1")
    assert record(anna, "1", "200", "--lead", "3").endswith("Lead 3 is won.\n")
    assert [row["lead_id"] for row in anna.rows("lead", "list")] == [2]


def test_a_sale_to_a_new_contact_or_to_nobody(shop: Shop) -> None:
    assert record(
        shop, "--new", "Boris", "--phone", "89261112233", "--email", "b@example.com", "70"
    ) == ("Recorded sale 1: Boris, 70,00 ₽ (1 order, 70,00 ₽ in all).\n")
    assert record(shop, "--walk-in", "30") == "Recorded sale 2: 30,00 ₽.\n"
    assert record(shop, "--walk-in", "--item", "Brush @ 30") == "Recorded sale 3: 30,00 ₽.\n"
    assert (
        record(shop, "boris", "0") == "Recorded sale 4: Boris, a gift (2 orders, 70,00 ₽ in all).\n"
    )
    assert [(row["contact_id"], row["amount"]) for row in shop.rows("sale", "list")] == [
        (1, 0.0), (None, 30.0), (None, 30.0), (1, 70.0),
    ]  # fmt: skip
    assert record(shop, "--new", "BORIS", "5") == (
        "Recorded sale 5: BORIS, 5,00 ₽ (1 order, 5,00 ₽ in all).\nContacts of the same name: 1.\n"
    )


def test_the_same_amount_on_the_same_day_is_told_and_recorded(anna: Shop) -> None:
    record(anna, "1", "100")
    assert record(anna, "1", "100.00") == (
        "Recorded sale 2: Anna, 100,00 ₽ (2 orders, 200,00 ₽ in all).\n"
        "The same amount on the same day: sale 1.\n"
    )


NO_EXPONENT = "type a number as 1200, 1200.50 or 1 200,50"


@pytest.mark.parametrize(
    ("line", "code", "sentence", "hint"),
    [
        (["1", "12,5,0"], 4, 'the digits of "12,5,0" are not in groups of three', NO_EXPONENT),
        (["1", "1e9"], 4, '"1e9" is written with an exponent', NO_EXPONENT),
        (["1", "-5"], 4, "an amount cannot be negative: −5", NO_EXPONENT),
        (["--walk-in", "-5"], 4, "an amount cannot be negative: −5", NO_EXPONENT),
        (["1", "--", "-5"], 4, "an amount cannot be negative: −5", NO_EXPONENT),
        (["1", "12.345"], 4, '"12.345" has too many decimals', "write 12345 or 12.34"),
        (["1", "5", "--discount", "-1"], 4, "an amount cannot be negative: -1", NO_EXPONENT),
        (
            ["1", "100", "--on", "2026-11-22"],
            4,
            "22.11.2026 is still to come",
            "leave --on out for today, or give a day until 21.11.2026",
        ),
        (
            ["1", "100", "--on", "30.02.2026"],
            4,
            "30 February does not exist",
            "type 2026-03-01, 01.03.2026, 01.03, today, yesterday, fri, +3d or in 6 months",
        ),
        (
            ["99", "100"],
            3,
            "there is no contact 99",
            "look with: clientbase contact find TEXT; new ones: clientbase contact add NAME",
        ),
        (["Anya", "100"], 3, "nobody is found by Anya", "did you mean Anna?"),
        (
            ["1"],
            2,
            "it is not said for how much",
            'type the amount, or --item "Shampoo x2 @ 450" for each product',
        ),
        (
            [],
            2,
            "it is not said who bought",
            "type WHO and the amount, or --new NAME, or --walk-in for nobody",
        ),
        (
            ["1", "100", "--walk-in"],
            2,
            "too many words: 1 100",
            "with --walk-in, --new or --who the only word is the amount",
        ),
        (
            ["--new", "Boris", "--walk-in", "100"],
            2,
            "--walk-in and --new do not go together",
            "--walk-in is a sale to nobody in the base",
        ),
        (
            ["1", "100", "--phone", "89261112233"],
            2,
            "--phone and --email are for a new contact",
            "add --new with its name",
        ),
        (
            ["1", "100", "--lead", "1", "--keep-lead"],
            2,
            "--lead and --keep-lead do not go together",
            "--lead names the lead that the sale wins",
        ),
        (
            ["1", "100", "--lead", "9"],
            3,
            "there is no lead 9",
            "clientbase lead list --state all shows their numbers",
        ),
        (
            ["--walk-in", "100", "--lead", "1"],
            5,
            "lead 1 is contact 1's",
            "clientbase lead list shows whose the open leads are",
        ),
        (
            ["1", "100", "--lead", "1", "--on", "2026-10-01"],
            5,
            "lead 1 was opened on 01.11.2026, after the sale of 01.10.2026",
            "add --keep-lead to record the sale without it",
        ),
        (
            ["1", "100", "--lead", "2"],
            5,
            "lead 2 is won already",
            "write a new enquiry down: clientbase lead add --who 2",
        ),
        (
            ["1", "100", "--ref", "INV-1"],
            5,
            "INV-1 is the reference of sale 1 already",
            "see it with: clientbase sale show 1",
        ),
        (
            ["1", "700", "--item", "Shampoo x2 @ 450", "--discount", "100"],
            4,
            "the items come to 800,00 ₽, and the amount is 700,00 ₽",
            "if it was a discount: --discount 200,00",
        ),
        (
            ["1", "1000", "--item", "Shampoo x2 @ 450"],
            4,
            "the items come to 900,00 ₽, and the amount is 1 000,00 ₽",
            "leave the amount out, or mend the prices",
        ),
        (
            ["1", "--item", "Shampoo @ 450", "--discount", "500"],
            4,
            "the discount of 500,00 ₽ is more than the items come to, 450,00 ₽",
            "give a smaller discount",
        ),
        (
            ["1", "$100"],
            4,
            '"$100" is not in RUB, which the base keeps',
            "type the amount in RUB",
        ),
        (
            ["1", "--item", "Shampoo x2 @ £4.50"],
            4,
            '"£4.50" is not in RUB, which the base keeps',
            "type the amount in RUB",
        ),
        (
            ["1", "--item", "Shampoo"],
            4,
            "Shampoo has no price",
            'write it behind an @, such as: --item "Shampoo @ 450"',
        ),
        (
            ["1", "5", "--note", "a\u202eb"],
            4,
            "a�b holds a control character that can't be seen (U+202E)",
            "type it anew instead of copying it",
        ),
        (
            ["--new", "\x1b\x07", "5"],
            4,
            "�� holds a control character that can't be seen (U+001B)",
            "type it anew instead of copying it",
        ),
        (
            ["--new", "x" * 10_000, "5"],
            4,
            "the text has 10000 characters, 500 are the most",
            "make it shorter",
        ),
    ],
)
def test_a_mistake_is_one_sentence_with_a_hint(
    anna: Shop, line: list[str], code: int, sentence: str, hint: str
) -> None:
    anna.ok("lead", "add", "Boris")
    anna.ok("sale", "record", "2", "100", "--ref", "INV-1")
    ran = refused(anna, "sale", "record", *line)
    assert (ran.code, ran.err) == (code, f"error: {sentence}\nhint: {hint}\n")


def test_a_new_contact_with_a_known_phone_is_the_old_one(anna: Shop) -> None:
    ran = refused(anna, "sale", "record", "--new", "Anna", "--phone", "+79261234567", "5")
    assert (ran.code, ran.err) == (
        5,
        (
            "error: the phone or e-mail of Anna is in the base already\n"
            "contact id  name  phone\n"
            "----------  ----  ------------\n"
            "         1  Anna  +79261234567\n"
            "hint: record it to that contact: clientbase sale record 1 AMOUNT\n"
        ),
    )


def test_a_wrong_phone_of_a_new_contact_is_kept_when_told_so(shop: Shop) -> None:
    line = ("sale", "record", "--new", "Anna", "--phone", "12", "5")
    assert refused(shop, *line).code == 4
    assert shop.run(*line, "--unchecked").code == 0


def test_refunds_of_a_sale_in_part_and_of_the_rest(anna: Shop) -> None:
    record(anna, "1", "100", "--on", "2026-11-10")
    rows = anna.rows("sale", "refund", "1", "30", "--on", "2026-11-11", "--note", "one bad")
    values = [1, 1, 1, "Anna", "2026-11-11", 30.0, None, "one bad", None]
    assert rows == [dict(zip(REFUND_KEYS, values, strict=True))]
    assert talk(anna, "refund", "1") == "Recorded refund 2: 70,00 ₽ of sale 1.\n"
    assert [row["refunded"] for row in anna.rows("sale", "list")] == [100.0]
    assert anna.envelope("sale", "show", "1")["tables"]["refunds"][0] == rows[0]
    contact = anna.rows("contact", "list")[0]
    assert (contact["orders"], contact["revenue"]) == (0, 0.0)


def test_a_refund_of_a_contact_without_naming_the_sale(anna: Shop) -> None:
    record(anna, "1", "100", "--on", "2026-11-10")
    assert talk(anna, "refund", "--who", "Anna", "40") == "Recorded refund 1: Anna, 40,00 ₽.\n"
    ran = refused(anna, "sale", "refund", "1", "70")
    assert (ran.code, ran.err) == (
        4,
        (
            "error: 60,00 ₽ of sale 1 is left to give back, not 70,00 ₽\n"
            "hint: leave the amount out to give back all that is left\n"
        ),
    )
    assert talk(anna, "refund", "--who", "1", "60") == "Recorded refund 2: Anna, 60,00 ₽.\n"
    assert refused(anna, "sale", "refund", "1").err == (
        "error: nothing is left to give back of sale 1\n"
        "hint: clientbase contact show 1 shows all refunds\n"
    )


def test_a_refund_of_a_sale_to_nobody(shop: Shop) -> None:
    record(shop, "--walk-in", "30")
    assert talk(shop, "refund", "1", "10") == "Recorded refund 1: 10,00 ₽ of sale 1.\n"
    assert refused(shop, "sale", "refund", "1", "20.01").code == 4


@pytest.mark.parametrize(
    ("line", "code", "sentence", "hint"),
    [
        (
            ["9"],
            3,
            "there is no sale 9",
            "clientbase sale list shows their numbers",
        ),
        (
            ["Anna", "5"],
            2,
            "Anna is not the number of a sale",
            "clientbase sale list shows their numbers; --who WHO AMOUNT needs none",
        ),
        (
            [],
            2,
            "it is not said what is given back",
            "type the number of a sale, or --who WHO AMOUNT",
        ),
        (
            ["--who", "1"],
            2,
            "it is not said how much is given back",
            "type the amount: clientbase sale refund --who WHO AMOUNT",
        ),
        (
            ["--who", "1", "1", "5"],
            2,
            "too many words: 1 5",
            "with --walk-in, --new or --who the only word is the amount",
        ),
        (["1", "-5"], 4, "an amount cannot be negative: −5", NO_EXPONENT),
        (["1", "0"], 4, "a refund of nothing is no refund", "give an amount above zero"),
        (
            ["1", "100.01"],
            4,
            "100,00 ₽ of sale 1 is left to give back, not 100,01 ₽",
            "leave the amount out to give back all that is left",
        ),
        (
            ["1", "--on", "2026-11-09"],
            4,
            "sale 1 was made on 10.11.2026, after 09.11.2026",
            "give a day from 10.11.2026 on",
        ),
        (
            ["1", "--on", "2026-11-22"],
            4,
            "22.11.2026 is still to come",
            "leave --on out for today, or give a day until 21.11.2026",
        ),
        (
            ["--who", "1", "100", "--on", "2026-11-09"],
            4,
            "0,00 ₽ of the sales to contact 1 is left on 09.11.2026, not 100,00 ₽",
            "clientbase sale list --who 1 shows what was paid",
        ),
        (
            ["2"],
            5,
            "sale 2 was voided on 21.11.2026",
            "clientbase sale list shows the sales that count",
        ),
        (
            ["3"],
            5,
            "nothing is left to give back of sale 3",
            "clientbase sale show 3 shows its refunds",
        ),
    ],
)
def test_a_wrong_refund_is_one_sentence_with_a_hint(
    anna: Shop, line: list[str], code: int, sentence: str, hint: str
) -> None:
    record(anna, "1", "100", "--on", "2026-11-10")
    record(anna, "1", "50")
    anna.ok("sale", "void", "2", "--reason", "twice")
    record(anna, "1", "0")
    ran = refused(anna, "sale", "refund", *line)
    assert (ran.code, ran.err) == (code, f"error: {sentence}\nhint: {hint}\n")


def test_a_voided_sale_stays_marked_and_its_lead_is_open_again(anna: Shop) -> None:
    record(anna, "1", "100")
    assert talk(anna, "void", "1", "--reason", "recorded twice") == (
        "Sale 1 is void.\nLead 1 is open again.\n"
        "It has no next step; plan one: clientbase lead edit 1 --next TEXT --on DAY\n"
    )
    assert listed(anna) == []
    row = anna.rows("sale", "list", "--voided")[0]
    assert (row["sale_id"], row["voided_on"], row["lead_id"]) == (1, "2026-11-21", None)
    assert anna.rows("sale", "show", "1")[0]["void_reason"] == "recorded twice"
    contact = anna.rows("contact", "list")[0]
    assert (contact["orders"], contact["revenue"]) == (0, 0.0)
    moves = anna.envelope("lead", "show", "1")["tables"]["moves"]
    assert [(move["state"], move["note"]) for move in moves] == [
        ("open", None), ("won", None), ("open", "recorded twice"),
    ]  # fmt: skip
    assert record(anna, "1", "100").endswith("Lead 1 is won.\n")


def test_refunds_hang_on_a_sale_until_they_are_void_too(anna: Shop) -> None:
    record(anna, "1", "100")
    anna.ok("sale", "refund", "1", "30")
    ran = refused(anna, "sale", "void", "1", "--reason", "twice")
    assert (ran.code, ran.err) == (
        5,
        (
            "error: money of sale 1 was given back\n"
            "refund id  sale id  contact id  name  refunded on  amount\n"
            "---------  -------  ----------  ----  -----------  ------\n"
            "        1        1           1  Anna  21.11.2026    30,00\n"
            "hint: void that too: --refund 1\n"
        ),
    )
    assert talk(anna, "void", "1", "--refund", "1", "--reason", "twice") == (
        "Refund 1 is void.\nSale 1 is void.\nLead 1 is open again.\n"
        "It has no next step; plan one: clientbase lead edit 1 --next TEXT --on DAY\n"
    )


def test_a_refund_alone_can_be_void(anna: Shop) -> None:
    record(anna, "1", "100")
    anna.ok("sale", "refund", "1", "30")
    rows = anna.rows("sale", "void", "--refund", "1", "--reason", "a slip")
    assert [(row["refund_id"], row["voided_on"]) for row in rows] == [(1, "2026-11-21")]
    assert anna.rows("contact", "list")[0]["revenue"] == 100.0


@pytest.mark.parametrize(
    ("line", "code", "sentence", "hint"),
    [
        (
            ["9", "--reason", "x"],
            3,
            "there is no sale 9",
            "clientbase sale list shows their numbers",
        ),
        (
            ["--refund", "9", "--reason", "x"],
            3,
            "there is no refund 9",
            "clientbase sale show SALE shows its refunds and their numbers",
        ),
        (["1"], 2, "it is not said why it is void", "add --reason and say it in your words"),
        (
            ["--reason", "x"],
            2,
            "it is not said what to void",
            "type the number of a sale, or --refund with the number of a refund",
        ),
        (
            ["2", "--reason", "x"],
            5,
            "sale 2 was voided on 21.11.2026 already",
            "nothing is left to be done",
        ),
        (
            ["1", "--reason", "x"],
            5,
            "contact 1 would have been given back more than was paid",
            "void the refunds without a sale too: clientbase contact show 1",
        ),
    ],
)
def test_a_wrong_void_is_one_sentence_with_a_hint(
    anna: Shop, line: list[str], code: int, sentence: str, hint: str
) -> None:
    record(anna, "1", "100")
    record(anna, "1", "50")
    anna.ok("sale", "void", "2", "--reason", "twice")
    anna.ok("sale", "refund", "--who", "1", "40")
    ran = refused(anna, "sale", "void", *line)
    assert (ran.code, ran.err) == (code, f"error: {sentence}\nhint: {hint}\n")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [3, 5, 2, 1]),
        (["--voided"], [3, 5, 4, 2, 1]),
        (["--from", "2026-11-10"], [3, 5]),
        (["--to", "2026-11-10"], [5, 2, 1]),
        (["--from", "2026-11-05", "--to", "2026-11-10"], [5, 2]),
        (["--who", "anna"], [3, 2]),
        (["--who", "anna", "--from", "2026-11-20"], [3]),
        (["--product", "BRUSH"], [3, 2]),
        (["--product", "brush", "--who", "anna"], [3, 2]),
        (["--channel", "SHOP"], [1]),
        (["--limit", "2", "--quiet"], [3, 5]),
        (["--sort", "amount"], [1, 3, 5, 2]),
    ],
)
def test_sales_are_listed_by_what_is_asked(
    shop: Shop, options: list[str], expected: list[int]
) -> None:
    shop.ok("sale", "record", "--walk-in", "5", "--on", "2026-11-01", "--channel", "shop")
    shop.ok("sale", "record", "--new", "Anna", "--item", "Brush x3 @ 30", "--on", "2026-11-05")
    shop.ok("sale", "record", "1", "--item", "Brush @ 30", "--item", "Comb @ 10")
    shop.ok("sale", "record", "1", "70", "--on", "2026-11-06")
    shop.ok("sale", "void", "4", "--reason", "twice")
    shop.ok("sale", "record", "--walk-in", "50", "--on", "2026-11-10")
    assert listed(shop, *options) == expected


def test_a_list_is_cut_with_the_number_of_all(anna: Shop) -> None:
    for day in ("2026-11-03", "2026-11-01", "2026-11-02"):
        record(anna, "--walk-in", "5", "--on", day)
    record(anna, "1", "7", "--on", "2026-11-02")
    cut = ("sale", "list", "--limit", "1", "--columns", "sale_id", "--format", "csv")
    for options, first, told in (
        ([], 1, "1 of 4"),
        (["--from", "2026-11-02"], 1, "1 of 3"),
        (["--to", "2026-11-01"], 2, ""),
        (["--who", "1"], 4, ""),
    ):
        ran = anna.run(*cut, *options)
        assert ran.out == f"sale_id\n{first}\n"
        assert ran.err == (f"Shown: {told}; --limit 0 shows all.\n" if told else "")


@pytest.mark.parametrize(
    ("options", "code", "sentence", "hint"),
    [
        (
            ["--product", "Brash"],
            3,
            "there is no product Brash",
            "did you mean Brush?",
        ),
        (["--channel", "shp"], 3, "there is no channel shp", "did you mean shop?"),
        (
            ["--from", "2026-11-02", "--to", "2026-11-01"],
            2,
            "the period ends on 01.11.2026, before it begins on 02.11.2026",
            "--from is its first day, --to its last",
        ),
    ],
)
def test_a_wrong_wish_is_one_sentence_with_a_hint(
    shop: Shop, options: list[str], code: int, sentence: str, hint: str
) -> None:
    shop.ok("sale", "record", "--walk-in", "--item", "Brush @ 5", "--channel", "shop")
    ran = refused(shop, "sale", "list", *options)
    assert (ran.code, ran.err) == (code, f"error: {sentence}\nhint: {hint}\n")


def test_an_unknown_sale_is_not_shown(shop: Shop) -> None:
    ran = refused(shop, "sale", "show", "9")
    assert (ran.code, ran.err) == (
        3,
        "error: there is no sale 9\nhint: clientbase sale list shows their numbers\n",
    )


def test_a_sale_is_one_operation_and_all_of_it_is_in_the_journal(anna: Shop) -> None:
    record(anna, "1", "--item", "Brush @ 30", "--channel", "shop")
    base = anna.connect()
    operation, command, who = base.execute(
        "select id, command, who from operation order by id desc limit 1"
    ).fetchone()
    assert (command, who) == ("sale record", "olga")
    assert base.execute(
        "select table_name, kind from change where operation_id = ? order by table_name",
        (operation,),
    ).fetchall() == [
        ("channel", "insert"),
        ("lead", "update"),
        ("product", "insert"),
        ("sale", "insert"),
        ("sale_line", "insert"),
        ("stage_move", "insert"),
    ]
    base.close()
