"""Words of Bulgarian letterforms that a recogniser misread."""

import pytest

from files.letterforms import mended

AROUND = "Съветът на общината обсъди доКлада за бюджета."


@pytest.mark.parametrize(
    ("read", "meant"),
    [("npakmukama", "практиката"), ("Npakmuka", "Практика"), ("Heycnexume", "Неуспехите"), ("3amoBa", "Затова"),
     ("еКипи", "екипи"), ("отгоВори", "отговори"), ("ВсяКо", "Всяко"), ("koumo", "които")],
)  # fmt: skip
def test_a_misread_word_is_mended_among_cyrillic_ones(read: str, meant: str) -> None:
    assert mended(f"{AROUND} {read} решения.") == f"Съветът на общината обсъди доклада за бюджета. {meant} решения."


@pytest.mark.parametrize("text", [
    f"{AROUND.replace('доКлада', 'доклада')} Europe npakmuka",  # no sign of such letterforms on the page
    "The council of npakmuka discussed the budget of the city.",  # an English page
    "",
])  # fmt: skip
def test_other_pages_are_left_as_they_are(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize("word", ["Facebook", "XLSX", "2024", "333", "Wagtail", "ООН", "iPhone"])
def test_a_word_that_is_no_bulgarian_one_is_left_as_it_is(word: str) -> None:
    assert mended(f"{AROUND} {word} решения.").endswith(f" {word} решения.")
