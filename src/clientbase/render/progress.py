"""A bar on a terminal that shows how far a long work is."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BETWEEN = 0.1  # seconds from one drawing to the next


@contextlib.contextmanager
def bar(total: int) -> Iterator[Callable[[int], None]]:
    """Draw a bar on standard error, taken off at the end, and yield what is told how far it is.

    It may be told a million times: it draws ten times a second.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn
    from rich.table import Column

    drawn = Progress(
        BarColumn(table_column=Column(ratio=1)),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        auto_refresh=False,
    )
    with drawn:
        task = drawn.add_task("", total=total)
        due = 0.0

        def tell(done: int) -> None:
            nonlocal due
            now = time.monotonic()
            if now >= due:
                due = now + BETWEEN
                drawn.update(task, completed=done, refresh=True)

        yield tell
