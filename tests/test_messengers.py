"""Names in messengers."""

from __future__ import annotations

import pytest

from clientbase.errors import Misuse, Refused
from clientbase.messengers import messenger


@pytest.mark.parametrize(
    ("kind", "typed", "name"),
    [
        ("telegram", " @Ivan_P ", "ivan_p"),
        ("telegram", "https://t.me/Ivan_P", "ivan_p"),
        ("telegram", "8 926 123-45-67", "+79261234567"),
        ("telegram", "t.me/+79261234567", "+79261234567"),
        ("whatsapp", "8 (926) 123-45-67", "+79261234567"),
        ("whatsapp", "https://wa.me/442070313000?text=hello", "+442070313000"),
        ("whatsapp", "https://api.whatsapp.com/send?phone=79261234567&text=a", "+79261234567"),
        ("viber", "viber://chat?number=%2B79261234567", "+79261234567"),
        ("vk", "https://m.vk.com/id123", "id123"),
        ("vk", "vk.com/Ivan?from=search", "ivan"),
        ("instagram", "https://www.instagram.com/Shop.Ru/", "shop.ru"),
        ("facebook", "facebook.com/profile.php?id=100", "profile.php?id=100"),
        ("skype", "skype:live:.cid.AB", "live:.cid.ab"),
        ("other", "Signal: Ivan / home", "Signal: Ivan / home"),
    ],
)
def test_one_user_has_one_name_however_it_is_typed(kind: str, typed: str, name: str) -> None:
    assert messenger(kind, typed, "RU") == name


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("telegram", "@", "@ is not a name in telegram"),
        ("vk", "Ivan Petrov", "Ivan Petrov is not a name in vk"),
        ("instagram", "instagram.com/p/abc", "instagram.com/p/abc is not a name in instagram"),
        ("viber", "ivan", "ivan is not a phone number: it has no digits"),
        ("vk", " ", "a text is needed here, and it is empty"),
    ],
)
def test_what_is_no_name_is_refused(kind: str, typed: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        messenger(kind, typed, "RU")
    assert caught.value.message == sentence
    assert caught.value.hint


def test_a_messenger_nobody_knows_is_a_slip_of_the_pen() -> None:
    with pytest.raises(Misuse) as caught:
        messenger("icq", "123", "RU")
    assert caught.value.message == "there is no messenger called icq"
    assert caught.value.hint == (
        "one of: telegram, whatsapp, viber, instagram, vk, facebook, skype, other"
    )
