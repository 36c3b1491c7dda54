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
        ("frequency.window", "1201", 4, "frequency.window can't be 1201"),
        ("frequency.periodic", "1", 4, "frequency.periodic can't be 1"),
        ("frequency.periodic", "4", 4, "frequency.periodic must be under frequency.regular"),
        ("frequency.regular", "2", 4, "frequency.periodic must be under frequency.regular"),
        ("active.after", "0", 4, "active.after can't be 0"),
        ("active.after", "3m", 4, "active.after can't be 3m"),
        ("partner.after", "90d", 4, "partner.after can't be 90d"),
        ("partner.after", "101y", 4, "partner.after can't be 101y"),
        ("sleeping.rhythm", "0", 4, "sleeping.rhythm can't be 0"),
        ("sleeping.rhythm", "0.00", 4, "sleeping.rhythm can't be 0.00"),
        ("late.rhythm", "1.555", 4, "late.rhythm can't be 1.555"),
        ("late.rhythm", "100.01", 4, "late.rhythm can't be 100.01"),
        ("late.share", "0", 4, "late.share can't be 0"),
        ("late.share", "101", 4, "late.share can't be 101"),
        ("late.least", "9" * 5000, 4, f"late.least can't be {'9' * 60}…"),
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


def test_the_borders_of_frequency_keep_their_order(shop: Shop) -> None:
    shop.ok("set", "frequency.regular", "10")
    shop.ok("set", "frequency.periodic", "5")
    ran = shop.run("set", "frequency.regular", "--default")
    assert ran.code == 4
    assert ran.err == (
        "error: frequency.periodic must be under frequency.regular\n"
        "hint: clientbase set shows what they are now\n"
    )
    assert shop.rows("set", "frequency.regular")[0]["value"] == "10"


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("active.after", "90d", "90"),
        ("dead.after", "2w", "14"),
        ("partner.after", "3y", "36"),
        ("partner.after", "1y6m", "18"),
        ("sleeping.least", "0", "0"),
        ("late.rhythm", "1,5", "1.5"),
        ("late.rhythm", "2.0", "2"),
        ("sleeping.rhythm", "0.25", "0.25"),
        ("late.share", "100", "100"),
    ],
)
def test_spans_and_fractions_are_typed_as_people_write_them(
    shop: Shop, key: str, typed: str, value: str
) -> None:
    assert shop.rows("set", key, typed)[0]["value"] == value


def test_a_setting_is_put_back_by_default_alone(shop: Shop) -> None:
    shop.ok("set", "sleeping.after", "180")
    for words in (("sleeping.after", "90", "--default"), ("sleeping.after", "", "--default")):
        assert shop.run("set", *words).err == (
            "error: --default stands alone behind the name of a setting\n"
            "hint: such as: clientbase set sleeping.after --default\n"
        )
    assert shop.run("set", "--default").code == 2
    for empty in ("", " "):
        ran = shop.run("set", "sleeping.after", empty)
        assert ran.code == 2
        assert ran.err == (
            "error: sleeping.after can't be empty\n"
            "hint: clientbase set sleeping.after --default puts it back\n"
        )
    assert shop.run("set", "currency", "").err == (
        "error: currency can't be empty\nhint: give it a value: clientbase set currency VALUE\n"
    )
    assert shop.rows("set", "sleeping.after")[0]["value"] == "180"


def test_the_borders_of_the_classes_are_settings(shop: Shop) -> None:
    names = ("frequency", "active", "partner", "sleeping", "late", "dead")
    found = {row["key"]: row["value"] for row in shop.rows("set")}
    assert {key: value for key, value in found.items() if key.startswith(names)} == {
        "frequency.periodic": "2",
        "frequency.regular": "4",
        "frequency.window": "0",
        "active.after": "90",
        "partner.after": "24",
        "sleeping.after": "365",
        "sleeping.rhythm": "3",
        "sleeping.least": "60",
        "late.rhythm": "1.5",
        "late.least": "14",
        "late.share": "90",
        "dead.after": "730",
    }


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


def test_the_same_value_again_writes_nothing(shop: Shop) -> None:
    def journal() -> list[tuple[str, str, int]]:
        base = shop.connect()
        found = base.execute("select kind, table_name, row_id from change").fetchall()
        base.close()
        return found

    shop.ok("set", "dead.after", "500", "-q")
    before = journal()
    shop.ok("set", "dead.after", "500", "-q")
    assert journal() == before
    shop.ok("set", "dead.after", "600", "-q")
    (kind, table, _row) = journal()[-1]
    assert (len(journal()), kind, table) == (len(before) + 1, "update", "setting")


@pytest.mark.parametrize(("key", "value"), [("abc.a", "95"), ("abc.b", "80"), ("xyz.y", "30")])
def test_classes_of_abc_and_xyz_do_not_overtake_each_other(
    key: str, value: str, shop: Shop
) -> None:
    ran = shop.run("set", key, value)
    one, other = (f"{key[:4]}{name}" for name in ("ab" if key[0] == "a" else "xy"))
    assert (ran.code, ran.err) == (
        4,
        f"error: {one} must be under {other}\nhint: clientbase set shows what they are now\n",
    )
