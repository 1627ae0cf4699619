"""What templates of all rooms ask of files."""

from collections.abc import Iterable

from django import template

from files.models import Document, PublicationPage
from files.rows import DocumentRow, PublicationRow, publication_rows_of, rows_of

register = template.Library()


@register.simple_tag
def document_rows(documents: Iterable[Document | None]) -> list[DocumentRow]:
    """Return rows of those chosen documents that a visitor may download, in the order in which they were chosen."""
    chosen = [document.pk for document in documents if document]
    found = {document.pk: document for document in Document.objects.public().filter(pk__in=chosen).with_versions()}
    return rows_of(found[pk] for pk in chosen if pk in found)


@register.simple_tag
def publication_files(page: PublicationPage) -> list[DocumentRow]:
    """Return rows of the files of a publication, those of its own language first."""
    return rows_of(page.documents)


@register.simple_tag
def publication_rows(pages: Iterable[PublicationPage]) -> list[PublicationRow]:
    """Return rows of publications with the kind of each, and what its file in the reader's language is."""
    return publication_rows_of(pages)
