"""Pictures of a document's pages: a small one to choose by, and one in which the page can be read."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pypdfium2
from PIL import Image

from .document import Source
from .errors import BrokenFileError
from .pdf import loaded

# Raised when the same page would give other pictures.
PICTURES_VERSION: Final = 1
READING_WIDTH: Final = 900
SMALL_WIDTH: Final = 160
# A page like a roll of paper is made narrower, so that no picture is endless.
_HIGHEST: Final = 4 * READING_WIDTH
_QUALITY: Final = {"reading": 60, "small": 50}
_EFFORT: Final = 2


@dataclass(frozen=True, slots=True)
class PagePictures:
    """The two pictures of a page, as WebP; both have the same proportions."""

    number: int
    width: int  # of the one for reading, in pixels
    height: int
    reading: bytes
    small: bytes


def pictures(source: Source, numbers: Iterable[int]) -> Iterator[PagePictures]:
    """Yield the pictures of these pages of a PDF."""
    with loaded(source) as document:
        for number in numbers:
            image = _rendered(document, number - 1)
            width, height = image.size
            small = image.resize((SMALL_WIDTH, max(1, round(height * SMALL_WIDTH / width))), Image.Resampling.BOX)
            yield PagePictures(number, width, height, _webp(image, "reading"), _webp(small, "small"))


def _rendered(document: pypdfium2.PdfDocument, index: int) -> Image.Image:
    """Return the page as a picture of the width for reading."""
    try:
        page = document[index]
        try:
            width, height = page.get_size()
            scale = min(READING_WIDTH / max(width, 1), _HIGHEST / max(height, 1))
            image: Image.Image = page.render(scale=scale).to_pil()
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise BrokenFileError(f"page {index + 1}: {error}", page=index + 1) from error
    return image.convert("RGB")


def _webp(image: Image.Image, size: str) -> bytes:
    """Return a picture as WebP."""
    stream = io.BytesIO()
    image.save(stream, "WEBP", quality=_QUALITY[size], method=_EFFORT)
    return stream.getvalue()
