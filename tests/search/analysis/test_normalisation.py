"""What keyboards, PDFs and phones do to words, and how they are compared all the same."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import analyse, normalise

ALPHABET = (
    "абвийѝьъАЙЁaceopxyABCIß ıİ’'-‐\u00ad\u200b\u0301\u0306\u0300\n\r\t \u00a0.,0123456789№_½ﬁ…„“\x00\ud800\udfffпонай"
)
NOISE = st.text(alphabet=ALPHABET, max_size=30) | st.text(alphabet=st.characters(), max_size=30)
LANGUAGES = st.sampled_from(["bg", "en"])


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("на́предването", "напредването"),
        ("докуме\u00adнти", "документи"),
        ("напpедванетo", "напредването"),
        ("ОБЩИНАТА", "общината"),
        ("и\u0306од", "йод"),
        ("Ѝ", "и"),
        ("общин-\nските", "общинските"),
        ("общин\u00ad\r\n  ските", "общинските"),
        ("Burgаs", "burgas"),
        ("ﬁnance", "finance"),
        ("caf\u00e9", "cafe"),
        ("пре\u200bдимство", "предимство"),
    ],
)
def test_a_word_is_compared_in_one_way_of_writing(written: str, word: str) -> None:
    assert [token.word for token in analyse(written, "bg")] == [word]


def test_a_letter_that_is_no_accent_stays() -> None:
    assert normalise("Йордан и общий край") == "йордан и общий край"


@pytest.mark.parametrize(
    "written", ["87 657,14", "87\u00a0657,14", "87\u202f657.14", "87,657.14", "87.657,14", "87657.14"]
)
def test_a_number_is_one_word_however_it_is_written(written: str) -> None:
    (token,) = analyse(f"{written} лв.", "bg")[:-1]

    assert token.word == "87657.14"
    assert "87657" in token.terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024г.", ["2024", "г"]),
        ("12.03.2024 г.", ["12", "03", "2024", "г"]),
        ("1 234 567", ["1234567"]),
        ("през 2024 100 души", ["през", "2024", "100", "души"]),
        ("чл. 5а", ["чл", "5а"]),
        ("COVID-19", ["covid", "19"]),
        ("webстраница", ["web", "страница"]),
        ("градско-\nселски", ["градско", "селски"]),
        ("северо-\nИзток", ["северо", "изток"]),
        ("име_на_файл", ["име", "на", "файл"]),
    ],
)
def test_text_falls_into_the_words_that_a_reader_sees(text: str, words: list[str]) -> None:
    assert [token.word for token in analyse(text, "bg")] == words


def test_a_thousand_may_be_written_with_either_mark() -> None:
    assert "1234" in analyse("1,234", "en")[0].terms
    assert "1234" in analyse("1.234", "bg")[0].terms


def test_places_are_those_of_the_text_as_the_reader_sees_it() -> None:
    text = "Жителите на квар\u00adта́лите обсъж-\nдат това"

    seen = [text[token.start : token.end] for token in analyse(text, "bg")]

    assert seen == ["Жителите", "на", "квар\u00adта́лите", "обсъж-\nдат", "това"]


@pytest.mark.parametrize(("language", "word"), [("bg", "со"), ("en", "co")])
def test_a_word_that_both_scripts_can_write_is_read_in_the_language(language: str, word: str) -> None:
    (token,) = analyse("cо", language)

    assert token.word == word


def test_an_endless_word_is_cut_into_pieces_that_an_index_can_hold() -> None:
    tokens = analyse("я" * 1000, "bg")

    assert max(len(token.word) for token in tokens) <= 128
    assert sum(len(token.word) for token in tokens) == 1000


@given(NOISE, LANGUAGES)
@example("по-\nголям", "bg")
@example("и\u0306" * 80, "bg")
@example("½İ", "en")
def test_every_token_lies_in_the_text_and_reads_as_its_word(text: str, language: str) -> None:
    end = 0
    for token in analyse(text, language):
        assert end <= token.start < token.end <= len(text)
        end = token.end
        assert normalise(text[token.start : token.end], language) == token.word


@given(NOISE, LANGUAGES)
def test_words_and_terms_hold_no_space_and_are_never_empty(text: str, language: str) -> None:
    for token in analyse(text, language):
        assert token.terms
        assert all(part and not any(map(str.isspace, part)) for part in (token.word, *token.terms))


@given(NOISE, LANGUAGES)
def test_normalising_twice_changes_nothing(text: str, language: str) -> None:
    once = normalise(text, language)

    assert normalise(once, language) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet="абвгдйѝежзийклуaeopй -\u0301", max_size=30))
def test_decomposed_text_has_the_same_terms(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert [t[:2] for t in analyse(composed, "bg")] == [t[:2] for t in analyse(decomposed, "bg")]
