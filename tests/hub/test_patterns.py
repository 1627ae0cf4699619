"""The pattern page shows every component and every block, to those alone who enter the admin."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Page

from hub.models import ContentPage
from tests.factories.hub import add_page
from tests.house.crawling import Parts

TEMPLATES = Path(settings.PROJECT_DIR) / "templates"
OWN = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for folder in ("components", "blocks")
    for path in (TEMPLATES / folder).glob("*.html")
)


@pytest.fixture
def html(home: Page, client: Client, administrator: Any) -> str:
    """The page, as an administrator gets it."""
    client.force_login(administrator)
    response = client.get("/admin/patterns/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_component_and_block_stands_on_the_page(html: str) -> None:
    shown = re.findall(r'data-pattern="([^"]+)"', html)

    assert sorted(shown) == OWN


def test_a_block_is_drawn_from_its_own_preview(html: str) -> None:
    quote = html.split('data-pattern="blocks/quote.html"')[1].split("</article>", maxsplit=1)[0]

    assert '<figure class="quote">' in quote
    assert "We were asked before" in quote or "Питаха ни" in quote


def test_breadcrumbs_are_those_of_a_page_that_has_some(home: Page, client: Client, administrator: Any) -> None:
    above = add_page(home, ContentPage, title="Горна")
    add_page(above, ContentPage, title="Долна")
    client.force_login(administrator)

    html = client.get("/admin/patterns/").content.decode()

    crumbs = html.split('data-pattern="components/breadcrumbs.html"')[1].split("<details>", maxsplit=1)[0]
    assert f'<a href="{above.url}">Горна</a>' in crumbs


def test_a_component_is_shown_with_its_code(html: str) -> None:
    figure = html.split('data-pattern="components/figure.html"')[1].split("</article>", maxsplit=1)[0]

    assert "{{ meaning }}" in figure
    assert "figure__value--long" in figure.split("<details>")[0]


def test_no_id_stands_on_the_page_twice(html: str) -> None:
    parts = Parts()
    parts.feed(html)

    assert sorted({anchor for anchor in parts.anchors if parts.anchors.count(anchor) > 1}) == []


def test_a_visitor_does_not_see_it(home: Page, client: Client) -> None:
    assert client.get("/admin/patterns/").status_code == 302
