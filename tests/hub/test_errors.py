"""What a visitor gets who comes to nothing, sends what nobody takes, or may not come in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.factories.hub import make_news
from tests.factories.practices import make_practice
from tests.reading import Links

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def lost(client: Client, address: str, user_agent: str = BROWSER) -> str:
    """Return the page for an address that there is not."""
    response = client.get(address, headers={"User-Agent": user_agent})
    assert response.status_code == 404
    return response.content.decode()


def test_who_is_lost_gets_a_search_field_and_the_ways_in(home: Page, client: Client) -> None:
    practices = make_practice(home).get_parent()
    practices.show_in_menus = True
    practices.save()

    html = lost(client, "/bg/nyama-takava/")

    assert 'action="/bg/search/"' in html
    assert practices.url in [url for where, url, _ in Links(html).found if where == "main"]
    assert 'content="noindex"' in html


@pytest.mark.parametrize("address", ["/bg/staro/byudzhet-na-mladite/", "/bg/novini/byudzhet_na_mladite.html"])
def test_an_address_whose_words_are_known_leads_to_what_is_near(address: str, home: Page, client: Client) -> None:
    news = make_news(home, title="Бюджет на младите", summary="Младите решават.")

    html = lost(client, address)

    assert f'href="{news.url}' in html.split('id="near"')[1]


def test_what_is_not_open_is_never_near(home: Page, client: Client) -> None:
    make_news(home, title="Бюджет на младите").unpublish()

    assert 'id="near"' not in lost(client, "/bg/byudzhet-na-mladite/")


def test_robots_that_try_addresses_are_not_searched_for(
    home: Page, client: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    make_news(home, title="Бюджет на младите")
    lost(client, "/bg/wp-login/")

    with django_assert_max_num_queries(10):
        html = lost(client, "/bg/byudzhet-na-mladite/", user_agent="curl/8.5.0")

    assert 'id="near"' not in html


@pytest.mark.parametrize("address", ["/bg/", "/bg/search/", "/bg/feeds/", "/sitemap.xml", "/llms.txt", "/bg/index.md"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_what_is_only_read_takes_nothing(method: str, address: str, home: Page) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(address)

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("template", ["403.html", "500.html", "400.html"])
def test_the_pages_of_failures_speak_both_languages_and_ask_for_nothing(template: str) -> None:
    from django.template.loader import render_to_string  # noqa: PLC0415 - one use

    html = render_to_string(template)

    assert '<html lang="bg">' in html
    assert 'lang="en"' in html
    assert "<h1>" in html
