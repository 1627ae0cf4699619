"""The cover of a publication: the first page of one of its files, where its editor has chosen no picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from files.models import Document, PagePicture, PublicationPage, Version
from files.reader.parts import ShownPicture, shown_picture


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of a file, as a picture that leads to its reader."""

    title: str
    url: str
    picture: ShownPicture


def cover_of(page: PublicationPage) -> Cover | None:
    """Return the first page of the first file that has been drawn; None where the editor has chosen a picture."""
    return None if page.picture_id else _cover(page.listed_documents, _first_pages(page.listed_documents))


def covers_of(pages: Iterable[PublicationPage]) -> dict[int, Cover]:
    """Return the covers of publications by the number of their page, all in one go."""
    bare = [page for page in pages if not page.picture_id]
    of_all = list(Document.objects.of(page.translation_key for page in bare).unrestricted().with_versions())
    drawn, covers = _first_pages(of_all), {}
    for page in bare:
        own = [document for document in of_all if document.publication_key == page.translation_key]
        own.sort(key=lambda document: (document.language != page.locale.language_code, document.pk))
        if cover := _cover(own, drawn):
            covers[page.pk] = cover
    return covers


def _first_pages(documents: Iterable[Document]) -> dict[int, PagePicture]:
    """Return the first pages that have been drawn, by the content that they are of."""
    contents = {version.blob_id for document in documents if (version := document.current)}
    return {one.blob_id: one for one in PagePicture.objects.filter(blob__in=contents, number=1, width__gt=0)}


def _cover(documents: Sequence[Document], drawn: dict[int, PagePicture]) -> Cover | None:
    """Return the first of these files of which the first page was drawn."""
    found = ((own, version) for own in documents if (version := own.current) and version.blob_id in drawn)
    document, version = next(found, (None, None))
    if document is None or version is None:
        return None
    title = document.title_in(translation.get_language() or "bg")
    return Cover(title, reverse("documents:read", args=[document.pk]), _picture(version, drawn))


def _picture(version: Version, drawn: dict[int, PagePicture]) -> ShownPicture:
    """Return where the first page of a version is shown."""
    return shown_picture(version, drawn[version.blob_id])
