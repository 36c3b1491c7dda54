"""What the renderer has to know about the base, and about where its output goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientbase import money

if TYPE_CHECKING:
    from clientbase.country import Dress


@dataclass(eq=False, repr=False, slots=True)
class Look:
    """The base's currency and country, and what the reader's screen can do.

    `decimals` are those of the currency, unless told. `rich` draws boxes for a terminal of
    `width` columns, otherwise lists are plain text without a limit. `language` is told to
    browsers. `today` (ISO) is the day from which a terminal counts, for a table that is not as of
    another; `space` is the blank inside of numbers and amounts. `options` tells that those which
    choose columns and formats are at hand: not beside an error.
    """

    currency: str = ""
    country: str = ""
    decimals: int = -1
    colour: bool = False
    width: int | None = None
    rich: bool = False
    language: str = "en"
    today: str = ""
    space: str = " "
    options: bool = True

    def __post_init__(self) -> None:
        """Find out the decimals of the currency."""
        if self.decimals < 0:
            self.decimals = money.decimals(self.currency)

    @property
    def dress(self) -> Dress:
        """How the country writes days and amounts: for screens alone."""
        from clientbase.country import dress  # machine formats need not pay for it

        return dress(self.country, self.currency, self.space)
