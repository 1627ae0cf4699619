"""The one door to all readers: by media type, with what is common to them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Final

from . import docx, odt, pdf, plain, xlsx
from .archives import opened_stream
from .document import ExtractedPage, Extraction, OpenedDocument, Source
from .errors import EmptyFileError, TooLargeError, UnsupportedTypeError
from .media_types import CSV, DOCX, ODT, PDF, TXT, XLSX

# Over this a file ends in a named error: a part of its text would be missing, and nobody would know.
MAX_CHARACTERS: Final = 40_000_000
MAX_PARTS: Final = 400_000

_READERS: Final[dict[str, Callable[[Source], AbstractContextManager[OpenedDocument]]]] = {
    PDF: pdf.opened,
    DOCX: docx.opened,
    XLSX: xlsx.opened,
    ODT: odt.opened,
    TXT: plain.opened_text,
    CSV: plain.opened_table,
}


@contextmanager
def opened(source: Source, media_type: str) -> Iterator[OpenedDocument]:
    """Give the document while it is open; its parts are read one by one, so that a long file needs little memory."""
    reader = _READERS.get(media_type)
    if reader is None:
        raise UnsupportedTypeError(f"no reader for {media_type}", found=media_type)
    with opened_stream(source) as stream:
        if not stream.read(1):
            raise EmptyFileError
    with reader(source) as document:
        yield replace(document, pages=_within_limit(document.pages))


def extract(source: Source, media_type: str) -> Extraction:
    """Return all text of a file."""
    with opened(source, media_type) as document:
        return Extraction(
            media_type=document.media_type,
            page_count=document.page_count,
            title=document.title,
            pages=tuple(document.pages),
        )


def _within_limit(pages: Iterator[ExtractedPage]) -> Iterator[ExtractedPage]:
    """Yield the parts until their text is too much for one document."""
    characters = 0
    for count, page in enumerate(pages, start=1):
        characters += len(page.text)
        if characters > MAX_CHARACTERS:
            raise TooLargeError(f"more than {MAX_CHARACTERS} characters", limit=MAX_CHARACTERS)
        if count > MAX_PARTS:
            raise TooLargeError(f"more than {MAX_PARTS} parts", limit=MAX_PARTS)
        yield page
