"""Owner's rules: a rule is refused or reads the documented facts, and nothing else."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from clientbase.errors import Refused
from clientbase.facts import rules
from clientbase.facts.catalogue import FACTS, listing
from clientbase.facts.wording import KEYWORDS
from clientbase.normal import fold
from clientbase.people.fields import RESERVED
from facts.plain import FIRST, LAST, Book, Enquiry, Person, Refund, Sale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import date

    from clientbase.db.connection import Base

    Open = Callable[[Book], AbstractContextManager[Base]]

BOOK = Book(
    [Person(FIRST), Person(FIRST, vip=True), Person(LAST)],
    [Sale(0, LAST, 500_010), Sale(1, FIRST, 100_000), Sale(1, LAST, 300_000)],
    [Refund(1, 1, LAST, 50_000)],
    (),
    [Enquiry(2, LAST, None)],
)


@pytest.fixture
def shop(opened: Open) -> Iterator[Base]:
    """Three contacts: Иван of Москва with a dog, Anna with the tag VIP, and ёлка."""
    with opened(BOOK) as base:
        for number, name, city in (
            (1, "Иван", "Москва"),
            (2, "Anna O'Neil", None),
            (3, "Ёлка", "KAZAN"),
        ):
            base.execute(
                "update contact set name = ?, name_key = ?, city = ? where id = ?",
                (name, fold(name), city, number),
            )
        base.execute(
            "insert into field (id, name, name_key, type, choices) values"
            " (2, 'Animal', 'animal', 'choice', '[\"dog\", \"Cat\"]'), (3, 'budget', 'budget', 'money', null),"
            " (4, 'neutered', 'neutered', 'yes/no', null), (5, 'кличка', 'кличка', 'text', null),"
            " (6, 'weight', 'weight', 'number', null)"
        )
        base.executemany(
            "insert into field_value (contact_id, field_id, value) values (?, ?, ?)",
            [
                (1, 2, "dog"),
                (2, 2, "Cat"),
                (1, 3, 700_000),
                (1, 4, 1),
                (2, 4, 0),
                (1, 5, "РЕКС"),
                (2, 6, 3.5),
                (1, 1, "2026-12-01"),
            ],
        )
        yield base


def _chosen(base: Base, rule: str) -> list[int]:
    return rules.chosen(base, rules.compiled(base, rule), LAST)


@pytest.mark.parametrize(
    ("rule", "ids"),
    [
        ("animal = 'dog' and average_order > 5000 and days_since_sale < 90", [1]),
        ("average_order = 5000.10", [1]),
        ("revenue >= 3500 and revenue < 3500.01", [2]),
        ("REVENUE > 3499.99", [1, 2]),
        ("has(tags, 'Vip')", [2]),
        ("not has(tags, 'vip')", [1, 3]),
        ("has(tags, 'vi')", []),
        ("has(tags, '')", []),
        ("city = 'МОСКВА' or city = 'Kazan'", [1, 3]),
        ("city in ('москва', 'kazan')", [1, 3]),
        ("city not in ('москва')", [3]),
        ("city <> 'МОСКВА'", [3]),
        ("city is null", [2]),
        ("city isnull or city is 'казань'", [2]),
        ("name like 'ИВ%'", [1]),
        ("name like 'елк_'", [3]),
        ("name = 'anna o''neil'", [2]),
        ("upper(name) = 'елка' or lower(city) = 'МОСКВА'", [1, 3]),
        ("instr(name, 'O''N') > 0", [2]),
        ("instr(name, ' ') > 0", [2]),
        ("substr(name, 1, 2) in ('ИВ', 'AN')", [1, 2]),
        ("Animal = 'CAT'", [2]),
        ("КЛИЧКА = 'рекс'", [1]),
        ("budget = 7000", [1]),
        ("weight between 3 and 4", [2]),
        ("weight between 3.5 and 3.5", [2]),
        ("neutered", [1]),
        ("neutered = false", [2]),
        ("neutered is not true", [2, 3]),
        ("service > :today", [1]),
        ("service >= '2026-12' and service <= '2026-12-01'", [1]),
        ("base = 'VIP'", [2]),
        ("base in ('vip', 'potential')", [2, 3]),
        ("value_class = 'vip' and frequency_class = 'one-time'", [1]),
        ("rfm_segment = 'new customers'", [1]),
        # Both bought on the last day; the first once and for more, the second twice.
        ("rfm = 515", [1]),
        ("rfm = 551", [2]),
        ("temperature = 'cold' and stage = 'NEW' and open_leads = 1", [3]),
        ("case when orders > 0 then revenue / orders > 2000 else false end", [1]),
        ("coalesce(city, 'нет') = 'Нет'", [2]),
        ("nullif(orders, 2) is null and max(orders, 1) = 2 and abs(-orders) = 2", [2]),
        ("round(revenue) = 5000 and length(city) = 6", [1]),
        ("trim(city) || '!' = 'МОСКВА!'", [1]),
        ("orders % 2 = 0 and orders * 2 + 1 - 1 >= 4", [2]),
        ("not (orders = 1 or orders = 0)", [2]),
        ("(orders, has_phone) = (2, 0)", [2]),
        ("contact_id = 3", [3]),
        ("orders in ()", []),
        ("last_sale_on = :today and first_sale_on < :today", [2]),
        ("entered_on = '2026-11-21'", [3]),
        ("name like '50\\%' escape '\\'", []),
    ],
)
def test_rules_choose_contacts(rule: str, ids: list[int], shop: Base) -> None:
    assert _chosen(shop, rule) == ids


def _refusal(base: Base, rule: str) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        _chosen(base, rule)
    return refused.value.message, refused.value.hint


@pytest.mark.parametrize(
    ("rule", "message", "hint"),
    [
        ("", "the rule is empty", "write a condition, such as orders >= 2"),
        ("  ", "the rule is empty", "write a condition, such as orders >= 2"),
        ("1 = 1", "the rule names no fact", "clientbase segment facts lists what a rule may use"),
        (
            "1) or (orders",
            "the rule can't be used: character 2: a bracket is closed that was not opened",
            "give each ) its (",
        ),
        (
            "orders in (1, (2)",
            "the rule can't be used: character 11: a bracket is opened and not closed",
            "give each ( its )",
        ),
        (
            'city = "x"',
            "the rule can't be used: character 8: \" does not belong here",
            "text stands in single quotes: 'dog'",
        ),
        (
            "city = 'x",
            "the rule can't be used: character 8: a quoted text without an end",
            "close the quoted text with another '",
        ),
        (
            "`city` = 'x'",
            "the rule can't be used: character 1: ` does not belong here",
            "names stand as they are, without quotes",
        ),
        (
            "[city] = 'x'",
            "the rule can't be used: character 1: [ does not belong here",
            "names stand as they are, without quotes",
        ),
        (
            "orders; drop table sale",
            "the rule can't be used: character 7: ; does not belong here",
            "a rule is one condition, not several statements",
        ),
        (
            "orders -- 2",
            "the rule can't be used: character 8: - does not belong here",
            "a rule holds no comments",
        ),
        (
            "orders /* 2 */",
            "the rule can't be used: character 8: / does not belong here",
            "a rule holds no comments",
        ),
        (
            "orders > :days",
            "the rule can't be used: character 10: : does not belong here",
            ":today is the only value that stands for something",
        ),
        (
            "orders > ?1",
            "the rule can't be used: character 10: ? does not belong here",
            ":today is the only value that stands for something",
        ),
        (
            "sale.amount > 1",
            "the rule can't be used: character 5: . does not belong here",
            "a fact has one name, without a point; amounts are typed 5000 or 99.50",
        ),
        (
            "orders > 1e9",
            "the rule can't be used: character 10: 1e9 is not a number",
            "type it as 5000 or 99.50; text stands in single quotes: 'dog'",
        ),
        (
            "revenue > 5 000",
            "the rule can't be used: character 13: an operator is missing before 000",
            "put and, or, or a comparison between; numbers and names have no blanks",
        ),
        (
            "ordrs > 1",
            "the rule can't be used: character 1: there is no fact ordrs",
            "did you mean orders?",
        ),
        (
            "anmal = 'dog'",
            "the rule can't be used: character 1: there is no fact anmal",
            "did you mean Animal?",
        ),
        (
            "orders in (select 1)",
            "the rule can't be used: character 12: select does not belong in a rule",
            "a rule asks nothing of the base but the facts: clientbase segment facts lists them",
        ),
        (
            "Exists (orders)",
            "the rule can't be used: character 1: Exists does not belong in a rule",
            "a rule asks nothing of the base but the facts: clientbase segment facts lists them",
        ),
        (
            "last_sale_on > date('now')",
            "the rule can't be used: character 16: date does not belong in a rule",
            ":today and the days_… facts serve instead, such as days_since_sale < 90",
        ),
        (
            "city glob 'М*'",
            "the rule can't be used: character 6: glob does not belong in a rule",
            "like serves instead: name like 'Iva%'",
        ),
        (
            "city = 'x' collate nocase",
            "the rule can't be used: character 12: collate does not belong in a rule",
            "letter case makes no difference anyway",
        ),
        (
            "hex(orders) = '1'",
            "the rule can't be used: character 1: there is no function hex",
            "",
        ),
        (
            "lengt(city) = 1",
            "the rule can't be used: character 1: there is no function lengt",
            "did you mean length?",
        ),
        (
            "max(orders) > 1",
            "the rule can't be used: character 1: max() takes 2 to 20 values, and here it has 1",
            "separate the values with commas",
        ),
        (
            "abs() > orders",
            "the rule can't be used: character 1: abs() takes 1 to 1 values, and here it has 0",
            "separate the values with commas",
        ),
        (
            "orders(1)",
            "the rule can't be used: character 7: an operator is missing before (",
            "orders is a fact, not a function",
        ),
        (
            "orders in contact_id",
            "the rule can't be used: character 11: the values after in stand in brackets",
            "such as: city in ('Kazan', 'Pskov')",
        ),
        (
            "tags = 'club'",
            "the rule can't be used: character 1: tags and has() go together, and with nothing else",
            "such as: has(tags, 'club')",
        ),
        (
            "has(city, 'club')",
            "the rule can't be used: character 5: tags and has() go together, and with nothing else",
            "such as: has(tags, 'club')",
        ),
        (
            "has(tags || city, 'club')",
            "the rule can't be used: character 5: tags and has() go together, and with nothing else",
            "such as: has(tags, 'club')",
        ),
        (
            "1 < orders < 5",
            "the rule can't be used: character 12: two comparisons in a row",
            "write 1 < orders and orders < 5",
        ),
        (
            "orders >",
            "the rule can't be used: character 8: the rule stops after >",
            "write a whole condition, such as orders >= 2",
        ),
        (
            "(orders and)",
            "the rule can't be used: character 9: and has no value",
            "write a whole condition, such as orders >= 2",
        ),
        (
            "orders = '5'",
            "the rule can't be used: character 10: orders can't be '5'",
            "orders is a number: write it without quotes",
        ),
        (
            "'5' < revenue",
            "the rule can't be used: character 1: revenue can't be '5'",
            "revenue is a number: write it without quotes",
        ),
        (
            "external_id = 17",
            "the rule can't be used: character 15: external_id can't be 17",
            "external_id is a text: write it in single quotes",
        ),
        (
            "neutered = 'yes'",
            "the rule can't be used: character 12: neutered can't be 'yes'",
            "neutered is true or false",
        ),
        (
            "service < '01.03.2026'",
            "the rule can't be used: character 11: service can't be '01.03.2026'",
            "service is a day: write it as '2026-03-01', or use :today",
        ),
        (
            "last_sale_on < 90",
            "the rule can't be used: character 16: last_sale_on can't be 90",
            "last_sale_on is a day: write it as '2026-03-01', or use :today",
        ),
        (
            "base not in ('vip', 'regulr')",
            "the rule can't be used: character 21: base can't be 'regulr'",
            "one of: dead, potential, vip, partner, regular, active, working",
        ),
        (
            "animal is not 'dgo'",
            "the rule can't be used: character 15: Animal can't be 'dgo'",
            "one of: dog, Cat",
        ),
        (
            "orders between 1 and '5'",
            "the rule can't be used: character 22: orders can't be '5'",
            "orders is a number: write it without quotes",
        ),
        ("or" * 1001, "the rule has 2002 characters, 2000 are the most", "make it shorter"),
    ],
)
def test_refusals_say_where_and_what_instead(
    rule: str, message: str, hint: str, shop: Base
) -> None:
    told = _refusal(shop, rule)
    assert told[0] == message
    assert told[1] == hint or (not hint and told[1])


@pytest.mark.parametrize(
    "rule",
    [
        "orders or (1, 2)",
        "(" * 200 + "orders" + ")" * 200,
        "orders not",
        "case orders",
        "like orders",
        "orders like 'x' escape 'xy'",
        "abs(orders - orders - 9223372036854775807 - 1) > 0",
        "orders\x00",
        "name = '\u202e'",
        "name = '\ud800'",
    ],
)
def test_what_sqlite_can_not_work_out_is_refused_too(rule: str, shop: Base) -> None:
    assert all(_refusal(shop, rule))


def test_the_guards_are_taken_off_again(shop: Base) -> None:
    _chosen(shop, "orders > 1")
    _refusal(shop, "orders >")
    assert shop.execute("select count(*) from sale").fetchone() == (3,)


def test_a_rule_that_got_past_the_words_still_reads_no_table(shop: Base) -> None:
    for sql in (
        "(select count(*) from sale) > 0",
        "orders in setting",
        "1) union select (id",
        "id > 0",
    ):
        with pytest.raises(Refused):
            rules._try_alone(shop, rules.Rule(sql, (FACTS["orders"],)))  # noqa: SLF001 - the guard behind the words
        with pytest.raises(Refused):
            rules.chosen(shop, rules.Rule(sql, (FACTS["orders"],)), LAST)


@pytest.mark.parametrize("name", FACTS)
def test_every_documented_fact_can_be_used(name: str, shop: Base) -> None:
    fact = FACTS[name]
    rule = "has(tags, 'vip')" if name == "tags" else f"{name} is null"
    other = "not has(tags, 'vip')" if name == "tags" else f"{name} is not null"
    for day in (LAST, FIRST):
        everybody = rules.chosen(shop, rules.compiled(shop, "contact_id > 0"), day)
        one = rules.chosen(shop, rules.compiled(shop, rule), day)
        rest = rules.chosen(shop, rules.compiled(shop, other), day)
        assert sorted(one + rest) == everybody
    assert fact.about


def test_facts_are_listed_with_the_fields_of_the_base(shop: Base) -> None:
    rows = list(listing(shop).rows)
    assert [row[0] for row in rows[: len(FACTS)]] == list(FACTS)
    assert rows[len(FACTS) :] == [
        ("service", "date", "a field of yours"),
        ("Animal", "text", "a field of yours"),
        ("budget", "money", "a field of yours"),
        ("neutered", "yes/no", "a field of yours"),
        ("кличка", "text", "a field of yours"),
        ("weight", "number", "a field of yours"),
        ("has_bought('PRODUCT')", "yes/no", "whether they bought a product of this name"),
    ]


def test_no_field_can_take_the_name_of_a_fact_or_a_word_of_the_rules() -> None:
    assert {*FACTS, *KEYWORDS} <= RESERVED


WORDS = [
    *("orders", "revenue", "city", "tags", "base", "late", "animal", "Name", "last_sale_on"),
    *("and", "or", "not", "in", "is", "null", "between", "like", "case", "when", "then", "else"),
    *("end", "true", "has", "max", "min", "abs", "coalesce", "substr", "round", "lower", "length"),
    *("select", "from", "sale", "exists", "union", "with", "contact", "sqlite_master", "rowid"),
    *("rule_facts", "facts", "layer_0", "purchase", "date", "load_extension", "randomblob"),
    *("(", ")", "(", ")", ",", "'x'", "'vip'", "''", "'", '"', "`", ";", "--", "/*", "*/", "*"),
    *("=", "<", ">", "<=", "<>", "!=", "+", "-", "/", "%", "||", "->>", "~", "&", "."),
    *("0", "1", "5000", "99.5", "9223372036854775808", "1e5", "0x1", ":today", ":x", "?", "@a"),
    *(" ", "\n", "ё", "\u00a0", "COLLATE", "cast", "as", "raise", "values", "pragma", "attach"),
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words)])
)
# Mostly well-formed ones, so that many get to the guards behind.
LEAVES = st.sampled_from(
    [
        "orders",
        "revenue",
        "city",
        "name",
        "late",
        "base",
        "has(tags, 'x')",
        "1",
        "'x'",
        "null",
        ":today",
        "last_sale_on",
        "sale",
        "rowid",
        "(select 1)",
    ]
)
FORMED = st.recursive(
    LEAVES,
    lambda part: st.builds(
        lambda form, a, b: form.format(a=a, b=b),
        st.sampled_from(
            [
                "({a} and {b})",
                "{a} = {b}",
                "not {a}",
                "{a} in ({b}, 1)",
                "{a} + {b}",
                "max({a}, {b})",
                "case when {a} then {b} end",
                "{a} like {b}",
                "coalesce({a}, {b})",
                "{a} is {b}",
                "substr({a}, {b})",
                "{a} || {b}",
                "{a} between {b} and 5",
                "abs({a})",
                "{a}) or ({b}",
                "round({a}, {b})",
            ]
        ),
        part,
        part,
    ),
    max_leaves=6,
)


@hypothesis_settings(max_examples=400)
@given(rule=TEXTS | FORMED | st.text(max_size=30))
@example(rule="orders)) union select (1")
@example(rule="abs(orders - 9223372036854775807 - 9223372036854775807)")
def test_a_rule_is_refused_or_reads_the_documented_facts_and_nothing_else(
    rule: str, opened: Open
) -> None:
    with opened(BOOK) as base:
        before = base.total_changes
        refused, chosen = _tried(base, rule)
        assert refused is None or (refused.message and refused.hint)
        assert set(chosen) <= {1, 2, 3}
        assert base.total_changes == before


def _tried(base: Base, rule: str) -> tuple[Refused | None, list[int]]:
    """Run a rule and return why it was refused, or whom it chose; it must stand alone then."""
    try:
        compiled = rules.compiled(base, rule)
        chosen = rules.chosen(base, compiled, LAST)
    except Refused as refused:
        return refused, []
    assert _stands_alone(compiled)
    return None, chosen


def _stands_alone(rule: rules.Rule) -> bool:
    """Run a rule where there is nothing at all but one row of the facts that it says it reads."""
    other = sqlite3.connect(":memory:")
    try:
        other.create_function("has", 2, lambda _tags, _name: 0)
        names = ", ".join(fact.part for fact in rule.facts)
        other.execute(f"create table rule_facts ({names})")
        other.execute(
            f"select case when ({rule.sql}) then 1 end from rule_facts",
            {"today": ""} if ":today" in rule.sql else {},
        )
    finally:
        other.close()
    return {fact.name for fact in rule.facts} <= set(FACTS)


def test_trouble_of_the_base_is_not_taken_for_a_fault_of_the_rule(shop: Base) -> None:
    rule = rules.compiled(shop, "orders > 1")
    shop.set_progress_handler(lambda: 1, 1)
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        rules.chosen(shop, rule, LAST)
    shop.set_progress_handler(None, 0)
    assert rules.chosen(shop, rule, LAST) == [2]


def test_rules_of_a_past_day_see_what_was_then(opened: Open) -> None:
    day: date = FIRST
    with opened(BOOK) as base:
        rule = rules.compiled(base, "orders = 1 and revenue = 1000")
        assert rules.chosen(base, rule, day) == [2]
        assert rules.chosen(base, rule, LAST) == []
        assert rules.chosen(base, rules.compiled(base, "orders > 0"), LAST, among=[1, 3]) == [1]
