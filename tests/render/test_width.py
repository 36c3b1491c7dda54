from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from clientbase.render.width import display_width

SIGNS = [
    "a",
    " ",
    "я",
    "ё",
    "ß",
    "e\u0301",  # e with an acute of its own
    "и\u0306",  # и with a breve of its own
    "山",
    "한",
    "！",
    "ｱ",
    "😀",
    "👍🏽",  # with a tone of skin
    "☎️",  # made an emoji
    "👩‍👩‍👧",  # joined
    "🇷🇺",
    "₽",
    "—",
    "…",
    "▁",
]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("Anna", 4),
        ("Иван", 4),
        ("山田太郎", 8),
        ("Ame\u0301lie", 6),
        ("Андреи\u0306", 6),
        ("☎️", 2),
        ("☎", 1),
        ("😀!", 3),
        ("👩‍👩‍👧", 2),
        ("\u200d", 0),
        ("\ufe0f", 0),
    ],
)
def test_width_of_well_known_texts(text: str, width: int) -> None:
    assert display_width(text) == width


@given(st.lists(st.sampled_from(SIGNS)).map("".join))
def test_width_is_what_rich_counts(text: str) -> None:
    assert display_width(text) == cell_len(text)
