"""The line that makes cron show each morning what is to be done."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from clientbase.errors import Refused
from clientbase.normal import shown
from clientbase.table import Table, columns
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_HOUR = "([01]?[0-9]|2[0-3])[:.]([0-5][0-9])"


def line(program: Sequence[str], base: Path, at: str) -> str:
    """Return the line of a crontab that runs `remind due` each day at an hour such as 08:30.

    Raises Refused for what is no hour, and for a file's name that a crontab can't hold.
    """
    found = re.fullmatch(_HOUR, at.strip())
    if found is None:
        raise Refused(
            _('"{text}" is not an hour of the day').format(text=shown(at)),
            hint=_("type it as 08:30"),
        )
    command = shlex.join([*program, "--db", str(base), "remind", "due"])
    if not command.isprintable():
        raise Refused(
            _("a crontab can't hold the name {file}").format(file=shown(str(base))),
            hint=_("move the base to a file with a plain name"),
        )
    # To cron a bare % is the end of the line.
    return f"{int(found[2])} {int(found[1])} * * * " + command.replace("%", r"\%")


def table(text: str, *, bare: bool) -> Table:
    """Return the line as a row; `bare`, as the one thing that a screen shows."""
    return Table("cron", columns("line"), [] if bare else [(text,)], empty=text)
