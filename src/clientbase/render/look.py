"""What the renderer has to know about the base, and about where its output goes."""

from __future__ import annotations

from dataclasses import dataclass

from clientbase import money


@dataclass(eq=False, repr=False, slots=True)
class Look:
    """The base's currency and country, and what the reader's screen can do.

    `decimals` are those of the currency, unless told. `rich` draws boxes for a terminal of
    `width` columns, otherwise lists are plain text without a limit. `keep` names the columns that
    a narrow terminal should show first of all. `language` is told to browsers.
    """

    currency: str = ""
    country: str = ""
    decimals: int = -1
    colour: bool = False
    width: int | None = None
    rich: bool = False
    language: str = "en"
    keep: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Find out the decimals of the currency."""
        if self.decimals < 0:
            self.decimals = money.decimals(self.currency)
