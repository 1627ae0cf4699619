"""ODT, section by section, read from its content part."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from xml.etree.ElementTree import Element

from .archives import opened_archive, opened_stream, read_xml
from .document import OpenedDocument, Source
from .errors import BrokenFileError, EncryptedFileError
from .media_types import ODT
from .sections import Block, pages_by_heading
from .text import one_line, row_text

_NAMES: Final = "urn:oasis:names:tc:opendocument:xmlns"
TEXT: Final = f"{{{_NAMES}:text:1.0}}"
TABLE: Final = f"{{{_NAMES}:table:1.0}}"
OFFICE: Final = f"{{{_NAMES}:office:1.0}}"
_ENCRYPTION: Final = f"{{{_NAMES}:manifest:1.0}}encryption-data"
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_LEFT_OUT: Final = frozenset({f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}forms"})
_MOST_SPACES = 100


@contextmanager
def opened(source: Source) -> Iterator[OpenedDocument]:
    """Give the document while it is open."""
    with opened_stream(source) as stream, opened_archive(stream) as archive:
        names = set(archive.namelist())
        manifest = "META-INF/manifest.xml"
        if manifest in names and next(read_xml(archive, manifest).iter(_ENCRYPTION), None) is not None:
            raise EncryptedFileError("the manifest says that parts are encrypted")
        body = read_xml(archive, "content.xml").find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise BrokenFileError("content.xml has no text body")
        title = next(read_xml(archive, "meta.xml").iter(_TITLE), None) if "meta.xml" in names else None
        try:
            blocks = list(_blocks(body))
        except RecursionError as error:
            raise BrokenFileError("content.xml is nested too deeply") from error
        yield OpenedDocument(
            media_type=ODT,
            page_count=None,
            title="" if title is None else one_line(title.text or ""),
            pages=pages_by_heading(blocks),
        )


def _blocks(container: Element) -> Iterator[Block]:
    """Yield the paragraphs, headings and table rows of a container, looking into lists, sections and frames."""
    for child in container:
        if child.tag in (f"{TEXT}p", f"{TEXT}h"):
            yield Block("".join(_pieces(child)), is_heading=child.tag == f"{TEXT}h")
        elif child.tag == f"{TABLE}table-row":
            yield Block(row_text(["".join(_pieces(cell)) for cell in child]))
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child)


def _pieces(element: Element) -> Iterator[str]:
    """Yield the text of an element piece by piece, with the spaces that the format writes as elements."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            yield " " * (min(int(count), _MOST_SPACES) if count.isascii() and count.isdigit() else 1)
        elif child.tag == f"{TEXT}tab":
            yield "\t"
        elif child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag not in _LEFT_OUT:
            if child.tag == f"{TEXT}p":
                yield "\n"
            yield from _pieces(child)
        yield child.tail or ""
