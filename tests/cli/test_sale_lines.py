"""`clientbase sale record -`: the evening's sales, a line each."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from clientbase.cli import command, lines
from clientbase.cli.lines import words
from clientbase.errors import Refused
from shop import dump

if TYPE_CHECKING:
    from shop import Ran, Shop

EVENING = """\
# Friday, the till
1 900 --item "Shampoo x2 @ 450"   # by card
Boris 25000 --promo SUMMER --on yesterday

--walk-in 300 --ref INV#7
--new Vera --phone 89261234567 --item 'Haircut @ 1800' --note "said \\"thanks\\""
"""


@pytest.fixture
def anna(shop: Shop) -> Shop:
    """Anna with an open lead, and Boris."""
    shop.ok("lead", "add", "Anna", "--on", "2026-11-01")
    shop.ok("contact", "add", "Boris")
    return shop


def record(shop: Shop, text: str, *args: str) -> Ran:
    return shop.run("sale", "record", "-", *args, stdin=text)


def bad(shop: Shop, text: str, *args: str) -> list[tuple[int, str]]:
    """Record in vain: nothing may be written. Return the lines that are wrong, with reasons."""
    before = dump(shop)
    ran = record(shop, text, "--format", "json", *args)
    assert dump(shop) == before
    assert ran.code == 4
    envelope = json.loads(ran.out)
    assert envelope["kind"] == "lines"
    assert all(list(row) == ["line", "reason", "hint"] for row in envelope["rows"])
    return [(row["line"], row["reason"]) for row in envelope["rows"]]


def recorded(shop: Shop) -> list[tuple[Any, ...]]:
    names = ("sale_id", "name", "sold_on", "amount", "ref", "promo", "items", "note", "lead_id")
    rows = shop.rows("sale", "list", "--sort", "sale_id")
    return [tuple(row[name] for name in names) for row in rows]


def test_an_evening_is_recorded_together(anna: Shop) -> None:
    ran = record(anna, EVENING, "--format", "json")
    assert (ran.code, ran.err) == (0, "Recorded 4 sales, 28 000,00 ₽.\nLead 1 is won.\n")
    expected = [
        (1, "Anna", "2026-11-21", 900.0, None, None, ["Shampoo x2"], None, 1),
        (2, "Boris", "2026-11-20", 25000.0, None, "SUMMER", [], None, None),
        (3, None, "2026-11-21", 300.0, "INV#7", None, [], None, None),
        (4, "Vera", "2026-11-21", 1800.0, None, None, ["Haircut"], 'said "thanks"', None),
    ]
    assert recorded(anna) == expected
    assert json.loads(ran.out)["rows"] == anna.rows("sale", "list", "--sort", "sale_id")
    base = anna.connect()
    operation, command = base.execute(
        "select id, command from operation order by id desc limit 1"
    ).fetchone()
    made = base.execute(
        "select row_id, last_id from change where operation_id = ? and table_name = 'sale'",
        (operation,),
    ).fetchall()
    assert (command, made) == ("sale record", [(1, 4)])
    base.close()


def test_what_stands_beside_the_dash_holds_for_each_line_that_says_nothing_else(
    anna: Shop,
) -> None:
    text = "100\n200 --on 2026-11-19 --note ''\n--item 'Comb @ 5'\n"
    ran = record(anna, text, "--walk-in", "--on", "yesterday", "--note", "till 2", "--promo", "X")
    assert ran.err == "Recorded 3 sales, 305,00 ₽.\n"
    assert recorded(anna) == [
        (1, None, "2026-11-20", 100.0, None, "X", [], "till 2", None),
        (2, None, "2026-11-19", 200.0, None, "X", [], None, None),
        (3, None, "2026-11-20", 5.0, None, "X", ["Comb"], "till 2", None),
    ]


def test_later_lines_know_what_earlier_ones_did(anna: Shop) -> None:
    text = "--new Vera 10\nvera 20\n1 5\n1 5 --keep-lead\n"
    ran = record(anna, text)
    assert ran.err == (
        "Recorded 4 sales, 40,00 ₽.\n"
        "Lead 1 is won.\n"
        "Another sale has the same contact, day and amount: see sale 4.\n"
    )
    assert [row[1] for row in recorded(anna)] == ["Vera", "Vera", "Anna", "Anna"]
    assert record(anna, "--new VERA 7\n").err == (
        "Recorded 1 sale, 7,00 ₽.\nContacts of the same name: 3.\n"
    )


def test_every_wrong_line_is_told_and_nothing_is_recorded(anna: Shop) -> None:
    anna.ok("contact", "add", "Anna Orlova")
    text = "\n".join(
        (
            "1 12,5,0",
            "1 1e9",
            "1 -5",
            "1 12.345",
            "# 1 -5",
            "Anya 5",
            "99 5",
            "an 5",
            "1 900 --on 2026-11-22",
            "1 2 3",
            "1",
            "--phone 12",
            "--help",
            "1 5 --format json",
            "1 5 --dry-run",
            "1 5 --note",
            "1 5 --lead x",
            "1 5 --note don't",
            "1 5 --note \\",
            "- 5",
            "1 5 --note \x1b[31m",
            f"1 5 --note {'x' * 10_000}",
            "1 5 --ref A",
            "1 5 --ref A",
        )
    )
    assert bad(anna, text) == [
        (1, 'the digits of "12,5,0" are not in groups of three'),
        (2, '"1e9" is written with an exponent'),
        (3, "an amount cannot be negative: −5"),
        (4, '"12.345" has too many decimals'),
        (6, "nobody is found by Anya"),
        (7, "there is no contact 99"),
        (8, "2 contacts answer to an: 1, 3"),
        (9, "2026-11-22 is still to come"),
        (10, "too many words: 3"),
        (11, "it is not said for how much"),
        (12, "--phone and --email are for a new contact"),
        (13, "--help has no place in a line"),
        (14, "--format has no place in a line"),
        (15, "--dry-run has no place in a line"),
        (16, "--note needs a value"),
        (17, "--lead does not fit: 'x' is not a valid int."),
        (18, "a quote is opened and not closed"),
        (19, "a quote is opened and not closed"),
        (20, "- is nobody"),
        (21, "�[31m holds a control character that can't be seen (U+001B)"),
        (22, "the text has 10000 characters, 2000 are the most"),
        (24, "A is the reference of sale 1 already"),
    ]


def test_wrong_lines_are_a_table_and_a_sentence(anna: Shop) -> None:
    ran = record(anna, "1 5\n1 x\n")
    assert ran.out == (
        "line  reason               hint\n"
        "----  -------------------  ------------------------------------------\n"
        '   2  "x" is not a number  type a number as 1200, 1200.50 or 1 200,50\n'
    )
    assert ran.err == (
        "error: 1 line is wrong, and nothing was recorded\n"
        "hint: mend what is wrong, and send all lines again\n"
    )


def test_of_a_line_that_fails_late_nothing_stays(anna: Shop) -> None:
    # The contact and the channel of line 1 are made before its reference turns out to be taken.
    anna.ok("sale", "record", "--walk-in", "5", "--ref", "A")
    text = "--new Zoe 5 --channel moon --ref A\nZoe 7\n"
    assert bad(anna, text) == [
        (1, "A is the reference of sale 1 already"),
        (2, "nobody is found by Zoe"),
    ]


def test_a_rehearsal_writes_nothing(anna: Shop) -> None:
    before = dump(anna)
    ran = record(anna, EVENING, "--dry-run", "--format", "json")
    assert (ran.code, len(json.loads(ran.out)["rows"])) == (0, 4)
    assert ran.err == "4 sales would be recorded, 28 000,00 ₽; nothing was written.\n"
    alone = anna.run("sale", "record", "1", "900", "--dry-run")
    assert alone.err == "1 sale would be recorded, 900,00 ₽; nothing was written.\n"
    assert dump(anna) == before
    assert bad(anna, "1 x\n", "--dry-run") == [(1, '"x" is not a number')]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing today\n   # at all"])
def test_an_evening_without_sales_is_no_mistake(anna: Shop, text: str) -> None:
    ran = record(anna, text)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No sales came in; nothing is recorded.\n"
    assert anna.run("sale", "list").out == "No sales like that.\n"


@pytest.mark.parametrize(
    ("data", "sentence", "hint"),
    [
        (
            b"\xef\xbb\xbf1 5\r\n1 \xc0\xed\xed\xe0\r\n",
            "line 2 is not in UTF-8",
            "save the file in UTF-8 and send it again",
        ),
        (
            b"1 5\n" + b"x" * 70_000 + b"\n",
            "line 2 is longer than any sale",
            "end each line where the next one begins",
        ),
        (
            b"1 5\n" * 10_001,
            "there are more than 10 000 lines",
            "send fewer at a time; a whole past comes in with: clientbase import",
        ),
    ],
)
def test_what_nobody_types_is_refused(
    anna: Shop, monkeypatch: pytest.MonkeyPatch, data: bytes, sentence: str, hint: str
) -> None:
    ran = _piped(anna, monkeypatch, io.TextIOWrapper(io.BytesIO(data)))
    assert (ran.code, ran.out, ran.err) == (4, "", f"error: {sentence}\nhint: {hint}\n")


def test_a_byte_order_mark_and_line_ends_of_windows_are_nothing(
    anna: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf1 5\r\n2 7\r\n"))
    assert _piped(anna, monkeypatch, stream).err.startswith("Recorded 2 sales, 12,00")


@pytest.mark.parametrize("option", ["--db=x", "--help", "-h", "--version", "-q", "--output x"])
def test_an_option_for_all_lines_is_told_to_be_no_word_of_a_line(anna: Shop, option: str) -> None:
    ran = record(anna, f"1 5 {option}", "--format", "jsonl")
    assert (ran.code, json.loads(ran.out)) == (
        4,
        {
            "line": 1,
            "reason": f"{option.partition(' ')[0].partition('=')[0]} has no place in a line",
            "hint": "it is for all lines together: type it with the command itself",
        },
    )


def test_of_many_sales_alike_a_few_are_told_by_their_numbers(anna: Shop) -> None:
    told = record(anna, "2 5\n" * 1_207).err.splitlines()
    assert told == [
        "Recorded 1 207 sales, 6 035,00 ₽.",
        "Another sale has the same contact, day and amount: see sale 2, 3, 4, 5, 6 and 1 201 more.",
    ]
    assert anna.run("sale", "record", "2", "5").err.splitlines()[1:] == [
        "The same amount on the same day: sale 1, 2, 3, 4, 5 and 1 202 more."
    ]


def test_a_closed_standard_input_is_said(anna: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = _piped(anna, monkeypatch, None)
    assert (ran.code, ran.err) == (
        6,
        "error: standard input is closed\nhint: send the lines with: < FILE, or a pipe\n",
    )


def test_who_sits_at_a_terminal_is_told_what_is_waited_for(
    anna: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"1 5\n"))
    monkeypatch.setattr(stream, "isatty", lambda: True)
    assert _piped(anna, monkeypatch, stream).err.splitlines()[:2] == [
        "Type a sale a line, such as: 12 900; Ctrl-D ends.",
        "Recorded 1 sale, 5,00 ₽.",
    ]


def _piped(shop: Shop, monkeypatch: pytest.MonkeyPatch, stream: io.TextIOWrapper | None) -> Ran:
    """Record what comes from a stream: `typed` sees it in the place of standard input."""
    typed = lines.typed

    def reading(*args: Any) -> list[tuple[int, str]]:
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdin", stream)
            return typed(*args)

    monkeypatch.setattr(lines, "typed", reading)
    return shop.run("sale", "record", "-")


def test_the_dash_is_for_lines_alone(anna: Shop, nowhere: Shop) -> None:
    ran = record(anna, "1 5\n", "500")
    assert (ran.code, ran.err) == (
        2,
        (
            "error: too many words: - 500\n"
            "hint: with - each line of standard input says who and how much\n"
        ),
    )
    assert recorded(anna) == []
    nowhere.path.unlink()
    assert record(nowhere, "1 5\n").err.startswith("error: there is no base yet at ")


def test_completion_offers_options_for_a_dash_and_names_for_a_letter(
    anna: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = {}
    for line in (
        "clientbase sale record B",
        "clientbase sale record -",
        "clientbase sale record --pr",
    ):
        monkeypatch.setenv("_CLIENTBASE_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", "3")
        offered[line.split()[-1]] = anna.run().out.split("\n")[:-1]
    assert offered["B"] == ["Boris"]
    assert {"--item", "--dry-run"} <= set(offered["-"])
    assert offered["--pr"] == ["--promo"]
    monkeypatch.delenv("_CLIENTBASE_COMPLETE")
    assert recorded(anna) == []


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("12 900", ["12", "900"]),
        ('12 --item "Shampoo x2 @ 450"', ["12", "--item", "Shampoo x2 @ 450"]),
        ("Anna\\ Orlova 5", ["Anna Orlova", "5"]),
        ("1 5 # a comment 'not closed", ["1", "5"]),
        ("1 5 --ref A#7", ["1", "5", "--ref", "A#7"]),
        ("1 5 --note '# 7'", ["1", "5", "--note", "# 7"]),
        ('1 5 --note "a # b" #c', ["1", "5", "--note", "a # b"]),
        ("1 5 --note \\#7", ["1", "5", "--note", "#7"]),
        ("1 5 --note ''", ["1", "5", "--note", ""]),
        ("Анна «Ёлка» 5", ["Анна", "«Ёлка»", "5"]),
        ("#", []),
    ],
)
def test_a_line_is_split_as_a_shell_does_it(text: str, split: list[str]) -> None:
    assert words(text) == split


@pytest.mark.parametrize("text", ["1 'a", '1 "a', "1 a\\", "1 '#", '"' * 9_999, "\\" * 9_999])
def test_a_quote_that_is_not_closed_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="a quote is opened and not closed"):
        words(text)


def test_one_parser_reads_all_lines(anna: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Any] = []
    build = command.build

    def counting(info: Any) -> Any:
        built.append(info.name)
        return build(info)

    monkeypatch.setattr(command, "build", counting)
    text = "".join(f"--walk-in {number} --item 'Comb @ {number}'\n" for number in range(1, 101))
    assert record(anna, text).err == "Recorded 100 sales, 5 050,00 ₽.\n"
    assert built == ["record"]
