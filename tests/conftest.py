"""Fixtures that every test may ask for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from shop import Shop

# Half of what Hypothesis would try, so that the suite stays quick; `--hypothesis-profile long`
# tries much more.
FIXTURES = [HealthCheck.function_scoped_fixture]
settings.register_profile("suite", max_examples=50, deadline=None, suppress_health_check=FIXTURES)
settings.register_profile("long", max_examples=1000, deadline=None, suppress_health_check=FIXTURES)
settings.load_profile("suite")

DATA = Path(__file__).parents[2] / "shared" / "data"


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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that refreshes the example pages."""
    parser.addoption("--rewrite", action="store_true", help="write what the examples really print")
