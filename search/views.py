"""The page of results, suggestions to what is being typed, and the form for what was not found."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from hub.anonymous_forms import anonymous_form
from search import query_log
from search.finder import find_in
from search.forms import MissedForm
from search.suggestions import suggest


@require_safe
@cache_control(public=True, max_age=60)
def results(request: HttpRequest) -> HttpResponse:
    """Return a page of what the address asks for; 404 for a page of results that there is not."""
    finder = find_in(request)
    query_log.note(request, finder.query, _language(), finder.in_full)
    return render(request, "search/results.html", {"results": finder}, status=finder.status)


@require_safe
@cache_control(public=True, max_age=60)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return how what is being typed may go on; with a kind, among the records of that kind."""
    found = suggest(request.GET.get("q", ""), _language(), request.GET.get("kind", ""))
    body = {"suggestions": [one.as_json() for one in found]}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


@anonymous_form
@require_http_methods(["GET", "HEAD", "POST"])
def missed(request: HttpRequest) -> HttpResponse:
    """Take a note on what was looked for in vain; what was typed comes back where something is wrong."""
    if request.method != "POST":
        form = MissedForm(request=request, initial={"q": request.GET.get("q", "")})
        return render(request, "search/missed.html", {"form": form, "is_sent": "sent" in request.GET})
    form = MissedForm(request.POST, request=request)
    if not form.is_valid():
        return render(request, "search/missed.html", {"form": form}, status=form.status)
    form.save(_language())
    return HttpResponseRedirect(f"{reverse('search:missed')}?sent")


def _language() -> str:
    """Return the language of the address."""
    return (get_language() or "bg")[:2]
