"""Measure clientbase beside its peers, in turns, and print a table of ratios.

`python bench.py LINES`, by a Python that has clientbase and pandas installed. Each number is the
median over whole processes; a ratio is the median of the ratios of the pairs A B A B … of one run.
"""

from __future__ import annotations

import json
import math
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
OURS = str(BIN / "clientbase")
DAY = "2026-11-21"

EMPTY_APP = """
import typer
app = typer.Typer()
@app.command()
def main() -> None:
    print("[]")
app()
"""

# Reports that an analyst would make with pandas, as peer.py does.
REPORTS = (
    "rfm", "abc", "xyz", "products", "ltv", "cohorts", "concentration", "repeat", "sleeping",
)  # fmt: skip
# Those that pandas has no short way to make: how long they take is told alone.
ALONE = (
    "base",
    "portrait key",
    "quality",
    "managers",
    "funnel",
    "channels",
    "ltv --forecast",
    "page",
)


@dataclass(frozen=True)
class Took:
    """One finished process: seconds on the wall, peak memory in MB."""

    seconds: float
    megabytes: float


def spawn(args: list[str], *, terminal: bool = False) -> Took:
    """Run a process to its end, its output on a pipe or on a terminal that somebody reads."""
    master, slave = pty.openpty() if terminal else os.pipe()
    reader = threading.Thread(target=_drain, args=(master,))
    reader.start()
    actions = [(os.POSIX_SPAWN_DUP2, slave, 1), (os.POSIX_SPAWN_CLOSE, slave)]
    begun = time.perf_counter()
    pid = os.posix_spawn(args[0], args, os.environ, file_actions=actions)
    os.close(slave)
    _, status, used = os.wait4(pid, 0)
    took = time.perf_counter() - begun
    reader.join()
    os.close(master)
    if status:
        raise SystemExit(f"{' '.join(args)} ended with {os.waitstatus_to_exitcode(status)}")
    return Took(took, used.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2))


def _drain(descriptor: int) -> None:
    # A pipe ends with an empty read, a terminal whose other side is closed with an error.
    try:
        while os.read(descriptor, 1 << 16):
            pass
    except OSError:
        pass


@dataclass(frozen=True)
class Pair:
    """A job of ours and the peer's, with the limit of their ratio."""

    name: str
    ours: list[str]
    peer: list[str]
    limit: float
    rounds: int = 21
    terminal: bool = False


def measure(pair: Pair) -> str:
    """Run a pair in turns and return its row of the table."""
    ours, peers = [], []
    for turn in range(pair.rounds + 1):
        took, other = spawn(pair.ours, terminal=pair.terminal), spawn(pair.peer)
        if turn:  # the first is a warm-up
            ours.append(took)
            peers.append(other)
    ratios = [a.seconds / b.seconds for a, b in zip(ours, peers, strict=True)]
    return row(pair.name, ours, peers, ratios, f"{pair.limit:.2f}")


def row(name: str, ours: list[Took], peers: list[Took], ratios: list[float], limit: str) -> str:
    """Return a row of the table from what was measured."""
    return (
        f"| {name} | {_seconds(ours)} | {_seconds(peers)} | {statistics.median(ratios):.2f} "
        f"({min(ratios):.2f} to {max(ratios):.2f}) | {limit} | {max(t.megabytes for t in ours):.0f} |"
    )


def _seconds(took: list[Took]) -> str:
    middle = statistics.median(t.seconds for t in took)
    return f"{middle * 1000:.0f} ms" if middle < 1 else f"{middle:.1f} s"


def fresh(base: Path) -> None:
    """Make a new base in the place of an old one."""
    for ending in ("", "-wal", "-shm"):
        base.with_name(base.name + ending).unlink(missing_ok=True)
    subprocess.run(
        [
            OURS,
            "--db",
            base,
            "init",
            "--currency",
            "RUB",
            "--country",
            "RU",
            "-q",
            "-o",
            os.devnull,
        ],
        check=True,
    )


def imported(folder: Path, lines: int, rounds: int) -> tuple[list[Took], Path]:
    """Import a generated file a few times, each into a fresh base; return the last base."""
    file = generated(folder, lines)
    base = folder / f"{lines}.db"
    took = []
    for _ in range(rounds):
        fresh(base)
        took.append(spawn([OURS, "--db", str(base), "import", "sales", str(file), "-q"]))
    return took, base


def generated(folder: Path, lines: int) -> Path:
    """Return the file of so many lines, made once."""
    file = folder / f"{lines}.csv"
    if not file.exists():
        subprocess.run([sys.executable, HERE / "generate.py", str(lines), file], check=True)
    return file


def peer_import(folder: Path, lines: int, rounds: int) -> list[Took]:
    """Load the same file with sqlite-utils, which checks nothing."""
    took = []
    for _ in range(rounds):
        target = folder / "peer.db"
        target.unlink(missing_ok=True)
        took.append(
            spawn(
                [
                    str(BIN / "sqlite-utils"),
                    "insert",
                    str(target),
                    "sale",
                    str(generated(folder, lines)),
                    "--csv",
                    "--no-detect-types",
                    "--silent",
                ]
            )
        )
    return took


def exponent(small: list[Took], large: list[Took], times: float, floor: float) -> float:
    """Return the exponent of growth between two sizes, start-up taken off."""
    first, second = (statistics.median(t.seconds for t in took) - floor for took in (small, large))
    return math.log(second / first) / math.log(times)


def main(lines: int) -> None:
    """Measure everything and print the table."""
    os.environ |= {"CLIENTBASE_TODAY": DAY, "CLIENTBASE_USER": "bench"}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("| job | ours | peer | ratio (least to most) | limit | MB |")
        print("| --- | --- | --- | --- | --- | --- |")
        large, base = imported(folder, lines, 3)
        peers = peer_import(folder, lines, 3)
        ratios = [a.seconds / b.seconds for a, b in zip(large, peers, strict=True)]
        print(row(f"import {lines:,} lines / sqlite-utils insert", large, peers, ratios, "0.70"))
        for pair in pairs(folder, base):
            print(measure(pair), flush=True)
        alone(base)
        growth(folder, lines, large, base)


def pairs(folder: Path, base: Path) -> list[Pair]:
    """Return the jobs over the large base."""
    empty = folder / "empty.py"
    empty.write_text(EMPTY_APP)
    typer = [sys.executable, str(empty)]
    ours = [OURS, "--db", str(base)]
    shown = json.loads(
        subprocess.run(
            [*ours, "contact", "show", "12", "--format", "json"], capture_output=True, check=True
        ).stdout
    )["rows"][0]
    part = shown["name"].split()[-1].upper()
    as_json = ["--format", "json", "-q"]
    return [
        Pair(
            "contact show, JSON / empty Typer app",
            [*ours, "contact", "show", "12", *as_json],
            typer,
            1.2,
        ),
        Pair(
            "lead list, CSV / empty Typer app",
            [*ours, "lead", "list", "--format", "csv", "-q"],
            typer,
            1.2,
        ),
        Pair("remind due, JSON / empty Typer app", [*ours, "remind", "due", *as_json], typer, 1.2),
        Pair(
            "contact log, JSON / empty Typer app",
            [*ours, "contact", "log", "12", "called", *as_json],
            typer,
            1.2,
        ),
        Pair(
            "sale record, JSON / empty Typer app",
            [*ours, "sale", "record", "12", "500", *as_json],
            typer,
            1.2,
        ),
        Pair(
            "lead add by phone, JSON / empty Typer app (+ 25 to 35 ms)",
            [*ours, "lead", "add", "--phone", "+7 921 846 68 50", *as_json],
            typer,
            1.2,
        ),
        Pair(
            "contact show, Rich table / empty Typer app",
            [*ours, "contact", "show", "12"],
            typer,
            1.7,
            terminal=True,
        ),
        Pair(
            "contact list, Rich table / empty Typer app",
            [*ours, "contact", "list"],
            typer,
            1.7,
            terminal=True,
        ),
        Pair(
            "contact find, JSON / empty Typer app",
            [*ours, "contact", "find", part, "-n", "20", *as_json],
            typer,
            1.5,
        ),
        *(
            Pair(
                f"report {name} --summary / pandas from the same file",
                [*ours, "report", name, "--summary", *as_json],
                [sys.executable, str(HERE / "peer.py"), name, str(base), DAY],
                1.0,
                rounds=3,
            )
            for name in REPORTS
        ),
    ]


def alone(base: Path) -> None:
    """Print how long the other reports take."""
    for name in ALONE:
        words = [*name.split(), "--summary", "--format", "json", "-q"]
        took = [spawn([OURS, "--db", str(base), "report", *words]) for _ in range(3)]
        most = max(t.megabytes for t in took)
        print(f"| report {name} --summary | {_seconds(took)} | | | | {most:.0f} |", flush=True)


def growth(folder: Path, lines: int, large: list[Took], base: Path) -> None:
    """Print how import and report grow from a hundredth of the lines."""
    small, little = imported(folder, lines // 100, 5)

    def report(of: Path) -> list[Took]:
        return [
            spawn([OURS, "--db", str(of), "report", "rfm", "--summary", "-q"]) for _ in range(7)
        ]

    floor = statistics.median(t.seconds for t in [spawn([OURS, "--version"]) for _ in range(7)])
    print(
        f"\nGrowth from {lines // 100:,} to {lines:,} lines, as an exponent (1 is linear, start-up taken off):"
    )
    print(
        f"import {exponent(small, large, 100, floor):.2f}, report rfm {exponent(report(little), report(base), 100, floor):.2f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
