"""Two languages: which one a visitor gets, and the way from one to the other."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext
from pytest_django import DjangoDbBlocker
from wagtail.models import Locale, Page, PageViewRestriction

from hub.models import ContentPage
from tests.conftest import another_database
from tests.factories.hub import add_page

NOT_FOUND = "There is no such page"


def said_in(language: str, text: str) -> str:
    """Return a text of our own in a language."""
    with translation.override(language):
        return escape(gettext(text))


def switch_of(client: Client, address: str) -> str:
    """Return where the language switch of a page leads."""
    html = client.get(address).content.decode()
    nav = re.search(r'<nav class="language-switch".*?</nav>', html, re.DOTALL)
    assert nav is not None
    links = re.findall(r'href="([^"]+)"', nav.group())
    assert len(links) == 1
    return unquote(unescape(links[0]))


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("bg", "bg"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("de, en;q=0.4, bg;q=0.7", "bg"),
        ("de", "bg"),
        ("", "bg"),
        ("*", "bg"),
        ("x" * 3000, "bg"),
    ],
)
def test_the_first_visit_leads_to_the_language_that_the_browser_asks_for(
    wanted: str, language: str, site: object, client: Client
) -> None:
    response = client.get("/", headers={"accept-language": wanted})

    assert response.status_code == 302
    assert response.headers["Location"] == f"/{language}/"
    assert "Accept-Language" in response.headers["Vary"]
    assert not response.cookies


@pytest.mark.parametrize("address", ["/bg/", "/en/"])
def test_a_page_is_in_the_language_of_its_address_whatever_the_browser_asks_for(
    address: str, site: object, client: Client
) -> None:
    response = client.get(address, headers={"accept-language": "en" if address == "/bg/" else "bg"})

    assert response.status_code == 200
    assert response.headers["Content-Language"] == address[1:3]
    assert f'<html lang="{address[1:3]}">' in response.content.decode()


@pytest.mark.parametrize(
    ("address", "language"),
    [("/bg/nyama-takava/", "bg"), ("/en/nowhere/", "en"), ("/bg/about/", "bg"), ("/en/" + "x" * 2000 + "/", "en")],
)
def test_an_unknown_address_is_answered_in_the_language_that_it_names(
    address: str, language: str, site: object, client: Client
) -> None:
    response = client.get(address, headers={"accept-language": "en" if language == "bg" else "bg"})

    assert response.status_code == 404
    assert said_in(language, NOT_FOUND) in response.content.decode()
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("language", ["en", "bg"])
def test_an_unknown_address_without_a_language_is_answered_in_the_visitors_own(
    language: str, site: object, client: Client
) -> None:
    response = client.get("/nowhere/at/all/", headers={"accept-language": language}, follow=True)

    assert response.status_code == 404
    assert said_in(language, NOT_FOUND) in response.content.decode()


def test_an_unknown_address_has_the_menu_and_a_search_form(site: object, client: Client) -> None:
    html = client.get("/en/nowhere/").content.decode()

    assert 'action="/en/search/"' in html
    assert 'name="q"' in html


def test_a_failure_of_ours_is_told_in_both_languages(
    tmp_path: Path, client: Client, django_db_blocker: DjangoDbBlocker
) -> None:
    client.raise_request_exception = False

    with django_db_blocker.unblock(), another_database(tmp_path / "nowhere" / "database.sqlite3"):
        response = client.get("/bg/")

    text = response.content.decode()
    assert response.status_code == 500
    assert "Нещо се обърка при нас" in text
    assert "Something went wrong on our side" in text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/bg/", "/en/"),
        ("/bg/search/?q=бюджет", "/en/search/?q=бюджет"),
        ("/en/search/?q=a&theme=b&theme=c", "/bg/search/?q=a&theme=b&theme=c"),
        ("/bg/search/?q=бюджет&page=2", "/en/search/?q=бюджет"),
        ("/bg/nyama-takava/", "/en/"),
    ],
)
def test_the_language_switch_keeps_the_page_and_the_query(
    address: str, other: str, seeded: None, client: Client
) -> None:
    assert switch_of(client, address) == other


def test_the_language_switch_leads_to_the_same_page_under_its_own_address(seeded: None, client: Client) -> None:
    page = ContentPage.objects.filter(locale__language_code="bg", live=True).first()
    assert page is not None

    there = switch_of(client, f"{page.url}?a=b")

    assert there == f"{page.get_translation(Locale.objects.get(language_code='en')).url}?a=b"


def test_a_restricted_translation_is_not_linked_to(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, title="За нас")
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.save_revision().publish()
    PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)

    there = switch_of(client, page.url)

    assert there == "/en/"


def test_a_page_without_a_translation_leads_to_the_nearest_that_there_is(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, title="Само на български")

    html = client.get(page.url).content.decode()

    assert switch_of(client, page.url) == "/en/"
    assert "this page is not translated yet" in html
    assert 'hreflang="en" href' not in html.replace("\n", "")


def test_an_untranslated_page_says_so_and_leads_to_the_original(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, title="Само на български", summary="Тайна")
    alias = page.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)

    response = client.get(alias.url)

    html = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="en">' in html
    assert f'href="{page.url}"' in html
    assert "noindex" in html


def test_the_switch_leads_to_the_page_that_says_so_where_the_tree_is_in_step(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, title="Само на български")
    alias = page.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)

    html = client.get(page.url).content.decode()

    assert f'href="{alias.url}"' in html
    assert 'rel="alternate" hreflang' not in html


def test_an_alias_stays_out_of_the_menu(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, title="Само на български", show_in_menus=True)
    page.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)

    menu = client.get("/en/").content.decode()

    assert "Само на български" not in menu


def test_the_address_of_a_new_page_is_transliterated(home: Page) -> None:
    page = add_page(home, ContentPage, title="Щъркелово гнездо в Търговище")

    assert page.slug == "shtarkelovo-gnezdo-v-targovishte"


def test_two_pages_of_one_title_have_two_addresses(home: Page) -> None:
    first = add_page(home, ContentPage, title="Еднакви")

    second = add_page(home, ContentPage, title="Еднакви")

    assert (first.slug, second.slug) == ("ednakvi", "ednakvi-2")


def test_a_moved_page_leaves_a_redirect(home: Page, client: Client, django_capture_on_commit_callbacks: "type") -> None:
    page = add_page(home, ContentPage, title="Старо място")
    old = page.url

    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "novo-myasto"
        page.save_revision().publish()
    response = client.get(old)

    assert response.status_code == 301
    assert response.headers["Location"] == "/bg/novo-myasto/"
