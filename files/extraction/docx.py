"""DOCX, section by section: paragraphs, tables, text boxes and notes, read from what python-docx opens."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError

from .archives import opened_archive, opened_stream, parse_xml
from .document import ExtractedPage, OpenedDocument, Source
from .errors import BrokenFileError
from .media_types import DOCX
from .sections import Block, pages_by_heading
from .text import one_line, row_text

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What is no text of the document any more: deletions kept for review, and a second rendering of the same box.
_LEFT_OUT: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", _FALLBACK})
_SIGNS: Final = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad"}
_NOTES: Final = {"footnote": f"{W}footnote", "endnote": f"{W}endnote"}
_DEEPEST_STYLE = 20
# What python-docx and lxml are known to raise over a file that is not what it should be.
_FOREIGN_ERRORS = (
    OpcError,
    SyntaxError,  # as lxml calls XML that is not well-formed
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


@contextmanager
def opened(source: Source) -> Iterator[OpenedDocument]:
    """Give the document while it is open."""
    with opened_stream(source) as stream:
        document = _load(stream)
        yield OpenedDocument(media_type=DOCX, page_count=None, title=_title(document), pages=_pages(document))


def _load(stream: BinaryIO) -> Document:
    """Return python-docx's document; raise a named error for one that does not open."""
    with opened_archive(stream):
        stream.seek(0)
        try:
            return docx.Document(stream)
        except _FOREIGN_ERRORS as error:
            raise BrokenFileError(str(error)) from error


def _title(document: Document) -> str:
    """Return the title of the file's properties."""
    try:
        return one_line(document.core_properties.title)
    except _FOREIGN_ERRORS as error:
        raise BrokenFileError(f"properties: {error}") from error


def _pages(document: Document) -> Iterator[ExtractedPage]:
    """Yield the sections of the body, then the notes."""
    try:
        yield from pages_by_heading(_all_blocks(document))
    except _FOREIGN_ERRORS as error:
        raise BrokenFileError(str(error)) from error


def _all_blocks(document: Document) -> Iterator[Block]:
    """Yield the blocks of the body and of the notes, in that order."""
    yield from _blocks(document.element.body, _heading_styles(document))
    for relation in document.part.rels.values():
        tag = _NOTES.get(relation.reltype.rsplit("/", 1)[-1].removesuffix("s"))
        if tag is None or relation.is_external:
            continue
        part = relation.target_part
        for note in parse_xml(part.blob, part=str(part.partname)).iter(tag):
            if note.get(f"{W}type") is None:  # the typed ones are the lines that separate notes from the text
                yield Block(_text(note))


def _heading_styles(document: Document) -> frozenset[str]:
    """Return the ids of the paragraph styles that make a heading, by name or by outline level, inherited or own."""
    styles = {style.get(f"{W}styleId"): style for style in document.styles.element.iterfind(f"{W}style")}

    def is_heading(style: Any, depth: int = 0) -> bool:
        name = style.find(f"{W}name")
        label = "" if name is None else name.get(f"{W}val", "").lower()
        if label == "title" or label.startswith("heading "):
            return True
        level = _outline_level(style)
        if level is not None:
            return level
        base = style.find(f"{W}basedOn")
        parent = None if base is None else styles.get(base.get(f"{W}val"))
        return parent is not None and depth < _DEEPEST_STYLE and is_heading(parent, depth + 1)

    return frozenset(key for key, style in styles.items() if key and is_heading(style))


def _outline_level(element: Any) -> bool | None:
    """Return whether the element itself sets an outline level of a heading (body text is level 9); None if unset."""
    level = element.find(f"{W}pPr/{W}outlineLvl")
    return None if level is None else level.get(f"{W}val", "9") in "012345678"


def _blocks(container: Any, headings: frozenset[str]) -> Iterator[Block]:
    """Yield the paragraphs and table rows of a container, looking into content controls and accepted insertions."""
    for child in container:
        if child.tag == f"{W}p":
            yield Block(_text(child), is_heading=_is_heading(child, headings))
        elif child.tag == f"{W}tbl":
            yield from _table_rows(child)
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            yield from _blocks(child, headings)


def _is_heading(paragraph: Any, headings: frozenset[str]) -> bool:
    """Return whether the paragraph's own level or its style makes it a heading."""
    own = _outline_level(paragraph)
    if own is not None:
        return own
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and style.get(f"{W}val") in headings


def _table_rows(table: Any) -> Iterator[Block]:
    """Yield a line for each row, with the cells side by side; a table inside a cell is read as the cell's text."""
    for row in _inner(table, f"{W}tr"):
        yield Block(row_text([_text(cell) for cell in _inner(row, f"{W}tc")]))


def _inner(element: Any, tag: str) -> Iterator[Any]:
    """Yield the nearest descendants with the tag, which content controls may wrap."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _inner(child, tag)


def _text(element: Any) -> str:
    """Return all text inside an element, paragraphs on lines of their own."""
    return "".join(_pieces(element)).strip("\n")


def _pieces(element: Any) -> Iterator[str]:
    """Yield the text of an element piece by piece, without what was deleted."""
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _LEFT_OUT:
            if child.tag == f"{W}p":
                yield "\n"
            yield from _pieces(child)
