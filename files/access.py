"""Who may open a document: everybody, those who have passed its restrictions, or those who may edit it."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail.permissions import policy_registry

from files.models import Document, PublicationPage


def document_for(request: HttpRequest, document_id: int) -> tuple[Document, bool]:
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
