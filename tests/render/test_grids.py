from __future__ import annotations

import io

import pytest

from clientbase.render import Look, write
from clientbase.table import Pivot, Table, columns


def lines_of(table: Table, width: int = 80, **more: object) -> list[str]:
    stream = io.StringIO()
    write(table, "table", stream, Look("RUB", "RU", 2, width=width, rich=True).but(**more))
    return [line.rstrip() for line in stream.getvalue().split("\n")]


def months(*retention: float) -> Table:
    return Table(
        "cohorts",
        columns("cohort", "month:number", "retention:percent"),
        [("2026-01", n, part) for n, part in enumerate(retention)],
        layout=Pivot("cohort", "month", ("retention",), heat="retention"),
    )


@pytest.mark.parametrize(
    ("percent", "shown"),
    [
        (100 * 6 / 11, "55"),  # 54.545…, which is 54.5 with one decimal
        (12.5, "13"),
        (54.49, "54"),
        (0.99, "<1"),
        (1.0, "1"),
        (0.0, "0"),
        (99.5, "100"),
    ],
)
def test_a_percent_without_room_is_rounded_once_and_half_up(percent: float, shown: str) -> None:
    row = lines_of(months(*[percent] * 12))[3]
    assert row.split()[3:-1] == [shown] * 12
