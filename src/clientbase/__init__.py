"""The client base of a small business, in a terminal and one SQLite file."""

# Written here, so that `--version` needs no look into the installed packages (45 ms).
__version__ = "0.1.0"
