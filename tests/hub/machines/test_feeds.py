"""Atom feeds: of everything, of a kind, of a theme, of a municipality, in both languages."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from hub.models import ContentPage
from tests.factories.hub import (
    add_page,
    make_directory,
    make_event,
    make_municipality,
    make_news,
    make_project,
    make_stand_in,
    make_theme,
    restrict,
)  # fmt: skip
from tests.factories.practices import make_practice
from tests.reading import Links, read

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MaxQueries = Callable[[int], Any]


def feed(client: Client, address: str) -> ET.Element:
    """Return the feed at an address."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def titles(client: Client, address: str) -> list[str]:
    """Return the titles of a feed's entries."""
    return [own.text or "" for own in feed(client, address).findall("a:entry/a:title", ATOM)]


def test_a_feed_and_each_of_its_entries_have_what_atom_asks_for(home: Page, client: Client) -> None:
    make_news(home, title="Новина", summary="Какво стана & защо.")

    found = feed(client, "/bg/feeds/all.xml")

    assert found.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "bg"
    assert found.findtext("a:author/a:name", "", ATOM)
    for element in [found, *found.findall("a:entry", ATOM)]:
        assert element.findtext("a:id", "", ATOM).startswith("urn:uuid:")
        assert element.findtext("a:updated", "", ATOM)
        assert element.findtext("a:title", "", ATOM)
    own = [link.attrib["href"] for link in found.findall("a:link[@rel='self']", ATOM)]
    assert own == ["http://testserver/bg/feeds/all.xml"]
    assert found.findtext("a:entry/a:summary", "", ATOM) == "Какво стана & защо."


def test_an_entry_stays_itself_when_its_page_moves(home: Page, client: Client) -> None:
    news = make_news(home)
    before = feed(client, "/bg/feeds/all.xml").findtext("a:entry/a:id", "", ATOM)

    news.slug = "drug-adres"
    news.save_revision().publish()

    assert feed(client, "/bg/feeds/all.xml").findtext("a:entry/a:id", "", ATOM) == before


def test_an_empty_feed_is_a_feed_and_stays_the_same(home: Page, client: Client) -> None:
    first, second = (client.get("/bg/feeds/kind/event.xml").content for _ in range(2))

    assert first == second
    assert ET.fromstring(first).findtext("a:updated", "", ATOM)


def test_a_feed_of_a_kind_has_that_kind_the_newest_first(home: Page, client: Client) -> None:
    for number in range(3):
        make_news(home, title=f"Новина {number}")
    make_event(home, title="Събитие")

    assert titles(client, "/bg/feeds/kind/news.xml") == ["Новина 2", "Новина 1", "Новина 0"]
    assert titles(client, "/bg/feeds/kind/event.xml") == ["Събитие"]


def test_a_feed_of_a_theme_has_what_is_about_it(home: Page, client: Client) -> None:
    youth, other = make_theme(slug="youth"), make_theme(slug="other")
    for title, theme in (("Младежи", youth), ("Друго", other)):
        practice = make_practice(home, title=title)
        practice.themes = [theme]
        practice.save_revision().publish()

    assert titles(client, "/bg/feeds/theme/youth.xml") == ["Младежи"]


def test_a_feed_of_a_municipality_has_all_kinds_of_it(home: Page, client: Client) -> None:
    sliven = make_municipality(slug="sliven")
    make_event(home, title="Събитие в Сливен", municipality=sliven)
    make_directory(home, sliven)
    make_event(home, title="Другаде", municipality=make_municipality())

    assert set(titles(client, "/bg/feeds/municipality/sliven.xml")) == {"Събитие в Сливен", "Регистър"}


def test_a_feed_has_only_what_a_visitor_may_open_in_its_language(home: Page, client: Client) -> None:
    make_news(home, title="Отворена")
    make_news(home, title="Чернова").unpublish()
    restrict(make_news(home, title="Затворена"))
    make_stand_in(make_news(home, title="Без превод").get_parent())

    assert set(titles(client, "/bg/feeds/all.xml")) == {"Отворена", "Без превод"}
    assert titles(client, "/en/feeds/all.xml") == []


@pytest.mark.parametrize("address", ["kind/home", "theme/nowhere", "municipality/nowhere", "year/2020"])
def test_a_feed_of_what_there_is_not_is_not_found(address: str, home: Page, client: Client) -> None:
    assert client.get(f"/bg/feeds/{address}.xml").status_code == 404


def test_a_control_character_in_a_title_breaks_no_feed(home: Page, client: Client) -> None:
    news = make_news(home)
    type(news).objects.filter(pk=news.pk).update(title="Ред\x0bреда")

    assert titles(client, "/bg/feeds/all.xml") == ["Редреда"]


def test_a_feed_asks_few_questions_however_many_kinds_it_has(
    home: Page, client: Client, django_assert_max_num_queries: MaxQueries
) -> None:
    for _ in range(4):
        make_news(home)
        make_event(home)
        make_practice(home)
    make_project(home)
    client.get("/bg/feeds/all.xml")

    with django_assert_max_num_queries(16):
        client.get("/bg/feeds/all.xml")


def test_a_page_names_the_feeds_that_belong_to_it(home: Page, client: Client) -> None:
    event = make_event(home, municipality=make_municipality(slug="sliven"))

    on_event, on_list = read(client, event.url), read(client, event.get_parent().url)

    for address in ("all", "kind/event", "municipality/sliven"):
        assert 'type="application/atom+xml" title="' in on_event
        assert f'href="/bg/feeds/{address}.xml">' in on_event
    assert 'href="/bg/feeds/kind/event.xml">' in on_list
    assert "/bg/feeds/kind/" not in read(client, home.url)


def test_the_page_of_feeds_leads_to_each_of_them(home: Page, client: Client) -> None:
    make_theme(slug="youth")
    make_municipality(slug="sliven", is_member=True)

    links = {url for where, url, _ in Links(read(client, "/bg/feeds/")).found if where == "main"}

    assert {
        "/bg/feeds/all.xml", "/bg/feeds/kind/practice.xml", "/bg/feeds/theme/youth.xml",
        "/bg/feeds/municipality/sliven.xml",
    } <= links  # fmt: skip
    assert all(client.get(link).status_code == 200 for link in links)


def test_the_feeds_are_there_in_english_too(home: Page, client: Client) -> None:
    english = home.get_translation(Locale.objects.get(language_code="en"))
    add_page(english, ContentPage, title="A page")

    assert titles(client, "/en/feeds/kind/page.xml") == ["A page"]
