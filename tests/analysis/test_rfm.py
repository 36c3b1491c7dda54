"""RFM against the definition worked out by hand, and against scores made elsewhere."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import rfm
from clientbase.db import settings
from clientbase.errors import Refused
from clientbase.facts import segments
from facts.plain import FIRST, LAST, Book, Known, Person, Refund, Sale, books, everyone, quantile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from clientbase.db.connection import Base
    from clientbase.table import Table

    Open = Callable[[Book], AbstractContextManager[Base]]

# By R from 5 down, and F from 1 up, as the definition draws it.
PICTURE = """
New Customers  | Potential Loyalist | Potential Loyalist | Champions       | Champions
Promising      | Potential Loyalist | Potential Loyalist | Loyal Customers | Loyal Customers
About To Sleep | About To Sleep     | Need Attention     | Loyal Customers | Loyal Customers
Hibernating    | Hibernating        | At Risk            | At Risk         | Can't Lose Them
Hibernating    | Hibernating        | At Risk            | At Risk         | Can't Lose Them
"""
CELLS = [[cell.strip() for cell in line.split("|")] for line in PICTURE.strip().splitlines()]


def _over(value: int, values: Sequence[int], bins: int) -> int:
    """Count the quantiles that lie strictly below a value."""
    whole = [Fraction(v) for v in sorted(values)]
    return sum(1 for k in range(1, bins) if quantile(whole, Fraction(k, bins)) < value)


def _expected(book: Book, day: date, bins: int) -> list[tuple[object, ...]]:
    known = {c: k for c, k in everyone(book, day).items() if k.orders}
    rows = []
    for contact, facts in known.items():
        r = bins - _over(facts.quiet or 0, [k.quiet or 0 for k in known.values()], bins)
        f = 1 + _over(facts.orders, [k.orders for k in known.values()], bins)
        m = 1 + _over(facts.revenue, [k.revenue for k in known.values()], bins)
        rows.append(_row(contact, facts, (r, f, m), bins))
    return sorted(rows, key=lambda row: (-int(str(row[10])), -int(str(row[6])), row[0]))


def _row(contact: int, facts: Known, scores: tuple[int, int, int], bins: int) -> tuple[object, ...]:
    r, f, m = scores
    name = CELLS[5 - r][f - 1] if bins == 5 else None
    if name == "New Customers" and facts.orders > 1:
        name = "Potential Loyalist"
    last = facts.last.isoformat() if facts.last else None
    ident = (contact + 1, None, f"P{contact + 1}", last, facts.quiet, facts.orders, facts.revenue)
    return (*ident, r, f, m, 100 * r + 10 * f + m, name)


def _rows(table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in table.rows]


@given(
    book=books(most=12),
    day=st.just(LAST) | st.dates(FIRST, LAST),
    bins=st.sampled_from([5, 5, 4, 3]),
)
def test_scores_and_segments_are_what_the_definition_says(
    book: Book, day: date, bins: int, opened: Open
) -> None:
    expected = _expected(book, day, bins)
    with opened(book) as base:
        table = rfm.report(base, day, bins=bins)
        assert table.count is not None
        assert table.count() == len(expected)
        assert _rows(table) == expected
        parts = _rows(table.tables["segments"])
        grid = _rows(table.tables["grid"])
    told = {row[0]: (row[1], row[2]) for row in parts if row[1]}
    clients, money = Counter(str(row[11]) for row in expected), Counter[str]()
    for row in expected:
        money[str(row[11])] += int(str(row[6]))
    assert told == ({name: (clients[name], money[name]) for name in clients} if bins == 5 else {})
    places = Counter((row[7], row[8]) for row in expected)
    assert {(row[0], row[1]): row[3] for row in grid if row[3]} == dict(places)


@given(book=books(most=12), day=st.just(LAST) | st.dates(FIRST, LAST))
def test_every_client_is_in_one_segment_and_equal_values_score_alike(
    book: Book, day: date, opened: Open
) -> None:
    with opened(book) as base:
        rows = _rows(rfm.report(base, day))
        names = {name: segments.ids(base, f"rfm:{segments.slug(name)}", day) for name in CELLS_ALL}
    assert sorted(c for ids in names.values() for c in ids) == sorted(row[0] for row in rows)  # type: ignore[type-var]  # ids are numbers
    assert all(row[0] in names[str(row[11])] for row in rows)
    for value, score in ((4, 7), (5, 8), (6, 9)):
        alike = defaultdict(set)
        for row in rows:
            alike[row[value]].add(row[score])
        assert all(len(scores) == 1 for scores in alike.values())


CELLS_ALL = sorted({name for line in CELLS for name in line})


def _shop(opened: Open, count: int) -> AbstractContextManager[Base]:
    people = [Person(FIRST)] * count
    sales = [Sale(n, LAST - timedelta(days=n), 100 * (n + 1)) for n in range(count)]
    sales += [Sale(0, LAST, 5), Sale(None, LAST, 700)]
    refunds = [Refund(count - 1, None, LAST, 50), Refund(None, None, LAST, 60)]
    return opened(Book([*people, Person(FIRST)], sales, [*refunds, Refund(count, None, LAST, 300)]))


def test_the_notes_tell_the_cuts_and_what_was_left_out(opened: Open) -> None:
    with _shop(opened, 6) as base:
        table = rfm.report(base, LAST)
    assert table.notes == [
        "Scores go from 1 to 5; 5 is best: bought lately, often, for much.",
        "Cuts of recency in days: 1, 2, 3, 4 (quantiles of the clients).",
        "Cuts of orders: 1, 1, 1, 1 (quantiles of the clients).",
        "Cuts of revenue: 2.00, 3.00, 4.00, 5.00 (quantiles of the clients).",
        (
            "Cuts of frequency coincide, so that a score stays empty: too many clients are equal. "
            "Fixed ones would tell them apart: clientbase set rfm.frequency 1,2,4,8"
        ),
        (
            "With 6 clients quantiles part people by chance. "
            "Fixed cuts serve better: clientbase set rfm.recency 30,90,180,365"
        ),
        "1 contact has refunds only (-3.00 RUB) and is no client.",
        "1 sale without a contact (7.00 RUB) is in no client's figures.",
        "1 refund without a contact (0.60 RUB) is in no client's figures.",
    ]


def test_fixed_cuts_stand_in_place_of_quantiles(opened: Open) -> None:
    with _shop(opened, 6) as base:
        settings.store(base, "rfm.recency", "1,2,3,4")
        settings.store(base, "rfm.frequency", "1,2,4,8")
        settings.store(base, "rfm.monetary", "150,250,350,450")
        table = rfm.report(base, LAST)
        rows = [(row[0], row[7:11]) for row in _rows(table)]
        with pytest.raises(Refused) as refused:
            rfm.report(base, LAST, bins=3)
    assert rows == [
        (1, (5, 2, 1, 521)),
        (2, (5, 1, 2, 512)),
        (3, (4, 1, 3, 413)),
        (4, (3, 1, 4, 314)),
        (5, (2, 1, 5, 215)),
        (6, (1, 1, 5, 115)),
    ]
    assert table.notes[1:4] == [
        "Cuts of recency in days: 1, 2, 3, 4 (fixed in the settings).",
        "Cuts of orders: 1, 2, 4, 8 (fixed in the settings).",
        "Cuts of revenue: 1.50, 2.50, 3.50, 4.50 (fixed in the settings).",
    ]
    assert (refused.value.message, refused.value.hint) == (
        "3 scores take 2 cuts, and rfm.recency has 4",
        "set others, or go back to quantiles: clientbase set rfm.recency --default",
    )


def test_a_base_without_clients_says_so(opened: Open) -> None:
    with opened(Book([Person(FIRST)])) as base:
        table = rfm.report(base, LAST)
        assert (_rows(table), table.empty) == (
            [],
            ("No clients yet; a sale makes them: clientbase sale record WHO AMOUNT"),
        )
        assert all(_rows(part) == [] for name, part in table.tables.items() if name != "advice")


def _load(base: Base, file: Path) -> None:
    """Bring the orders in without the import command: a contact for each name."""
    with file.open(encoding="utf-8", newline="") as lines:
        orders = list(csv.DictReader(lines))
    ids = {name: n for n, name in enumerate(sorted({o["customer_id"] for o in orders}), start=1)}
    base.executemany(
        "insert into contact (id, name, name_key, entered_on, entered_by) values (?, ?, ?, '2026-11-21', 'import')",
        [(n, name, name) for name, n in ids.items()],
    )
    base.executemany(
        "insert into sale (contact_id, sold_on, amount) values (?, ?, ?)",
        [(ids[o["customer_id"]], o["order_date"], 100 * int(o["revenue"])) for o in orders],
    )


@pytest.mark.parametrize("later", [False, True], ids=["kept totals", "a past day"])
def test_scores_of_995_clients_equal_the_reference(
    later: bool,  # noqa: FBT001 - a parameter of the test
    data: Path,
    opened: Open,
) -> None:
    sales = [Sale(None, LAST, 1)] if later else []
    with opened(Book([], sales)) as base:
        base.execute("delete from sale where contact_id is not null")
        _load(base, data / "rfm_orders.csv")
        table = rfm.report(base, date(2006, 12, 31))
        found = {str(row[2]): row[4:] for row in _rows(table)}
    with (data / "rfm_orders_plain_scores.csv").open(encoding="utf-8", newline="") as lines:
        expected = {line["customer_id"]: _reference(line) for line in csv.DictReader(lines)}
    assert len(found) == 995
    assert found == expected


def _reference(line: dict[str, str]) -> tuple[object, ...]:
    orders = int(line["transaction_count"])
    scores = [int(line[f"{name}_plain"]) for name in ("recency", "frequency", "monetary")]
    name = line["segment_rf_grid"]
    if name == "New Customers" and orders > 1:
        name = "Potential Loyalist"
    number = int("".join(map(str, scores)))
    return (int(line["recency_days"]), orders, 100 * int(line["amount"]), *scores, number, name)
