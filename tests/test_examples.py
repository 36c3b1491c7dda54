"""The example pages are run, and all they print is compared. `--rewrite` refreshes them."""

from __future__ import annotations

import io
import re
import shlex
import shutil
from pathlib import Path

import pytest

from clientbase.cli.boundary import main
from pages import Page
from shop import TODAY
from test_commands import COMMANDS

EXAMPLES = Path(__file__).parents[1] / "examples"
# Where the program and the base lie differs from machine to machine.
CRONTAB = re.compile(r"^(\d+ \d+ \* \* \*) .* --db \S+", re.MULTILINE)
PAGES = sorted(EXAMPLES.glob("*.md"))


@pytest.fixture
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A folder of its own, with the sample's files, and the day of the examples."""
    for name in ("contacts.csv", "sales.csv"):
        shutil.copy(EXAMPLES / "data" / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLIENTBASE_DB", "shop.db")
    monkeypatch.setenv("CLIENTBASE_TODAY", TODAY)
    monkeypatch.setenv("CLIENTBASE_USER", "olga")
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("CLIENTBASE_DEBUG", "CLIENTBASE_LANG", "LC_ALL", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def _run(line: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    words = shlex.split(line)
    while "=" in words[0]:
        monkeypatch.setenv(*words.pop(0).split("=", 1))
    assert words[0] == "clientbase"
    words, text = _redirected(words)
    both = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
        patch.setattr("sys.stdout", both)
        patch.setattr("sys.stderr", both)
        code = main(words[1:])
    return code, CRONTAB.sub(
        r"\1 /home/olga/.local/bin/clientbase --db /home/olga/shop.db", both.getvalue()
    )


def _redirected(words: list[str]) -> tuple[list[str], bytes]:
    """Return the words of a line, and what is in the file behind its `<`."""
    if "<" not in words:
        return words, b""
    place = words.index("<")
    return words[:place], Path(words[place + 1]).read_bytes()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_prints_what_it_shows(
    path: Path, in_a_folder: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    page = Page.read(path)
    for name, text in page.files.items():
        Path(name).write_text(text, encoding="utf-8")
    now = page.rewritten(lambda line: _run(line, in_a_folder))
    if request.config.getoption("--rewrite"):
        path.write_text(now, encoding="utf-8")
    assert now == page.text


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample shop as a base, with a lead, a reminder and a segment of the owner's."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIENTBASE_DB", str(folder / "shop.db"))
        patch.setenv("CLIENTBASE_TODAY", TODAY)
        patch.setenv("CLIENTBASE_USER", "olga")
        patch.chdir(EXAMPLES / "data")
        for line in (
            "clientbase init --currency USD --country US",
            "clientbase field add animal --type choice --choice dog --choice cat --choice bird",
            "clientbase field add next_service --type date",
            "clientbase thing kinds add pet",
            "clientbase thing kinds add child",
            "clientbase field add born --of pet --type date",
            "clientbase field add weight --of pet --type number",
            "clientbase import contacts contacts.csv",
            "clientbase import sales sales.csv",
            *(
                f"clientbase lead add --phone '(646) 555-0{100 + n}' --channel site"
                for n in range(5)
            ),
            "clientbase lead lose 2 --reason delay",
            "clientbase lead advance 4 offer",
            *(f"clientbase remind add {n} 'call about the offer' --on +0d" for n in range(1, 7)),
            "clientbase remind rule add birthdays --birthday --before 3",
            "clientbase thing add 12 pet Rex --field born=2023-04-01",
            "clientbase contact edit 12 --manager Olga",
            "clientbase contact tag 12 +old",
            "clientbase segment define quiet-dear 'days_since_sale > 200 and average_order > 60'",
            "clientbase segment define big-dogs \"animal = 'dog' and average_order > 60\"",
        ):
            code, text = _run(line, patch)
            assert code == 0, text
    return folder / "shop.db"


@pytest.mark.parametrize("path", COMMANDS)
def test_the_example_of_every_command_works(
    path: str, sample: Path, in_a_folder: pytest.MonkeyPatch
) -> None:
    if path != "init":
        shutil.copy(sample, "shop.db")
    for line in str(COMMANDS[path].epilog).splitlines():
        code, text = _run(line, in_a_folder)
        assert code == 0, text


README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_readme_names_every_page() -> None:
    assert [page.name for page in PAGES if f"examples/{page.name}" not in README] == []


def test_the_page_of_troubles_shows_every_exit_code() -> None:
    text = (EXAMPLES / "when-things-go-wrong.md").read_text(encoding="utf-8")
    shown = {int(code) for code in re.findall(r"^\[exit code (\d+)\]$", text, re.MULTILINE)}
    assert shown >= {1, 2, 3, 4, 5, 6}
