"""ODT, section by section."""

import io

import pytest

from files.extraction import BrokenFileError, EncryptedFileError, EntityError, extract
from files.extraction.media_types import ODT
from tests.files.extraction.samples import odt_bytes, zip_bytes


def test_headings_paragraphs_lists_and_tables_are_read_in_order() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    data = odt_bytes(
        "<text:p>Преди</text:p><text:h>Глава</text:h>"
        "<text:p>Два<text:s text:c='2'/><text:span>думи</text:span>!</text:p>"
        "<text:list><text:list-item><text:p>точка</text:p></text:list-item></text:list>"
        f"<table:table><table:table-row>{cell.format('А')}{cell.format('Б')}</table:table-row></table:table>"
    )

    extraction = extract(io.BytesIO(data), ODT)

    assert [(page.label, page.anchor, page.text) for page in extraction.pages] == [
        ("", "top", "Преди"),
        ("Глава", "глава", "Глава\nДва  думи!\nточка\nА | Б"),
    ]


def test_spaces_tabs_and_line_breaks_are_what_they_stand_for() -> None:
    data = odt_bytes("<text:p>а<text:s/>б<text:tab/>в<text:line-break/>г<text:s text:c='x'/>д</text:p>")

    assert [page.text for page in extract(io.BytesIO(data), ODT).pages] == ["а б\tв\nг д"]


def test_a_note_stands_where_it_is_called() -> None:
    data = odt_bytes(
        "<text:p>Текст<text:note><text:note-body><text:p>бележка</text:p></text:note-body></text:note></text:p>"
    )

    assert [page.text for page in extract(io.BytesIO(data), ODT).pages] == ["Текст\nбележка"]


def test_changes_kept_for_review_and_comments_are_left_out() -> None:
    changes = "<text:tracked-changes><text:p>изтрито</text:p></text:tracked-changes>"
    data = odt_bytes(
        f"{changes}<text:p>Текст<office:annotation><text:p>бележка</text:p></office:annotation> тук</text:p>"
    )

    assert [page.text for page in extract(io.BytesIO(data), ODT).pages] == ["Текст тук"]


def test_a_document_with_a_password_is_named() -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:encryption-data/></m:manifest>'
    )

    with pytest.raises(EncryptedFileError):
        extract(io.BytesIO(odt_bytes("", manifest=manifest)), ODT)


def test_entities_are_refused_before_they_unfold() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ааааа"><!ENTITY b "&a;&a;&a;&a;">]>'

    with pytest.raises(EntityError):
        extract(io.BytesIO(odt_bytes("<text:p>&b;</text:p>", prologue=bomb)), ODT)


@pytest.mark.parametrize("content", [b"", b"<a/>", b"<office:document-content/>"])
def test_content_that_is_no_text_document_is_broken(content: bytes) -> None:
    with pytest.raises(BrokenFileError):
        extract(io.BytesIO(zip_bytes({"content.xml": content})), ODT)


def test_nesting_without_end_is_broken() -> None:
    deep = "<text:section>" * 5000 + "</text:section>" * 5000

    with pytest.raises(BrokenFileError):
        extract(io.BytesIO(odt_bytes(deep)), ODT)
