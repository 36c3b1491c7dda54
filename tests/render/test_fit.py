from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clientbase.render.fit import fit


def test_what_fits_is_shown_whole() -> None:
    assert fit([10, 20, 5], [5, 10, 5], 45) == {0: 10, 1: 20, 2: 5}


def test_columns_that_can_fold_give_way_first() -> None:
    assert fit([10, 40, 5], [10, 16, 5], 50) == {0: 10, 1: 25, 2: 5}


def test_the_last_columns_are_left_out() -> None:
    assert fit([10, 20, 30, 3], [10, 20, 30, 3], 50) == {0: 10, 1: 20}


def test_columns_asked_for_first_are_kept() -> None:
    assert fit([10, 20, 30, 3], [10, 20, 30, 3], 50, [3, 2]) == {2: 30, 3: 3}


def test_one_column_too_wide_is_squeezed() -> None:
    assert fit([90, 5], [90, 5], 40) == {0: 36}


def test_no_room_at_all_still_shows_something() -> None:
    assert fit([9], [9], 2) == {0: 1}


COLUMNS = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 60)).map(lambda w: (w[0], w[0] + w[1])), min_size=1
)


@given(COLUMNS, st.integers(44, 200))
def test_a_box_is_never_wider_than_the_room(columns: list[tuple[int, int]], room: int) -> None:
    least, full = [w[0] for w in columns], [w[1] for w in columns]
    widths = fit(full, least, room)
    assert list(widths) == list(range(len(widths)))
    assert sum(widths.values()) + 3 * len(widths) + 1 <= room
    assert all(least[i] <= width <= full[i] for i, width in widths.items())
    if len(widths) < len(columns):
        taken = least[: len(widths) + 1]
        assert sum(taken) + 3 * len(taken) + 1 > room


@given(COLUMNS, st.integers(44, 200))
def test_room_is_given_away_while_somebody_wants_it(
    columns: list[tuple[int, int]], room: int
) -> None:
    full = [w[1] for w in columns]
    widths = fit(full, [w[0] for w in columns], room)
    spare = room - 1 - sum(widths.values()) - 3 * len(widths)
    assert spare == 0 or all(width == full[i] for i, width in widths.items())
