"""Documents in a real S3 storage. Collected where HUB_MINIO names the program of a MinIO server.

HUB_MINIO=$(python tests/servers/minio.py build /var/tmp) .venv/bin/python -m pytest -n 0 tests/files/test_s3.py
"""

import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from django.conf import settings as django_settings
from django.core.files.storage import storages
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.models import Page

from files.extracting import read_text
from files.fixity import check_all
from files.models import Document
from files.models.pages import pictures_folder
from files.orphans import remove_orphans
from hub import health
from hub.backup import back_up, restore
from tests.factories.files import make_document, make_publication, make_read, version_of
from tests.files.conftest import BROWSER
from tests.files.extraction.samples import pdf_bytes
from tests.processes import running

KEYS = {"aws_access_key_id": "hub-tests", "aws_secret_access_key": "a secret for tests"}  # protects nothing


@pytest.fixture(scope="module")
def minio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an S3 server with an empty bucket."""
    folder = tmp_path_factory.mktemp("minio")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    keys = {"MINIO_ROOT_USER": KEYS["aws_access_key_id"], "MINIO_ROOT_PASSWORD": KEYS["aws_secret_access_key"]}
    command = [os.environ["HUB_MINIO"], "server", "--quiet", "--address", f"127.0.0.1:{port}", str(folder)]
    with running(command, **keys):
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        client = boto3.client("s3", endpoint_url=address, region_name="us-east-1", **KEYS)
        client.create_bucket(Bucket="hub")
        yield address


def _wait_for(address: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/minio/health/ready", timeout=5):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    pytest.fail("MinIO did not start")


@pytest.fixture
def in_s3(minio: str) -> Iterator[None]:
    """Documents lie in the S3 storage, by the settings that production uses."""
    own = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "hub", "endpoint_url": minio, "region_name": "us-east-1", "signature_version": "s3v4",
            "addressing_style": "path", "default_acl": None, "file_overwrite": False, "querystring_auth": True,
            "access_key": KEYS["aws_access_key_id"], "secret_key": KEYS["aws_secret_access_key"],
        },
    }  # fmt: skip
    with override_settings(STORAGES={**django_settings.STORAGES, "documents": own}):
        yield


def test_a_document_is_stored_once_read_and_handed_out_by_a_signed_address(
    client: Client, home: Page, in_s3: None
) -> None:
    content = pdf_bytes("In the cloud")
    document = make_document(content, publication=make_publication(home))
    make_document(content)

    response = client.get(document.url, headers={"User-Agent": BROWSER})

    assert response.status_code == 302
    with urllib.request.urlopen(response["Location"]) as whole:
        assert whole.read() == content
        assert whole.headers["Content-Type"] == "application/pdf"
        assert "filename*=UTF-8" in whole.headers["Content-Disposition"]
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(response["Location"].partition("?")[0])
    with urllib.request.urlopen(urllib.request.Request(response["Location"], headers={"Range": "bytes=2-5"})) as part:
        assert (part.status, part.read()) == (206, content[2:6])


def test_pictures_of_pages_lie_there_too_and_come_from_the_site(client: Client, home: Page, in_s3: None) -> None:
    document = make_read(pdf_bytes("Drawn"), publication=make_publication(home))
    page = client.get(reverse("documents:read", args=[document.pk])).content.decode()
    address = page.partition("<figure>")[2].partition('src="')[2].partition('"')[0]

    response = client.get(address)

    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response.content.startswith(b"RIFF")
    place = pictures_folder(version_of(document).blob.sha256)
    assert sorted(storages["documents"].listdir(place)[1]) == ["1-reading.webp", "1-small.webp"]


def test_reading_fixity_orphans_and_readiness_work_there_too(home: Page, in_s3: None) -> None:
    document = make_document(pdf_bytes("Words that are read"))

    assert read_text(version_of(document)) == "text"
    assert check_all() == (1, [])
    storages["documents"].delete(version_of(document).blob.name)
    assert len(check_all()[1]) == 1
    assert remove_orphans() == 0
    assert all(state.is_ok for state in health.examine() if state.name == "storage")


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_made_of_it_and_restored_into_it(in_s3: None, tmp_path: Path) -> None:
    document = make_document(pdf_bytes("Kept"))
    name = version_of(document).blob.name
    folder = back_up(tmp_path)
    storages["documents"].delete(name)
    Document.objects.all().delete()

    restore(folder)

    assert storages["documents"].exists(name)
    assert check_all() == (1, [])
