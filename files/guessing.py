"""What can be guessed of a file from its content."""

import itertools
from collections.abc import Iterable

from files.extraction import ExtractedPage

_PARTS = 5


def language_of(parts: Iterable[ExtractedPage], title: str) -> str:
    """Return the likelier of the two languages by the letters of the first parts, or else of the title."""
    text = " ".join(part.text for part in itertools.islice(parts, _PARTS))
    for candidate in (text, title):
        if letters := [letter for letter in candidate if letter.isalpha()]:
            cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
            return "bg" if cyrillic * 2 >= len(letters) else "en"
    return "bg"
