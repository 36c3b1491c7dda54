from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clientbase import clock, money
from clientbase.clock import Day
from clientbase.country import NO_BREAK, dress, year_first
from clientbase.money import Amount
from clientbase.words import Number, Sentence, grouped

TODAY = date(2026, 11, 21)
# Every territory of ISO 3166, and the islands that are told apart beside it.
COUNTRIES = (
    "AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO "
    "BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DG DJ "
    "DK DM DO DZ EA EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP "
    "GQ GR GS GT GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG "
    "KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM "
    "MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG "
    "PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO "
    "SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ "
    "VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
)
# Those that share a sign, those with a sign of their own, and every number of decimals.
CURRENCIES = (
    "ARS AUD BRL BYN CAD CHF CLF CLP CNY COP CZK DKK EUR FKP GBP HUF INR ISK JPY KGS KRW KWD KZT "
    "MUR MXN NOK NZD PKR PLN RON RUB SEK TND TRY UAH USD UYU XOF"
)


@pytest.mark.parametrize(
    ("country", "currency", "day", "birthday", "amount"),
    [
        ("RU", "RUB", "21.11.2026", "14.03", "-1 234,50 ₽"),
        ("KZ", "KZT", "21.11.2026", "14.03", "-1 234,50 ₸"),
        ("BY", "BYN", "21.11.2026", "14.03", "-1 234,50 Br"),
        ("UA", "UAH", "21.11.2026", "14.03", "-1 234,50 ₴"),
        ("DE", "EUR", "21.11.2026", "14.03", "-1.234,50 €"),
        ("FR", "EUR", "21/11/2026", "14/03", "-1 234,50 €"),
        ("NL", "EUR", "21-11-2026", "14-03", "-€ 1.234,50"),
        ("IE", "EUR", "21/11/2026", "14/03", "-€1,234.50"),
        ("CH", "CHF", "21.11.2026", "14.03", "-CHF 1’234.50"),
        ("PL", "PLN", "21.11.2026", "14.03", "-1 234,50 zł"),
        ("CZ", "CZK", "21.11.2026", "14.03", "-1 234,50 Kč"),
        ("GB", "GBP", "21/11/2026", "14/03", "-£1,234.50"),
        ("US", "USD", "11/21/2026", "03/14", "-$1,234.50"),
        ("CA", "CAD", "2026-11-21", "03-14", "-$1,234.50"),
        ("BR", "BRL", "21/11/2026", "14/03", "-R$ 1.234,50"),
        ("IN", "INR", "21/11/2026", "14/03", "-₹1,234.50"),
        ("SE", "SEK", "2026-11-21", "03-14", "-1 234,50 kr"),
        ("CN", "CNY", "2026-11-21", "03-14", "-¥1,234.50"),
        ("JP", "JPY", "2026-11-21", "03-14", "-¥123,450"),
        ("CL", "CLP", "21-11-2026", "14-03", "-$123.450"),
        ("TN", "TND", "21/11/2026", "14/03", "-123.450 TND"),
        ("AE", "AED", "21/11/2026", "14/03", "-1,234.50 AED"),
        ("", "", "2026-11-21", "--03-14", "-1,234.50"),
    ],
)
def test_days_and_amounts_are_written_as_in_the_country(
    country: str, currency: str, day: str, birthday: str, amount: str
) -> None:
    worn = dress(country, currency)
    assert (worn.day("2026-11-21"), worn.day("--03-14")) == (day, birthday)
    assert worn.amount(-123450) == amount


def test_a_sign_that_several_currencies_share_is_the_one_at_home() -> None:
    shown = {
        (country, currency): dress(country, currency).amount(500)
        for country in ("US", "CA", "RU", "GB", "FK", "SE", "NO")
        for currency in ("USD", "CAD", "GBP", "FKP", "NOK", "SEK")
    }
    assert [shown[pair] for pair in (("US", "USD"), ("US", "CAD"))] == ["$5.00", "CAD 5.00"]
    assert [shown[pair] for pair in (("CA", "USD"), ("CA", "CAD"))] == ["USD 5.00", "$5.00"]
    assert [shown["RU", code] for code in ("USD", "CAD")] == ["5,00 $", "5,00 CAD"]
    assert [shown["GB", code] for code in ("GBP", "FKP")] == ["£5.00", "FKP 5.00"]
    assert [shown["FK", code] for code in ("GBP", "FKP")] == ["GBP 5.00", "£5.00"]
    assert [shown["SE", code] for code in ("SEK", "NOK")] == ["5,00 kr", "5,00 NOK"]
    assert [shown["NO", code] for code in ("SEK", "NOK")] == ["5,00 SEK", "5,00 kr"]


def test_blanks_are_of_the_asked_kind_and_nowhere_else() -> None:
    assert dress("RU", "RUB", NO_BREAK).amount(123450) == "1\u00a0234,50\u00a0₽"
    assert dress("AT", "EUR", NO_BREAK).amount(123450) == "€\u00a01.234,50"
    assert dress("US", "USD", NO_BREAK).amount(123450) == "$1,234.50"


def test_what_is_no_iso_day_stays_as_it_is() -> None:
    for country in ("RU", "US", "SE", ""):
        assert dress(country, "").day("") == ""
        assert dress(country, "").day("some day") == "some day"


def test_most_of_the_year_first_countries_are_known_for_it() -> None:
    asked = "SE LT HU CN JP KR TW CA ZA RU DE US GB"
    found = [country for country in asked.split() if year_first(country)]
    assert " ".join(found) == "SE LT HU CN JP KR TW CA ZA"


def everywhere() -> list[str]:
    return [*COUNTRIES.split(), ""]


@pytest.mark.parametrize("iso", ["2026-11-21", "2026-03-04", "2024-02-29", "1985-12-31"])
def test_a_day_that_is_shown_can_be_typed(iso: str) -> None:
    for country in everywhere():
        shown = dress(country, "").day(iso)
        assert clock.read_day(shown, TODAY, country).isoformat() == iso, country
        assert clock.read_day(shown, TODAY, country, lean="past").isoformat() == iso, country
        if iso < "2026-11":
            assert clock.read_birthday(shown, TODAY, country) == iso, country


@pytest.mark.parametrize("birthday", ["--03-14", "--02-29", "--03-04", "--12-01"])
def test_a_birthday_that_is_shown_can_be_typed(birthday: str) -> None:
    for country in everywhere():
        shown = dress(country, "").day(birthday)
        assert clock.read_birthday(shown, TODAY, country) == birthday, country


def test_an_amount_that_is_shown_can_be_typed_in_every_country() -> None:
    for country in everywhere():
        for currency in CURRENCIES.split():
            worn = dress(country, currency)
            shown = worn.amount(123450)
            assert money.read(shown, worn.decimals, currency=currency) == 123450, shown


@pytest.mark.parametrize("minor", [0, 7, 999, 12345, 1234567, 10**14])
def test_an_amount_that_is_shown_can_be_typed_however_small_or_big(minor: int) -> None:
    for country in everywhere():
        for currency in ("EUR", "JPY", "KWD", "CLF"):
            worn = dress(country, currency, NO_BREAK)
            shown = worn.amount(minor)
            assert money.read(shown, worn.decimals, currency=currency) == minor, shown


@given(st.decimals(0, 10**8, places=6), st.integers(0, 6), st.sampled_from(COUNTRIES.split()))
@example(Decimal("0.999500"), 3, "AC")
@example(Decimal("1.250000"), 3, "DE")
def test_a_price_that_is_shown_can_be_typed(exact: Decimal, places: int, country: str) -> None:
    price = f"{exact:.{places}f}"
    for currency in ("RUB", "JPY", "KWD", "CLF"):
        shown = str(dress(country, currency).word(money.Price(price)))
        assert money.times("1", shown, 6) == Decimal(price) * 10**6


@given(st.integers(-(10**14), 10**14), st.sampled_from(["RU", "DE", "US", "CH", "CL", "TN"]))
def test_every_amount_can_be_typed_below_zero_too(minor: int, country: str) -> None:
    for currency in ("RUB", "EUR", "USD", "JPY", "KWD", "CLF"):
        shown = dress(country, currency).amount(minor)
        decimals = money.decimals(currency)
        assert money.read(shown, decimals, negative=True, currency=currency) == minor


def sold() -> Sentence:
    return Sentence(
        "sale {number} of {name} on {day}: {amount}, of {count}, since {since}, at {parts}",
        number=1234,
        name="2026-11-21 for 1,200.00",
        day=date(2026, 11, 21),
        amount=Amount(123450, 2),
        count=grouped(2357),
        since=Day("--03-14"),
        parts=[Number("1.5"), Number("1,000")],
    )


def test_a_sentence_is_plain_as_a_text() -> None:
    plain = (
        "sale 1234 of 2026-11-21 for 1,200.00 on 2026-11-21: 1,234.50, of 2,357, since --03-14, "
        "at 1.5, 1,000"
    )
    assert sold() == plain
    assert f"{sold()}" == plain


def test_a_sentence_is_worded_as_in_the_country_and_names_stay() -> None:
    assert dress("RU", "RUB").text(sold()) == (
        "sale 1234 of 2026-11-21 for 1,200.00 on 21.11.2026: 1 234,50 ₽, of 2 357, since 14.03, "
        "at 1,5; 1 000"
    )
    assert dress("US", "USD").text(sold()) == (
        "sale 1234 of 2026-11-21 for 1,200.00 on 11/21/2026: $1,234.50, of 2,357, since 03/14, "
        "at 1.5, 1,000"
    )


def test_sentences_are_put_into_each_other() -> None:
    whole = Sentence(
        "{why}; also {what}", why=Sentence("since {day}", day=TODAY), what="2026-11-21"
    )
    assert whole == "since 2026-11-21; also 2026-11-21"
    assert dress("GB", "GBP").text(whole) == "since 21/11/2026; also 2026-11-21"


def test_a_text_that_is_no_sentence_stays() -> None:
    assert dress("RU", "RUB").text("on 2026-11-21 for 1,200.00") == "on 2026-11-21 for 1,200.00"


def test_an_amount_may_name_its_currency_in_a_plain_text() -> None:
    sentence = Sentence("{money} left", money=Amount(120000, 2, "EUR"))
    assert sentence == "1,200.00 EUR left"
    assert dress("DE", "EUR").text(sentence) == "1.200,00 € left"
    assert Sentence("{money}", money=Amount(120000, 2, group="")) == "1200.00"
