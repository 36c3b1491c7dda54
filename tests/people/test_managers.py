"""Managers: one answer to a name, whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop import Ran

if TYPE_CHECKING:
    from shop import Shop

ASKING = ("contact list", "lead list", "remind due", "today")


@pytest.fixture
def managed(shop: Shop) -> Shop:
    """Olga looks after a contact, and Igor after a lead alone."""
    shop.ok("contact", "add", "Anna", "--manager", "Olga", "-q")
    shop.ok("contact", "add", "Boris", "--manager", "olga", "-q")
    shop.ok("lead", "add", "Vera", "-q")
    shop.ok("lead", "edit", "1", "--manager", "Igor", "-q")
    return shop


@pytest.mark.parametrize("command", ASKING)
def test_an_unknown_manager_is_told_alike_everywhere(managed: Shop, command: str) -> None:
    asked = (*command.split(), "--manager")
    assert managed.run(*asked, "Igr") == Ran(
        3, "", "error: nobody called Igr looks after anybody\nhint: did you mean Igor?\n"
    )
    assert managed.run(*asked, "x") == Ran(
        3,
        "",
        "error: nobody called x looks after anybody\nhint: the managers are: Igor, Olga, olga\n",
    )
    for known in ("IGOR", "olga"):
        assert managed.run(*asked, known).code == 0


@pytest.mark.parametrize("command", ASKING)
def test_where_there_are_no_managers_it_is_told_how_to_have_them(shop: Shop, command: str) -> None:
    for name in ("Olga", ""):
        ran = shop.run(*command.split(), "--manager", name)
        assert ran.code == 3
        assert ran.err.splitlines() == [
            f"error: nobody called {name} looks after anybody",
            "hint: contacts get one with: clientbase contact edit WHO --manager NAME",
        ]
