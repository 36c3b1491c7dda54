"""A base that people may be written into."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from clientbase.db import founding
from clientbase.db.journal import Act, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clientbase.db.connection import Base

ACT = Act("test", "olga", "2026-11-21T09:00:00Z")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    """A new base in Russia, inside the one transaction of a command."""
    made = founding.found(tmp_path / "base.db", founding.plan("RUB", "RU", ""), ACT)
    with write(made, ACT):
        yield made
    made.close()


@pytest.fixture
def today() -> date:
    """The day of all these tests."""
    return date(2026, 11, 21)
