"""Compiling of the message catalogues, so that nobody needs gettext."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def compile_catalogues() -> int:
    """Compile every catalogue that is newer than its compiled form; return how many were compiled."""
    sources = [source for folder in settings.LOCALE_PATHS for source in Path(folder).glob("*/LC_MESSAGES/*.po")]
    stale = [source for source in sources if _is_stale(source)]
    for source in stale:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        target = source.with_suffix(".mo.new")
        with target.open("wb") as file:
            write_mo(file, catalogue)
        target.replace(source.with_suffix(".mo"))
    return len(stale)


def _is_stale(source: Path) -> bool:
    """Return whether the compiled form is missing or older than the catalogue."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
