"""What can be guessed of a file from its content."""

import itertools
from typing import BinaryIO

from files.extraction import ExtractionError, opened

_PARTS = 5


def language_of(stream: BinaryIO, media_type: str, title: str) -> str:
    """Return the likelier of the two languages: that of the letters in the first parts, or else in the title."""
    try:
        with opened(stream, media_type) as document:
            text = " ".join(page.text for page in itertools.islice(document.pages, _PARTS))
    except ExtractionError:
        text = ""
    finally:
        stream.seek(0)
    letters = [letter for letter in text or title if letter.isalpha()] or [
        letter for letter in title if letter.isalpha()
    ]
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    return "bg" if cyrillic * 2 >= len(letters) else "en"
