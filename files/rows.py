"""Documents as rows of a list: what a reader is told of a file before opening it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import ngettext

from files.extraction.media_types import PDF, XLSX
from files.models import Document, Version


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A file in a list, in the words of one language."""

    pk: int
    title: str
    url: str
    date: datetime
    language: str
    language_label: str
    format_label: str
    extent_label: str
    size: int
    sha256: str
    number: int
    note: str
    versions: tuple[Version, ...]

    @property
    def download_url(self) -> str:
        """The address that saves the file instead of showing it."""
        return f"{self.url}?download"

    @property
    def has_history(self) -> bool:
        """Whether there was ever another version."""
        return len(self.versions) > 1


def rows_of(documents: Iterable[Document]) -> list[DocumentRow]:
    """Return a row for each document that has a version to download; ask for them `with_versions`."""
    language = translation.get_language() or "bg"
    return [row_of(document, version, language) for document in documents if (version := document.current)]


def row_of(document: Document, version: Version, language: str) -> DocumentRow:
    """Return a document's row in the words of a language."""
    return DocumentRow(
        pk=document.pk,
        title=document.title_in(language),
        url=document.url,
        date=version.created_at,
        language=document.language,
        language_label=str(document.get_language_display()),
        format_label=version.extension.upper(),
        extent_label=extent_of(version),
        size=version.blob.size,
        sha256=version.blob.sha256,
        number=version.number,
        note=version.note,
        versions=tuple(document.versions.all()),
    )


def extent_of(version: Version) -> str:
    """Return how long a version is, in pages or sheets; empty where that is not counted."""
    if version.page_count is None:
        return ""
    if version.media_type == PDF:
        return ngettext("%(count)s page", "%(count)s pages", version.page_count) % {"count": version.page_count}
    if version.media_type == XLSX:
        return ngettext("%(count)s sheet", "%(count)s sheets", version.page_count) % {"count": version.page_count}
    return ""
