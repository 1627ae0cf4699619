"""What stands between the admin's own search fields and the database."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from search.query import MAX_LENGTH

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class AdminQueryMiddleware:
    """Cuts an endless search in the admin short: some of its lists ask the database with LIKE, which has a limit."""

    parameters = ("q", "search")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the view's response to the shortened request."""
        if request.path.startswith("/admin/"):
            for name in self.parameters:
                text = request.GET.get(name, "")
                if len(text) > MAX_LENGTH:
                    query = request.GET.copy()
                    query[name] = text[:MAX_LENGTH]
                    request.GET = query  # type: ignore[assignment]  # a copy, as mutable as a query string can be
        return self.get_response(request)
