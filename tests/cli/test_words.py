"""Days and amounts as the base's country writes them, and plain for machines in every country."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

from clientbase.cli.boundary import main
from clientbase.cli.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from shop import Shop

COUNTRIES = ("RU", "US", "SE")


def founded(shop: Shop, country: str, currency: str = "EUR") -> Shop:
    """Make a base with a client, an enquiry, reminders and fields, or move it to a country."""
    if shop.path.exists():
        shop.ok("set", "country", country)
        return shop
    shop.ok("init", "--country", country, "--currency", currency)
    shop.ok("field", "add", "next_visit", "--type", "date")
    shop.ok("field", "add", "debt", "--type", "money")
    fields = ("--field", "next_visit=2026-12-01", "--field", "debt=1500.5")
    shop.ok("contact", "add", "Anna", "--birthday", "1985-03-14", *fields)
    shop.ok("sale", "record", "1", "12345.5", "--on", "2026-10-17")
    shop.ok("sale", "record", "--walk-in", "2500", "--on", "2026-10-17")
    shop.ok("lead", "add", "--who", "1", "--dated", "2026-11-18")
    shop.ok("remind", "add", "1", "call", "--on", "2026-11-24")
    return shop


LINES = (
    "contact show 1",
    "contact list",
    "sale show 1",
    "sale list",
    "lead list",
    "remind due --on 2026-11-24",
    "segment run",
    "report rfm",
    "report funnel",
    "report channels",
    "report managers",
)


def test_machine_formats_are_the_same_in_every_country(nowhere: Shop) -> None:
    seen = set()
    for country in ("RU", "US"):
        shop = founded(nowhere, country)
        seen.add(
            tuple(
                shop.ok(*line.split(), "--format", format_)
                for line in LINES
                for format_ in ("json", "jsonl", "csv", "tsv")
            )
        )
    assert len(seen) == 1
    (texts,) = seen
    card = json.loads(texts[0])
    assert card["rows"][0]["last_sale_on"] == "2026-10-17"
    assert [row["value"] for row in card["tables"]["fields"]] == ["2026-12-01", "1500.50"]
    notes = " ".join(json.loads(texts[LINES.index("segment run") * 4])["notes"])
    assert "under 12,345.50 EUR" in notes
    assert "1 sale without a contact (2,500.00 EUR)" in notes


def test_people_see_their_own_days_and_amounts(nowhere: Shop) -> None:
    for country, day, worth in (
        ("RU", "17.10.2026", "12 345,50 €"),
        ("US", "10/17/2026", "€12,345.50"),
        ("GB", "17/10/2026", "€12,345.50"),
        ("DE", "17.10.2026", "12.345,50 €"),
        ("SE", "2026-10-17", "12 345,50 €"),
        ("CL", "17-10-2026", "€12.345,50"),
    ):
        shop = founded(nowhere, country)
        text = shop.ok("contact", "show", "1")
        assert f"revenue             {worth}\n" in text
        assert f"last sale on        {day}\n" in text
        assert f"\n{day}   sale " in text
        row = shop.ok("sale", "list").splitlines()[3]
        assert worth.strip("€ ") in row
        assert "€" not in row
        page = shop.ok("contact", "show", "1", "--format", "html")
        assert f"<td>{worth}</td>".replace(" ", "\u00a0") in page
        assert f"<td>{day}</td>" in page
        assert f"economy is under {worth}, " in shop.ok("segment", "run")


def test_values_of_fields_are_shown_as_they_may_be_typed(nowhere: Shop) -> None:
    for country, day, debt in (
        ("US", "12/01/2026", "$1,500.50"),
        ("DE", "01.12.2026", "1.500,50 $"),
    ):
        shop = founded(nowhere, country, "USD")
        text = shop.ok("contact", "show", "1")
        assert f"next_visit  date   {day}" in text
        assert f"debt        money  {debt}" in text
        shop.ok("contact", "edit", "1", "--field", f"next_visit={day}", "--field", f"debt={debt}")
        assert shop.ok("contact", "show", "1") == text


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("RU", ("24.12.2026", "21.11.2026", "24.12.2026", "12 345,50 €", "13 000,00 €")),
        ("US", ("12/24/2026", "11/21/2026", "12/24/2026", "€12,345.50", "€13,000.00")),
        ("SE", ("2026-12-24", "2026-11-21", "2026-12-24", "12 345,50 €", "13 000,00 €")),
    ],
)
def test_every_sentence_is_in_the_dress_of_the_country(
    nowhere: Shop, country: str, said: tuple[str, ...]
) -> None:
    shop = founded(nowhere, country)
    future, today, later, left, asked = said
    assert shop.run("sale", "record", "1", "5", "--on", "2026-12-24", "--format", "csv").err == (
        f"error: {future} is still to come\n"
        f"hint: leave --on out for today, or give a day until {today}\n"
    )
    assert shop.run("remind", "snooze", "1", "--to", "2026-12-24", "--format", "json").err == (
        f"Reminder 1 comes in 33 days, on {later}.\n"
    )
    assert shop.run("sale", "refund", "1", "13000").err.startswith(
        f"error: {left} of sale 1 is left to give back, not {asked}\n"
    )


def test_what_a_hint_shows_can_be_typed(nowhere: Shop) -> None:
    for country in COUNTRIES:
        shop = founded(nowhere, country)
        hint = shop.run("sale", "refund", "1", "5", "--on", "2026-10-01").err.splitlines()[1]
        day = hint.removeprefix("hint: give a day from ").removesuffix(" on")
        (row,) = shop.rows("sale", "refund", "1", "5", "--on", day)
        assert row["refunded_on"] == "2026-10-17"


def test_the_rows_of_an_error_are_in_the_dress_of_the_country(nowhere: Shop) -> None:
    shop = founded(nowhere, "GB")
    shop.ok("lead", "add", "--who", "1")
    ran = shop.run("sale", "record", "1", "5")
    assert (ran.code, "18/11/2026" in ran.err, "2026-11-18" in ran.err) == (5, True, False)


def test_a_country_that_changes_changes_what_is_shown(nowhere: Shop) -> None:
    shop = founded(nowhere, "RU")
    assert "17.10.2026" in shop.ok("sale", "show", "1")
    shop.ok("set", "country", "US")
    assert "10/17/2026" in shop.ok("sale", "show", "1")


def test_a_base_that_cannot_tell_its_country_says_the_error_all_the_same(
    nowhere: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_self: Session, _text: str) -> str:
        raise sqlite3.DatabaseError

    founded(nowhere, "RU")
    monkeypatch.setattr(Session, "worded", broken)
    assert main(["sale", "record", "1", "5", "--on", "2026-12-24"]) == 4
    assert capsys.readouterr().err.startswith("error: 2026-12-24 is still to come\n")


def test_a_thousand_is_grouped_as_in_the_country(nowhere: Shop, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name\n" + "".join(f"Name {n}\n" for n in range(1200)), encoding="utf-8")
    shop = founded(nowhere, "RU")
    assert "Imported 1 200 new contacts.\n" in shop.run("import", "contacts", str(file)).err
    for country, count in (("RU", "1 201"), ("US", "1,201"), ("DE", "1.201")):
        shown = founded(nowhere, country).run("contact", "list", "--limit", "1").err
        assert shown == f"Shown: 1 of {count}; --limit 0 shows all.\n"
