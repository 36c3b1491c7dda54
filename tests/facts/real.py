"""The facts of real shops, worked out by pandas from their files and the written definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from clientbase.facts.reading import read

if TYPE_CHECKING:
    from datetime import date

    from clientbase.db.connection import Base

COLUMNS = (
    "orders", "revenue", "average_order", "first_sale_on", "last_sale_on", "days_since_sale",
    "rhythm_days", "frequency_class", "value_class", "base", "sleeping", "late", "abc", "xyz",
)  # fmt: skip
RARELY, STEADILY, OFTEN = 2, 3, 4
LOW, HIGH = 1 / 3, 0.9


def kept(base: Base, key: str, today: date) -> pd.DataFrame:
    """Return what the program says of every contact, by its name or its external id."""
    found = read(base, (key, *COLUMNS), today).fetchall()
    return pd.DataFrame(found, columns=["key", *COLUMNS]).set_index("key").sort_index()


def expected(money: pd.DataFrame, today: date) -> pd.DataFrame:
    """Return the same from rows of `client`, `sale`, `day` and `amount` in minor units.

    A row without a `sale` is money given back, its amount below zero.
    """
    day = pd.Timestamp(today)
    bills = money.dropna(subset="sale").groupby(["client", "sale"], as_index=False)
    sales = bills.agg(day=("day", "min"), amount=("amount", "sum"))
    grouped = sales.groupby("client")
    facts = pd.DataFrame(index=pd.Index(money["client"].unique()).sort_values())
    facts["orders"] = grouped.size().reindex(facts.index, fill_value=0)
    facts["revenue"] = money.groupby("client")["amount"].sum()
    facts["first"] = grouped["day"].min()
    facts["last"] = grouped["day"].max()
    facts["quiet"] = (day - facts["last"]).dt.days
    facts["average"] = facts["revenue"] / facts["orders"].where(facts["orders"] > 0)
    days = sales.drop_duplicates(["client", "day"]).sort_values(["client", "day"])
    days["gap"] = days.groupby("client")["day"].diff().dt.days
    gaps = days.dropna(subset="gap").groupby("client")["gap"]
    facts["rhythm"] = gaps.median().where(gaps.size() >= RARELY)
    facts["cv"] = (gaps.std(ddof=0) / gaps.mean()).where(gaps.size() >= STEADILY)
    quiet = days["client"].map(facts["quiet"])
    passed = (days["gap"] < quiet).groupby(days["client"]).sum()
    facts["most"] = passed * 10 >= 9 * gaps.size().reindex(passed.index, fill_value=0)
    return _classed(facts, day)


def _classed(facts: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    client = facts["orders"] > 0
    averages = facts.loc[client, "average"]
    low, high = averages.quantile(LOW), averages.quantile(HIGH)
    often, twice = facts["orders"] >= OFTEN, facts["orders"] >= RARELY
    age = (day - facts["first"]).dt.days
    two_years = facts["first"] <= day - pd.DateOffset(months=24)
    made = pd.DataFrame(index=facts.index)
    made["orders"], made["revenue"] = facts["orders"], facts["revenue"]
    made["average_order"] = facts["average"]
    for name, source in (("first_sale_on", "first"), ("last_sale_on", "last")):
        made[name] = facts[source].dt.strftime("%Y-%m-%d")
    made["days_since_sale"], made["rhythm_days"] = facts["quiet"], facts["rhythm"]
    made["frequency_class"] = "one-time"
    made.loc[twice, "frequency_class"] = "periodic"
    made.loc[often, "frequency_class"] = "regular"
    made["value_class"] = "standard"
    made.loc[facts["average"] < low, "value_class"] = "economy"
    made.loc[facts["average"] > high, "value_class"] = "vip"
    made.loc[~client, ["frequency_class", "value_class"]] = None
    made["base"] = "working"
    # The last that fits is written last: the definition takes the first that fits.
    made.loc[twice & (age >= 90), "base"] = "active"
    made.loc[often, "base"] = "regular"
    made.loc[often & two_years, "base"] = "partner"
    made.loc[twice & (made["value_class"] == "vip"), "base"] = "vip"
    made.loc[~client, "base"] = "potential"
    made.loc[facts["quiet"] >= 730, "base"] = "dead"
    quiet, rhythm = facts["quiet"], facts["rhythm"]
    sleeping = (quiet > 365) | ((quiet > 3 * rhythm) & (quiet > 60))
    late = (quiet > 1.5 * rhythm) & (quiet > 14) & facts["most"].fillna(value=False)
    made["sleeping"] = sleeping.astype(int)
    made["late"] = (late & ~sleeping).astype(int)
    made["abc"] = _abc(facts.loc[client, "revenue"])
    made["xyz"] = pd.Series(index=made.index, dtype="str")
    for letter, most in (("Z", float("inf")), ("Y", 0.5), ("X", 0.3)):
        made.loc[facts["cv"] <= most, "xyz"] = letter
    return made[list(COLUMNS)]


def _abc(revenue: pd.Series[int]) -> pd.Series[str]:
    """Return the class of each sum by the share of those that are greater."""
    positive = revenue[revenue > 0]
    of_each = positive.groupby(positive).sum().sort_index(ascending=False)
    before = revenue.map((of_each.cumsum() - of_each) / positive.sum())
    classes = pd.Series("C", index=revenue.index)
    classes[before < 0.95] = "B"
    classes[before < 0.8] = "A"
    return classes


def check(base: Base, money: pd.DataFrame, key: str, today: date) -> None:
    """Compare the two for every contact of the shop who had bought by the day."""
    ours, theirs = kept(base, key, today), expected(money, today)
    pd.testing.assert_frame_equal(
        ours[ours.index.isin(theirs.index)],
        theirs,
        check_names=False,
        check_dtype=False,
        check_index_type=False,
    )
