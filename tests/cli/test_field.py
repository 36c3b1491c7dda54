"""`clientbase field`, as the owner types it."""

from __future__ import annotations

import pytest

from shop import Ran, Shop

KEYS = ["field_id", "name", "of", "type", "choices", "required", "contacts"]


def test_a_field_is_made_listed_and_filled(shop: Shop) -> None:
    ran = shop.run(
        "field", "add", "animal", "--type", "choice", "--choice", "dog", "--choice", "cat"
    )
    assert ran == Ran(
        0,
        "field id  name    of       type    choices   required  contacts\n"
        "--------  ------  -------  ------  --------  --------  --------\n"
        "       1  animal  contact  choice  dog, cat  no               0\n",
        "Fill it with: clientbase contact edit WHO --field animal=VALUE\n",
    )
    shop.ok("field", "add", "born", "--type", "date", "--required", "-q")
    shop.ok("contact", "add", "Анна", "--field", "animal=DOG", "--field", "born=14.03.2020")
    assert shop.rows("field", "list") == [
        dict(zip(KEYS, [1, "animal", "contact", "choice", ["dog", "cat"], False, 1], strict=True)),
        dict(zip(KEYS, [2, "born", "contact", "date", None, True, 1], strict=True)),
    ]


def test_no_fields_are_said_to_be_none(shop: Shop) -> None:
    assert shop.ok("field", "list") == "There are no custom fields yet.\n"


def test_a_required_field_is_asked_for(shop: Shop) -> None:
    shop.ok("field", "add", "born", "--type", "date", "--required", "-q")
    assert shop.run("contact", "add", "Анна") == Ran(
        4, "", "error: the field born is required\nhint: add: --field born=VALUE\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("2nd",), 4, '"2nd" can\'t be the name of a field'),
        (("orders",), 4, "orders is a word of the rules of segments"),
        (("x", "--type", "colour"), 2, "there is no type colour"),
        (("x", "--type", "choice"), 2, "choices go with the type choice, and it with them"),
        (("WEIGHT",), 5, "the field weight is there already"),
    ],
)
def test_a_field_that_can_not_be_is_refused(
    shop: Shop, words: tuple[str, ...], code: int, sentence: str
) -> None:
    shop.ok("field", "add", "weight", "--type", "number", "-q")
    ran = shop.run("field", "add", *words)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (code, "", f"error: {sentence}")
    assert [row["name"] for row in shop.rows("field", "list")] == ["weight"]


def test_a_value_that_does_not_fit_is_refused(shop: Shop) -> None:
    shop.ok("field", "add", "weight", "--type", "number", "-q")
    shop.ok("contact", "add", "Анна", "-q")
    ran = shop.run("contact", "edit", "1", "--field", "weight=heavy")
    assert (ran.code, ran.err.splitlines()[0]) == (4, 'error: weight: "heavy" is not a number')


def test_a_field_is_dropped_when_it_is_really_meant(shop: Shop) -> None:
    shop.ok("field", "add", "weight", "--type", "number", "-q")
    shop.ok("contact", "add", "Анна", "--field", "weight=4", "-q")
    row = dict(zip(KEYS, [1, "weight", "contact", "number", None, False, 1], strict=True))
    assert shop.run("field", "drop", "weight") == Ran(
        2,
        "",
        "error: weight would be dropped with all its values\n"
        "hint: --yes does it, --dry-run says how many values would go\n",
    )
    assert shop.run("field", "drop", "weight", "--dry-run").err == "1 value would go.\n"
    assert shop.rows("field", "list") == [row]
    assert shop.rows("field", "drop", "weight", "--yes") == [row]
    assert shop.rows("field", "list") == []


def test_many_values_are_told(shop: Shop) -> None:
    shop.ok("field", "add", "weight", "--type", "number", "-q")
    for name in ("Анна", "Иван"):
        shop.ok("contact", "add", name, "--field", "weight=4", "-q")
    assert shop.run("field", "drop", "weight", "--dry-run").err == "2 values would go.\n"
    assert shop.run("field", "drop", "weight", "--yes").err == "2 values are gone.\n"
    assert shop.run("field", "drop", "weight", "--yes").code == 3


def test_a_field_is_told_by_the_name_that_is_kept(shop: Shop) -> None:
    assert shop.run("field", "add", " g\u200b").err == (
        "Fill it with: clientbase contact edit WHO --field g=VALUE\n"
    )
