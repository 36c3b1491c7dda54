"""What the tests of screens share."""

from __future__ import annotations

import pytest


@pytest.fixture
def many_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 256 colours, where nobody asked for none."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
