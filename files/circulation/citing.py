"""The pages and downloads that cite a publication or a file."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from files.access import document_for
from files.circulation.citations import STYLES, Work, as_bibtex, as_csl_json, as_ris, as_text
from files.circulation.works import page_in, work_of_publication, work_of_version
from files.extraction.media_types import PDF
from files.models import Document, PublicationPage, Version
from files.serving import disposition

# By the extension of the address: what programs call it, and what makes it.
FORMATS: dict[str, tuple[str, Callable[[Work], str]]] = {
    "bib": ("application/x-bibtex", as_bibtex),
    "ris": ("application/x-research-info-systems", as_ris),
    "json": ("application/vnd.citationstyles.csl+json", as_csl_json),
}
STYLE_LABELS = {"iso690": "БДС ISO 690", "apa": "APA"}
FORMAT_LABELS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
CACHE = "public, max-age=600"


@require_safe
def publication_citation(request: HttpRequest, page_id: int, extension: str) -> HttpResponse:
    """Answer with the citation of a publication in a format that programs read."""
    pages = PublicationPage.objects.open().select_related("kind", "locale")
    return _as_file(work_of_publication(request, get_object_or_404(pages, pk=page_id)), extension, CACHE)


@require_safe
def file_citation(request: HttpRequest, document_id: int, extension: str) -> HttpResponse:
    """Answer with the citation of a file, down to a page, in a format that programs read."""
    document, version, is_public = _standing(request, document_id)
    return _as_file(_work(request, document, version), extension, CACHE if is_public else "private, no-store")


@require_safe
def file_page(request: HttpRequest, document_id: int) -> HttpResponse:
    """Show the citation of a file in words, and its downloads; a reader names the page."""
    document, version, is_public = _standing(request, document_id)
    work = _work(request, document, version)
    context = {
        "document": document,
        "version": version,
        "publication": document.publication if is_public else None,
        "work": work,
        "citations": citations_of(work),
        "formats": FORMAT_LABELS.items(),
        "has_pages": version.media_type == PDF,
        "query": f"?page={work.page}" if work.page else "",
        "is_unknown_page": bool(request.GET.get("page")) and work.page is None,
    }
    response = render(request, "files/cite.html", context)
    response.headers["Cache-Control"] = CACHE if is_public else "private, no-store"
    return response


def citations_of(work: Work) -> list[tuple[str, str]]:
    """Return the label of each style with the citation in it, in the reader's language."""
    language = (get_language() or "bg")[:2]
    return [(STYLE_LABELS[style], as_text(work, style, language)) for style in STYLES]


def _standing(request: HttpRequest, document_id: int) -> tuple[Document, Version, bool]:
    """Return a document that may be opened, its version that counts, and whether it is public."""
    document, is_public = document_for(request, document_id)
    if document.current is None:
        raise Http404
    return document, document.current, is_public


def _work(request: HttpRequest, document: Document, version: Version) -> Work:
    """Return the version as a work, with the page that the address names."""
    return work_of_version(request, version, document.publication, page=page_in(version, request.GET.get("page", "")))


def _as_file(work: Work, extension: str, cache: str) -> HttpResponse:
    """Return a citation for programs, to be saved."""
    if extension not in FORMATS:
        raise Http404
    media_type, made = FORMATS[extension]
    headers = {
        "Content-Disposition": disposition(f"{work.cite_key}.{extension}", as_attachment=True),
        "Cache-Control": cache,
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(made(work), content_type=f"{media_type}; charset=utf-8", headers=headers)
