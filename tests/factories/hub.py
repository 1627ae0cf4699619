"""The least valid objects of the ground."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, PageViewRestriction

from hub.models import (
    EventIndexPage,
    EventPage,
    Municipality,
    NewsIndexPage,
    NewsPage,
    Organisation,
    OrganisationDirectoryPage,
    OrganisationIndexPage,
    Picture,
    ProjectPage,
    Theme,
)

_numbers = count(1)


def add_page[PageType: Page](parent: Page, model: type[PageType], **values: Any) -> PageType:
    """Publish a page under another one, in its language."""
    values.setdefault("title", f"Страница {next(_numbers)}")
    page: PageType = model(locale=parent.locale, **values)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def make_picture(**values: Any) -> Picture:
    """Make a picture with its words in both languages."""
    values = {
        "title": "Корица",
        "alt_bg": "Корица",
        "alt_en": "A cover",
        "credit": "Община",
        "licence": "CC-BY-4.0",
        **values,
    }
    return Picture.objects.create(file=get_test_image_file(), **values)


def make_municipality(**values: Any) -> Municipality:
    """Make a municipality."""
    number = next(_numbers)
    values = {
        "code": f"AB{number:03}", "slug": f"municipality-{number}", "name_bg": f"Община {number}",
        "name_en": f"Municipality {number}", "district_bg": "Област", "district_en": "District", **values,
    }  # fmt: skip
    return Municipality.objects.create(**values)


def make_theme(**values: Any) -> Theme:
    """Make a theme."""
    number = next(_numbers)
    values = {"slug": f"theme-{number}", "name_bg": f"Тема {number}", "name_en": f"Theme {number}", **values}
    return Theme.objects.create(**values)


def make_organisation(municipality: Municipality, *, themes: tuple[Theme, ...] = (), **values: Any) -> Organisation:
    """Make an organisation."""
    number = next(_numbers)
    values = {
        "key": f"organisation-{number}", "name_bg": f"Сдружение {number}", "name_en": f"Association {number}",
        "field_bg": "Младежи", "field_en": "Youth", **values,
    }  # fmt: skip
    organisation = Organisation(municipality=municipality, **values)
    organisation.themes = list(themes)
    organisation.save()
    return organisation


def make_directory(home: Page, municipality: Municipality) -> OrganisationDirectoryPage:
    """Publish the directory of a municipality."""
    index = add_page(home, OrganisationIndexPage)
    return add_page(index, OrganisationDirectoryPage, title="Регистър", municipality=municipality)


def make_event(home: Page, **values: Any) -> EventPage:
    """Publish an event of tomorrow."""
    start = timezone.now() + timedelta(days=1)
    values = {"starts_at": start, "ends_at": start + timedelta(hours=2), "venue": "Зала 1", **values}
    index = EventIndexPage.objects.child_of(home).first() or add_page(home, EventIndexPage)
    return add_page(index, EventPage, **values)


def make_news(home: Page, **values: Any) -> NewsPage:
    """Publish a piece of news."""
    index = NewsIndexPage.objects.child_of(home).first() or add_page(home, NewsIndexPage, title="Новини")
    return add_page(index, NewsPage, **values)


def make_project(home: Page, **values: Any) -> ProjectPage:
    """Publish a project."""
    values = {
        "title": "Проектът", "programme": "Програма", "fund": "Фонд", "beneficiary": "Сдружение",
        "starts_on": date(2018, 12, 14), "ends_on": date(2020, 12, 14), "budget_amount": Decimal(1000),
        "funding_statement": "С пари на Съюза.", **values,
    }  # fmt: skip
    return add_page(home, ProjectPage, **values)


def make_stand_in(page: Page) -> Page:
    """Return what stands in for a page in English until somebody translates it."""
    return page.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)


def restrict(page: Page) -> None:
    """Let only those who sign in see a page."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
