"""The console script: a quick start, and an end that leaves nothing open."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper


def run() -> None:
    """Run the program and end the process."""
    # A command lives for a tenth of a second: collecting garbage, and taking the interpreter
    # apart at the end, would take a fifth of it. The base is closed and the streams are flushed
    # before the process ends.
    gc.disable()
    if isinstance(sys.stdout, TextIOWrapper):  # what its encoding lacks is spelled out: \u0401
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        from clientbase.cli.boundary import main

        code = main()
    except KeyboardInterrupt:  # before the boundary stands, or as it is left
        os._exit(130)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            try:
                stream.flush()
            except OSError:
                code = code or 6
    os._exit(code)


if __name__ == "__main__":
    run()
