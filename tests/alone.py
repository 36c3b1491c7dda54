"""Try an installed program alone: `python tests/alone.py PROGRAM`. No test library needed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pages import Page

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "examples" / "hairdresser.md"


def main(program: str) -> int:
    """Ask for the version and run one example page; return how many things differ."""
    program = str(Path(program).absolute())
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    page = Page.read(PAGE)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in page.files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        now = page.rewritten(lambda line: _run(line, program, folder))
    failed = (now != page.text) + (not version.stdout.startswith("clientbase "))
    sys.stdout.write(f"{version.stdout}alone: {2 - failed} passed, {failed} failed\n")
    if now != page.text:
        sys.stdout.write(now)
    return failed


def _run(line: str, program: str, folder: str) -> tuple[int, str]:
    environment = {
        "PATH": f"{Path(program).parent}:{os.environ['PATH']}",
        "CLIENTBASE_DB": "shop.db",
        "CLIENTBASE_TODAY": "2026-11-21",
        "CLIENTBASE_USER": "olga",
        "LANG": "C.UTF-8",
    }
    ran = subprocess.run(
        ["/bin/sh", "-c", f"{line} 2>&1"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment,
    )
    return ran.returncode, ran.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
