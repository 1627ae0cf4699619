"""Everything that must not be taken in, tried through the editors' form: a clear sentence, and nothing lost or left."""

import io
import resource
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from files.forms import DocumentForm
from files.models import Blob, Document
from files.refusals import reason_for
from files.storage import BlobStorage
from hub.uploads import DiskUploadHandler
from tests.factories.files import pdf_with_password, pdf_with_script, version_of
from tests.files.extraction.samples import docx_bytes, pdf_bytes, rezipped, xlsx_bytes, zip_bytes

ADD = "wagtaildocs:add"
DOCX = docx_bytes(lambda word: word.add_paragraph("Текст"))
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(10))
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [' + LAUGHS + b"]><x>&l9;</x>"
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
EXECUTABLE = b"MZ" + bytes(200)


def zip_bomb() -> bytes:
    """Return an office file of which one part unfolds to 300 MB."""
    stream = io.BytesIO(DOCX)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/extra.xml", "w") as part:
        for _ in range(300):
            part.write(bytes(2**20))
    return stream.getvalue()


REFUSED: list[tuple[str, str, bytes | Callable[[], bytes], str]] = [
    ("an empty file", "празен.pdf", b"", "empty"),
    ("a PDF with a password", "заключен.pdf", pdf_with_password, "encrypted"),
    ("a PDF with a script", "скрипт.pdf", pdf_with_script, "active_content"),
    ("a PDF that is HTML", "страница.pdf", b"<!doctype html><script>alert(1)</script>", "content_mismatch"),
    ("a broken PDF", "счупен.pdf", b"%PDF-1.7\nnothing else", "broken"),
    (
        "HTML and a PDF in one",
        "двойник.pdf",
        b"<html><script>1</script></html>" + pdf_bytes("Words"),
        "content_mismatch",
    ),
    ("a program and a PDF in one", "двойник.pdf", EXECUTABLE + pdf_bytes("Words"), "content_mismatch"),
    ("a PDF and an archive in one", "двойник.pdf", pdf_bytes("Words") + zip_bytes({"a.js": b"1"}), "content_mismatch"),
    ("an entity bomb", "бомба.docx", rezipped(DOCX, {"word/document.xml": BOMB}), "entities"),
    ("external entities", "външен.docx", rezipped(DOCX, {"word/document.xml": EXTERNAL}), "entities"),
    ("a zip bomb", "бомба.docx", zip_bomb, "archive_bomb"),
    ("macros under another name", "макрос.docx", rezipped(DOCX, {"word/vbaProject.bin": b"code"}), "macros"),
    ("a program", "програма.exe", EXECUTABLE, "unsupported_type"),
]


@pytest.fixture(autouse=True)
def signed_in(client: Client, administrator: Any) -> Any:
    client.force_login(administrator)
    return administrator


def fields(content: bytes, name: str) -> dict[str, Any]:
    plain = {"title": "Моето заглавие", "language": "bg", "title_bg": "", "title_en": "", "tags": "", "publication": ""}
    return {**plain, "file": SimpleUploadedFile(name, content)}


@pytest.mark.parametrize(
    ("case", "language"),
    [(case, ("bg", "en")[number % 2]) for number, case in enumerate(REFUSED)],
    ids=[case[0] for case in REFUSED],
)
def test_it_is_refused_in_the_editors_language_and_nothing_is_lost_or_left(
    client: Client, site: Any, signed_in: Any, case: tuple[str, str, Any, str], language: str
) -> None:
    _, name, content, code = case
    UserProfile.objects.update_or_create(user=signed_in, defaults={"preferred_language": language})

    before = stored()

    response = client.post(reverse(ADD), fields(content() if callable(content) else content, name))

    form = response.context["form"]
    assert form.has_error("file", code), form.errors
    with translation.override(language):
        assert form.errors["file"] == [reason_for(code)]
    assert "Моето заглавие" in response.content.decode()
    assert not Document.objects.exists()
    assert not Blob.objects.exists()
    assert stored() == before


def stored() -> list[str]:
    """Return the first folders of the storage that hold a content."""
    storage = storages["documents"]
    return sorted(storage.listdir("sha256")[0]) if storage.exists("sha256") else []


def test_a_file_of_500_mb_is_refused_without_being_read_to_its_end(site: Any, tmp_path: Path) -> None:
    upload = TemporaryUploadedFile("голям.pdf", "application/pdf", 500 * 2**20, None)
    with upload:
        assert upload.file is not None
        upload.file.truncate(500 * 2**20)  # a sparse file: as long as it says, without the disk for it
        form = DocumentForm_for(upload)

        assert form.has_error("file", "too_large")
    assert "100" in str(form.errors["file"])


def DocumentForm_for(upload: Any) -> Any:  # noqa: N802 - named for the form
    from wagtail.documents.forms import get_document_form  # noqa: PLC0415 - needs the models

    assert issubclass(get_document_form(Document), DocumentForm)
    return get_document_form(Document)({"title": "Голям"}, {"file": upload}, user=None)


def test_a_pdf_of_10_000_pages_is_taken_in_and_counted(client: Client, site: Any) -> None:
    client.post(reverse(ADD), fields(long_pdf(10_000), "дълъг.pdf"))

    assert version_of(Document.objects.get()).page_count == 10_000


def long_pdf(pages: int) -> bytes:
    """Return a PDF with that many empty pages, written line by line: a library needs half a minute for it."""
    parts = [b"%PDF-1.7\n", b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"]
    kids = b" ".join(b"%d 0 R" % number for number in range(3, pages + 3))
    parts.append(b"2 0 obj <</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 300 300]>> endobj\n" % (pages, kids))
    parts += [b"%d 0 obj <</Type/Page/Parent 2 0 R>> endobj\n" % number for number in range(3, pages + 3)]
    places, place = [], 0
    for part in parts:
        places.append(place)
        place += len(part)
    table = b"".join(b"%010d 00000 n \n" % own for own in places[1:])
    count = len(parts)
    end = b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, place)
    return b"".join([*parts, b"xref\n0 %d\n0000000000 65535 f \n" % count, table, end])


@pytest.mark.parametrize(
    "damage",
    [lambda data: data.replace(b"startxref", b"startxxxx"), lambda data: data[: data.rindex(b"xref")],
     lambda data: data[:-20] + b"99999999\n%%EOF\n"],
    ids=["no pointer", "no table", "pointer into nothing"],
)  # fmt: skip
def test_a_pdf_with_broken_cross_references_is_read_or_refused_as_broken(
    client: Client, site: Any, damage: Callable[[bytes], bytes]
) -> None:
    response = client.post(reverse(ADD), fields(damage(pdf_bytes("Words in it")), "счупен.pdf"))

    if response.status_code == 302:
        assert version_of(Document.objects.get()).page_count == 1
    else:
        assert response.context["form"].has_error("file", "broken")


def test_a_sheet_with_a_million_empty_rows_is_taken_in(client: Client, site: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes({"Списък": [["Име"], ["Сдружение"]]}))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    empty = b"".join(b'<row r="%d"/>' % number for number in range(3, 1_000_003))
    content = rezipped(
        xlsx_bytes({"Списък": [["Име"], ["Сдружение"]]}),
        {"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", empty + b"</sheetData>")},
    )

    client.post(reverse(ADD), fields(content, "списък.xlsx"))

    assert version_of(Document.objects.get()).page_count == 1


def on_a_small_disk(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method that works as ever, on a system that lets no file grow beyond 4 KB."""

    def limited(*args: Any, **kwargs: Any) -> Any:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
        try:
            return method(*args, **kwargs)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return limited


# Where an upload is written to the disk: while it arrives, while it is looked at, and where it is kept.
SMALL_DISKS = [
    pytest.param((DiskUploadHandler, ("receive_data_chunk", "file_complete"), 3_000_000), id="while it arrives"),
    pytest.param((shutil, ("copyfileobj",), 100_000), id="while it is looked at"),
    pytest.param((BlobStorage, ("save",), 100_000), id="where it is kept"),
]


@pytest.mark.parametrize("disk", SMALL_DISKS)
def test_a_disk_that_is_full_in_the_middle_of_a_file_is_a_message(
    client: Client, site: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, disk: Any
) -> None:
    owner, methods, size = disk
    content, before = pdf_bytes("Words") + b"%" * size, stored()

    with monkeypatch.context() as patched:
        for name in methods:
            patched.setattr(owner, name, on_a_small_disk(getattr(owner, name)))
        refused = client.post(reverse(ADD), fields(content, "a.pdf"))
    left = stored()
    taken = client.post(reverse(ADD), fields(content, "a.pdf"))

    assert refused.context["form"].errors["file"] == [reason_for("not_stored")]
    assert "Моето заглавие" in refused.content.decode()
    assert "File too large" in caplog.text  # as the system says it
    assert left == before
    assert taken.status_code == 302
    document = Document.objects.get()
    with version_of(document).blob.open() as kept:
        assert kept.read() == content


def test_the_last_of_the_disk_is_left_to_the_database(client: Client, site: Any, settings: Any) -> None:
    settings.FILES_ROOM = shutil.disk_usage(settings.FILES_DIR).total

    # What is stored already takes no room: these words no other test has.
    response = client.post(reverse(ADD), fields(pdf_bytes("The last of the disk"), "a.pdf"))

    assert response.context["form"].has_error("file", "not_stored")


def test_a_picture_that_the_disk_has_no_room_for_is_a_message_too(
    client: Client, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("receive_data_chunk", "file_complete"):
        monkeypatch.setattr(DiskUploadHandler, name, on_a_small_disk(getattr(DiskUploadHandler, name)))
    sent = {"title": "Снимка", "file": SimpleUploadedFile("a.png", bytes(3_000_000))}

    response = client.post(reverse("wagtailimages:add"), sent)

    assert response.context["form"].errors["file"] == [reason_for("not_stored")]


def test_more_than_is_taken_in_is_not_written_to_the_disk(client: Client, site: Any, settings: Any) -> None:
    settings.FILES_MAX_SIZE = 3_000_000
    most, write = 0, DiskUploadHandler.receive_data_chunk

    def watched(self: DiskUploadHandler, *args: Any) -> bytes | None:
        nonlocal most
        rest = write(self, *args)
        most = max(most, self.file.tell() if self.lost is None else 0)
        return rest

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(DiskUploadHandler, "receive_data_chunk", watched)
        response = client.post(reverse(ADD), fields(bytes(6_000_000), "голям.pdf"))

    assert response.context["form"].has_error("file", "too_large")
    assert 0 < most <= 3_000_000


@pytest.mark.parametrize(
    "name", ["a/b.pdf", "..\\..\\win.pdf", "a\x00b.pdf", "\u202efdp.exe.pdf", "я" * 300 + ".pdf", ".pdf"]
)
def test_no_name_is_too_strange(client: Client, site: Any, name: str) -> None:
    upload = SimpleUploadedFile("a.pdf", pdf_bytes("Words"))
    upload._name = name  # type: ignore[attr-defined]  # the setter would clean it, as a browser does not

    response = client.post(reverse(ADD), {**fields(b"", "a.pdf"), "file": upload})

    if response.status_code == 302:
        kept = version_of(Document.objects.get()).original_name
        assert len(kept) <= 150
        assert kept.isprintable()
        assert not set(kept) & set("/\\")
    else:
        assert response.context["form"].errors["file"]


def test_a_length_that_lies_is_no_way_in(client: Client, site: Any) -> None:
    content = DOCX[:-22] + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0, 0)

    response = client.post(reverse(ADD), fields(content, "лъжа.docx"))

    assert response.context["form"].errors["file"]
    assert not Document.objects.exists()
