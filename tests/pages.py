"""Example pages: the commands in them, and what they print."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# ```console blocks hold `$ ` lines and what they print; ```csv, ```json and ```text
# NAME blocks are files.
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)

FILES = {"csv", "json", "text"}

# Runs a line and returns its exit code and all it printed, data and talk together.
Runner = Callable[[str], tuple[int, str]]


@dataclass
class Page:
    """A page read from a file: the files it brings, and its blocks of commands."""

    text: str
    files: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Page:
        """Read a page."""
        text = path.read_text(encoding="utf-8")
        blocks = BLOCK.findall(text)
        return cls(text, {name: body for kind, name, body in blocks if kind in FILES and name})

    def rewritten(self, run: Runner) -> str:
        """Run every command and return the page with what they really print."""
        return BLOCK.sub(lambda found: self._block(found, run), self.text)

    def _block(self, found: re.Match[str], run: Runner) -> str:
        kind, _, body = found.groups()
        if kind != "console":
            return found[0]
        lines = [line for line in body.splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{printed(line, run)}" for line in lines) + "```"


def printed(line: str, run: Runner) -> str:
    """Return what a `$ ` line prints; an exit code that is not 0 is told at its end."""
    code, text = run(line.removeprefix("$ "))
    if text and not text.endswith("\n"):
        text += "\n"
    return text + (f"[exit code {code}]\n" if code else "")
