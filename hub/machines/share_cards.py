"""Share cards: the picture that a message or a social network shows for a page, drawn from its title."""

import hashlib
import re
import unicodedata
from dataclasses import astuple, dataclass
from functools import cache
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext, override
from PIL import Image, ImageDraw, ImageFont

from hub.models import HubPage
from hub.searchable import kinds

from .mark import CITY_COLOURS, INK, MUTED, PAPER, draw_mark

SIZE = (1200, 630)
FOLDER = "cards"
DESIGN = "1"  # another number: every card is drawn anew
FONTS = Path(__file__).resolve().parent.parent / "static" / "hub" / "fonts"
MARGIN = 80
TITLE_BOX = (SIZE[0] - 2 * MARGIN, 300)  # what the title may take
TITLE_SIZES = range(76, 35, -4)
LINE = 1.18
RIBBON = 18
SCRIPTS = ("cyrillic", "accents", "latin")

# Which of the files has a letter, as the style sheet says it to browsers.
_RUNS = re.compile(
    r"(?P<cyrillic>[\u0400-\u045f\u2116]+)"
    r"|(?P<accents>[\u00a3\u00a9\u00ae\u00b1-\u00b3\u00bd\u00c0-\u00ff\u0131\u0152\u0153]+)|(?P<latin>.)",
    re.DOTALL,
)
_KNOWN = re.compile(r"[ -\u00ff\u0131\u0152\u0153\u2010-\u2026\u20ac\u0400-\u045f\u2116]")


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says."""

    title: str
    kicker: str
    brand: str
    place: str
    language: str

    @property
    def digest(self) -> str:
        """A short name for everything that can be seen on the card."""
        return hashlib.sha256(f"{DESIGN} {astuple(self)!r}".encode()).hexdigest()[:12]


class Face:
    """A face in its files, of Cyrillic, accented and Latin letters, at one size and in the shapes of a language."""

    def __init__(self, name: str, size: int, language: str, weight: int | None = None) -> None:
        self.size = size
        self._fonts = {script: ImageFont.truetype(FONTS / f"{name}-{script}.woff2", size) for script in SCRIPTS}
        # Without the layout engine Raqm letters keep their common shapes.
        is_shaped = all(font.layout_engine == ImageFont.Layout.RAQM for font in self._fonts.values())
        self._shapes: dict[str, Any] = {"language": language} if is_shaped else {}
        if weight:
            for font in self._fonts.values():
                font.set_variation_by_axes([weight])

    def length(self, text: str) -> float:
        """Return the width of a text in pixels."""
        return sum(self._fonts[script].getlength(part, **self._shapes) for script, part in _runs(text))

    def draw(self, on: ImageDraw.ImageDraw, at: tuple[float, float], text: str, fill: str) -> None:
        """Draw one line of text, each run of letters from its own file."""
        left, baseline = at
        for script, part in _runs(text):
            font = self._fonts[script]
            on.text((left, baseline), part, fill=fill, font=font, anchor="ls", **self._shapes)
            left += font.getlength(part, **self._shapes)


@cache
def _face(name: str, size: int, language: str, weight: int | None = None) -> Face:
    """Return a face at a size, opened once."""
    return Face(name, size, language, weight)


def card_of(page: HubPage) -> Card:
    """Return the card of a page, in the page's own language."""
    language = page.locale.language_code
    with override(language):
        kind = kinds.get(page.search_kind)
        return Card(
            title=getattr(page, "headline", "") or page.full_name,
            kicker=str(kind.label) if kind else "",
            brand=gettext("Citizen Participation"),
            place=gettext("Knowledge hub of the South-East region"),
            language=language,
        )


def stored(page: HubPage) -> bytes:
    """Return the picture of a page's card: from the storage, or drawn now and kept there."""
    card = card_of(page)
    name = f"{FOLDER}/{page.pk}-{card.digest}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            kept: bytes = file.read()
            return kept
    _forget_earlier(page)
    picture = draw(card)
    default_storage.save(name, ContentFile(picture))
    return picture


def draw(card: Card) -> bytes:
    """Return the card as a PNG."""
    picture = Image.new("RGB", SIZE, PAPER)
    on = ImageDraw.Draw(picture)
    picture.paste(mark := draw_mark(88), (MARGIN, 64), mark)
    _face("hub-serif", 34, card.language).draw(on, (MARGIN + 112, 104), card.brand, INK)
    _face("sofia-sans", 26, card.language).draw(on, (MARGIN + 112, 142), card.place, MUTED)
    lines, font = _fitted(card.title, card.language)
    bottom = SIZE[1] - RIBBON - 72
    if card.kicker:
        _face("sofia-sans", 28, card.language, 600).draw(on, (MARGIN, bottom + 10), card.kicker, MUTED)
        bottom -= 56
    for number, line in enumerate(reversed(lines)):
        font.draw(on, (MARGIN, bottom - number * font.size * LINE), line, INK)
    seat = SIZE[0] // len(CITY_COLOURS)
    for number, colour in enumerate(CITY_COLOURS):
        on.rectangle((number * seat, SIZE[1] - RIBBON, (number + 1) * seat - 1, SIZE[1]), fill=colour)
    out = BytesIO()
    picture.quantize(96, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _fitted(title: str, language: str) -> tuple[list[str], Face]:
    """Return the title in lines and the greatest font in which they fit; what fits in none ends with an ellipsis."""
    width, height = TITLE_BOX
    for size in TITLE_SIZES:
        font = _face("hub-serif", size, language)
        lines = _lines(title, font, width)
        if len(lines) * size * LINE <= height and all(font.length(line) <= width for line in lines):
            return lines, font
    lines = lines[: int(height / (font.size * LINE))]
    while font.length(f"{lines[-1]}…") > width:
        lines[-1] = lines[-1][:-1]
    return [*lines[:-1], f"{lines[-1].rstrip(' ,;:–-')}…"], font


def _lines(title: str, font: Face, width: float) -> list[str]:
    """Return a title broken between words into lines of at most a width."""
    lines: list[str] = []
    for word in _drawable(title).split():
        if lines and font.length(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines or [""]


def _drawable(text: str) -> str:
    """Return a text in letters that the fonts have: a letter with a rare mark loses the mark."""
    letters = (letter if _KNOWN.match(letter) else unicodedata.normalize("NFKD", letter)[0] for letter in text)
    return "".join(letter if _KNOWN.match(letter) else " " for letter in letters)


def _runs(text: str) -> list[tuple[str, str]]:
    """Return a text in runs of letters that stand in one file."""
    found = ((match.lastgroup or "latin", match.group()) for match in _RUNS.finditer(text))
    return [(script, "".join(part for _, part in run)) for script, run in groupby(found, key=itemgetter(0))]


def _forget_earlier(page: HubPage) -> None:
    """Delete the cards that a page had before its title changed."""
    if default_storage.exists(FOLDER):
        for name in default_storage.listdir(FOLDER)[1]:
            if name.startswith(f"{page.pk}-"):
                default_storage.delete(f"{FOLDER}/{name}")
