"""Make the picture of README from the program's own output: `python examples/picture.py`.

Runs the program on a terminal of its own over the sample shop and writes what it shows as SVG.
"""

from __future__ import annotations

import io
import os
import pty
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
PROGRAM = shutil.which("clientbase", path=str(Path(sys.executable).parent)) or "clientbase"
WIDTH = 100

SETUP = (
    "init --currency USD --country US",
    "field add animal --type choice --choice dog --choice cat --choice bird",
    f"import contacts {HERE}/data/contacts.csv",
    f"import sales {HERE}/data/sales.csv",
    "remind rule add birthdays --birthday --before 3",
)
SHOWN = ("segment run", "contact list --sort -revenue --limit 5", "remind due")


def main() -> None:
    """Write examples/picture.svg."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "CLIENTBASE_DB": f"{folder}/shop.db",
            "CLIENTBASE_TODAY": "2026-11-21",
            "CLIENTBASE_USER": "olga",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLUMNS": str(WIDTH),
            "COLORTERM": "truecolor",
        }
        for line in SETUP:
            subprocess.run(
                [PROGRAM, *line.split(), "-q"],
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
        for line in SHOWN:
            console.print(Text(f"$ clientbase {line}", style="bold"))
            console.print(Text.from_ansi(_on_a_terminal(line.split(), environment)))
    picture = console.export_svg(title="clientbase", unique_id="clientbase")
    # Without this a viewer drops the spaces that right-aligned numbers begin with.
    picture = picture.replace("<svg ", '<svg xml:space="preserve" ', 1)
    (HERE / "picture.svg").write_text(picture, encoding="utf-8")


def _on_a_terminal(words: list[str], environment: dict[str, str]) -> str:
    """Run the program on a terminal and return what it writes there."""
    master, slave = pty.openpty()
    with subprocess.Popen([PROGRAM, *words], env=environment, stdout=slave, stderr=slave) as run:
        os.close(slave)
        shown = b""
        while piece := _read(master):
            shown += piece
        run.wait()
    os.close(master)
    return shown.decode().replace("\r\n", "\n")


def _read(master: int) -> bytes:
    try:
        return os.read(master, 1 << 16)
    except OSError:  # how a terminal whose other side is closed ends on Linux
        return b""


if __name__ == "__main__":
    main()
