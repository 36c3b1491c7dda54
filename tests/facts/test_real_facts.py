"""The facts of every client of a real shop, and the reports, are what pandas makes of its file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis import real as reports
from clientbase.db.connection import connect
from facts import real

if TYPE_CHECKING:
    from pathlib import Path

DAYS = (date(2006, 12, 31), date(2006, 3, 1), date(2005, 6, 30), date(2008, 2, 29))


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_orders_of_the_rfm_package(orders: Path, data: Path, today: date) -> None:
    file = data / "rfm_orders.csv"
    rows = pd.read_csv(file, parse_dates=["order_date"]).reset_index(names="sale")
    money = rows.rename(columns={"customer_id": "client", "order_date": "day"})
    money["amount"] = (money["revenue"] * 100).round().astype("int64")
    # Who came later than the day was not there yet, and is nobody's client.
    money = money[money["day"] <= pd.Timestamp(today)]
    base = connect(orders)
    real.check(base, money, "name", today)
    reports.check(base, money, today)
