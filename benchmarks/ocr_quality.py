#!/usr/bin/env python3
"""How well are scans read? Prints known texts as clean scans at 300 dpi and reads them by the product's own code.

    python benchmarks/ocr_quality.py [--pages 3]

The texts are those of the first content (`files/seed/texts/`); the measure is the character error rate: the fewest
signs to insert, delete or replace, as a share of the text's length, with runs of spaces and line ends taken as one
space. The aim, at most 3 %, holds for the usual letterforms; the last line is the sample report itself, which is set in
Bulgarian letterforms that the recogniser has not learnt, and has lists whose order differs. The last column is the time
of one core. Needs Tesseract (bul, eng) and DejaVu.
"""

import argparse
import io
import re
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from files.extraction import extract, find_tesseract, recognised_in_subprocess  # noqa: E402 - the project is on the path now
from files.extraction.media_types import PDF  # noqa: E402
from files.letterforms import mended  # noqa: E402

FONTS = Path("/usr/share/fonts/truetype/dejavu")
TYPEFACES = {"DejaVu Serif, 11 pt": ("DejaVuSerif.ttf", 11), "DejaVu Sans, 10 pt": ("DejaVuSans.ttf", 10)}
TEXTS = {"Bulgarian": "first-report.bg.md", "English": "first-report.en.md"}
RESOLUTION = 300
PAGE, MARGIN = (2480, 3508), 240
LEADING = 1.45
AIM = 0.03


def main() -> int:
    """Print the table; return 1 where the aim is missed."""
    parser = argparse.ArgumentParser(description="Measure the character error rate on clean scans.")
    parser.add_argument("--pages", type=int, default=3)
    count: int = parser.parse_args().pages
    print(f"{'scan':44} {'pages':>5} {'signs':>7} {'CER':>7} {'confidence':>10} {'s/page':>7}")
    missed = 0
    for language, name in TEXTS.items():
        for typeface, (font, points) in TYPEFACES.items():
            scans, truth = typeset(PROJECT / "files/seed/texts" / name, FONTS / font, points, count)
            missed += report(f"{language}, {typeface}", scans, truth) > AIM
    scans, truth = rendered(PROJECT / "files/seed/originals/second-report.bg.pdf", range(3, 3 + count))
    report("Bulgarian letterforms (Sofia Sans), 11 pt", scans, truth)
    print(f"aim: {AIM:.0%}, " + ("missed" if missed else "reached"))
    return 1 if missed else 0


def report(name: str, scans: Sequence[Image.Image], truth: Sequence[str]) -> float:
    """Read scans, print a line of the table, and return the error rate."""
    errors = signs = confidence = 0
    before = used()
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        scans[0].save(file, "PDF", save_all=True, append_images=scans[1:], resolution=RESOLUTION)
        file.flush()
        numbers = range(1, len(scans) + 1)
        with recognised_in_subprocess(Path(file.name), numbers, find_tesseract()) as pages:
            for page, text in zip(pages, truth, strict=True):
                errors += distance(one_line(mended(page.text)), one_line(text))
                signs += len(one_line(text))
                confidence += page.confidence
    seconds = (used() - before) / len(scans)
    rate = errors / signs
    print(f"{name:44} {len(scans):5} {signs:7} {rate:7.2%} {confidence / len(scans):10.0f} {seconds:7.1f}")
    return rate


def used() -> float:
    """Return the seconds of a core that all processes started here, and ended since, have used."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def typeset(path: Path, font: Path, points: int, count: int) -> tuple[list[Image.Image], list[str]]:
    """Return a text as pictures of pages, and what stands on each."""
    size = round(points * RESOLUTION / 72)
    letters = ImageFont.truetype(str(font), size)
    _, _, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    body = re.sub(r"[*#>|]|^[-\d]+\.? |-{3,}", "", body, flags=re.MULTILINE)
    lines: list[str] = []
    for paragraph in body.split("\n\n"):
        lines += ["", *wrapped(" ".join(paragraph.split()), letters)]
    fit = int((PAGE[1] - 2 * MARGIN) / (size * LEADING))
    pages = [lines[start : start + fit] for start in range(0, count * fit, fit)]
    scans = []
    for page in pages:
        picture = Image.new("L", PAGE, 250)
        draw = ImageDraw.Draw(picture)
        for row, line in enumerate(page):
            draw.text((MARGIN, MARGIN + row * size * LEADING), line, font=letters, fill=20)
        scans.append(picture)
    return scans, ["\n".join(page) for page in pages]


def wrapped(paragraph: str, letters: ImageFont.FreeTypeFont) -> list[str]:
    """Return the lines of a paragraph."""
    lines, line = [], ""
    for word in paragraph.split():
        longer = f"{line} {word}".strip()
        if letters.getlength(longer) > PAGE[0] - 2 * MARGIN and line:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line] if line else lines


def rendered(path: Path, indexes: Sequence[int]) -> tuple[list[Image.Image], list[str]]:
    """Return pages of a PDF as scans, and the text of each."""
    document = pypdfium2.PdfDocument(path)
    scans = [document[index].render(scale=RESOLUTION / 72, grayscale=True).to_pil() for index in indexes]
    pages = extract(io.BytesIO(path.read_bytes()), PDF).pages
    return scans, [pages[index].text for index in indexes]


def one_line(text: str) -> str:
    """Return the text with each run of white space as one space."""
    return " ".join(text.split())


def distance(one: str, other: str) -> int:
    """Return the fewest signs to insert, delete or replace."""
    before = list(range(len(other) + 1))
    for row, sign in enumerate(one, start=1):
        now = [row]
        for column, wanted in enumerate(other, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (sign != wanted)))
        before = now
    return before[-1]


if __name__ == "__main__":
    sys.exit(main())
