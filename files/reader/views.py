"""The reader's page of each version, in both languages, and the pictures of its pages."""

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from files.access import document_for
from files.models import Document, PagePicture, PublicationPage, Version
from files.reader.page import ReaderPage
from files.rows import row_of
from files.views import PRIVATE_CACHE, VERSION_CACHE, withdrawn

PAGE_CACHE = "public, max-age=60"


@require_safe
def read(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """Show the latest version of a document that was not withdrawn."""
    document, is_public = document_for(request, document_id)
    if document.current is None:
        return withdrawn(request, document, document.latest, is_public=is_public)
    return _page(request, document, document.current, is_public=is_public)


@require_safe
def read_version(request: HttpRequest, document_id: int, number: int) -> HttpResponseBase:
    """Show one version of a document."""
    document, is_public = document_for(request, document_id)
    version = _version(document, number)
    if version.is_withdrawn:
        return withdrawn(request, document, version, is_public=is_public)
    return _page(request, document, version, is_public=is_public)


@require_safe
def in_language(request: HttpRequest, document_id: int, number: int | None = None) -> HttpResponseBase:
    """Lead from the address without a language to the reader in the visitor's own; it is the same for any document."""
    if number is None:
        address = reverse("documents:read", args=[document_id])
    else:
        address = reverse("documents:read_version", args=[document_id, number])
    query = request.META.get("QUERY_STRING", "")
    away = redirect(f"{address}?{query}" if query else address)
    patch_vary_headers(away, ["Accept-Language"])
    return away


@require_safe
def picture(request: HttpRequest, document_id: int, number: int, page: int, size: str) -> HttpResponseBase:
    """Answer with the picture of a page, to those who may open the file."""
    document, is_public = document_for(request, document_id)
    version = _version(document, number)
    if version.is_withdrawn or size not in PagePicture.SIZES:
        raise Http404
    found = PagePicture.objects.filter(blob=version.blob_id, number=page, width__gt=0).first()
    if found is None:
        raise Http404
    found.blob = version.blob
    headers = {
        "Content-Type": "image/webp",
        "Cache-Control": VERSION_CACHE if is_public else PRIVATE_CACHE,
        "ETag": f'"{document_id}-{number}-{page}-{size}-{found.made_by}"',
        "X-Content-Type-Options": "nosniff",
    }
    answer = get_conditional_response(request, etag=headers["ETag"], response=HttpResponse(headers=headers))
    if answer is not None and answer.status_code != 200:
        return answer
    try:
        with storages["documents"].open(found.name(size)) as stored:
            return HttpResponse(stored.read(), headers=headers)
    except FileNotFoundError as error:
        raise Http404 from error


def _version(document: Document, number: int) -> Version:
    """Return a version of a document by its number."""
    found: Version | None = next((own for own in document.versions.all() if own.number == number), None)
    if found is None:
        raise Http404
    return found


def _publication(document: Document, language: str) -> PublicationPage | None:
    """Return the open page of the document's publication, in the reader's language where there is one."""
    if document.publication_key is None:
        return None
    pages = PublicationPage.objects.open().filter(translation_key=document.publication_key).select_related("locale")
    return min(pages, key=lambda page: page.locale.language_code != language, default=None)


def _page(request: HttpRequest, document: Document, version: Version, *, is_public: bool) -> HttpResponse:
    """Return the reader's page."""
    language = get_language() or "bg"
    context = {
        "reader": ReaderPage(request, document, version, request.path),
        "document": document,
        "version": version,
        "row": row_of(document, version, language),
        "publication": _publication(document, language) if is_public else None,
        "is_latest": version == document.current,
    }
    response = render(request, "files/reader.html", context)
    response.headers["Cache-Control"] = PAGE_CACHE if is_public else PRIVATE_CACHE
    return response
