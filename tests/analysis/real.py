"""The reports on real shops, worked out by pandas from their files and the written definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from scipy.special import betaln, gammaln

from clientbase.analysis import abc, cohorts, concentration, ltv, repeat, xyz
from clientbase.analysis.forecast import Wish

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base


def check(base: Base, money: pd.DataFrame, today: date, *, by: str = "name") -> None:
    """Compare the reports with rows of `client`, `sale`, `day` and `amount` in minor units.

    A row without a `sale` is money given back, its amount below zero. `by` is the column of the
    reports that knows the client. No sale is given back by name, so that each is an order.
    """
    money = money[money["day"] <= pd.Timestamp(today)]
    bills = money.dropna(subset="sale").groupby(["client", "sale"], as_index=False)["day"].min()
    money = money[money["client"].isin(bills["client"])]
    sums = money.groupby("client")["amount"].sum()
    _abc(base, sums, today, by)
    _concentration(base, sums, today)
    _xyz(base, bills, today, by)
    _cohorts(base, bills, money, today)
    _repeat(base, bills, today)


def _abc(base: Base, sums: pd.Series[int], today: date, by: str) -> None:
    positive = sums[sums > 0].sort_values(ascending=False)
    before = (positive.cumsum() - positive).groupby(positive).min()
    share = sums.map(before) / positive.sum()
    letters = pd.Series("C", index=sums.index)
    letters[share < 0.95] = "B"
    letters[share < 0.80] = "A"
    table = abc.report(base, today)
    at = [column.name for column in table.columns].index(by)
    rows = list(table.rows)
    assert {row[at]: (row[3], row[6]) for row in rows} == {
        client: (sums[client], letters[client]) for client in sums.index
    }
    assert sum(row[4] for row in rows) == pytest.approx(100)
    counts = letters.value_counts()
    assert {row[0]: row[1] for row in table.tables["classes"].rows} == counts.to_dict()
    cells = list(table.tables["matrix"].rows)
    assert sum(cell[2] for cell in cells) == len(sums)
    assert sum(cell[3] for cell in cells) == sums.sum()


def _concentration(base: Base, sums: pd.Series[int], today: date) -> None:
    made = sums.clip(lower=0).sort_values(ascending=False).cumsum().reset_index(drop=True)
    table = concentration.report(base, today)
    assert [tuple(row) for row in table.rows] == [
        (
            share,
            n := int((made * 100 < share * made.iloc[-1]).sum()) + 1,
            pytest.approx(100 * n / len(sums)),
        )
        for share in (50, 80, 90, 95)
    ]
    assert [row[3] for row in table.tables["top"].rows] == [
        pytest.approx(100 * made[top - 1] / made.iloc[-1]) for top in (1, 3, 10)
    ]


def _xyz(base: Base, bills: pd.DataFrame, today: date, by: str) -> None:
    days = bills.drop_duplicates(["client", "day"]).sort_values(["client", "day"])
    gaps = days.groupby("client")["day"].diff().dt.days.dropna()
    gaps = gaps.groupby(days["client"])
    variation = (100 * gaps.std(ddof=0) / gaps.mean())[gaps.size() >= 3]
    table = xyz.report(base, today)
    at = [column.name for column in table.columns].index(by)
    found = {row[at]: row[5] for row in table.rows if row[5] is not None}
    pd.testing.assert_series_equal(
        pd.Series(found).sort_index(), variation, check_names=False, check_index_type=False
    )


def _cohorts(base: Base, bills: pd.DataFrame, money: pd.DataFrame, today: date) -> None:
    first = bills.groupby("client")["day"].min().dt.to_period("M")
    bought = bills.assign(month=bills["day"].dt.to_period("M"), cohort=bills["client"].map(first))
    active = bought.groupby(["cohort", "month"])["client"].nunique()
    sizes = first.value_counts()
    rows = list(cohorts.report(base, today).rows)
    found = {(row[0], pd.Period(row[0], "M") + row[1]): row for row in rows}
    assert {key: row[3] for key, row in found.items() if row[3]} == {
        (str(cohort), month): count for (cohort, month), count in active.items()
    }
    assert {row[0]: row[2] for row in rows} == {str(m): size for m, size in sizes.items()}
    assert all(row[4] == pytest.approx(100 * row[3] / row[2]) for row in rows)
    cohort = money["client"].map(first).astype(str)
    paid = money.groupby(cohort)["amount"].sum() / sizes.rename(str).sort_index()
    last = {row[0]: row[6] for row in rows}
    assert last == {name: pytest.approx(each) for name, each in paid.items()}


def _repeat(base: Base, bills: pd.DataFrame, today: date) -> None:
    ordered = bills.sort_values(["client", "day"])
    ordered["step"] = ordered.groupby("client").cumcount() + 1
    ordered["gap"] = ordered.groupby("client")["day"].diff().dt.days
    counts = ordered["step"].value_counts()
    for step, clients, share, _previous, median, most in repeat.report(base, today).rows:
        assert (clients, share) == (counts[step], pytest.approx(100 * counts[step] / counts[1]))
        gaps = ordered.loc[ordered["step"] == step, "gap"]
        if step > 1:
            assert (median, most) == (
                pytest.approx(gaps.median()),
                pytest.approx(gaps.quantile(0.9)),
            )


def check_forecast(base: Base, money: pd.DataFrame, today: date) -> None:
    """Compare the BG/NBD model with eq. 3 of the paper: nowhere near are the clients likelier."""
    days = money.dropna(subset="sale").drop_duplicates(["client", "day"])
    seen = days.groupby("client")["day"].agg(["size", "min", "max"])
    x = seen["size"].to_numpy() - 1
    recency = (seen["max"] - seen["min"]).dt.days.to_numpy() / 7
    age = (pd.Timestamp(today) - seen["min"]).dt.days.to_numpy() / 7

    def likelihood(logs: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        r, alpha, a, b = np.exp(logs)
        rate = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        lasts = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + age)
        left = betaln(a + 1, b + np.maximum(x, 1) - 1) - betaln(a, b)
        left = np.where(x > 0, left - (r + x) * np.log(alpha + recency), -np.inf)
        return float((rate + np.logaddexp(lasts, left)).sum())

    table = ltv.report(base, today, ahead=Wish())
    (params,) = table.tables["params"].rows
    names = [column.name for column in table.tables["params"].columns]
    told = dict(zip(names, params, strict=True))
    best = np.log([told[name] for name in ("r", "alpha", "a", "b")])
    assert likelihood(best) == pytest.approx(told["log_likelihood"], abs=1e-3)
    for step in np.concatenate([np.eye(4), -np.eye(4)]):
        assert likelihood(best + 0.05 * step) < likelihood(best)
