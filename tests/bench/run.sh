#!/bin/sh
# Measures clientbase beside its peers and prints a table of ratios; `run.sh 100000` takes a
# smaller base. Needs sh and python3 (3.11 or newer) alone. It judges nothing and fails nothing.
set -eu

project=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
. "$project/examples/environment.sh"
venv "$project/.venv"
install "$project/.venv" --group "$project/pyproject.toml:dev" --editable "$project"

# The wheel is measured, not the checkout, and the peers stand beside it.
cd "$project"
.venv/bin/python -m build --outdir .venv/dist --wheel . >/dev/null
venv .venv/bench
wheel=$(ls -t .venv/dist/clientbase-*.whl | head -n 1)
install .venv/bench 'pandas<4' 'scipy>=1.11'
PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bench/bin/python -m pip install --quiet --force-reinstall --no-deps "$wheel"
PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bench/bin/python -m pip install --quiet "$wheel"
unset PYTHONDONTWRITEBYTECODE CLIENTBASE_DB CLIENTBASE_TODAY 2>/dev/null || true
exec .venv/bench/bin/python tests/bench/bench.py "${1:-1000000}"
