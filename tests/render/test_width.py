from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from clientbase.render.width import display_width, folded

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


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("next_vaccination today", 12, "next_\nvaccination\ntoday"),
        ("next_vaccination today", 22, "next_vaccination today"),
        ("is next_vaccination", 16, "is\nnext_vaccination"),
        ("of a_b_c_d on", 5, "of a_\nb_c_d\non"),
        ("_ x__ y_", 2, "_\nx_\n_\ny_"),
        ("vaccination", 5, "vaccination"),
    ],
)
def test_a_word_too_wide_is_broken_behind_its_underscores(
    text: str, width: int, expected: str
) -> None:
    assert folded(text, width) == expected
