"""`clientbase remind due` where nobody looks on: by cron, into a pipe, without an output at all."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from clientbase.cli.boundary import main
from shop import Ran

if TYPE_CHECKING:
    from shop import Shop

HELD = "1 more is held back by contact.pause (14 days)."


class _Screen(io.StringIO):
    """A terminal, as far as it is asked."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def held(shop: Shop) -> Shop:
    """Anna was wished a happy birthday today; her service is held back."""
    shop.ok("field", "add", "service", "--type", "date", "-q")
    anna = ("--birthday", "--11-21", "--field", "service=2026-11-21")
    shop.ok("contact", "add", "Anna", *anna, "-q")
    shop.ok("remind", "rule", "add", "wishes", "--birthday", "-q")
    shop.ok("remind", "rule", "add", "service", "--field", "service", "-q")
    first = shop.rows("remind", "due")[0]["reminder_id"]
    shop.ok("remind", "done", str(first), "-q")
    return shop


def test_what_is_held_back_makes_no_mail(held: Shop) -> None:
    assert held.run("remind", "due") == Ran(0, "", "")
    assert held.envelope("remind", "due")["notes"] == [HELD]


@pytest.mark.usefixtures("held")
def test_somebody_who_looks_on_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Screen()
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdout", screen)
        assert main(["remind", "due"]) == 0
    assert HELD in screen.getvalue()


def test_a_file_of_it_says_nothing_either(held: Shop) -> None:
    held.ok("remind", "due", "-o", str(held.path.with_name("due.txt")))
    assert held.path.with_name("due.txt").read_text(encoding="utf-8") == ""


@pytest.mark.usefixtures("held")
def test_without_an_output_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    error = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdout", None)
        patch.setattr("sys.stderr", error)
        assert main(["remind", "due"]) == 6
    assert error.getvalue().startswith("error: standard output can't be written: it is closed\n")
