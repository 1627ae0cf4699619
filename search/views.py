"""The page of results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search.finder import find_in
from search.query import MAX_LENGTH, cut


def shorten(request: HttpRequest) -> None:
    """Cut an endless query in the address, which every link of the page would repeat."""
    query = request.GET.get("q", "")
    if len(query) > MAX_LENGTH:
        changed = request.GET.copy()
        changed["q"] = cut(query)
        request.GET = changed  # type: ignore[assignment]  # a copy, as mutable as a query string can be
        request.META["QUERY_STRING"] = changed.urlencode()


@require_safe
@cache_control(public=True, max_age=60)
def results(request: HttpRequest) -> HttpResponse:
    """Return a page of what the address asks for; 404 for a page of results that there is not."""
    shorten(request)
    finder = find_in(request)
    return render(request, "search/results.html", {"results": finder}, status=finder.status)
