"""The addresses of files: the latest version of each document, and every version of it, for ever."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from files.access import document_for
from files.circulation.counting import count, is_download
from files.models import Document, Version
from files.serving import file_response

# The latest version may be another one tomorrow; a single version never is, but may be withdrawn.
LATEST_CACHE = "public, max-age=0, must-revalidate"
VERSION_CACHE = "public, max-age=3600"
PRIVATE_CACHE = "private, no-store"


@require_safe
def latest(request: HttpRequest, document_id: int, name: str) -> HttpResponseBase:
    """Answer with the latest version of a document that was not withdrawn."""
    document, is_public = document_for(request, document_id)
    if document.current is None:
        return withdrawn(request, document, document.latest, is_public=is_public)
    return _answer(request, document.current, name, document.url, LATEST_CACHE if is_public else PRIVATE_CACHE)


@require_safe
def version(request: HttpRequest, document_id: int, number: int, name: str) -> HttpResponseBase:
    """Answer with one version of a document."""
    document, is_public = document_for(request, document_id)
    found = next((own for own in document.versions.all() if own.number == number), None)
    if found is None:
        raise Http404
    if found.is_withdrawn:
        return withdrawn(request, document, found, is_public=is_public)
    return _answer(request, found, name, found.url, VERSION_CACHE if is_public else PRIVATE_CACHE)


def _answer(request: HttpRequest, found: Version, name: str, address: str, cache: str) -> HttpResponseBase:
    """Return the file, or the way to its true address where the last part of this one is not the document's."""
    if name != found.document.filename:
        query = request.META.get("QUERY_STRING", "")
        away = redirect(f"{address}?{query}" if query else address)
        away.headers["Cache-Control"] = cache
        return away
    response = file_response(request, found, cache=cache, as_attachment="download" in request.GET)
    if cache != PRIVATE_CACHE and is_download(request, response, found):
        count([found])
    return response


def withdrawn(request: HttpRequest, document: Document, found: Version | None, *, is_public: bool) -> HttpResponse:
    """Answer 410 with what the file was and why it is no more."""
    if found is None:  # no version was ever kept: nothing to say about it
        raise Http404
    context = {
        "document": document,
        "version": found,
        "others": [own for own in document.versions.all() if not own.is_withdrawn],
        "publication": document.publication if is_public else None,
    }
    response = render(request, "files/withdrawn.html", context, status=410)
    patch_cache_control(response, no_cache=True, private=not is_public)
    patch_vary_headers(response, ["Accept-Language"])
    return response
