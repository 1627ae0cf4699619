"""Documents as rows of a list: what a reader is told of a file before opening it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import ngettext

from files.extraction.media_types import PDF, XLSX
from files.models import Document, PublicationPage, Version


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
    media_type: str
    is_tagged: bool | None
    versions: tuple[Version, ...]

    @property
    def download_url(self) -> str:
        """The address that saves the file instead of showing it."""
        return f"{self.url}?download"

    @property
    def has_history(self) -> bool:
        """Whether there was ever another version."""
        return len(self.versions) > 1


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """A publication in a list, with the file that its reader will most likely want."""

    title: str
    url: str
    date: date
    kind_label: str
    format_label: str = ""
    extent_label: str = ""
    size: int = 0


def publication_rows_of(pages: Iterable[PublicationPage]) -> list[PublicationRow]:
    """Return a row for each publication, of all their files in one query; ask for the pages with their kinds."""
    shown, language = list(pages), translation.get_language() or "bg"
    own = Document.objects.of(page.translation_key for page in shown).unrestricted()
    standing = Version.objects.standing().filter(document__in=own.order_by())
    newest: dict[int, Version] = {}
    for version in standing.select_related("document", "blob").order_by("-number"):
        newest.setdefault(version.document_id, version)
    best: dict[object, Version] = {}
    for version in sorted(newest.values(), key=lambda own: (own.document.language != language, own.document_id)):
        best.setdefault(version.document.publication_key, version)
    return [_publication_row(page, best.get(page.translation_key)) for page in shown]


def _publication_row(page: PublicationPage, version: Version | None) -> PublicationRow:
    """Return the row of a publication and of its file, where it has one."""
    row = PublicationRow(title=page.title, url=page.url, date=page.date, kind_label=page.kind.name)
    if version is None:
        return row
    return replace(row, format_label=version.extension.upper(), extent_label=extent_of(version), size=version.blob.size)


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
        media_type=version.media_type,
        is_tagged=version.is_tagged,
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
