"""The page of results, and suggestions to what is being typed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search.finder import find_in
from search.suggestions import suggest


@require_safe
@cache_control(public=True, max_age=60)
def results(request: HttpRequest) -> HttpResponse:
    """Return a page of what the address asks for; 404 for a page of results that there is not."""
    finder = find_in(request)
    return render(request, "search/results.html", {"results": finder}, status=finder.status)


@require_safe
@cache_control(public=True, max_age=60)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return how what is being typed may go on; with a kind, among the records of that kind."""
    found = suggest(request.GET.get("q", ""), (get_language() or "bg")[:2], request.GET.get("kind", ""))
    body = {"suggestions": [one.as_json() for one in found]}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
