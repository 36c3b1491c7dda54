"""`clientbase product`: what is sold, and promo codes by which it was sold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from shop import refused

if TYPE_CHECKING:
    from shop import Shop

KEYS = [
    "name",
    "category",
    "replenish_days",
    "quantity",
    "revenue",
    "clients",
    "last_sold_on",
]


def listed(shop: Shop, *args: str) -> list[tuple[Any, ...]]:
    rows = shop.rows("product", "list", *args)
    assert all(list(row) == KEYS for row in rows)
    return [tuple(row.values()) for row in rows]


@pytest.fixture
def sold(shop: Shop) -> Shop:
    """Two clients and a passer-by, a voided sale, and a return from a file."""
    file = shop.path.with_name("sales.csv")
    file.write_text(
        "ref,date,name,product,quantity,amount\n"
        "R1,2026-10-01,Anna,Shampoo,1.5,150\n"
        "R2,2026-10-02,Anna,Shampoo,-0.5,-50\n"
    )
    shop.ok("import", "sales", str(file))
    shop.ok("contact", "add", "Boris")
    for day, *line in (
        ("2026-11-01", "1", "--item", "Shampoo x2 @ 100", "--item", "Brush @ 30"),
        ("2026-11-02", "2", "--item", "shampoo x0.1 @ 100", "--item", "Brush x2 @ 30"),
        ("2026-11-03", "--walk-in", "--item", "Brush @ 30", "--discount", "5"),
        ("2026-11-04", "2", "--item", "Shampoo x9 @ 100"),
        ("2026-11-05", "2", "500"),
    ):
        shop.ok("sale", "record", *line, "--on", day)
    shop.ok("sale", "void", "5", "--reason", "a slip")
    shop.ok("product", "add", "Ёлочка", "--category", "gifts", "--replenish", "1y")
    return shop


def test_products_are_listed_with_what_was_sold_and_not_given_back(sold: Shop) -> None:
    # Shampoo: 1.5 − 0.5 + 2 + 0.1 pieces, 150 − 50 + 200 + 10; the voided nine are aside.
    assert listed(sold) == [
        ("Brush", None, None, 4, 120.0, 2, "2026-11-03"),
        ("Shampoo", None, None, 3.1, 310.0, 2, "2026-11-02"),
        ("Ёлочка", "gifts", 365, 0, 0.0, 0, None),
    ]
    assert [row[0] for row in listed(sold, "--sort", "-revenue", "--limit", "2")] == [
        "Shampoo",
        "Brush",
    ]


def test_a_product_shown_alone_is_its_row_of_the_list(sold: Shop) -> None:
    for row in sold.rows("product", "list"):
        assert sold.rows("product", "edit", row["name"], "--name", row["name"]) == [row]


def test_no_products_yet_is_said_with_what_to_type(shop: Shop) -> None:
    assert shop.run("product", "list").out == (
        "No products yet; a sale makes them: clientbase sale record WHO --item NAME\n"
    )
    assert shop.rows("product", "list") == []


def test_a_product_is_made_beforehand_and_found_by_a_sale(shop: Shop) -> None:
    ran = shop.run("product", "add", " Dog  food ", "--category", "food", "--replenish", "30d")
    assert (ran.code, ran.err) == (0, "Dog food is in the base.\n")
    shop.ok("sale", "record", "--walk-in", "--item", "dog FOOD @ 5", "--on", "2026-11-20")
    assert listed(shop) == [("Dog food", "food", 30, 1, 5.0, 0, "2026-11-20")]


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("30", 30),
        ("30d", 30),
        ("2w", 14),
        ("6m", 180),
        ("1m1w", 37),
        ("12m", 365),
        ("1y", 365),
        ("1y6m", 545),
        ("3 недели", 21),
        ("", None),
        (" ", None),
    ],
)
def test_a_span_is_kept_in_days(shop: Shop, typed: str, days: int | None) -> None:
    assert shop.rows("product", "add", "Mask", f"--replenish={typed}")[0]["replenish_days"] == days


def test_a_product_is_renamed_with_its_history(sold: Shop) -> None:
    ran = sold.run("product", "edit", "SHAMPOO", "--name", "Shampoo 250", "--category", "hair")
    assert (ran.code, ran.err) == (0, "Shampoo 250 is changed.\n")
    assert listed(sold)[1] == ("Shampoo 250", "hair", None, 3.1, 310.0, 2, "2026-11-02")
    assert [row["sale_id"] for row in sold.rows("sale", "list", "--product", "shampoo 250")] == [
        3,
        2,
        1,
    ]
    assert sold.run("product", "edit", "shampoo 250", "--name", "SHAMPOO 250").code == 0
    sold.ok("product", "edit", "shampoo 250", "--category", "", "--replenish", "6w")
    assert listed(sold)[1][:3] == ("SHAMPOO 250", None, 42)
    sold.ok("product", "edit", "shampoo 250", "--replenish", "")
    assert listed(sold)[1][:3] == ("SHAMPOO 250", None, None)


def test_the_journal_keeps_what_was(sold: Shop) -> None:
    sold.ok("product", "edit", "brush", "--replenish", "5")
    sold.ok("product", "edit", "brush", "--replenish", "5")  # nothing new, no operation
    base = sold.connect()
    assert base.execute(
        "select operation.command, change.kind, change.before ->> 'replenish_days' "
        "from operation inner join change on change.operation_id = operation.id "
        "where operation.command like 'product%' order by change.id"
    ).fetchall() == [("product add", "insert", None), ("product edit", "update", None)]
    base.close()


SPAN = "type 30d, 2w, 6m (months) or 1y"


@pytest.mark.parametrize(
    ("line", "code", "sentence", "hint"),
    [
        (
            ["add", "brush"],
            5,
            "there is a product Brush already",
            "change it with: clientbase product edit NAME",
        ),
        (
            ["edit", "Shampoo", "--name", "BRUSH"],
            5,
            "there is a product Brush already",
            "what was sold of either stays its own; choose a name that is free",
        ),
        (["edit", "Brash", "--name", "x"], 3, "there is no product Brash", "did you mean Brush?"),
        (
            ["edit", "", "--name", "x"],
            2,
            "it is not said which product",
            "clientbase product list shows the products",
        ),
        (
            ["edit", "Brush"],
            2,
            "it is not said what to change",
            "add --name, --category or --replenish",
        ),
        (["add", " "], 4, "a text is needed here, and it is empty", "type some letters"),
        (["edit", "Brush", "--name", ""], 4, "a text is needed here, and it is empty", None),
        (
            ["add", "Sham\x1b[31mpoo"],
            4,
            "Sham�[31mpoo holds a control character that can't be seen (U+001B)",
            "type it anew instead of copying it",
        ),
        (
            ["add", "x" * 10_000],
            4,
            "the text has 10000 characters, 200 are the most",
            "make it shorter",
        ),
        (["add", "Mask", "--replenish", "soon"], 4, '"soon" is not a span of time', SPAN),
        (
            ["add", "Mask", "--replenish", "0"],
            4,
            "a span of time must be longer than nothing: 0d",
            SPAN,
        ),
        (
            ["add", "Mask", "--replenish", "-5"],
            4,
            '"-5" is not a span of time',
            SPAN,
        ),
        (["add", "Mask", "--replenish", "1e9"], 4, '"1e9" is not a span of time', SPAN),
        (
            ["add", "Mask", "--replenish", "99999"],
            4,
            "a span of time cannot be longer than 200 years: 99999d",
            SPAN,
        ),
    ],
)
def test_a_mistake_is_one_sentence_with_a_hint(
    sold: Shop, line: list[str], code: int, sentence: str, hint: str | None
) -> None:
    ran = refused(sold, "product", *line)
    told = ran.err.splitlines()
    assert (ran.code, told[0]) == (code, f"error: {sentence}")
    assert hint is None or told[1:] == [f"hint: {hint}"]


@pytest.mark.parametrize(
    ("shell", "line", "offered"),
    [
        ("bash", "clientbase product edit do", ["dog\\ food\\ 3\\ kg"]),
        ("zsh", "clientbase product edit do", ['"dog food 3 kg":""']),
        ("bash", "clientbase sale list --product ёл", ["ёлка"]),
        ("bash", "clientbase product edit x", [""]),
    ],
)
def test_names_are_offered_for_completion(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, shell: str, line: str, offered: list[str]
) -> None:
    for name in ("Dog food 3 kg", "Ёлка"):
        shop.ok("product", "add", name)
    monkeypatch.setenv("_CLIENTBASE_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
    ran = shop.run()
    if shell == "zsh":
        assert "dog food 3 kg" in ran.out  # the rest is the shell's own dress
    else:
        assert ran.out.split("\n")[:-1] == offered


def test_a_promo_code_is_kept_as_typed_and_found_in_any_letter_case(shop: Shop) -> None:
    shop.ok("contact", "add", "Anna")
    for code in ("Осень26", "ОСЕНЬ26", " WINTER ", ""):
        shop.ok("sale", "record", "1", "5", "--promo", code)
    rows = shop.rows("sale", "list", "--sort", "sale_id")
    assert [row["promo"] for row in rows] == ["Осень26", "ОСЕНЬ26", "WINTER", None]
    for options, found in (
        (["осень26"], [2, 1]),
        (["winter"], [3]),
        (["Winter", "--who", "1"], [3]),
        (["осень26", "--limit", "1", "-q"], [2]),
    ):
        rows = shop.rows("sale", "list", "--promo", *options)
        assert [row["sale_id"] for row in rows] == found
    cut = shop.run("sale", "list", "--promo", "осень26", "--limit", "1", "--format", "csv")
    assert cut.err == "Shown: 1 of 2; --limit 0 shows all.\n"
    assert shop.rows("sale", "show", "3")[0]["promo"] == "WINTER"


@pytest.mark.parametrize(
    ("line", "code", "sentence", "hint"),
    [
        (
            ["record", "--walk-in", "5", "--promo", "two words"],
            4,
            "a promo code is one word: two words",
            "write it without spaces: twowords",
        ),
        (
            ["record", "--walk-in", "5", "--promo", "x" * 41],
            4,
            "the text has 41 characters, 40 are the most",
            "make it shorter",
        ),
        (
            ["record", "--walk-in", "5", "--promo", "a\x07"],
            4,
            "a� holds a control character that can't be seen (U+0007)",
            "type it anew instead of copying it",
        ),
        (
            ["list", "--promo", "sumer"],
            3,
            "no sale has the promo code sumer",
            "did you mean SUMMER?",
        ),
        (
            ["list", "--promo", "\x1bx" * 5_000],
            3,
            f"no sale has the promo code {'�x' * 30}…",
            "sales get one with: clientbase sale record WHO --promo CODE",
        ),
    ],
)
def test_a_wrong_promo_code_is_one_sentence_with_a_hint(
    shop: Shop, line: list[str], code: int, sentence: str, hint: str
) -> None:
    shop.ok("sale", "record", "--walk-in", "5", "--promo", "SUMMER")
    ran = refused(shop, "sale", *line)
    assert (ran.code, ran.err) == (code, f"error: {sentence}\nhint: {hint}\n")


def test_a_renamed_product_is_told_to_who_asks_for_it_in_a_segment(shop: Shop) -> None:
    shop.ok("product", "add", "Shampoo", "--quiet")
    shop.ok("segment", "define", "clean", "has_bought('shampoo') and orders > 1", "--quiet")
    assert shop.run("product", "edit", "shampoo", "--name", "SHAMPOO").err == (
        "SHAMPOO is changed.\n"
    )
    assert shop.run("product", "edit", "shampoo", "--name", "Dog shampoo").err == (
        "Dog shampoo is changed.\nA segment names it in its rule and finds it no more: clean.\n"
    )
    assert shop.run("segment", "run", "clean").code == 4
