"""The figures of the reports by pandas, from the same file: `peer.py REPORT BASE DAY`.

As an analyst would write them: read the columns that are needed, group, and print.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import Any

import pandas as pd

FEWEST_DAYS = 4  # of purchase that make a variation of gaps


class Shop:
    """The sales of a base up to a day."""

    def __init__(self, base: str, day: str) -> None:
        self.base = sqlite3.connect(base)
        self.day = pd.Timestamp(day)

    def sales(self) -> pd.DataFrame:
        """Return contact, day and amount of each sale to somebody."""
        return pd.read_sql_query(
            "select contact_id, sold_on, amount from sale "
            "where contact_id is not null and voided_on is null",
            self.base,
            parse_dates=["sold_on"],
        )

    def gaps(self) -> pd.DataFrame:
        """Return the days between one day of purchase and the next, by contact."""
        days = self.sales()[["contact_id", "sold_on"]].drop_duplicates()
        days = days.sort_values(["contact_id", "sold_on"])
        days["gap"] = days.groupby("contact_id")["sold_on"].diff().dt.days
        return days


def rfm(shop: Shop) -> object:
    """Score by quantiles and count the cells."""
    clients = (
        shop.sales()
        .groupby("contact_id")
        .agg(last=("sold_on", "max"), f=("amount", "size"), m=("amount", "sum"))
    )
    clients["r"] = (shop.day - clients["last"]).dt.days

    def score(values: pd.Series[float]) -> Any:
        cuts = values.quantile([0.2, 0.4, 0.6, 0.8]).to_numpy()
        return cuts.searchsorted(values.to_numpy(), side="left")

    return pd.crosstab(5 - score(clients["r"]), 1 + score(clients["f"]))


def abc(shop: Shop) -> object:
    """Sort by the sum and cut where 80 and 95 percent lie before."""
    sums = shop.sales().groupby("contact_id")["amount"].sum().sort_values(ascending=False)
    before = (sums.cumsum() - sums) / sums[sums > 0].sum()
    return pd.cut(before, [-1, 0.8, 0.95, 2], right=False).value_counts()


def xyz(shop: Shop) -> object:
    """Take the variation of the gaps between days of purchase."""
    found = shop.gaps().groupby("contact_id")["gap"].agg(["count", "mean", "std"])
    found = found[found["count"] >= FEWEST_DAYS - 1]
    spread = found["std"] * ((found["count"] - 1) / found["count"]) ** 0.5 / found["mean"]
    return pd.cut(spread, [-1, 0.3, 0.5, 1000]).value_counts()


def concentration(shop: Shop) -> object:
    """Count how many clients make each share of the money."""
    sums = shop.sales().groupby("contact_id")["amount"].sum().sort_values(ascending=False)
    shares = sums.cumsum() / sums.sum()
    return [int((shares < part).sum()) + 1 for part in (0.5, 0.8, 0.9, 0.95)]


def cohorts(shop: Shop) -> object:
    """Count who of each month of coming bought how many months later, and for how much."""
    sales = shop.sales()
    month = sales["sold_on"].dt.year * 12 + sales["sold_on"].dt.month
    sales["cohort"] = month.groupby(sales["contact_id"]).transform("min")
    sales["month"] = month - sales["cohort"]
    return sales.groupby(["cohort", "month"]).agg(
        active=("contact_id", "nunique"), revenue=("amount", "sum")
    )


def repeat(shop: Shop) -> object:
    """Take the days to the second purchase, and new and returning money by month."""
    sales = shop.sales().sort_values(["contact_id", "sold_on"])
    turn = sales.groupby("contact_id").cumcount()
    gaps = shop.gaps()["gap"]
    months = sales["sold_on"].dt.to_period("M")
    first = months.groupby(sales["contact_id"]).transform("min") == months
    money = sales.groupby([months, first])["amount"].sum()
    return (turn == 1).sum(), (turn == 2).sum(), gaps.median(), money.tail(24)


def products(shop: Shop) -> object:
    """Sum up quantities, money and clients of each product."""
    lines = pd.read_sql_query(
        "select product_id, contact_id, sale_id, quantity, sale_line.amount from sale_line "
        "join sale on sale.id = sale_line.sale_id where voided_on is null",
        shop.base,
    )
    found = lines.groupby("product_id").agg(
        quantity=("quantity", "sum"), money=("amount", "sum"), clients=("contact_id", "nunique")
    )
    times = lines.groupby(["product_id", "contact_id"])["sale_id"].nunique()
    return found.join((times > 1).groupby("product_id").mean().rename("repeat"))


def ltv(shop: Shop) -> object:
    """Take revenue so far, and what is earned and lost in each of twelve months."""
    sales = shop.sales()
    lost = kept = 0
    for back in range(12, 0, -1):
        first = (shop.day - pd.DateOffset(months=back)).replace(day=1)
        end = first + pd.DateOffset(months=1)
        active = [
            set(
                sales.loc[sales["sold_on"].between(day - pd.Timedelta(days=365), day), "contact_id"]
            )
            for day in (first, end)
        ]
        kept += len(active[0])
        lost += len(active[0] - active[1])
    return sales.groupby("contact_id")["amount"].sum().describe(), lost / kept


def sleeping(shop: Shop) -> object:
    """Compare how long each client is quiet with the own median gap."""
    gaps = shop.gaps().groupby("contact_id").agg(last=("sold_on", "max"), gap=("gap", "median"))
    quiet = (shop.day - gaps["last"]).dt.days
    return (quiet > 365).sum(), ((quiet > 3 * gaps["gap"]) & (quiet > 60)).sum()


REPORTS = {
    report.__name__: report
    for report in (rfm, abc, xyz, products, ltv, cohorts, concentration, repeat, sleeping)
}

if __name__ == "__main__":
    name, base, day = sys.argv[1:]
    sys.stdout.write(f"{REPORTS[name](Shop(base, day))}\n")
