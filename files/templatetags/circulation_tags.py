"""What templates of all rooms ask of citations and bundles."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import RequestContext
from django.urls import reverse
from wagtail.models import Page

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
def publications_zip_url(pages: Iterable[Page]) -> str:
    """Return the address of a ZIP with the files of a practice’s publications; asks the database nothing."""
    return f"{reverse('documents:chosen_zip')}?{urlencode([('p', page.pk) for page in pages])}"


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
