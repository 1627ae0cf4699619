"""Text as it leaves a file: one Unicode form, no control characters, and addresses made from headings."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

CELL_SEPARATOR = " | "
LABEL_LENGTH = 120
SLUG_LENGTH = 80

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Besides control characters: byte order marks, signs that turn the direction of the line (they can disguise text),
# lone surrogates and code points that are no characters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\ud800-\udfff]"
)
_LINE_SPACE = re.compile(r"[^\S\n]+(?=\n|\Z)")
# The dots that lead the eye to a number, or that are to be written on: nobody wants them read out.
_LEADERS = re.compile(r"(?:[.…][^\S\n]?){6,}")
_EMPTY_LINES = re.compile(r"\n{3,}")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_NO_WORD = re.compile(r"[^\w]+")


def clean(text: str) -> str:
    """Return the text in NFC, with line feeds alone as line ends, without control characters, idle space and dots."""
    text = _UNWANTED.sub("", _LINE_END.sub("\n", text))
    text = _LEADERS.sub("… ", unicodedata.normalize("NFC", text.translate(_LIGATURES)))
    return _EMPTY_LINES.sub("\n\n", _LINE_SPACE.sub("", text)).strip("\n")


def one_line(text: str, *, length: int = LABEL_LENGTH) -> str:
    """Return the text as a label: a single line that is no longer than `length`."""
    line = " ".join(clean(text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def row_text(cells: Sequence[str]) -> str:
    """Return the cells of a table's row that hold anything, side by side on one line."""
    return CELL_SEPARATOR.join(filter(None, (" ".join(clean(cell).split()) for cell in cells)))


def pieces(line: str, *, length: int) -> Iterator[str]:
    """Yield a line cut, between words where it has any, into parts that are no longer than `length`."""
    start = 0
    while len(line) - start > length:
        end = line.rfind(" ", start + 1, start + length)
        end = start + length if end == -1 else end
        yield line[start:end]
        start = end
    yield line[start:]


class Anchors:
    """Gives each heading of a document an address of its own, in the heading's own letters."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def for_heading(self, heading: str) -> str:
        """Return the heading's words joined by hyphens, with a number where the same address was given before."""
        words = _NO_WORD.sub("-", clean(heading).casefold()).strip("-")
        slug = words[:SLUG_LENGTH].rstrip("-") or "section"
        anchor, copy = slug, 1
        while anchor in self._given:
            copy += 1
            anchor = f"{slug}-{copy}"
        self._given.add(anchor)
        return anchor
