"""What the head of a page tells machines: linked data, share card, its other forms."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image
from wagtail.models import Page, Site

from hub.models import ContentPage, SiteSettings
from hub.models.media import Licence
from tests.factories.files import make_document, make_publication
from tests.factories.hub import (
    add_page,
    make_directory,
    make_event,
    make_municipality,
    make_news,
    make_project,
    make_stand_in,
)  # fmt: skip
from tests.factories.practices import make_practice
from tests.factories.strategies import make_chapter, make_strategy
from tests.reading import read

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
TYPES: dict[str, Callable[[Page], Page]] = {
    "WebPage": lambda home: add_page(home, ContentPage),
    "WebSite": lambda home: home,
    "NewsArticle": make_news,
    "Event": make_event,
    "Project": make_project,
    "Dataset": lambda home: make_directory(home, make_municipality()),
    "Article": make_practice,
    "Report": make_strategy,
    "Chapter": lambda home: make_chapter(make_strategy(home), 1),
}
# What search engines ask of a thing of each kind, and what the hub always says of it.
SAID = {"@id", "url", "name", "inLanguage", "publisher"}
REQUIRED = {
    "WebPage": SAID,
    "WebSite": {*SAID, "potentialAction"},
    "NewsArticle": {*SAID, "headline", "datePublished", "dateModified", "image"},
    "Article": {*SAID, "headline", "datePublished", "dateModified", "image"},
    "Report": {*SAID, "datePublished"},
    "Chapter": {*SAID, "isPartOf", "position"},
    "Event": {*SAID, "startDate", "endDate", "location", "eventStatus", "organizer"},
    "Dataset": {*SAID, "description", "creator", "distribution"},
    "Project": {*SAID, "foundingDate", "funding"},
    "BreadcrumbList": {"itemListElement"},
    "GovernmentOrganization": {"@id", "name", "url"},
}
DATES = {"datePublished", "dateModified", "startDate", "endDate", "foundingDate", "dissolutionDate"}
ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z)?)?$")


def graph(html: str) -> dict[str, dict[str, Any]]:
    """Return the things of a page's linked data by their types."""
    blocks = BLOCK.findall(html)
    assert len(blocks) == 1
    data = json.loads(blocks[0])
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


@pytest.mark.parametrize("kind", TYPES)
def test_a_page_says_what_it_is(kind: str, home: Page, client: Client) -> None:
    page = TYPES[kind](home)

    thing = graph(read(client, page.url))[kind]

    assert thing["url"] == f"http://testserver{page.url}"
    assert thing["inLanguage"] == "bg"
    assert thing["image"].startswith("http://testserver/cards/")


@pytest.mark.parametrize(
    ("file", "kind", "place"),
    [((b"", "a.pdf"), "Report", "encoding"), ((b"a,b\n1,2\n", "a.csv"), "Dataset", "distribution")],
)
def test_a_publication_names_its_files(
    file: tuple[bytes, str], kind: str, place: str, home: Page, client: Client
) -> None:
    publication = make_publication(home, title="Доклад", live=True, licence="CC-BY-4.0")
    document = make_document(*file, publication)

    thing = graph(read(client, publication.url))[kind]

    assert [own["contentUrl"] for own in thing[place]] == [f"http://testserver{document.url}"]
    assert thing["license"] == "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("licence", "url"),
    [
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("all-rights-reserved", ""),
    ],
)
def test_a_licence_leads_to_its_terms(licence: str, url: str) -> None:
    assert Licence(licence).url == url


@pytest.mark.parametrize("kind", TYPES)
def test_each_thing_has_what_its_kind_must_have(kind: str, home: Page, site: Site, client: Client) -> None:
    SiteSettings.objects.update_or_create(site=site, defaults={"organisation_bg": "Сдружение"})
    page = TYPES[kind](home)

    things = graph(read(client, page.url))

    lacking = {name: REQUIRED.get(name, {"?"}) - thing.keys() for name, thing in things.items()}
    assert not {name: missing for name, missing in lacking.items() if missing}
    assert all(ISO_DATE.match(thing[name]) for thing in things.values() for name in thing if name in DATES)


def test_a_page_says_where_it_stands_and_who_publishes_it(home: Page, site: Site, client: Client) -> None:
    SiteSettings.objects.update_or_create(site=site, defaults={"organisation_bg": "Сдружение", "phone": "056 123"})
    news = make_news(home, title="Новина")

    things = graph(read(client, news.url))

    assert [step["name"] for step in things["BreadcrumbList"]["itemListElement"]] == ["Начало", "Новини", "Новина"]
    assert things["BreadcrumbList"]["itemListElement"][-1]["item"] == f"http://testserver{news.url}"
    assert things["GovernmentOrganization"]["telephone"] == "056 123"
    assert things["NewsArticle"]["publisher"] == {"@id": things["GovernmentOrganization"]["@id"]}


def test_no_title_can_end_the_block_of_data(home: Page, client: Client) -> None:
    title = "</script><script>alert(1)</script><!-- & \u2028"
    page = add_page(home, ContentPage, title=title, slug="a")

    html = read(client, page.url)

    assert "<script>alert" not in html
    assert graph(html)["WebPage"]["name"] == title


def test_a_stand_in_and_an_answer_that_is_no_page_say_nothing_of_themselves(home: Page, client: Client) -> None:
    stand_in = make_stand_in(add_page(home, ContentPage))

    for html in (read(client, stand_in.url), read(client, "/bg/feeds/")):
        assert "ld+json" not in html
        assert "og:title" not in html
        assert "text/markdown" not in html


def test_a_page_says_how_it_is_to_be_shown_where_it_is_shared(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, title='Кавички " и <знаци>', slug="a", summary="За какво е.")

    html = read(client, page.url)

    assert '<meta property="og:title" content="Кавички &quot; и &lt;знаци&gt;">' in html
    assert '<meta property="og:description" content="За какво е.">' in html
    assert f'<meta property="og:url" content="http://testserver{page.url}">' in html
    assert '<meta property="og:locale" content="bg_BG">' in html
    assert re.search(r'og:image" content="http://testserver/cards/\d+-[0-9a-f]{12}\.png"', html)
    assert '<meta property="og:image:width" content="1200">' in html
    assert '<meta name="twitter:card" content="summary_large_image">' in html


def test_the_summary_describes_a_page_that_has_no_text_for_search_engines(home: Page, client: Client) -> None:
    page = add_page(home, ContentPage, summary="Обобщение & още.")

    assert '<meta name="description" content="Обобщение &amp; още.">' in read(client, page.url)


def test_the_manifest_names_icons_that_exist(home: Page, client: Client) -> None:
    response = client.get("/bg/manifest.webmanifest")

    assert response.headers["Content-Type"] == "application/manifest+json"
    assert response.json()["lang"] == "bg"
    sizes = {}
    for icon in response.json()["icons"]:
        with Image.open(str(finders.find(icon["src"].removeprefix("/static/")))) as opened:
            sizes[icon["sizes"]] = opened.size
    assert sizes == {"192x192": (192, 192), "512x512": (512, 512)}
    assert 'rel="manifest" href="/bg/manifest.webmanifest"' in read(client, home.url)
