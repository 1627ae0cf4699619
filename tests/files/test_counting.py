"""Which requests are a download, and that each of them is counted once."""

import asyncio
import datetime
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client
from wagtail.models import Page

from files.models import Document, DownloadCount
from hub.readers import is_robot
from tests.factories.files import make_document, make_publication, replace, version_of
from tests.files.conftest import BROWSER

READERS = [
    BROWSER,
    "Mozilla/5.0 (Linux; Android 14; CUBOT KINGKONG) AppleWebKit/537.36 Chrome/124.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18",
]
ROBOTS = [
    "", "-", "Mozilla/5.0", "curl/8.5.0", "Wget/1.21", "python-requests/2.32", "Java/17.0.2", "Go-http-client/2.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36",
    "facebookexternalhit/1.1", "Mozilla/5.0 (compatible; AhrefsBot/7.0)", "CCBot/2.0 (https://commoncrawl.org/faq/)",
]  # fmt: skip


@pytest.fixture
def document(home: Page) -> Document:
    return make_document(publication=make_publication(home))


def get(client: Client, address: str, **headers: str) -> Any:
    return client.get(address, headers={"User-Agent": BROWSER, **headers})


def counted() -> int:
    return sum(row.single for row in DownloadCount.objects.all())


@pytest.mark.parametrize("user_agent", READERS)
def test_a_browser_is_a_reader(user_agent: str) -> None:
    assert not is_robot(user_agent)


@pytest.mark.parametrize("user_agent", ROBOTS)
def test_a_known_robot_is_none(user_agent: str) -> None:
    assert is_robot(user_agent)


def test_a_download_is_counted_for_its_version_and_day(client: Client, document: Document) -> None:
    first = version_of(document)
    replace(document)

    with time_machine.travel("2026-03-01T23:30:00+02:00"):  # in Sofia; in Greenwich it is earlier
        get(client, first.url)
    with time_machine.travel("2026-03-02T00:30:00+02:00"):
        get(client, document.url)
        get(client, document.url)

    rows = set(DownloadCount.objects.values_list("version__number", "day", "single", "bundled"))
    assert rows == {(1, datetime.date(2026, 3, 1), 1, 0), (2, datetime.date(2026, 3, 2), 2, 0)}


@pytest.mark.parametrize(
    ("asked", "number"),
    [("bytes=0-", 1), ("bytes=0-99", 1), ("bytes=100-", 0), ("bytes=-100", 0), ("bytes=9999999-", 0), ("nonsense", 1)],
)
def test_a_part_counts_where_it_begins_with_the_first_byte(
    client: Client, document: Document, asked: str, number: int
) -> None:
    get(client, document.url, Range=asked)

    assert counted() == number


def test_what_is_no_download_is_not_counted(client: Client, document: Document) -> None:
    tag = client.head(document.url)["ETag"]

    client.head(document.url, headers={"User-Agent": BROWSER})
    get(client, document.url, **{"If-None-Match": tag})
    get(client, f"/files/{document.pk}/another-name.pdf")
    get(client, document.url, **{"Sec-Purpose": "prefetch;anonymous-client-ip"})
    client.get(document.url, headers={"User-Agent": "curl/8.5.0"})

    assert counted() == 0


def test_what_editors_open_is_not_counted(client: Client, document: Document, administrator: Any) -> None:
    client.force_login(administrator)

    assert get(client, document.url).status_code == 200
    assert counted() == 0


def test_an_answer_does_not_differ_by_cookie(client: Client, document: Document) -> None:
    assert "Cookie" not in get(client, document.url).get("Vary", "")


def test_a_download_does_not_fail_where_it_cannot_be_counted(
    client: Client, document: Document, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr("files.querysets.DownloadCountQuerySet.add_one", locked)

    assert get(client, document.url).status_code == 200
    assert "Downloads were not counted" in caplog.text


def test_several_are_counted_at_once_whether_the_day_has_a_row_or_not(home: Page) -> None:
    publication = make_publication(home)
    versions = [version_of(make_document(publication=publication)) for _ in range(3)]
    day = datetime.date(2026, 3, 1)
    DownloadCount.objects.add_one([versions[0].pk], day, kind="bundled")

    DownloadCount.objects.add_one([version.pk for version in versions], day, kind="bundled")

    assert list(DownloadCount.objects.order_by("version").values_list("single", "bundled")) == [(0, 2), (0, 1), (0, 1)]


def test_nothing_about_readers_is_kept() -> None:
    assert {field.name for field in DownloadCount._meta.get_fields()} == {"id", "version", "day", "single", "bundled"}


def test_a_thousand_requests_at_once_are_counted_exactly(seeded_file: Path, served: str) -> None:
    document = Document.objects.public().with_versions().first()
    assert document is not None

    with ThreadPoolExecutor(1) as thread:  # another test's browser may have a loop running in this one
        statuses = thread.submit(asyncio.run, _ask(served, document.url, times=1000)).result()

    assert statuses == [b"HTTP/1.1 200 OK"] * 1000
    assert counted() == 1000


async def _ask(origin: str, path: str, *, times: int) -> list[bytes]:
    """Return the first line of the answers to requests that are all sent before any answer is read."""
    host, port = origin.removeprefix("http://").split(":")
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {BROWSER}\r\nConnection: close\r\n\r\n".encode()
    opened = await asyncio.gather(*(asyncio.open_connection(host, int(port)) for _ in range(times)))
    for _, writer in opened:
        writer.write(request)
    async with asyncio.timeout(120):
        answers = await asyncio.gather(*(reader.read() for reader, _ in opened))
    for _, writer in opened:
        writer.close()
    return [answer.partition(b"\r\n")[0] for answer in answers]
