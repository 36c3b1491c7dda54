"""`clientbase sale edit`: what was typed wrongly is put right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clientbase.db import totals
from clientbase.db.journal import Act, write
from shop import refused as shop_refused

if TYPE_CHECKING:
    from shop import Ran, Shop

ACT = Act("test", "olga", "2026-11-21T09:00:00Z")

# What is said of a lead that is open again.
STEPLESS = "It has no next step; plan one: clientbase lead edit {} --next TEXT --on DAY"


@pytest.fixture
def anna(shop: Shop) -> Shop:
    """Anna with a lead of 1 November, won by sale 1 of the 20th; Boris without any."""
    shop.ok("lead", "add", "Anna", "--on", "2026-11-01")
    shop.ok("contact", "add", "Boris")
    shop.ok("sale", "record", "1", "25000", "--on", "2026-11-20")
    return shop


def refused(shop: Shop, *args: str) -> Ran:
    """Edit in vain: nothing may be written."""
    return shop_refused(shop, "sale", "edit", *args)


def talk(shop: Shop, *args: str) -> str:
    """Edit, see that the totals are those of the rows, and return what is said."""
    ran = shop.run("sale", "edit", *args)
    assert ran.code == 0, ran
    assert kept(shop) == rebuilt(shop)
    return ran.err


def kept(shop: Shop) -> list[Any]:
    base = shop.connect()
    try:
        return base.execute("select * from contact_total order by contact_id").fetchall()
    finally:
        base.close()


def rebuilt(shop: Shop) -> list[Any]:
    """Return the totals made anew from sales and refunds, the base being left as it is."""
    base = shop.connect()
    try:
        with write(base, ACT, dry_run=True):
            totals.rebuild(base)
            return base.execute("select * from contact_total order by contact_id").fetchall()
    finally:
        base.close()


def sale(shop: Shop, number: int = 1) -> dict[str, Any]:
    row: dict[str, Any] = shop.rows("sale", "show", str(number))[0]
    return row


def money_of(shop: Shop, who: str) -> tuple[int, float]:
    card = shop.rows("contact", "show", who)[0]
    return card["orders"], card["revenue"]


def test_a_wrong_amount_is_put_right_and_is_no_refund(anna: Shop) -> None:
    assert talk(anna, "1", "--amount", "2500") == (
        "Sale 1 is changed: 25 000,00 ₽ was, 2 500,00 ₽ is.\n"
    )
    assert (sale(anna)["amount"], sale(anna)["refunded"]) == (2500.0, 0.0)
    assert money_of(anna, "1") == (1, 2500.0)


def test_the_row_as_it_is_now_is_returned(anna: Shop) -> None:
    rows = anna.rows(
        "sale", "edit", "1", "--amount", "2 400,50", "--on", "19.11.2026", "--discount", "99,50",
        "--ref", "INV-7", "--channel", "shop", "--promo", "Autumn", "--note", "by card",
    )  # fmt: skip
    assert rows == [
        {
            "sale_id": 1,
            "contact_id": 1,
            "name": "Anna",
            "sold_on": "2026-11-19",
            "amount": 2400.5,
            "discount": 99.5,
            "refunded": 0.0,
            "ref": "INV-7",
            "channel": "shop",
            "promo": "Autumn",
            "items": [],
            "note": "by card",
            "lead_id": 1,
            "voided_on": None,
        }
    ]
    assert anna.rows("sale", "list") == rows


def test_all_that_is_another_is_told(anna: Shop) -> None:
    said = ("--on", "2026-11-19", "--discount", "5", "--ref", "R", "--channel", "c", "--promo", "p")
    assert talk(anna, "1", *said, "--note", "n", "--item", "Brush @ 25005").splitlines() == [
        "Sale 1 is changed.",
        "The day: 20.11.2026 was, 19.11.2026 is.",
        "Items: nothing was, Brush @ 25 005,00 is.",
        "Discount: 0,00 ₽ was, 5,00 ₽ is.",
        "Reference: nothing was, R is.",
        "Channel: nothing was, c is.",
        "Promo code: nothing was, p is.",
        "Note: nothing was, n is.",
    ]
    empty = [word for name in ("ref", "channel", "promo", "note") for word in (f"--{name}", "")]
    assert talk(anna, "1", *empty, "--discount", "", "--item", "").splitlines() == [
        "Sale 1 is changed.",
        "Items: Brush @ 25 005,00 was, nothing is.",
        "Discount: 5,00 ₽ was, 0,00 ₽ is.",
        "Reference: R was, nothing is.",
        "Channel: c was, nothing is.",
        "Promo code: p was, nothing is.",
        "Note: n was, nothing is.",
    ]
    assert talk(anna, "1", "--note", "", "--amount", "25000") == "Sale 1 stays as it was.\n"


def test_the_journal_keeps_what_was(anna: Shop) -> None:
    anna.ok("sale", "edit", "1", "--amount", "2500", "--item", "Brush x2")
    anna.ok("sale", "edit", "1", "--item", "Brush @ 2600")
    anna.ok("sale", "edit", "1", "--item", "Brush @ 2600")  # nothing new, no operation
    base = anna.connect()
    operations = base.execute(
        "select id from operation where command = 'sale edit' and who = 'olga' order by id"
    ).fetchall()
    assert len(operations) == 2
    changes = base.execute(
        "select table_name, kind, before from change where operation_id = ? order by id",
        operations[0],
    ).fetchall()
    assert [(table, kind) for table, kind, _ in changes] == [
        ("sale", "update"),
        ("product", "insert"),
        ("sale_line", "insert"),
    ]
    assert json.loads(changes[0][2])["amount"] == 2_500_000
    changes = base.execute(
        "select table_name, kind, before from change where operation_id = ? order by id",
        operations[1],
    ).fetchall()
    assert [(table, kind) for table, kind, _ in changes] == [
        ("sale", "update"),
        ("sale_line", "delete"),
        ("sale_line", "insert"),
    ]
    assert json.loads(changes[1][2])["amount"] == 250_000
    base.close()


@pytest.mark.parametrize(
    ("items", "change", "amount", "discount", "lines"),
    [
        # One line at one price, or at none, follows what was paid.
        (["Cut @ 25000"], ["--amount", "2500"], 2500, 0, [("Cut", 1, "2500.00", 2500)]),
        (["Cut @ 90"], ["--amount", "70", "--discount", "10"], 70, 10, [("Cut", 1, "80.00", 80)]),
        # Discounts alone leave the items and change what was paid.
        (["Cut x2 @ 45"], ["--discount", "10"], 80, 10, [("Cut", 2, "45.00", 90)]),
        # Other items come to what was paid by themselves.
        (["Cut @ 90"], ["--item", "Dye x2 @ 50"], 100, 0, [("Dye", 2, "50.00", 100)]),
        (
            ["Cut @ 90"],
            ["--item", "Dye x2 @ 50", "--item", "Cut @ 1", "--amount", "96", "--discount", "5"],
            96,
            5,
            [("Dye", 2, "50.00", 100), ("Cut", 1, "1.00", 1)],
        ),
        # The only item without a price is for all that was paid.
        (["Cut @ 90"], ["--item", "Dye x3"], 90, 0, [("Dye", 3, None, 90)]),
        (["Cut @ 90"], ["--item", "Dye", "--amount", "40"], 40, 0, [("Dye", 1, None, 40)]),
        (["Cut @ 90"], ["--item", "", "--amount", "40"], 40, 0, []),
    ],
)
def test_items_come_to_the_amount(
    anna: Shop,
    items: list[str],
    change: list[str],
    amount: float,
    discount: float,
    lines: list[tuple[Any, ...]],
) -> None:
    anna.ok("sale", "record", "2", *(word for item in items for word in ("--item", item)))
    talk(anna, "2", *change)
    shown = anna.envelope("sale", "show", "2")
    assert (shown["rows"][0]["amount"], shown["rows"][0]["discount"]) == (amount, discount)
    assert [tuple(line.values()) for line in shown["tables"]["lines"]] == lines


def test_a_line_without_a_price_follows_what_was_paid(anna: Shop) -> None:
    anna.ok("sale", "record", "2", "100", "--item", "Cut x3")
    talk(anna, "2", "--amount", "60")
    assert anna.envelope("sale", "show", "2")["tables"]["lines"] == [
        {"product": "Cut", "quantity": 3, "price": None, "amount": 60}
    ]


def test_a_sale_goes_to_somebody_else_with_its_refunds_and_its_win(anna: Shop) -> None:
    anna.ok("sale", "refund", "1", "5000")
    anna.ok("lead", "add", "--who", "2", "--on", "2026-11-10")
    assert talk(anna, "1", "--who", "boris").splitlines() == [
        "Sale 1 is changed.",
        "Who: Anna (contact 1) was, Boris (contact 2) is.",
        "Lead 1 is open again.",
        STEPLESS.format(1),
        "Lead 2 is won.",
    ]
    assert (money_of(anna, "1"), money_of(anna, "2")) == ((0, 0.0), (1, 20000.0))
    refund = anna.envelope("sale", "show", "1")["tables"]["refunds"][0]
    assert (refund["contact_id"], refund["amount"]) == (2, 5000.0)
    leads = {row["lead_id"]: row for row in anna.rows("lead", "list", "--state", "all")}
    assert (leads[1]["state"], leads[2]["state"]) == ("open", "won")
    assert (leads[2]["closed_on"], leads[2]["sale_id"]) == ("2026-11-20", 1)


def test_from_nobody_to_a_contact_and_back(anna: Shop) -> None:
    anna.ok("sale", "record", "--walk-in", "300", "--on", "2026-11-18")
    assert talk(anna, "2", "--who", "2") == (
        "Sale 2 is changed.\nWho: nobody was, Boris (contact 2) is.\n"
    )
    assert money_of(anna, "2") == (1, 300.0)
    assert talk(anna, "2", "--walk-in") == (
        "Sale 2 is changed.\nWho: Boris (contact 2) was, nobody is.\n"
    )
    assert (sale(anna, 2)["contact_id"], money_of(anna, "2")) == (None, (0, 0.0))
    talk(anna, "2", "--who", "2")
    talk(anna, "2", "--who", "")
    assert sale(anna, 2)["contact_id"] is None


def test_of_several_open_leads_one_is_named(anna: Shop) -> None:
    anna.ok("lead", "add", "--who", "2", "--on", "2026-11-02")
    anna.ok("lead", "add", "--who", "2", "--on", "2026-11-03")
    ran = refused(anna, "1", "--who", "2")
    assert ran.code == 5
    assert ran.err.startswith("error: contact 2 has several open leads\n")
    assert talk(anna, "1", "--who", "2", "--lead", "3").endswith(
        f"Lead 1 is open again.\n{STEPLESS.format(1)}\nLead 3 is won.\n"
    )
    # The wrong lead was named: the other one is won, and this one is open.
    assert talk(anna, "1", "--lead", "2") == (
        f"Sale 1 is changed.\nLead 3 is open again.\n{STEPLESS.format(3)}\nLead 2 is won.\n"
    )
    assert talk(anna, "1", "--lead", "2") == "Sale 1 stays as it was.\n"
    assert talk(anna, "1", "--who", "1", "--keep-lead").endswith(
        f"is.\nLead 2 is open again.\n{STEPLESS.format(2)}\n"
    )
    assert sale(anna)["lead_id"] is None


def test_a_lead_that_loses_its_sale_does_not_hold_its_day(anna: Shop) -> None:
    assert talk(anna, "1", "--who", "2", "--on", "2026-10-01").splitlines() == [
        "Sale 1 is changed.",
        "The day: 20.11.2026 was, 01.10.2026 is.",
        "Who: Anna (contact 1) was, Boris (contact 2) is.",
        "Lead 1 is open again.",
        STEPLESS.format(1),
    ]


def test_the_lead_stays_won_on_the_day_of_the_sale(anna: Shop) -> None:
    anna.ok("sale", "void", "1", "--reason", "a slip")
    anna.ok("lead", "advance", "1", "--on", "2026-11-21")
    anna.ok("sale", "record", "1", "100")
    for day, won_on in (("2026-11-20", "2026-11-21"), ("2026-11-21", "2026-11-21")):
        talk(anna, "2", "--on", day)
        lead = anna.rows("lead", "show", "1")[0]
        assert (lead["state"], lead["closed_on"], lead["moved_on"]) == ("won", won_on, won_on)
    # Boris's lead was moved but once, as it was written down.
    anna.ok("lead", "add", "--who", "2", "--on", "2026-11-05")
    anna.ok("sale", "record", "2", "100")
    talk(anna, "3", "--on", "2026-11-06")
    lead = anna.rows("lead", "show", "2")[0]
    assert (lead["state"], lead["closed_on"], lead["moved_on"]) == (
        "won",
        "2026-11-06",
        "2026-11-06",
    )


HOW = "type a number as 1200, 1200.50 or 1 200,50"


@pytest.mark.parametrize(
    ("line", "code", "sentence", "hint"),
    [
        (["1", "--amount", "12,5,0"], 4, 'the digits of "12,5,0" are not in groups of three', HOW),
        (["1", "--amount", "1e9"], 4, '"1e9" is written with an exponent', HOW),
        (["1", "--amount", "-5"], 4, "an amount cannot be negative: -5", HOW),
        (
            ["1", "--amount", "12.345"],
            4,
            '"12.345" has too many decimals',
            "write 12345 or 12.34",
        ),
        (["1", "--amount", ""], 4, "no number was typed", HOW),
        (["1", "--discount", "-1"], 4, "an amount cannot be negative: -1", HOW),
        (
            ["1", "--on", "2026-11-22"],
            4,
            "22.11.2026 is still to come",
            "leave --on out for today, or give a day until 21.11.2026",
        ),
        (["1", "--on", ""], 4, "no day was typed", None),
        (
            ["1", "--on", "2026-10-31"],
            5,
            "sale 1 won lead 1, which was opened on 01.11.2026, after 31.10.2026",
            "give a day from 01.11.2026 on, or void the sale, which opens the lead again",
        ),
        (
            ["3", "--amount", "29.99"],
            4,
            "30,00 ₽ of sale 3 was given back, and 29,99 ₽ is less",
            "clientbase sale show 3 shows its refunds",
        ),
        (
            ["3", "--on", "2026-11-20"],
            4,
            "money of sale 3 was given back on 19.11.2026, before 20.11.2026",
            "clientbase sale show 3 shows its refunds",
        ),
        (
            ["4", "--amount", "39"],
            5,
            "contact 3 would have been given back more than was paid",
            "clientbase contact show 3 shows all refunds",
        ),
        (
            ["4", "--who", "2"],
            5,
            "contact 3 would have been given back more than was paid",
            "clientbase contact show 3 shows all refunds",
        ),
        (
            ["4", "--on", "2026-11-21"],
            5,
            "contact 3 would have been given back more than was paid",
            "clientbase contact show 3 shows all refunds",
        ),
        (
            ["2", "--amount", "5"],
            5,
            "sale 2 was voided on 21.11.2026",
            "record it anew: clientbase sale record WHO AMOUNT",
        ),
        (
            ["9", "--amount", "5"],
            3,
            "there is no sale 9",
            "clientbase sale list shows their numbers",
        ),
        (
            ["99999999999999999999999", "--amount", "5"],
            3,
            "there is no sale 99999999999999999999999",
            "clientbase sale list shows their numbers",
        ),
        (
            ["1"],
            2,
            "it is not said what to change",
            "add --amount, --on, --who or another option: clientbase sale edit --help",
        ),
        (
            ["1", "--who", "2", "--walk-in"],
            2,
            "--walk-in and --who do not go together",
            "--walk-in is a sale to nobody in the base",
        ),
        (
            ["1", "--lead", "1", "--keep-lead", "--who", "2"],
            2,
            "--lead and --keep-lead do not go together",
            "--lead names the lead that the sale wins",
        ),
        (["1", "--who", "Anya"], 3, "nobody is found by Anya", "did you mean Anna?"),
        (
            ["1", "--ref", "INV-1"],
            5,
            "INV-1 is the reference of sale 3 already",
            "see it with: clientbase sale show 3",
        ),
        (
            ["5", "--amount", "95"],
            4,
            "the items come to 100,00 ₽, and the amount is 95,00 ₽",
            "if it was a discount: --discount 5,00",
        ),
        (
            ["5", "--discount", "100.01"],
            4,
            "the discount of 100,01 ₽ is more than the items come to, 100,00 ₽",
            "give a smaller discount",
        ),
        (
            ["1", "--item", "Cut", "--item", "Dye @ 5"],
            4,
            "Cut has no price",
            'write it behind an @, such as: --item "Cut @ 450"',
        ),
        (["1", "--item", "", "--item", ""], 4, "a text is needed here, and it is empty", None),
        (
            ["1", "--promo", "two words"],
            4,
            "a promo code is one word: two words",
            "write it without spaces: twowords",
        ),
        (
            ["1", "--promo", "x" * 41],
            4,
            "the text has 41 characters, 40 are the most",
            "make it shorter",
        ),
        (
            ["1", "--note", "a\x1bb"],
            4,
            "a�b holds a control character that can't be seen (U+001B)",
            "type it anew instead of copying it",
        ),
        (
            ["1", "--note", "x" * 10_000],
            4,
            "the text has 10000 characters, 2000 are the most",
            "make it shorter",
        ),
    ],
)
def test_a_mistake_is_one_sentence_with_a_hint(
    anna: Shop, line: list[str], code: int, sentence: str, hint: str | None
) -> None:
    anna.ok("sale", "record", "2", "7")
    anna.ok("sale", "void", "2", "--reason", "a slip")
    anna.ok("sale", "record", "2", "100", "--on", "2026-11-18", "--ref", "INV-1")
    anna.ok("sale", "refund", "3", "30", "--on", "2026-11-19")
    anna.ok("sale", "record", "--new", "Vera", "50", "--on", "2026-11-18")
    anna.ok("sale", "refund", "--who", "3", "40", "--on", "2026-11-18")
    anna.ok("sale", "record", "2", "--item", "Cut x2 @ 45", "--item", "Dye @ 10")
    ran = refused(anna, *line)
    told = ran.err.splitlines()
    assert (ran.code, told[0]) == (code, f"error: {sentence}")
    assert hint is None or told[1:] == [f"hint: {hint}"]
    assert told[1].startswith("hint: ")


def test_names_of_all_scripts_and_markup_stay_as_they_are(anna: Shop) -> None:
    anna.ok("contact", "add", "weird [/] Ёлка")
    assert talk(anna, "1", "--who", "ёлка", "--note", "[red]да[/]", "--promo", "ОСЕНЬ") == (
        "Sale 1 is changed.\n"
        "Who: Anna (contact 1) was, weird [/] Ёлка (contact 3) is.\n"
        "Promo code: nothing was, ОСЕНЬ is.\n"
        "Note: nothing was, [red]да[/] is.\n"
        f"Lead 1 is open again.\n{STEPLESS.format(1)}\n"
    )
    assert [row["sale_id"] for row in anna.rows("sale", "list", "--promo", "осень")] == [1]


def test_prices_are_written_as_the_amounts_beside_them(anna: Shop) -> None:
    item = ("--item", "Cut x2 @ 18000", "--item", "Bolt x3 @ 12.1250")
    anna.ok("sale", "record", "2", *item)  # 36,000.00 + 36.375, half to even
    assert anna.ok("sale", "show", "2").splitlines()[-4:] == [
        "product  quantity  price         amount",
        "-------  --------  ---------  ---------",
        "Cut             2  18 000,00  36 000,00",
        "Bolt            3  12,1250        36,38",
    ]
    lines = anna.envelope("sale", "show", "2")["tables"]["lines"]
    assert [line["price"] for line in lines] == ["18000.00", "12.125"]
    told = talk(anna, "2", "--item", "Cut @ 18 000,00").splitlines()
    assert told[1] == "Items: Cut x2 @ 18 000,00; Bolt x3 @ 12,1250 was, Cut @ 18 000,00 is."


def test_a_discount_that_a_hint_tells_can_be_typed(anna: Shop) -> None:
    item = ("--item", "Cut @ 18000")
    hint = anna.run("sale", "record", "2", "15500", *item).err.splitlines()[-1]
    assert hint == "hint: if it was a discount: --discount 2500,00"
    anna.ok("sale", "record", "2", "15500", *item, *hint.split()[-2:])
