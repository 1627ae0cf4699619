"""What the pages of signing in ask for."""

from dataclasses import dataclass
from datetime import timedelta

import qrcode
from django import template

register = template.Library()

QUIET_ZONE = 4  # modules of white around the square, as the standard asks


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code as the path of an SVG, one unit a module."""

    size: int
    path: str


@register.simple_tag
def qr_code(text: str) -> Square:
    """Return the text as a QR code that stands in the page itself: the policy lets no picture be written into it."""
    code = qrcode.QRCode(border=QUIET_ZONE)
    code.add_data(text)
    rows = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Square(len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))


@register.filter
def minutes(duration: timedelta) -> int:
    """Return a duration in whole minutes."""
    return int(duration.total_seconds() // 60)
