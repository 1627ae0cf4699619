"""What a visitor has before scrolling, and what it costs on a slow line."""

import gzip
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, Response

from practices.models import PracticePage
from strategies.models import StrategyChapterPage
from tests.browser.conftest import Recorder

pytestmark = pytest.mark.browser

SCREENS = [(320, 640), (360, 740), (1280, 800), (2560, 1440)]
# An article without pictures of its own; the goal is 70 kB.
MAX_BYTES = 90_000
MAX_REQUESTS = 10
# What comes compressed already: the server leaves it as it is.
PACKED = ("font/", "image/png", "image/avif", "image/webp", "image/jpeg")


def corners(place: Locator) -> tuple[float, float, float, float]:
    """Return where an element stands: left, top, right and bottom, in pixels of the first view."""
    box = place.bounding_box()
    assert box is not None, "it is not shown"
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: f"{screen[0]}x{screen[1]}")
@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_emblem_and_the_fund_are_seen_without_scrolling(
    desktop: Page, language: str, screen: tuple[int, int]
) -> None:
    width, height = screen
    desktop.set_viewport_size({"width": width, "height": height})

    for address in (f"/{language}/", f"/{language}/search/", f"/{language}/nowhere/"):
        if address.endswith("nowhere/"):
            desktop.route("**/nowhere/", lambda route: route.fulfill(response=route.fetch(), status=200))
        desktop.goto(address)
        emblem = corners(desktop.locator(".funding-strip__emblem img"))
        words = corners(desktop.locator(".funding-strip p"))
        for left, top, right, bottom in (emblem, words):
            assert 0 <= left < right <= width
            assert 0 <= top < bottom <= height
        assert emblem[2] <= words[0], "the words lie over the emblem"
        assert emblem[3] - emblem[1] >= 32
        for logo in desktop.locator(".brand svg, .funding-strip__logo img").all():
            own = corners(logo)
            assert area(own) <= area(emblem), "another sign is larger than the emblem"


def area(box: tuple[float, float, float, float]) -> float:
    """Return how large a box is."""
    return (box[2] - box[0]) * (box[3] - box[1])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["bg", "en"])
def test_an_article_is_light_with_all_it_loads(
    browser: Browser, recorder: Recorder, language: str, scheme: Literal["light", "dark"]
) -> None:
    pages = [
        model.objects.live().filter(locale__language_code=language).order_by("pk").first()
        for model in (PracticePage, StrategyChapterPage)
    ]

    for article in pages:
        assert article is not None
        sizes = everything_of(browser, recorder, article.url, scheme)
        assert sum(sizes.values()) <= MAX_BYTES, sizes
        assert len(sizes) <= MAX_REQUESTS, sizes


def everything_of(
    browser: Browser, recorder: Recorder, address: str, scheme: Literal["light", "dark"]
) -> dict[str, int]:
    """Return what a browser gets that opens an address for the first time and reads to the end, with the bytes."""
    context = browser.new_context(base_url=recorder.origin, viewport={"width": 360, "height": 740}, color_scheme=scheme)
    recorder.watch(context)
    page = context.new_page()
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(address)
    page.locator("footer").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    sizes = {answer.url.removeprefix(recorder.origin): on_the_line(answer) for answer in answers}
    context.close()
    return sizes


def on_the_line(answer: Response) -> int:
    """Return how many bytes of an answer go over the line."""
    body = answer.body()
    return len(body if answer.headers.get("content-type", "").startswith(PACKED) else gzip.compress(body))
