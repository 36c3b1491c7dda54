"""Which column fills which field: by name, by what the owner says, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientbase.errors import Misuse, Refused
from clientbase.exchange.columns import Wishes, match
from clientbase.exchange.plan import wishes

if TYPE_CHECKING:
    from collections.abc import Callable

# The names that the documentation promises, by field.
SALES = {
    "ref": "order_id invoice invoiceno ref",
    "client_id": "client_id customer_id customer_code customerid",
    "name": "name client customer",
    "phone": "phone tel",
    "email": "email e-mail",
    "date": "date order_date invoicedate",
    "quantity": "qty quantity",
    "price": "price unitprice",
    "amount": "amount total sum revenue",
    "product": "product item description",
    "category": "category",
    "channel": "channel",
    "note": "note",
}
RUSSIAN_SALES = {
    "ref": ["Номер заказа"],
    "client_id": ["Код клиента"],
    "name": ["Клиент", "Имя", "ФИО"],
    "phone": ["Телефон"],
    "email": ["Email", "Почта"],
    "date": ["Дата"],
    "quantity": ["Количество"],
    "price": ["Цена"],
    "amount": ["Сумма"],
    "product": ["Товар"],
    "category": ["Категория"],
    "channel": ["Канал"],
    "note": ["Комментарий"],
}
CONTACTS = {
    "client_id": ["client_id", "Код клиента"],
    "organisation": ["organisation"],
    "post": ["post"],
    "city": ["city", "Город"],
    "region": ["region"],
    "address": ["address", "Адрес"],
    "birthday": ["birthday", "День рождения"],
    "sex": ["sex"],
    "occupation": ["occupation"],
    "channel": ["channel", "Канал"],
    "manager": ["manager"],
    "tags": ["tags"],
    "note": ["note", "Комментарий"],
    "phone2": ["phone2", "Телефон 2"],
    "email3": ["email3", "E-mail 3"],
}
ENGLISH = [(field, name) for field, names in SALES.items() for name in names.split()]
RUSSIAN = [(field, name) for field, names in RUSSIAN_SALES.items() for name in names]
PEOPLE = [(field, name) for field, names in CONTACTS.items() for name in names]


def places(kind: str, headers: list[str], *maps: str) -> dict[str, int]:
    return match(kind, headers, wishes(maps, ())).places


@pytest.mark.parametrize(("field", "name"), [*ENGLISH, *RUSSIAN])
@pytest.mark.parametrize("spelt", [str, str.upper, lambda name: f" {name.replace('_', ' ')} "])
def test_a_header_of_sales_is_known_in_any_letter_case(
    field: str, name: str, spelt: Callable[[str], str]
) -> None:
    rest = [known for known in ("date", "amount") if known != field]
    assert places("sales", [*rest, spelt(name)])[field] == len(rest)


@pytest.mark.parametrize(("field", "name"), PEOPLE)
def test_a_header_of_contacts_is_known(field: str, name: str) -> None:
    assert places("contacts", ["name", name])[field] == 1


def test_what_is_mapped_is_matched_to_nothing_else() -> None:
    headers = ["order_date", "customer_id", "revenue", "first_name", "last_name", "email"]
    mapping = match("sales", headers, wishes(["name=customer_id"], ()))
    assert mapping.places == {"name": 1, "date": 0, "amount": 2, "email": 5}
    assert mapping.aside == ["first_name", "last_name"]
    assert mapping.header("amount") == "revenue"


def test_first_and_last_name_stand_for_a_name() -> None:
    headers = ["first_name", "last_name"]
    assert places("contacts", headers) == {"first_name": 0, "last_name": 1}
    assert places("contacts", ["Фамилия", "Имя"]) == {"last_name": 0, "first_name": 1}
    assert places("contacts", ["name", *headers]) == {"name": 0}


def test_of_two_headers_for_one_field_the_surer_one_wins_and_the_other_is_told() -> None:
    mapping = match("sales", ["date", "revenue", "amount", "client", "name"], Wishes())
    assert mapping.places == {"date": 0, "amount": 2, "name": 4}
    assert mapping.aside == ["revenue", "client"]


def test_several_phones_fill_one_after_the_other() -> None:
    headers = ["name", "phone", "Phone", "work", "email"]
    found = places("contacts", headers, "phone=work")
    assert found == {"phone": 3, "name": 0, "phone2": 1, "phone3": 2, "email": 4}


def test_a_column_can_be_left_aside() -> None:
    mapping = match("contacts", ["name", "sex"], wishes(["-=sex"], ()))
    assert (mapping.places, mapping.aside) == ({"name": 0}, ["sex"])


def test_a_custom_field_is_filled_by_its_name_or_as_it_is_said() -> None:
    said = wishes((), ["animal=Pet"])
    mapping = match("contacts", ["name", "Pet", "animal", "Chip no"], said, ["animal", "chip_no"])
    assert (mapping.custom, mapping.aside) == ({"animal": 1, "chip_no": 3}, ["animal"])


def test_a_custom_field_called_like_a_phone_is_filled_where_it_is_said() -> None:
    own, headers = ["mobile", "phone2"], ["name", "mobile", "phone2"]
    plain = match("contacts", headers, Wishes(), own)
    assert (plain.places, plain.custom) == ({"name": 0, "phone": 1, "phone2": 2}, {})
    said = match("contacts", headers, wishes((), ["mobile=mobile", "phone2=Phone 2"]), own)
    assert (said.places, said.custom) == ({"name": 0}, {"mobile": 1, "phone2": 2})
    exported = match("contacts", ["name", "phone", "Mobile (field)", "phone2"], Wishes(), own)
    assert exported.places == {"name": 0, "phone": 1, "phone2": 3}
    assert exported.custom == {"mobile": 2}


def test_of_custom_fields_of_nearly_one_name_each_finds_its_own_column() -> None:
    own = ["petname", "pet_name"]
    for headers in (["name", "pet_name", "petname"], ["name", "petname", "pet_name"]):
        found = match("contacts", headers, Wishes(), own)
        assert found.custom == {name: headers.index(name) for name in own}
    assert match("contacts", ["name", "Pet name"], Wishes(), own).custom == {"petname": 1}


def test_columns_without_a_header_are_told_by_their_number() -> None:
    assert match("contacts", ["name", ""], Wishes()).aside == ["column 2 without a header"]


@pytest.mark.parametrize(
    ("maps", "sentence", "hint"),
    [
        ("nmae=who", "a file of sales has no field nmae", "did you mean name?"),
        ("name=hwo", "the file has no column hwo", "did you mean who?"),
        ("name=zzzz", "the file has no column zzzz", "the headers are: date, amount, who"),
        ("name", "name does not say which column", "write it as --map FIELD=HEADER"),
        ("=who", "=who does not say which column", "write it as --map FIELD=HEADER"),
    ],
)
def test_a_slip_in_map_gets_a_sentence_and_the_nearest(maps: str, sentence: str, hint: str) -> None:
    with pytest.raises((Misuse, Refused)) as caught:
        match("sales", ["date", "amount", "who"], wishes([maps], ()))
    assert (caught.value.message, caught.value.hint) == (sentence, hint)


def test_a_field_can_be_mapped_once() -> None:
    with pytest.raises(Misuse, match="name is mapped twice"):
        match("sales", ["date", "amount", "a", "b"], wishes(["name=a", "name=b"], ()))


@pytest.mark.parametrize(
    ("kind", "headers", "sentence", "hint"),
    [
        (
            "sales",
            ["when", "name"],
            "no column for date and amount; the headers are: when, name",
            "say which column it is: --map date=HEADER",
        ),
        (
            "sales",
            ["date", "price"],
            "no column for quantity; the headers are: date, price",
            "say which column it is: --map quantity=HEADER",
        ),
        (
            "contacts",
            ["when", "city"],
            "no column for name; the headers are: when, city",
            "say which column it is: --map name=HEADER",
        ),
    ],
)
def test_what_is_missing_is_named_beside_what_is_there(
    kind: str, headers: list[str], sentence: str, hint: str
) -> None:
    with pytest.raises(Refused) as caught:
        match(kind, headers, Wishes())
    assert (caught.value.message, caught.value.hint) == (sentence, hint)
