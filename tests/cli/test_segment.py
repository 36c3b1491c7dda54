"""`clientbase segment`: what it shows, keeps and refuses."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from clientbase.facts.catalogue import FACTS
from clientbase.facts.segments import BUILT_IN

if TYPE_CHECKING:
    from shop import Shop

KEYS = (
    "contact_id external_id name organisation phone email city manager channel tags orders "
    "revenue average_order last_sale_on days_since_sale base frequency_class value_class"
)
NAMES = (
    "one-time periodic regular economy standard vip "
    "one-time-economy one-time-standard one-time-vip "
    "periodic-economy periodic-standard periodic-vip "
    "regular-economy regular-standard regular-vip "
    "base:dead base:potential base:vip base:partner base:regular base:active base:working "
    "rfm:champions rfm:loyal-customers rfm:potential-loyalist rfm:new-customers rfm:promising "
    "rfm:need-attention rfm:about-to-sleep rfm:at-risk rfm:cant-lose-them rfm:hibernating "
    "abc:A abc:B abc:C sleeping late key"
)
SALES = (
    ("Анна", 5_000, "2026-11-20"),
    ("Анна", 7_000, "2026-10-01"),
    ("Анна", 6_000, "2026-09-01"),
    ("Анна", 6_000, "2024-09-01"),
    ("Борис", 900, "2026-06-01"),
    ("Вера", 50, "2025-01-10"),
)


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Three clients, one with a tag, and somebody who has not bought."""
    base = shop.connect()
    base.execute("pragma query_only = off")
    for number, name in enumerate(("Анна", "Борис", "Вера", "Глеб"), start=1):
        base.execute(
            "insert into contact (id, name, name_key, entered_on, entered_by) values (?, ?, ?, '2026-11-01', 'entry')",
            (number, name, name.lower()),
        )
    for name, amount, day in SALES:
        base.execute(
            "insert into sale (contact_id, sold_on, amount) select id, ?, ? from contact where name = ?",
            (day, amount * 100, name),
        )
    base.execute("insert into tag (name, name_key) values ('Клуб', 'клуб')")
    base.execute("insert into contact_tag (contact_id, tag_id) values (2, 1)")
    base.close()
    return shop


def _names(shop: Shop, *args: str) -> list[str]:
    return [row["name"] for row in shop.rows("segment", "run", *args)]


def test_nine_cells_come_first(busy: Shop) -> None:
    told = busy.envelope("segment", "run")
    assert " ".join(told["rows"][0]) == (
        "value_class frequency_class segment clients revenue share typical_order "
        "days_since_sale what_to_do"
    )
    assert [row["segment"] for row in told["rows"]] == [
        f"{often}-{dear}"
        for dear in ("vip", "standard", "economy")
        for often in ("one-time", "periodic", "regular")
    ]
    filled = {row["segment"]: list(row.values())[3:8] for row in told["rows"] if row["clients"]}
    assert filled == {
        "regular-vip": [1, 24000, pytest.approx(2_400_000 / 24_950), 6000, 1],
        "one-time-standard": [1, 900, pytest.approx(90_000 / 24_950), 900, 173],
        "one-time-economy": [1, 50, pytest.approx(5_000 / 24_950), 50, 680],
    }
    assert (told["kind"], list(told["tables"])) == ("segments", ["advice"])
    assert all(row["what_to_do"] for row in told["rows"])


def test_the_nine_cells_on_paper(busy: Shop) -> None:
    assert busy.ok("segment", "run").split("\n\nadvice\n")[0] == (
        "value class \\ frequency class                   one-time  periodic    regular\n"
        "-----------------------------  ---------------  --------  --------  ---------\n"
        "vip                            clients                 0         0          1\n"
        "                               revenue              0,00      0,00  24 000,00\n"
        "                               share                0,0%      0,0%      96,2%\n"
        "                               typical order                         6 000,00\n"
        "                               days since sale                              1\n"
        "standard                       clients                 1         0          0\n"
        "                               revenue            900,00      0,00       0,00\n"
        "                               share                3,6%      0,0%       0,0%\n"
        "                               typical order      900,00                     \n"
        "                               days since sale       173                     \n"
        "economy                        clients                 1         0          0\n"
        "                               revenue             50,00      0,00       0,00\n"
        "                               share                0,2%      0,0%       0,0%\n"
        "                               typical order       50,00                     \n"
        "                               days since sale       680                     \n"
        "\n"
        "Orders and days in a cell are medians of its clients.\n"
        "By the average order: economy is under 616,67 ₽, vip is over 4 980,00 ₽.\n"
        "Borders that are not set are the 33⅓ and 90 percentiles of the clients. "
        "Other ones: clientbase set value.low AMOUNT.\n"
        "By orders: one-time is 1, periodic 2 or 3, regular 4 and more.\n"
        "With 3 clients the base is small: one more sale may change all of this."
    ).replace("                     \n", "\n")


def test_borders_and_a_window_that_are_set_are_told(busy: Shop) -> None:
    for key, value in (
        ("value.low", "100"),
        ("value.high", "5000"),
        ("value.by", "median"),
        ("frequency.window", "12"),
    ):
        busy.ok("set", key, value, "--quiet")
    told = busy.envelope("segment", "run")
    assert told["notes"] == [
        "Orders and days in a cell are medians of its clients.",
        "By the median order: economy is under 100.00 RUB, vip is over 5,000.00 RUB.",
        "By orders: one-time is 1, periodic 2 or 3, regular 4 and more, within 12 months.",
        "With 3 clients the base is small: one more sale may change all of this.",
    ]
    assert [row["segment"] for row in told["rows"] if row["clients"]] == [
        "periodic-vip",
        "one-time-standard",
        "one-time-economy",
    ]


def test_a_base_without_clients_has_nine_empty_cells(shop: Shop) -> None:
    told = shop.envelope("segment", "run")
    assert [(row["clients"], row["share"], row["typical_order"]) for row in told["rows"]] == [
        (0, None, None)
    ] * 9
    assert told["notes"] == ["No clients yet; a sale makes them: clientbase sale record WHO AMOUNT"]
    assert told["tables"]["advice"] == []


def test_the_members_of_a_segment_are_listed_as_contacts_are(busy: Shop) -> None:
    told = busy.envelope("segment", "run", "regular-vip")
    assert told["kind"] == "contacts"
    assert [list(row) for row in told["rows"]] == [KEYS.split()]
    assert [row["name"] for row in told["rows"]] == ["Анна"]


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("one-time", ["Борис", "Вера"]),
        ("economy", ["Вера"]),
        ("ONE-TIME-Standard", ["Борис"]),
        ("base:potential", ["Глеб"]),
        ("base:vip", ["Анна"]),
        ("base:dead", []),
        ("rfm:champions", ["Анна"]),
        ("rfm:cant-lose-them", []),
        ("ABC:a", ["Анна"]),
        ("abc:B", []),
        ("abc:C", ["Борис", "Вера"]),
        ("sleeping", ["Вера"]),
        ("late", []),
        ("key", ["Анна"]),
    ],
)
def test_segments_that_are_built_in(name: str, members: list[str], busy: Shop) -> None:
    assert _names(busy, name) == members


def test_a_past_day_knows_only_what_was_then(busy: Shop) -> None:
    assert _names(busy, "one-time", "--as-of", "2026-06-15") == ["Анна", "Борис", "Вера"]
    assert _names(busy, "periodic", "--as-of", "2026-09-15") == ["Анна"]


def test_all_segments_are_listed_with_their_sizes(busy: Shop) -> None:
    busy.ok("segment", "define", "клуб", "has(tags, 'клуб')", "--quiet")
    rows = busy.rows("segment", "list")
    assert list(rows[0]) == ["segment", "rule", "about", "contacts"]
    assert [row["segment"] for row in rows] == [*NAMES.split(), "клуб"]
    assert rows[-1] == {
        "segment": "клуб",
        "rule": "has(tags, 'клуб')",
        "about": "a segment of yours",
        "contacts": 1,
    }
    for row in rows:
        assert row["contacts"] == len(_names(busy, row["segment"])), row


def test_a_segment_is_kept_run_replaced_and_dropped(busy: Shop) -> None:
    ran = busy.run(
        "segment", "define", "Quiet Dear", "average_order > 500 and days_since_sale > 90"
    )
    assert ran.code == 0
    assert ran.out.splitlines()[2:] == [
        "Quiet Dear  average_order > 500 and days_since_sale > 90  a segment of yours         1"
    ]
    assert ran.err == "1 contact is in it now.\n"
    assert _names(busy, "quiet dear") == ["Борис"]
    assert busy.run("segment", "define", "quiet dear", "orders = 1").code == 5
    again = busy.run("segment", "define", "quiet dear", "orders = 1", "--replace")
    assert (again.code, again.err) == (0, "2 contacts are in it now.\n")
    assert _names(busy, "quiet dear") == ["Борис", "Вера"]
    assert busy.run("segment", "drop", "quiet dear").err == (
        "error: the segment quiet dear would be dropped\n"
        "hint: --yes does it, --dry-run only shows it\n"
    )
    busy.ok("segment", "drop", "quiet dear", "--dry-run")
    busy.ok("segment", "drop", "quiet dear", "--yes")
    assert busy.run("segment", "run", "quiet dear").code == 3


def test_the_same_rule_again_changes_nothing(busy: Shop) -> None:
    busy.ok("segment", "define", "one", "orders = 1", "--quiet")
    base = busy.connect()
    before = base.one("select count(*) from operation")
    busy.ok("segment", "define", "one", "orders = 1", "--quiet")
    assert base.one("select count(*) from operation") == before
    base.close()


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (
            ["run", "champion"],
            3,
            "error: there is no segment champion\nhint: did you mean rfm:champions?\n",
        ),
        (
            ["run", "qqqq"],
            3,
            "error: there is no segment qqqq\nhint: clientbase segment list shows them all\n",
        ),
        (
            ["define", "VIP", "orders = 1"],
            4,
            (
                "error: a segment of yours can't be called VIP\n"
                "hint: built-in segments are called so; choose another name, such as my-vip\n"
            ),
        ),
        (
            ["define", "big", "1) or (1"],
            4,
            (
                "error: the rule can't be used: character 2: a bracket is closed that was not opened\n"
                "hint: give each ) its (\n"
            ),
        ),
        (
            ["drop", "late", "--yes"],
            4,
            "error: late is built in\nhint: only segments of your own can be dropped\n",
        ),
    ],
)
def test_refusals(args: list[str], code: int, said: str, busy: Shop) -> None:
    ran = busy.run("segment", *args)
    assert (ran.code, ran.out, ran.err) == (code, "", said)


def test_a_segment_whose_field_is_gone_is_told_and_the_others_are_listed(busy: Shop) -> None:
    busy.ok("field", "add", "animal", "--quiet")
    busy.ok("segment", "define", "dogs", "animal = 'dog'", "--quiet")
    base = busy.connect()
    base.execute("pragma query_only = off")
    base.execute("delete from field")
    base.close()
    told = busy.envelope("segment", "list")
    assert told["rows"][-1]["contacts"] is None
    assert told["notes"][0] == "dogs: the rule can't be used: character 1: there is no fact animal"
    assert busy.run("segment", "run", "dogs").code == 4
    assert busy.run("segment", "drop", "dogs", "--yes").code == 0


def test_cuts_that_do_not_fit_leave_the_other_segments_alone(busy: Shop) -> None:
    busy.ok("set", "rfm.recency", "30,90", "--quiet")
    told = busy.envelope("segment", "list")
    sizes = {row["segment"]: row["contacts"] for row in told["rows"]}
    assert (sizes["one-time"], sizes["rfm:champions"]) == (2, None)
    assert told["notes"][0] == "rfm: 5 scores take 4 cuts, and rfm.recency has 2"


def test_a_segment_tells_the_borders_that_decide_who_is_in_it(busy: Shop) -> None:
    dear = [
        "By the average order: economy is under 616.67 RUB, vip is over 4,980.00 RUB.",
        (
            "Borders that are not set are the 33⅓ and 90 percentiles of the clients. "
            "Other ones: clientbase set value.low AMOUNT."
        ),
    ]
    assert busy.envelope("segment", "run", "vip")["notes"] == dear
    assert busy.envelope("segment", "run", "late")["notes"] == [
        "Sleeping: quiet for more than 365 days, or than 3 own rhythms and 60 days.",
        (
            "Late: not sleeping, but quiet for more than 1.5 own rhythms, 90% of the own gaps, "
            "and 14 days."
        ),
    ]
    assert busy.envelope("contact", "list", "--where", "base = 'partner'")["notes"] == [
        *dear,
        (
            "Kinds of base, the first that fits: "
            "dead: nothing heard for 730 days, and nothing planned; "
            "potential: in the base, and not bought yet; "
            "vip: dear orders and 2 or more of them, or the tag vip; "
            "partner: 4 orders and more, and a client for 2 years; "
            "regular: clients with 4 orders and more; "
            "active: 2 or 3 orders, the first 90 days ago or more; "
            "working: 1 order, or a newcomer's 2 or 3 orders."
        ),
    ]
    assert busy.envelope("segment", "run", "rfm:champions")["notes"] == []


def test_borders_that_are_set_are_told_where_their_class_is(busy: Shop) -> None:
    for key, value in (
        ("frequency.regular", "7"),
        ("frequency.periodic", "3"),
        ("active.after", "1"),
        ("partner.after", "18m"),
        ("sleeping.rhythm", "2.5"),
        ("late.share", "75"),
    ):
        busy.ok("set", key, value, "--quiet")
    about = {row["segment"]: row["about"] for row in busy.rows("segment", "list")}
    assert [about[name] for name in ("one-time", "periodic", "regular")] == [
        "clients with 1 or 2 orders",
        "clients with 3 to 6 orders",
        "clients with 7 orders and more",
    ]
    assert about["base:partner"] == "7 orders and more, and a client for 18 months"
    assert about["base:active"] == "3 to 6 orders, the first 1 day ago or more"
    assert about["base:working"] == "1 or 2 orders, or a newcomer's 3 to 6 orders"
    assert about["sleeping"].endswith("than 2.5 own rhythms and 60 days")
    assert "75% of the own gaps" in about["late"]
    assert busy.envelope("segment", "run", "periodic")["notes"] == [
        "By orders: one-time is 1 or 2, periodic 3 to 6, regular 7 and more."
    ]


def test_who_came_after_the_day_is_left_out_and_counted(busy: Shop) -> None:
    note = "1 contact came after 2026-10-15 and is left out."
    as_of = ("--as-of", "2026-10-15")
    told = busy.envelope("segment", "list", *as_of)
    sizes = {row["segment"]: row["contacts"] for row in told["rows"]}
    assert (told["notes"][-1], sizes["base:potential"]) == (note, 0)
    busy.ok("segment", "define", "new", "days_since_entry < 100", "--quiet")
    assert _names(busy, "new") == ["Анна", "Борис", "Вера", "Глеб"]
    told = busy.envelope("segment", "run", "new", *as_of)
    assert (told["rows"], told["notes"]) == ([], [note])
    assert busy.envelope("segment", "list")["notes"][-1] != note


def test_facts_are_listed_with_own_fields(busy: Shop) -> None:
    busy.ok("field", "add", "animal", "--quiet")
    rows = busy.rows("segment", "facts")
    assert list(rows[0]) == ["name", "kind", "about"]
    assert [row["name"] for row in rows] == [*FACTS, "animal", "has_bought('PRODUCT')"]
    assert [segment.name for segment in BUILT_IN.values()] == NAMES.split()


def test_a_lead_that_was_lost_in_between_was_not_open_then(shop: Shop) -> None:
    shop.ok("lead", "add", "Anna", "--dated", "2026-10-01", "-q")
    shop.ok("lead", "lose", "1", "--reason", "price", "--dated", "2026-10-10", "-q")
    shop.ok("lead", "reopen", "1", "--dated", "2026-11-01", "-q")
    shop.ok("lead", "advance", "1", "agreed", "--dated", "2026-11-05", "-q")
    shop.ok("segment", "define", "in-talks", "open_leads = 1", "-q")
    shop.ok("segment", "define", "at-start", "stage = 'new'", "-q")

    def named(segment: str, day: str) -> bool:
        return bool(shop.rows("segment", "run", segment, "--as-of", day))

    days = ("2026-10-09", "2026-10-10", "2026-10-31", "2026-11-01", "2026-11-05", "2026-11-21")
    assert [named("in-talks", day) for day in days] == [True, False, False, True, True, True]
    assert [named("at-start", day) for day in days] == [True, False, False, True, False, False]


def test_moves_of_a_segment_are_told_with_the_days(busy: Shop) -> None:
    told = busy.envelope("segment", "moves", "periodic", "--from", "2026-09-15")
    assert " ".join(told["rows"][0]) == (
        "contact_id external_id name move orders orders_then revenue revenue_then last_sale_on"
    )
    assert [list(row.values()) for row in told["rows"]] == [
        [1, None, "Анна", "left", 4, 2, 24000, 12000, "2026-11-20"]
    ]
    assert told["notes"][0] == "As of 2026-09-15 and as of 2026-11-21."
    assert [row["what"] for row in told["tables"]["summary"]] == [
        *("then", "came", "left", "stayed", "now")
    ]
    nobody = busy.run("segment", "moves", "late")
    assert nobody.out.splitlines()[1] == "Nobody came in and nobody left."


def test_moves_of_all_are_from_where_to_where(busy: Shop) -> None:
    told = busy.envelope("segment", "moves", "--from", "2026-05-01", "--to", "2026-06-15")
    keys = "from_segment to_segment clients revenue_then revenue"
    assert " ".join(told["rows"][0]) == keys
    matrix = told["tables"]["matrix"]
    assert " ".join(matrix[0]) == keys
    assert [list(row.values()) for row in matrix if row["clients"]] == [
        ["one-time-vip", "one-time-vip", 1, 6000, 6000],
        ["one-time-economy", "one-time-economy", 1, 50, 50],
        ["none", "one-time-standard", 1, 0, 900],
    ]
    assert told["as_of"] == "2026-06-15"
    assert list(told["tables"]) == ["moved", "matrix", "matrix_moved"]
    (moved,) = told["tables"]["matrix_moved"]
    assert list(moved.values()) == ["none", "one-time-standard", 1, 0, 900]


def test_moves_backwards_and_of_unknown_segments_are_refused(busy: Shop) -> None:
    ran = busy.run("segment", "moves", "late", "--from", "2026-06-15", "--to", "2026-06-01")
    assert (ran.code, ran.err) == (
        2,
        (
            "error: 15.06.2026 comes after 01.06.2026\n"
            "hint: --from is the first day, --to the last\n"
        ),
    )
    assert busy.run("segment", "moves", "qqqq").code == 3


def test_moves_of_an_empty_base_say_so(shop: Shop) -> None:
    assert ("No clients yet; a sale makes them: clientbase sale record WHO AMOUNT") in shop.ok(
        "segment", "moves"
    ).splitlines()
    assert shop.rows("segment", "moves", "late") == []


def test_segments_stand_beside_how_they_were(busy: Shop) -> None:
    day = ("--compare", "2026-06-15")
    (row,) = busy.rows("segment", "list", *day, "--columns", "segment,contacts,contacts_then")[:1]
    assert row == {"segment": "one-time", "contacts": 2, "contacts_then": 3}
    cells = {row["segment"]: row for row in busy.rows("segment", "run", *day)}
    assert (cells["regular-vip"]["clients"], cells["regular-vip"]["clients_then"]) == (1, 0)
    rows = busy.rows("segment", "run", "one-time", *day)
    assert [(row["name"], row["orders"], row["orders_then"]) for row in rows] == [
        ("Борис", 1, 1),
        ("Вера", 1, 1),
        ("Анна", None, 1),
    ]


def test_a_segment_is_explained(busy: Shop) -> None:
    told = busy.envelope("segment", "explain", "regular-vip", "Борис")
    assert " ".join(told["rows"][0]) == "part fact value border holds came_from change"
    assert " ".join(told["tables"]["sales"][0]) == (
        "sale_id sold_on amount refunded order in_window"
    )
    assert [row["holds"] for row in told["rows"]] == [False] * 5
    assert told["rows"][2]["came_from"] == "sale 5 of 2026-06-01"
    assert told["kind"] == "explanation"
    out = busy.ok("segment", "explain", "regular-vip", "Борис")
    assert out.startswith("Борис is not in regular-vip: frequency_class = 'regular' and")
    assert busy.run("segment", "explain", "qqqq", "Борис").code == 3
    assert busy.run("segment", "explain", "late", "Nobody").code == 3
    assert busy.rows("segment", "explain", "late", "Глеб")[0]["holds"] is False


def _explained(shop: Shop, rule: str, who: str) -> list[tuple[object, ...]]:
    """Return the parts of a rule as they are explained: value, border, holds, source, change."""
    shop.ok("segment", "define", "mine", rule, "--replace", "--quiet")
    return [tuple(row.values())[2:] for row in shop.rows("segment", "explain", "mine", who)[1:]]


@pytest.fixture
def pets(busy: Shop) -> Shop:
    """The same, and the second has two birds and a phone, and bought seed."""
    busy.ok("thing", "kinds", "add", "pet", "--quiet")
    for name, kind in (
        ("animal", "text"),
        ("born", "date"),
        ("tame", "yes/no"),
        ("price", "money"),
    ):
        busy.ok("field", "add", name, "--type", kind, "--of", "pet", "--quiet")
    for name, *fields in (
        ("Nala", "animal=Bird", "born=2023-06-29", "tame=no", "price=1500,5"),
        ("Ruby", "animal=Bird"),
    ):
        typed = [word for field in fields for word in ("--field", field)]
        busy.ok("thing", "add", "2", "pet", name, *typed, "--quiet")
    busy.ok("contact", "edit", "2", "--phone", "+79161234567", "--quiet")
    busy.ok("product", "add", "Seed", "--quiet")
    busy.ok("sale", "record", "2", "--item", "Seed @ 50", "--quiet")
    return busy


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ("has_thing('pet')", ("true", "= true", True, "Nala, Ruby")),
        ("not has_thing('pet')", ("true", "= false", False, "Nala, Ruby")),
        ("has_thing('pet', 'animal', 'bird')", ("Bird", "= bird", True, "Nala, Ruby")),
        ("has_thing('pet', 'animal', 'Dog''s')", ("Bird", "= Dog's", False, "Nala, Ruby")),
        ("not has_thing('pet', 'animal', 'bird')", ("Bird", "<> bird", False, "Nala, Ruby")),
        ("has_thing('pet', 'born', :today)", ("2023-06-29", "= 2026-11-21", False, "Nala, Ruby")),
        ("has_thing('pet', 'tame', true)", ("false", "= true", False, "Nala, Ruby")),
        ("has_thing('pet', 'price', 99.5)", ("1,500.50 RUB", "= 99.5", False, "Nala, Ruby")),
        ("has_bought('Seed')", ("true", "= true", True, "sale 7 of 2026-11-21")),
        ("has_phone", ("true", "= true", True, "+79161234567")),
        ("has_email", ("false", "= true", False, None)),
    ],
)
def test_what_somebody_has_is_shown_with_what_it_is(
    rule: str, shown: tuple[object, ...], pets: Shop
) -> None:
    (row,) = _explained(pets, rule, "2")
    assert row[:4] == shown


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("has_thing('pet')", "clientbase thing add 1 pet NAME"),
        (
            "has_thing('pet', 'animal', 'Dog''s')",
            "clientbase thing add 1 pet NAME --field 'animal=Dog'\"'\"'s'",
        ),
        (
            "has_thing('pet', 'born', :today)",
            "clientbase thing add 1 pet NAME --field born=2026-11-21",
        ),
        ("has_thing('pet', 'tame', true)", "clientbase thing add 1 pet NAME --field tame=true"),
        ("has_thing('pet', 'price', 99.5)", "clientbase thing add 1 pet NAME --field price=99.5"),
        ("first_channel = 'site'", "clientbase contact edit 1 --channel site"),
        ("has(tags, 'big club')", "clientbase contact tag 1 '+big club'"),
        ("city = 'Kazan'", "clientbase contact edit 1 --city Kazan"),
    ],
)
def test_the_command_that_is_told_does_it(rule: str, told: str, pets: Shop) -> None:
    pets.ok("channel", "add", "site", "--quiet")
    (row,) = _explained(pets, rule, "1")
    assert (row[2], row[4]) == (False, told)
    pets.ok(*shlex.split(told)[1:], "--quiet")
    assert _explained(pets, rule, "1")[0][2] is True


def test_the_tag_that_holds_is_told_to_be_taken_off_and_may_be(pets: Shop) -> None:
    (row,) = _explained(pets, "has(tags, 'клуб')", "2")
    assert row[1:] == ("has клуб", True, None, "clientbase contact tag 2 '-клуб'")
    pets.ok("contact", "tag", "2", "-клуб", "--quiet")
    assert _explained(pets, "has(tags, 'клуб')", "2")[0][2] is False


def test_what_must_be_said_of_a_thing_is_in_the_command_and_what_is_not_is_not_told(
    pets: Shop,
) -> None:
    pets.ok("field", "add", "chip", "--of", "pet", "--required", "--quiet")
    assert _explained(pets, "has_thing('pet')", "1")[0][4] == (
        "clientbase thing add 1 pet NAME --field chip=VALUE"
    )
    assert _explained(pets, "has_bought('Seed')", "1")[0][4] == "an order with it would do"
    assert _explained(pets, "not has_phone", "2")[0][4] is None


def test_who_is_silent_but_awaited_is_not_dead(busy: Shop) -> None:
    busy.ok("set", "dead.after", "1", "--quiet")
    rows = busy.rows("segment", "explain", "base:dead", "Глеб")
    # Entered on 1 November, 20 days before.
    assert [tuple(row.values())[1:] for row in rows[2:]] == [
        (
            *("days_silent", "20", ">= 1", True, "the last sign, of 2026-11-01"),
            "a sale, an enquiry or a word from them would end it",
        ),
        ("awaited", "false", "= false", True, None, "an open reminder would end it"),
    ]
    busy.ok("remind", "add", "Глеб", "call", "--on", "+3d", "--quiet")
    row = busy.rows("segment", "explain", "base:dead", "Глеб")[-1]
    assert (row["holds"], row["change"]) == (False, "when nothing is planned any more")
