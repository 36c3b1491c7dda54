"""The console script: a quick start, and an end that leaves nothing open."""

from __future__ import annotations

import gc
import os
import sys


def run() -> None:
    """Run the program and end the process."""
    # A command lives for a tenth of a second: collecting garbage, and taking the interpreter
    # apart at the end, would take a fifth of it. The base is closed and the streams are flushed
    # before the process ends.
    gc.disable()
    from clientbase.cli.boundary import main

    code = main()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            try:
                stream.flush()
            except OSError:
                code = code or 6
    os._exit(code)


if __name__ == "__main__":
    run()
