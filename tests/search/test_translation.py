"""A question put in the other language: by the glossary, the dictionary and the letters of a name."""

import pytest

from search.glossary import glossary
from search.query import parse, read
from search.translation import can_be_translated, is_sure, loosened, translated
from tests.factories.search import make_term

pytestmark = pytest.mark.django_db


def _terms(text: str, language: str) -> list[set[str]]:
    reading = translated(read(parse(text), language), language, glossary(None))
    return [set(clause.all_terms) for clause in reading.clauses]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("гласуването", "bg", "vote"),
        ("cities", "en", "град"),
        ("2024", "bg", "2024"),
        ("Interreg", "bg", "interreg"),
        ("Казичене", "bg", "kazichen"),
        ("Kazichene", "en", "казичене"),
    ],
)
def test_a_word_is_asked_for_by_what_it_may_mean(text: str, language: str, expected: str) -> None:
    (terms,) = _terms(text, language)

    assert expected in terms


def test_the_first_sense_counts_more_than_the_others() -> None:
    (clause,) = translated(read(parse("petition"), "en"), "en", glossary(None)).clauses

    shares = {term: max(way.share for way in clause.ways if term in way.groups[0]) for term in ("петиция", "жалба")}
    assert shares["петиция"] == 1.0
    assert shares["жалба"] < 1.0


def test_the_glossary_comes_before_the_dictionary() -> None:
    make_term("обществен посредник", term_en="ombudsman")

    (clause,) = translated(read(parse("обществения посредник"), "bg"), "bg", glossary(None)).clauses

    best = [way.groups for way in clause.ways if way.share == 1.0]
    assert (("ombudsman",),) in best


def test_a_phrase_of_the_dictionary_is_one() -> None:
    assert len(_terms("human rights", "en")) == 1


def test_every_word_is_asked_for_even_one_that_nobody_knows() -> None:
    assert len(_terms("петиция xqzvkjw", "bg")) == 2


def test_a_quotation_is_not_to_be_translated() -> None:
    assert not can_be_translated(read(parse("„петиция“"), "bg"))
    assert can_be_translated(read(parse("петиция"), "bg"))


def test_a_looser_reading_asks_for_fewer_words_down_to_the_half() -> None:
    readings = loosened(read(parse("петиция парк училище жребий"), "bg"), "bg", glossary(None))

    sizes = [{len(way.groups) for way in reading.clauses[0].ways} for reading in readings[1:]]
    assert [max(size - {4}) for size in sizes] == [3, 2]


def test_words_of_a_family_come_near() -> None:
    (near,) = loosened(read(parse("правителствен"), "bg"), "bg", glossary(None))

    assert "govern" in near.clauses[0].all_terms


@pytest.mark.parametrize(
    ("typed", "sure"),
    [("Украйна", True), ("квазоръм", True), ("томбола балкон", True), ("поливам", False), ("избор", False)],
)
def test_what_a_word_alone_means_is_sure_if_it_is_a_name(typed: str, sure: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_sure(read(parse(typed), "bg"), "bg", glossary(None)) is sure


def test_what_a_word_alone_means_is_sure_if_it_is_a_term() -> None:
    make_term("избор", term_en="choice")

    assert is_sure(read(parse("избори"), "bg"), "bg", glossary(None))
