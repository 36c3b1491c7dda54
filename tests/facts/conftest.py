"""Bases for the facts: one for many small books, each taken back after its test."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from clientbase.db import founding
from clientbase.db.journal import Act, write
from facts.plain import Book, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from clientbase.db.connection import Base

ACT = Act("test", "olga", "2026-11-21T08:00:00Z")

Opened = "Callable[[Book], AbstractContextManager[Base]]"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    """An empty base: roubles, Russia."""
    base = founding.found(tmp_path / "base.db", founding.Plan("RUB", "RU", ()), ACT)
    yield base
    base.close()


@pytest.fixture
def opened(base: Base) -> Callable[[Book], AbstractContextManager[Base]]:
    """The base with a book in it, for as long as it is open."""

    @contextlib.contextmanager
    def open_(book: Book) -> Iterator[Base]:
        with write(base, ACT, dry_run=True):
            fill(base, book)
            yield base

    return open_


@pytest.fixture
def today() -> date:
    """The day of the tests."""
    return date(2026, 11, 21)
