"""What a plain read may import: start-up is guarded by modules, never by the clock."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from shop import Shop

FORBIDDEN = {
    "sqlite_utils",
    "pydantic",
    "phonenumbers",
    "email_validator",
    "dateutil",
    "rich",
    "platformdirs",
    "click",
    "decimal",
    "csv",
    "importlib.metadata",
    "hashlib",
    "numpy",
    "scipy",
}
# Typer alone brings about 130 of the standard library's.
MOST_MODULES = 195

PROBE = """
import sys
from clientbase.cli.boundary import main
code = main(sys.argv[1:])
sys.stderr.write("\\n".join(sys.modules))
raise SystemExit(code)
"""


def _modules(*args: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, *args], capture_output=True, text=True, check=True
    )
    return set(ran.stderr.splitlines())


def test_reports_without_a_forecast_load_no_numpy(shop: Shop) -> None:
    shop.ok("contact", "add", "Anna")
    loaded = _modules("report", "ltv", "--format", "csv")
    assert not loaded & {"numpy", "scipy"}


@pytest.mark.parametrize(
    "line",
    [
        "contact list --format csv",
        "contact list --format json",
        "contact find anna --format json",
        "contact show 1 --format json",
        "lead list --format csv",
        "sale list --format csv",
        "remind due --format csv",
        "sale record 1 500 --format json",
    ],
)
def test_a_plain_command_loads_nothing_heavy(line: str, shop: Shop) -> None:
    shop.ok("contact", "add", "Anna")
    loaded = _modules(*line.split())
    assert {name for name in loaded if name in FORBIDDEN} == set()
    assert len(loaded) <= MOST_MODULES


def test_a_noun_loads_no_other_noun(shop: Shop) -> None:
    loaded = _modules("lead", "list", "--format", "csv")
    nouns = {name for name in loaded if name.startswith("clientbase.cli.")}
    assert nouns <= {
        f"clientbase.cli.{name}"
        for name in ("boundary", "command", "lead", "options", "output", "root", "session", "who")
    }
    assert shop.path.exists()


def test_help_opens_no_base_and_loads_no_area(nowhere: Shop) -> None:
    loaded = _modules("sale", "record", "--help")
    areas = ("db", "people", "funnel", "sales", "facts", "analysis", "followup", "exchange")
    assert [
        name for name in loaded if name.startswith(tuple(f"clientbase.{a}" for a in areas))
    ] == []
    assert not nowhere.path.exists()
