"""Options that several nouns have, each written once.

They stand under names also because Typer reads a name twice as fast as what it stands for.
"""

from __future__ import annotations

from typing import Annotated

import typer

from clientbase.cli import who
from clientbase.words import N_

Texts = list[str] | None

On = Annotated[
    str | None,
    typer.Option("--on", metavar="DAY", help=N_("the day it happened; today if not said")),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DAY", help=N_("as of this day, not today"))
]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help=N_("what is worth keeping"))]
Unchecked = Annotated[
    bool, typer.Option("--unchecked", help=N_("keep wrong phones and e-mails, marked unchecked"))
]
Anyway = Annotated[
    bool, typer.Option("--anyway", help=N_("though the phone or e-mail is another contact's"))
]
# Where something comes from, as it is written down, and as a list is chosen by it.
Channel = Annotated[
    str | None,
    typer.Option(metavar="NAME", help=N_("where it comes from"), autocompletion=who.channels),
]
ByChannel = Annotated[
    str | None,
    typer.Option(
        "--channel", metavar="NAME", help=N_("from this channel"), autocompletion=who.channels
    ),
]
ByManager = Annotated[
    str | None,
    typer.Option(
        "--manager",
        metavar="NAME",
        help=N_("looked after by this manager"),
        autocompletion=who.managers,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help=N_("really drop it"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("look only, and write nothing"))]
# A list for contacting leaves out who can't or won't be reached so.
For = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar="WAY",
        help=N_("to reach them so: phone, email, sms, ...; leaves out whom one can't or may not"),
        autocompletion=who.ways,
    ),
]
