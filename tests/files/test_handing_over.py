"""Who sends the bytes: a real nginx by the configuration of deploy/, an S3 storage by signed addresses, or the site."""

import re
import shutil
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import storages
from django.db import connection
from django.test import Client, override_settings
from wagtail.models import Page

from files.models import Document, DownloadCount
from tests.databases import PROJECT_DIR
from tests.factories.files import make_document, make_publication, version_of
from tests.files.conftest import BROWSER, serve
from tests.processes import running

SIGNED = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {
        "bucket_name": "hub", "endpoint_url": "http://127.0.0.1:9", "access_key": "key", "secret_key": "secret",
        "signature_version": "s3v4", "addressing_style": "path", "querystring_auth": True,
    },
}  # fmt: skip


@pytest.fixture
def document(home: Page) -> Document:
    return make_document(publication=make_publication(home), title="Доклад")


def test_the_web_server_is_told_where_the_bytes_lie(client: Client, document: Document, settings: Any) -> None:
    settings.FILES_ACCEL_PREFIX = "/_documents/"

    response = client.get(document.url, headers={"User-Agent": BROWSER})

    assert response["X-Accel-Redirect"] == f"/_documents/{version_of(document).blob.name}"
    assert response.content == b""
    assert "Content-Length" not in response or response["Content-Length"] == "0"
    assert response["Content-Disposition"].startswith("inline; ")
    assert DownloadCount.objects.get().single == 1


def test_what_the_web_server_would_not_know_is_answered_here(client: Client, document: Document, settings: Any) -> None:
    settings.FILES_ACCEL_PREFIX = "/_documents/"
    tag = f'"{version_of(document).blob.sha256}"'

    unchanged = client.get(document.url, headers={"If-None-Match": tag})
    resumed = client.get(document.url, headers={"Range": "bytes=5-", "If-Range": tag})
    behind = client.get(document.url, headers={"Range": "bytes=99999999-"})

    assert [unchanged.status_code, resumed.status_code, behind.status_code] == [304, 206, 416]
    assert not any("X-Accel-Redirect" in response for response in (unchanged, resumed, behind))


def test_nobody_is_handed_what_he_may_not_open(client: Client, home: Page, settings: Any) -> None:
    settings.FILES_ACCEL_PREFIX = "/_documents/"
    hidden = make_document(publication=make_publication(home, live=False))

    assert client.get(hidden.url).status_code == 404
    assert client.get(f"/_documents/{version_of(hidden).blob.name}", follow=True).status_code == 404


def test_an_s3_storage_is_asked_by_an_address_that_is_signed_and_soon_void(client: Client, document: Document) -> None:
    with override_settings(STORAGES={**django_settings.STORAGES, "documents": SIGNED}):
        response = client.get(f"{document.url}?download", headers={"User-Agent": BROWSER})

    address = urlsplit(response["Location"])
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert (response.status_code, response["Cache-Control"]) == (302, "private, no-store")
    assert address.path == f"/hub/{version_of(document).blob.name}"
    assert asked["X-Amz-Expires"] == "300"
    assert asked["response-content-type"] == "application/pdf"
    assert asked["response-content-disposition"].startswith('attachment; filename="Doklad.pdf"')
    assert DownloadCount.objects.get().single == 1


# A real nginx


@pytest.fixture
def behind_nginx(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """The address of an nginx before the site, with the part of its configuration that concerns documents."""
    program = shutil.which("nginx")
    if program is None:
        pytest.skip("nginx is not installed")
    database = Path(connection.settings_dict["NAME"])
    for origin in serve(database, HUB_ACCEL_PREFIX="/_documents/"):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        conf = tmp_path / "nginx.conf"
        conf.write_text(_configuration(tmp_path, port, origin))
        with running([program, "-c", conf, "-p", tmp_path, "-e", tmp_path / "error.log"]):
            _wait_for_port(port)
            yield f"http://127.0.0.1:{port}"


def _configuration(folder: Path, port: int, origin: str) -> str:
    """Return a small nginx with the location of documents as deploy/ has it."""
    shipped = (PROJECT_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    found = re.search(r"location /_documents/ \{.*?\n    \}", shipped, re.DOTALL)
    assert found
    documents = found[0].replace("/srv/hub/var/documents/", f"{storages['documents'].path('')}/".replace("//", "/"))
    return f"""
        daemon off; pid {folder}/pid; worker_processes 1; user root;
        events {{ }}
        http {{
            access_log off;
            client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
            uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
            server {{
                listen 127.0.0.1:{port};
                {documents}
                location / {{ proxy_pass {origin}; proxy_set_header Host $host; }}
            }}
        }}
    """


def _wait_for_port(port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx did not start")


def test_nginx_sends_the_bytes_with_the_sites_headers(behind_nginx: str, home: Page) -> None:
    document = make_document(publication=make_publication(home))
    version = version_of(document)

    def ask(path: str, **headers: str) -> Any:
        asked = urllib.request.Request(behind_nginx + path, headers={"User-Agent": BROWSER, **headers})
        try:
            return urllib.request.urlopen(asked)
        except urllib.error.HTTPError as error:
            return error

    with ask(document.url) as whole, version.blob.open() as stored:
        assert whole.read() == stored.read()
    with ask(document.url, Range="bytes=10-19") as part:
        assert (part.status, len(part.read())) == (206, 10)
    with ask(document.url, **{"If-None-Match": f'"{version.blob.sha256}"'}) as unchanged:
        assert unchanged.status == 304
    with ask(f"/_documents/{version.blob.name}") as forbidden:
        assert forbidden.status == 404

    headers = whole.headers
    assert "X-Accel-Redirect" not in headers
    assert headers.get_all("ETag") == [f'"{version.blob.sha256}"']
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("inline; ")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert int(headers["Content-Length"]) == version.blob.size
    assert sum(row.single for row in DownloadCount.objects.all()) == 1
