"""Plain text by stretches of lines, and CSV row by row."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from .archives import opened_stream
from .charset import decode
from .document import ExtractedPage, OpenedDocument, Source
from .media_types import CSV, TXT
from .tables import stretches
from .text import clean, pieces

STRETCH_CHARACTERS: Final = 2000
DELIMITERS: Final = ";,\t|"
_SAMPLE: Final = 20_000


@dataclass(slots=True)
class _Stretch:
    """The part of a plain text that is being filled."""

    first: int
    turn: int = 1  # of the parts that begin in this line: a line may be longer than a part
    last: int = 0
    length: int = 0
    lines: list[str] = field(default_factory=list)

    def is_full_before(self, line: str) -> bool:
        """Return whether the part should end before this line."""
        ends_here = self.length >= STRETCH_CHARACTERS and not line.strip()
        return bool(self.lines) and (ends_here or self.length + len(line) > 2 * STRETCH_CHARACTERS)

    def add(self, line: str, position: int) -> None:
        """Put one more line into the part."""
        self.lines.append(line)
        self.length += len(line) + 1
        self.last = position

    def page(self, number: int) -> ExtractedPage | None:
        """Return the part under its lines' numbers, or None where nothing is written on them."""
        text = clean("\n".join(self.lines))
        anchor = f"line={self.first}" if self.turn == 1 else f"line={self.first}.{self.turn}"
        return ExtractedPage(number, f"{self.first}–{self.last}", anchor, text) if text else None


@contextmanager
def opened_text(source: Source) -> Iterator[OpenedDocument]:
    """Give a plain text as stretches of lines."""
    yield OpenedDocument(media_type=TXT, page_count=None, title="", pages=_stretches(_read(source)))


@contextmanager
def opened_table(source: Source) -> Iterator[OpenedDocument]:
    """Give a CSV table as rows."""
    yield OpenedDocument(media_type=CSV, page_count=None, title="", pages=_parts(_read(source)))


def _read(source: Source) -> str:
    """Return the text, whatever its encoding, with line feeds as the only line ends."""
    with opened_stream(source) as stream:
        text, _ = decode(stream.read())
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _stretches(text: str) -> Iterator[ExtractedPage]:
    """Yield the text in parts of bearable length that end, where they can, at an empty line."""
    stretch = _Stretch(first=1)
    number = 0
    for position, line in enumerate(text.split("\n"), start=1):
        for piece in pieces(line, length=STRETCH_CHARACTERS):
            if stretch.is_full_before(piece):
                if page := stretch.page(number + 1):
                    number += 1
                    yield page
                stretch = _Stretch(first=position, turn=stretch.turn + 1 if stretch.first == position else 1)
            stretch.add(piece, position)
    if page := stretch.page(number + 1):
        yield page


def _parts(text: str) -> Iterator[ExtractedPage]:
    """Yield the rows that hold anything; the head of the table is row 1."""
    for number, stretch in enumerate(stretches(_rows(text)), start=1):
        yield ExtractedPage(number, stretch.label, f"row={stretch.first}", stretch.text, stretch.rows)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of the rows."""
    csv.field_size_limit(max(len(text), 1))
    lines = (line + "\n" for line in text.split("\n"))
    yield from enumerate(csv.reader(lines, delimiter=_delimiter(text[:_SAMPLE])), start=1)


def _delimiter(sample: str) -> str:
    """Return the sign that divides the head of the table most often; in Bulgaria that is usually the semicolon."""
    head = next((line for line in sample.split("\n") if line.strip()), "")
    return max(DELIMITERS, key=head.count)
