"""What the renderer has to know about the base, and about where its output goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientbase import money

if TYPE_CHECKING:
    from clientbase.country import Dress


class Look:
    """The base's currency and country, and what the reader's screen can do.

    `decimals` are those of the currency, unless told. `rich` draws boxes for a terminal of
    `width` columns, otherwise lists are plain text without a limit. `language` is told to
    browsers. `today` (ISO) is the day from which a terminal counts, for a table that is not as of
    another; `space` is the blank inside of numbers and amounts. `options` tells that those which
    choose columns and formats are at hand: not beside an error.
    """

    def __init__(  # noqa: PLR0913 - what a renderer has to know, each by its name
        self,
        currency: str = "",
        country: str = "",
        decimals: int = -1,
        *,
        colour: bool = False,
        width: int | None = None,
        rich: bool = False,
        language: str = "en",
        today: str = "",
        space: str = " ",
        options: bool = True,
    ) -> None:
        """Take what is told, and find out the decimals of the currency where they are not.

        Written out, for a dataclass takes a millisecond to make.
        """
        self.currency = currency
        self.country = country
        self.decimals = decimals if decimals >= 0 else money.decimals(currency)
        self.colour = colour
        self.width = width
        self.rich = rich
        self.language = language
        self.today = today
        self.space = space
        self.options = options

    def but(self, **changes: Any) -> Look:
        """Return the same look but for what is changed, by the names of the parts."""
        return Look(**{**vars(self), **changes})

    @property
    def dress(self) -> Dress:
        """How the country writes days and amounts: for screens alone."""
        from clientbase.country import dress  # machine formats need not pay for it

        return dress(self.country, self.currency, self.space)
