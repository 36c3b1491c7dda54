"""The same bases that the facts are tested on."""

from __future__ import annotations

from facts.conftest import base, opened, today

__all__ = ["base", "opened", "today"]
