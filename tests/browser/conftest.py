"""A real browser on the site with its first content, and a recorder that forgives nothing."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.conftest import chromium

FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = {"phone": (360, 740), "desktop": (1280, 900)}


@dataclass
class Recorder:
    """What went wrong on the pages of a test; anything that was not expected fails it."""

    origin: str
    troubles: list[str] = field(default_factory=list)
    _expected: list[re.Pattern[str]] = field(default_factory=list)

    def expect(self, pattern: str) -> None:
        """Name a trouble that the test brings about itself: "404 .*/nowhere/"."""
        self._expected.append(re.compile(pattern))

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))
        context.on("request", self._see)
        context.on("requestfailed", self._miss)
        context.on("response", self._read)

    def unexpected(self) -> list[str]:
        """Return the troubles that the test did not name."""
        return [trouble for trouble in self.troubles if not any(known.search(trouble) for known in self._expected)]

    def _hear(self, message: ConsoleMessage) -> None:
        """Note an error on the console, where breaches of the content policy are told too."""
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _see(self, request: Request) -> None:
        """Note a request to another host."""
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.troubles.append(f"third party: {request.url}")

    def _miss(self, request: Request) -> None:
        """Note a request without an answer; a download, and a page that is left, end this way too."""
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"failed: {request.url} ({request.failure})")

    def _read(self, response: Response) -> None:
        """Note an answer that is an error."""
        if response.status >= 400:
            self.troubles.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="session")
def _live_server() -> Iterator[LiveServer]:
    """The site, served on a port of its own; which database it reads is the business of each test."""
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def live_site(seeded_file: object, _live_server: LiveServer) -> str:
    """The address of the served site, with the first content in a database of this test alone."""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
    return _live_server.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    # Playwright runs a loop in this thread, and Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def recorder(live_site: str) -> Iterator[Recorder]:
    """The recorder of this test; it fails the test for whatever the test did not expect."""
    recorder = Recorder(live_site)
    yield recorder
    troubles = recorder.unexpected()
    assert not troubles, "\n".join(troubles)


def _open(browser: Browser, recorder: Recorder, width: str) -> Iterator[Page]:
    """Open a page of one width in a context without cookies and with Bulgarian as the reader's language."""
    wide, high = WIDTHS[width]
    context = browser.new_context(
        base_url=recorder.origin, viewport={"width": wide, "height": high}, locale="bg-BG", accept_downloads=True
    )
    context.set_default_timeout(30_000)
    recorder.watch(context)
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def phone(browser: Browser, recorder: Recorder) -> Iterator[Page]:
    """A page 360 pixels wide."""
    yield from _open(browser, recorder, "phone")


@pytest.fixture
def desktop(browser: Browser, recorder: Recorder) -> Iterator[Page]:
    """A page 1280 pixels wide."""
    yield from _open(browser, recorder, "desktop")


@pytest.fixture(params=list(WIDTHS))
def page(browser: Browser, recorder: Recorder, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in each of the widths, one after the other."""
    yield from _open(browser, recorder, request.param)
