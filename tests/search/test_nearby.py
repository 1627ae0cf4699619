"""What leads on where few records hold all the words, or none."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from search.engines import engine
from search.finder import Finder
from tests.factories.hub import make_theme
from tests.factories.search import make_record, write


def _finder(client: Client, **query: Any) -> Finder:
    response: Any = client.get("/bg/search/", query)
    finder: Finder = response.context["results"]
    return finder


@pytest.fixture
def records(home: Page) -> None:
    """Records that hold all, two and one of three words."""
    write(
        engine(),
        make_record(key="a", title="Пълно", text="Жребият избира гражданите в съвета."),
        make_record(key="b", title="Две", text="Жребият избира гражданите.", facets={"year": ("2020",)}),
        make_record(key="c", title="Едно", text="Съветът заседава."),
        make_record(key="d", title="Нищо", text="Времето е хубаво."),
    )


def test_what_holds_a_part_of_the_words_comes_after_what_holds_all(client: Client, records: None) -> None:
    finder = _finder(client, q="жребий граждани съвет")

    assert [hit.title for hit in finder.hits] == ["Пълно"]
    assert [hit.title for hit in finder.near] == ["Две", "Едно"]
    assert finder.total == 1
    assert finder.near[0].fragments[0].parts[0] == ("Жребият", True)


def test_filters_hold_for_it_too(client: Client, records: None) -> None:
    assert [hit.title for hit in _finder(client, q="жребий граждани съвет", year="2020").near] == ["Две"]


def test_what_is_excluded_or_quoted_is_not_passed_over(client: Client, records: None) -> None:
    without = _finder(client, q="жребий граждани съвет -избира")

    assert [hit.title for hit in [*without.hits, *without.near]] == ["Едно"]
    assert [hit.title for hit in _finder(client, q="„жребият избира“ съвет време").near] == ["Пълно"]
    assert _finder(client, q="„съветът заседава“ жребий граждани").near == []


@pytest.mark.parametrize("query", ["жребий", "няматакова", "няматакова пъквотова", ""])
def test_nothing_is_near_one_word_or_none(client: Client, records: None, query: str) -> None:
    assert not _finder(client, q=query).near


def test_the_literal_search_has_nothing_near(client: Client, records: None) -> None:
    assert not _finder(client, q="жребий граждани съвет", literal=1).near


def test_nothing_found_offers_themes_those_named_first(client: Client, home: Page) -> None:
    make_theme(slug="youth", name_bg="Млади хора", name_en="Young people")
    make_theme(slug="water", name_bg="Води и въздух", name_en="Water and air")
    make_theme(slug="empty", name_bg="Празна", name_en="Empty")
    records = [make_record(facets={"theme": ("youth",)}) for _ in range(3)]
    write(engine(), *records, make_record(facets={"theme": ("water",)}))

    themes = _finder(client, q="въздухът няматакова").themes

    assert [(theme.label, theme.count) for theme in themes] == [("Води и въздух", 1), ("Млади хора", 3)]
    assert _finder(client, theme="water").total == 1
    assert themes[0].url == "/bg/search/?theme=water"
