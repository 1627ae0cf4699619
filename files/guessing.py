"""What can be guessed of a file from its content."""

import re
from collections.abc import Sequence

from files.extraction import ExtractedPage
from files.extraction.text import CELL_SEPARATOR

PARTS = 5
_TITLE_LENGTH = 150
_LEAST_WORDS = 2
# What programs write into the title when nobody gave one.
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|excel|powerpoint)\b.*|.*\.(?:docx?|xlsx?|pdf|odt|rtf|indd|qxd)|untitled.*|document ?\d*"
    r"|документ ?\d*|без име.*|слайд \d+|slide \d+|template.*)$",
    re.IGNORECASE,
)


def language_of(parts: Sequence[ExtractedPage], title: str) -> str:
    """Return the likelier of the two languages by the letters of the first parts, or else of the title."""
    text = " ".join(part.text for part in parts)
    for candidate in (text, title):
        if letters := [letter for letter in candidate if letter.isalpha()]:
            cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
            return "bg" if cyrillic * 2 >= len(letters) else "en"
    return "bg"


def title_of(parts: Sequence[ExtractedPage], stated: str) -> str:
    """Return the title that the file states, or else its first line that could be one; empty where there is none."""
    for candidate in (stated, *_first_lines(parts)):
        line = " ".join(candidate.split())
        is_wordy = len(re.findall(r"[^\W\d_]{2,}", line)) >= _LEAST_WORDS
        if is_wordy and len(line) <= _TITLE_LENGTH and not _NO_TITLE.match(line):
            return line
    return ""


def _first_lines(parts: Sequence[ExtractedPage]) -> list[str]:
    """Return the first lines of the first part that has text, but for rows of a table, which name its columns."""
    text = next((part.text for part in parts if part.text.strip()), "")
    return [line for line in text.strip().splitlines() if line.strip() and CELL_SEPARATOR not in line][:3]
