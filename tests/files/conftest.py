"""What the tests of files share."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from wagtail.models import Page

from files.models import Document
from tests.factories.files import make_document, make_publication, put_pages
from tests.files.extraction.samples import pdf_bytes
from tests.processes import running

BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36"
)

# Its server is no package of Debian: it is built for some minutes (tests/servers/minio.py), by .ci/run each time.
collect_ignore = [] if "HUB_MINIO" in os.environ else ["test_s3.py"]


class Reader(Client):
    """A client that reads each answer to its end, as a server does."""

    def request(self, **request: Any) -> Any:
        response: Any = super().request(**request)
        if response.streaming:
            response.content_read = b"".join(response)
        return response


@pytest.fixture
def client(settings: Any) -> Reader:
    settings.AXES_ENABLED = False  # `force_login` makes a request without an address, which the lockout asks for
    return Reader()


@pytest.fixture
def served(seeded_file: Path) -> Iterator[str]:
    """The address of the site under the server that serves it in production, on this test's own database."""
    yield from serve(seeded_file)


def serve(database: Path, **environment: str) -> Iterator[str]:
    """Give the address of a site that granian serves, until the generator is closed."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = {
        "DJANGO_SETTINGS_MODULE": "hub.settings.test",
        "HUB_TEST_DATABASE": str(database),
        "HUB_TEST_FILES": str(django_settings.FILES_DIR),
    }
    granian = str(Path(sys.executable).with_name("granian"))
    command = [
        granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
        "--blocking-threads", "4", "--workers-kill-timeout", "10", "--no-ws", "--backlog", "2048",
        "hub.wsgi:application",
    ]  # fmt: skip
    with running(command, **own, **environment) as server:
        _wait_for(f"http://127.0.0.1:{port}/healthz/live", server)
        yield f"http://127.0.0.1:{port}"


def _wait_for(address: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server did not answer at {address}")


@pytest.fixture
def report(home: Page) -> Document:
    """A public PDF in English letters: its font has no others."""
    pages = [f"Page number {n}. Citizens met in town {n}." for n in range(1, 41)]
    pages[13] += " The budgets were discussed."
    pages[29] += " A budget is a promise."
    document = make_document(pdf_bytes(*pages), publication=make_publication(home), language="en")
    put_pages(document, pages)
    return document
