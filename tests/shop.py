"""A base to try commands on, in this process."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientbase.cli.boundary import main
from clientbase.db.connection import connect

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from clientbase.db.connection import Base

TODAY = "2026-11-21"


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, its data and its talk."""

    code: int
    out: str
    err: str


class Shop:
    """A fresh base in a temporary folder, and the command line over it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = folder / "shop.db"
        self._monkeypatch = monkeypatch
        for name in ("CLIENTBASE_DEBUG", "CLIENTBASE_LANG", "LC_ALL", "LANGUAGE", "NO_COLOR"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("CLIENTBASE_DB", str(self.path))
        monkeypatch.setenv("CLIENTBASE_USER", "olga")
        monkeypatch.setenv("LANG", "C.UTF-8")
        self.day(TODAY)

    def day(self, day: str) -> None:
        """Let it be this day from now on."""
        self._monkeypatch.setenv("CLIENTBASE_TODAY", day)

    def run(self, *args: str, stdin: str = "") -> Ran:
        """Run one command line."""
        out, err = io.StringIO(), io.StringIO()
        with self._monkeypatch.context() as patch:
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
            patch.setattr("sys.stdout", out)
            patch.setattr("sys.stderr", err)
            code = main(list(args))
        return Ran(code, out.getvalue(), err.getvalue())

    def ok(self, *args: str, stdin: str = "") -> str:
        """Run a command that must succeed, and return its data."""
        ran = self.run(*args, stdin=stdin)
        assert (ran.code, ran.err if ran.code else "") == (0, ""), ran
        return ran.out

    def envelope(self, *args: str) -> Any:
        """Run a command that must succeed, and return its JSON envelope."""
        return json.loads(self.ok(*args, "--format", "json"))

    def rows(self, *args: str) -> Any:
        """Run a command that must succeed, and return the rows of its JSON."""
        return self.envelope(*args)["rows"]

    def connect(self) -> Base:
        """Open the base beside the command line, to look into it."""
        return connect(self.path)


def dump(shop: Shop) -> list[str]:
    """Return all that the base holds."""
    base = shop.connect()
    try:
        return list(base.iterdump())
    finally:
        base.close()


def refused(shop: Shop, *args: str) -> Ran:
    """Run a command that must fail and write nothing."""
    before = dump(shop)
    ran = shop.run(*args)
    assert ran.code
    assert dump(shop) == before
    assert ran.out == ""
    return ran


def talk(shop: Shop, *args: str) -> str:
    """Run a command that must succeed, and return what it says."""
    ran = shop.run(*args)
    assert ran.code == 0, ran
    return ran.err
