"""What editors keep about finding: the glossary and chosen results."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from hub.models import NewsIndexPage, NewsPage
from search.models import GlossaryTerm, Pin
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


def test_a_pin_is_made_with_its_pages(site: Site, home: Page, administrator: Any) -> None:
    page = add_page(add_page(home, NewsIndexPage, title="Новини"), NewsPage, title="Избрано")
    lines = {"TOTAL": 1, "INITIAL": 0, "MIN": 1, "MAX": 5}
    data = {"query": "бюджет", "language": "bg", "pages-0-page": page.pk, "pages-0-ORDER": 1}
    data |= {f"pages-{name}{'_NUM' if name in {'MIN', 'MAX'} else ''}_FORMS": number for name, number in lines.items()}

    response = _signed_in(administrator).post(reverse("pin:add"), data)

    assert response.status_code == 302
    assert [one.page_id for one in Pin.objects.get().pages.all()] == [page.pk]


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
