"""Every row of the public lists of phones and e-mails comes out as their README says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from clientbase.emails import email, emails
from clientbase.errors import Refused
from clientbase.phones import phone, phones

SHARED = Path(__file__).parents[2] / "shared" / "data"
TYPED = {"plain", "eight", "seven_without_plus", "ten_digits", "unicode", "words", "extension"}
TYPED |= {"space", "dots", "slash", "excel"}
EXPECTED = {"foreign", "free_call", "from_russia_abroad"}
WRONG = {"wrong", "empty", "short", "letter_o", "excel_lossy", "double_zero"}

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")


def rows(name: str) -> list[dict[str, str]]:
    if not SHARED.is_dir():
        return []
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_kinds(kinds: set[str]) -> list[dict[str, str]]:
    return [row for row in rows("phones_ru.csv") if row["kind"] in kinds]


def named(row: object) -> str:
    return f"{row['n']}-{row['kind']}" if isinstance(row, dict) else str(row)


def test_every_kind_of_row_is_told_right_or_wrong() -> None:
    assert {row["kind"] for row in rows("phones_ru.csv")} == TYPED | EXPECTED | WRONG | {"several"}
    assert len(rows("phones_ru.csv")) == 264
    assert len(rows("emails.csv")) == 22


@pytest.mark.parametrize("row", of_kinds(TYPED), ids=named)
def test_a_right_phone_is_the_number_that_was_typed(row: dict[str, str]) -> None:
    found = phone(row["raw"], "RU")
    assert (found.e164, found.extension) == (row["typed_number"], row["extension"])
    assert phones(row["raw"], "RU") == [found]


@pytest.mark.parametrize("row", of_kinds(EXPECTED), ids=named)
def test_a_phone_from_elsewhere_is_what_the_library_makes_of_it(row: dict[str, str]) -> None:
    found = phone(row["raw"], "RU")
    assert (found.e164, found.extension) == (row["expected_e164"], "")


@pytest.mark.parametrize("row", of_kinds(WRONG), ids=named)
def test_a_wrong_phone_is_refused_with_a_reason(row: dict[str, str]) -> None:
    for read in (phone, phones):
        with pytest.raises(Refused) as caught:
            read(row["raw"], "RU")
        assert caught.value.exit_code == 4
        assert caught.value.message.count("\n") == 0
        assert caught.value.hint


@pytest.mark.parametrize("row", of_kinds({"several"}), ids=named)
def test_two_phones_in_a_cell_are_two_phones(row: dict[str, str]) -> None:
    with pytest.raises(Refused) as caught:
        phone(row["raw"], "RU")
    assert caught.value.message.startswith("two phones: ")
    found = [part.e164 for part in phones(row["raw"], "RU")]
    assert found == row["all_numbers_in_text"].split()


@pytest.mark.parametrize("row", rows("emails.csv"), ids=lambda row: f"{row['n']}")
def test_an_address_is_what_the_library_makes_of_it_once_trimmed(row: dict[str, str]) -> None:
    if row["valid_after_trimming"] == "1":
        found = email(row["raw"])
        assert (found.address, found.key) == (row["normalized"], row["lower_case_key"])
        assert emails(row["raw"]) == [found]
    else:
        with pytest.raises(Refused) as caught:
            email(row["raw"])
        assert caught.value.exit_code == 4
        assert caught.value.hint
