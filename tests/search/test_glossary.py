"""The glossary as finding reads it: which words are a term, and what else is searched for with them."""

import pytest

from search.asking import Wish, ask
from search.engines import Alternative, Clause, engine
from search.glossary import glossary
from search.models import GlossaryTerm, IndexState
from search.query import parse, read
from tests.factories.search import make_record, make_term, write

pytestmark = pytest.mark.django_db


def _widened(text: str, language: str = "bg") -> tuple[Clause, ...]:
    return glossary(None).widened(read(parse(text), language).clauses, language)


def _found(text: str, language: str = "bg") -> list[str]:
    return [hit.key for hit in ask(parse(text), language, Wish()).answer.hits]


def test_an_inflected_term_is_recognised_and_widened_by_its_synonyms() -> None:
    make_term("гражданско жури", synonyms_bg="жури от граждани")

    (clause,) = _widened("гражданските журита")

    assert clause.text == "гражданските журита"
    assert [way.share for way in clause.ways] == [1.0, 0.6]


def test_the_longest_term_is_taken() -> None:
    make_term("бюджет", synonyms_bg="сметка")
    make_term("граждански бюджет", synonyms_bg="партиципативно бюджетиране")

    clauses = _widened("граждански бюджет в Бургас")

    assert [clause.text for clause in clauses] == ["граждански бюджет", "Бургас"]


def test_a_quotation_asks_for_its_own_words() -> None:
    make_term("петиция", synonyms_bg="подписка")
    write(engine(), make_record(text="подписка"))

    assert _found("„петиция“") == []


def test_an_abbreviation_that_is_a_word_is_a_term_in_capitals_only() -> None:
    make_term("екологична оценка", term_en="strategic environmental assessment", synonyms_en="SEA")

    assert _widened("sea", "en")[0].alternatives == ()
    assert _widened("SEA", "en")[0].alternatives != ()


def test_what_holds_the_typed_words_comes_before_what_holds_a_synonym() -> None:
    make_term("петиция", synonyms_bg="подписка")
    write(engine(), make_record(key="thing:a", text="подписка"), make_record(key="thing:b", text="петиция"))

    assert _found("петиции") == ["thing:b", "thing:a"]


def test_synonyms_change_nothing_about_the_order_of_what_holds_the_words() -> None:
    records = [make_record(text="петиция " * number + "и още думи " * 5) for number in range(1, 6)]
    write(engine(), *records)
    before = _found("петиция")
    make_term("петиция", synonyms_bg="подписка")

    assert _found("петиция") == before


def test_a_term_that_nothing_holds_as_a_whole_is_still_looked_for_word_by_word() -> None:
    make_term("граждански панел", synonyms_bg="панел от граждани")
    write(engine(), make_record(key="thing:a", text="панел"))

    assert _found("граждански панел") == ["thing:a"]


def test_a_page_is_found_by_the_name_in_the_other_language() -> None:
    make_term("граждански бюджет", term_en="participatory budgeting")
    write(engine(), make_record(key="thing:a", text="Граждански бюджет в Порто Алегре"))

    assert _found("participatory budgeting") == ["thing:a"]


def test_a_changed_term_is_read_again_at_once() -> None:
    term = make_term("петиция", synonyms_bg="подписка")
    write(engine(), make_record(key="thing:a", text="молба"))
    assert _found("петиция") == []

    term.synonyms_bg = "подписка\nмолба"
    term.save()

    assert "thing:a" in _found("петиция")


def test_the_glossary_stays_in_memory_for_a_token() -> None:
    make_term("петиция")
    token = str(IndexState.current_token())
    first = glossary(token)

    GlossaryTerm.objects.all()._raw_delete("default")

    assert glossary(token) is first


def test_a_synonym_of_several_words_must_stand_as_a_whole() -> None:
    make_term("референдум", synonyms_bg="допитване до гражданите")

    (clause,) = _widened("референдум")

    (way,) = clause.alternatives
    assert isinstance(way, Alternative)
    assert len(way.groups) == 2
