"""Small files of every kind, made for a test."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import docx
import openpyxl
import pikepdf
from docx.document import Document

CONTENT_TYPES = "[Content_Types].xml"
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
_ODT_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "text", "table")
)


def pdf_bytes(
    *texts: str, title: str = "", change: Callable[[pikepdf.Pdf], object] | None = None, **save: Any
) -> bytes:
    """Return a PDF with a page for each text, in a standard font and so in Latin letters only."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    fonts = pikepdf.Dictionary(F1=pdf.make_indirect(font))
    for text in texts:
        page = pdf.add_blank_page(page_size=(300, 300))
        page.obj.Resources = pikepdf.Dictionary(Font=fonts)
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
        page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 20 250 Td {lines} ET".encode("latin-1"))
    if title:
        pdf.docinfo["/Title"] = title
    if change:
        change(pdf)
    stream = io.BytesIO()
    pdf.save(stream, **save)
    return stream.getvalue()


def docx_bytes(build: Callable[[Document], object]) -> bytes:
    """Return a DOCX that `build` has written."""
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xlsx_bytes(sheets: Mapping[str, Sequence[Sequence[object]]], *, hidden: str = "") -> bytes:
    """Return an XLSX with the given rows."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def odt_bytes(body: str, *, manifest: str = "<manifest/>", prologue: str = "") -> bytes:
    """Return an ODT with the given content."""
    content = (
        f"{prologue}<office:document-content {_ODT_NAMES}>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zip_bytes(
        {"mimetype": ODT_TYPE, "META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()}
    )


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    """Return an archive with the given members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def rezipped(data: bytes, change: Mapping[str, bytes], *, drop: tuple[str, ...] = ()) -> bytes:
    """Return the archive with members replaced, added or left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name not in drop}
    return zip_bytes({**members, **change})
