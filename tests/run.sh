#!/bin/sh
# Sets up clientbase with its development group, checks everything, builds the wheel and tries
# it alone. Needs sh and python3 (3.11 or newer) alone; works from any folder, again and again.
set -eu

project=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$project/examples/environment.sh"
venv "$project/.venv"
# Groups of dependencies are known to pip from 25.1 on.
"$project/.venv/bin/python" -m pip install --help | grep -q -- --group ||
    install "$project/.venv" --upgrade pip
install "$project/.venv" --group "$project/pyproject.toml:dev" --editable "$project"

cd "$project"
PATH="$project/.venv/bin:$PATH"
unset CLIENTBASE_DB CLIENTBASE_TODAY CLIENTBASE_USER CLIENTBASE_LANG PYTHONPATH 2>/dev/null || true

step() {
    printf '\n== %s\n' "$*"
    "$@"
}

step ruff check
step ruff format --check
step mypy
step pytest --numprocesses auto --cov --cov-report term "$@"
step python -m build --outdir .venv/dist --wheel .

# The wheel alone, in a clean environment without the development group.
printf '\n== the wheel alone\n'
rm -rf .venv/alone
venv .venv/alone
install .venv/alone "$(ls -t .venv/dist/clientbase-*.whl | head -n 1)"
python tests/alone.py .venv/alone/bin/clientbase
