"""Pictures of the pages, for somebody to look at: on a phone, on a laptop, in the dark, on paper.

    python tests/screens.py FOLDER [PAGE.html …]

Without pages it makes those of a demo base. Needs Debian's chromium and poppler-utils.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SCREENS = {
    "phone": ["--window-size=390,5000"],
    "laptop": ["--window-size=1280,3600"],
    "dark": ["--window-size=1280,3600", "--blink-settings=preferredColorScheme=0"],
}
QUIET = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
TODAY = "2026-11-21"


def browser() -> str | None:
    """Return the browser's program, or None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def take(page: Path, folder: Path, *, program: str) -> list[Path]:
    """Take every picture of a page; return the files."""
    made = []
    with tempfile.TemporaryDirectory() as profile:
        common = [program, *QUIET, f"--user-data-dir={profile}"]
        for name, options in SCREENS.items():
            target = folder / f"{page.stem}-{name}.png"
            _run(*common, *options, f"--screenshot={target}", page.resolve().as_uri())
            made.append(target)
        target = folder / f"{page.stem}.pdf"
        _run(*common, "--no-pdf-header-footer", f"--print-to-pdf={target}", page.resolve().as_uri())
        made.append(target)
    return made


def pages(folder: Path) -> list[Path]:
    """Make the pages of a demo base."""
    program = [sys.executable, "-m", "clientbase", "--db", str(folder / "demo.db")]
    _run(*program, "demo", "--yes")
    made = []
    for name, words in {
        "base": ["report", "page"],
        "rfm": ["report", "rfm"],
        "matrix": ["segment", "run"],
        "contact": ["contact", "show", "1"],
    }.items():
        made.append(folder / f"{name}.html")
        _run(*program, *words, "-o", str(made[-1]))
    return made


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def main(folder: Path, given: list[Path]) -> int:
    """Take the pictures and name them."""
    program = browser()
    if program is None:
        sys.stderr.write("chromium is not installed: apt-get install chromium\n")
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    for page in given or pages(folder):
        for picture in take(page, folder, program=program):
            sys.stdout.write(f"{picture}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
