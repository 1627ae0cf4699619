"""What templates of all rooms ask of files."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from files.models import Document, PagePicture, PublicationPage
from files.reader.parts import ShownPicture, shown_picture
from files.rows import DocumentRow, PublicationRow, publication_rows_of, rows_of
from search.finder import ShownHit

register = template.Library()


@register.simple_tag
def document_rows(documents: Iterable[Document | None]) -> list[DocumentRow]:
    """Return rows of those chosen documents that a visitor may download, in the order in which they were chosen."""
    chosen = [document.pk for document in documents if document]
    found = {document.pk: document for document in Document.objects.public().filter(pk__in=chosen).with_versions()}
    return rows_of(found[pk] for pk in chosen if pk in found)


@register.simple_tag
def publications_of(hits: Iterable[ShownHit], index: Page) -> list[tuple[ShownHit, PublicationPage | None]]:
    """Return each hit with its publication; None where it is gone since."""
    found = list(hits)
    publications = PublicationPage.objects.child_of(index).filter(pk__in=[hit.page_id for hit in found])
    by_pk = {publication.pk: publication for publication in publications.select_related("kind", "municipality")}
    return [(hit, by_pk.get(hit.page_id)) for hit in found]


@register.simple_tag
def publication_files(page: PublicationPage) -> list[DocumentRow]:
    """Return rows of the files of a publication, those of its own language first."""
    return rows_of(page.documents)


@register.simple_tag
def publication_rows(pages: Iterable[PublicationPage]) -> list[PublicationRow]:
    """Return rows of publications with the kind of each, and what its file in the reader's language is."""
    return publication_rows_of(pages)


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of a file, as a picture that leads to its reader."""

    title: str
    url: str
    picture: ShownPicture


@register.simple_tag
def publication_cover(page: PublicationPage) -> Cover | None:
    """Return the first page of the first file that has been drawn, unless the editor has chosen a picture."""
    if page.picture_id:
        return None
    versions = {version.blob_id: version for document in reversed(page.documents) if (version := document.current)}
    pictures = {one.blob_id: one for one in PagePicture.objects.filter(blob__in=versions, number=1, width__gt=0)}
    version = next((versions[blob] for blob in reversed(versions) if blob in pictures), None)
    if version is None:
        return None
    language = translation.get_language() or "bg"
    document = next(own for own in page.documents if own.pk == version.document_id)
    url = reverse("documents:read", args=[document.pk])
    return Cover(document.title_in(language), url, shown_picture(version, pictures[version.blob_id]))
