"""The finder inside the pages of other rooms."""

from django.template import Context, Template
from django.test import RequestFactory
from wagtail.models import Page

from search.engines import engine
from tests.factories.search import make_record, write

TEMPLATE = """{% load search_tags %}{% finder kind="news" as results %}{% include "search/_question.html" %}
{% include "search/_facets.html" %}{% include "search/_results.html" %}"""


def _render(path: str) -> str:
    request = RequestFactory().get(path)
    return Template(TEMPLATE).render(Context({"request": request}))


def test_a_list_is_the_finder_preset_to_its_kind(home: Page) -> None:
    write(engine(), make_record(kind="news", title="Вест", text="бюджет"), make_record(title="Страница", text="бюджет"))

    html = _render("/bg/novini/?q=бюджет")

    assert "Вест" in html
    assert "Страница" not in html
    assert 'action="/bg/novini/"' in html


def test_a_preset_kind_is_no_filter_to_choose_or_to_escape_from(home: Page) -> None:
    write(engine(), make_record(kind="news", title="Вест"), make_record(kind="page", title="Страница"))

    html = _render("/bg/novini/?kind=page")

    assert "Страница" not in html
    assert 'name="kind"' not in html


def test_the_other_languages_results_of_a_list_stand_on_the_page_of_results(home: Page) -> None:
    write(engine(), make_record(kind="news", language="en", text="Decidim"))

    assert 'href="/bg/search/?q=Decidim&amp;kind=news"' in _render("/bg/novini/?q=Decidim")


def test_a_list_without_a_question_shows_all_of_its_kind(home: Page) -> None:
    write(engine(), make_record(kind="news", title="Вест"))

    assert "Вест" in _render("/bg/novini/")
