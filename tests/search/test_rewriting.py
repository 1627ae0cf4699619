"""How a query that finds nothing as it was typed may have been meant."""

import re

import pytest

from hub.searchable import Passage, Record
from search.engines.database import DatabaseEngine
from search.entries import Entry
from search.query import parse
from search.rewriting import COMPLETION, rewritings
from search.rewriting.layouts import typed_on_the_other_layout

pytestmark = pytest.mark.django_db

TEXTS = {
    "bg": [
        "Читалището в Ковачевци обсъди решението за чешмата. Живущите получиха отговор.",
        "Общинският съвет прие бюджета; участието на гражданите беше голямо.",
        "Семейство Зеленски посети библиотеката, а Decidim показа плащанията.",
        "Въпросът за чистотата щеше да бъде приключен. Шествието събра хора.",
    ],
    "en": ["The village council answered quickly, and neighbours became volunteers."],
}


@pytest.fixture(autouse=True)
def index() -> None:
    """Index some sentences."""
    texts = [(language, place, text) for language, found in TEXTS.items() for place, text in enumerate(found)]
    records = [
        Record(key=f"{language}{place}", language=language, kind="page", title="", url="/", passages=(Passage(text),))
        for language, place, text in texts
    ]
    DatabaseEngine().write(map(Entry.of, records))


def meant(typed: str, language: str = "bg") -> list[str]:
    """Return all other readings of a query, the likeliest first, those with longer last words left out."""
    return [
        other.query.text
        for together in rewritings(parse(typed), language)
        for other in sorted(together, key=lambda one: one.strain)
        if other.rewriting != COMPLETION
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("uchastieto na grazhdanite", "участието на гражданите"),
        ("obshtinski savet", "общински съвет"),
        ("reshenieto vaprosat", "решението въпросът"),
        ("zhivushtite poluchiha otgovor", "живущите получиха отговор"),
    ],
)
def test_official_latin_letters_are_written_back(typed: str, words: str) -> None:
    assert meant(typed)[0] == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("u4astieto na grajdanite", "участието на гражданите"),
        ("ob6tinski syvet", "общински съвет"),
        ("obshtinski suvet", "общински съвет"),
        ("jivu6tite polu4iha otgowor", "живущите получиха отговор"),
        ("vyprosyt za 4istotata", "въпросът за чистотата"),
        ("uchastieto na semeistvoto", "участието на семейството"),
        ("6estwieto", "шествието"),
        ("prikliuchen", "приключен"),
        ("priklju4en", "приключен"),
    ],
)
def test_chat_letters_are_written_back(typed: str, words: str) -> None:
    assert meant(typed)[0] == words


def test_a_whole_sentence_is_written_back() -> None:
    typed = "chitalishteto v kovachevtsi obsadi reshenieto za cheshmata zhivushtite poluchiha otgovor na vaprosat"

    assert meant(typed)[0] == (
        "читалището в ковачевци обсъди решението за чешмата живущите получиха отговор на въпросът"
    )


@pytest.mark.parametrize("typed", ["zelenski", "kova4evci", "kovachevtsi"])
def test_names_that_only_the_index_knows_are_written_back(typed: str) -> None:
    assert meant(typed)[0] in {"зеленски", "ковачевци"}


def test_forms_of_words_that_stand_in_another_form_are_written_back() -> None:
    assert meant("chitalishta")[0] == "читалища"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("wyprosyt ]e[e", "въпросът щеше"),  # traditional phonetic, «ЯВЕРТЪ»
        ("`istotata", "чистотата"),
        (r"prikl\`en", "приключен"),
        ("RE{ENIETO", "РЕШЕНИЕТО"),
        ("vyprosyt ]ewe", "въпросът щеше"),  # phonetic of 2006, «ЧШЕРТЪ»
        ("graxdanite", "гражданите"),
        ("prikl`qen", "приключен"),
        ("lcm,ficj yete", "въпросът щеше"),  # standard, БДС 5237
        ("'rijfjdjd", "чистотата"),
        (",etekrejf kd teijlrejf", "решението на шествието"),
        ("<ETEKREJF", "РЕШЕНИЕТО"),
    ],
)
def test_bulgarian_typed_on_latin_keys_is_understood_signs_and_all(typed: str, words: str) -> None:
    assert meant(typed)[0] == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("жиллаге цоунцил ансверед яуицклъ", "village council answered quickly"),
        ("виллаге цоунцил", "village council"),
        ("эсввьже ъдкхъсв ьхяуеиеа ,ксънвщ", "village council answered quickly"),
        ("жолунтеерс", "volunteers"),
    ],
)
def test_english_typed_on_bulgarian_keys_is_understood(typed: str, words: str) -> None:
    assert meant(typed, "en")[0] == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("читлището", "читалището"),
        ("учасстието", "участието"),
        ("бюдежта", "бюджета"),
        ("шествиетп на хора", "шествието на хора"),
        ("общински съвер", "общински съвет"),
        ("библиотеки Зелински", "библиотеки зеленски"),
        ("живушите", "живущите"),
    ],
)
def test_slips_are_mended(typed: str, words: str) -> None:
    assert meant(typed)[0] == words


def test_slips_in_english_are_mended_by_the_words_of_the_index() -> None:
    assert meant("neihgbours voluntears", "en")[0] == "neighbours volunteers"


def test_a_slip_in_a_form_that_stands_nowhere_is_mended_by_the_dictionary() -> None:
    assert meant("библотеки")[0] == "библиотеки"


def test_a_slip_in_latin_letters_is_mended_too() -> None:
    assert "участието на гражданите" in meant("uchstieto na grazhdanite")


def test_a_word_that_is_right_in_itself_is_doubted_only_beside_others() -> None:
    assert "шествието събра" in meant("шествието събора")
    assert meant("събора") == []


def test_names_in_latin_letters_stay_where_the_index_has_them() -> None:
    assert meant("decidim plashtaniqta")[0] == "decidim плащанията"


def test_signs_around_the_words_stay() -> None:
    assert meant('-"obshtinski savet" byudzhet')[0] == "-„общински съвет“ бюджет"


def test_in_a_short_word_a_wrong_letter_must_be_near_the_right_one_or_sound_alike() -> None:
    assert meant("съвдт")[0] == "съвет"
    assert meant("съвбт") == []


@pytest.mark.parametrize("typed", ["съвт", "хоро", "сора", "уора", "съвин"])
def test_a_short_word_that_nobody_knows_is_not_taken_for_any_other(typed: str) -> None:
    assert meant(typed) == []


@pytest.mark.parametrize("typed", ["aglomerat", "4okolad", "zhelanie", "drenki"])
def test_latin_letters_that_are_a_word_of_the_dictionary_are_no_slip(typed: str) -> None:
    assert [meant(typed), meant(typed, "en")] == [[], []]


def test_an_english_word_that_the_dictionary_knows_is_no_slip() -> None:
    assert meant("neighbours counsel", "en") == []
    assert meant("voluntears", "en") == ["volunteers"]
    assert meant("vilage counciil", "en")[0] == "village council"


@pytest.mark.parametrize("typed", ["агломерат", "щщъьжцхз", "2024", "бюджета", ""])
def test_what_stands_nowhere_and_what_is_right_is_left_alone(typed: str) -> None:
    assert meant(typed) == []


def test_signs_inside_words_speak_for_another_layout_and_against_latin_letters() -> None:
    assert meant("]e[e za")[0] == "щеше за"
    assert meant("does]a", "en") == []


@pytest.mark.parametrize(("typed", "language"), [("ския", "en"), ("преш", "en"), (",dor'el", "bg"), ("/f'el", "bg")])
def test_no_layout_makes_a_letter_a_sign_beside_a_word(typed: str, language: str) -> None:
    texts = [text for _, text in typed_on_the_other_layout(typed, language)]

    assert [text for text in texts if re.search(r"[\[\];/`]|(?<!\S)[.,]|\w'\w", text)] == []


def test_a_query_of_endless_nonsense_costs_little() -> None:
    typed = " ".join(f"{letter}xqzwyjk{letter}" for letter in "abcdefghijklmnopqrstuvwxyz") + " щръцгх" * 40

    assert len(meant(typed)) < 10
