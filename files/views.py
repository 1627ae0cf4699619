"""The addresses of files: the latest version of each document, and every version of it, for ever."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from files.models import Document, PublicationPage, Version
from files.serving import file_response

# The latest version may be another one tomorrow; a single version never is, but may be withdrawn.
LATEST_CACHE = "public, max-age=0, must-revalidate"
VERSION_CACHE = "public, max-age=3600"
PRIVATE_CACHE = "private, no-store"


@require_safe
def latest(request: HttpRequest, document_id: int, name: str) -> HttpResponseBase:
    """Answer with the latest version of a document that was not withdrawn."""
    document, is_public = _document(request, document_id)
    if document.current is None:
        return _withdrawn(request, document, document.latest, is_public=is_public)
    return _answer(request, document.current, name, document.url, LATEST_CACHE if is_public else PRIVATE_CACHE)


@require_safe
def version(request: HttpRequest, document_id: int, number: int, name: str) -> HttpResponseBase:
    """Answer with one version of a document."""
    document, is_public = _document(request, document_id)
    found = next((own for own in document.versions.all() if own.number == number), None)
    if found is None:
        raise Http404
    if found.is_withdrawn:
        return _withdrawn(request, document, found, is_public=is_public)
    return _answer(request, found, name, found.url, VERSION_CACHE if is_public else PRIVATE_CACHE)


def _document(request: HttpRequest, document_id: int) -> tuple[Document, bool]:
    """Return a document that may be downloaded, and whether by everyone; for all others it does not exist."""
    documents = Document.objects.with_versions()
    if document := documents.public().filter(pk=document_id).first():
        return document, True
    document = documents.select_related("collection").filter(pk=document_id).first()
    if document is None or not (_may_edit(request, document) or _has_passed_restrictions(request, document)):
        raise Http404
    return document, False


def _may_edit(request: HttpRequest, document: Document) -> bool:
    """Return whether the signed-in person may choose or edit the document in the admin."""
    if not request.user.is_authenticated:
        return False
    policy = policy_registry.get_by_type(Document)
    allowed: bool = policy.user_has_any_permission_for_instance(request.user, ["choose", "change", "delete"], document)
    return allowed


def _has_passed_restrictions(request: HttpRequest, document: Document) -> bool:
    """Return whether the visitor may read the published but restricted publication, by its password or as a member."""
    pages = PublicationPage.objects.published().filter(translation_key=document.publication_key)
    barriers = list(document.collection.get_view_restrictions())
    if document.publication_key is None:
        return document.is_public and _all_accept(request, barriers)
    return any(_all_accept(request, [*barriers, *page.get_view_restrictions()]) for page in pages)


def _all_accept(request: HttpRequest, restrictions: list[Any]) -> bool:
    """Return whether the visitor has passed every restriction."""
    return all(restriction.accept_request(request) for restriction in restrictions)


def _answer(request: HttpRequest, found: Version, name: str, address: str, cache: str) -> HttpResponseBase:
    """Return the file, or the way to its true address where the last part of this one is not the document's."""
    if name != found.document.filename:
        query = request.META.get("QUERY_STRING", "")
        away = redirect(f"{address}?{query}" if query else address)
        away.headers["Cache-Control"] = cache
        return away
    return file_response(request, found, cache=cache, as_attachment="download" in request.GET)


def _withdrawn(request: HttpRequest, document: Document, found: Version | None, *, is_public: bool) -> HttpResponse:
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
