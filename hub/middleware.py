"""What stands between a request and the views of the whole site."""

from collections.abc import Callable
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, QueryDict
from django.middleware.csp import ContentSecurityPolicyMiddleware
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ContentPolicyMiddleware(ContentSecurityPolicyMiddleware):
    """The public policy for the public pages, Wagtail's minimum for the admin, and the remaining isolation headers."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the response with its policies."""
        if getattr(request, "is_dummy", False):  # Wagtail's preview: a public page in a frame of the editor's form
            response._csp_config = settings.PREVIEW_CSP  # type: ignore[attr-defined]
        elif request.path.startswith("/admin/") and not hasattr(response, "_csp_config"):
            response._csp_config = settings.ADMIN_CSP  # type: ignore[attr-defined]
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/admin/"):
            response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        answer: HttpResponse = super().process_response(request, response)
        return answer


class BadCharacterMiddleware:
    """Control characters that no form of ours means, taken out of the query string before any view sees them.

    A NUL ends in a database error, and a tab or a lone quotation mark in one of Wagtail's own searches on SQLite.
    """

    # Every C0 and C1 control but tab, line feed and carriage return, which become a space.
    _table = dict.fromkeys([*range(32), *range(127, 160)]) | dict.fromkeys(map(ord, "\t\n\r"), " ")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the view's response to the request without the characters."""
        if "%" in request.META.get("QUERY_STRING", ""):
            pairs = parse_qsl(request.META["QUERY_STRING"], keep_blank_values=True, errors="replace")
            clean = [(key.translate(self._table), value.translate(self._table)) for key, value in pairs]
            if clean != pairs:
                query = QueryDict(mutable=True)
                for key, value in clean:
                    query.appendlist(key, value)
                request.META["QUERY_STRING"] = query.urlencode()
        return self.get_response(request)


class ReadingOnlyMiddleware:
    """Answers whoever sends something to an address that is only read: 405 with the methods that it has.

    Stands before the check of the forms' token, which would answer that the sender may not, where nobody can.
    """

    # Views of pages and of their other forms, by name; what takes a form is not among them.
    READ_ONLY = frozenset({
        "wagtail_serve", "markdown", "feeds", "feed", "feed_of_everything", "manifest", "llms", "sitemap",
        "sitemap_part", "robots", "share_card", "search:results",
    })  # fmt: skip
    METHODS = ("GET", "HEAD")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the view's response."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Return 405 for a method that the address does not have."""
        match = request.resolver_match
        if match and match.view_name in self.READ_ONLY and request.method not in {*self.METHODS, "OPTIONS"}:
            return HttpResponseNotAllowed(self.METHODS)
        return None


class MovedMiddleware(RedirectMiddleware):
    """Leads from old addresses to new ones and takes along what was asked there: `?q=…` and the like."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the response, or the way to the new address with the query of the old one."""
        answer: HttpResponse = super().process_response(request, response)
        query = request.META.get("QUERY_STRING", "")
        if answer is not response and query and "?" not in answer["Location"] and not self._is_part(request):
            address, hash_sign, fragment = answer["Location"].partition("#")
            answer["Location"] = f"{address}?{query}{hash_sign}{fragment}"
        return answer

    def _is_part(self, request: HttpRequest) -> bool:
        """Return whether the query belongs to the old address itself: `/index.php?id=7`."""
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        return get_redirect(request, path) is not None
