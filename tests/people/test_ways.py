from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.errors import Misuse
from clientbase.people import ways

EVERY = (ways.ALL, *ways.WAYS)
# What can be told apart at the end: a way that has no parts.
LEAVES = [way for way in ways.WAYS if way != "message"]
SINGLE = {"phone", "email", "visit", "post"}


def leaves(way: str) -> set[str]:
    """Return the ways without parts that a way comes to, worked out by hand."""
    if way == ways.ALL:
        return set(LEAVES)
    return set(LEAVES) - SINGLE if way == "message" else {way}


def silent(stopped: set[str]) -> set[str]:
    return set().union(*map(leaves, stopped)) if stopped else set()


ACTS = st.lists(st.tuples(st.booleans(), st.sampled_from(EVERY)), max_size=20)


@given(ACTS)
def test_after_any_stops_and_allowances_each_way_is_what_was_said_last(
    acts: list[tuple[bool, str]],
) -> None:
    stopped: set[str] = set()
    expected: set[str] = set()
    for stops, way in acts:
        if stops:
            stopped = ways.stopped_too(stopped, way)
            expected |= leaves(way)
        else:
            stopped = ways.allowed_again(stopped, way)
            expected -= leaves(way)
        assert silent(stopped) == expected
        # Who stopped every part has stopped the whole, which is what a list without a way asks.
        assert any(each in stopped for each in ways.covering("message")) == (
            set(LEAVES) - SINGLE <= expected
        )
        assert (ways.ALL in stopped) == (set(LEAVES) == expected)


def test_a_way_is_covered_by_what_it_is_a_part_of() -> None:
    assert ways.covering("sms") == ["sms", "message", "all"]
    assert ways.covering("phone") == ["phone", "all"]
    assert ways.covering("all") == ["all"]


@pytest.mark.parametrize(
    ("typed", "way"),
    [("phone", "phone"), (" E-Mail ", "email"), ("CALL", "phone"), ("letter", "post")],
)
def test_ways_are_typed_in_any_dress(typed: str, way: str) -> None:
    assert ways.named(typed) == way


@pytest.mark.parametrize(
    ("typed", "sentence", "hint"),
    [
        ("telegramm", "there is no way telegramm to reach somebody", "did you mean telegram?"),
        ("почта", "there is no way почта to reach somebody", f"one of: {', '.join(ways.WAYS)}"),
        ("\x1b[2J", "there is no way �[2J to reach somebody", f"one of: {', '.join(ways.WAYS)}"),
        ("all", "there is no way all to reach somebody", "did you mean email?"),
    ],
)
def test_an_unknown_way_gets_the_nearest(typed: str, sentence: str, hint: str) -> None:
    with pytest.raises(Misuse) as caught:
        ways.named(typed)
    assert caught.value.message == sentence
    assert caught.value.hint == hint


def test_a_message_comes_by_any_messenger() -> None:
    assert ways.points("phone") == [("phone", "phone")]
    assert ways.points("viber") == [("viber", "viber"), ("viber", "phone")]
    assert ways.points("visit") == []
    assert {way for way, _kind in ways.points("message")} == {*leaves("message"), "message"}
    assert ("sms", "phone") in ways.points("message")
    assert ("message", "other") in ways.points("message")
    assert all(kind != "email" for _way, kind in ways.points("message"))
