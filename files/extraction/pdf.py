"""PDF, page by page, read by PDFium."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium

from .archives import opened_stream
from .document import ExtractedPage, OpenedDocument, Source
from .errors import BrokenFileError, EncryptedFileError
from .media_types import PDF
from .text import clean, one_line

# PDFium puts a mark where it took a hyphen at a line's end away, and leaves a typographic hyphen as it is. Both become
# a plain hyphen at a line's end: whether it belongs to the word is a question of language, not of the file.
_LINE_END_HYPHEN = re.compile("(?:[\ufffe\x02](?:\r?\n)?|\u2010\r?\n)")


@contextmanager
def opened(source: Source) -> Iterator[OpenedDocument]:
    """Give the document while it is open; PDFium is not made for threads: one document at a time in a process."""
    with loaded(source) as document:
        yield OpenedDocument(
            media_type=PDF,
            page_count=len(document),
            title=one_line(document.get_metadata_value("Title")),
            pages=_pages(document),
        )


@contextmanager
def loaded(source: Source) -> Iterator[pypdfium2.PdfDocument]:
    """Give PDFium's document, for its text or its pictures."""
    document = _load(source)
    try:
        yield document
    finally:
        document.close()


def _load(source: Source) -> pypdfium2.PdfDocument:
    """Return PDFium's document; raise a named error for one that does not open."""
    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        # The library keeps the last code of all: over a file that opens and has no page, it names an older failure.
        if error.err_code == pdfium.FPDF_ERR_PASSWORD and _declares_encryption(source):
            raise EncryptedFileError("a password is needed") from error
        raise BrokenFileError(str(error)) from error


def _declares_encryption(source: Source) -> bool:
    """Return whether the file has an encryption dictionary, whose name always stands in the clear."""
    with opened_stream(source) as stream:
        return b"/Encrypt" in stream.read()


def _pages(document: pypdfium2.PdfDocument) -> Iterator[ExtractedPage]:
    """Yield each page, one held in memory at a time."""
    for index in range(len(document)):
        number = index + 1
        yield ExtractedPage(
            number=number,
            label=one_line(document.get_page_label(index)) or str(number),
            anchor=f"page={number}",
            text=_text(document, index),
        )


def _text(document: pypdfium2.PdfDocument, index: int) -> str:
    """Return the page's text layer."""
    try:
        page = document[index]
        try:
            text_page = page.get_textpage()
            try:
                text: str = text_page.get_text_range()
            finally:
                text_page.close()
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise BrokenFileError(f"page {index + 1}: {error}", page=index + 1) from error
    return clean(_LINE_END_HYPHEN.sub("-\n", text))
