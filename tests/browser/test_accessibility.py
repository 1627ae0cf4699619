"""Every kind of page in a real browser: axe finds nothing, nothing overflows, the keyboard reaches the content."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from wagtail.models import Page as WagtailPage

from files.models import Document
from tests.browser.conftest import Recorder

pytestmark = pytest.mark.browser

LANGUAGES = ("bg", "en")
SEARCHES = {"bg": "участие на младите", "en": "youth participation"}


def addresses(language: str) -> list[str]:
    """Return one published page of each type, the results with and without hits, an unknown address and the sign-in."""
    seen: dict[str, str] = {}
    for page in WagtailPage.objects.live().filter(locale__language_code=language, depth__gt=1).specific():
        if page.url:
            seen.setdefault(page.specific_class.__name__, page.url)
    query = SEARCHES[language]
    return [
        *seen.values(),
        *readers(language, query),
        f"/{language}/search/?q={query}",
        f"/{language}/search/?q=xqzvwk",
        f"/{language}/search/",
        f"/{language}/nowhere/",
        f"/{language}/account/login/",
    ]


def readers(language: str, query: str) -> list[str]:
    """Return the readers of a PDF, of a text and of a table, with something looked for in them."""
    first = {document.media_type: document.pk for document in Document.objects.filter(language="bg").order_by("-pk")}
    base = f"/{language}/files"
    asked = [f"{base}/{pk}/read/?q={query}" for pk in first.values()]
    return [f"{base}/{first['application/pdf']}/read/", f"{base}/{first['application/pdf']}/read/?view=text", *asked]


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong, with all its rules on."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(("width", "scheme"), [("phone", "light"), ("desktop", "dark")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(
    request: pytest.FixtureRequest, recorder: Recorder, language: str, width: str, scheme: Literal["light", "dark"]
) -> None:
    recorder.expect(r"404: .*/nowhere/")
    page: Page = request.getfixturevalue(width)
    page.emulate_media(color_scheme=scheme)

    wrong = {}
    for address in addresses(language):
        page.goto(address)
        if found := violations(page):
            wrong[address] = found

    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_reaches_over_the_edge_of_a_narrow_screen(phone: Page, recorder: Recorder, language: str) -> None:
    recorder.expect(r"404: .*/nowhere/")
    phone.set_viewport_size({"width": 320, "height": 640})

    wide = []
    for address in addresses(language):
        phone.goto(address)
        if phone.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(address)

    assert wide == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_key_leads_past_the_frame_to_the_content(desktop: Page, language: str) -> None:
    desktop.goto(f"/{language}/")

    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")

    assert desktop.evaluate("document.activeElement.id") == "main"
