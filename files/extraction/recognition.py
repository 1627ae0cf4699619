"""Words read out of the picture of a page by Tesseract, with how sure it is of them."""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pypdfium2

from .document import Source
from .errors import (
    BrokenFileError,
    ExtractionCrashedError,
    ExtractionError,
    ExtractionLimitError,
    RecogniserMissingError,
)
from .pdf import loaded
from .text import clean

# Raised when the same page would be read better than before.
RECOGNISER_VERSION: Final = 1
LANGUAGES: Final = ("bul", "eng")
RESOLUTION: Final = 300  # dots an inch: what the recogniser was trained for
SECONDS_A_PAGE: Final = 90
# A page larger than A2 is rendered more coarsely: its letters are larger too, and memory has an end.
_MOST_PIXELS: Final = 36_000_000
_POINTS_AN_INCH: Final = 72
_WORD_LEVEL: Final = "5"
_LAST_WORDS: Final = 500


@dataclass(frozen=True, slots=True)
class RecognisedText:
    """What was read on a page."""

    number: int
    text: str
    confidence: int  # from 0 to 100, the mean over all letters; 0 where nothing was read
    failure: str = ""  # the code of an error, where the page could not be read


def find_tesseract() -> str:
    """Return the path of Tesseract; raise RecogniserMissingError where it, or one of its languages, is not there."""
    path = shutil.which("tesseract")
    if path is None:
        raise RecogniserMissingError("Tesseract is not installed", lacking="tesseract")
    listed = subprocess.run([path, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603 -- found by its name on the server's own path
    if lacking := sorted(set(LANGUAGES) - set(listed.stdout.split())):
        raise RecogniserMissingError(f"Tesseract lacks {', '.join(lacking)}", lacking=", ".join(lacking))
    return path


def recognised(source: Source, numbers: Iterable[int], tesseract: str) -> Iterator[RecognisedText]:
    """Yield what is read on each of these pages; a page that cannot be read says why and ends nothing."""
    with loaded(source) as document:
        for number in numbers:
            try:
                words = _read(_picture(document, number - 1), tesseract)
            except ExtractionError as error:
                yield RecognisedText(number, "", 0, failure=error.code)
            else:
                yield RecognisedText(number, *text_of(words))


def text_of(table: str) -> tuple[str, int]:
    """Return the text of Tesseract's table of words, and the mean of its confidence over the letters."""
    lines: dict[tuple[str, ...], list[str]] = {}
    weighed = letters = 0.0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row.get("text") or "").strip()
        if row["level"] != _WORD_LEVEL or not word:
            continue
        lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(word)
        weighed += max(float(row["conf"]), 0) * len(word)
        letters += len(word)
    pieces: list[str] = []
    paragraph: tuple[str, ...] = ()
    for place, words in lines.items():
        if pieces and place[:2] != paragraph:
            pieces.append("")
        paragraph = place[:2]
        pieces.append(" ".join(words))
    return clean("\n".join(pieces)), round(weighed / letters) if letters else 0


def _picture(document: pypdfium2.PdfDocument, index: int) -> bytes:
    """Return the page in grey, as a portable grey map, which costs no time to write and to read."""
    try:
        page = document[index]
        try:
            width, height = page.get_size()
            scale = RESOLUTION / _POINTS_AN_INCH
            scale *= min(1, (_MOST_PIXELS / max(width * height * scale * scale, 1)) ** 0.5)
            image = page.render(scale=scale, grayscale=True).to_pil()
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise BrokenFileError(f"page {index + 1}: {error}", page=index + 1) from error
    stream = io.BytesIO()
    image.convert("L").save(stream, "PPM")
    return stream.getvalue()


def _read(picture: bytes, tesseract: str) -> str:
    """Return Tesseract's table of the words on a picture."""
    order = [tesseract, "stdin", "stdout", "-l", "+".join(LANGUAGES), "--dpi", str(RESOLUTION), "tsv"]
    try:
        done = subprocess.run(order, input=picture, capture_output=True, timeout=SECONDS_A_PAGE, check=False)  # noqa: S603 -- the path comes from `find_tesseract`
    except subprocess.TimeoutExpired as error:
        raise ExtractionLimitError("a page took too long", seconds=SECONDS_A_PAGE, ended_by="time") from error
    if done.returncode:
        raise ExtractionCrashedError(done.stderr.decode(errors="replace")[-_LAST_WORDS:])
    return done.stdout.decode("utf-8", errors="replace")
