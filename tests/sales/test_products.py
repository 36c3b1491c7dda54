"""Products are made by name when they are first sold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientbase.db import founding
from clientbase.db.journal import Act, write
from clientbase.errors import NotFound
from clientbase.sales.products import named, product_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clientbase.db.connection import Base

ACT = Act("test", "olga", "2026-11-21T09:00:00Z")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    made = founding.found(tmp_path / "b.db", founding.Plan("RUB", "RU", ()), ACT)
    with write(made, ACT):
        yield made
    made.close()


def products(base: Base) -> list[tuple[str, str | None]]:
    return base.execute("select name, category from product order by id").fetchall()


def test_one_name_in_any_letter_case_is_one_product(base: Base) -> None:
    assert [product_id(base, name) for name in ("Ёлка", "елка", " ЕЛКА ", "Ель")] == [1, 1, 1, 2]
    assert products(base) == [("Ёлка", None), ("Ель", None)]


def test_a_category_is_kept_where_there_was_none(base: Base) -> None:
    for category in (None, "trees", "toys"):
        assert product_id(base, "Spruce", category) == 1
    assert products(base) == [("Spruce", "trees")]


def test_an_unknown_product_gets_the_nearest(base: Base) -> None:
    product_id(base, "Shampoo")
    assert named(base, "SHAMPOO") == 1
    with pytest.raises(NotFound, match="there is no product Shampu") as caught:
        named(base, "Shampu")
    assert caught.value.hint == "did you mean Shampoo?"
