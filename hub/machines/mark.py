"""The mark in pixels: the round table of four seats that `hub/static/hub/icons/mark.svg` draws in lines."""

from PIL import Image, ImageDraw

# The light side of the tokens in hub.css; a test keeps them the same.
PAPER, INK, MUTED = "#fcfaf5", "#1b2330", "#4e5866"
BURGAS, SLIVEN, STARA_ZAGORA, YAMBOL = CITY_COLOURS = ("#0b6b78", "#47539e", "#4f6b12", "#a2452a")

_BOX = 48  # the drawing's own units
_FINE = 8  # drawn so many times larger, then made smaller: smooth edges
# Where each seat's quarter begins, clockwise from three o'clock.
_SEATS = ((180, BURGAS), (270, SLIVEN), (0, STARA_ZAGORA), (90, YAMBOL))
_TAIL = ((14.3, 43.75), (2.3, 46.6), (4.9, 34.9))  # of the speech bubble


def draw_mark(size: int) -> Image.Image:
    """Return the mark as a square picture on nothing."""
    unit = size * _FINE / _BOX
    picture = Image.new("RGBA", (size * _FINE, size * _FINE))
    on = ImageDraw.Draw(picture)
    for start, colour in _SEATS:
        on.pieslice((2 * unit, 2 * unit, 46 * unit, 46 * unit), start, start + 90, fill=colour)
    on.polygon([(x * unit, y * unit) for x, y in _TAIL], fill=YAMBOL)
    for gap in ((22.5, 0, 25.5, _BOX), (0, 22.5, _BOX, 25.5)):
        on.rectangle([edge * unit for edge in gap], fill=(0, 0, 0, 0))
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def draw_icon(size: int, *, share: float) -> Image.Image:
    """Return the mark on paper, taking a share of the square's side."""
    icon = Image.new("RGB", (size, size), PAPER)
    mark = draw_mark(round(size * share))
    place = (size - mark.width) // 2
    icon.paste(mark, (place, place), mark)
    return icon
