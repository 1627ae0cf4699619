"""The least practices that a test can have."""

from typing import Any

from wagtail.models import Page

from hub.models import Country, Method, ParticipationLevel
from practices.models import PracticeIndexPage, PracticePage
from tests.factories.hub import add_page, make_theme


def make_country(code: str = "BG") -> Country:
    """Return a country."""
    names = {"slug": code.lower(), "name_bg": f"Държава {code}", "name_en": f"Country {code}"}
    return Country.objects.get_or_create(code=code, defaults=names)[0]


def make_level(slug: str = "consult", **values: Any) -> ParticipationLevel:
    """Return a level of participation."""
    names = {"name_bg": "Консултиране", "name_en": "Consult", **values}
    return ParticipationLevel.objects.get_or_create(slug=slug, defaults=names)[0]


def make_method(slug: str = "public", **values: Any) -> Method:
    """Return a method."""
    names = {"name_bg": "Граждански бюджет", "name_en": "Participatory budgeting", **values}
    return Method.objects.get_or_create(slug=slug, defaults=names)[0]


def make_practice_index(home: Page) -> PracticeIndexPage:
    """Return the list of practices under a home page."""
    found: PracticeIndexPage | None = PracticeIndexPage.objects.child_of(home).first()
    return found or add_page(
        home, PracticeIndexPage, title="Практики" if home.locale.language_code == "bg" else "Practices"
    )


def make_practice(home: Page, **values: Any) -> PracticePage:
    """Publish a practice."""
    values = {
        "country": make_country(), "place": "Ямбол, България", "level": make_level(), "organiser": "Община Ямбол",
        "story": "<p>Как започна.</p>", "themes": [make_theme()], "methods": [make_method()], **values,
    }  # fmt: skip
    return add_page(make_practice_index(home), PracticePage, **values)


def source(title: str = "Доклад на общината", **values: str) -> tuple[str, dict[str, str]]:
    """Return a source as a stream takes it."""
    return "source", {"title": title, "publisher": "", "url": "", "language": "", "supports": "", **values}


def figure(value: str, meaning: str, number: int | None = None) -> tuple[str, dict[str, Any]]:
    """Return a key figure as a stream takes it."""
    return "result", {"figure": value, "meaning": meaning, "source": number}
