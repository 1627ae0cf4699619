"""What a browser is told with a file."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from files.serving import UnsatisfiableRangeError, disposition, parse_range
from tests.factories.files import make_document, make_publication, replace, version_of
from tests.files.conftest import BROWSER
from tests.files.extraction.samples import docx_bytes, pdf_bytes

PDF = pdf_bytes("The first page", "The second page")


@pytest.fixture
def document(home: Page) -> Any:
    return make_document(PDF, publication=make_publication(home))


def body(response: Any) -> bytes:
    content: bytes = response.content_read if response.streaming else response.content
    return content


def test_the_latest_version_is_answered_whole_with_all_that_describes_it(client: Client, document: Any) -> None:
    response = client.get(document.url)

    assert response.status_code == 200
    assert body(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(PDF))
    assert response["Content-Language"] == "bg"
    assert response["ETag"] == f'"{version_of(document).blob.sha256}"'
    assert response["Last-Modified"].endswith("GMT")
    assert response["Accept-Ranges"] == "bytes"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies


def test_a_pdf_opens_in_the_browser_under_its_bulgarian_name(client: Client, document: Any) -> None:
    response = client.get(document.url)

    assert response["Content-Disposition"] == (
        'inline; filename="Doklad za uchastieto.pdf"; '
        "filename*=UTF-8''%D0%94%D0%BE%D0%BA%D0%BB%D0%B0%D0%B4%20%D0%B7%D0%B0%20"
        "%D1%83%D1%87%D0%B0%D1%81%D1%82%D0%B8%D0%B5%D1%82%D0%BE.pdf"
    )


def test_a_pdf_is_saved_when_the_reader_asks_to_download_it(client: Client, document: Any) -> None:
    response = client.get(f"{document.url}?download")

    assert response["Content-Disposition"].startswith("attachment; ")


def test_a_slash_in_the_title_costs_the_name_none_of_its_words(client: Client, home: Page) -> None:
    document = make_document(PDF, publication=make_publication(home), title="Доклад за 2023/2024 г.")

    assert 'filename="Doklad za 2023-2024 g.pdf"' in client.get(document.url)["Content-Disposition"]


def test_an_office_file_is_always_saved_and_shut_in_a_sandbox(client: Client, home: Page) -> None:
    content = docx_bytes(lambda word: word.add_paragraph("Текст"))
    document = make_document(content, "доклад.docx", make_publication(home))

    response = client.get(document.url)

    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_head_request_is_answered_without_the_content(client: Client, document: Any) -> None:
    response = client.head(document.url)

    assert response.status_code == 200
    assert response["Content-Length"] == str(len(PDF))
    assert body(response) == b""


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=10-", 10, len(PDF) - 1), ("bytes=-7", len(PDF) - 7, len(PDF) - 1),
     ("bytes=5-99999999", 5, len(PDF) - 1), ("Bytes=0-0", 0, 0), (f"bytes=0-{'9' * 5000}", 0, len(PDF) - 1)],
)  # fmt: skip
def test_a_part_of_the_file_is_answered(client: Client, document: Any, asked: str, first: int, last: int) -> None:
    response = client.get(document.url, headers={"Range": asked})

    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(PDF)}"
    assert response["Content-Length"] == str(last - first + 1)
    assert body(response) == PDF[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={len(PDF)}-", "bytes=99999999-99999999", "bytes=-0", f"bytes={'9' * 5000}-"])
def test_a_part_behind_the_end_is_refused(client: Client, document: Any, asked: str) -> None:
    response = client.get(document.url, headers={"Range": asked})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(PDF)}"


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-1,4-5", "lines=1-2", "bytes", "bytes=", "bytes=-", "bytes=9-3", "bytes=a-b", "bytes=²-", "bytes=--1"],
)
def test_a_range_that_cannot_be_understood_is_answered_by_the_whole(client: Client, document: Any, asked: str) -> None:
    response = client.get(document.url, headers={"Range": asked})

    assert response.status_code == 200
    assert body(response) == PDF


def test_an_interrupted_download_goes_on_only_while_the_content_is_the_same(client: Client, document: Any) -> None:
    etag = client.head(document.url)["ETag"]

    same = client.get(document.url, headers={"Range": "bytes=4-", "If-Range": etag})
    other = client.get(document.url, headers={"Range": "bytes=4-", "If-Range": '"another"'})

    assert (same.status_code, body(same)) == (206, PDF[4:])
    assert (other.status_code, body(other)) == (200, PDF)


def test_if_range_takes_the_date_of_the_content_too(client: Client, document: Any) -> None:
    date = client.head(document.url)["Last-Modified"]

    same = client.get(document.url, headers={"Range": "bytes=0-3", "If-Range": date})
    older = client.get(document.url, headers={"Range": "bytes=0-3", "If-Range": "Mon, 01 Jan 2001 00:00:00 GMT"})
    broken = client.get(document.url, headers={"Range": "bytes=0-3", "If-Range": "yesterday"})
    zone = client.get(
        document.url, headers={"Range": "bytes=0-3", "If-Range": f"Mon, 01 Jan 2001 00:00:00 -{'9' * 30}"}
    )

    assert [same.status_code, older.status_code, broken.status_code, zone.status_code] == [206, 200, 200, 200]


def test_a_browser_that_has_the_content_is_told_so(client: Client, document: Any) -> None:
    known = client.head(document.url)

    by_tag = client.get(document.url, headers={"If-None-Match": known["ETag"]})
    by_date = client.get(document.url, headers={"If-Modified-Since": known["Last-Modified"]})

    assert (by_tag.status_code, by_tag["ETag"], by_tag.content) == (304, known["ETag"], b"")
    assert by_date.status_code == 304


def test_each_version_keeps_its_address_and_its_content(client: Client, document: Any) -> None:
    first = version_of(document)
    latest = document.url
    changed = pdf_bytes("Something else")

    replace(document, changed, note="Поправени числа")

    assert document.url == latest
    assert body(client.get(latest)) == changed
    old = client.get(first.url)
    assert body(old) == PDF
    assert old["Cache-Control"] == "public, max-age=3600"
    assert "(v1).pdf" in old["Content-Disposition"]
    assert body(client.get(version_of(document).url)) == changed


def test_a_mistyped_name_leads_to_the_true_address(client: Client, document: Any) -> None:
    response = client.get(f"/files/{document.pk}/Доклад-2019.doc?download")

    assert response.status_code == 302
    assert response["Location"] == f"{document.url}?download"


@pytest.mark.parametrize("path", ["/files/99999999999999999999999/x.pdf", "/files/0/x.pdf", "/files/1/v9/x.pdf"])
def test_an_unknown_address_is_not_found(client: Client, document: Any, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404


def test_only_reading_is_allowed(client: Client, document: Any) -> None:
    response = client.post(document.url)

    assert response.status_code == 405


def test_a_download_asks_the_database_for_little(client: Client, document: Any, django_assert_num_queries: Any) -> None:
    client.get(document.url, headers={"User-Agent": BROWSER})  # the first of a day makes the day's row
    with django_assert_num_queries(5):  # restrictions of pages and of collections, document, versions, the count
        client.get(document.url, headers={"User-Agent": BROWSER})


@pytest.mark.parametrize(
    ("name", "latin"),
    [("Отчет „Сливен“.pdf", "Otchet Sliven.pdf"), ('a"b\\c.pdf', "a'b_c.pdf"), ("日本", "file")],
)  # fmt: skip
def test_old_programs_are_given_a_name_in_latin_letters(name: str, latin: str) -> None:
    header = disposition(name, as_attachment=True)

    assert f'filename="{latin}"' in header
    assert header.isascii()


@pytest.mark.parametrize(("header", "part"), [("bytes=0-", (0, 10)), ("bytes= 2-3", (2, 2)), ("bytes=-100", (0, 10))])
def test_a_range_is_a_start_and_a_length(header: str, part: tuple[int, int]) -> None:
    assert parse_range(header, 10) == part


def test_a_range_behind_the_end_is_an_error_of_its_own() -> None:
    with pytest.raises(UnsatisfiableRangeError):
        parse_range("bytes=10-", 10)
