"""Draws the icons of the site from its mark, for browsers and telephones that take no SVG."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from hub.machines.mark import draw_icon, draw_mark

FOLDER = Path(__file__).resolve().parents[2] / "static" / "hub" / "icons"


class Command(BaseCommand):
    """`manage.py draw_icons`; what it draws is committed."""

    help = "Draws the icons of the site from its mark."

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw every size; a maskable icon keeps the mark within the circle that a telephone may cut out."""
        draw_mark(192).save(FOLDER / "icon-192.png", optimize=True)
        draw_mark(512).save(FOLDER / "icon-512.png", optimize=True)
        draw_icon(512, share=0.56).save(FOLDER / "icon-maskable-512.png", optimize=True)
        draw_icon(180, share=0.72).save(FOLDER / "apple-touch-icon.png", optimize=True)
        draw_mark(48).save(FOLDER / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])
