"""The Markdown form of pages, and the list of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from hub.machines.markdown import of_html
from hub.models import ContentPage
from tests.factories.hub import add_page, make_directory, make_municipality, make_organisation, make_stand_in, restrict
from tests.reading import read


def test_a_page_has_a_markdown_form_beside_it(home: Page, client: Client) -> None:
    body = [("heading", "Как започна"), ("paragraph", "<p>Така, с <b>хората</b>.</p><ul><li>едно</li></ul>")]
    page = add_page(home, ContentPage, title="Страница", summary="Накратко.", body=body)

    response = client.get(f"{page.url}index.md")
    text = response.content.decode()

    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert response.headers["Link"] == f'<http://testserver{page.url}>; rel="canonical"'
    assert text.startswith("# Страница\n\nНакратко.\n")
    assert "## Как започна\n\nТака, с **хората**.\n\n- едно" in text
    assert f"<http://testserver{page.url}>" in text
    assert f'type="text/markdown" href="{page.url}index.md"' in read(client, page.url)


def test_the_home_page_has_one_too(home: Page, client: Client) -> None:
    assert client.get("/bg/index.md").content.decode().startswith("# Опит\n\nОпитът на общините.")


def test_what_is_for_acting_and_not_for_reading_is_left_out(home: Page, client: Client) -> None:
    directory = make_directory(home, make_municipality())
    make_organisation(directory.municipality, name_bg="Младежки клуб")

    text = client.get(f"{directory.url}index.md").content.decode()

    assert "| Младежки клуб" in text
    assert "<" not in text.split("---\n\n-")[0].replace("<br>", "")
    assert "Всички теми" not in text


def test_links_are_whole_addresses() -> None:
    html = '<main id="main"><p><a href="../a/?b=1#c">там</a> <a href="#d">тук</a></p></main>'

    text = of_html(html, "https://example.org/bg/x/y/")

    assert text == "[там](https://example.org/bg/x/a/?b=1#c) [тук](https://example.org/bg/x/y/#d)"


@pytest.mark.parametrize("make", ["draft", "restricted", "stand-in", "nowhere"])
def test_what_a_visitor_may_not_open_has_no_markdown_form(make: str, home: Page, client: Client) -> None:
    page = add_page(home, ContentPage)
    if make == "draft":
        page.unpublish()
    elif make == "restricted":
        restrict(page)
    address = make_stand_in(page).url if make == "stand-in" else "/bg/nikade/" if make == "nowhere" else page.url

    assert client.get(f"{address}index.md").status_code == 404


def test_whoever_is_signed_in_gets_what_a_visitor_gets(home: Page, client: Client, administrator: Any) -> None:
    page = add_page(home, ContentPage)
    restrict(page)
    client.force_login(administrator)

    assert client.get(f"{page.url}index.md").status_code == 404


def test_a_markdown_form_costs_hardly_more_questions_than_its_page(
    home: Page, client: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    page = add_page(home, ContentPage)
    client.get(f"{page.url}index.md")

    with django_assert_max_num_queries(11):
        client.get(f"{page.url}index.md")


def test_the_list_for_language_models_names_every_open_page_by_section(home: Page, client: Client) -> None:
    section = add_page(home, ContentPage, title="За сайта", slug="za-saita", summary="Кой & защо.")
    add_page(section, ContentPage, title="Под нея", slug="pod-neya")
    restrict(add_page(home, ContentPage, title="Затворена"))
    add_page(home.get_translation(Locale.objects.get(language_code="en")), ContentPage, title="About", slug="about")

    response = client.get("/llms.txt")
    text = response.content.decode()

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert text.startswith("# ")
    assert "\n> Опитът на общините.\n" in text
    assert (
        "## За сайта\n\n- [За сайта](http://testserver/bg/za-saita/index.md): Кой & защо.\n"
        "- [Под нея](http://testserver/bg/za-saita/pod-neya/index.md)\n"
    ) in text
    assert "- [About](http://testserver/en/about/index.md)" in text
    assert "Затворена" not in text
