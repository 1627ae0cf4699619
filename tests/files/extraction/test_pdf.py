"""PDF, page by page."""

import io
from pathlib import Path

import pikepdf
import pytest

from files.extraction import BrokenFileError, EncryptedFileError, extract
from files.extraction.media_types import PDF
from tests.files.extraction.samples import pdf_bytes


def test_each_page_has_its_number_anchor_and_text() -> None:
    data = pdf_bytes("First page", "Second page\nand its second line")

    extraction = extract(io.BytesIO(data), PDF)

    assert extraction.page_count == 2
    assert [(page.number, page.anchor, page.text) for page in extraction.pages] == [
        (1, "page=1", "First page"),
        (2, "page=2", "Second page\nand its second line"),
    ]


def test_a_file_is_read_from_a_path_as_from_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_bytes("Words"))

    extraction = extract(path, PDF)

    assert extraction == extract(io.BytesIO(path.read_bytes()), PDF)
    assert extraction.pages[0].text == "Words"


def test_a_page_is_labelled_as_the_file_labels_it() -> None:
    def number_in_roman(pdf: pikepdf.Pdf) -> None:
        roman = pikepdf.Dictionary(S=pikepdf.Name("/r"))
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, roman]))

    extraction = extract(io.BytesIO(pdf_bytes("a", "b", "c", "d", change=number_in_roman)), PDF)

    assert [page.label for page in extraction.pages] == ["i", "ii", "iii", "iv"]


def test_a_page_without_labels_is_labelled_by_its_number() -> None:
    extraction = extract(io.BytesIO(pdf_bytes("a", "b")), PDF)

    assert [page.label for page in extraction.pages] == ["1", "2"]


def test_the_title_comes_from_the_metadata() -> None:
    extraction = extract(io.BytesIO(pdf_bytes("a", title="Първи доклад")), PDF)

    assert extraction.title == "Първи доклад"


def test_a_page_without_text_keeps_its_place() -> None:
    extraction = extract(io.BytesIO(pdf_bytes("One", "", "Three")), PDF)

    assert extraction.pages[1].text == ""
    assert extraction.pages_without_text == (2,)
    assert extraction.has_text_layer


def test_a_scan_has_no_text_layer() -> None:
    extraction = extract(io.BytesIO(pdf_bytes("", "")), PDF)

    assert not extraction.has_text_layer


def test_a_hyphen_at_the_end_of_a_line_stays_for_the_analysis() -> None:
    extraction = extract(io.BytesIO(pdf_bytes("the partici-\npatory budget")), PDF)

    assert extraction.pages[0].text == "the partici-\npatory budget"


def test_a_password_is_named() -> None:
    data = pdf_bytes("Secret", encryption=pikepdf.Encryption(user="open", owner="own"))

    with pytest.raises(EncryptedFileError):
        extract(io.BytesIO(data), PDF)


def test_a_broken_cross_reference_table_is_mended() -> None:
    data = pdf_bytes("Still readable")
    start = data.rindex(b"startxref")

    extraction = extract(io.BytesIO(data[:start] + b"startxref\n99999\n%%EOF"), PDF)

    assert extraction.pages[0].text == "Still readable"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"no PDF at all", b"<html>%PDF-1.4</html>"])
def test_what_does_not_open_is_broken(data: bytes) -> None:
    with pytest.raises(BrokenFileError):
        extract(io.BytesIO(data), PDF)


def test_a_file_without_pages_is_broken() -> None:
    with pytest.raises(BrokenFileError):
        extract(io.BytesIO(pdf_bytes()), PDF)
