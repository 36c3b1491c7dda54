"""The bar that shows how far a long work is, on a real terminal."""

from __future__ import annotations

import os
import pty
import select
import sys
import termios
import time
from typing import TYPE_CHECKING

from clientbase.render import progress

if TYPE_CHECKING:
    import pytest

TOLD = 10_000


def drawn(monkeypatch: pytest.MonkeyPatch, seconds: float) -> str:
    """Return what a terminal gets while a work of so many seconds is told of, step by step."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLUMNS", raising=False)
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress.bar(TOLD) as tell:
            for number in range(TOLD):
                monkeypatch.setattr(time, "monotonic", lambda now=seconds * number / TOLD: now)
                tell(number)
            monkeypatch.undo()
        shown = b""
        # A terminal gives what it got in pieces, and waits for more after the last one.
        while select.select([ours], [], [], 0)[0]:
            shown += os.read(ours, 1_000_000)
    os.close(ours)
    return shown.decode()


def test_the_bar_is_drawn_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    text = drawn(monkeypatch, 1)
    assert "━" in text
    assert " 50%" in text
    assert text.rstrip("\r\n").endswith("\x1b[2K")


def test_it_is_drawn_ten_times_a_second_however_often_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    once = drawn(monkeypatch, 0.05).count("%")
    assert drawn(monkeypatch, 2).count("%") - once in range(18, 21)
