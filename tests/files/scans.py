"""Scans made from known text: pictures of letters on pages, without a text layer."""

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

A4_AT_300_DPI = (2480, 3508)
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
MARGIN = 250
SIZE = 50  # pixels: twelve points at 300 dots an inch


def scan_of(*pages: Sequence[str], size: tuple[int, int] = A4_AT_300_DPI) -> bytes:
    """Return a PDF with a picture for each page, which has the given lines on it."""
    font = ImageFont.truetype(str(FONT), SIZE)
    pictures = []
    for lines in pages:
        picture = Image.new("L", size, "white")
        draw = ImageDraw.Draw(picture)
        for number, line in enumerate(lines):
            draw.text((MARGIN, MARGIN + number * round(SIZE * 1.6)), line, font=font, fill="black")
        pictures.append(picture)
    stream = io.BytesIO()
    pictures[0].save(stream, "PDF", save_all=True, append_images=pictures[1:], resolution=300)
    return stream.getvalue()
