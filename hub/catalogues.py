"""Compiling of the message catalogues, so that nobody needs gettext."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.reloader import translation_file_changed


def compile_catalogues() -> int:
    """Compile every catalogue that is newer than its compiled form; return how many were compiled."""
    sources = [source for folder in settings.LOCALE_PATHS for source in Path(folder).glob("*/LC_MESSAGES/*.po")]
    stale = [source for source in sources if _is_stale(source)]
    for source in stale:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        # Two processes may do this at once: each writes a file of its own, and the last one stays.
        target = source.with_suffix(f".mo.{os.getpid()}")
        with target.open("wb") as file:
            write_mo(file, catalogue)
        translation_file_changed(None, target.replace(source.with_suffix(".mo")))  # forget what was read before
    return len(stale)


def _is_stale(source: Path) -> bool:
    """Return whether the compiled form is missing or older than the catalogue."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
