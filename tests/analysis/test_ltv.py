"""What clients are worth: ARPA / churn counted client by client, histories, the check ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from clientbase.analysis import ltv
from clientbase.analysis.forecast import Wish
from clientbase.db import settings
from clientbase.errors import Misuse, Refused
from facts.plain import LAST, Book, Person, Refund, Sale, books, everyone, months_ago, orders_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from clientbase.db.connection import Base
    from clientbase.table import Table

    Open = Callable[[Book], AbstractContextManager[Base]]

FIRST = date(2022, 1, 1)


@dataclass
class Told:
    """ARPA and churn by the definition, and whether they are defined."""

    active: int = 0
    lost: int = 0
    paid: int = 0
    young: bool = False


def _starts(today: date) -> list[date]:
    """The thirteen first days of a month around the last twelve whole months."""
    tomorrow = today + timedelta(1)
    end = tomorrow if tomorrow.day == 1 else today.replace(day=1)
    return [months_ago(end, 12 - n) for n in range(13)]


def _plain(book: Book, today: date, after: int) -> Told:
    starts = _starts(today)
    clients = [c for c, known in everyone(book, today).items() if known.orders]
    told = Told()
    for client in clients:
        days = [day for day, _amount in orders_of(book, client, today)]
        active = [any(s - timedelta(after) <= day < s for day in days) for s in starts]
        told.active += sum(active[:12])
        told.lost += sum(active[n] and not active[n + 1] for n in range(12))
    for part, sign in ((book.sales, 1), (book.refunds, -1)):
        told.paid += sum(
            sign * each.amount
            for each in part
            if each.contact in clients and not each.void and starts[0] <= each.day < starts[12]
        )
    begun = min((d for c in clients for d, _a in orders_of(book, c, today)), default=today)
    told.young = (starts[0] - begun).days < after
    return told


def _figures(table: Table) -> dict[str, object]:
    rows = list(table.tables["figures"].rows)
    names = [column.name for column in table.tables["figures"].columns]
    return dict(zip(names, rows[0], strict=True)) if rows else {}


@given(book=books(most=4), day=st.dates(date(2024, 1, 1), LAST), after=st.integers(1, 500))
def test_arpa_and_churn_are_those_of_the_definition(
    book: Book, day: date, after: int, opened: Open
) -> None:
    with opened(book) as base:
        found = _figures(ltv.report(base, day, churn_after=str(after)))
    told = _plain(book, day, after)
    if not found:
        assert told.active == 0
        return
    known = {c: k for c, k in everyone(book, day).items() if k.orders}
    assert found["clients"] == len(known)
    assert found["revenue"] == sum(k.revenue for k in known.values())
    defined = told.active and not told.young
    assert found["arpa"] == (told.paid / told.active if defined else None)
    assert found["churn"] == (100 * told.lost / told.active if defined else None)
    assert found["arpa_churn"] == (told.paid / told.lost if defined and told.lost else None)


def _doing(book: Book, today: date) -> list[int]:
    """Try all numbers of days from a month on: by which of them is anybody lost."""
    starts = _starts(today)
    bought = [
        [day for day, _amount in orders_of(book, c, today)]
        for c, known in everyone(book, today).items()
        if known.orders
    ]
    oldest = (starts[0] - min((min(days) for days in bought), default=today)).days
    waits = [
        [min(((s - day).days for day in days if day < s), default=9999) for s in starts]
        for days in bought
    ]
    return [
        after
        for after in range(31, oldest + 1)
        if any(w[n] <= after < w[n + 1] for w in waits for n in range(12))
    ]


@settings_of_hypothesis(max_examples=30)
@given(book=books(most=4), day=st.dates(date(2024, 1, 1), LAST), after=st.integers(31, 500))
def test_the_days_that_are_said_to_do_are_the_most_that_do(
    book: Book, day: date, after: int, opened: Open
) -> None:
    with opened(book) as base:
        table = ltv.report(base, day, churn_after=str(after))
        if not list(table.rows):
            return
    said = next((note for note in table.notes if "not defined" in note), "")
    doing = _doing(book, day)
    assert (after in doing) == (not said)
    if said.endswith("No other --churn-after would do yet."):
        assert doing == []
    elif said:
        days = int(said.rsplit(" ", 1)[1])
        told = _plain(book, day, days)
        assert told.lost
        assert not told.young
        assert days == max((d for d in doing if d <= after), default=min(doing, default=days))


@given(book=books(), day=st.dates(date(2024, 1, 1), LAST))
def test_groups_sum_to_the_whole_and_revenue_is_that_of_the_facts(
    book: Book, day: date, opened: Open
) -> None:
    with opened(book) as base:
        table = ltv.report(base, day, churn_after="60")
        rows = {row[0] - 1: row[3] for row in table.rows}
        parts = {name: [list(r) for r in part.rows] for name, part in table.tables.items()}
    known = everyone(book, day)
    assert rows == {c: k.revenue for c, k in known.items() if k.orders}
    for name in ("channels", "months", "segments"):
        assert sum(row[1] for row in parts[name]) == len(rows)
        assert sum(row[2] for row in parts[name]) == sum(rows.values())
    months = {f"{k.first:%Y-%m}" for k in known.values() if k.first is not None}
    assert [row[0] for row in parts["months"]] == sorted(months)
    classes = {f"{k.frequency_class}-{k.value_class}" for k in known.values() if k.orders}
    assert {row[0] for row in parts["segments"]} == classes


@given(book=books(), day=st.dates(FIRST, LAST), weeks=st.integers(1, 150))
def test_histories_and_the_check_are_counted_by_days_of_purchase(
    book: Book, day: date, weeks: int, opened: Open
) -> None:
    trained = max(FIRST, day - timedelta(7 * weeks))
    if trained >= day:
        return
    with opened(book) as base:
        table = ltv.report(base, day, ahead=Wish(train_to=trained))
        rows = {row[0] - 1: row for row in table.rows}
        params = next(iter(table.tables["params"].rows))
        check = list(table.tables["holdout"].rows)
    then = {c: k for c, k in everyone(book, trained).items() if k.orders}
    now = {c: k for c, k in everyone(book, day).items() if k.orders}
    assert set(rows) == set(then)
    came = {}
    for client in then:
        orders = orders_of(book, client, trained)
        days = sorted({when for when, _amount in orders})
        since = {when for when, _amount in orders_of(book, client, day) if when > trained}
        came[client] = len(since) if client in now else 0
        row = rows[client]
        assert row[3] == everyone(book, day)[client].revenue
        assert row[4] == len(days) - 1
        assert row[5] == (days[-1] - days[0]).days / 7
        assert row[6] == (trained - days[0]).days / 7
        again = sum(amount for when, amount in orders if when > days[0])
        assert row[7] == (round(again / (len(days) - 1)) if len(days) > 1 else None)
        assert row[8] is None or 0 <= row[8] <= 1
        assert row[12] == came[client]
    assert (params[9], params[10]) == (
        len(then),
        sum(len({d for d, _ in orders_of(book, c, trained)}) > 1 for c in then),
    )
    assert (sum(r[1] for r in check), sum(r[2] for r in check)) == (len(then), sum(came.values()))


def _by_lot(count: int) -> Book:
    """Clients who came within two years and by chance stay away, each with a taste of their own."""
    lot = np.random.default_rng(3)
    sales = []
    for client in range(count):
        day = date(2024, 11, 1) + timedelta(int(lot.integers(500)))
        leaving, taste, gap = lot.beta(1, 3), lot.gamma(5, 600), 42 / lot.gamma(1, 1)
        while day <= LAST:
            sales.append(Sale(client, day, 1 + round(lot.gamma(4, taste / 4))))
            if lot.random() < leaving:
                break
            day += timedelta(min(9999, 1 + round(lot.exponential(gap))))
    return Book([Person(FIRST)] * count, sales)


def test_a_forecast_has_its_figures_and_says_what_they_are(opened: Open) -> None:
    with opened(_by_lot(300)) as base:
        table = ltv.report(base, LAST, ahead=Wish(months=6))
        rows = list(table.rows)
        figures = _figures(table)
        year = _figures(ltv.report(base, LAST, ahead=Wish()))
    values = [row[11] for row in rows]
    assert values == sorted(values, reverse=True)
    assert all(row[11] == pytest.approx(row[9] * row[10], abs=1 + row[9]) for row in rows)
    assert figures["expected_purchases"] == pytest.approx(sum(row[9] for row in rows))
    assert figures["clv"] == sum(values)
    assert figures["clv_per_client"] == pytest.approx(sum(values) / 300)
    assert figures["clv"] < year["clv"] < 2 * figures["clv"]  # type: ignore[operator]  # amounts
    assert "The forecast is for 6 months." in table.notes


def test_the_check_lays_what_came_beside_what_was_foretold(opened: Open) -> None:
    trained = date(2026, 3, 31)
    with opened(_by_lot(1_500)) as base:
        table = ltv.report(base, LAST, ahead=Wish(train_to=trained))
        rows = list(table.rows)
        check = list(table.tables["holdout"].rows)
    assert [row[0] for row in check] == ["0", "1", "2", "3", "4", "5", "6", "7+"]
    assert sum(row[3] for row in check) == pytest.approx(sum(row[9] for row in rows))
    real = sum(row[2] for row in check)
    assert sum(row[3] for row in check) == pytest.approx(real, rel=0.15)
    assert any(f"clients came {real:,} times" in note for note in table.notes)


def test_too_few_clients_get_no_forecast_and_hear_of_it(opened: Open) -> None:
    sales = [Sale(0, LAST - timedelta(40), 500), Sale(0, LAST, 500), Sale(1, LAST, 100)]
    with opened(Book([Person(FIRST)] * 2, sales)) as base:
        table = ltv.report(base, LAST, ahead=Wish())
        rows = [row[4:12] for row in table.rows]
    assert rows == [
        (1, 40 / 7, 40 / 7, 500, None, None, None, None),
        (0, 0, 0, None, None, None, None, None),
    ]
    assert "No finite BG/NBD model fits these clients: no purchases are foretold." in table.notes
    assert "No finite gamma-gamma model fits these orders: no values are foretold." in table.notes
    assert "A forecast from 2 clients is little more than a guess." in table.notes


@pytest.mark.parametrize(
    "book",
    [
        Book([]),
        Book([Person(FIRST)]),
        Book([Person(FIRST)], [Sale(0, LAST, 100)]),
        Book([Person(FIRST)], [Sale(0, LAST, 0)]),
        Book([Person(FIRST)], [Sale(0, FIRST, 100)], [Refund(0, 0, LAST, 100)]),
        Book([Person(FIRST)], [Sale(0, FIRST, 100)], [Refund(0, None, LAST, 900)]),
        Book([Person(FIRST)] * 3, [Sale(n, LAST, 100) for n in range(3)]),
    ],
)
def test_bases_with_little_in_them_get_sentences(book: Book, opened: Open) -> None:
    with opened(book) as base:
        for wish in (None, Wish(), Wish(train_to=date(2025, 1, 1))):
            table = ltv.report(base, LAST, ahead=wish)
            clients = [c for c, known in everyone(book, LAST).items() if known.orders]
            trained = (wish and wish.train_to) or LAST
            of_then = [c for c, known in everyone(book, trained).items() if known.orders]
            assert len(list(table.rows)) == len(of_then)
            assert clients or table.empty == (
                "No clients yet; a sale makes them: clientbase sale record WHO AMOUNT"
            )
            assert all(list(part.rows) is not None for part in table.tables.values())


def test_the_notes_tell_the_months_and_who_was_lost(opened: Open) -> None:
    sales = [
        Sale(0, date(2024, 10, 5), 100),
        Sale(0, date(2025, 12, 10), 900),
        Sale(1, date(2025, 6, 1), 300),
    ]
    with opened(Book([Person(FIRST)] * 2, sales)) as base:
        settings.store(base, "churn.after", "90")
        notes = ltv.report(base, LAST).notes
        young = ltv.report(base, LAST, churn_after="400").notes[1]
    assert notes[1] == (
        "ARPA / churn is over the months from 2025-11-01 to 2026-10-31; a client is lost after 90 "
        "days without a purchase (churn.after): 1 of 3 active in a month."
    )
    assert young == (
        "ARPA / churn is not defined: it takes 12 whole months and 400 days before them, and sales "
        "begin on 2024-10-05. This would do: clientbase report ltv --churn-after 392"
    )


def test_words_that_do_not_fit_are_refused(opened: Open) -> None:
    with opened(Book([Person(FIRST)], [Sale(0, FIRST, 100)])) as base:
        with pytest.raises(Refused) as refused:
            ltv.report(base, LAST, churn_after="soon")
        with pytest.raises(Misuse) as misused:
            ltv.report(base, LAST, ahead=Wish(train_to=LAST))
    assert refused.value.message == "churn.after can't be soon"
    assert misused.value.message == (
        "2026-11-21 is not before 2026-11-21: nothing is left to check the forecast by"
    )


def test_histories_of_995_clients_equal_those_of_pandas(data: Path, opened: Open) -> None:
    orders = pd.read_csv(data / "rfm_orders.csv", parse_dates=["order_date"])
    trained = date(2006, 6, 30)
    with opened(Book([])) as base:
        names = sorted(orders["customer_id"].unique())
        ids = {name: n for n, name in enumerate(names, start=1)}
        base.executemany(
            "insert into contact (id, name, name_key, entered_on, entered_by) values (?, ?, ?, '2006-12-31', 'import')",
            [(n, name, name) for name, n in ids.items()],
        )
        base.executemany(
            "insert into sale (contact_id, sold_on, amount) values (?, ?, ?)",
            [
                (ids[o.customer_id], f"{o.order_date:%Y-%m-%d}", 100 * o.revenue)
                for o in orders.itertuples()
            ],
        )
        table = ltv.report(base, date(2006, 12, 31), ahead=Wish(train_to=trained))
        rows = {row[2]: row for row in table.rows}
        params = next(iter(table.tables["params"].rows))
    days = orders.groupby(["customer_id", "order_date"], as_index=False)["revenue"].sum()
    known = days[days["order_date"] <= pd.Timestamp(trained)]
    first = known.groupby("customer_id")["order_date"].transform("min")
    again = known[known["order_date"] > first].groupby("customer_id")
    expected = known.groupby("customer_id")["order_date"].agg(["min", "max", "count"])
    expected["mean"] = again["revenue"].mean()
    later = days[days["order_date"] > pd.Timestamp(trained)].groupby("customer_id").size()
    assert set(rows) == set(expected.index)
    for name, (begun, last, count, mean) in zip(expected.index, expected.to_numpy(), strict=True):
        row = rows[name]
        assert row[4:7] == (
            count - 1,
            (last - begun).days / 7,
            (pd.Timestamp(trained) - begun).days / 7,
        )
        assert row[7] == (round(100 * mean) if count > 1 else None)
        assert row[12] == later.get(name, 0)
    assert params[9:11] == (len(expected), int((expected["count"] > 1).sum()))
