"""The addresses that hand out bundles, and the pages on which a reader or an editor puts one together."""

import copy
import re
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from files.circulation.bundles import (
    BundleTooLargeError,
    documents_of,
    documents_of_publications,
    items_of,
    size_of,
    zip_of,
)
from files.circulation.counting import count
from files.models import Bundle, Document, PublicationPage
from files.rows import rows_of
from files.serving import disposition
from files.sources import PREFIX
from hub.readers import is_reader
from search.finder import find_in

KINDS = ("file", "publication")  # what of a search's results has files
_NUMBER = re.compile(r"(?:^|/files/)(\d{1,18})(?:$|/)")


@require_safe
def chosen_zip(request: HttpRequest) -> HttpResponseBase:
    """Answer with the files that the address names, and those of the publications that it names."""
    back = (_selection_url(_numbers(request, "f")), gettext("Your selection"))
    return _zip(request, gettext("Chosen documents"), _chosen(request), back)


@require_safe
def search_zip(request: HttpRequest) -> HttpResponseBase:
    """Answer with the files among a search's results; the parameters are the search's own."""
    back = (f"{reverse('search:results')}?{request.GET.urlencode()}", gettext("Back to the search"))
    return _zip(request, gettext("Documents found"), _found(request), back)


@require_safe
def collection_zip(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer with the files of an editor's collection."""
    bundle = get_object_or_404(Bundle.objects.public(), slug=slug)
    return _zip(request, bundle.title, documents_of(bundle.document_ids), (bundle.url, bundle.title))


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    """Show all collections."""
    return _cached(render(request, "files/collections.html", {"collections": Bundle.objects.public()}))


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a collection with its files."""
    bundle = get_object_or_404(Bundle.objects.public(), slug=slug)
    documents = documents_of(bundle.document_ids)
    zip_url = reverse("documents:collection_zip", args=[bundle.slug])
    context = {"collection": bundle, "rows": rows_of(documents), "zip_url": zip_url, "size": _size(documents)}
    return _cached(render(request, "files/collection.html", context))


@require_safe
def selection(request: HttpRequest) -> HttpResponse:
    """Show what a reader has chosen; the choice stands in the address alone, so it can be kept and passed on."""
    numbers = _numbers(request, "f")
    added = request.GET.get("add", "").strip()
    found = _NUMBER.search(added)
    if found and int(found[1]) not in numbers:
        return redirect(_selection_url([*numbers, int(found[1])]))
    documents = documents_of(numbers)
    kept = [document.pk for document in documents]
    context = {
        "rows": [(row, _selection_url([pk for pk in kept if pk != row.pk])) for row in rows_of(documents)],
        "zip_url": f"{reverse('documents:chosen_zip')}?{_query(kept)}",
        "size": _size(documents),
        "numbers": kept,
        "missing": len(numbers) - len(kept),
        "is_unknown": bool(added) and not found,
        "added": added,
    }
    return _cached(render(request, "files/selection.html", context))


def _zip(request: HttpRequest, title: str, documents: Sequence[Document], back: tuple[str, str]) -> HttpResponseBase:
    """Return the files as a ZIP, or say why not, with the address and the name of the page to go back to."""
    if not documents:
        return _refused(request, documents, back, status=404)
    try:
        items = items_of(documents)
    except BundleTooLargeError:
        return _refused(request, documents, back, status=413)
    zipped = zip_of(request, title, items)
    headers = {
        "Content-Disposition": disposition(f"{title}.zip", as_attachment=True),
        "Content-Length": str(len(zipped)),
        "Cache-Control": "public, max-age=0, must-revalidate",
        "X-Robots-Tag": "noindex, nofollow",
    }
    if request.method == "HEAD":
        return HttpResponse(content_type="application/zip", headers=headers)
    if is_reader(request):
        count([item.version for item in items], kind="bundled")
    return StreamingHttpResponse(iter(zipped), content_type="application/zip", headers=headers)


def _refused(
    request: HttpRequest, documents: Sequence[Document], back: tuple[str, str], *, status: int
) -> HttpResponse:
    """Say that there is nothing in a bundle, or too much."""
    context = {
        "is_empty": not documents,
        "back": back,
        "count": len(documents),
        "size": _size(documents),
        "max_count": settings.FILES_BUNDLE_MAX_FILES,
        "max_size": settings.FILES_BUNDLE_MAX_SIZE,
    }
    return render(request, "files/bundle_refused.html", context, status=status)


def _chosen(request: HttpRequest) -> list[Document]:
    """Return the public files that the address names, those of its publications after the single ones."""
    documents = documents_of(_numbers(request, "f"))
    if pages := _numbers(request, "p"):
        open_pages = PublicationPage.objects.open().filter(pk__in=pages).select_related("locale")
        by_number = {page.pk: page for page in open_pages}
        own = {document.pk for document in documents}
        named = documents_of_publications([by_number[pk] for pk in pages if pk in by_number])
        documents += [document for document in named if document.pk not in own]
    return documents


def _found(request: HttpRequest) -> list[Document]:
    """Return the files among the results of a search: hits in files, and the files of publications that were hit."""
    numbers, pages = [], []
    for kind, key, page_id in _hits(request):
        if kind == "file":
            numbers.append(int(key.removeprefix(f"{PREFIX}:")))
        elif page_id:
            pages.append(page_id)
        if len(numbers) > settings.FILES_BUNDLE_MAX_FILES:
            break
    documents = documents_of(numbers)
    own = {document.pk for document in documents}
    open_pages = PublicationPage.objects.open().filter(pk__in=pages).select_related("locale")
    return documents + [document for document in documents_of_publications(open_pages) if document.pk not in own]


def _hits(request: HttpRequest) -> Iterator[tuple[str, str, int | None]]:
    """Yield kind, key and page of the results that have files, from the first page of results to the last."""
    asked = request.GET.copy()
    kinds = [kind for kind in asked.getlist("kind") if kind in KINDS]
    if asked.getlist("kind") and not kinds:
        return
    asked.setlist("kind", kinds or list(KINDS))
    number, last = 1, 1
    while number <= last:
        asked["page"] = str(number)
        own = copy.copy(request)
        own.GET = asked.copy()  # type: ignore[assignment]  # a copy, as mutable as a query string can be
        finder = find_in(own)
        for hit in finder.hits:
            yield hit.kind, hit.key, hit.page_id
        number, last = number + 1, finder.page_obj.paginator.num_pages


def _numbers(request: HttpRequest, name: str) -> list[int]:
    """Return the numbers that the address gives for a parameter, each once, and no more than a bundle could hold."""
    given = (text for text in request.GET.getlist(name) if text.isascii() and text.isdecimal() and len(text) <= 18)
    return list(dict.fromkeys(int(text) for text in given))[: settings.FILES_BUNDLE_MAX_FILES + 1]


def _size(documents: Sequence[Document]) -> int:
    """Return how large the current versions are together."""
    return size_of(version for document in documents if (version := document.current))


def _query(numbers: Sequence[int]) -> str:
    """Return the parameters that name these files."""
    query = QueryDict(mutable=True)
    query.setlist("f", [str(number) for number in numbers])
    return query.urlencode()


def _selection_url(numbers: Sequence[int]) -> str:
    """Return the address of the selection with these files."""
    return f"{reverse('documents:selection')}?{_query(numbers)}"


def _cached(response: HttpResponse) -> HttpResponse:
    """Return a page that is the same for everybody, for a short while."""
    response.headers["Cache-Control"] = "public, max-age=60"
    return response
