"""Laws of importing: however much is kept in mind, the base is the same; twice is once."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.dress import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shop import Shop

HEADER = ["ref", "date", "client_id", "name", "phone", "email", "product", "qty", "amount", "note"]
ROWS = st.tuples(
    st.sampled_from(["", "", "1", "2", "3"]),
    st.sampled_from(["2026-03-01", "2026-04-02"]),
    st.sampled_from(["", "", "C1", "C2"]),
    st.sampled_from(["", "Иван", "Анна"]),
    st.sampled_from(["", "+79218466850", "8 921 846 68 51", "123"]),
    st.sampled_from(["", "ivan@mail.ru", "anna@mail.ru"]),
    st.sampled_from(["", "Щётка", "Корм"]),
    st.sampled_from(["1", "2", "-1", ""]),
    st.sampled_from(["10", "20.50", "-10", "0"]),
    st.sampled_from(["", "note"]),
).map(list)
TABLES = {
    "contact": "external_id, name, name_key, city, entered_on, entered_by",
    "contact_point": "contact_id, kind, typed, shown, canonical, extension, checked",
    "contact_tag": "contact_id, tag_id",
    "sale": "contact_id, sold_on, amount, ref, note, fingerprint",
    "sale_line": "sale_id, product_id, quantity, price, amount",
    "refund": "contact_id, sale_id, refunded_on, amount, ref, note, fingerprint",
    "refund_line": "refund_id, product_id, quantity, price, amount",
    "contact_total": "contact_id, orders, revenue, first_on, last_on",
}
BULK = {"bulk.MANY": 1, "bulk.SOME": 1}
ASKING = {"registry.MOST": 0}
FORGETFUL = {"registry.MOST": 0, "registry.FLUSH": 1, "salesrows.PERSONS": 1, "reading.BATCH": 2}


@contextmanager
def limits(values: dict[str, int]) -> Iterator[None]:
    """Import with other limits of what is kept in mind."""
    patches = [patch(f"clientbase.exchange.{name}", value) for name, value in values.items()]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def dump(shop: Shop) -> dict[str, list[Any]]:
    """Return all that an import may write."""
    base = shop.connect()
    found = {
        table: sorted(base.execute(f"select {names} from {table}"), key=repr)
        for table, names in TABLES.items()
    }
    assert base.execute("pragma foreign_key_check").fetchall() == []
    base.close()
    return found


def operations(shop: Shop) -> int:
    """Return how many operations the journal holds."""
    base = shop.connect()
    count = int(base.one("select count(*) from operation"))
    base.close()
    return count


def fresh(shop: Shop) -> None:
    """Begin with an empty base."""
    new = shop.path.with_name("new.db")
    if not new.exists():
        shop.ok("--db", str(new), "init", "--currency", "RUB", "--country", "RU", "-q")
    for ending in ("-wal", "-shm"):
        shop.path.with_name(shop.path.name + ending).unlink(missing_ok=True)
    shutil.copy(new, shop.path)


def put(folder: Path, rows: list[list[str]], name: str = "file.csv") -> str:
    """Write rows as a file of sales."""
    file = folder / name
    file.write_text(written([HEADER, *rows]), encoding="utf-8", newline="")
    return str(file)


@given(rows=st.lists(ROWS, min_size=1, max_size=14))
@settings(max_examples=40)
def test_the_base_is_the_same_however_little_is_kept_in_mind(
    nowhere: Shop, tmp_path: Path, rows: list[list[str]]
) -> None:
    command = ["import", "sales", put(tmp_path, rows), "--skip-bad", "-q", "--format", "csv"]
    found = []
    for values in ({}, BULK, ASKING, FORGETFUL, BULK | FORGETFUL):
        fresh(nowhere)
        with limits(values):
            counts = nowhere.ok(*command)
        found.append((counts, dump(nowhere)))
    assert found[1:] == found[:1] * 4


@given(rows=st.lists(ROWS, min_size=1, max_size=14))
@settings(max_examples=25)
def test_twice_is_once(nowhere: Shop, tmp_path: Path, rows: list[list[str]]) -> None:
    fresh(nowhere)
    whole = ["import", "sales", put(tmp_path, rows), "--skip-bad", "-q", "--format", "csv"]
    nowhere.ok(*whole)
    once, count = dump(nowhere), operations(nowhere)
    for values in ({}, BULK, FORGETFUL):
        with limits(values):
            nowhere.ok(*whole)
        assert (dump(nowhere), operations(nowhere)) == (once, count)


@given(rows=st.lists(ROWS, min_size=1, max_size=14), data=st.data())
@settings(max_examples=20)
def test_totals_are_those_of_the_sales(
    nowhere: Shop, tmp_path: Path, rows: list[list[str]], data: st.DataObject
) -> None:
    fresh(nowhere)
    cut = data.draw(st.integers(0, len(rows)))
    for number, part in enumerate((rows[:cut], rows)):
        if part:
            file = put(tmp_path, part, f"{number}.csv")
            nowhere.ok("import", "sales", file, "--skip-bad", "-q", "--format", "csv")
    base = nowhere.connect()
    expected: dict[int, list[Any]] = {}
    for contact, day, amount in base.execute("select contact_id, sold_on, amount from sale"):
        if contact is not None:
            total = expected.setdefault(contact, [0, 0, day, day])
            total[0] += 1
            total[1] += amount
            total[2:] = min(total[2], day), max(total[3], day)
    for contact, amount in base.execute("select contact_id, amount from refund"):
        if contact is not None:
            expected.setdefault(contact, [0, 0, None, None])[1] -= amount
    found = base.execute("select contact_id, orders, revenue, first_on, last_on from contact_total")
    assert {contact: list(rest) for contact, *rest in found} == expected
    base.close()


def test_a_long_file_with_rows_apart_comes_in_whole(shop: Shop, tmp_path: Path) -> None:
    """The file is read anew where a reference that stands apart shows itself late."""
    rows = [
        [f"{n}", "2026-03-01", "", f"Клиент {n % 700}", "", "", "Корм", "1", "10", ""]
        for n in range(25_000)
    ]
    rows.append(["17", "2026-03-01", "", "Клиент 17", "", "", "Щётка", "1", "5.50", ""])
    (counts,) = shop.rows("import", "sales", put(tmp_path, rows))
    assert (counts["sales"], counts["lines"], counts["contacts_new"]) == (25_000, 25_001, 700)
    base = shop.connect()
    assert base.one("select amount from sale where ref = '17'") == 1_550
    assert base.one("select sum(revenue) from contact_total") == 25_000_000 + 550


def test_a_reference_of_a_sale_and_of_a_refund_far_below_is_one(shop: Shop, tmp_path: Path) -> None:
    rows = [
        [f"{n}", "2026-03-01", "", "Иван", "", "", "Корм", "1", "10", ""] for n in range(25_000)
    ]
    rows.append(["17", "2026-03-01", "", "Иван", "", "", "Корм", "-3", "-30", ""])
    (counts,) = shop.rows("import", "sales", put(tmp_path, rows))
    assert (counts["sales"], counts["refunds"], counts["refunds_amount"]) == (24_999, 1, 20.0)


@pytest.mark.parametrize("values", [{}, FORGETFUL], ids=["mindful", "forgetful"])
def test_many_honest_equal_rows_are_kept(
    shop: Shop, tmp_path: Path, values: dict[str, int]
) -> None:
    rows = [["", "2026-03-01", "", "", "", "", "", "1", "100", ""]] * 500
    with limits(values):
        (counts,) = shop.rows("import", "sales", put(tmp_path, rows))
        (again,) = shop.rows("import", "sales", put(tmp_path, [*rows, rows[0]]))
    assert (counts["sales"], again["sales"], again["already_there"]) == (500, 1, 500)


PEOPLE = ["client_id", "name", "phone", "email", "city", "tags", "telegram"]
WHO = st.tuples(
    st.sampled_from(["", "", "C1", "C2"]),
    st.sampled_from(["", "Иван", "Анна"]),
    st.sampled_from(["", "+79218466850", "8 921 846 68 51", "123"]),
    st.sampled_from(["", "ivan@mail.ru", "anna@mail.ru"]),
    st.sampled_from(["", "Тула", "Орёл"]),
    st.sampled_from(["", "vip", "vip, club"]),
    st.sampled_from(["", "@ivan"]),
).map(list)


@given(rows=st.lists(WHO.filter(any), min_size=1, max_size=10), unchecked=st.booleans())
@settings(max_examples=30)
def test_contacts_are_the_same_however_little_is_kept_in_mind_and_come_once(
    nowhere: Shop, tmp_path: Path, rows: list[list[str]], *, unchecked: bool
) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(written([PEOPLE, *rows]), encoding="utf-8", newline="")
    command = ["import", "contacts", str(file), "--skip-bad", "-q", "--format", "csv"]
    command += ["--unchecked"] if unchecked else []
    found = []
    for values in ({}, ASKING, FORGETFUL):
        fresh(nowhere)
        with limits(values):
            counts = nowhere.ok(*command)
        found.append((counts, dump(nowhere)))
    assert found[1:] == found[:1] * 2
    count = operations(nowhere)
    nowhere.ok(*command)
    assert (dump(nowhere), operations(nowhere)) == (found[0][1], count)
