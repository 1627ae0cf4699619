"""Every kind of page in a real browser: axe finds nothing, nothing overflows, the keyboard reaches the content."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page
from wagtail.models import Page as WagtailPage

from files.models import Document
from hub.accessibility import record
from tests.browser.conftest import WIDTHS, Recorder

pytestmark = pytest.mark.browser

LANGUAGES = ("bg", "en")
RECORDS = os.environ.get("HUB_RECORD_ACCESSIBILITY") == "1"
# Which screens, in which colours: each of both; for the statement each with each.
VIEWS = [("phone", "light"), ("desktop", "dark")]
VIEWS += [("phone", "dark"), ("desktop", "light")] if RECORDS else []
RUNS = len(LANGUAGES) * len(VIEWS)
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
        f"/{language}/write/contact/",
        f"/{language}/write/barrier/",
        f"/{language}/feeds/",
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


@dataclass
class Examined:
    """What axe found on each address in all runs together; the accessibility statement tells of it."""

    findings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    runs: int = 0
    views: int = 0
    tool: str = ""

    def note(self, address: str, answer: dict[str, Any]) -> None:
        """Note what axe found on an address; a rule that is broken in two colours is one finding."""
        known = self.findings.setdefault(address, [])
        rules = {own["id"] for own in known}
        known += [own for own in answer["violations"] if own["id"] not in rules]
        self.views += 1
        self.tool = f"{answer['testEngine']['name']} {answer['testEngine']['version']}"


@pytest.fixture(scope="module")
def examined() -> Iterator[Examined]:
    """What is found; written down by `make accessibility`, when every run has ended."""
    examined = Examined()
    yield examined
    if RECORDS and examined.runs == RUNS:
        record(examined.findings, tool=examined.tool, views=examined.views, day=timezone.localdate())


def told(violations: list[dict[str, Any]]) -> list[str]:
    """Return what axe found in lines to read."""
    return [f"{rule['id']}: {node['html'][:200]}" for rule in violations for node in rule["nodes"]]


@pytest.mark.parametrize("view", VIEWS, ids="-".join)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(
    request: pytest.FixtureRequest, recorder: Recorder, examined: Examined, language: str,
    view: tuple[str, Literal["light", "dark"]],
) -> None:  # fmt: skip
    recorder.expect(r"404: .*/nowhere/")
    width, scheme = view
    page: Page = request.getfixturevalue(width)
    page.emulate_media(color_scheme=scheme)

    wrong = {}
    for address in addresses(language):
        page.goto(address)
        answer = Axe().run(page).response
        examined.note(address, answer)
        if found := told(answer["violations"]):
            wrong[address] = found
    examined.runs += 1

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


@pytest.mark.parametrize("width", list(WIDTHS))
def test_text_of_twice_the_size_stays_within_the_screen(
    request: pytest.FixtureRequest, recorder: Recorder, width: str
) -> None:
    recorder.expect(r"404: .*/nowhere/")
    page: Page = request.getfixturevalue(width)
    sizes = {"standard": 32, "fixed": 26}  # what a reader sets in the browser; 16 and 13 is usual
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})

    wide = []
    for address in addresses("bg"):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(address)

    assert wide == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_key_leads_past_the_frame_to_the_content(desktop: Page, language: str) -> None:
    desktop.goto(f"/{language}/")

    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")

    assert desktop.evaluate("document.activeElement.id") == "main"
