"""The one place where errors become a sentence and an exit code."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from io import StringIO
from typing import TYPE_CHECKING

from typer.exceptions import Abort, TyperException

from clientbase.cli.output import hush, unwritable
from clientbase.cli.root import tree
from clientbase.cli.session import Session, talk
from clientbase.errors import ClientbaseError, FileTrouble, Misuse
from clientbase.normal import shown
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.table import Table

INTERRUPTED = 130
OUR_FAULT = 70
# What was typed is cut where a sentence repeats it; this is for paths, and for lists in hints.
LONGEST = 1_000


def main(args: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; never raises, never ends the process."""
    run = Session()
    try:
        code = _guarded(run, args)
        return code or _unshown(run) or _flushed(run)
    finally:
        run.close()


def _guarded(run: Session, args: Sequence[str] | None) -> int:  # noqa: PLR0911 - a return a kind of end
    try:
        code = tree().main(
            args=None if args is None else list(args),
            prog_name="clientbase",
            standalone_mode=False,
            obj=run,
        )
    except ClientbaseError as error:
        return _report(error, run)
    except TyperException as error:
        return _misused(error, run)
    except (KeyboardInterrupt, Abort):
        return _stopped(run)
    except SystemExit as end:  # completion and its installation end this way
        return end.code if isinstance(end.code, int) else 0
    except sqlite3.Error as error:
        return _sqlite(error, run)
    except OSError as error:
        return _report(_unusable(error), run)
    except MemoryError:
        ours = FileTrouble(_("there is not enough memory"), hint=_("close other programs"))
        return _report(ours, run)
    except Exception as error:  # noqa: BLE001 - the boundary: a fault of ours is one sentence too
        return _fault(error, run)
    if code == INTERRUPTED:
        return _stopped(run)
    return code if isinstance(code, int) else 0


def _report(error: ClientbaseError, run: Session) -> int:
    """Say what is wrong, and that what was written before it is kept."""
    _tell(error, run)
    _tell_kept(run)
    return error.exit_code


def _tell_kept(run: Session) -> None:
    if run.kept:
        talk(_("It is recorded all the same; do not run it again."))


def _tell(error: ClientbaseError, run: Session) -> None:
    """Say what is wrong, show the rows that prove it, and say what to type next."""
    lines = [_("error: {message}").format(message=_worded(error.message, run))]
    if error.table is not None:
        lines.extend(_as_text(error.table, run).splitlines())
    if error.hint:
        lines.append(_("hint: {hint}").format(hint=_worded(error.hint, run)))
    talk(*lines)


def _worded(text: str, run: Session) -> str:
    with contextlib.suppress(sqlite3.Error):  # a base that can't even tell its country
        text = run.worded(text)
    return text if len(text) <= LONGEST else shown(text, LONGEST)


def _as_text(table: Table, run: Session) -> str:
    from clientbase import render

    text = StringIO()
    render.write(table, "table", text, run.look_beside())
    return text.getvalue().rstrip("\n")


def _misused(error: TyperException, run: Session) -> int:
    """Word a usage error; a noun without a verb shows its help."""
    from clientbase.cli.usage import worded

    if type(error).__name__ == "NoArgsIsHelpError":
        talk(*error.format_message().splitlines())
        return Misuse.exit_code
    return _report(worded(error), run)


def _unusable(error: OSError) -> FileTrouble:
    if error.filename is None:
        hush()
        return unwritable(str(error.strerror))
    return FileTrouble(
        _("{file} can't be used: {reason}").format(file=error.filename, reason=error.strerror),
        hint=_("name another file, or see that its folder is there and writable"),
    )


def _sqlite(error: sqlite3.Error, run: Session) -> int:
    from clientbase.db.trouble import explain

    ours = explain(error, run.path)
    return _report(ours, run) if ours else _fault(error, run)


def _stopped(run: Session) -> int:
    if run.kept:
        talk(_("Stopped: it is recorded; only the output was not finished."))
    else:
        talk(_("Stopped: what was not finished was not written."))
    return INTERRUPTED


def _fault(error: Exception, run: Session) -> int:
    """Our own fault, if the base is sound: a sentence, and the details for those who ask."""
    if not run.sound:
        from clientbase.db.trouble import damaged

        return _report(damaged(run.path), run)
    talk(
        _("error: this is a fault of the program, not yours: {name}").format(
            name=type(error).__name__
        ),
        _("hint: run it again with CLIENTBASE_DEBUG=1 to see the details, and report them"),
    )
    if os.environ.get("CLIENTBASE_DEBUG"):
        import traceback

        talk("".join(traceback.format_exception(error)))
    _tell_kept(run)
    return OUR_FAULT


def _unshown(run: Session) -> int:
    """Say at the very end that the output of what was done could not be written."""
    if run.unshown is None:
        return 0
    kept = run.unshown.kept()
    _tell(kept, run)
    return kept.exit_code


def _flushed(run: Session) -> int:
    """Flush what was written: a full disk or a closed pipe shows itself here at the latest."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        hush()
    except OSError as error:
        hush()
        return _report(unwritable(str(error.strerror)), run)
    return 0
