"""The page of results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search.finder import find_in


@require_safe
@cache_control(public=True, max_age=60)
def results(request: HttpRequest) -> HttpResponse:
    """Return a page of what the address asks for; 404 for a page of results that there is not."""
    finder = find_in(request)
    return render(request, "search/results.html", {"results": finder}, status=finder.status)
