"""Which products are bought together most often."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Pair = tuple[int, int, int]  # how often, and the two


def pairs(baskets: Iterable[Iterable[int]], most: int, least: int) -> list[Pair]:
    """Return the pairs that are in the most baskets, at least in `least` of them.

    More than `most` where the last are equally many. It is exact: a pair is in no more baskets
    than either of the two, so that products are gone through from the commonest down, and no
    further than where a product could make no pair of the first.
    """
    holding = _holding(baskets)
    # What of the products gone through is in each basket.
    passed: dict[int, list[int]] = {}
    found: list[Pair] = []
    for product, places in sorted(holding.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(places) < least:
            break
        beside = Counter(chain.from_iterable(passed.get(place, ()) for place in places))
        found += [(count, other, product) for other, count in beside.items() if count >= least]
        if len(found) > most:
            found, least = _first(found, most)
        for place in places:
            passed.setdefault(place, []).append(product)
    return found


def _holding(baskets: Iterable[Iterable[int]]) -> dict[int, list[int]]:
    """Return in which baskets each product is."""
    found: dict[int, list[int]] = {}
    for place, basket in enumerate(baskets):
        for product in set(basket):
            found.setdefault(product, []).append(place)
    return found


def _first(found: list[Pair], most: int) -> tuple[list[Pair], int]:
    """Return the first pairs with all that equal the last of them, and how often that one is."""
    last = sorted((pair[0] for pair in found), reverse=True)[most - 1]
    return [pair for pair in found if pair[0] >= last], last
