"""What comes out of a file: its parts in reading order, each with the address that opens there."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

# Raised when the same file would yield other text than before: what was extracted by a lower number is worth redoing.
EXTRACTOR_VERSION = 3

type Source = Path | BinaryIO


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """A part of a file that a reader can land on: a page, a section, a row."""

    number: int  # from 1, in reading order
    label: str  # as the file itself calls it: a page's label, a heading, "sheet · row"; "" for what has no name
    anchor: str  # the address fragment: "page=14", "sheet=1&row=20", "row=20", "line=120", a heading's slug
    text: str  # NFC, without control characters; "" for a page without a text layer
    rows: tuple[tuple[str, ...], ...] = ()  # of a table: each row's number, then its cells; () for all else

    @property
    def has_text(self) -> bool:
        """Return whether there is anything to read here without recognising it from a picture."""
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A file whose parts are read as they are asked for."""

    media_type: str
    page_count: int | None  # pages of a PDF, visible sheets of a workbook; None where nothing is counted
    title: str  # as the file's own metadata has it, often "" or wrong
    pages: Iterator[ExtractedPage]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All text of a file."""

    media_type: str
    page_count: int | None
    title: str
    pages: tuple[ExtractedPage, ...]
    extractor_version: int = EXTRACTOR_VERSION

    @property
    def has_text_layer(self) -> bool:
        """Return whether any part has text; a scan has none."""
        return any(page.has_text for page in self.pages)

    @property
    def pages_without_text(self) -> tuple[int, ...]:
        """Return the numbers of the parts that only recognition could read."""
        return tuple(page.number for page in self.pages if not page.has_text)

    @property
    def characters(self) -> int:
        """Return how much text there is."""
        return sum(len(page.text) for page in self.pages)
