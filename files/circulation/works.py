"""What is cited of the hub: a publication as a whole, or one file of it, down to a page."""

from django.http import HttpRequest
from django.utils import timezone

from files.circulation.citations import Work, authors_in
from files.extraction.media_types import PDF
from files.models import PublicationPage, Version


def work_of_publication(request: HttpRequest, page: PublicationPage) -> Work:
    """Return a publication as a work; its address is the page's."""
    return Work(
        key=f"p{page.pk}",
        title=page.title,
        address=request.build_absolute_uri(page.url),
        language=page.locale.language_code,
        accessed=timezone.localdate(),
        authors=authors_in(page.authors),
        publisher=page.publisher,
        issued=page.date,
        kind=page.kind.slug,
        genre=str(page.kind),
    )


def work_of_version(
    request: HttpRequest, version: Version, publication: PublicationPage | None, *, page: int | None = None
) -> Work:
    """Return a version of a file as a work; its address is this version's own, so that it shows what was cited."""
    document = version.document
    anchor = f"#page={page}" if page else ""
    return Work(
        key=f"{document.pk}v{version.number}",
        title=document.title_in(document.language),
        address=request.build_absolute_uri(version.url) + anchor,
        language=document.language,
        accessed=timezone.localdate(),
        authors=authors_in(publication.authors) if publication else (),
        publisher=publication.publisher if publication else "",
        issued=publication.date if publication else timezone.localdate(version.created_at),
        kind=publication.kind.slug if publication else "",
        genre=str(publication.kind) if publication else "",
        version=version.number,
        page=page,
    )


def page_in(version: Version, asked: str) -> int | None:
    """Return the page that is asked for; None where the file has no such page."""
    if version.media_type != PDF or not (asked.isascii() and asked.isdecimal()) or len(asked) > 6:
        return None
    number = int(asked)
    return number if 1 <= number <= (version.page_count or number) else None
