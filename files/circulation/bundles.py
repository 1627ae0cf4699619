"""Bundles: any list of files as one ZIP that is never whole anywhere, with a manifest that says what is in it."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from zipstream import ZipStream

from files.circulation.citations import Work, as_texts
from files.circulation.works import work_of_version
from files.extraction.names import name_from
from files.models import Blob, Document, PublicationPage, Version
from hub.csv_cells import MARK, as_text
from hub.models.media import Licence

CHUNK: Final = 2**18
_NAME_LENGTH = 120
# Names that Windows keeps for itself, whatever their extension.
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})

# The columns of the manifest: the name in JSON, and what stands above it in CSV.
COLUMNS = {
    "name": _("Name"),
    "title": _("Title"),
    "language": _("Language"),
    "version": _("Version"),
    "date": _("Date"),
    "media_type": _("Format"),
    "pages": _("Pages"),
    "size": _("Size in bytes"),
    "sha256": _("SHA-256"),
    "licence": _("Licence"),
    "licence_address": _("Address of the licence"),
    "citation": _("Citation"),
    "address": _("Address of this version"),
    "latest": _("Address of the latest version"),
    "publication": _("Publication"),
    "publication_address": _("Address of the publication"),
}


class BundleTooLargeError(ValueError):
    """There are more files, or more bytes, than a bundle may hold."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a bundle, under the name that it bears inside."""

    name: str
    version: Version
    publication: PublicationPage | None


def documents_of(numbers: Sequence[int]) -> list[Document]:
    """Return those of these documents that an anonymous visitor may download now, in their order."""
    found = {document.pk: document for document in Document.objects.public().filter(pk__in=numbers).with_versions()}
    return [found[pk] for pk in dict.fromkeys(numbers) if pk in found and found[pk].current]


def documents_of_publications(pages: Iterable[PublicationPage]) -> list[Document]:
    """Return the public files of publications, each publication's together, those of its own language first."""
    keys = {page.translation_key: page.locale.language_code for page in pages}
    found = [own for own in Document.objects.public().of(keys).with_versions().order_by("pk") if own.current]
    order = list(keys)
    return sorted(
        found, key=lambda own: (order.index(own.publication_key), own.language != keys[own.publication_key], own.pk)
    )


def items_of(documents: Sequence[Document]) -> list[Item]:
    """Return the files under names of their own; raise BundleTooLargeError where they are too many or too large."""
    versions = [version for document in documents if (version := document.current)]
    if len(versions) > settings.FILES_BUNDLE_MAX_FILES or size_of(versions) > settings.FILES_BUNDLE_MAX_SIZE:
        raise BundleTooLargeError(f"{len(versions)} files")
    pages = _open_pages({document.publication_key for document in documents if document.publication_key})
    taken: set[str] = set()
    items = []
    for version in versions:
        document = version.document
        own = pages.get(document.publication_key, {}) if document.publication_key else {}
        page = own.get(document.language) or next(iter(own.values()), None)
        items.append(Item(_name(document, taken), version, page))
    return items


def size_of(versions: Iterable[Version]) -> int:
    """Return the bytes of these versions together."""
    return sum(version.blob.size for version in versions)


def zip_of(request: HttpRequest, title: str, items: Sequence[Item]) -> ZipStream:
    """Return the ZIP of these files: its length is known, and its bytes come as they are asked for."""
    rows = list(_rows(request, items))
    zipped = ZipStream(sized=True)
    zipped.add(_as_json(request, title, rows), "manifest.json")
    zipped.add(_as_csv(rows), "manifest.csv")
    for item in items:
        zipped.add(_content(item.version.blob), item.name, size=item.version.blob.size)
    return zipped


def _content(blob: Blob) -> Iterator[bytes]:
    """Yield the content of a file; it is opened when its turn comes, and closed after it."""
    with blob.open() as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _open_pages(keys: set[UUID]) -> dict[UUID, dict[str, PublicationPage]]:
    """Return the open pages of publications by their key and language."""
    found: dict[UUID, dict[str, PublicationPage]] = {}
    pages = PublicationPage.objects.open().filter(translation_key__in=keys).select_related("locale", "kind")
    for page in pages.order_by("pk"):
        found.setdefault(page.translation_key, {})[page.locale.language_code] = page
    return found


def _name(document: Document, taken: set[str]) -> str:
    """Return a name in the file's own language that is safe everywhere, and another than all before it."""
    title = document.title_in(document.language).removesuffix(f".{document.extension}")
    stem = unicodedata.normalize("NFC", name_from(title))[:_NAME_LENGTH].strip(" .") or document.slug
    if stem.casefold().partition(".")[0] in _RESERVED or stem.casefold() == "manifest":
        stem = f"{stem}_"
    name, number = f"{stem}.{document.extension}", 2
    while name.casefold() in taken:
        name, number = f"{stem} ({number}).{document.extension}", number + 1
    taken.add(name.casefold())
    return name


def _rows(request: HttpRequest, items: Sequence[Item]) -> Iterator[dict[str, Any]]:
    """Yield what the manifest says of each file."""
    works = [work_of_version(request, item.version, item.publication) for item in items]
    for item, work, citation in zip(items, works, _citations(works), strict=True):
        version, page = item.version, item.publication
        cells = (
            item.name, work.title, work.language, version.number,
            timezone.localdate(version.created_at).isoformat(), version.media_type, version.page_count,
            version.blob.size, version.blob.sha256, page.licence if page else "",
            Licence(page.licence).url if page else "", citation, work.address,
            request.build_absolute_uri(version.document.url), page.title if page else "",
            request.build_absolute_uri(page.url) if page else "",
        )  # fmt: skip
        yield dict(zip(COLUMNS, cells, strict=True))


def _citations(works: Sequence[Work]) -> list[str]:
    """Return the citations in the reader's language."""
    return as_texts(works, "iso690", (get_language() or "bg")[:2])


def _as_json(request: HttpRequest, title: str, rows: Sequence[dict[str, Any]]) -> str:
    """Return the manifest for programs."""
    about = {
        "title": title,
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "address": request.build_absolute_uri(),
        "language": get_language(),
        "files": rows,
    }
    return json.dumps(about, ensure_ascii=False, indent=2) + "\n"


def _as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Return the manifest for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([str(heading) for heading in COLUMNS.values()])
    for row in rows:
        writer.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in row.values()])
    return MARK + out.getvalue()
