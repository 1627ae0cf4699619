"""What templates of all rooms ask of citations and bundles."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import RequestContext
from django.urls import reverse
from wagtail.models import Page

from files.circulation.bundles import documents_of_publications, size_of
from files.circulation.bundling import KINDS
from files.circulation.citing import FORMAT_LABELS, citations_of
from files.circulation.works import work_of_publication
from files.models import Bundle, PublicationPage
from files.rows import DocumentRow
from search.finder import Finder

register = template.Library()


@register.simple_tag(takes_context=True)
def publication_citations(context: RequestContext, page: PublicationPage) -> dict[str, Any]:
    """Return the citations of a publication in words, and the formats it can be downloaded in."""
    work = work_of_publication(context["request"], page)
    return {"texts": citations_of(work), "formats": FORMAT_LABELS.items()}


@register.simple_tag
def publications_bundle(pages: Iterable[Page]) -> dict[str, Any] | None:
    """Return the address of a ZIP with the files of publications, how many they are and how large; None without any.

    A practice gives its publications, each in the reader's language.
    """
    numbers = [page.pk for page in pages]
    open_pages = {
        page.pk: page for page in PublicationPage.objects.open().filter(pk__in=numbers).select_related("locale")
    }
    versions = [
        version
        for document in documents_of_publications(open_pages[pk] for pk in numbers if pk in open_pages)
        if (version := document.current)
    ]
    if not versions:
        return None
    url = f"{reverse('documents:chosen_zip')}?{urlencode([('p', pk) for pk in open_pages])}"
    return {"url": url, "count": len(versions), "size": size_of(versions)}


@register.simple_tag
def files_bundle(page: PublicationPage, rows: Sequence[DocumentRow]) -> dict[str, Any]:
    """Return the address of a ZIP with all listed files of a publication; asks the database nothing."""
    url = f"{reverse('documents:chosen_zip')}?{urlencode({'p': page.pk})}"
    return {"url": url, "count": len(rows), "size": sum(row.size for row in rows)}


@register.simple_tag(takes_context=True)
def search_bundle_url(context: RequestContext, results: Finder) -> str:
    """Return the address of a ZIP with the files among a search's results; empty where this page of them has none."""
    if not any(hit.kind in KINDS for hit in results.hits):
        return ""
    asked = context["request"].GET.copy()
    asked.pop("page", None)
    if results.kind:
        asked["kind"] = results.kind
    return f"{reverse('documents:search_zip')}?{asked.urlencode()}"


@register.simple_tag
def has_collections() -> bool:
    """Return whether readers can see a collection."""
    return Bundle.objects.public().exists()
