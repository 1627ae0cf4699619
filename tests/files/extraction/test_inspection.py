"""What is let in, and what is refused by which name."""

import hashlib
import io
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from files.extraction import (
    BY_EXTENSION,
    BrokenFileError,
    ContentMismatchError,
    EmptyFileError,
    EncryptedFileError,
    ExtractionError,
    TooLargeError,
    UnsupportedTypeError,
    inspect,
)
from tests.files.extraction.samples import ODT_TYPE, docx_bytes, odt_bytes, pdf_bytes, xlsx_bytes, zip_bytes

PDF = pdf_bytes("One", "Two", title="Report")
DOCX = docx_bytes(lambda document: document.add_heading("Увод", 1))
XLSX = xlsx_bytes({"А": [["x"]], "Б": [["y"]]})
ODT = odt_bytes("<text:h>Увод</text:h>")
TEXT = "Име;Община\n„Надежда“;Бургас\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("name", "data", "pages"),
    [
        ("доклад.pdf", PDF, 2),
        ("ДОКЛАД.PDF", b"\n" + PDF, 2),
        ("доклад.docx", DOCX, None),
        ("списък.xlsx", XLSX, 2),
        ("писмо.odt", ODT, None),
        ("списък.csv", TEXT.encode("cp1251"), None),
        ("бележка.txt", TEXT.encode("utf-16"), None),
    ],
)
def test_an_honest_file_is_described(name: str, data: bytes, pages: int | None) -> None:
    inspection = inspect(io.BytesIO(data), name)

    assert inspection.extension == name[-4:].lower().removeprefix(".")
    assert inspection.media_type == BY_EXTENSION[inspection.extension]
    assert inspection.size == len(data)
    assert inspection.sha256 == hashlib.sha256(data).hexdigest()
    assert inspection.page_count == pages


def test_the_title_and_the_charset_are_told() -> None:
    assert inspect(io.BytesIO(PDF), "a.pdf").title == "Report"
    assert inspect(io.BytesIO(TEXT.encode("cp1251")), "a.csv").charset == "cp1251"


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.exe"])
def test_an_empty_file_is_refused(name: str) -> None:
    with pytest.raises(EmptyFileError):
        inspect(io.BytesIO(), name)


@pytest.mark.parametrize(
    "name", ["a.exe", "a.docm", "a.doc", "a", "a.pdf.html", "a.pdf/", "a.", ".pdf", "доклад\u202efdp.exe"]
)
def test_a_kind_that_is_not_taken_in_is_refused(name: str) -> None:
    with pytest.raises(UnsupportedTypeError):
        inspect(io.BytesIO(PDF), name)


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.pdf", b"<!DOCTYPE html><html><body>hello</body></html>", "text/html"),
        ("a.txt", b"\xef\xbb\xbf \n<HTML><script>alert(1)</script>", "text/html"),
        ("a.csv", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "text/html"),
        ("a.txt", PDF, BY_EXTENSION["pdf"]),
        ("a.pdf", DOCX, BY_EXTENSION["docx"]),
        ("a.docx", XLSX, BY_EXTENSION["xlsx"]),
        ("a.xlsx", DOCX, BY_EXTENSION["docx"]),
        ("a.docx", ODT, BY_EXTENSION["odt"]),
        ("a.docx", zip_bytes({"readme.txt": b"x"}), "application/zip"),
        ("a.docx", zip_bytes({"mimetype": b"application/epub+zip"}), "application/zip"),
        ("a.docx", b"plain words", "text/plain"),
        ("a.docx", OLE, "application/x-ole-storage"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(30), "image/png"),
        ("a.txt", b"MZ\x90\x00" + bytes(60), "application/vnd.microsoft.portable-executable"),
        ("a.txt", b"words and one zero \x00", "application/octet-stream"),
        ("a.txt", b"{\\rtf1 words}", "application/rtf"),
    ],
)
def test_content_that_contradicts_the_name_is_refused_and_named(name: str, data: bytes, found: str) -> None:
    with pytest.raises(ContentMismatchError) as caught:
        inspect(io.BytesIO(data), name)

    assert caught.value.details == {"extension": name[2:], "found": found}


def test_a_file_that_is_pdf_and_archive_at_once_is_refused() -> None:
    with pytest.raises(ContentMismatchError):
        inspect(io.BytesIO(PDF + zip_bytes({"a.html": b"<script>"})), "a.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n" + b"words " * 50, b"%PDF-1.4\n%%EOF"])
def test_a_pdf_that_does_not_open_is_broken(data: bytes) -> None:
    with pytest.raises(BrokenFileError):
        inspect(io.BytesIO(data), "a.pdf")


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.odt"])
def test_an_archive_that_does_not_open_is_broken(name: str) -> None:
    with pytest.raises(BrokenFileError):
        inspect(io.BytesIO(DOCX[: len(DOCX) // 2]), name)


def test_an_office_file_behind_a_password_is_named() -> None:
    with pytest.raises(EncryptedFileError):
        inspect(io.BytesIO(OLE + "EncryptedPackage".encode("utf-16-le")), "a.docx")


def test_a_file_over_the_limit_is_refused_before_it_is_read_to_its_end() -> None:
    stream = io.BytesIO(b"x" * 1_000_000)

    with pytest.raises(TooLargeError) as caught:
        inspect(stream, "a.txt", max_bytes=100_000)

    assert caught.value.details == {"limit": 100_000}
    assert stream.tell() < 200_000


def test_an_archive_of_another_kind_is_told_from_a_text_document() -> None:
    data = zip_bytes({"mimetype": ODT_TYPE + b"-template"})

    with pytest.raises(ContentMismatchError):
        inspect(io.BytesIO(data), "a.odt")


@pytest.mark.parametrize("extension", BY_EXTENSION)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=500), whole=st.sampled_from([b"", PDF, DOCX, XLSX, ODT]), position=st.integers(0, 5000))
def test_foreign_bytes_raise_nothing_but_named_errors(extension: str, data: bytes, whole: bytes, position: int) -> None:
    damaged = whole[:position] + data + whole[position + len(data) :]

    with suppress(ExtractionError):
        inspect(io.BytesIO(damaged), f"a.{extension}")
