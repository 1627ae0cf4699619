"""Bulgarian in Latin letters."""

import unicodedata

import pytest

from hub.transliteration import slug_from, transliterate


@pytest.mark.parametrize(
    ("bulgarian", "latin"),
    [
        ("Стара Загора", "Stara Zagora"),
        ("Търговище", "Targovishte"),
        ("Троян", "Troyan"),
        ("Силистра", "Silistra"),
        ("Стамболийски", "Stamboliyski"),
        ("Ямбол", "Yambol"),
        ("Джебел", "Dzhebel"),
        ("Шипченски проход", "Shipchenski prohod"),
        ("България", "Bulgaria"),
        ("София", "Sofia"),
        ("Мария", "Maria"),
        ("Бактрия и Лудогорие", "Baktria i Ludogorie"),
        ("Щъркелово гнездо", "Shtarkelovo gnezdo"),
        ("ЮНЕСКО", "YUNESKO"),
        ("ЖК Младост", "ZHK Mladost"),
        ("ѝ", "i"),
        ("Синьо", "Sinyo"),
        ("Пазарджишко ждрело", "Pazardzhishko zhdrelo"),
    ],
)
def test_names_are_written_as_the_act_has_them(bulgarian: str, latin: str) -> None:
    written = transliterate(bulgarian)

    assert written == latin


def test_what_is_not_bulgarian_stays_as_it_is() -> None:
    written = transliterate("Better Reykjavík 2024 – идеи")

    assert written == "Better Reykjavík 2024 – idei"


@pytest.mark.parametrize("text", ["й", "Й", "Рай", "ѝ"])
def test_a_decomposed_letter_is_written_like_a_composed_one(text: str) -> None:
    written = transliterate(unicodedata.normalize("NFD", text))

    assert written == transliterate(text)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Общественият бюджет на Тарту", "obshtestveniyat-byudzhet-na-tartu"),
        ("  Какво? – „Защо“!  ", "kakvo-zashto"),
        ("Reykjavík", "reykjavik"),
        ("2024 г.", "2024-g"),
        ("???", ""),
    ],
)
def test_an_address_is_made_of_ascii_letters_digits_and_hyphens(title: str, slug: str) -> None:
    address = slug_from(title)

    assert address == slug
