"""What stands around a page, how its address is found, and what stands in for one that is not translated."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page, Site

from hub.models import ContentPage, FooterLink, SiteSettings
from tests.factories.hub import add_page, make_event, make_news, make_project, make_stand_in, restrict
from tests.reading import Links, read

MaxQueries = Callable[[int], Any]


# The frame


def test_the_menu_has_the_open_pages_that_are_to_stand_in_it(home: Page, client: Client) -> None:
    add_page(home, ContentPage, title="В менюто", show_in_menus=True)
    add_page(home, ContentPage, title="Извън менюто")
    restrict(add_page(home, ContentPage, title="Затворена", show_in_menus=True))
    add_page(home, ContentPage, title="Чернова", show_in_menus=True).unpublish()

    links = Links(read(client, home.url))

    assert links.of("menu") == ["В менюто"]


def test_the_menu_is_that_of_the_language(home: Page, client: Client) -> None:
    add_page(home, ContentPage, title="Страница", show_in_menus=True)
    add_page(
        home.get_translation(Locale.objects.get(language_code="en")), ContentPage, title="A page", show_in_menus=True
    )

    links = Links(read(client, "/en/"))

    assert links.of("menu") == ["A page"]


def test_the_footer_has_the_chosen_pages_in_their_order(home: Page, site: Site, client: Client) -> None:
    first, second = (add_page(home, ContentPage, title=title) for title in ("Първа", "Втора"))
    settings = SiteSettings.for_site(site)
    for order, page in enumerate([second, first]):
        FooterLink.objects.create(settings=settings, page=page, sort_order=order)

    footer = [link for link in Links(read(client, home.url)).found if link[2] in {"Първа", "Втора"}]

    assert [words for _, _, words in footer] == ["Втора", "Първа"]


def test_the_way_to_a_page_names_the_pages_above_it(home: Page, client: Client) -> None:
    news = make_news(home, title="Новина")

    links = Links(read(client, news.url))

    assert links.of("breadcrumbs") == ["Начало", "Новини"]


def test_a_page_with_a_translation_leads_to_it_with_its_query(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, title="Страница", slug="stranitsa")
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.slug = "page"
    english.save_revision().publish()

    html = read(client, f"{page.url}?q=1")

    assert 'href="/en/page/?q=1"' in html
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/page/">' in html


# Addresses


@pytest.mark.parametrize("depth", [1, 4])
def test_a_deep_page_asks_no_more_questions_than_a_shallow_one(
    depth: int, home: Page, client: Client, django_assert_max_num_queries: MaxQueries
) -> None:
    page = home
    for _ in range(depth):
        page = add_page(page, ContentPage)
    read(client, page.url)

    with django_assert_max_num_queries(10):
        read(client, page.url)


def test_a_draft_has_no_address(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage)
    page.unpublish()

    assert client.get(page.url).status_code == 404


def test_a_page_under_a_draft_keeps_its_address(home: Page, client: Client) -> None:
    above = add_page(home, ContentPage)
    page = add_page(above, ContentPage, title="Под черновата")
    above.unpublish()

    assert "Под черновата" in read(client, page.url)


def test_a_restricted_page_asks_who_one_is(home: Page, client: Client) -> None:
    above = add_page(home, ContentPage)
    page = add_page(above, ContentPage)
    restrict(above)

    response = client.get(page.url)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/login/")


# Pages that nobody has translated yet


@pytest.mark.parametrize("make", [make_news, make_event, make_project], ids=["news", "event", "project"])
def test_an_untranslated_page_says_so_and_leads_to_the_original(
    make: Callable[..., Page], home: Page, client: Client
) -> None:
    original = make(home, title="Само на български")
    if original.get_parent() != home:
        make_stand_in(original.get_parent())
    stand_in = make_stand_in(original)

    html = read(client, stand_in.url)

    assert stand_in.url.startswith("/en/")
    assert '<html lang="en">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert f'href="{original.url}" lang="bg" hreflang="bg">Само на български</a>' in html
    assert 'rel="canonical"' not in html


def test_each_address_below_an_untranslated_page_says_so(home: Page, client: Client) -> None:
    event = make_event(home)
    make_stand_in(event.get_parent())
    stand_in = make_stand_in(event).specific

    response = client.get(stand_in.url + stand_in.reverse_subpage("calendar"))

    assert response.headers["Content-Type"].startswith("text/html")
    assert f'href="{event.url}"' in response.content.decode()


def test_a_copy_within_a_language_is_no_untranslated_page(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, title="Оригинал")
    copy = page.create_alias(parent=home, update_slug="kopie")

    html = read(client, copy.url)

    assert "<h1>Оригинал</h1>" in html
    assert "noindex" not in html


def test_an_untranslated_page_is_in_no_menu(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, title="Само на български", show_in_menus=True)
    make_stand_in(page)

    links = Links(read(client, "/en/"))

    assert links.of("menu") == []


# Restrictions and settings


def test_a_stand_in_is_restricted_as_its_original_is(home: Page, client: Client) -> None:
    above = add_page(home, ContentPage)
    page = add_page(above, ContentPage)
    make_stand_in(above)
    stand_in = make_stand_in(page)
    restrict(above)

    assert client.get(stand_in.url).status_code == 302


def test_a_visit_writes_no_settings(home: Page, client: Client) -> None:
    read(client, home.url)

    assert not SiteSettings.objects.exists()
