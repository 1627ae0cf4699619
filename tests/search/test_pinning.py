"""Results that editors chose: first, once, labelled, and only what a visitor may open."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from hub.models import NewsIndexPage, NewsPage
from search.engines import engine
from search.finder import Finder
from search.models import Pin, PinnedPage
from tests.factories.hub import add_page
from tests.factories.search import make_record, write


@pytest.fixture
def news(home: Page) -> NewsIndexPage:
    """The Bulgarian list of news."""
    return add_page(home, NewsIndexPage, title="Новини")


def _pin(query: str, *pages: Page, language: str = "bg") -> Pin:
    pin = Pin(query=query, language=language)
    pin.pages = [PinnedPage(page=page, sort_order=place) for place, page in enumerate(pages)]
    pin.save()
    return pin


def _finder(client: Client, **query: Any) -> Finder:
    finder: Finder = client.get("/bg/search/", query).context["results"]
    return finder


def test_a_chosen_page_stands_first_under_its_label(client: Client, news: NewsIndexPage) -> None:
    add_page(news, NewsPage, title="Бюджет", summary="Бюджет и още бюджет.")
    chosen = add_page(news, NewsPage, title="Как се харчат парите")
    _pin("бюджет", chosen)

    finder = _finder(client, q="бюджет")

    assert [hit.title for hit in finder.hits] == ["Как се харчат парите", "Бюджет"]
    assert finder.groups[0].label
    assert [hit.title for hit in finder.groups[0].hits] == ["Как се харчат парите"]
    assert finder.total == 2


def test_other_forms_and_another_order_are_the_same_query(client: Client, news: NewsIndexPage) -> None:
    _pin("обсъждане на бюджета", add_page(news, NewsPage, title="Избрано"))

    assert _finder(client, q="бюджети обсъждания").total == 1
    assert _finder(client, q="бюджет").total == 0
    assert _finder(client, q="обсъждане на бюджета в Бургас").total == 0


def test_a_chosen_page_that_matches_too_stands_there_once(client: Client, news: NewsIndexPage) -> None:
    for number in range(12):
        add_page(news, NewsPage, title=f"Бюджет {number}")
    chosen = add_page(news, NewsPage, title="Избрано", summary="Накрая се споменава и бюджет.")
    _pin("бюджет", chosen)

    pages = [_finder(client, q="бюджет", page=number) for number in (1, 2)]

    titles = [hit.title for page in pages for hit in page.hits]
    assert titles[0] == "Избрано"
    assert len(titles) == len(set(titles)) == pages[0].total == 13


@pytest.mark.parametrize("how", ["unpublished", "restricted", "deleted"])
def test_what_a_visitor_may_not_open_is_not_shown_however_chosen(client: Client, news: NewsIndexPage, how: str) -> None:
    chosen = add_page(news, NewsPage, title="Избрано")
    _pin("бюджет", chosen)
    assert _finder(client, q="бюджет").total == 1

    match how:
        case "unpublished":
            chosen.unpublish()
        case "restricted":
            PageViewRestriction.objects.create(page=chosen, restriction_type=PageViewRestriction.LOGIN)
        case "deleted":
            chosen.delete()

    assert _finder(client, q="бюджет").total == 0


def test_a_filter_leaves_out_what_was_chosen_and_counts_it_truthfully(client: Client, news: NewsIndexPage) -> None:
    _pin("бюджет", add_page(news, NewsPage, title="Избрано"))
    write(engine(), make_record(kind="practice", text="бюджет"))

    everything, practices = _finder(client, q="бюджет"), _finder(client, q="бюджет", kind="practice")

    counts = {choice.value: choice.count for facet in everything.facets for choice in facet.choices}
    assert (counts["news"], counts["practice"]) == (1, 1)
    assert practices.total == 1
    assert {choice.value: choice.count for facet in practices.facets for choice in facet.choices}["news"] == 1


def test_a_pin_is_of_one_language(client: Client, news: NewsIndexPage) -> None:
    _pin("decidim", add_page(news, NewsPage, title="Избрано"), language="en")

    assert _finder(client, q="decidim").total == 0


def test_a_query_that_leaves_something_out_is_another_one(client: Client, news: NewsIndexPage) -> None:
    _pin("бюджет", add_page(news, NewsPage, title="Избрано"))

    assert _finder(client, q="бюджет -спорт").total == 0


def test_a_corrected_query_has_the_chosen_pages_of_what_was_meant(client: Client, news: NewsIndexPage) -> None:
    write(engine(), make_record(text="бюджет"))
    _pin("бюджет", add_page(news, NewsPage, title="Избрано"))

    assert _finder(client, q="byudzhet").hits[0].title == "Избрано"


def test_a_quotation_of_the_words_has_the_chosen_pages_too(client: Client, news: NewsIndexPage) -> None:
    chosen = add_page(news, NewsPage, title="Избрано")
    _pin("„обсъждане на бюджета“", chosen)

    assert [_finder(client, q=query).total for query in ("«обсъждане на бюджета»", "обсъждане на бюджет")] == [1, 1]


def test_there_is_room_for_five_chosen_pages(client: Client, news: NewsIndexPage) -> None:
    pages = [add_page(news, NewsPage, title=f"Избрано {number}") for number in range(6)]
    _pin("бюджет", *pages[:5])
    _pin("бюджети", pages[5])

    assert _finder(client, q="бюджет").total == 5


def test_only_what_can_be_found_can_be_chosen(home: Page) -> None:
    pinned = PinnedPage(pin=Pin(query="бюджет"), page=home)

    with pytest.raises(ValidationError):
        pinned.clean()
