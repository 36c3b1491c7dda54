"""`clientbase channel`: where contacts, leads and sales come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from shop import dump

if TYPE_CHECKING:
    from shop import Shop

KEYS = ["channel_id", "name", "contacts", "leads", "sales"]


def rows(shop: Shop) -> list[list[Any]]:
    """Return the list of channels without their numbers."""
    found = shop.rows("channel", "list")
    assert all(list(row) == KEYS for row in found)
    return [list(row.values())[1:] for row in found]


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Two contacts by the site, one of them with a sale by phone; nothing by a flyer."""
    shop.ok("lead", "add", "Anna", "--channel", "site")
    shop.ok("lead", "add", "Boris", "--channel", "Site")
    shop.ok("lead", "add", "--who", "1", "--channel", "phone")
    shop.ok("sale", "record", "2", "500", "--channel", "phone")
    shop.ok("channel", "add", "flyer")
    return shop


def test_the_channels_are_listed_with_what_came_by_them(busy: Shop) -> None:
    assert rows(busy) == [["flyer", 0, 0, 0], ["phone", 0, 1, 1], ["site", 2, 2, 0]]
    assert busy.ok("channel", "list", "--sort", "-contacts", "--limit", "1") == (
        "channel id  name  contacts  leads  sales\n"
        "----------  ----  --------  -----  -----\n"
        "         1  site         2      2      0\n"
    )


def test_no_channels_are_said_to_be_none(shop: Shop) -> None:
    assert shop.ok("channel", "list") == (
        "No channels yet; make one with: clientbase channel add NAME\n"
    )


def test_a_renamed_channel_keeps_what_came_by_it(busy: Shop) -> None:
    busy.ok("segment", "define", "online", "channel = 'site' and first_channel = 'site'")
    assert busy.rows("channel", "rename", "SITE", "web") == [
        dict(zip(KEYS, [1, "web", 2, 2, 0], strict=True))
    ]
    assert [row["channel"] for row in busy.rows("contact", "list")] == ["web", "web"]
    assert busy.run("channel", "rename", "web", "Web").err == ""
    assert busy.run("channel", "rename", "web", "site").err == ""
    assert busy.run("channel", "rename", "site", "net").err == (
        "A segment names it in its rule and finds it no more: online.\n"
    )


def test_what_came_by_a_dropped_channel_goes_to_its_heir(busy: Shop) -> None:
    before = dump(busy)
    ran = busy.run("channel", "drop", "site", "--to", "phone", "--dry-run")
    assert (ran.code, ran.err) == (
        0,
        "site would be dropped; 4 contacts, leads and sales would go to phone.\n",
    )
    assert dump(busy) == before
    ran = busy.run("channel", "drop", "site", "--to", "phone")
    assert ran.err == "site is dropped; 4 contacts, leads and sales went to phone.\n"
    assert rows(busy) == [["flyer", 0, 0, 0], ["phone", 2, 3, 1]]
    assert busy.run("channel", "drop", "flyer").err == "flyer is dropped.\n"
    assert rows(busy) == [["phone", 2, 3, 1]]
    assert busy.rows("channel", "add", "site")[0]["channel_id"] == 4


@pytest.mark.parametrize(
    ("line", "code", "sentence", "hint"),
    [
        (
            ["add", "SITE"],
            5,
            "there is a channel SITE already",
            "clientbase channel list shows them all",
        ),
        (["add", ""], 4, "a text is needed here, and it is empty", "type some letters"),
        (
            ["add", "x" * 10_000],
            4,
            "the text has 10000 characters, 100 are the most",
            "make it shorter",
        ),
        (
            ["add", "a\tb"],
            4,
            "a b has a line break or a tab inside",
            "write it in one line",
        ),
        (
            ["rename", "site", "phone"],
            5,
            "there is a channel phone already",
            "two become one with: clientbase channel drop NAME --to HEIR",
        ),
        (["rename", "syte", "web"], 3, "there is no channel syte", "did you mean site?"),
        (["drop", "syte"], 3, "there is no channel syte", "did you mean site?"),
        (
            ["drop", "site"],
            5,
            "contacts, leads or sales came by site",
            "say which channel they are to have: --to CHANNEL",
        ),
        (
            ["drop", "site", "--to", "Site"],
            2,
            "site can't be its own heir",
            "name another channel: --to CHANNEL",
        ),
        (["drop", "site", "--to", "fliyer"], 3, "there is no channel fliyer", None),
    ],
)
def test_a_mistake_is_said_with_a_hint_and_nothing_is_written(
    busy: Shop, line: list[str], code: int, sentence: str, hint: str | None
) -> None:
    before = dump(busy)
    ran = busy.run("channel", *line)
    assert dump(busy) == before
    said = ran.err.splitlines()
    assert (ran.code, ran.out, said[0]) == (code, "", f"error: {sentence}")
    assert hint is None or said[-1] == f"hint: {hint}"


@pytest.mark.parametrize("name", ["сайт", "weird [/] channel", "=1+1", "it's 5%"])
def test_an_odd_name_is_a_name(shop: Shop, name: str) -> None:
    assert shop.rows("channel", "add", name)[0]["name"] == name
    shop.ok("lead", "add", "Anna", "--channel", name.upper())
    assert rows(shop) == [[name, 1, 1, 0]]
