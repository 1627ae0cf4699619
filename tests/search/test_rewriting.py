"""How a query in Latin letters becomes Bulgarian."""

import pytest

from search.query import parse
from search.rewriting import from_latin


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("uchastie na mladite", "участие на младите"),
        ("grazhdanski byudzhet", "граждански бюджет"),
        ("obshtina", "община"),
        ("Yambol", "ямбол"),
        ("Bulgaria", "българия"),
    ],
)
def test_official_latin_letters_are_written_back(typed: str, meant: str) -> None:
    rewritten = from_latin(parse(typed), "bg")

    assert rewritten is not None
    assert rewritten.text == meant


def test_signs_around_the_words_stay() -> None:
    rewritten = from_latin(parse('-"obshtinski savet" byudzhet'), "bg")

    assert rewritten is not None
    assert rewritten.text == "-„общински съвет“ бюджет"


@pytest.mark.parametrize("typed", ["Decidim", "participatory", "бюджет", "2024", ""])
def test_what_is_no_bulgarian_word_is_left_alone(typed: str) -> None:
    assert from_latin(parse(typed), "bg") is None


def test_english_readers_are_not_rewritten() -> None:
    assert from_latin(parse("obshtina"), "en") is None
