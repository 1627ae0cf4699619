"""The words of the index and their counts, which stay right while records come and go."""

import pytest
from pytest_django import DjangoAssertNumQueries

from hub.searchable import Passage, Record
from search import known_words
from search.engines.database import DatabaseEngine
from search.entries import Entry
from search.models import Word

pytestmark = pytest.mark.django_db


def written(key: str, *texts: str, language: str = "bg") -> None:
    """Store a record with these passages."""
    passages = tuple(Passage(text) for text in texts)
    record = Record(key=key, language=language, kind="page", title="Чешма", url=f"/{key}/", passages=passages)
    DatabaseEngine().write([Entry.of(record)])


def test_a_word_counts_once_for_each_record_that_holds_it() -> None:
    written("a", "Липа до липа.", "Под липата.")
    written("b", "Липа.")

    assert known_words.counts_of("bg", ["липа", "липата", "чешма"]) == {"липа": 2, "липата": 1, "чешма": 2}


def test_a_record_written_anew_counts_out_what_it_no_longer_says() -> None:
    written("a", "Липа и бреза.")

    written("a", "Бреза и дъб.")

    assert known_words.counts_of("bg", ["липа", "бреза", "дъб"]) == {"бреза": 1, "дъб": 1}


def test_a_deleted_record_takes_its_words_along() -> None:
    written("a", "Липа.")

    DatabaseEngine().delete(["a"])
    DatabaseEngine().tidy()

    assert not Word.objects.exists()


def test_languages_are_counted_apart() -> None:
    written("a", "Decidim от 2016 г.")
    written("b", "Decidim since 2016.", language="en")

    assert known_words.counts_of("bg", ["decidim", "since"]) == {"decidim": 1}


def test_words_are_known_by_any_of_their_beginnings_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    written("a", "Общински съвет")
    written("b", "Община и общински дела")
    written("c", "Обичай")

    with django_assert_num_queries(1):
        found = known_words.beginning_with("bg", ["общин", "съв"])

    assert found == {"общински": 2, "община": 1, "съвет": 1}
    assert known_words.beginning_with("bg", []) == {}
