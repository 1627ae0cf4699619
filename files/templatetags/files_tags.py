"""What templates of all rooms ask of files."""

from collections.abc import Iterable

from django import template
from django.db.models import Prefetch
from wagtail.images import get_image_model
from wagtail.models import Page

from files.covers import Cover, cover_of, covers_of
from files.models import Document, PublicationPage
from files.rows import DocumentRow, PublicationRow, publication_rows_of, rows_of
from search.finder import ShownHit

register = template.Library()

# As templates/files/_found.html asks for a chosen picture.
LISTED_PICTURE = "width-160|format-webp"
type Found = tuple[ShownHit, PublicationPage | None, Cover | None]


@register.simple_tag
def document_rows(documents: Iterable[Document | None]) -> list[DocumentRow]:
    """Return rows of those chosen documents that a visitor may download, in the order in which they were chosen."""
    chosen = [document.pk for document in documents if document]
    found = {document.pk: document for document in Document.objects.public().filter(pk__in=chosen).with_versions()}
    return rows_of(found[pk] for pk in chosen if pk in found)


@register.simple_tag
def publications_of(hits: Iterable[ShownHit], index: Page) -> list[Found]:
    """Return each hit with its publication and cover; without where the publication is gone since."""
    hits = list(hits)
    publications = PublicationPage.objects.child_of(index).filter(pk__in=[hit.page_id for hit in hits])
    pictures = Prefetch("picture", get_image_model().objects.prefetch_renditions(LISTED_PICTURE))
    shown = publications.select_related("kind", "municipality", "locale").prefetch_related(pictures)
    by_pk = {publication.pk: publication for publication in shown}
    covers = covers_of(by_pk.values())
    return [(hit, by_pk.get(hit.page_id), covers.get(hit.page_id or 0)) for hit in hits]


@register.simple_tag
def publication_files(page: PublicationPage) -> list[DocumentRow]:
    """Return rows of the files of a publication, those of its own language first."""
    return rows_of(page.listed_documents)


@register.simple_tag
def publication_rows(pages: Iterable[PublicationPage]) -> list[PublicationRow]:
    """Return rows of publications with the kind of each, and what its file in the reader's language is."""
    return publication_rows_of(pages)


@register.simple_tag
def publication_cover(page: PublicationPage) -> Cover | None:
    """Return the first page of the first file that has been drawn, unless the editor has chosen a picture."""
    return cover_of(page)
