"""`clientbase product`: what is sold."""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli import dropping
from clientbase.cli import who as completion
from clientbase.cli.command import ListCommand, Noun
from clientbase.cli.session import session
from clientbase.words import N_, _

app = Noun()

Category = Annotated[
    str | None, typer.Option(metavar="TEXT", help=N_("what kind of product it is"))
]
Replenish = Annotated[
    str | None,
    typer.Option(
        metavar="SPAN",
        help=N_("how long it lasts: 30, 30d, 2w, 6m (a month is 30 days), 1y"),
    ),
]


@app.verb("list", kind=ListCommand, example="clientbase product list --sort -revenue")
def list_(ctx: typer.Context) -> None:
    """List the products, with what was sold of each.

    Revenue is what the lines of sales come to, less lines that were given back. Discounts of
    whole sales, and refunds that name no product, are not taken off.
    """
    from clientbase.sales import products

    run = session(ctx)
    run.show(products.listing(run.base))


@app.verb("add", example='clientbase product add "Dog food 3 kg" --category food --replenish 30d')
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    category: Category = None,
    replenish: Replenish = None,
) -> None:
    """Make a product before it is sold; a sale makes it too."""
    from clientbase.sales import products

    run = session(ctx)
    with run.writing() as base:
        done = products.add(base, products.Said(name, category, replenish))
    run.show(done)
    run.say(_("{name} is in the base.").format(name=next(iter(done.rows))[0]))


@app.verb("edit", example="clientbase product edit Grooming --replenish 6w")
def edit(
    ctx: typer.Context,
    product: Annotated[
        str,
        typer.Argument(metavar="NAME", autocompletion=completion.products, show_default=False),
    ],
    name: Annotated[
        str | None, typer.Option(metavar="NEW", help=N_("another name; what was sold stays"))
    ] = None,
    category: Category = None,
    replenish: Replenish = None,
) -> None:
    """Change what is known of a product. Empty text clears: --replenish ''."""
    from clientbase.sales import products

    run = session(ctx)
    with run.writing() as base:
        done = products.edit(base, product, products.Said(name, category, replenish))
    run.show(done.table)
    run.say(_("{name} is changed.").format(name=next(iter(done.table.rows))[0]))
    run.say(*dropping.missed(done.segments))
