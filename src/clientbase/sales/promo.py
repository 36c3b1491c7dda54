"""Promo codes: kept as they are typed, compared in any letter case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.errors import NotFound, Refused
from clientbase.normal import clean_text, fold, shown
from clientbase.words import _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)

LONGEST = 40


def read(text: str | None) -> str | None:
    """Return a promo code as it is kept, or None for an empty one. Raises Refused."""
    code = clean_text(text or "", limit=LONGEST)
    if " " in code:
        raise Refused(
            _("a promo code is one word: {code}").format(code=shown(code)),
            hint=_("write it without spaces: {code}").format(code=shown(code.replace(" ", ""))),
        )
    return code or None


def spellings(base: Base, text: str) -> list[str]:
    """Return a promo code in the spellings that sales have. Raises NotFound with the nearest."""
    known = [code for (code,) in base.execute(SQL["codes"])]
    found = [code for code in known if fold(code) == fold(text)]
    if found:
        return found
    from clientbase.nearest import meant

    raise NotFound(
        _("no sale has the promo code {code}").format(code=shown(text)),
        hint=meant(text, known, _("sales get one with: clientbase sale record WHO --promo CODE")),
    )
