"""The edge of the program: streams, signals, faults of our own."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clientbase.cli.boundary import main
from clientbase.db.journal import Act, write
from clientbase.render.width import display_width

if TYPE_CHECKING:
    from shop import Shop

PROGRAM = [sys.executable, "-m", "clientbase"]


@pytest.fixture
def anna(shop: Shop) -> Shop:
    """A base with one contact."""
    shop.ok("contact", "add", "Anna", "--quiet")
    return shop


def _raise(error: BaseException) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_fault_of_ours_is_one_sentence(anna: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clientbase.db.settings.listing", _raise(RuntimeError("Anna's secret")))
    ran = anna.run("set")
    assert (ran.code, ran.out) == (70, "")
    assert ran.err == (
        "error: this is a fault of the program, not yours: RuntimeError\n"
        "hint: run it again with CLIENTBASE_DEBUG=1 to see the details, and report them\n"
    )
    monkeypatch.setenv("CLIENTBASE_DEBUG", "1")
    details = anna.run("set").err
    assert "Traceback (most recent call last)" in details
    assert details.rstrip().endswith("RuntimeError: Anna's secret")


LONG = "ю" * 10_000


@pytest.mark.parametrize(
    "line",
    [
        [LONG],
        ["contact", LONG],
        ["contact", "list", LONG],
        ["contact", "list", f"--{LONG}"],
        ["contact", "list", "--format", LONG],
        ["contact", "list", "--sort", LONG],
        ["contact", "list", "--columns", LONG],
        ["contact", "list", "--limit", LONG],
        ["contact", "list", "--limit", "9" * 4_000],
        ["contact", "list", "--where", LONG[:1_000]],
        ["contact", "list", "--manager", LONG],
        ["contact", "show", LONG],
        ["contact", "show", "9" * 10_000],
        ["contact", "show", f"no:{'9' * 10_000}"],
        ["contact", "show", f"id:{LONG}"],
        ["contact", "add", "Vera", "--field", LONG],
        ["contact", "add", "Vera", "--birthday", LONG],
        ["contact", "log", "1", "called", "--kind", LONG],
        ["lead", "list", "--stage", LONG],
        ["lead", "list", "--idle", "ab " * 4_000],
        ["lead", "show", "9" * 4_000],
        ["sale", "record", "1", LONG],
        ["sale", "record", "1", "5", "--on", LONG],
        ["sale", "show", "9" * 4_000],
        ["segment", "run", LONG],
        ["segment", "drop", LONG],
        ["report", "rfm", "--table", LONG],
        ["report", "rfm", "--bins", LONG],
        ["remind", "due", "--on", LONG],
        ["remind", "done", "9" * 4_000],
        ["remind", "rule", "drop", LONG],
        ["field", "add", "size", "--type", LONG],
        ["set", LONG],
        ["set", "dead.after", LONG],
        ["set", "country", LONG],
        ["set", "value.low", LONG],
        ["--db", f"/nowhere/{LONG}", "set"],
    ],
    ids=lambda line: " ".join(word[:12] for word in line),
)
def test_a_very_long_value_is_never_repeated_whole(anna: Shop, line: list[str]) -> None:
    ran = anna.run(*line)
    assert ran.code == 0 if line[-2:] == ["--limit", "9" * 4_000] else 2 <= ran.code <= 6
    most = 1_200 if "--db" in line else 400
    assert len(ran.err) < most


class _Screen(io.StringIO):
    """A terminal, as far as it is asked."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [30, 53, 80, 200])
def test_the_candidates_fit_the_terminal_on_which_they_are_listed(
    anna: Shop, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    name = "Анна-Мария Константинопольская-Задунайская [/]"
    for phone in ("89161234567", "89161234568"):
        anna.ok("contact", "add", name, "--phone", phone, "--city", "Набережные Челны", "-q")
    screen = _Screen()
    monkeypatch.setenv("COLUMNS", str(width))
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdout", io.StringIO())
        patch.setattr("sys.stderr", screen)
        assert main(["contact", "show", name]) == 5
    first, *table, last = screen.getvalue().splitlines()
    assert first.startswith("error: 2 contacts answer to Анна-Мария")
    assert last == "hint: type the number of the one you mean"
    assert max(map(display_width, table)) <= width
    assert table[0].startswith("╭")
    assert ("+79161234567" in "".join(table), "Челны" in "".join(table)) == (width > 30, width > 53)


def test_off_a_terminal_the_candidates_are_whole(anna: Shop) -> None:
    for _turn in range(2):
        anna.ok("contact", "add", "Vera " * 15, "--anyway", "-q")
    lines = anna.run("contact", "show", "vera").err.splitlines()
    assert lines[1].split() == ["contact", "id", "name"]
    assert [line.strip() for line in lines[3:5]] == [
        f"{n}  {('Vera ' * 15).strip()}" for n in (2, 3)
    ]


def test_ctrl_c_ends_in_a_sentence_and_130(anna: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clientbase.people.contacts.add", _raise(KeyboardInterrupt()))
    ran = anna.run("contact", "add", "Vera")
    assert (ran.code, ran.out) == (130, "")
    assert ran.err == "Stopped: what was not finished was not written.\n"
    assert [row["name"] for row in anna.rows("contact", "list")] == ["Anna"]


def test_too_little_memory_is_said(anna: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clientbase.db.settings.listing", _raise(MemoryError()))
    assert anna.run("set").code == 6


def test_a_fault_over_a_damaged_base_is_the_damage(anna: Shop) -> None:
    other = anna.connect()
    other.execute("pragma query_only = off")
    other.execute("drop view enquiry")
    other.execute("drop table lead")
    ran = anna.run("lead", "list")
    assert ran.code == 6
    assert ran.err == (
        f"error: {anna.path} is damaged, or is no base of clientbase\n"
        "hint: put your last copy of it in its place, or name another base with --db FILE\n"
    )


def test_a_writer_that_waited_too_long_ends_with_7(
    anna: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientbase.db.journal.PATIENCE", 10)
    monkeypatch.setattr("clientbase.db.journal.GIVING_UP", 10)
    other = anna.connect()
    with write(other, Act("test", "olga", "2026-11-21T08:00:00Z")):
        other.execute("update contact set city = 'Omsk'")
        ran = anna.run("contact", "add", "Vera")
    assert ran.code == 7
    assert ran.err == (
        "Another command is writing to the base; waiting for it to end.\n"
        f"error: {anna.path} is held by another program\n"
        "hint: wait until the other command ends and try again\n"
    )


def _sh(line: str) -> subprocess.CompletedProcess[str]:
    program = " ".join(PROGRAM)
    return subprocess.run(
        ["/bin/sh", "-c", line.replace("clientbase", program)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_closed_pipe_is_silent(anna: Shop) -> None:
    for number in range(30):
        anna.ok("contact", "add", f"Somebody with a long name {number}", "--quiet")
    ran = _sh("{ clientbase contact list --format csv; echo $? >&2; } | head -n 1")
    assert ran.stdout.count("\n") == 1
    assert ran.stderr == "0\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_standard_output_is_said() -> None:
    ran = _sh("clientbase --version > /dev/full")
    assert ran.returncode == 6


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_list_that_can_not_be_written_is_said(anna: Shop) -> None:
    ran = _sh("clientbase contact list > /dev/full")
    assert ran.returncode == 6
    assert ran.stderr == (
        "error: standard output can't be written: No space left on device\n"
        "hint: free some space, or write to another place with -o FILE\n"
    )
    assert anna.path.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "sale record 1 900",
            "Recorded sale 1: Anna, 900,00 ₽ (1 order, 900,00 ₽ in all).",
        ),
        (
            "sale record 1 900 -q",
            "Recorded sale 1: Anna, 900,00 ₽ (1 order, 900,00 ₽ in all).",
        ),
        ("contact add Boris", "Contact 2 is in the base."),
    ],
)
def test_what_is_kept_is_said_though_it_can_not_be_shown(anna: Shop, line: str, said: str) -> None:
    before = _operations(anna)
    ran = _sh(f"clientbase {line} > /dev/full")
    assert ran.returncode == 6
    assert ran.stderr.splitlines() == [
        said,
        "error: it is recorded; only the output could not be written: No space left on device",
        "hint: do not run it again, for it would be done twice",
    ]
    assert _operations(anna) == before + 1
    ran = _sh("clientbase contact add Vera >&-")
    assert ran.returncode == 6
    assert "only the output could not be written: it is closed" in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_what_is_not_kept_is_not_said_to_be(anna: Shop) -> None:
    anna.ok("contact", "edit", "1", "--birthday", "1990-11-21", "-q")
    anna.ok("remind", "rule", "add", "birthdays", "--birthday", "-q")
    before = _operations(anna)
    for line in (
        "sale record 1 900 --dry-run",
        "remind due",  # which gives numbers to what is due, and nobody asked for that
        "contact edit 1 --name Anna",  # as she is called already
    ):
        ran = _sh(f"clientbase {line} > /dev/full")
        assert ran.returncode == 6
        assert "recorded" not in ran.stderr
    assert _operations(anna) == before + 1


def test_what_is_kept_is_said_though_its_file_can_not_be_written(
    anna: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientbase.render.write", _raise(OSError(28, "No space left on device")))
    target = anna.path.with_name("sale.csv")
    ran = anna.run("sale", "record", "1", "900", "-o", str(target))
    assert not target.exists()
    assert ran.code == 6
    assert ran.err.splitlines() == [
        "Recorded sale 1: Anna, 900,00 ₽ (1 order, 900,00 ₽ in all).",
        "error: it is recorded; only the output could not be written: No space left on device",
        "hint: do not run it again, for it would be done twice",
    ]


def test_what_goes_wrong_behind_what_is_kept_says_so(
    anna: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientbase.render.write", _raise(KeyboardInterrupt()))
    ran = anna.run("sale", "record", "1", "900")
    assert (ran.code, ran.err) == (
        130,
        "Stopped: it is recorded; only the output was not finished.\n",
    )
    monkeypatch.setattr("clientbase.render.write", _raise(ZeroDivisionError()))
    ran = anna.run("sale", "record", "1", "900")
    assert ran.code == 70
    assert ran.err.splitlines()[-1] == "It is recorded all the same; do not run it again."
    assert anna.run("sale", "list").err.splitlines()[-1].startswith("hint:")


def _operations(shop: Shop) -> int:
    base = shop.connect()
    count = int(base.one("select count(*) from operation"))
    base.close()
    return count


def test_a_closed_standard_output_is_said(anna: Shop) -> None:
    ran = _sh("clientbase contact list >&-")
    assert ran.returncode == 6
    assert anna.path.exists()


def test_nobody_listens_to_a_closed_standard_error(anna: Shop) -> None:
    for verb, code in (("list", 0), ("shw", 2)):
        ran = _sh(f"clientbase contact {verb} 2>&-")
        assert (ran.returncode, bool(ran.stdout)) == (code, code == 0)
    assert _sh("clientbase contact add Zoe >&- 2>&-").returncode == 6
    assert anna.connect().one("select count(*) from contact") == 2


def test_signs_that_standard_output_lacks_are_spelled_out(anna: Shop) -> None:
    anna.ok("contact", "edit", "1", "--name", "Ёж 😀", "--quiet")
    line = [*PROGRAM, "contact", "list", "--format", "csv", "--columns", "name"]
    old = os.environ | {"PYTHONIOENCODING": "cp1251"}
    ran = subprocess.run(line, capture_output=True, check=True, env=old)
    assert (ran.stdout, ran.stderr) == ("name\nЁж \\U0001f600\n".encode("cp1251"), b"")
    told = _sh("PYTHONIOENCODING=ascii clientbase segment run")
    assert (told.returncode, told.stderr) == (0, "")


def test_a_stop_outside_of_the_boundary_is_silent() -> None:
    program = (
        "import clientbase.cli.boundary as boundary, clientbase.__main__ as script, signal\n"
        # Where the tests run in the background, the shell has it ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "boundary.main = lambda: signal.raise_signal(signal.SIGINT)\n"
        "script.run()"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, b"", b"")


def test_the_base_is_never_written_over(anna: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(anna.path.parent)
    Path("link.db").symlink_to(anna.path)
    before = anna.path.read_bytes()
    for name in ("shop.db", "./shop.db", "link.db", "shop.db-wal", "shop.db-shm"):
        ran = anna.run("contact", "list", "-o", name)
        assert (ran.code, ran.err) == (
            6,
            f"error: {Path(name)} is the base itself\nhint: name another file with -o FILE\n",
        )
    new = anna.run("--db", "new.db", "init", "-o", "new.db")
    assert (new.code, Path("new.db").exists()) == (6, False)
    assert anna.path.read_bytes() == before


def test_a_file_of_a_kind_that_is_not_made_is_refused(
    anna: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(anna.path.parent)
    ran = anna.run("contact", "add", "Vera", "-o", "my lists/new.XLSX")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "error: .XLSX files can't be written\n"
        "hint: for a spreadsheet: -o 'my lists/new.csv', for print: -o 'my lists/new.html'\n"
    )
    assert "Vera" not in anna.ok("contact", "list")
    anna.ok("contact", "list", "-o", "list.2026")


def test_a_link_that_leads_to_itself_is_written_over(
    anna: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(anna.path.parent)
    Path("loop").symlink_to("loop")
    assert anna.run("contact", "list", "-o", "loop", "--format", "csv").code == 0
    assert not Path("loop").is_symlink()


def test_a_file_is_written_whole_and_for_its_owner_alone(anna: Shop) -> None:
    target = anna.path.with_name("list.csv")
    assert anna.ok("contact", "list", "--columns", "contact_id,name", "-o", str(target)) == ""
    assert target.read_text() == "contact_id,name\n1,Anna\n"
    assert target.stat().st_mode & 0o777 == 0o600
    target.chmod(0o644)
    anna.ok("contact", "list", "--columns", "name", "-o", str(target))
    assert target.read_text() == "name\nAnna\n"
    assert target.stat().st_mode & 0o777 == 0o644
    assert sorted(p.name for p in anna.path.parent.iterdir()) == ["list.csv", "shop.db"]


def test_a_file_is_left_as_it_was_where_writing_fails(
    anna: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = anna.path.with_name("list.csv")
    target.write_text("yesterday's list")
    monkeypatch.setattr("clientbase.render.write", _raise(OSError(28, "No space left on device")))
    ran = anna.run("contact", "list", "-o", str(target))
    assert ran.code == 6
    assert ran.err.startswith(f"error: {target} can't be written: No space left on device\n")
    assert target.read_text() == "yesterday's list"


def test_what_is_no_file_is_written_to_as_it_is(anna: Shop) -> None:
    assert anna.run("contact", "list", "-o", os.devnull).code == 0
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "tsv", "html"])
def test_the_ending_of_a_file_picks_its_format(anna: Shop, ending: str) -> None:
    target = anna.path.with_name(f"list.{ending}")
    anna.ok("contact", "list", "-o", str(target))
    assert target.read_text() == anna.ok("contact", "list", "--format", ending)


def test_a_place_that_can_not_be_is_refused_before_anything_is_written(anna: Shop) -> None:
    ran = anna.run("contact", "add", "Vera", "-o", "/no/such/folder/list.csv")
    assert (ran.code, ran.out) == (6, "")
    ran = anna.run("contact", "add", "Vera", "--format", "xml")
    assert (ran.code, ran.out) == (2, "")
    assert [row["name"] for row in anna.rows("contact", "list")] == ["Anna"]


def test_a_kill_leaves_the_base_sound(anna: Shop) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path;"
        "from clientbase.db.connection import connect; from clientbase.db.journal import Act, write;"
        "base = connect(Path(sys.argv[1]));"
        "run = write(base, Act('test', 'olga', '2026-11-21T08:00:00Z')); run.__enter__();"
        "base.execute(\"update contact set name = 'Eva'\");"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(anna.path)], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert [row["name"] for row in anna.rows("contact", "list")] == ["Anna"]
    assert anna.connect().one("pragma integrity_check") == "ok"


def test_the_login_name_stands_in_the_journal_where_nobody_is_named(
    anna: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pwd

    for name in ("CLIENTBASE_USER", "LOGNAME"):
        monkeypatch.delenv(name, raising=False)
    anna.ok("contact", "add", "Vera", "--quiet")
    who = pwd.getpwuid(os.getuid()).pw_name
    assert anna.connect().one("select who from operation order by id desc limit 1") == who
    monkeypatch.setattr("pwd.getpwuid", _raise(KeyError("no such user")))
    anna.ok("contact", "add", "Eva", "--quiet")
    assert anna.connect().one("select who from operation order by id desc limit 1") == str(
        os.getuid()
    )


def test_the_base_lies_in_the_folder_of_the_platform_where_nobody_says(
    nowhere: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CLIENTBASE_DB")
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    nowhere.ok("init", "--currency", "RUB", "--country", "RU", "--quiet")
    assert (tmp_path / "data" / "clientbase.db").exists()


def test_an_empty_name_of_the_base_never_means_the_usual_one(anna: Shop) -> None:
    told = anna.run("--db", "", "contact", "list")
    assert (told.code, told.err) == (
        6,
        "error: . is not a file\nhint: name the file of the base with --db FILE\n",
    )


def test_usage_errors_are_worded(shop: Shop) -> None:
    assert shop.run("contact", "show").err == (
        "error: WHO is missing\nhint: clientbase contact show --help shows how it is used\n"
    )
    assert shop.run("contact", "list", "--limit", "-3").err == (
        "error: a list can't have -3 rows\nhint: give a number above zero, or 0 for all\n"
    )
    assert shop.run("contact", "list", "--limit", "many").err == (
        "error: --limit does not fit: 'many' is not a valid int.\n"
        "hint: clientbase contact list --help shows how it is used\n"
    )
    assert shop.run("contact", "show", "1", "2").err == (
        "error: too many words: 2\nhint: clientbase contact show --help shows how it is used\n"
    )
    assert shop.run("contact", "list", "--sort").err == (
        "error: --sort needs a value\nhint: clientbase --help shows how it is used\n"
    )
    none = shop.run()
    assert none.code == 2
    assert none.err.startswith("Usage: clientbase [OPTIONS] COMMAND [ARGS]...\n")


def test_the_language_changes_sentences_and_nothing_for_machines(
    anna: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = anna.ok("contact", "list", "--format", "json")
    monkeypatch.setenv("CLIENTBASE_LANG", "ru")
    assert anna.ok("contact", "list", "--format", "json") == before


@pytest.mark.parametrize(
    "words", [["lead", "add", "--json", "-"], ["import", "contacts", "-"], ["import", "sales", "-"]]
)
def test_standard_input_that_is_closed_is_no_file(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    err = io.StringIO()
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setattr("sys.stderr", err)
    assert main(["--db", str(shop.path), *words]) == 6
    assert err.getvalue() == (
        "error: standard input is closed\nhint: name a file, or send one with: < FILE, or a pipe\n"
    )


def test_a_file_is_read_where_standard_input_is_closed(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = tmp_path / "form.json"
    form.write_text('{"name": "Anna"}')
    err = io.StringIO()
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setattr("sys.stderr", err)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert main(["--db", str(shop.path), "lead", "add", "--json", str(form)]) == 0
    assert err.getvalue() == "Lead 1, Anna (contact 1): new.\n"
