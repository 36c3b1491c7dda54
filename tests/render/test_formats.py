from __future__ import annotations

from clientbase.render import EXTENSIONS, FORMATS, Look


def test_the_formats_are_these() -> None:
    assert list(FORMATS) == ["table", "json", "jsonl", "csv", "tsv", "html"]


def test_every_extension_leads_to_a_format() -> None:
    assert EXTENSIONS == {
        ".json": "json",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".csv": "csv",
        ".tsv": "tsv",
        ".html": "html",
        ".htm": "html",
        ".txt": "table",
    }
    assert set(EXTENSIONS.values()) == set(FORMATS)


def test_a_look_knows_the_decimals_of_its_currency() -> None:
    assert [Look(currency=code).decimals for code in ("RUB", "JPY", "KWD", "")] == [2, 0, 3, 2]
    assert Look(currency="RUB", decimals=0).decimals == 0
