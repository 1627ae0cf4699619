"""What editors keep about finding: the glossary and chosen results."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from hub.models import NewsIndexPage, NewsPage
from search.models import GlossaryTerm, Pin
from search.pinning import rival
from tests.factories.hub import add_page
from tests.factories.search import make_term

TERM = {
    "term_bg": " петиция ", "synonyms_bg": "подписка\r\n\r\n подписка \r\nмолба", "definition_bg": "Искане с подписи.",
    "term_en": "petition", "synonyms_en": "", "definition_en": "", "slug": "petition",
}  # fmt: skip


def _signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("name", ["glossaryterm", "pin"])
def test_lists_and_forms_open(site: Site, administrator: Any, name: str) -> None:
    make_term("петиция")
    Pin.objects.create(query="бюджет")

    desk = _signed_in(administrator)

    assert desk.get(reverse(f"{name}:index")).status_code == 200
    assert desk.get(reverse(f"{name}:add")).status_code == 200


def test_a_term_is_added_with_its_synonyms_one_a_line(site: Site, administrator: Any) -> None:
    response = _signed_in(administrator).post(reverse("glossaryterm:add"), TERM)

    term = GlossaryTerm.objects.get()
    assert response.status_code == 302
    assert term.term_bg == "петиция"
    assert term.synonyms_in("bg") == ("подписка", "молба")


def test_endless_synonyms_are_refused(site: Site, administrator: Any) -> None:
    response = _signed_in(administrator).post(reverse("glossaryterm:add"), TERM | {"synonyms_bg": "а" * 161})

    assert "synonyms_bg" in response.context["form"].errors
    assert not GlossaryTerm.objects.exists()


@pytest.fixture
def page(home: Page) -> Page:
    """A page that can be chosen."""
    return add_page(add_page(home, NewsIndexPage, title="Новини"), NewsPage, title="Избрано")


def _pin(person: Any, page: Page, query: str, language: str = "bg") -> Any:
    lines = {"TOTAL": 1, "INITIAL": 0, "MIN": 1, "MAX": 5}
    data = {"query": query, "language": language, "pages-0-page": page.pk, "pages-0-ORDER": 1}
    data |= {f"pages-{name}{'_NUM' if name in {'MIN', 'MAX'} else ''}_FORMS": number for name, number in lines.items()}
    return _signed_in(person).post(reverse("pin:add"), data)


def test_a_pin_is_made_with_its_pages(administrator: Any, page: Page) -> None:
    response = _pin(administrator, page, "бюджет")

    assert response.status_code == 302
    assert [one.page_id for one in Pin.objects.get().pages.all()] == [page.pk]


@pytest.mark.parametrize("query", ["„граждански бюджет“", '"граждански" бюджет ', "«граждански бюджет»"])
def test_a_pin_is_kept_without_quotation_marks(administrator: Any, page: Page, query: str) -> None:
    _pin(administrator, page, query)

    assert Pin.objects.get().query == "граждански бюджет"


@pytest.mark.parametrize("query", ["-кмет", "бюджет -спорт", "„-кмет“", "😀", "„“", "-"])
def test_a_pin_that_would_never_answer_is_refused(administrator: Any, page: Page, query: str) -> None:
    response = _pin(administrator, page, query)

    assert "query" in response.context["form"].errors
    assert not Pin.objects.exists()


@pytest.mark.parametrize("query", ["Доброволците", "„доброволци“", "доброволец"])
def test_the_same_words_are_chosen_for_once_and_the_way_leads_there(administrator: Any, page: Page, query: str) -> None:
    first = Pin.objects.create(query="доброволец")

    response = _pin(administrator, page, query)

    assert Pin.objects.count() == 1
    assert f'<a href="{reverse("pin:edit", args=[first.pk])}">доброволец</a>' in response.content.decode()


def test_other_words_and_another_language_are_another_pin(administrator: Any, page: Page) -> None:
    Pin.objects.create(query="decidim бюджет")

    assert _pin(administrator, page, "бюджет").status_code == 302
    assert _pin(administrator, page, "decidim бюджет", language="en").status_code == 302


def test_a_pin_is_no_rival_of_itself(administrator: Any) -> None:
    pin = Pin.objects.create(query="доброволец")

    assert rival(pin) is None


@pytest.mark.parametrize("term", ["Петициите", "подписки"])
def test_a_term_that_is_there_is_not_added_again(site: Site, administrator: Any, term: str) -> None:
    first = make_term("петиция", synonyms_bg="подписка")

    response = _signed_in(administrator).post(reverse("glossaryterm:add"), TERM | {"term_bg": term})

    assert GlossaryTerm.objects.count() == 1
    assert f'<a href="{reverse("glossaryterm:edit", args=[first.pk])}">петиция</a>' in response.content.decode()


def test_a_term_that_stays_as_it_is_can_be_edited(site: Site, administrator: Any) -> None:
    make_term("молба", synonyms_bg="петиция")
    term = make_term("петиция", slug="petition")

    response = _signed_in(administrator).post(reverse("glossaryterm:edit", args=[term.pk]), TERM)

    assert response.status_code == 302


def test_the_forms_begin_with_what_the_address_says(site: Site, administrator: Any) -> None:
    desk = _signed_in(administrator)

    term = desk.get(reverse("glossaryterm:add"), {"term_bg": "кошове за смет"}).context["form"]
    pin = desk.get(reverse("pin:add"), {"query": "waste", "language": "en", "id": "7"}).context["form"]

    assert term.initial["term_bg"] == "кошове за смет"
    assert (pin.initial["query"], pin.initial["language"]) == ("waste", "en")


@pytest.mark.parametrize(("group", "status"), [("Редактори", 302), ("Издатели", 200)])
def test_publishers_keep_them_and_editors_do_not(site: Site, make_person: Any, group: str, status: int) -> None:
    client = _signed_in(make_person("somebody", group))

    assert client.get(reverse("glossaryterm:add")).status_code == status
    assert client.get(reverse("pin:add")).status_code == status
