"""Settings: read, changed, put back, and refused where a value does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientbase.db import settings

if TYPE_CHECKING:
    from shop import Shop


def test_init_shows_the_settings_of_the_new_base(nowhere: Shop) -> None:
    ran = nowhere.run("init", "--currency", "kzt", "--country", "kz", "--columns", "a")
    assert ran.code == 2
    ran = nowhere.run("init", "--currency", "kzt", "--country", "kz", "--format", "csv")
    assert ran.code == 0
    assert ran.err == f"Made {nowhere.path}.\n"
    assert ran.out.startswith("key,value,about\ncurrency,KZT,")
    assert len(ran.out.splitlines()) == 1 + len(settings.SPECS)


@pytest.mark.parametrize(
    ("locale", "country", "currency"),
    [
        ("ru_RU.UTF-8", "RU", "RUB"),
        ("de_DE", "DE", "EUR"),
        ("C.UTF-8", "US", "USD"),
        ("ja_JP.eucJP@x", "JP", "JPY"),
    ],
)
def test_what_is_not_said_comes_from_the_locale_and_is_told(
    nowhere: Shop, monkeypatch: pytest.MonkeyPatch, locale: str, country: str, currency: str
) -> None:
    monkeypatch.setenv("LC_MONETARY", locale)
    monkeypatch.setenv("CLIENTBASE_LANG", "en")
    ran = nowhere.run("init")
    assert ran.err == (
        f"The country is taken to be {country}.\n"
        f"The currency is taken to be {currency}.\n"
        "Other ones: clientbase set country CODE, clientbase set currency CODE\n"
        f"Made {nowhere.path}.\n"
    )


def test_a_base_begins_with_five_stages(shop: Shop) -> None:
    rows = (
        shop.connect().execute("select name, temperature from stage order by position").fetchall()
    )
    assert rows == [
        ("new", "cold"),
        ("contacted", "cold"),
        ("interested", "warm"),
        ("offer", "warm"),
        ("agreed", "hot"),
    ]


def test_a_second_init_leaves_the_base_alone(shop: Shop) -> None:
    before = shop.path.read_bytes()
    ran = shop.run("init")
    assert ran.code == 5
    assert ran.out == ""
    assert ran.err.endswith("hint: work with it as it is, or name another file with --db FILE\n")
    assert shop.path.read_bytes() == before


def test_a_setting_is_changed_and_put_back(shop: Shop) -> None:
    about = "days of quiet after which a client is sleeping"
    assert shop.rows("set", "sleeping.after", "180") == [
        {"key": "sleeping.after", "value": "180", "about": about}
    ]
    assert shop.rows("set", "sleeping.after")[0]["value"] == "180"
    assert shop.rows("set", "sleeping.after", "--default")[0]["value"] == "365"


def test_money_and_cuts_are_typed_in_whole_units(shop: Shop) -> None:
    assert shop.rows("set", "value.high", "5000")[0]["value"] == "5000.00"
    assert (
        shop.rows("set", "rfm.monetary", "100,500.50,1000")[0]["value"] == "100.00,500.50,1000.00"
    )
    assert shop.rows("set", "rfm.recency", "30,90,180,365")[0]["value"] == "30,90,180,365"
    base = shop.connect()
    assert settings.get(base, "value.high") == 500_000
    assert settings.get(base, "rfm.monetary") == (10_000, 50_050, 100_000)


def test_a_pause_of_0_days_is_none(shop: Shop) -> None:
    about = "days in which rules bother a contact but once; 0 is no pause"
    assert shop.rows("set", "contact.pause", "0") == [
        {"key": "contact.pause", "value": "0", "about": about}
    ]
    assert settings.get(shop.connect(), "contact.pause") == 0


@pytest.mark.parametrize(
    ("key", "value", "code", "sentence"),
    [
        ("slping.after", "5", 3, "there is no setting slping.after"),
        ("sleeping.after", "0", 4, "sleeping.after can't be 0"),
        ("contact.pause", "-1", 2, ""),
        ("contact.pause", "36501", 4, "contact.pause can't be 36501"),
        ("sleeping.after", "soon", 4, "sleeping.after can't be soon"),
        ("sleeping.after", "36501", 4, "sleeping.after can't be 36501"),
        ("currency", "RUR", 4, "RUR is no currency"),
        ("country", "XX", 4, "XX is no country"),
        ("value.by", "mean", 4, "value.by can't be mean"),
        ("rfm.recency", "90,30", 4, "the cuts of rfm.recency must rise"),
        ("rfm.recency", "30,30", 4, "the cuts of rfm.recency must rise"),
        ("frequency.window", "-1", 2, ""),
    ],
)
def test_what_does_not_fit_is_refused_with_a_hint(
    shop: Shop, key: str, value: str, code: int, sentence: str
) -> None:
    before = shop.rows("set")
    ran = shop.run("set", key, value)
    assert (ran.code, ran.out) == (code, "")
    if sentence:
        assert ran.err.splitlines()[0] == f"error: {sentence}"
        assert ran.err.splitlines()[1].startswith("hint: ")
    assert shop.rows("set") == before


def test_the_borders_of_value_keep_their_order(shop: Shop) -> None:
    shop.ok("set", "value.low", "1000")
    ran = shop.run("set", "value.high", "999.99")
    assert (ran.code, ran.err.splitlines()[0]) == (4, "error: value.low can't be over value.high")


def test_the_currency_stays_once_amounts_are_recorded(shop: Shop) -> None:
    shop.ok("set", "currency", "JPY")
    assert shop.connect().one("select value from setting where key = 'scale'") == "1"
    shop.ok("sale", "record", "--walk-in", "500")
    ran = shop.run("set", "currency", "RUB")
    assert ran.code == 5
    assert ran.err.splitlines()[0] == "error: amounts are recorded in JPY already"


def test_a_currency_has_no_default(shop: Shop) -> None:
    ran = shop.run("set", "currency", "--default")
    assert (ran.code, ran.err.splitlines()[0]) == (4, "error: currency has no default")
