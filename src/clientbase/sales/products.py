"""Products: made by name when they are first sold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientbase.db.statements import statements
from clientbase.errors import NotFound
from clientbase.normal import clean_text, fold, optional_text, shown
from clientbase.words import _

if TYPE_CHECKING:
    from clientbase.db.connection import Base

SQL = statements(__file__)

LONGEST = 200


def product_id(base: Base, name: str, category: str | None = None) -> int:
    """Return the product of a name, in any letter case; a new name makes a new product.

    A category is kept where the product had none. Raises Refused for text that can't be kept.
    """
    name = clean_text(name, limit=LONGEST, required=True)
    category = optional_text(category, limit=LONGEST)
    values = {"name": name, "key": fold(name), "category": category}
    found = base.execute(SQL["known"], values).fetchone()
    if found is None:
        return int(base.one(SQL["add"], values))
    if category and found[1] is None:
        base.execute(SQL["categorise"], {"id": found[0], "category": category})
    return int(found[0])


def named(base: Base, text: str) -> int:
    """Return the product of a name, in any letter case. Raises NotFound with the nearest name."""
    found = base.execute(SQL["known"], {"key": fold(text)}).fetchone()
    if found is not None:
        return int(found[0])
    from clientbase.nearest import meant

    names = (name for (name,) in base.execute(SQL["names"]))
    raise NotFound(
        _("nothing called {name} was ever sold").format(name=shown(text)),
        hint=meant(text, names, _("clientbase sale list shows what was sold")),
    )
