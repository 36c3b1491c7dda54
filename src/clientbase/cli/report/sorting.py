"""What the reports that sort clients or products share."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from clientbase.words import N_

CLIENTS, PRODUCTS = "clients", "products"


def _both(ctx: Any, args: list[str], incomplete: str) -> list[str]:
    del ctx, args
    return [word for word in (CLIENTS, PRODUCTS) if word.startswith(incomplete)]


By = Annotated[
    str,
    typer.Option(
        metavar="WHAT", help=N_("what to sort: clients or products"), autocompletion=_both
    ),
]
