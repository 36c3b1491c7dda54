"""Laws of importing: however much is kept in mind, the base is the same; twice is once."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import contextmanager
from itertools import zip_longest
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
# With more columns than these, rows are not written the quick way.
PLAIN = HEADER[:-1]
MORE = ["price", "sale_discount", "sale_in_file", "refund_of"]
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
    st.sampled_from(["", "10", "0", "-10"]),
    st.sampled_from(["", "", "1"]),
    st.sampled_from(["", "1", "2", "s0000000000000001", "s0000000000000002"]),
    st.sampled_from(["", "", "1", "#1", "#s0000000000000001"]),
).map(list)
FILES = st.tuples(
    st.lists(ROWS, min_size=1, max_size=14), st.sampled_from([len(PLAIN), len(HEADER + MORE)])
).map(lambda found: [row[: found[1]] for row in found[0]])
TABLES = {
    "contact": "id, external_id, kind, name, name_key, organisation, city, entered_on, entered_by",
    "contact_point": "contact_id, kind, typed, shown, canonical, extension, checked",
    "contact_tag": "contact_id, tag_id",
    "field_value": "contact_id, field_id, value",
    "sale": "contact_id, sold_on, amount, ref, note, fingerprint",
    "sale_line": "sale_id, product_id, quantity, price, amount",
    "refund": "contact_id, sale_id, refunded_on, amount, ref, note, fingerprint",
    "refund_line": "refund_id, product_id, quantity, price, amount",
    "contact_total": "contact_id, orders, revenue, first_on, last_on",
}
BULK = {"bulk.MANY": 1, "bulk.SOME": 1}
ASKING = {"registry.MOST": 0}
FORGETFUL = {
    "registry.MOST": 0,
    "registry.FLUSH": 1,
    "salesrows.PERSONS": 1,
    "reading.BATCH": 2,
    "gathering.BATCH": 2,
}


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


def fresh(shop: Shop, field: str = "") -> None:
    """Begin with a base that is empty but for a custom field."""
    new = shop.path.with_name("new.db")
    if not new.exists():
        shop.ok("--db", str(new), "init", "--currency", "RUB", "--country", "RU", "-q")
        if field:
            shop.ok("--db", str(new), "field", "add", field, "-q")
    for ending in ("-wal", "-shm"):
        shop.path.with_name(shop.path.name + ending).unlink(missing_ok=True)
    shutil.copy(new, shop.path)


def put(folder: Path, rows: list[list[str]], name: str = "file.csv") -> str:
    """Write rows as a file of sales."""
    file = folder / name
    header = [*HEADER, *MORE][: len(rows[0])]
    file.write_text(written([header, *rows]), encoding="utf-8", newline="")
    return str(file)


@given(rows=FILES)
@settings(max_examples=20)
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


@given(rows=FILES)
@settings(max_examples=25)
def test_twice_is_once(nowhere: Shop, tmp_path: Path, rows: list[list[str]]) -> None:
    comes_once(nowhere, put(tmp_path, rows))


def comes_once(shop: Shop, file: str) -> None:
    """Import a file into an empty base, and see that it comes to the same and adds nothing."""
    fresh(shop)
    command = ["import", "sales", file, "--skip-bad", "-q"]
    (first,) = shop.rows(*command)
    once, count = dump(shop), operations(shop)
    for values in ({}, BULK, FORGETFUL):
        with limits(values):
            (again,) = shop.rows(*command)
        assert (dump(shop), operations(shop)) == (once, count)
        assert (again["sales"], again["refunds"], again["bad"]) == (0, 0, first["bad"])
        there = again["already_there"] + again["different"]
        assert there == first["sales"] + first["refunds"]


def test_rows_that_stand_apart_are_found_whatever_the_base_holds(
    nowhere: Shop, tmp_path: Path
) -> None:
    """What is left of a sale with two contacts is not taken for a sale, nor a write-off's name."""
    plain, gift = ("2026-03-01", "", "", ""), ["2", "2026-03-01", *[""] * 5, "1", "0", ""]
    end = ["", "1", "10", ""]
    two = [["1", *plain, mail, *end] for mail in ("", "ivan@mail.ru", "anna@mail.ru")]
    loose = ["", *plain, "", *end]
    comes_once(nowhere, put(tmp_path, [loose, gift, two[0], gift, *two[1:]]))
    write_off = ["1", *plain, "ivan@mail.ru", "", "-1", "0", ""]
    comes_once(nowhere, put(tmp_path, [gift, write_off, gift, two[2]]))
    back = [["1", *plain, "", "", "-1", "-10", ""], two[0]]
    comes_once(nowhere, put(tmp_path, [*back, gift, two[1], gift, two[2]]))
    mark = ["", "", "s0000000000000001", ""]
    marked = [[*two[1], *mark], [*loose, *mark], [*two[2], *[""] * 4]]
    comes_once(nowhere, put(tmp_path, marked))


@given(rows=FILES, data=st.data())
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
    revenue: Counter[int] = Counter()
    back: Counter[int] = Counter()
    days: dict[int, list[str]] = {}
    for contact, sale, amount in base.execute("select contact_id, sale_id, amount from refund"):
        revenue[contact] -= amount
        back[sale] += amount
    for sale, contact, day, amount in base.execute(
        "select id, contact_id, sold_on, amount from sale"
    ):
        revenue[contact] += amount
        if amount == 0 or back[sale] < amount:  # what was given back as a whole is no order
            days.setdefault(contact, []).append(day)
    expected = {
        contact: [len(days.get(contact, ())), total, *_ends(days.get(contact, [None]))]
        for contact, total in revenue.items()
        if contact is not None
    }
    found = base.execute("select contact_id, orders, revenue, first_on, last_on from contact_total")
    assert {contact: list(rest) for contact, *rest in found} == expected
    base.close()


def _ends(days: list[Any]) -> tuple[Any, Any]:
    return min(days), max(days)


def test_a_long_file_with_rows_apart_comes_in_whole(shop: Shop, tmp_path: Path) -> None:
    """The file is read anew where a reference that stands apart shows itself late."""
    rows = [
        [f"{n}", "2026-03-01", "", f"Клиент {n % 700}", "", "", "Корм", "1", "10"]
        for n in range(25_000)
    ]
    rows.append(["17", "2026-03-01", "", "Клиент 17", "", "", "Щётка", "1", "5.50"])
    (counts,) = shop.rows("import", "sales", put(tmp_path, rows))
    assert (counts["sales"], counts["lines"], counts["contacts_new"]) == (25_000, 25_001, 700)
    base = shop.connect()
    assert base.one("select amount from sale where ref = '17'") == 1_550
    assert base.one("select sum(revenue) from contact_total") == 25_000_000 + 550


@pytest.mark.parametrize("place", [1021, 1022, 1023])
@pytest.mark.parametrize("apart", [[], [5]], ids=["together", "apart"])
def test_a_sale_with_two_lines_at_the_end_of_a_batch_is_one(
    shop: Shop, tmp_path: Path, place: int, apart: list[int]
) -> None:
    refs = [*range(place), place, *range(place, 2000), *apart]
    rows = [[f"{n}", "2026-03-01", *[""] * 4, "Корм", "1", "10"] for n in refs]
    (counts,) = shop.rows("import", "sales", put(tmp_path, rows))
    assert (counts["sales"], counts["lines"]) == (2_000, 2_001 + len(apart))


def test_a_reference_of_a_sale_and_of_a_refund_far_below_is_one(shop: Shop, tmp_path: Path) -> None:
    rows = [[f"{n}", "2026-03-01", "", "Иван", "", "", "Корм", "1", "10"] for n in range(25_000)]
    rows.append(["17", "2026-03-01", "", "Иван", "", "", "Корм", "-3", "-30"])
    (counts,) = shop.rows("import", "sales", put(tmp_path, rows))
    assert (counts["sales"], counts["refunds"], counts["refunds_amount"]) == (24_999, 1, 20.0)


@pytest.mark.parametrize("values", [{}, FORGETFUL], ids=["mindful", "forgetful"])
def test_many_honest_equal_rows_are_kept(
    shop: Shop, tmp_path: Path, values: dict[str, int]
) -> None:
    rows = [["", "2026-03-01", "", "", "", "", "", "1", "100"]] * 500
    with limits(values):
        (counts,) = shop.rows("import", "sales", put(tmp_path, rows))
        (again,) = shop.rows("import", "sales", put(tmp_path, [*rows, rows[0]]))
    assert (counts["sales"], again["sales"], again["already_there"]) == (500, 1, 500)


def called(cells: list[str]) -> list[str]:
    """Put an id and a phone that stand in the place of a name in their own places too."""
    name = cells[1]
    place = {"C": 0, "+": 2}.get(name[:1])
    return cells if place is None else [*cells[:place], name, *cells[place + 1 :]]


PEOPLE = ["client_id", "name", "phone", "email", "telegram", "organisation", "city", "tags", "pet"]
CELLS = (
    ("C1", "C2"),
    ("Иван", "Анна", "иван", "C1", "+7 921 846-68-50"),
    ("+79218466850", "8 921 846 68 51", "123"),
    ("ivan@mail.ru", "anna@mail.ru"),
    ("@ivan1", "@anna1"),
    ("Ромашка",),
    ("Тула", "Орёл"),
    ("vip", "vip, club"),
    ("кот",),
)
# Rows that are full, and rows of which little is told: these meet more often.
WHO = st.one_of(
    *(st.tuples(*(st.sampled_from(["", *cells] if some else [""] * 6 + list(cells))
                  for cells in CELLS)) for some in (True, False))
).map(lambda cells: called(list(cells)))  # fmt: skip


@given(rows=st.lists(WHO.filter(any), min_size=1, max_size=10), unchecked=st.booleans())
@settings(max_examples=30)
def test_contacts_are_the_same_however_little_is_kept_in_mind_and_come_once(
    nowhere: Shop, tmp_path: Path, rows: list[list[str]], *, unchecked: bool
) -> None:
    contacts_come_once(nowhere, tmp_path, rows, *["--unchecked"] * unchecked)


def test_contacts_who_are_named_late_come_once(nowhere: Shop, tmp_path: Path) -> None:
    """A row that enters a contact is not taken for an older one, who got that name after it."""
    ivan, phone, chat = [["", "Иван"], ["", "", "+79218466850"], ["", "Иван", "", "", "@ivan1"]]
    late = ["", "Иван", "+79218466850"]
    for told in ([], ["", "", "", "", "", "", "Тула"], [*[""] * 7, "vip"], [*[""] * 8, "кот"]):
        row = [one or other for one, other in zip_longest(ivan, told, fillvalue="")]
        contacts_come_once(nowhere, tmp_path, wide([phone, row, late]))
    contacts_come_once(nowhere, tmp_path, wide([phone, chat, late]))
    handle = ["", "", "", "", "@ivan1"]
    contacts_come_once(
        nowhere, tmp_path, wide([handle, [*handle[:3], "ivan@mail.ru", "@ivan1"], late, handle])
    )
    contacts_come_once(nowhere, tmp_path, wide([["C1", "C1"], ["C1", "Иван"]]))


def wide(rows: list[list[str]]) -> list[list[str]]:
    """Return rows as wide as their header."""
    return [row + [""] * (len(PEOPLE) - len(row)) for row in rows]


def contacts_come_once(shop: Shop, folder: Path, rows: list[list[str]], *options: str) -> None:
    """Import contacts into an empty base in several ways, and see that they come once."""
    file = folder / "contacts.csv"
    file.write_text(written([PEOPLE, *rows]), encoding="utf-8", newline="")
    command = ["import", "contacts", str(file), "--skip-bad", "-q", *options]
    found = []
    for values in ({}, ASKING, FORGETFUL):
        fresh(shop, "pet")
        with limits(values):
            counts = shop.rows(*command)
        found.append((counts, dump(shop)))
    assert found[1:] == found[:1] * 2
    count = operations(shop)
    (again,) = shop.rows(*command)
    assert (dump(shop), operations(shop)) == (found[0][1], count)
    (first,) = found[0][0]
    assert (again["contacts_new"], again["contacts_filled"]) == (0, 0)
    assert again["already_there"] == first["contacts_new"] + first["repeated"]
