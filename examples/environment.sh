# Read by examples/quickstart.sh and tests/run.sh: makes the virtual environment beside the
# project. Nothing is written outside of the project, so that $HOME may be unwritable.

# fail SENTENCE: say what is wrong, and end
fail() {
    printf 'error: %s\n' "$1" >&2
    exit 1
}

# venv FOLDER: make a virtual environment, unless it is there
venv() {
    command -v python3 >/dev/null || fail 'python3 is not installed; install Python 3.11 or newer'
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "$(python3 --version) is too old; install Python 3.11 or newer"
    [ -x "$1/bin/pip" ] || python3 -m venv "$1" >/dev/null 2>&1 || {
        rm -rf "$1"
        fail 'python3 has no venv; on Debian and Ubuntu: sudo apt install python3-venv'
    }
}

# install FOLDER WHAT...: install into a virtual environment, unless the same is there
install() {
    folder_=$1
    shift
    stamp_="$* $(cksum <"$project/pyproject.toml")"
    [ "$(cat "$folder_/installed" 2>/dev/null)" != "$stamp_" ] || return 0
    PIP_CACHE_DIR="$project/.venv/cache" PIP_DISABLE_PIP_VERSION_CHECK=1 \
        "$folder_/bin/python" -m pip install --quiet "$@"
    printf '%s' "$stamp_" >"$folder_/installed"
}
