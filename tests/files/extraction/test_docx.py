"""DOCX, section by section."""

import io
from zipfile import ZipFile

import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from files.extraction import BrokenFileError, EncryptedFileError, extract
from files.extraction.media_types import DOCX
from tests.files.extraction.samples import CONTENT_TYPES, docx_bytes, rezipped, xlsx_bytes

NOTES = """<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>черта</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>Бележка под линия.</w:t></w:r></w:p></w:footnote></w:footnotes>"""
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
NOTES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def texts(data: bytes) -> list[str]:
    return [page.text for page in extract(io.BytesIO(data), DOCX).pages]


def paragraph(content: str) -> str:
    return f"<w:p {nsdecls('w')}>{content}</w:p>"


def append(document: Document, xml: str) -> None:
    document.element.body.insert(-1, parse_xml(xml))


def test_a_section_begins_at_each_heading() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("Преди всичко.")
        document.add_heading("Методика", 1)
        document.add_paragraph("Как е работено.")
        document.add_heading("Източници", 2)
        document.add_paragraph("Откъде са данните.")

    extraction = extract(io.BytesIO(docx_bytes(build)), DOCX)

    assert [(page.number, page.label, page.anchor, page.text) for page in extraction.pages] == [
        (1, "", "top", "Преди всичко."),
        (2, "Методика", "методика", "Методика\nКак е работено."),
        (3, "Източници", "източници", "Източници\nОткъде са данните."),
    ]
    assert extraction.page_count is None


def test_equal_headings_have_different_anchors() -> None:
    def build(document: Document) -> None:
        document.add_heading("Изводи", 1)
        document.add_heading("Изводи", 1)

    extraction = extract(io.BytesIO(docx_bytes(build)), DOCX)

    assert [page.anchor for page in extraction.pages] == ["изводи", "изводи-2"]


def test_a_style_of_ones_own_that_stands_on_a_heading_is_a_heading() -> None:
    def build(document: Document) -> None:
        style = document.styles.add_style("Глава на доклада", 1)
        style.base_style = document.styles["Heading 2"]
        document.add_paragraph("Увод", style=style)
        document.add_paragraph("Текст.")

    extraction = extract(io.BytesIO(docx_bytes(build)), DOCX)

    assert [page.label for page in extraction.pages] == ["Увод"]


def test_an_outline_level_makes_a_heading() -> None:
    def build(document: Document) -> None:
        level = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
        append(document, paragraph(f"{level}<w:r><w:t>Глава</w:t></w:r>"))

    extraction = extract(io.BytesIO(docx_bytes(build)), DOCX)

    assert [page.label for page in extraction.pages] == ["Глава"]


def test_tables_are_read_row_by_row_in_their_place() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("Преди таблицата")
        table = document.add_table(2, 2)
        for cell, text in zip(
            (*table.row_cells(0), *table.row_cells(1)), ("Мярка", "Срок", "Обучение", "2021"), strict=True
        ):
            cell.text = text
        document.add_paragraph("След таблицата")

    assert texts(docx_bytes(build)) == ["Преди таблицата\nМярка | Срок\nОбучение | 2021\nСлед таблицата"]


def test_a_table_within_a_table_is_read_once() -> None:
    def build(document: Document) -> None:
        outer = document.add_table(1, 1)
        inner = outer.cell(0, 0).add_table(1, 1)
        inner.cell(0, 0).text = "вътре"

    assert "".join(texts(docx_bytes(build))).count("вътре") == 1


def test_text_in_content_controls_and_links_is_found() -> None:
    def build(document: Document) -> None:
        run = "<w:r><w:t>{}</w:t></w:r>"
        control = f"<w:sdt {nsdecls('w')}><w:sdtContent>{paragraph(run.format('в поле'))}</w:sdtContent></w:sdt>"
        append(document, control)
        append(document, paragraph(f"<w:hyperlink>{run.format('във връзка')}</w:hyperlink>"))

    assert texts(docx_bytes(build)) == ["в поле\nвъв връзка"]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>в каре</w:t></w:r></w:p></w:txbxContent>"
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

    def build(document: Document) -> None:
        twice = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        append(
            document,
            paragraph(f"<w:r><w:t>Текст</w:t><mc:AlternateContent {names}>{twice}</mc:AlternateContent></w:r>"),
        )

    assert texts(docx_bytes(build)) == ["Текст\nв каре"]


def test_an_empty_paragraph_leaves_no_trace() -> None:
    def build(document: Document) -> None:
        for text in ("Първи", "", " ", "Втори"):
            document.add_paragraph(text)

    assert texts(docx_bytes(build)) == ["Първи\nВтори"]


def test_deleted_text_is_gone_and_inserted_text_is_there() -> None:
    def build(document: Document) -> None:
        deleted = "<w:del><w:r><w:delText>старо</w:delText><w:t>старо</w:t></w:r></w:del>"
        append(document, paragraph(f"{deleted}<w:ins><w:r><w:t>ново</w:t></w:r></w:ins>"))

    assert texts(docx_bytes(build)) == ["ново"]


def test_breaks_and_special_hyphens_become_plain_signs() -> None:
    def build(document: Document) -> None:
        run = document.add_paragraph("ред").add_run()
        run.add_break(WD_BREAK.LINE)
        append(document, paragraph("<w:r><w:t>бизнес</w:t><w:noBreakHyphen/><w:t>план</w:t></w:r>"))

    assert texts(docx_bytes(build)) == ["ред\nбизнес-план"]


def test_footnotes_are_found_and_their_separators_are_not() -> None:
    data = docx_bytes(lambda document: document.add_paragraph("Текст"))
    relations = "word/_rels/document.xml.rels"
    with ZipFile(io.BytesIO(data)) as archive:
        types, rels = archive.read(CONTENT_TYPES).decode(), archive.read(relations).decode()
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{NOTES_TYPE}"/></Types>'
    relation = f'<Relationship Id="rId99" Type="{NOTES_RELATION}" Target="footnotes.xml"/></Relationships>'
    changed = {
        CONTENT_TYPES: types.replace("</Types>", override).encode(),
        relations: rels.replace("</Relationships>", relation).encode(),
        "word/footnotes.xml": NOTES.encode(),
    }

    assert texts(rezipped(data, changed)) == ["Текст\nБележка под линия."]


def test_a_long_text_without_headings_comes_in_parts_that_lose_nothing() -> None:
    sentences = [f"Изречение номер {number} за участието на гражданите." for number in range(1000)]

    parts = texts(docx_bytes(lambda document: [document.add_paragraph(sentence) for sentence in sentences]))

    assert len(parts) > 5
    assert "\n".join(parts).split("\n") == sentences


def test_the_title_comes_from_the_properties() -> None:
    def build(document: Document) -> None:
        document.core_properties.title = "Втори  доклад"

    assert extract(io.BytesIO(docx_bytes(build)), DOCX).title == "Втори доклад"


def test_a_document_with_a_password_is_named() -> None:
    with pytest.raises(EncryptedFileError):
        extract(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), DOCX)


def test_a_workbook_is_no_document() -> None:
    with pytest.raises(BrokenFileError):
        extract(io.BytesIO(xlsx_bytes({"A": [["x"]]})), DOCX)


def test_a_document_without_a_body_is_broken() -> None:
    data = docx_bytes(lambda document: document.add_heading("Увод", 1))
    bodiless = f"<w:document {nsdecls('w')}/>".encode()

    with pytest.raises(BrokenFileError):
        extract(io.BytesIO(rezipped(data, {"word/document.xml": bodiless})), DOCX)


def test_properties_of_another_kind_make_the_file_broken() -> None:
    data = docx_bytes(lambda document: document.add_heading("Увод", 1))
    with ZipFile(io.BytesIO(data)) as archive:
        types = archive.read(CONTENT_TYPES)
    other = types.replace(b"application/vnd.openxmlformats-package.core-properties+xml", b"application/xml")

    with pytest.raises(BrokenFileError):
        extract(io.BytesIO(rezipped(data, {CONTENT_TYPES: other})), DOCX)


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "docProps/core.xml", CONTENT_TYPES, "_rels/.rels"]
)
def test_a_part_that_is_not_well_formed_makes_the_file_broken(part: str) -> None:
    data = docx_bytes(lambda document: document.add_heading("Увод", 1))

    with pytest.raises(BrokenFileError):
        extract(io.BytesIO(rezipped(data, {part: b"<w:document"})), DOCX)
