"""A running text cut at its headings, so that each section can be landed on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .document import ExtractedPage
from .text import Anchors, clean, one_line, pieces

# A section longer than this goes on in a further part, so that a text without headings is no single lump.
SECTION_CHARACTERS = 6000
TOP = "top"  # the address of what stands before the first heading


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a row of a table, or a heading."""

    text: str
    is_heading: bool = False


@dataclass(slots=True)
class _Section:
    """The part that is being filled."""

    heading: str = ""
    lines: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, line: str) -> None:
        """Put one more line into the part."""
        self.lines.append(line)
        self.length += len(line)


def pages_by_heading(blocks: Iterable[Block]) -> Iterator[ExtractedPage]:
    """Yield a part for each heading and, before the first one, for what stands above it."""
    anchors = Anchors()
    for number, section in enumerate(_sections(blocks), start=1):
        yield ExtractedPage(
            number=number,
            label=one_line(section.heading),
            anchor=anchors.for_heading(section.heading or TOP),
            text="\n".join(section.lines),
        )


def _sections(blocks: Iterable[Block]) -> Iterator[_Section]:
    """Yield sections that hold at least one line."""
    section = _Section()
    for block in blocks:
        line = clean(block.text)
        if not line:
            continue
        for piece in pieces(line, length=SECTION_CHARACTERS):
            if block.is_heading or section.length + len(piece) > SECTION_CHARACTERS:
                if section.lines:
                    yield section
                section = _Section(heading=line if block.is_heading else section.heading)
            section.add(piece)
    if section.lines:
        yield section
