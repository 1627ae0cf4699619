"""Files as findable things: a record for each document that visitors may download, with its pages as passages."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from files.extraction.media_types import PDF
from files.models import Document, PublicationPage, Version
from hub.searchable import Passage, Record

logger = logging.getLogger(__name__)

PREFIX = "document"


def key_of(pk: int) -> str:
    """Return the key of a document's record."""
    return f"{PREFIX}:{pk}"


class DocumentSource:
    """The documents that an anonymous visitor may download now."""

    prefix = PREFIX

    def keys(self) -> Iterator[str]:
        """Yield the keys of all documents that are public and have a version that was not withdrawn."""
        standing = Version.objects.standing().values("document")
        for pk in Document.objects.public().filter(pk__in=standing).order_by("pk").values_list("pk", flat=True):
            yield key_of(pk)

    def records(self, keys: Iterable[str]) -> Iterator[Record]:
        """Yield the records of those keys that may be found now."""
        numbers = [int(number) for _, _, number in (key.partition(":") for key in keys) if number.isdecimal()]
        documents = list(Document.objects.public().filter(pk__in=numbers).with_versions().order_by("pk"))
        publications = _open_pages({document.publication_key for document in documents if document.publication_key})
        for document in documents:
            if version := document.current:
                pages = publications[document.publication_key] if document.publication_key else {}
                yield _record(document, version, pages.get(document.language) or next(iter(pages.values()), None))


def _open_pages(keys: set[UUID]) -> dict[UUID, dict[str, PublicationPage]]:
    """Return the open pages of publications by translation key and language."""
    found: dict[UUID, dict[str, PublicationPage]] = defaultdict(dict)
    pages = PublicationPage.objects.open().filter(translation_key__in=keys)
    for page in pages.select_related("locale", "kind", "municipality").prefetch_related("themes").order_by("pk"):
        found[page.translation_key][page.locale.language_code] = page
    return found


def _record(document: Document, version: Version, page: PublicationPage | None) -> Record:
    """Return the record of a document."""
    return Record(
        key=key_of(document.pk),
        language=document.language,
        kind="file",
        title=document.title_in(document.language),
        url=_reader_of(document),
        breadcrumbs=(page.title,) if page else (),
        page_id=page.pk if page else None,
        published_at=page.published_on if page else version.created_at,
        facets=_facets(document, page, version.created_at),
        passages=tuple(_passages(version, document.language)),
    )


def _reader_of(document: Document) -> str:
    """Return the address at which a document is read, in its own language."""
    with translation.override(document.language):
        return reverse("documents:read", args=[document.pk])


def _facets(document: Document, page: PublicationPage | None, uploaded: datetime) -> dict[str, tuple[str, ...]]:
    """Return the publication's facets, with the file's own format and language."""
    own = {"file_type": (document.extension,), "language": (document.language,)}
    if page is None:
        return {**own, "year": (str(uploaded.year),)}
    return {
        "publication_kind": (page.kind.slug,),
        "theme": tuple(theme.slug for theme in page.themes.all()),
        "municipality": (page.municipality.slug,) if page.municipality else (),
        "year": (str(page.date.year),),
        **own,
    }


def _passages(version: Version, language: str) -> Iterator[Passage]:
    """Yield the pages that have text, labelled in the language of the file."""
    with translation.override(language):
        for number, label, anchor, text in version.pages.values_list("number", "label", "anchor", "text"):
            if text:
                named = gettext("p. %(label)s") % {"label": label or number} if version.media_type == PDF else label
                yield Passage(text=text, anchor=anchor, label=named)
