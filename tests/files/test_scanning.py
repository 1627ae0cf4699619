"""The virus scanner: a real clamd with one signature of our own, and what happens without its word."""

import io
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from files.models import Document
from files.scanning import InfectedFileError, NotScannedError, scan
from tests.files.extraction.samples import pdf_bytes
from tests.processes import running

HARMFUL = b"this is the harmful sequence of bytes"


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scanner that knows one harmful sequence."""
    program = shutil.which("clamd")
    if program is None:
        pytest.skip("clamd is not installed")
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "signatures").mkdir()
    (folder / "signatures" / "own.ndb").write_text(f"Hub.Test:0:*:{HARMFUL.hex()}\n")
    address = folder / "socket"
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder}/signatures\nLocalSocket {address}\nForeground yes\nStreamMaxLength 1M\n"
        "OfficialDatabaseOnly no\nLogSyslog no\n"
    )
    with running([program, "-c", folder / "clamd.conf"]) as server:
        _wait_for(address, server)
        yield f"unix:{address}"


def _wait_for(address: Path, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while not address.exists() and server.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    assert address.exists()


def test_a_clean_file_passes_and_a_harmful_one_is_named(clamd: str, settings: Any) -> None:
    settings.FILES_CLAMD = clamd
    clean = io.BytesIO(b"harmless " * 50_000)

    scan(clean)
    with pytest.raises(InfectedFileError) as caught:
        scan(io.BytesIO(b"x" * 100_000 + HARMFUL))

    assert clean.tell() == 0
    assert str(caught.value.details["found"]).startswith("Hub.Test")


def test_what_the_scanner_will_not_look_at_is_not_taken_in(clamd: str, settings: Any) -> None:
    settings.FILES_CLAMD = clamd

    with pytest.raises(NotScannedError):
        scan(io.BytesIO(bytes(3 * 2**20)))


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.ctl", "tcp://127.0.0.1:9"])
def test_without_the_scanners_word_nothing_is_taken_in(settings: Any, address: str) -> None:
    settings.FILES_CLAMD = address

    with pytest.raises(NotScannedError):
        scan(io.BytesIO(b"x"))


def test_without_a_scanner_nobody_is_asked(settings: Any) -> None:
    settings.FILES_CLAMD = ""

    scan(io.BytesIO(HARMFUL))


def test_a_harmful_upload_is_refused_in_the_admin(
    client: Client, site: Any, administrator: Any, clamd: str, settings: Any
) -> None:
    settings.FILES_CLAMD = clamd
    client.force_login(administrator)
    content = pdf_bytes("Words") + b"%" + HARMFUL
    sent = {"title": "Доклад", "file": SimpleUploadedFile("a.pdf", content), "tags": "", "language": "bg"}

    response = client.post(reverse("wagtaildocs:add"), sent)

    assert response.context["form"].has_error("file", "infected")
    assert not Document.objects.exists()
