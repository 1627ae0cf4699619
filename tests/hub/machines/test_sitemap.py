"""The sitemap names what every visitor may open, in all its languages, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page

from hub.models import ContentPage
from tests.factories.hub import add_page, make_stand_in, restrict

NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def xml(client: Client, address: str) -> ET.Element:
    """Return the document at an address."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    return ET.fromstring(response.content)


def entries(client: Client, language: str) -> dict[str, dict[str, str]]:
    """Return the language versions of each page in the sitemap of a language."""
    found = xml(client, f"/sitemap-{language}-1.xml").findall("s:url", NAMESPACES)
    return {
        entry.findtext("s:loc", "", NAMESPACES): {
            link.attrib["hreflang"]: link.attrib["href"] for link in entry.findall("x:link", NAMESPACES)
        }
        for entry in found
    }


def test_the_index_names_a_part_for_each_language_with_its_newest_change(home: Page, client: Client) -> None:
    index = xml(client, "/sitemap.xml")

    assert [own.text for own in index.findall("s:sitemap/s:loc", NAMESPACES)] == [
        "http://testserver/sitemap-bg-1.xml", "http://testserver/sitemap-en-1.xml"
    ]  # fmt: skip
    newest = index.findall("s:sitemap/s:lastmod", NAMESPACES)
    english = home.get_translation(Locale.objects.get(language_code="en"))
    assert newest[-1].text == english.last_published_at.isoformat(timespec="seconds")


def test_a_page_names_its_other_languages_and_the_default_one(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, slug="stranitsa")
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.slug = "a-page"
    english.save_revision().publish()

    found = entries(client, "en")["http://testserver/en/a-page/"]

    assert found == {
        "bg": "http://testserver/bg/stranitsa/",
        "en": "http://testserver/en/a-page/",
        "x-default": "http://testserver/bg/stranitsa/",
    }


def test_what_a_visitor_may_not_open_is_left_out(home: Page, client: Client) -> None:
    add_page(home, ContentPage, slug="chernova").unpublish()
    restrict(add_page(home, ContentPage, slug="zatvorena"))
    expired = add_page(home, ContentPage, slug="iztekla")
    Page.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(days=1))
    make_stand_in(add_page(home, ContentPage, slug="samo-bg"))

    bulgarian, english = entries(client, "bg"), entries(client, "en")

    assert set(bulgarian) == {"http://testserver/bg/", "http://testserver/bg/samo-bg/"}
    assert bulgarian["http://testserver/bg/samo-bg/"] == {}
    assert set(english) == {"http://testserver/en/"}


@pytest.mark.parametrize("part", ["bg-0", "bg-2", "de-1"])
def test_a_part_that_there_is_not_is_not_found(part: str, home: Page, client: Client) -> None:
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_an_unchanged_sitemap_is_not_sent_again(home: Page, client: Client) -> None:
    first = client.get("/sitemap-bg-1.xml")

    again = client.get("/sitemap-bg-1.xml", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304


def test_a_part_asks_the_same_few_questions_however_long_it_is(
    home: Page, client: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(12):
        add_page(home, ContentPage)
    client.get("/sitemap-bg-1.xml")

    with django_assert_max_num_queries(5):
        client.get("/sitemap-bg-1.xml")


def test_robots_are_told_where_the_sitemap_is(home: Page, client: Client) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode().splitlines()
