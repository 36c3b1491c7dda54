"""What the columns of a file may be called, in English and in Russian."""

from __future__ import annotations

import re

from clientbase import messengers
from clientbase.normal import fold

# Field: the headers it is known by, the surest first. Letter case, spaces and marks are aside.
_PERSON = {
    "client_id": "client_id customer_id customer_code customerid client_code клиент_id код_клиента",
    "name": "name client customer full_name client_name customer_name фио клиент имя имя_клиента",
    "first_name": "first_name given_name",
    "last_name": "last_name surname family_name фамилия",
    "phone": "phone tel telephone mobile phone_number телефон тел мобильный номер_телефона",
    "email": "email e_mail mail email_address почта электронная_почта эл_почта",
    "clientbase_id": "clientbase_id",
}
_SALE = {
    "ref": "order_id invoice invoice_no ref order order_no order_number invoice_number receipt"
    " номер_заказа заказ №_заказа номер_чека чек",
    "date": "date order_date invoice_date sale_date sold_on дата дата_заказа дата_продажи",
    "quantity": "qty quantity количество кол_во",
    "price": "price unit_price цена",
    "amount": "amount total sum revenue сумма итого стоимость",
    "product": "product item description товар услуга наименование номенклатура",
    "category": "category категория",
    "channel": "channel source канал источник",
    "note": "note comment комментарий примечание заметка",
    "refund_of": "refund_of",
    "sale_discount": "sale_discount",
    "sale": "sale_in_file",
}
_CONTACT = {
    "kind": "kind вид",
    "organisation": "organisation organization company организация компания",
    "post": "post position job_title должность",
    "birthday": "birthday birth_date date_of_birth день_рождения дата_рождения",
    "sex": "sex gender пол",
    "city": "city город",
    "region": "region регион область",
    "address": "address адрес",
    "occupation": "occupation профессия род_занятий",
    "preferred_channel": "preferred_channel",
    "hours": "hours",
    "manager": "manager менеджер ответственный",
    "channel": "channel source канал источник",
    "referred_by": "referred_by_clientbase_id",
    "tags": "tags tag теги метки",
    "note": "note comment комментарий примечание заметка",
    "entered_on": "entered_on",
    "telegram": "telegram",
    "whatsapp": "whatsapp",
    "viber": "viber",
    "instagram": "instagram",
    "vk": "vk вконтакте",
    "facebook": "facebook",
    "skype": "skype",
    "other": "other_messenger",
}
# A contact may have several of these: phone, phone2, …; a header may come with its number.
SEVERAL = ("phone", "email", *messengers.KINDS)

_ASIDE = re.compile(r"[\s_.:*-]+")
_NUMBERED = re.compile(r"(.*?)([2-9]|1[0-9]?|2[0-9])")


def key(header: str) -> str:
    """Return what a header is compared by."""
    return _ASIDE.sub("", fold(header))


def _keys(known: dict[str, str]) -> dict[str, list[str]]:
    return {field: [key(header) for header in text.split()] for field, text in known.items()}


FIELDS: dict[str, dict[str, list[str]]] = {
    "sales": _keys({**_PERSON, **_SALE}),
    "contacts": _keys({**_PERSON, **_CONTACT}),
}


def meaning(kind: str, header: str) -> str:
    """Return the field that a header stands for in a file of a kind, or ''.

    A number after a phone, an e-mail or a messenger makes it the next one: `phone2`.
    """
    wanted = key(header)
    for field, keys in FIELDS[kind].items():
        if wanted in keys:
            return field
    numbered = _NUMBERED.fullmatch(wanted)
    if numbered:
        for field in SEVERAL:
            if numbered[1] in FIELDS[kind].get(field, ()):
                return field if numbered[2] == "1" else f"{field}{numbered[2]}"
    return ""


def own(name: str) -> str:
    """Return the header of a custom field in an export: its name, marked where it means more."""
    return f"{name} (field)" if meaning("contacts", name) else name


def family(field: str) -> str:
    """Return what a field is one of several of: `phone` of `phone2`."""
    bare = field.rstrip("0123456789")
    return bare if bare in SEVERAL else field
