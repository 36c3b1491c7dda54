"""Fixtures that every test may ask for."""

from __future__ import annotations

import fcntl
import functools
import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from hypothesis import HealthCheck, settings

from shop import Shop

# A fifth of what Hypothesis would try, so that the suite stays quick; `--hypothesis-profile long`
# tries much more.
FIXTURES = [HealthCheck.function_scoped_fixture]
settings.register_profile("suite", max_examples=20, deadline=None, suppress_health_check=FIXTURES)
settings.register_profile("long", max_examples=1000, deadline=None, suppress_health_check=FIXTURES)
settings.load_profile("suite")

# Typer reads the signature of a command three times each time that it is run; a fifth of the time
# of all tests of the command line would go there.
typer.main.get_params_from_function = functools.cache(typer.main.get_params_from_function)  # type: ignore[attr-defined]  # of typer's own

DATA = Path(__file__).parents[2] / "shared" / "data"
ORDERS = {"name": "customer_id", "date": "order_date", "amount": "revenue", "email": "email"}


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """The command line, and no base yet."""
    return Shop(tmp_path, monkeypatch)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new base that nobody writes to: roubles, Russia."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        made = Shop(tmp_path_factory.mktemp("founded"), monkeypatch)
        made.ok("init", "--currency", "RUB", "--country", "RU", "--quiet")
    return made.path


@pytest.fixture
def shop(nowhere: Shop, founded: Path) -> Shop:
    """A new base of the test's own: copying one is a tenth of making it."""
    shutil.copy(founded, nowhere.path)
    return nowhere


@pytest.fixture
def data() -> Path:
    """The folder of public data beside the project."""
    if not DATA.is_dir():
        pytest.skip("the public data are not here")
    return DATA


@pytest.fixture(scope="session")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base with the orders of the rfm package, to look into."""
    maps = [f"{key}={head}" for key, head in ORDERS.items()]
    wanted = ("USD", "US", "rfm_orders.csv", *(word for pair in maps for word in ("--map", pair)))
    return _once(tmp_path_factory, "orders.db", *wanted)


@pytest.fixture(scope="session")
def retail(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base with the sales of Online Retail, to look into; beside it is what was told of it."""
    return _once(tmp_path_factory, "retail.db", "GBP", "GB", "online_retail.csv.gz")


def _once(
    folders: pytest.TempPathFactory, name: str, currency: str, country: str, file: str, *wish: str
) -> Path:
    """Import a public file by a process of its own, once for all that test at the same time."""
    if not DATA.is_dir():
        pytest.skip("the public data are not here")
    folder = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    made = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            draft = folder / f"draft-{name}"
            program = [sys.executable, "-m", "clientbase", "--db", str(draft)]
            place = ["--currency", currency, "--country", country, "-q"]
            subprocess.run([*program, "init", *place], check=True, stdout=subprocess.DEVNULL)
            source = DATA / file
            if source.suffix == ".gz":
                source = folder / source.stem
                with gzip.open(DATA / file) as packed, source.open("wb") as plain:
                    shutil.copyfileobj(packed, plain)
            told = str(made.with_suffix(".json"))
            come = [*program, "import", "sales", str(source), "-q", *wish, "-o", told]
            subprocess.run(come, check=True)
            draft.rename(made)
    return made


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that refreshes the example pages."""
    parser.addoption("--rewrite", action="store_true", help="write what the examples really print")
