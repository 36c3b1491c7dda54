"""Packs: what a kind of business begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientbase.followup.packs import PACKS

if TYPE_CHECKING:
    from shop import Shop


def operations(shop: Shop) -> int:
    base = shop.connect()
    count = int(base.one("select count(*) from operation"))
    base.close()
    return count


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_is_put_in_once(shop: Shop, name: str) -> None:
    first = shop.rows("set", "pack", name)
    assert first
    assert any(row["made"] for row in first)
    before = operations(shop)
    second = shop.rows("set", "pack", name)
    assert not any(row["made"] for row in second)
    assert [(row["what"], row["name"]) for row in second] == [
        (row["what"], row["name"]) for row in first
    ]
    assert operations(shop) == before
    assert shop.rows("set", "pack")[0]["value"] == name


def test_pets_bring_what_a_vet_needs(nowhere: Shop) -> None:
    init = ("init", "--currency", "USD", "--country", "US", "--pack", "pets", "-q")
    nowhere.ok(*init)
    assert [row["kind"] for row in nowhere.rows("thing", "kinds", "list")] == ["pet"]
    fields = {row["name"]: row["type"] for row in nowhere.rows("field", "list", "--of", "pet")}
    assert fields == {
        "animal": "text",
        "breed": "text",
        "born": "date",
        "next_vaccination": "date",
        "food_until": "date",
    }
    assert [row["name"] for row in nowhere.rows("stage", "list")][-2:] == ["agreed", "booked"]
    rules = {row["name"] for row in nowhere.rows("remind", "rule", "list")}
    assert rules == {"birthdays", "vaccination", "food runs out", "pet's birthday"}
    nowhere.ok("contact", "add", "Anna", "-q")
    pet = ("thing", "add", "Anna", "pet", "Rex", "--field", "next_vaccination=2026-11-25")
    nowhere.ok(*pet, "-q")
    due = nowhere.rows("remind", "due")
    assert [(row["thing"], row["due_on"]) for row in due] == [("Rex", "2026-11-25")]


def test_an_old_card_entered_after_the_pack_is_due(shop: Shop) -> None:
    shop.ok("set", "pack", "pets", "-q")
    shop.ok("contact", "add", "Anna", "-q")
    dates = ("--field", "next_vaccination=2025-03-02", "--field", "born=2020-11-20")
    shop.ok("thing", "add", "Anna", "pet", "Rex", *dates, "-q")
    (due,) = shop.rows("remind", "due")  # the birthday of yesterday was before the pack
    assert (due["due_on"], due["what"]) == ("2025-03-02", "Rex: vaccination")


def test_food_that_ran_out_long_ago_is_not_offered(shop: Shop) -> None:
    shop.ok("set", "pack", "pets", "-q")
    shop.ok("contact", "add", "Anna", "-q")
    for name, day in (("Rex", "2026-10-22"), ("Tom", "2026-10-21"), ("Bim", "2026-11-25")):
        shop.ok("thing", "add", "Anna", "pet", name, "--field", f"food_until={day}", "-q")
    assert [row["thing"] for row in shop.rows("remind", "due")] == ["Rex"]
    shop.day("2026-11-22")
    assert [row["thing"] for row in shop.rows("remind", "due")] == ["Bim"]


def test_done_moves_the_next_service_on_by_a_year(shop: Shop) -> None:
    shop.ok("set", "pack", "service", "-q")
    shop.ok("contact", "add", "Anna", "-q")
    unit = ("thing", "add", "Anna", "unit", "Hall", "--field", "next_service_on=2026-11-28")
    shop.ok(*unit, "-q")
    number = shop.rows("remind", "due")[0]["reminder_id"]
    shop.ok("remind", "done", str(number), "-q")
    assert "next_service_on=2027-11-21" in shop.rows("thing", "list")[0]["fields"]


def test_a_later_pack_goes_with_what_is_there(shop: Shop) -> None:
    shop.ok("field", "add", "skin_type", "-q")
    shop.ok("stage", "rename", "agreed", "deal", "-q")
    made = {row["name"]: row["made"] for row in shop.rows("set", "pack", "salon")}
    assert made["skin_type"] is False
    assert made["booked"] is True
    kinds = {row["name"]: row["type"] for row in shop.rows("field", "list")}
    assert kinds["skin_type"] == "text"  # the owner's own stays as it is
    assert [row["name"] for row in shop.rows("stage", "list")][-2:] == ["deal", "booked"]
    shop.ok("set", "pack", "wholesale", "-q")
    assert shop.rows("set", "pack")[0]["value"] == "wholesale"


def test_a_pack_goes_back_to_its_default(shop: Shop) -> None:
    shop.ok("set", "pack", "service", "-q")
    assert shop.run("set", "pack", "--default").err == "pack is back to its default.\n"
    assert shop.rows("set", "pack")[0]["value"] != "service"


@pytest.mark.parametrize("command", [("set", "pack", "bakery"), ("init", "--pack", "bakery")])
def test_an_unknown_pack_is_refused_and_nothing_made(
    nowhere: Shop, command: tuple[str, ...]
) -> None:
    if command[0] == "set":
        nowhere.ok("init", "--currency", "USD", "--country", "US", "-q")
    ran = nowhere.run(*command)
    assert ran.code == 2
    assert "pets, salon, service, wholesale" in ran.err
    assert nowhere.path.exists() == (command[0] == "set")


def test_a_base_and_its_pack_are_one_operation_or_nothing(
    nowhere: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    init = ("init", "--currency", "USD", "--country", "US", "--pack", "pets")
    with monkeypatch.context() as patch:
        patch.setattr("clientbase.people.channels.channel_id", lambda *_: 1 // 0)
        assert nowhere.run(*init).code == 70
    assert list(nowhere.path.parent.iterdir()) == []
    nowhere.ok(*init, "-q")
    assert operations(nowhere) == 1
